"""Prose: Markdown without raw HTML, its links and visible words, the place of each block, merge fields."""

import re

import pytest
from hypothesis import given, strategies as st
from markdown_it import MarkdownIt

from composer.proof.html import ProseHtml
from composer.proof.source_map import SourceMap
from composer.proof.text import Notes, ProseText
from composer.prose.commonmark import parser
from composer.prose.markdown import Prose
from composer.prose.merge_fields import MergeField, merge_fields, protected, restored
from composer.yaml_source.reader import read_text
from composer.yaml_source.values import Mapping, Scalar


def html_of(markdown: str) -> str:
    """The HTML without its classes, which are the theme's affair."""
    return re.sub(r' class="[^"]*"', "", str(ProseHtml(SourceMap()).blocks(Prose(markdown))))


def text_of(markdown: str) -> str:
    return ProseText(Notes()).blocks(Prose(markdown))


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One *two* **three**.", "<p>One <em>two</em> <strong>three</strong>.</p>"),
        ("One\n\nTwo", "<p>One</p><p>Two</p>"),
        ("One\\\nTwo", "<p>One<br />Two</p>"),
        ("One  \nTwo", "<p>One<br />Two</p>"),
        ("## Head", "<h3>Head</h3>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("> q", "<blockquote><p>q</p></blockquote>"),
        ("[a](https://x.example/?b=1&c=2)", '<p><a href="https://x.example/?b=1&amp;c=2">a</a></p>'),
        ("<https://x.example/>", '<p><a href="https://x.example/">https://x.example/</a></p>'),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("---", "<hr />"),
    ],
)
def test_markdown_becomes_html(markdown: str, html: str) -> None:
    assert html_of(markdown) == html


@pytest.mark.parametrize(
    "markdown",
    [
        "<b>x</b>",
        "<script>alert(1)</script>",
        "<div>\nx\n</div>",
        "<!-- x -->",
        "a <br> b",
        "<a href='https://x.example'>x</a>",
        "<?php x ?>",
        "<![CDATA[x]]>",
        "&lt;b&gt;",
        "![alt](https://x.example/a.png)",
    ],
)
def test_there_is_no_raw_html(markdown: str) -> None:
    html = html_of(markdown)
    allowed = html.replace("<p>", "").replace("</p>", "").replace("<br />", "").replace('<a href="https://x.example/a.png">', "").replace("</a>", "")
    assert "<" not in allowed
    assert ">" not in allowed


@pytest.mark.parametrize("scheme", ["javascript:alert(1)", "JavaScript:alert(1)", "vbscript:x", "data:text/html,x", "file:///etc/passwd"])
def test_links_that_run_code_are_not_made(scheme: str) -> None:
    assert "<a " not in html_of(f"[x]({scheme})")
    assert "<a " not in html_of(f"<{scheme}>")


def test_underlined_paragraphs_and_indented_ones_stay_paragraphs() -> None:
    assert html_of("Words\n---") == "<p>Words</p><hr />"
    assert html_of("Words\n\n    deeper") == "<p>Words</p><p>deeper</p>"


def test_visible_words_have_no_markdown_marks() -> None:
    prose = Prose("## Head\n\nA *b* [c](https://x.example) `d` \\* &amp; e\nf\\\ng\n\n- h\n- i")
    assert prose.visible == "Head\n\nA b c d * & e f\ng\n\nh\n\ni"


def test_links_know_their_words_and_offsets() -> None:
    markdown = "[a *b*](https://x.example/1) and <https://x.example/2>, [c](https://x.example/1)"
    links = Prose(markdown).links
    assert [(link.href, link.text) for link in links] == [
        ("https://x.example/1", "a b"),
        ("https://x.example/2", "https://x.example/2"),
        ("https://x.example/1", "c"),
    ]
    assert [markdown[link.offset : link.offset + len(link.href)] for link in links] == [link.href for link in links]
    assert links[0].offset < links[1].offset < links[2].offset


def test_an_address_that_markdown_spells_otherwise_keeps_its_place_in_order() -> None:
    markdown = "[a](https://x.example/中文) then [b](https://y.example)"
    first, second = Prose(markdown).links
    assert markdown[second.offset :].startswith("https://y.example")
    assert first.offset < second.offset


def test_searchable_text_keeps_every_offset() -> None:
    markdown = "TK [words](https://x.example/TK) <https://x.example/TK> https://x.example/TK TK"
    searchable = Prose(markdown).searchable
    assert len(searchable) == len(markdown)
    assert [i for i in range(len(markdown)) if searchable.startswith("TK", i)] == [0, len(markdown) - 2]


def test_each_block_knows_the_line_it_was_typed_on() -> None:
    file = "body: |\n  First.\n\n  - item\n  - second\n\n  ## Head\n\n  > quoted\n"
    root = read_text(file, "d.yaml").root
    assert isinstance(root, Mapping)
    body = root["body"]
    assert isinstance(body, Scalar)
    prose = Prose(body)
    lines = [prose.place_of_block(token).line for token in prose.tokens if token.type == "inline"]  # type: ignore[union-attr]
    assert lines == [2, 4, 5, 7, 9]


@pytest.mark.parametrize(
    "field", ["{{ reader.first_name | there }}", "{{reader.x}}", "{{ reader.city | Sankt Pölten & 'x' }}", "{{ reader.a|中文 }}", "{{ reader.a | it's *you* }}"]
)
def test_a_merge_field_comes_through_byte_for_byte(field: str) -> None:
    assert field in restored(html_of(f"Hi **{field}**, [{field}](https://x.example/) you"))
    assert field in restored(text_of(f"Hi **{field}**, [{field}](https://x.example/) you"))
    assert restored(protected(f"a {field} b {field}")) == f"a {field} b {field}"


def test_a_merge_field_in_a_link_comes_through() -> None:
    assert 'href="https://x.example/?e={{ reader.email | }}&amp;b=1"' in restored(html_of("[x](https://x.example/?e={{ reader.email | }}&b=1)"))


@pytest.mark.parametrize("other", ["{{ 7*7 }}", "{% raw %}", "{{ reader.X }}", "{{ user.name }}", "*|FNAME|*"])
def test_what_is_no_merge_field_is_left_as_words(other: str) -> None:
    assert protected(other) == other
    assert merge_fields(other) == []


def test_merge_fields_are_read() -> None:
    assert merge_fields("{{ reader.a | b c }} {{ reader.d }}") == [MergeField("a", "b c"), MergeField("d", None)]


_LABEL = st.text(alphabet="abz09-", min_size=1, max_size=64)


@given(st.sampled_from(["http://", "https://"]), st.lists(_LABEL, min_size=1, max_size=5), st.text(alphabet="aZ0._~/-%?&=# é", max_size=12))
def test_an_address_is_normalised_as_markdown_it_does_it(scheme: str, host: list[str], path: str) -> None:
    url = f"{scheme}{'.'.join(host)}{'/' if path else ''}{path}"
    assert parser().normalizeLink(url) == MarkdownIt().normalizeLink(url)
