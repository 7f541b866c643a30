"""The reader: every text as it was typed, every key and value with its place."""

import sys

import pytest

from composer.finding import Problem
from composer.yaml_source.reader import Document, _is_readable, read_bytes, read_text
from composer.yaml_source.values import Mapping, Scalar, Sequence, Value, is_empty


def root_of(text: str) -> Mapping:
    document = read_text(text, "draft.yaml")
    assert document.problems == ()
    assert isinstance(document.root, Mapping)
    return document.root


def the_problem(document: Document) -> Problem:
    (problem,) = document.problems
    return problem


@pytest.mark.parametrize(
    "typed",
    [
        "no",
        "yes",
        "on",
        "Off",
        "true",
        "12:30",
        "0x1F",
        "0o17",
        "007",
        "1e3",
        "1_000",
        ".5",
        ".inf",
        ".nan",
        "-0",
        "+1",
        "2024-06-26",
        "2024-06-26T06:00:00Z",
        "~",
        "null",
        "NULL",
        "=",
        "1.10",
        "190:20:30",
        "0b11",
        "y",
        "N",
    ],
)
def test_a_text_keeps_its_spelling(typed: str) -> None:
    for line in (f"dek: {typed}", f"dek: '{typed}'", f'dek: "{typed}"', f"dek: |-\n  {typed}"):
        value = root_of(line + "\n")["dek"]
        assert isinstance(value, Scalar)
        assert str(value) == typed


def test_a_key_keeps_its_spelling() -> None:
    assert list(root_of("no: 1\n007: 2\n~: 3\n")) == ["no", "007", "~"]


def test_every_key_and_value_knows_its_place() -> None:
    root = root_of("# top\ndate: 2024-06-26\ncatch_up:\n  - text: 编集 words\n    more: [a, 'b c']\n")
    assert root.key_scalars["date"].place[1:] == (2, 1, 2, 5)
    assert root.place_of_key("catch_up")[1:] == (3, 1, 3, 9)
    date, items = root["date"], root["catch_up"]
    assert isinstance(date, Scalar)
    assert isinstance(items, Sequence)
    assert date.place[1:] == (2, 7, 2, 17)
    assert items.place[1:3] == (4, 3)
    brief = items[0]
    assert isinstance(brief, Mapping)
    assert brief.place[1:] == (4, 5, 4, 9)
    text, more = brief["text"], brief["more"]
    assert isinstance(text, Scalar)
    assert isinstance(more, Sequence)
    assert text.place[1:] == (4, 11, 4, 19)
    assert [(item.place.line, item.place.column, item.place.end_column) for item in more] == [(5, 12, 13), (5, 15, 20)]


def test_a_place_names_the_file_as_it_was_called() -> None:
    assert read_text("a: b", "issues/x/y.yaml").root.key_scalars["a"].place.path == "issues/x/y.yaml"  # type: ignore[union-attr]


def test_a_value_knows_the_key_it_stands_behind() -> None:
    root = root_of("essay:\n  body: x\nitems: []\n")
    essay = root["essay"]
    assert isinstance(essay, Mapping)
    assert (essay.key, essay["body"].key, root["items"].key, root.key) == ("essay", "body", "items", None)


@pytest.mark.parametrize(("typed", "empty"), [("", True), ("~", False), ("null", False), ("''", False), ("x", False)])
def test_nothing_is_told_from_an_empty_text(typed: str, empty: bool) -> None:
    value = root_of(f"dek: {typed}\n")["dek"]
    assert is_empty(value) is empty


def test_the_byte_order_mark_is_no_part_of_the_first_key() -> None:
    document = read_bytes(b"\xef\xbb\xbfdate: x\n", "d.yaml")
    assert document.problems == ()
    assert isinstance(document.root, Mapping)
    assert document.root["date"].place[1:3] == (1, 7)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "   \n# x\n"])
def test_a_file_with_nothing_in_it_has_no_root(text: str) -> None:
    document = read_text(text, "d.yaml")
    assert document.problems == ()
    assert document.root is None or is_empty(document.root)


PARAGRAPHS = [f"Paragraph {n} of a long essay, with 中文 and 😀 in it." for n in range(1, 12)]


def _spelled(style: str) -> str:
    if style in ("|", ">"):
        return f"{style}\n" + "\n\n".join("    " + p for p in PARAGRAPHS) + "\n"
    quote = {"plain": "", "single": "'", "double": '"'}[style]
    return quote + "\n\n".join(p if n == 0 else "    " + p for n, p in enumerate(PARAGRAPHS)) + quote + "\n"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("style", ["|", ">", "plain", "single", "double"])
def test_a_fault_in_the_ninth_paragraph_has_its_own_line_and_column(style: str, line_end: str) -> None:
    lines = "essay:\n  headline: x\n  body: " + _spelled(style) + "dek: y\n"
    document = read_bytes(lines.replace("\n", line_end).encode(), "d.yaml")
    assert document.problems == ()
    assert isinstance(document.root, Mapping)
    essay = document.root["essay"]
    assert isinstance(essay, Mapping)
    body = essay["body"]
    assert isinstance(body, Scalar)
    fault = "9 of"
    at = body.index("Paragraph 9") + len("Paragraph ")
    place = body.place_of(at, at + len(fault))
    typed = lines.split("\n")
    line = next(n for n, text in enumerate(typed, 1) if "Paragraph 9" in text)
    column = typed[line - 1].index(fault) + 1
    assert place[1:] == (line, column, line, column + len(fault))
    emoji = body.index("😀", at)
    assert body.place_of(emoji, emoji + 1)[1:3] == (line, typed[line - 1].index("😀") + 1)


def test_an_escape_is_pointed_at_whole() -> None:
    root = root_of("dek: \"caf\\u00e9 \\\"x\\\"\"\nother: 'it''s'\n")
    dek, other = root["dek"], root["other"]
    assert isinstance(dek, Scalar)
    assert isinstance(other, Scalar)
    assert dek.place_of(0, 4)[1:] == (1, 7, 1, 16)
    assert dek.place_of(5, 6)[1:] == (1, 17, 1, 19)
    assert other.place_of(2, 3)[1:] == (2, 11, 2, 13)
    assert other.place_of(3, 4)[1:] == (2, 13, 2, 14)


def test_folded_text_with_deeper_lines_keeps_its_places() -> None:
    file = "body: >\n  one two\n  three\n\n    four five\n      six\n\n  seven\n  eight\n"
    body = root_of(file)["body"]
    assert isinstance(body, Scalar)
    for word in ["one", "two", "three", "four", "five", "six", "seven", "eight"]:
        place = body.place_of(body.index(word), body.index(word) + len(word))
        line = file.split("\n")[place.line - 1]
        assert line[place.column - 1 : place.end_column - 1] == word


def test_an_empty_text_has_a_place() -> None:
    for typed in ("", "''", '""', "|", ">", "|+\n\n"):
        value = root_of(f"a: x\ndek: {typed}\n")["dek"]
        assert isinstance(value, Scalar)
        assert value.place_of(0, 0).line in (2, 3)
        assert value.place.line in (2, 3)


def test_the_text_without_its_last_line_break_keeps_its_places() -> None:
    value = root_of("dek: |\n  one\n  two\n")["dek"]
    assert isinstance(value, Scalar)
    assert value.without_end("\n") == "one\ntwo"
    assert value.without_end("\n").place_of(4, 7)[1:] == (3, 3, 3, 6)


FORBIDDEN = [
    ("a: &x words\nb: *x\n", [("forbidden-yaml", 1, 4), ("forbidden-yaml", 2, 4)]),
    ("a: &x {b: c}\n", [("forbidden-yaml", 1, 4)]),
    ("a: &x\n  - b\n", [("forbidden-yaml", 1, 4)]),
    ("a:\n  <<: {b: c}\n  d: e\n", [("forbidden-yaml", 2, 3)]),
    ("a: !!python/object/apply:os.system [ls]\n", [("forbidden-yaml", 1, 4)]),
    ("a: !!str 12\n", [("forbidden-yaml", 1, 4)]),
    ("a: !<tag:x> 12\n", [("forbidden-yaml", 1, 4)]),
    ("a: 1\n---\nb: 2\n", [("forbidden-yaml", 2, 1)]),
    ("%YAML 1.1\n---\na: 1\n", [("forbidden-yaml", 1, 1)]),
    ("%TAG ! tag:x,2000:\n---\na: 1\n", [("forbidden-yaml", 1, 1)]),
    ("a: 1\nb: 2\na: 3\n", [("duplicate-key", 3, 1)]),
    ("a:\n  - b: 1\n    c: 2\n    b: 3\n", [("duplicate-key", 4, 5)]),
    ("a: {b: 1, b: 2}\n", [("duplicate-key", 1, 11)]),
    ("a: 1\na: 2\na: 3\n", [("duplicate-key", 2, 1), ("duplicate-key", 3, 1)]),
    ("[a]: b\n", [("syntax", 1, 1)]),
    ("{a: b}: c\n", [("syntax", 1, 1)]),
]


@pytest.mark.parametrize(("text", "expected"), FORBIDDEN)
def test_what_a_draft_may_not_hold_is_pointed_at(text: str, expected: list[tuple[str, int, int]]) -> None:
    document = read_text(text, "d.yaml")
    assert [(p.kind, p.place.line, p.place.column) for p in document.problems] == expected
    assert all(p.help for p in document.problems)


def test_the_first_of_two_equal_keys_counts_and_its_line_is_named() -> None:
    document = read_text("x: 0\na: first\nb: 2\na: second\n", "d.yaml")
    assert document.root == {"x": "0", "a": "first", "b": "2"}
    assert "line 2" in the_problem(document).message


def test_after_a_forbidden_anchor_the_rest_is_still_read() -> None:
    document = read_text("a: &x words\nb: more\n", "d.yaml")
    assert document.root == {"a": "words", "b": "more"}


SYNTAX = [
    ("essay:\n  headline: x\n    dek: y\n", 3, 8),
    ("a:\n\tb: c\n", 2, 1),
    ("a: b\n c\nd\n", 3, 1),
    ("a: \x00b\n", 1, 4),
    ("a: b\nc: d\x07e\n", 2, 5),
    ("a: b\x85c: \x9bx\n", 1, 9),
    ("a: \ufffex\n", 1, 4),
    ("a: x\ufeffy\n", 1, 5),
]


@pytest.mark.parametrize(("text", "line", "column"), SYNTAX)
def test_unreadable_yaml_is_one_problem_with_its_place(text: str, line: int, column: int) -> None:
    problem = the_problem(read_text(text, "d.yaml"))
    assert problem.kind == "syntax"
    assert (problem.place.line, problem.place.column) == (line, column)
    assert problem.message
    assert problem.help


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a: the lamp\x07 answers", {"a": "the lamp\ufffc answers"}),
        ("a: the \x07lamp", {"a": "the \ufffclamp"}),
        ("a:\x07lamp\nb: lamp\x07\nc: lamp", {"a": "lamp", "b": "lamp", "c": "lamp"}),
        ("a\x07: lamp", {"a": "lamp"}),
        ("a:\n  -\x07lamp", {"a": ["lamp"]}),
    ],
)
def test_a_control_character_leaves_no_space_among_words_and_the_yaml_whole(text: str, read: object) -> None:
    """A second space would be a second finding, of a character that nobody sees."""
    assert read_text(text, "d.yaml").root == read


def test_a_control_character_is_named_and_its_removal_offered() -> None:
    text = "a: b\nc: d\x1be\n"
    problem = the_problem(read_text(text, "d.yaml"))
    assert "U+001B" in problem.message
    (edit,) = problem.edits
    assert text[: edit.start] + edit.text + text[edit.end :] == "a: b\nc: de\n"


def values_in(value: Value) -> list[Value]:
    inner = list(value.values()) if isinstance(value, Mapping) else list(value) if isinstance(value, Sequence) else []
    return [value, *(found for item in inner for found in values_in(item))]


def test_scalars_lists_every_text_keys_included() -> None:
    document = read_text("a: b\nc:\n  - d\n  - e: f\n", "d.yaml")
    assert [str(scalar) for scalar in document.scalars] == ["a", "b", "c", "d", "e", "f"]
    assert isinstance(document.root, Mapping)
    assert len(values_in(document.root)) == 6


def test_no_character_that_prints_is_one_that_yaml_refuses() -> None:
    """What `_unreadable` builds its short cut on, for all of Unicode as this Python knows it."""
    assert [hex(code) for code in range(sys.maxunicode + 1) if chr(code).isprintable() and not _is_readable(chr(code))] == []
