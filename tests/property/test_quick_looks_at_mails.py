"""A quick look at a mail never overlooks what a rule would speak of: it agrees with the plain, slow way to say the same.

`tests/property/test_quick_looks.py` does this for drafts.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import example, given, settings, strategies as st
from lxml import etree

from composer.checks import accessibility_reading, delivery_reading, drift_reading, markup_reading
from composer.checks.look_reading import Look, LookSheet
from composer.checks.rules.accessibility import layout_table
from composer.checks.rules.delivery import header_injection, line_length
from composer.checks.rules.inbox import emoji
from composer.checks.style_reading import placed_rules

if TYPE_CHECKING:
    from lxml.etree import _Element

SETTINGS = settings(max_examples=400, deadline=None)
TAGS = ["div", "p", "a", "table", "td", "b", "span", "style", "script", "em"]
ATTRIBUTES = [
    *("", "", ' class="a"', ' class="b c"', " hidden", ' href="https://example.org/1"', ' href="https://example.org/2"', ' bgcolor="#102030"', ' color="red"'),
    *(' style="display:none"', ' style="font-size:0"', ' style="color: red; max-height:0px"', ' style="font-size:20px"', ' role="presentation"'),
]
BITS = [
    *(
        "one ",
        "two",
        " ",
        "\n",
        "&amp;",
        "\u00a0",
        "<br />",
        '<img src="x.png">',
        '<input type="text">',
        "<!-- three -->",
        "<x",
        ">",
        "<a <b>",
        "<STYLE>",
        "<TABLE>",
    ),
    *(
        "<!--[if mso]><table><![endif]-->",
        "<!--[if !mso]><!-->",
        "<!--<![endif]-->",
        "<style>.a{color:#111}</style>",
        "</style>",
        '<table border="0" role="none">',
    ),
]
opening = st.builds(lambda tag, attribute: f"<{tag}{attribute}>", st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES))
closing = st.sampled_from(TAGS).map(lambda tag: f"</{tag}>")
fragments = st.lists(st.one_of(opening, closing, st.sampled_from(BITS)), max_size=24).map("".join)
bodies = fragments.map(lambda inside: etree.HTML(f"<html><head><title>t</title></head><body>.{inside}</body></html>"))


@given(fragments)
@SETTINGS
def test_start_tags_are_those_that_a_search_for_both_brackets_finds(html: str) -> None:
    assert markup_reading._start_tags_in(html) == re.findall(r"<[a-z][^<>]*>", html)


@given(st.lists(st.sampled_from(["<style>", "<style media='x'>", "<styled>", "<style", "</style>", ">", ".a{}", "<p>", "\n"]), max_size=12).map("".join))
@SETTINGS
def test_style_blocks_are_those_that_one_pattern_finds(html: str) -> None:
    assert list(markup_reading._style_blocks_in(html)) == re.findall(r"<style\b[^>]*>(.*?)</style>", html, re.DOTALL)


@given(fragments)
@SETTINGS
def test_tables_that_all_have_roles_hold_none_without(html: str) -> None:
    assert not (layout_table._all_have_roles(html) and layout_table._tables().search(html))


@given(bodies)
@SETTINGS
def test_what_is_seen_is_what_a_walk_through_all_elements_sees(root: "_Element") -> None:
    sight = delivery_reading._Sight(root)
    words, links = "".join(_seen_in(root)), [_link(a) for a in root.iter("a") if a.get("href") and not any(map(_is_hidden, [a, *a.iterancestors()]))]
    assert sight.words() == words
    assert list(sight.links()) == [link for link in links if link is not None]


def _is_hidden(element: "_Element") -> bool:
    style = element.get("style") or ""
    return element.tag in ("head", "style", "script") or element.get("hidden") is not None or "none" in style or "max-height" in style


def _seen_in(element: "_Element") -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not _is_hidden(child):
            yield from _seen_in(child)
        yield child.tail or ""


def _link(a: "_Element") -> delivery_reading.VisibleLink | None:
    has_words = bool("".join(_seen_in(a)).strip())
    pictures = [picture for picture in a.iter("img") if not any(map(_is_hidden, picture.iterancestors()))]
    return delivery_reading.VisibleLink(str(a.get("href")), has_words) if has_words or pictures else None


@given(bodies)
@SETTINGS
def test_the_first_texts_of_looks_come_in_the_order_of_reading(root: "_Element") -> None:
    css = ".a { color: #333 } p > .b { font-size: 12px } td { display: none }"
    sheet = LookSheet(placed_rules(css))
    body = root.find("body")
    assert body is not None
    looks = accessibility_reading._Walk(sheet).looks_in(body)
    first: dict[Look, str] = {}
    for look, words in _read_aloud(body, sheet.top, sheet):
        first.setdefault(look, words)
    assert [(look, text.words) for look, text in looks.texts.items()] == list(first.items())


def _read_aloud(element: "_Element", around: Look, sheet: LookSheet) -> Iterator[tuple[Look, str]]:
    """Each text with its look, element within element."""
    colors = (element.get("bgcolor"), element.get("color"))
    look = sheet.look(around, (str(element.tag), element.get("class"), element.get("style"), colors if any(c is not None for c in colors) else None))
    if look.hidden:
        return
    if (element.text or "").strip() and look.size:
        yield look, " ".join((element.text or "").split())
    for child in element:
        if isinstance(child.tag, str) and child.tag not in ("head", "style", "script", "title"):
            yield from _read_aloud(child, look, sheet)
        if (child.tail or "").strip() and look.size:
            yield look, " ".join((child.tail or "").split())


@given(st.text("ab [](12)34½٣\u00a0\u3000\x85\n\x07ßẞıİSsAa\ud800", max_size=30))
@SETTINGS
def test_white_space_is_taken_out_as_splitting_does(text: str) -> None:
    assert delivery_reading.squeezed(text) == "".join(text.split())


LETTERS = st.text("ab[]12٣\x07ßẞıIİSsA", max_size=12)


@given(LETTERS, st.lists(LETTERS, max_size=6), st.data())
@example("1", ["a[1]b"], None)
@example("1]b", ["a[1]b"], None)
@example("ß", ["SS"], None)
@example("ı", ["I"], None)
@SETTINGS
def test_words_are_found_as_without_capitals_and_notes(run: str, others: list[str], data: st.DataObject | None) -> None:
    words = drift_reading.Words("".join(others))
    runs = [run, *(data.draw(st.lists(LETTERS, max_size=3)) if data is not None else ()), *others, run]
    plain = drift_reading._searchable("".join(others))
    assert [words.have(each) for each in runs] == [drift_reading._searchable(each) in plain for each in runs]


@given(st.lists(st.integers(0, 2500).map(lambda length: b"x" * length) | st.sampled_from([b"\r", b"\n", b"\r\n", b"\r\n\r\n"]), max_size=8).map(b"".join))
@example(b"x" * 998 + b"\r\n" + b"x" * 998)
@example(b"x" * 998 + b"\r\n" + b"x" * 999)
@example(b"x" * 999 + b"\r\n")
@SETTINGS
def test_lines_are_short_throughout_where_none_is_too_long(message: bytes) -> None:
    assert line_length._is_short_throughout(message) == (max(map(len, message.split(b"\r\n"))) <= 998)


HEADER_BITS = ["Subject", ":", " ", "\t", "\r\n", "\r\n ", "\r", "\n", "a", "é", "\x85", "\x0b", "From: x", "\x7f"]


@given(st.lists(st.sampled_from(HEADER_BITS), max_size=10).map("".join))
@example("Subject: a\r\n")
@SETTINGS
def test_a_header_that_looks_sound_has_a_fault_in_no_line(block: str) -> None:
    lines = [line.partition(":") for line in re.split(r"\r\n(?![ \t])", block)] if block else []
    faulty = [
        name
        for name, colon, value in lines
        if not colon
        or not header_injection._header_name().fullmatch(name)
        or header_injection._line_end().search(value.replace("\r\n ", "").replace("\r\n\t", ""))
    ]
    assert bool(header_injection._sound_header().fullmatch(block)) <= (not faulty)


@given(st.text(st.characters(max_codepoint=0x203B) | st.sampled_from("\u203c\ufe0f\u20e3#1©®™😀"), max_size=12))
@SETTINGS
def test_a_line_without_signs_has_no_emoji(line: str) -> None:
    assert not (emoji._emoji().search(line) and max(line) < emoji._FIRST_SIGN)


def test_what_has_no_emoji_is_told_by_a_single_bound() -> None:
    """Each character before the bound, and each with its neighbor."""
    before = map(chr, range(ord(emoji._FIRST_SIGN)))
    assert not any(emoji._emoji().search(one + other) for one, other in pairwise(before))
