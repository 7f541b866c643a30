"""editorial/unusual-paywall."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from composer.checks.editorial_reading import listed_publications, named_sources, plain_name
from composer.checks.rule import Defect, info
from composer.draft.load import Draft
from composer.issue.issue import Issue

if TYPE_CHECKING:
    from composer.archive.archive import Archive, Paywalls


@info
def unusual_paywall(draft: Draft, issue: Issue, archive: "Archive", *, issues: int = 5) -> Iterator[Defect]:
    """A source stands with `$`, and never did in earlier issues, or the other way round.

    What it checks:
        Each source of a brief against the latest issues that named it, where at least `issues` did and all agree. A
        source that newsletter.yaml lists under `publications`, or that this issue marks in both ways, is
        editorial/inconsistent-paywall's.

    Why it matters:
        Publications do put up paywalls, so it may well be right. More often a `$` was forgotten, or stands behind the
        wrong source.

    Example:
        digest:
          - "[Two provinces](https://example.org/power) began to trade wind power. (Harbor Wire)"   # with `$` until now

    Instead:
        digest:
          - "[Two provinces](https://example.org/power) began to trade wind power. (Harbor Wire $)"
    """
    earlier, sources = archive.before(draft), named_sources(draft)
    if earlier is None or not sources:
        return
    listed = listed_publications(issue.of)
    marks: dict[str, set[bool]] = {}
    for source in sources:
        marks.setdefault(plain_name(source.name), set()).add(source.paywall)
    usuals: dict[str, Paywalls] = {}
    for source in sources:
        name = plain_name(source.name)
        if name in listed or len(marks[name]) > 1:
            continue
        usual = usuals[name] = usuals.get(name) or earlier.paywalls(source.name, max(20, issues))
        as_here, otherwise = (usual.marked, usual.unmarked) if source.paywall else (usual.unmarked, usual.marked)
        if as_here or otherwise < max(1, issues):
            continue
        here, before = ("with", "without") if source.paywall else ("without", "with")
        yield Defect(
            source.place,
            f"`{source.name}` stands {here} `$`, and {before} it in earlier issues, last in {usual.last_unmarked or usual.last_marked}",
            f"see which is right; newsletter.yaml can say it once for all: publications: {{{source.name}: {'free' if source.paywall else 'paywall'}}}",
            label=f"{before} `$` until now",
        )
