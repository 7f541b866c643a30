"""editorial/unknown-source."""

from collections.abc import Iterator

from composer.checks.editorial_reading import named_sources
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft
from composer.facts.publications import nearest_publication
from composer.issue.issue import Issue


@warning
def unknown_source(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """A source that is nearly, but not, a publication Composer knows.

    What it checks:
        The source of every brief against the known publications and `publications` in newsletter.yaml: a name with
        one word misspelt (`Bloomburg`, `Finacial Times`), and a name of three words or more with one word wrong or
        left out (`MIT Tech Review`). A name that is merely alike is another publication: CNBC is not NBC, and
        Economic Times not the Economist.

    Why it matters:
        The source is the only credit that a retold report gives, and a misspelt one is the first thing its writer
        sees.

    Example:
        digest:
          - "[Two provinces](https://example.org/power) began to trade wind power. (Bloomburg $)"

    Instead:
        digest:
          - "[Two provinces](https://example.org/power) began to trade wind power. (Bloomberg $)"

    Source: composer/facts/publications.txt, with its date.
    """
    own = tuple(issue.of.publications)
    for source in named_sources(draft):
        meant = nearest_publication(source.name, own)
        if meant is not None:
            yield Defect(
                source.place,
                f"`{source.name}` is no publication that Composer knows",
                f"did you mean `{meant}`? If the name is right, list it under `publications` in newsletter.yaml",
                label=f"{meant}?",
            )
