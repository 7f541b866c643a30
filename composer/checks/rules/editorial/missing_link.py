"""editorial/missing-link."""

from collections.abc import Iterator

from composer.blocks.brief import Brief
from composer.checks.editorial_reading import typed_briefs
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft
from composer.place import Place


@warning
def missing_link(draft: Draft) -> Iterator[Defect]:
    """A brief that links nowhere.

    What it checks:
        Every brief and follow-up for a link. A brief may do without where its follow-ups have links, and the line
        beneath a headline where the headline has one. Where none of a section's briefs has a link, that is said once.

    Why it matters:
        A brief promises a report that readers can go and read. Without the link they have to search for it.

    Example:
        digest:
          - Two provinces began to trade wind power. (Reuters $)

    Instead:
        digest:
          - "[Two provinces](https://example.org/power) began to trade wind power. (Reuters $)"
    """
    by_section: dict[str, list[Brief]] = {}
    for typed in typed_briefs(draft):
        if not typed.headed and typed.key not in draft.broken:
            by_section.setdefault(typed.key, []).append(typed.brief)
    for key, all_briefs in by_section.items():
        briefs = [brief for brief in all_briefs if not any(_has_link(follow_up) for follow_up in brief.more)]
        without = [brief for brief in briefs if not _has_link(brief)]
        if len(without) == len(briefs) > 1:
            yield Defect(
                draft.place_of_key(key),
                f"none of these {len(briefs)} briefs links to its report",
                "make the words that name the news a link: [Two provinces](https://…) began …",
                label="no links",
            )
            continue
        for brief in without:
            place = _place(brief)
            if place is not None:
                yield Defect(
                    place, "the brief links nowhere", "make the words that name the news a link: [Two provinces](https://…) began …", label="where to read it?"
                )


def _has_link(brief: Brief) -> bool:
    """Whether it has a link, or a bare address, of which another rule speaks."""
    text = brief.text.markdown
    return "](" in text or "://" in text or (("<" in text or "[" in text) and bool(brief.text.links))


def _place(brief: Brief) -> Place | None:
    text = brief.text.origin
    return text.place_of(0, len(text.rstrip().split("\n", 1)[0])) if text is not None else None
