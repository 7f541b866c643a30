"""Lines that YAML misreads for want of a space, or for a line break nobody sees: said where they stand, and read on."""

import pytest

from composer.yaml_source.reader import read_text
from composer.yaml_source.values import Mapping


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
