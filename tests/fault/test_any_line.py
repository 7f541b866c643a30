"""Any line of a draft or of settings gone, doubled, moved or spoilt: every rule speaks, every edition is made, and nothing is raised."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from composer.checks.occasion import Occasion
from composer.checks.rule import rules
from composer.draft.load import load_draft_text
from composer.finding import Finding
from composer.press import findings_of, proof_of
from tests.cases.newsroom import healthy
from tests.newsrooms import NewsroomFolder

# Of each kind of thing that somebody or some program may have put there.
SPOILT = [
    *("", "[]", "{a: b}", "0", "null", "'", "|", "origin", "2026-01-01T", "javascript:1", "../../etc", "{{ reader.x }}", "x" * 300),
    *('"\\0"', '"a\\x01\\x1b[31m"', '"\\ufeff \\u202e"', '"\\ud800"', "“港” (BBC $", "[a](b", "<b>*_`\\", "zmf7b7bzmf zpic61zpic"),
]
_FIELD = re.compile(r"^(\s*(?:- )?[\w-]+:|\s*-(?= )|\s*(?=\S))")


def spoilt_in_turn(text: str, every: int) -> Iterator[str]:
    """The text with one line after the other gone, doubled, indented and spoilt; of the ways to spoil it, each line gets a few."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        field = _FIELD.match(line)
        assert field is not None
        ways = [[], [line, line], [f"  {line}"], *([f"{field[0]} {value}"] for value in SPOILT[number % every :: every])]
        yield from ("\n".join([*lines[:number], *way, *lines[number + 1 :]]) for way in ways)


def all_that_is_said_and_made(newsroom: NewsroomFolder, newsletter: str, text: str) -> list[Finding]:
    draft = load_draft_text(text.encode(), newsroom.root / "issues" / newsletter / "2026-11-24-draft.yaml", newsroom.project)
    if draft.issue is not None:
        proof = proof_of(draft, newsroom.project)
        assert proof.html.startswith("<!doctype html>") or proof.problems
        assert proof.message or proof.problems
        assert (proof.web == "") == (proof.html == "")
    return findings_of(draft, newsroom.project, list(rules().values()), Occasion(today=date(2026, 11, 24)))


@pytest.mark.parametrize("newsletter", ["china-report", "the-download"])
def test_a_spoilt_draft(own_newsroom: NewsroomFolder, newsletter: str) -> None:
    drafts = list(spoilt_in_turn(healthy(newsletter), every=4))
    found = [bool(all_that_is_said_and_made(own_newsroom, newsletter, text)) for text in drafts]
    assert len(found) > 250
    assert sum(found) > len(found) / 2


@pytest.mark.parametrize("path", ["templates/china-report/newsletter.yaml", "templates/the-download/newsletter.yaml", "newsroom.yaml"])
def test_spoilt_settings(own_newsroom: NewsroomFolder, path: str) -> None:
    newsletter = "the-download" if "the-download" in path else "china-report"
    whole = (own_newsroom.root / path).read_text(encoding="utf-8")
    in_the_settings = []
    for text in spoilt_in_turn(whole, every=7):
        own_newsroom.write(path, text)
        found = all_that_is_said_and_made(own_newsroom, newsletter, healthy(newsletter))
        in_the_settings.append(any(own_newsroom.place_name(finding.place) == path for finding in found))
    assert len(in_the_settings) > 40
    assert sum(in_the_settings) > len(in_the_settings) / 3
