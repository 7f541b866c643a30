"""sign-off/missing-byline."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.schema_reading import is_misspelt
from composer.checks.sign_off_reading import unsigned_stories
from composer.draft.load import Draft
from composer.place import Place
from composer.sections.stories import Story
from composer.yaml_source.values import Mapping


@error
def missing_byline(draft: Draft) -> Iterator[Defect]:
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
    for story in unsigned_stories(draft):
        if not any(is_misspelt(story, field, Story.model_fields) for field in ("byline", "note")):
            yield Defect(
                _place(story),
                "the story has neither a `byline` nor a `note`",
                "add `byline: …` with the writer's name, or `note: …` that says where the story is from",
                label="whose story is this?",
            )


def _place(story: Mapping) -> Place:
    """The field with nothing behind it, where there is one; else where the story begins."""
    field = next((name for name in ("byline", "note") if name in story), None)
    if field is None:
        return story.place
    value = story[field]
    return value.place if value.end > value.start else story.place_of_key(field)
