"""Plain text: 72 columns, hanging indents, notes for links, nothing of Markdown left over."""

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from wcwidth import wcswidth

from composer.draft.load import load_draft
from composer.press import proof_of
from composer.project.project import Project
from composer.proof.columns import WIDTH, wrapped
from composer.proof.flowed import unmarked
from composer.proof.text import Notes, ProseText, capitals
from composer.prose.markdown import Prose
from tests import healthy
from tests.newsrooms import NewsroomFolder

ROOT = Path(__file__).parents[3]


def set_text(markdown: str, notes: Notes | None = None, **margins: str) -> str:
    return unmarked(ProseText(notes or Notes()).blocks(Prose(markdown), **margins))  # type: ignore[arg-type]


LATIN = st.text(st.sampled_from("abcdefghij.,-’é—()"), min_size=1, max_size=30).filter(lambda word: not word.isspace())
WIDE = st.text(st.sampled_from("中文編集，。（）한国あ"), min_size=1, max_size=60)
EMOJI = st.sampled_from(["😀", "👩🏽", "👩‍👩‍👧", "🇨🇳", "e\u0301", "⚡️"])
URL = st.text(st.sampled_from("abc/?=&中"), min_size=1, max_size=120).map(lambda rest: f"https://x.example/{rest}")
WORDS = st.lists(st.one_of(LATIN, LATIN, WIDE, EMOJI, URL), min_size=1, max_size=30)
INDENTS = st.sampled_from(["", "    ", " 1. ", "    | ", "    + "])


@settings(max_examples=150, deadline=None)
@given(WORDS, INDENTS)
def test_no_line_is_wider_than_the_page_and_no_word_is_lost(words: list[str], first: str) -> None:
    rest = " " * len(first)
    lines = wrapped(" ".join(words), first=first, rest=rest).split("\n")
    assert lines[0].startswith(first.rstrip())
    assert all(line.startswith(rest.rstrip()) for line in lines[1:])
    for line in lines:
        content = line[len(first) :]
        unbreakable = " " not in content and ("://" in content or all(wcswidth(c) < 2 for c in content if not unicodedata.combining(c)))
        assert wcswidth(line) <= WIDTH or unbreakable, line
    joined = "".join(line[len(first) :] for line in lines)
    assert joined.replace(" ", "") == "".join(words)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(LATIN, URL), min_size=1, max_size=40))
def test_joining_the_lines_gives_the_words_back(words: list[str]) -> None:
    assert wrapped(" ".join(words)).split() == words


@settings(max_examples=60, deadline=None)
@given(st.lists(LATIN, min_size=2, max_size=40))
def test_lines_are_filled(words: list[str]) -> None:
    lines = wrapped(" ".join(words)).split("\n")
    for line, following in pairwise(lines):
        assert wcswidth(f"{line} {following.split(' ')[0]}") > WIDTH


def test_chinese_is_counted_as_two_columns_and_breaks_anywhere() -> None:
    lines = wrapped("港" * 80).split("\n")
    assert [len(line) for line in lines] == [36, 36, 8]


def test_a_long_address_is_never_broken() -> None:
    url = "https://x.example/" + "a-b/" * 40
    assert wrapped(f"See {url} there") == f"See\n{url}\nthere"
    assert f"https://x.example/{'中' * 60}" in wrapped(f"中文 https://x.example/{'中' * 60} 中文").split("\n")


def test_a_no_break_space_keeps_its_words_together() -> None:
    text = "x" * 66 + " (FT\u00a0$)"
    assert wrapped(text) == "x" * 66 + "\n(FT\u00a0$)"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("One\n\nTwo", "One\n\nTwo"),
        ("One\ntwo", "One two"),
        ("One\\\ntwo", "One\ntwo"),
        ("*One* **two** `three`", "One two three"),
        ("## Head\n\nWords", "Head\n----\n\nWords"),
        ("## 港口\n\nWords", "港口\n----\n\nWords"),
        ("- a\n- b", "- a\n- b"),
        ("- a\n\n- b", "- a\n\n- b"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("9. a\n10. b\n    more", "9. a\n10. b more"),
        ("- a\n  - b\n    - c\n- d", "- a\n  - b\n    - c\n- d"),
        ("- a\n\n  second\n- b", "- a\n\n  second\n\n- b"),
        ("> q\n>\n> r", "    q\n\n    r"),
        ("> - q", "    - q"),
        ("- > q", "-     q"),
        ("- - a\n- b", "- - a\n- b"),
        ("1. a\n\n   > q\n\n2. b", "1. a\n\n       q\n\n2. b"),
        ("- a\n- b\n\nEnd\n\n- c", "- a\n- b\n\nEnd\n\n- c"),
        ("0. a\n1. b", "0. a\n1. b"),
        ("one\n\n---\n\ntwo", "one\n\n* * *\n\ntwo"),
        ("1\\. not a list \\* \\_", "1. not a list * _"),
        ("&amp; &lt;b&gt;", "& <b>"),
    ],
)
def test_markdown_becomes_text_without_its_marks(markdown: str, expected: str) -> None:
    assert set_text(markdown) == expected


@pytest.mark.parametrize("typed", ["+ It is back.", "- It is back.", "It is back."])
def test_a_sign_that_is_printed_anyway_is_not_printed_twice(typed: str) -> None:
    assert set_text(typed, first="    + ", rest="      ") == "    + It is back."
    assert set_text("- It is back.", first="    | ") == "    | - It is back."
    assert set_text("- It is back.\n- So am I.", first="  + ", rest="    ") == "  + - It is back.\n    - So am I."
    assert set_text("Look:\n\n- It is back.", first="  + ", rest="    ") == "  + Look:\n\n    - It is back."


def test_a_list_item_hangs() -> None:
    words = "word " * 30
    lines = set_text(f"- {words}\n- {words}").split("\n")
    assert [line[:3] for line in lines] == ["- w", "  w", "  w", "- w", "  w", "  w"]


def test_links_become_notes_and_addresses_stay_in_place() -> None:
    notes = Notes()
    text = set_text(
        "[a](https://x.example/1) [b](https://x.example/2) [a again](https://x.example/1) <https://x.example/3> [https://x.example/4](https://x.example/4) "
        "[write](mailto:me@x.example?subject=Hi) <me@x.example> [me@x.example](mailto:me@x.example)",
        notes,
    )
    assert " ".join(text.split()) == ("a [1] b [2] a again [1] https://x.example/3 https://x.example/4 write <me@x.example> me@x.example me@x.example")
    assert notes.taken() == [(1, "https://x.example/1"), (2, "https://x.example/2")]


def test_notes_are_numbered_on_across_sections() -> None:
    notes = Notes()
    assert (notes.number("https://x.example/1"), notes.number("https://x.example/2")) == (1, 2)
    assert notes.taken() == [(1, "https://x.example/1"), (2, "https://x.example/2")]
    assert notes.taken() == []
    # in another section the same address has a note of its own, so that no reader must leaf back
    assert notes.number("https://x.example/1") == 3


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Catch up with China", "CATCH UP WITH CHINA"),
        ("What iPhone?", "What iPhone?"),
        ("McAfee", "McAfee"),
        ("NASA and me", "NASA AND ME"),
        ("港口", "港口"),
        ("Port 港口", "Port 港口"),
        ("Straße", "Straße"),
        ("Čeština", "ČEŠTINA"),
        ("", ""),
        ("2026", "2026"),
        ("hi {{ reader.x | y }}", "hi {{ reader.x | y }}"),
    ],
)
def test_capitals_lose_nothing(heading: str, expected: str) -> None:
    assert capitals(heading) == expected


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30))
def test_capitals_can_always_be_read_back(heading: str) -> None:
    made = capitals(heading)
    assert made == heading or made.lower() == heading.lower()


def text_of(newsroom: NewsroomFolder, slug: str) -> str:
    return newsroom.proof(healthy.DRAFTS[slug]()).text


def test_notes_of_the_issue_count_on_and_every_one_is_listed_once(newsroom: NewsroomFolder) -> None:
    for slug in healthy.DRAFTS:
        text = text_of(newsroom, slug)
        listed = [int(n) for n in re.findall(r"^ *\[(\d+)\] \S+$", text, re.MULTILINE)]
        used = {int(n) for n in re.findall(r"\[(\d+)\]", re.sub(r"^ *\[\d+\] \S+$", "", text, flags=re.MULTILINE))}
        assert listed == list(range(1, len(listed) + 1))
        assert used == set(listed)


def test_a_linked_source_has_its_note(newsroom: NewsroomFolder) -> None:
    text = text_of(newsroom, "china-report")
    (number,) = re.findall(r"\(The Walrus \$\) \[(\d+)\]", text)
    assert f"[{number}] https://a.example/walrus\n" in text


def test_briefs_hang_behind_their_numbers_and_follow_ups_under_them(newsroom: NewsroomFolder) -> None:
    draft = healthy.china_report()
    draft["catch_up"][1]["text"] = "[A dam](https://a.example/b2) " + "is full of words " * 12
    text = newsroom.proof(draft).text
    start = text.index(" 2. A dam")
    lines = text[start : text.index(" 3. A landline")].rstrip().split("\n")
    assert all(line.startswith("    ") for line in lines[1:])
    assert sum(line.startswith("    + ") for line in lines) == 2
    assert all(wcswidth(line) <= WIDTH for line in lines)


def test_the_number_of_a_note_never_stands_alone(newsroom: NewsroomFolder) -> None:
    """Neither behind a headline that fills its line nor behind a linked source that does."""
    draft = healthy.the_download()
    for words in range(60, 72):
        draft["must_reads"][0]["headline"] = f"{'x' * (words - 5)} last"
        draft["must_reads"][0]["dek"] = f"{'y' * (words - 8)}. ([Wire](https://a.example/wire))"
        text = newsroom.proof(draft).text
        assert re.search(r"last \[\d+\]\n", text)
        assert re.search(r"\(Wire\) \[\d+\]\n", text)


def test_a_note_in_the_place_of_the_sign_off_stands_apart_from_the_essay(newsroom: NewsroomFolder) -> None:
    draft = healthy.china_report()
    del draft["sign_off"]
    draft["housekeeping"] = "We are away. Write to china@harborreview.example."
    assert f"\n\n{'-' * WIDTH}\nWe are away." in newsroom.proof(draft).text


def test_ten_items_stay_aligned(newsroom: NewsroomFolder) -> None:
    text = text_of(newsroom, "the-download")
    assert " 9. Headline number 9" in text
    assert "\n10. Headline number 10" in text


@pytest.mark.parametrize("slug", list(healthy.DRAFTS))
def test_nothing_of_markdown_is_left(newsroom: NewsroomFolder, slug: str) -> None:
    text = text_of(newsroom, slug)
    assert "](" not in text
    assert "**" not in text
    assert not re.search(r"(?<!\* )\*(?! \*)\w", text)
    assert not re.search(r"^#+ ", text, re.MULTILINE)
    assert "\n\n\n" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert all(line == line.rstrip() for line in text.split("\n"))


@pytest.mark.parametrize("path", sorted((ROOT / "issues").glob("*/*.yaml")), ids=lambda path: path.stem)
def test_every_sample_keeps_to_its_columns(path: Path) -> None:
    draft = load_draft(path, Project(ROOT))
    text = proof_of(draft, Project(ROOT)).text
    assert text.count("\n") > 60
    for line in text.split("\n"):
        assert wcswidth(line) <= WIDTH or "://" in line, line
