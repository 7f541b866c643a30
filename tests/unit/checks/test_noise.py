"""One finding per cause: what the rules make of a draft with one realistic mess in it, counted."""

import re
from collections import Counter
from datetime import date
from itertools import count

import pytest

from composer.draft import scaffold
from composer.draft.load import load_draft_text
from composer.finding import Finding
from composer.issue.catalogue import catalogue_of
from tests.cases.newsroom import NEWSLETTERS, ROOT, draft_of, findings_in_draft, healthy, own_project, replaced
from tests.cases.places import shown

TWO_WORLDS = "china-report/2026-11-24-two-worlds"
NINE_STROKES = "china-report/2026-11-17-nine-strokes"
LEAP_SECOND = "the-download/2026-11-20-last-leap-second"
SEAL_SCRIPT = "the-download/2026-11-23-seal-script"
CHINA, DOWNLOAD = "healthy/china-report", "healthy/the-download"
SAMPLES = (TWO_WORLDS, NINE_STROKES, LEAP_SECOND, SEAL_SCRIPT)
EVERY_EDITION = (*SAMPLES, CHINA, DOWNLOAD)


def _text(edition: str) -> str:
    newsletter, stem = edition.split("/")
    return healthy(stem) if newsletter == "healthy" else (ROOT / "issues" / f"{edition}.yaml").read_text(encoding="utf-8")


def _findings(text: str, edition: str) -> list[Finding]:
    newsletter, stem = edition.split("/")
    project = own_project()
    if newsletter == "healthy":
        return findings_in_draft(draft_of(text, project, stem), project)
    return findings_in_draft(load_draft_text(text.encode(), project.issues / newsletter / f"{stem}.yaml", project), project)


def _rules(findings: list[Finding]) -> Counter[str]:
    return Counter(finding.rule for finding in findings)


@pytest.mark.parametrize("edition", [TWO_WORLDS, NINE_STROKES, CHINA])
def test_a_sign_off_removed_whole(edition: str) -> None:
    found = _findings(replaced(_text(edition), [{"replace": "sign_off:\n", "up_to": "catch_up:", "with": ""}]), edition)
    assert _rules(found) == {"sign-off/missing": 1}, shown(found)


@pytest.mark.parametrize(
    ("edition", "key", "typed"),
    [
        (TWO_WORLDS, "catch_up", "catchup"),
        (NINE_STROKES, "lost_in_translation", "lost_in_traslation"),
        (CHINA, "essay", "esay"),
        (TWO_WORLDS, "sign_off", "signoff"),
        (LEAP_SECOND, "must_reads", "must-reads"),
        (SEAL_SCRIPT, "stories", "storys"),
        (DOWNLOAD, "nice_things", "nice_thing"),
    ],
)
def test_a_sections_key_misspelt(edition: str, key: str, typed: str) -> None:
    """Neither that the section is missing nor anything of what stands in it, which nobody can read."""
    found = _findings(replaced(_text(edition), [{"replace": f"\n{key}:", "with": f"\n{typed}:"}]), edition)
    assert _rules(found) == {"schema/unknown-field": 1}, shown(found)
    assert found[0].help == f"did you mean `{key}`?"


@pytest.mark.parametrize(("edition", "key", "typed"), [(DOWNLOAD, "stories", "articles"), (CHINA, "essay", "column")])
def test_a_sections_key_in_another_word(edition: str, key: str, typed: str) -> None:
    """No slip of the keys: that the word is no section and that one is missing are two things to say, and no third."""
    found = _findings(replaced(_text(edition), [{"replace": f"\n{key}:", "with": f"\n{typed}:"}]), edition)
    assert _rules(found) == {"schema/unknown-field": 1, "structure/missing-section": 1}, shown(found)


@pytest.mark.parametrize(("edition", "key"), [(TWO_WORLDS, "catch_up"), (NINE_STROKES, "one_more_thing"), (DOWNLOAD, "nice_things")])
def test_a_section_indented_by_mistake(edition: str, key: str) -> None:
    """It is there, two spaces too far right: in the section above."""
    text = _text(edition)
    start = text.index(f"\n{key}:") + 1
    end = next((match.start() for match in re.finditer(r"^\w", text, re.MULTILINE) if match.start() > start), len(text))
    found = _findings(text[:start] + re.sub(r"(?m)^(?=.)", "  ", text[start:end]) + text[end:], edition)
    assert _rules(found) == {"schema/unknown-field": 1}, shown(found)
    assert "left margin" in found[0].help


@pytest.mark.parametrize(("field", "typed"), [("url", "link"), ("dek", "deck"), ("headline", "title")])
def test_one_word_for_a_field_throughout(field: str, typed: str) -> None:
    """Each is a line to change; that the field is missing there as well need not be said."""
    text = _text(LEAP_SECOND)
    found = _findings(re.sub(rf"(?m)^(  (?:  |- )){field}:", rf"\1{typed}:", text), LEAP_SECOND)
    assert set(_rules(found)) == {"schema/unknown-field"}, shown(found)
    assert {finding.help for finding in found} == {f"did you mean `{field}`?"}


def _straight(text: str) -> str:
    """The text as typed without typographic quotes; in YAML's double quotes each gets its backslash."""
    quotes, lines = str.maketrans("“”‘’", "\"\"''"), []
    for line in text.splitlines(keepends=True):
        quoted = re.fullmatch(r'(\s*(?:- )?(?:\w+: )?")(.*)("\n)', line)
        lines.append(quoted[1] + re.sub("[“”]", r'\\"', quoted[2]).translate(quotes) + quoted[3] if quoted else line.translate(quotes))
    return "".join(lines)


@pytest.mark.parametrize("edition", SAMPLES)
def test_all_quotes_straight(edition: str) -> None:
    """It is consistent, and the templates set what is typed; nothing is wrong."""
    straight = _straight(_text(edition))
    assert not set(straight) & set("“”‘’")
    found = _findings(straight, edition)
    assert found == [], shown(found)


@pytest.mark.parametrize("edition", SAMPLES)
def test_apostrophes_straight_and_quotes_curly(edition: str) -> None:
    """Two dozen places, one habit."""
    found = _findings(_text(edition).replace("’", "'"), edition)
    assert _rules(found) == {"editorial/mixed-quotes": 1}, shown(found)


@pytest.mark.parametrize("edition", EVERY_EDITION)
def test_every_link_unencrypted(edition: str) -> None:
    """Each address is one to look up and mend, and no second rule speaks of it."""
    text = _text(edition).replace("https://", "http://")
    found = _findings(text, edition)
    assert set(_rules(found)) == {"links/insecure"}, shown(found)
    assert len(found) == text.count("http://")
    assert len({(finding.place.line, finding.place.column) for finding in found}) == len(found)


@pytest.mark.parametrize("title", [None, "A lamp on a rock"])
@pytest.mark.parametrize("newsletter", NEWSLETTERS)
def test_a_new_draft(newsletter: str, title: str | None) -> None:
    """Every text still to come is named once, by one rule: no length, no source, no missing question of a TK."""
    settings = own_project().newsletter(newsletter)
    assert settings is not None
    text = scaffold.scaffold(catalogue_of(settings), date(2026, 11, 24), 7, title, [])
    typed = [line for line in text.splitlines() if re.search(r"\bTK\b", line.partition("#")[0])]
    found = _findings(text, f"healthy/{newsletter}")
    assert _rules(found) == {"editorial/placeholder": len(typed)}, shown(found)
    assert [finding.place.line for finding in found] == [number for number, line in zip(count(1), text.splitlines(), strict=False) if line in typed]


def test_an_essay_begun() -> None:
    """The rest of a new draft may wait: a paragraph more changes one finding."""
    settings = own_project().newsletter("china-report")
    assert settings is not None
    text = scaffold.scaffold(catalogue_of(settings), date(2026, 11, 24), 7, "A lamp on a rock", [])
    before = _findings(text, CHINA)
    begun = re.sub(r"(?m)^( +)(?=TK$)", r"\1People wrote to the lamp. ", text, count=1)
    after = _findings(begun, CHINA)
    assert begun != text
    assert _rules(after) == _rules(before), shown(after)
    assert sum(a.place != b.place for a, b in zip(before, after, strict=True)) == 1
    # Once the TK is gone, that there is so little of it is news.
    written = _findings(begun.replace("to the lamp. TK", "to the lamp."), CHINA)
    assert _rules(written) - _rules(after) == {"structure/body-length": 1}, shown(written)
