"""Typographic fixes in every kind of YAML text: the same text but for the marks, and nothing left to fix."""

import json
import random
from collections.abc import Iterator

import pytest
import yaml

from composer.checks.rule import rules
from composer.finding import Edit, Finding
from composer.press import findings_of
from tests.cases.newsroom import ORDINARY, draft_of, healthy, own_project, replaced

RULES = [rules()[f"editorial/{name}"] for name in ("mixed-quotes", "mixed-dashes", "spacing")]
DEK = "  dek: The keeper retired, the letters kept coming, and somebody wrote a program.\n"
CURLY = "“One.” ‘Two.’ “Three.” ‘Four.’ “Five.” ‘Six.’ “Seven.” ‘Eight.’ It’s so—really—so—it—is. "
TYPED = "\"Say 'no',\" she said - it's the keepers' own, of the '90s -- and  5'10\" tall(she says) ."
FIXED = "“Say ‘no’,” she said—it’s the keepers’ own, of the ’90s—and 5'10\" tall (she says)."


def _spellings(text: str) -> dict[str, str]:
    """The same text in each of YAML's styles, as the value of `dek`."""
    half = text.index("own,") + 4
    return {
        "plain": f"  dek: So, {text}\n",
        "single-quoted": "  dek: '{}'\n".format(text.replace("'", "''")),
        "double-quoted": '  dek: "{}"\n'.format(text.replace('"', '\\"')),
        "escaped": '  dek: "{}"\n'.format(text.replace('"', "\\x22").replace("—", "\\u2014")),
        "literal": f"  dek: |\n    {text}\n",
        "folded": f"  dek: >-\n    {text[:half]}\n    {text[half + 1 :]}\n",
        "plain over lines": f"  dek: So, {text[:half]}\n    {text[half + 1 :]}\n",
        "double-quoted over lines": '  dek: "{}\n    {}"\n'.format(*(part.replace('"', '\\"') for part in (text[:half], text[half + 1 :]))),
    }


def _draft(dek: str) -> str:
    return replaced(healthy("china-report"), [{"replace": DEK, "with": dek}, {"replace": "    For ninety years", "with": f"    {CURLY}For ninety years"}])


def _found(text: str) -> list[Finding]:
    return findings_of(draft_of(text, own_project()), own_project(), RULES, ORDINARY)


def _mended(text: str) -> str:
    edits: list[Edit] = sorted((edit for finding in _found(text) for edit in finding.edits), key=lambda edit: edit.start, reverse=True)
    end = len(text)
    for edit in edits:
        # Where two findings would change the same characters, the second waits for the next round, as with --fix.
        if edit.end <= end:
            text, end = text[: edit.start] + edit.text + text[edit.end :], edit.start
    return text


@pytest.mark.parametrize("style", list(_spellings(TYPED)))
def test_a_fix_keeps_the_yaml_and_the_words(style: str) -> None:
    text = _draft(_spellings(TYPED)[style])
    before = yaml.safe_load(text)
    for _ in range(3):
        text = _mended(text)
    after = yaml.safe_load(text)
    assert after["essay"]["dek"].strip().removeprefix("So, ") == FIXED
    del before["essay"], after["essay"]
    assert json.dumps(after, ensure_ascii=False, default=str).replace("’", "'") == json.dumps(before, ensure_ascii=False, default=str)
    assert _found(text) == []
    assert _mended(text) == text


@pytest.mark.parametrize(
    ("typed", "fixed"),
    [
        ('"Hello," she said.', "“Hello,” she said."),
        ("She said \"hello\", 'hi' and \"'so'\".", "She said “hello”, ‘hi’ and “‘so’”."),
        ("('so') [\"so\"](https://a.example/it's) *\"so\"* **'so'**", "(‘so’) [“so”](https://a.example/it's) *“so”* **‘so’**"),
        ("The keepers' lamp, the class of '24, '90s rock 'n' roll, get 'em", "The keepers’ lamp, the class of ’24, ’90s rock ’n’ roll, get ’em"),
        ("the 1990's, James's, y'all'd've", "the 1990’s, James’s, y’all’d’ve"),
        ('6\'2" tall, 5\' 10", a 27" screen, 40°26\'46"', '6\'2" tall, 5\' 10", a 27" screen, 40°26\'46"'),
        ('"the class of 2024" and "It was—" and—"so"', "“the class of 2024” and “It was—” and—“so”"),
        ("`it's` {{ reader.name | you're }} it's", "`it's` {{ reader.name | you're }} it’s"),
        ('\\"so\\"', "“so”"),
    ],
)
def test_which_curly_mark_stands_for_a_straight_one(typed: str, fixed: str) -> None:
    filler = "“’” " * 30
    text = replaced(healthy("the-download"), [{"replace": "      The first year", "with": f"      {filler}\n\n      {typed}\n\n      The first year"}])
    findings = findings_of(draft_of(text, own_project(), "the-download"), own_project(), RULES[:1], ORDINARY)
    for edit in sorted((edit for finding in findings for edit in finding.edits), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    assert f"\n      {fixed}\n" in text


def _any_text(seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    words = [
        "it's",
        '"so"',
        "“so”",
        "’90s",
        "a - b",
        "a—b",
        "a – b",
        "x--y",
        "end .Then",
        "end.Then",
        "two  spaces",
        "five(of it)",
        "5'10\"",
        "\\",
        "#1",
        "no:",
        "港口",
        "’",
    ]
    while True:
        yield " ".join(chance.choice(words) for _ in range(chance.randint(2, 12)))


@pytest.mark.parametrize("seed", range(25))
def test_any_mixture_stays_yaml_and_comes_to_rest(seed: int) -> None:
    typed = next(_any_text(seed))
    for dek in (
        f"  dek: '{typed.replace(chr(39), chr(39) * 2)}'\n",
        '  dek: "{}"\n'.format(typed.replace("\\", "\\\\").replace('"', '\\"')),
        f"  dek: |\n    {typed}\n",
    ):
        text = _draft(dek)
        for _ in range(4):
            text = _mended(text)
        assert set(yaml.safe_load(text)) == set(yaml.safe_load(_draft(dek)))
        assert _mended(text) == text
