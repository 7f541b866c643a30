"""editorial/missing-source."""

from collections.abc import Iterator

from composer.blocks.brief import Brief
from composer.checks.editorial_reading import digest_items
from composer.checks.rule import Defect, error
from composer.checks.schema_reading import is_misspelt, lines_mended, typed_twice
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.place import Place
from composer.yaml_source.values import Mapping


@error
def missing_source(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """A brief that does not say who published the news.

    What it checks:
        That every brief of a digest, and the line beneath every headline of a list, ends with its source in
        brackets or has a `source`. It may do without where its follow-ups carry the sources.

    Why it matters:
        A digest retells the work of others. Readers need to know whose it is, and so does the law in many places.

    Example:
        digest:
          - "[Two provinces](https://example.org/power) began to trade wind power."

    Instead:
        digest:
          - "[Two provinces](https://example.org/power) began to trade wind power. (Reuters $)"
    """
    mended, doubled = lines_mended(draft), typed_twice(draft)
    for item in digest_items(draft, issue):
        sourced = item.brief.sources or any(follow_up.sources for follow_up in item.follow_ups)
        place = None if sourced or not item.is_whole else _place(item.brief)
        if place is not None and place.line not in mended and not _is_typed_twice(item.brief, doubled):
            yield Defect(
                place,
                "the brief names no source",
                "end it with the source in brackets, such as (Reuters), or (Reuters $) behind a paywall",
                label="who published this?",
            )


def _place(brief: Brief) -> Place | None:
    """The text that lacks the mark, or the `source:` with nothing behind it; None where the key that may bring it is only misspelt."""
    if isinstance(brief.origin, Mapping):
        if "source" in brief.origin:
            return brief.origin.place_of_key("source")
        if any(is_misspelt(brief.origin, field, Brief.model_fields) for field in ("source", "more")):
            return None
    return brief.text.origin.place if brief.text.origin is not None else None


def _is_typed_twice(brief: Brief, doubled: set[tuple[str, int]]) -> bool:
    """Whether the key that may bring the source stands there twice, and so was lost with what is behind it."""
    keys = brief.origin.key_scalars if isinstance(brief.origin, Mapping) else {}
    return any((field, keys[field].place.line) in doubled for field in ("source", "more") if field in keys)
