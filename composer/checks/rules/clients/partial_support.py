"""clients/partial-support."""

from collections.abc import Iterator

from composer.checks.clients_reading import shortcomings
from composer.checks.rule import Defect, info
from composer.facts.client_support import client_support
from composer.proof.proof import Proof


@info
def partial_support(proof: Proof, *, accepted: tuple[str, ...] = ()) -> Iterator[Defect]:
    """The mail uses what some of the newsletter's clients support only partly, and none leaves out.

    What it checks:
        The same as clients/unsupported-css and clients/unsupported-html, for features that every named client
        supports at least partly. Where the data say what is missing, the finding says so.

    Why it matters:
        It may well work, and it may not for the one value that was typed: worth a look in the clients it names.

    Example:
        # styles/inline.css
        .aside { margin: 0 -20px }

    Instead:
        .aside { margin: 0 }

    Source: caniemail.com's data by way of npm's caniemail 2.0.2 (2026-05-13); each finding names the month of its test.
    """
    for shortcoming in shortcomings(proof, accepted):
        if not shortcoming.lacking:
            notes = client_support().notes(shortcoming.slug, shortcoming.partial)
            yield Defect(
                proof.place_in_templates(*shortcoming.words),
                " – ".join([shortcoming.told, *notes[:1]]),
                "look at a test mail there; if it reads well, accept it: "
                f"`house_style: {{rules: {{clients/partial-support: {{accepted: [{shortcoming.slug}]}}}}}}` in newsletter.yaml",
                label="not the same everywhere",
            )
