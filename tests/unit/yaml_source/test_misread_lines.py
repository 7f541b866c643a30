"""Lines that YAML misreads for want of a space, or for a line break nobody sees: said where they stand, and read on."""

import pytest

from composer.yaml_source.reader import read_text
from composer.yaml_source.values import Mapping, Scalar


@pytest.mark.parametrize(
    ("text", "field", "place", "fixed"),
    [
        ("newsletter: x\nsubject:The port\ndate: 2026-11-24\n", "subject", (2, 1, 2, 9), "newsletter: x\nsubject: The port\ndate: 2026-11-24\n"),
        ("essay:\n  dek:The keeper\n  body: |\n    Words.\n", "dek", (2, 3, 2, 7), "essay:\n  dek: The keeper\n  body: |\n    Words.\n"),
        ("items:\n  - headline:A\n    url: https://x.example\n", "headline", (2, 5, 2, 14), "items:\n  - headline: A\n    url: https://x.example\n"),
    ],
)
def test_a_colon_without_a_space_is_told_on_its_own_line(text: str, field: str, place: tuple[int, int, int, int], fixed: str) -> None:
    document = read_text(text, "x.yaml")
    (problem,) = document.problems
    assert (problem.kind, tuple(problem.place)[1:]) == ("syntax", place)
    assert problem.message == f"a space is missing behind `{field}:`"
    (edit,) = problem.edits
    assert text[: edit.start] + edit.text + text[edit.end :] == fixed
    assert document.root == read_text(fixed, "x.yaml").root


@pytest.mark.parametrize("text", ["a: b\ndek: https://x.example\n  c: d\n", "a: |\n  note:this\nb: [x\n", "a: b\n- c\n"])
def test_another_fault_is_not_a_missing_space(text: str) -> None:
    assert not any("space is missing" in problem.message for problem in read_text(text, "x.yaml").problems)


@pytest.mark.parametrize("sign", "\x85\u2028\u2029")
@pytest.mark.parametrize("start", ["subject: The port", "essay:\n  body: |\n    The port"])
def test_a_line_break_nobody_sees_is_named_and_a_space_offered(sign: str, start: str) -> None:
    text = f"newsletter: x\n{start}{sign}that learned\ndate: 2026-11-24\n"
    document = read_text(text, "x.yaml")
    (problem,) = document.problems
    assert f"U+{ord(sign):04X}" in problem.message
    (edit,) = problem.edits
    assert (text[edit.start : edit.end], edit.text) == (sign, " ")
    assert isinstance(document.root, Mapping)
    assert document.root["date"] == "2026-11-24"
    assert "The port that learned" in [scalar.strip() for scalar in document.scalars]


def test_a_separator_in_a_line_that_can_be_read_is_no_fault_of_the_yaml() -> None:
    assert read_text('dek: "The port\u2028that learned"\n', "x.yaml").problems == ()


@pytest.mark.parametrize("sign", "\x85\u2028\u2029")
def test_a_line_break_nobody_sees_is_named_where_paragraphs_follow(sign: str) -> None:
    text = f"body: |\n  The port{sign}that learned\n\n  It runs{sign}by itself\n\n  It sleeps\ndate: 2026-11-24\n"
    document = read_text(text, "x.yaml")
    assert [problem.place.line for problem in document.problems] == [2, 4]
    assert document.root == {"body": "The port that learned\n\nIt runs by itself\n\nIt sleeps\n", "date": "2026-11-24"}


@pytest.mark.parametrize("sign", "\x85\u2028\u2029")
def test_a_separator_that_can_be_read_is_not_blamed_for_the_faults_below(sign: str) -> None:
    document = read_text(f'dek: "The port{sign}that learned"\npreheader: [x](y) z\nsubject:The port\nc: one: two\n', "x.yaml")
    assert [(p.kind, p.place.line) for p in document.problems] == [("needs-quotes", 2), ("syntax", 3), ("needs-quotes", 4)]
    assert isinstance(document.root, Mapping)
    assert (document.root["preheader"], document.root["subject"], document.root["c"]) == ("[x](y) z", "The port", "one: two")


@pytest.mark.parametrize(
    "words",
    ['"quoted" start', "'Tis: the season", "it's: 'x'", 'say: it "x"', "`code`: 'a' it's", "{{ reader.x | y }}, you", "@x", "100: 5: 'a'"],
)
def test_every_character_of_a_mended_text_keeps_its_place(words: str) -> None:
    document = read_text(f"a:b\ndek: {words}\nlast: {words}\n", "x.yaml")
    assert isinstance(document.root, Mapping)
    for line, text in ((2, document.root["dek"]), (3, document.root["last"])):
        assert isinstance(text, Scalar)
        assert str(text) == words
        start = 6 if line == 2 else 7
        assert [tuple(text.place_of(i, i + 1)[1:]) for i in range(len(words))] == [(line, start + i, line, start + i + 1) for i in range(len(words))]
        assert tuple(text.place[1:]) == (line, start, line, start + len(words))


def test_a_line_may_lack_a_space_and_be_broken_where_nobody_sees_it() -> None:
    document = read_text("a: b\nquestion:Which port\u2028learned?\nc: d\n", "x.yaml")
    assert [(p.place.line, p.place.column) for p in document.problems] == [(2, 20), (2, 1)]
    assert document.root == {"a": "b", "question": "Which port learned?", "c": "d"}
