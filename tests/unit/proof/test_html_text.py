"""Text and addresses on their way into HTML: escaped, marked where it is Chinese, and never code."""

import pytest

from composer.proof.html import ProseHtml, safe_address, text_html
from composer.proof.source_map import SourceMap
from composer.proof.text import Notes, ProseText
from composer.prose.markdown import Prose


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b > c & d", "a &lt; b &gt; c &amp; d"),
        ("&lt;", "&amp;lt;"),
        ("港口", '<span lang="zh-Hans">港口</span>'),
        ("the 港口，又 one", 'the <span lang="zh-Hans">港口，又</span> one'),
        ("港口です", "港口です"),
        ("港口 항구", "港口 항구"),
        ("\U00020000", '<span lang="zh-Hans">\U00020000</span>'),
        ("“quotes” — fine", "“quotes” — fine"),
    ],
)
def test_text_is_escaped_and_chinese_is_marked(text: str, html: str) -> None:
    assert text_html(text) == html


def test_chinese_in_italics_stands_upright() -> None:
    assert text_html("港", in_italics=True) == '<span lang="zh-Hans" class="han">港</span>'


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/a?b=c#d",
        "http://x.example",
        "HTTPS://x.example",
        "mailto:a@x.example?subject=a:b",
        "tel:+123",
        "cid:a@b",
        "/a/b:c",
        "a/b",
        "#x:y",
        "?x:y",
        "",
        "//x.example",
        "zmf7b7b7d7dzmf",
        "https://x.example/javascript:alert(1)",
    ],
)
def test_addresses_that_lead_somewhere_are_kept(url: str) -> None:
    assert safe_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "  javascript:alert(1)",
        "\tjavascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "java\r\nscript:alert(1)",
        "\x00javascript:alert(1)",
        "\x01javascript:alert(1)",
        "\u00a0javascript:alert(1)",
        "\u200bjavascript:alert(1)",
        "java\u200bscript:alert(1)",
        "ｊavascript:alert(1)",
        "javascript :alert(1)",
        "vbscript:x",
        "data:text/html;base64,x",
        "file:///etc/passwd",
        "blob:x",
        "about:blank",
        "view-source:x",
        "ht\ttps:x",
        "\x00https://x.example",
        "httpsx:y",
        "javascript&colon;alert(1):x",
    ],
)
def test_addresses_that_run_code_go_nowhere(url: str) -> None:
    assert safe_address(url) == "#"


def mail_html(markdown: str) -> str:
    return str(ProseHtml(SourceMap()).inline(Prose(markdown), mail=True))


def test_a_bare_mail_address_is_a_link() -> None:
    assert mail_html("Write to a.b@x.example.") == 'Write to <a class="a" href="mailto:a.b@x.example">a.b@x.example</a>.'


def test_each_bare_address_is_a_link_beside_one_that_is_typed() -> None:
    html = mail_html("<a@x.example> or b@x.example")
    assert html.count("<a ") == 2
    assert 'href="mailto:b@x.example"' in html


def test_an_address_inside_a_link_is_left_alone() -> None:
    html = mail_html("[me@x.example](https://social.example/@me@x.example) and R&D@x.example")
    assert html.startswith('<a class="a" href="https://social.example/@me@x.example">me@x.example</a> and ')
    assert html.endswith('<a class="a" href="mailto:R%26D@x.example">R&amp;D@x.example</a>')


@pytest.mark.parametrize("words", ["1984. That was the year.", "3) Third.", "1. One\n\n2. Two", "1. 2. Three"])
def test_a_number_that_begins_a_line_is_one_of_its_words(words: str) -> None:
    html = str(ProseHtml(SourceMap()).inline(Prose(words)))
    assert html.replace("<br />", "\n") == words
    assert ProseText(Notes()).inline(Prose(words)) == words.replace("\n\n", "\n")


@pytest.mark.parametrize(
    ("markdown", "wide"),
    [
        ("8. a\n9. b", False),
        ("9. a\n10. b", True),
        ("1. a\n" * 9, False),
        ("1. a\n" * 10, True),
        ("- a\n" * 10, False),
        ("1. a\n   1. b\n" * 5, False),
    ],
)
def test_numbers_of_two_digits_have_room_for_both(markdown: str, wide: bool) -> None:
    html = str(ProseHtml(SourceMap()).blocks(Prose(markdown)))
    assert ('class="list tens' in html) == wide


def test_marks_leave_no_trace_and_lead_back() -> None:
    marks = SourceMap("any draft")
    marked = (
        f'<p{marks.mark(lambda: None)}>one</p><td class="{marks.mark_class(lambda: None)}ink">two</td><td class="{marks.mark_class(lambda: None)}x-outlook">'
    )
    assert marks.without_marks(marked) == '<p>one</p><td class="ink">two</td><td class="x-outlook">'


@pytest.mark.parametrize("typed", ['data-at="0"', " data-at", "data-att-1 ", 'x class="data-at-0" y'])
def test_words_that_look_like_marks_are_words(typed: str) -> None:
    marks = SourceMap("a draft that spells it with entities")
    html = f"<p{marks.mark(lambda: None)}>{typed}</p>"
    assert marks.without_marks(html) == f"<p>{typed}</p>"
