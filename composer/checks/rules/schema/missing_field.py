"""schema/missing-field."""

from collections.abc import Iterator

from composer.checks.images_reading import figures_without_alt
from composer.checks.inbox_reading import INBOX_FIELDS, place_of_missing_line
from composer.checks.rule import Defect, error
from composer.checks.schema_reading import defects_of, is_left_out, is_misspelt, lines_mended, typed_twice
from composer.checks.sign_off_reading import closing_words, unsigned_stories, writers_address
from composer.draft.load import Draft
from composer.finding import Problem
from composer.place import Place
from composer.sections.sign_off import SignOff
from composer.yaml_source.validation_problems import place_of_missing


@error
def missing_field(draft: Draft) -> Iterator[Defect]:
    """A field that must be filled in and is not.

    What it checks:
        That every part holds the fields it cannot be without: an issue its date, a brief its text, a post its
        author, a sign-off its invitation, and the issue its byline where newsletter.yaml asks for one. Where a more
        telling rule exists it speaks instead: inbox/missing-subject and -preheader, structure/missing-section and
        -empty-section, sign-off/missing, -missing-question, -missing-reply-address and -missing-byline, images/missing-alt.

    Why it matters:
        The mail would be sent with a hole in it.

    Example:
        press_review:
          body: The newspaper spent a night with the city's noodle cooks.

    Instead:
        press_review:
          publication: Southern Metropolis Daily
          body: Southern Metropolis Daily spent a night with the city's noodle cooks.
    """
    missing = [problem for problem in draft.problems if problem.kind == "missing-field"]
    if missing:
        spoken_for = set(_places_other_rules_report(draft))
        mended, doubled = lines_mended(draft), typed_twice(draft)
        yield from defects_of(
            (p for p in missing if (p.place, _field(p)) not in spoken_for and p.place.line not in mended and (_field(p), p.place.line) not in doubled),
            "missing-field",
        )
    yield from _missing_byline(draft)
    yield from _missing_invitation(draft)


def _missing_byline(draft: Draft) -> Iterator[Defect]:
    issue = draft.issue
    if issue is None or issue.of.byline != "required" or issue.byline is not None or "byline" in draft.broken:
        return
    if is_left_out(draft, "byline") or (draft.root is not None and "byline" in draft.root):
        yield Defect(
            place_of_missing(draft.root, "byline", draft.source.top),
            "`byline` is missing",
            "write `byline: …` with the writer's name",
            label="nobody is named as the writer",
        )


def _missing_invitation(draft: Draft) -> Iterator[Defect]:
    """Only where an address is known all the same: without one, sign-off/missing-reply-address says more."""
    if draft.issue is None:
        return
    for words in closing_words(draft):
        known = words.words.address or words.has("reply_to") or writers_address(draft.issue)
        if known and not words.has("invitation") and not is_misspelt(words.mapping, "invitation", SignOff.model_fields):
            yield Defect(
                words.place_of_lacking("invitation"),
                "`invitation` is missing",
                "write `invitation: …`: a sentence that asks readers to write, with the address in it",
                label="readers are not invited to write",
            )


def _field(problem: Problem) -> str:
    """The field a problem names, which is its message's first word."""
    return problem.message.split("`")[1] if problem.message.startswith("`") else ""


def _places_other_rules_report(draft: Draft) -> Iterator[tuple[Place, str]]:
    """Texts of nothing but quotes or spaces, where a rule of their own says that they are missing."""
    for field in INBOX_FIELDS:
        place = place_of_missing_line(draft, field)
        if place is not None:
            yield place, field
    for words in closing_words(draft):
        for field in ("question", "invitation"):
            value = words.mapping.get(field)
            if value is not None and not words.has(field):
                yield value.place, field
    yield from ((place, "alt") for _, place in figures_without_alt(draft))
    for story in unsigned_stories(draft):
        yield from ((story[field].place, field) for field in ("byline", "note") if field in story)
