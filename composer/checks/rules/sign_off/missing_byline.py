"""sign-off/missing-byline."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import is_misspelt
from composer.draft.load import Draft
from composer.issue.issue import Issue
from composer.sections.stories import Story
from composer.yaml_source.typed import place_of_missing
from composer.yaml_source.values import Mapping


@error
def missing_byline(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """A story has neither a byline nor a note of its origin.

    What it checks:
        That every story says who wrote it (`byline`), or where it is from (`note`).

    Why it matters:
        Readers want to know whose work they read, and those who did the work want them to.

    Example:
        stories:
          - headline: The hospital that lets its patients edit their own records
            body: At a small hospital, patients can open their chart and correct it.

    Instead:
        stories:
          - headline: The hospital that lets its patients edit their own records
            body: At a small hospital, patients can open their chart and correct it.
            byline: Marit Solheim
    """
    for _, model in issue.models():
        if not isinstance(model, Story) or model.byline is not None or model.note is not None:
            continue
        if isinstance(model.origin, Mapping) and not any(is_misspelt(model.origin, field, Story.model_fields) for field in ("byline", "note")):
            empty = "note" if "note" in model.origin and "byline" not in model.origin else "byline"
            yield Defect(
                place_of_missing(model.origin, empty, draft.source.top), "the story has neither a `byline` nor a `note`",
                "add `byline: …` with the writer's name, or `note: …` that says where the story is from", label="whose story is this?",
            )
