"""editorial/inconsistent-paywall."""

from collections.abc import Iterator

from composer.checks.editorial_reading import NamedSource, listed_publications, named_sources, plain_name
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft
from composer.issue.issue import Issue

_SIGNS = {"paywall": True, "free": False}


@warning
def inconsistent_paywall(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """One source stands with `$` in one brief and without it in another.

    What it checks:
        The sources of all briefs against `publications` in newsletter.yaml, which says of each whether it is `free`,
        asks for a subscription (`paywall`), or does so for some articles (`either`). Of a source that is not listed
        there, one issue should say the same throughout; the rarer form is reported, or else the later one.

    Why it matters:
        Readers decide by the `$` whether a click is worth it, and take one without it at its word.

    Example:
        digest:
          - "[Two provinces](https://example.org/power) began to trade wind power. (Harbor Wire $)"
          - "[A third one](https://example.org/third) would like to. (Harbor Wire)"

    Instead:
        digest:
          - "[Two provinces](https://example.org/power) began to trade wind power. (Harbor Wire $)"
          - "[A third one](https://example.org/third) would like to. (Harbor Wire $)"
    """
    sources = named_sources(draft)
    listed = listed_publications(issue.of)
    by_name: dict[str, list[NamedSource]] = {}
    for source in sources:
        by_name.setdefault(plain_name(source.name), []).append(source)
    for name, named in by_name.items():
        if name not in listed:
            yield from _disagreeing(named)
        elif listed[name] in _SIGNS:
            yield from (_against_the_table(source) for source in named if source.paywall != _SIGNS[listed[name]])


def _disagreeing(named: list[NamedSource]) -> Iterator[Defect]:
    first = [source for source in named if source.paywall == named[0].paywall]
    other = [source for source in named if source.paywall != named[0].paywall]
    odd, usual = (first, other) if len(first) < len(other) else (other, first)
    for source in odd:
        has, has_not = ("with", "without") if source.paywall else ("without", "with")
        yield Defect(
            source.place,
            f"`{source.name}` stands {has} `$` here and {has_not} it on line {usual[0].place.line}",
            f"write the same in both; if it depends on the article, list it in newsletter.yaml: publications: {{{source.name}: either}}",
            label=f"{has} `$`",
        )


def _against_the_table(source: NamedSource) -> Defect:
    if source.paywall:
        return Defect(
            source.place,
            f"`{source.name}` stands with `$`, and newsletter.yaml says that it is free",
            f"take the `$` away: ({source.name}); or correct `publications` in newsletter.yaml",
            label="free",
        )
    return Defect(
        source.place,
        f"`{source.name}` stands without `$`, and newsletter.yaml says that it asks for a subscription",
        f"add it: ({source.name} $); or correct `publications` in newsletter.yaml",
        label="asks for a subscription",
    )
