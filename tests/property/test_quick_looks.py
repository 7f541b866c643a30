"""The quick looks and short cuts that spare rules their patterns: whatever is typed, they miss nothing and change nothing.

Each is compared with the pattern that it spares, or with one that is written for its reader rather than for speed.
"""

import re
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from hypothesis import example, given, settings, strategies as st

from composer.checks import link_reading, typography_reading
from composer.checks.text_reading import in_small_letters, may_be_to_come, placeholder_spans
from composer.prose.markdown import Prose


def rule_file(name: str) -> Any:
    """The module of a rule, whose patterns are its own; its package holds the rule's function by the same name."""
    return import_module(f"composer.checks.rules.{name}")


def texts(*signs: str, most: int = 16) -> st.SearchStrategy[str]:
    """Texts put together of these parts, or of whatever characters."""
    return st.lists(st.sampled_from(signs), max_size=most).map("".join) | st.text(max_size=12)


SPACES = (" ", "  ", "\n", "\n\n", "\u00a0")
MARKS = (".", ",", "?", "!", "(", ")", "[", "]", "“", "”", "‘", "’", '"', "'", "-", "—", "–", "/", "&", "\\", ")）")
LINKS = ("[", "](", "](https://a.example/b)", "](http://a.example/(b)c)", "](<b c>)", "](b 'c')", "](www.b.example", "](https://a.example/b c)")
ADDRESSES = ("https://a.example/b", "http://", "https:/", "www.", "www.a.example", "<https://a.example/b>", "<mailto:m@a.example>", "m@a.example", "://")
CODE = ("`", "``", "{{", "}}", "{{ reader.x }}", "{", "}")


@settings(max_examples=2000, deadline=None)
@given(
    texts("the", "The", "they", "a", "é", "7", "\ufffc", "](\ufffc\ufffc)", *SPACES, *MARKS)
    | texts("i", "I", "\u0130", "k", "K", "\u212a", "s", "\u017f", "\u0131", " ", most=5)
)
@example("i \u0130")
@example("k \u212a")
def test_where_no_word_is_doubled_none_is_found(words: str) -> None:
    doubled = rule_file("editorial.doubled_word")
    assert doubled._may_hold_any(words) or doubled._twice().search(words) is None


@settings(max_examples=2000, deadline=None)
@given(texts("a", "b1", "_", "é", "ł", "µ", "²", "中", "文字", "ひ", "、", "《", "々", "\uff21", "\u3007", "→", "\x81", "x-y", "d.e.f", *SPACES, *MARKS))
def test_words_are_counted_as_by_the_pattern(text: str) -> None:
    unspaced = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    pattern = rf"[{unspaced}]|[^\W{unspaced}]+(?:[’'.,-][^\W{unspaced}]+)*"
    assert rule_file("structure.body_length")._count(text) == len(re.findall(pattern, text))


@settings(max_examples=2000, deadline=None)
@given(texts("words", "h", "w", "e.g.", *SPACES, *MARKS, *LINKS, *ADDRESSES, *CODE))
def test_what_is_no_prose_is_hidden_as_by_one_pattern(text: str) -> None:
    hidden = typography_reading._hidden_or_open().sub(typography_reading._covered, text)
    hidden = typography_reading._definition().sub(typography_reading._covered, hidden)
    assert typography_reading.visible_words(text) == typography_reading._without_handles(hidden)


@settings(max_examples=2000, deadline=None)
@given(texts("words", "h", "xhttps://b", *SPACES, *MARKS, *LINKS, *ADDRESSES))
def test_targets_are_blanked_as_by_a_pattern_that_looks_behind(text: str) -> None:
    pattern = r"(?<=\]\()[^)\s]*|<(?:https?|mailto):[^>\s]*>|\bhttps?://[^\s)>\]]+"
    assert Prose(text).searchable == re.sub(pattern, lambda m: " " * len(m[0]), text)


@settings(max_examples=2000, deadline=None)
@given(
    texts("words", *SPACES, *LINKS, *ADDRESSES, *CODE, "\\", ")") | texts("](b:c)", "<b:c>", "](a(b))", "](b\\)c)", "](b {c)", "<b:", " ", ">", most=5),
    st.sampled_from((0, 0, 0, 3, 20)),
)
def test_the_next_target_is_the_one_that_the_search_finds(markdown: str, position: int) -> None:
    hrefs = {link.href for link in Prose(markdown).links} | {"b:c", "https://a.example/b", "http://a.example/(b)c", "a(b", "b\\", "b {c"}
    for href in hrefs:
        next_one = link_reading._span_of_next_target(markdown, href, position)
        assert next_one is None or next_one == link_reading._span_of_target(markdown, href, position)


@settings(max_examples=2000, deadline=None)
@given(
    st.sampled_from(("https://a.example", "http://a-b.c", "https://", "HTTPS://a.b", "//a", "mailto:a")),
    texts("a", "b-c.d", "é", "1", "%20", "~", ";", *".,:;@&=+$!'()[]{}*|<> \t", "/", "?", "#", ":80", "//"),
)
def test_an_ordinary_address_is_taken_apart_as_by_urlsplit(beginning: str, rest: str) -> None:
    ordinary = link_reading._ordinary().fullmatch(beginning + rest)
    if ordinary is not None:
        parts = urlsplit(beginning + rest)
        assert ordinary.groups("") == tuple(parts)
        assert ordinary[2] == link_reading._host(parts)


@settings(max_examples=2000, deadline=None)
@given(
    st.tuples(
        st.sampled_from(("Mon", "Tue", "Tues", "Wed", "Weds", "Wednes", "Thu", "Thur", "Thurs", "Fri", "Sat", "Satur", "Sun")),
        st.sampled_from(("day ", "day, ", ". ", ", ", ".,\n")),
        st.sampled_from(("January 3", "3 May", "the 3rd of June", "3", "May")),
    ).map("".join)
    | texts("Mon", "day", ". ", "May 3")
)
def test_every_date_with_a_weekday_begins_with_one(words: str) -> None:
    weekday = rule_file("editorial.weekday_mismatch")
    assert weekday._weekday().search(words) is not None or weekday._dated().search(words) is None


@settings(max_examples=2000, deadline=None)
@given(texts("a", "(", ")", "）", ".", ").", *SPACES, '"', "'", "\\", "\r"))
def test_full_stops_behind_brackets_are_found_from_either_end(text: str) -> None:
    pattern = r"[)）][ \u00a0]?\.(?=[ \u00a0]*(?:[\"'\r\n\\]|\Z))"
    assert (rule_file("editorial.spacing")._stop_at_end().search(text) is None) == (re.search(pattern, text) is None)


@settings(max_examples=2000, deadline=None)
@given(texts("TK", "tk", "TODO", "FIXME", "XXX", "X", "lorem", "Lorem", "ipsum", "insert", "INSERT", "here", "é", "](", "https://", *SPACES, *"[](){}<>"))
def test_a_placeholder_shows_at_a_quick_look(text: str) -> None:
    assert may_be_to_come(text) or not placeholder_spans(text, text)


@settings(max_examples=2000, deadline=None)
@given(texts("FNAME", "LAST_NAME", "last_name", "EMAIL ADDRESS", "a", "a.b", "|", "*|", "|*", "<%", "%>", "%", "%%", "=", "$", *CODE, *SPACES, *"[](){}"))
def test_a_merge_tag_shows_at_a_quick_look(text: str) -> None:
    tags = rule_file("editorial.unresolved_merge_tag")
    assert tags._may_hold_any(text) or tags._tags().search(text) is None


@settings(max_examples=500, deadline=None)
@given(texts("javascript", "Insert", "BELOW", "\u0130nsert", "be\u0131ow", "data:", "é", "中", *SPACES))
def test_words_in_small_letters_are_those_that_lower_makes(text: str) -> None:
    for word in ("javascript", "insert", "below", "lorem", "data:", "file:", "http:"):
        assert (word.encode() in in_small_letters(text)) == (word in text.lower())
