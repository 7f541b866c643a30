"""The quick ways from MJML to a finished mail change nothing: each is compared with the plain, slow way to the same."""

import re
from functools import partial
from logging import CRITICAL

import pytest
from hypothesis import example, given, settings, strategies as st
from lxml import etree
from lxml.cssselect import CSSSelector

from composer.place import Place
from composer.proof import mjml, theme_only
from composer.proof.opaque_pictures import offset_among_words, opaque_picture, with_addresses
from composer.proof.source_map import SourceMap
from composer.prose.merge_fields import MERGE_FIELD, protected, restored

SETTINGS = settings(max_examples=400, deadline=None)


def made_of(*parts: str, most: int = 24) -> st.SearchStrategy[str]:
    """Texts put together of these parts."""
    return st.lists(st.sampled_from(parts), max_size=most).map("".join)


# MJML: tags that open, close, do neither, or only look as if; quotes that hold brackets; what is left unclosed.
MARKUP = made_of(
    *("<p>", "<div>", "<mj-text>", '<a href="x">', "</p>", "</div>", "</mj-text>", "</a>", "<br>", "<br />", "<IMG src='x'>", '<mj-image src="a/b" />', "<p/>"),
    *('<p title="a > b">', "<p title='</p>'>", '<p title="<p>">', '<p title="', "'", '"', "<p", "<a <b>", "</p", "<", ">", "/>", "</", "<1>", "< p>", "</ p>"),
    *("<!-- <p> -->", "<!-- ", " -->", "<![CDATA[<p>]]>", "<mj-style>.a > .b{}</mj-style>", "words", "é", "中 ", " > ", "&gt;", "é > b", "\n"),
    most=40,
)


def first_too_deep(source: str, most: int) -> int | None:
    """The walk through all tags."""
    depth = 0
    for match in mjml._TAG.finditer(source):
        if match[1]:
            depth -= 1
        elif source[match.end() - 2] != "/" and match[2].lower() not in mjml.VOID:
            depth += 1
            if depth > most:
                return match.start()
    return None


@given(MARKUP, st.integers(0, 8))
@example("<p></p>" * 300 + "<p>" * 3, 2)
@example("<br>" * 9 + "<p>" * 3, 2)
@example('<p title="</p></p></p>"><p><p>', 2)
@SETTINGS
def test_the_first_element_too_deep_is_the_one_that_a_walk_finds(source: str, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mjml, "MAX_DEPTH", most)
        assert mjml._first_too_deep(source) == first_too_deep(source, most)


@pytest.mark.parametrize("beside", ["", "<br />" * 300, "<p>x</p>" * 300, '<p title="</p>">x</p>' * 300, "<!-- </p> --><p></p>" * 300])
@pytest.mark.parametrize("levels", [mjml.MAX_DEPTH - 1, mjml.MAX_DEPTH, mjml.MAX_DEPTH + 1, 10_000])
def test_depth_is_measured_whatever_stands_beside_it(beside: str, levels: int) -> None:
    source = beside + "<div>" * levels + beside + "</div>" * levels + beside
    assert mjml._first_too_deep(source) == first_too_deep(source, mjml.MAX_DEPTH)


# HTML: classes apart by what is a space in HTML and by what is none, styles of elements' own, blocks that nobody may touch.
CLASSES = made_of("a", "b", "fig", "ab", " ", " ", "  ", "\t", "\n", "\x0b", "\u00a0", "é", "A", most=6)
OPENING = st.one_of(
    st.builds(lambda tag, names: f'<{tag} class="{names}">', st.sampled_from(["p", "div", "img", "span", "td", "style"]), CLASSES),
    st.builds(
        lambda names, style: f'<span style="{style}" class="{names}">',
        CLASSES,
        made_of("color:red", ";", "margin:0", "width:1px !important", "mso-x:y", "font"),
    ),
)
BITS = st.sampled_from(
    [
        *(
            "words",
            "&amp;",
            "é 中",
            "</p>",
            "</div>",
            "</span>",
            "<img>",
            '<IMG class="a">',
            "<br>",
            '<table width="9"><tr><td class="b">',
            "</td></tr></table>",
        ),
        *(
            "<style>.a{color:red !important}</style>",
            '<style media="print">@import url(x)</style>',
            '<link rel="stylesheet" href="x.css">',
            "<!--[if mso]><p class='a'><![endif]-->",
        ),
    ]
)
BODIES = st.lists(st.one_of(OPENING, BITS), max_size=24).map(lambda parts: f"<!doctype html><html><head></head><body>.{''.join(parts)}</body></html>")
RULES = [
    *(
        ".a { color: blue }",
        ".b { margin: 0; color: green !important }",
        ".fig img { border: 0; width: auto }",
        ".a span, .b p { color: #123456 }",
        ".a a { top: 0 }",
    ),
    *(
        "p { margin: 1px }",
        "div .a { left: 0 }",
        ".a { color: unset; margin: unset }",
        ".A { right: 0 }",
        "span:first-child { color: red }",
        "p.a { bottom: 0 }",
        ".a:hover { color: red }",
    ),
]
SELECTORS = [".a", ".b", ".ab", ".fig", ".fig img", ".a span", ".a p", ".none", ".none p", ".a IMG", "p", ".a .b", ".a > p", "p.a"]


@given(BODIES, st.sampled_from(SELECTORS))
@example('<div class="a"><p class="a"><span>1</span></p><span class="a b">2</span></div>', ".a span")
@SETTINGS
def test_the_elements_of_a_selector_are_those_that_xpath_finds(html: str, selector: str) -> None:
    page = etree.HTML(html)
    found = theme_only._finder_by(CSSSelector)(selector)(page)
    assert set(found) == set(CSSSelector(selector)(page))
    assert len(found) == len(set(found))


@given(BODIES, CLASSES)
@SETTINGS
def test_classes_are_apart_where_html_has_them_apart(html: str, names: str) -> None:
    page = etree.HTML(html.replace("<body>", f'<body class="{names}\f{names}x">'))
    apart: dict[str, set[etree._Element]] = {}
    for element in page.iter("*"):
        for name in filter(None, re.split(r"[ \t\r\n\f]", element.get("class") or "")):
            apart.setdefault(name, set()).add(element)
    found = theme_only._elements_by_class(page)
    assert {name: set(elements) for name, elements in found.items() if name} == apart


def plain_premailer(html: str, css: str) -> str:
    """premailer as it comes, which is told of style blocks in the text and looks up each selector as XPath."""
    import premailer.premailer as module
    from premailer.merge_style import csstext_to_pairs, merge_styles

    hidden = re.sub(r"<(style|link)\b", r'\g<0> data-premailer="ignore"', html, flags=re.IGNORECASE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_create_cssselector", CSSSelector)
        patch.setattr(module, "csstext_to_pairs", csstext_to_pairs)
        patch.setattr(module, "merge_styles", merge_styles)
        patch.setattr(module.Premailer, "_style_to_basic_html_attributes", lambda *_, **__: None)
        plain = module.Premailer(
            hidden,
            css_text=css,
            keep_style_tags=True,
            strip_important=False,
            disable_validation=True,
            allow_network=False,
            align_floating_images=False,
            disable_leftover_css=True,
            cssutils_logging_level=CRITICAL,
        )
        return str(plain.transform()).replace(' data-premailer="ignore"', "")


@given(BODIES, st.lists(st.sampled_from(RULES), min_size=1, max_size=6).map("\n".join))
@settings(max_examples=250, deadline=None)
def test_premailer_with_one_job_does_it_as_premailer_does(html: str, css: str) -> None:
    made = theme_only.with_theme(html, css)
    assert made == plain_premailer(html, css)
    assert made.count("@import") == html.count("@import")


WORDS = made_of(*map(opaque_picture, ["a.png", "b.png", "é"]), "zpic", "61", "6", "zpicffzpic", "zmf", " ", "é ", "<p>")
ADDRESSES = st.dictionaries(st.sampled_from([*map(opaque_picture, ["a.png", "é", "none.png"])]), st.sampled_from(["", "x", "cid:a@b"]))
OPAQUE = re.compile(r"zpic(?:[0-9a-f]{2})+zpic")


@given(WORDS, ADDRESSES)
@example("zpic61zpic62zpic63zpic", {"zpic61zpic": "1", "zpic62zpic": "2", "zpic63zpic": "3"})
@SETTINGS
def test_words_for_pictures_become_addresses_as_by_one_pattern(html: str, addresses: dict[str, str]) -> None:
    made = with_addresses(html, addresses)
    assert made == OPAQUE.sub(lambda m: addresses.get(m[0], m[0]), html)
    # What stands between words is found again from where it stands among addresses.
    for match in re.finditer("<", made):
        offset = offset_among_words(html, addresses, match.start())
        assert html[offset] == "<"
        assert html.count("<", 0, offset) == made.count("<", 0, match.start())


FIELDS = made_of(*map(protected, ["{{ reader.a }}", "{{reader.b | c}}"]), *("zmf", "7b7b", "zmf61zmf", "zmf7b7b7d7dzmf", "{{ reader.a }}", "6", " ", "é"))


@given(FIELDS)
@SETTINGS
def test_fields_are_put_back_as_by_one_pattern(text: str) -> None:
    def field(match: re.Match[str]) -> str:
        typed = bytes.fromhex(match[1]).decode(errors="replace")
        return typed if MERGE_FIELD.fullmatch(typed) else match[0]

    assert restored(text) == re.sub(r"zmf((?:[0-9a-f]{2})+)zmf", field, text)


# How a mark stands in HTML that comes of MJML, and what stands there without it.
MARKED = [
    ('<p{}="{}" class="a">', '<p class="a">'),
    ('<a href="x"{}="{}">', '<a href="x">'),
    ('<td class="{}-{} a">', '<td class="a">'),
    ('<td width="1" class="{}-{}">', '<td width="1">'),
    ('<td class="{}-{}-outlook" width="1">', '<td width="1">'),
    ("{}~{};", ""),
]


@given(st.lists(st.tuples(st.sampled_from(MARKED), st.sampled_from(["", " ", "words 1", "；é", "12;", ' "', "</p>\n"])), max_size=12))
@SETTINGS
def test_marks_leave_what_stands_around_them_and_lead_back(typed: list[tuple[tuple[str, str], str]]) -> None:
    source_map = SourceMap("é")
    sign = source_map.sign
    marked, clean, starts = "<html>", "<html>", []
    for number, ((mark, without), words) in enumerate(typed):
        source_map.mark(partial(Place, "draft.yaml", number, 1, number, 1))
        marked += mark.replace("{}", f" {sign}" if mark.startswith(("<p", "<a")) else sign, 1).replace("{}", str(number)) + words
        starts.append(len(clean))
        clean += without + words
    assert source_map.without_marks(marked) == clean
    for number, start in enumerate(starts):
        last = max(n for n, other in enumerate(starts) if other <= start)
        place = source_map.place_at(start)
        assert place is not None
        assert place.line == last >= number
