"""CSS as a tree: what is read, what a strict reader stumbles over, and what it makes use of."""

import pytest

from composer.proof.css import AtRule, StyleRule, declarations_of, sheet_of, sheet_text
from composer.proof.css_uses import uses_of_at_rule, uses_of_declaration, uses_of_selector


def test_a_style_attribute() -> None:
    read = declarations_of("Color: RED; margin: 0 -2px !important; broken; font-family: 'A; B', serif")
    assert [(d.name, d.value, d.important) for d in read] == [("color", "RED", False), ("margin", "0 -2px", True), ("font-family", '"A; B", serif', False)]
    assert str(read[1]) == "margin: 0 -2px !important"


def test_a_style_block() -> None:
    (rule, query, font, imported) = sheet_of("a, b > c { color: red } @media x { d { e: f } } @font-face { font-family: G; src: url(h) } @import url(i);").rules
    assert rule == StyleRule(("a", "b > c"), rule.declarations)
    assert isinstance(query, AtRule)
    assert (query.name, query.prelude, len(query.rules), query.declarations) == ("media", "x", 1, ())
    assert isinstance(font, AtRule)
    assert [d.name for d in font.declarations] == ["font-family", "src"]
    assert isinstance(imported, AtRule)
    assert not imported.has_block


def test_a_style_block_written_again_reads_the_same() -> None:
    css = "a, b > c { color: red !important } @media x { d { e: f; g: h } } @import url(i); k { &:hover { l: m } }"
    assert sheet_text(sheet_of(sheet_text(sheet_of(css).rules)).rules) == sheet_text(sheet_of(css).rules)


@pytest.mark.parametrize(
    ("css", "line", "words"),
    [
        ("a { b: c }\nd { e f }", 2, "neither a rule nor"),
        ("a { b: c }\n}\nd { e: f }", 2, "`}` closes nothing"),
        ("a { b: c }\nd { e: f\n", 2, "never closed"),
        ("@media x {\na { b: c }\nd { e: f }", 1, "never closed"),
        ("a {\n  b: 'c\n}", 2, "quotation mark"),
        ("@media x {\n  a { b c }\n}", 2, "neither a rule nor"),
        ("a { b: c }\nonly words", 2, "neither a rule nor"),
    ],
)
def test_an_error_is_told_once_with_its_line(css: str, line: int, words: str) -> None:
    (error,) = [error for error in sheet_of(css).errors if words in error.message]
    assert error.line == line


@pytest.mark.parametrize(
    "css",
    [
        "",
        "a { }",
        "/* { */ a { b: '}' }",
        "a { b: c; }",
        "@media x { }",
        "@font-face { font-family: A }",
        "a { --b: { c: d } }",
        "a{b:url(c;d)}",
        "a { b: c };"[:-1],
    ],
)
def test_what_is_well_has_no_error(css: str) -> None:
    assert sheet_of(css).errors == ()


def test_rules_within_rules() -> None:
    sheet = sheet_of("@media a { @supports (b: c) { d { e: f } } } @media g { h { i: j } } k { l { m: n } }")
    assert [(outer.name, inner.name) for outer, inner in sheet.nested_at_rules()] == [("media", "supports")]
    assert len(list(sheet.every_rule())) == 7


@pytest.mark.parametrize(
    ("style", "uses"),
    [
        ("margin-top: -2px", {"margin-top", "margin", "margin:negative", "1px"}),
        ("width: calc(100% - 2rem)", {"width", "calc()", "1%", "1rem"}),
        ("background: url(x.png) no-repeat", {"background", "background:url()"}),
        ("background: url('x.png')", {"background:url()"}),
        ("display: FLEX !important", {"display:flex", "!important"}),
        ("font-family: system-ui, serif", {"*:system-ui", "*:serif"}),
    ],
)
def test_what_a_declaration_uses(style: str, uses: set[str]) -> None:
    (declaration,) = declarations_of(style)
    assert uses <= set(uses_of_declaration(declaration))


@pytest.mark.parametrize(("style", "use"), [("margin-top: 2px", "margin:negative"), ("border-radius: 2px", "border"), ("content: '1rem calc()'", "1rem")])
def test_what_a_declaration_does_not_use(style: str, use: str) -> None:
    (declaration,) = declarations_of(style)
    assert use not in set(uses_of_declaration(declaration))


@pytest.mark.parametrize(
    ("selector", "uses"),
    [
        ("a", set()),
        (".a", {".a"}),
        (".a.b", {".a", ".a.b"}),
        ("a b", {"a b"}),
        ("a > b", {"a > b"}),
        ("a>b", {"a > b"}),
        ("a + b ~ c", {"a + b", "a ~ b"}),
        ("[title='a > b']", {"a[b]"}),
        ("a:hover", {":hover"}),
        ("p:not(.a, .b)::first-line", {":not", "::first-line"}),
        ("#a *", {"#a", "*", "a b"}),
    ],
)
def test_what_a_selector_uses(selector: str, uses: set[str]) -> None:
    assert set(uses_of_selector(selector)) == uses


def test_what_a_condition_uses() -> None:
    assert list(uses_of_at_rule(AtRule("media", "screen and (max-width: 4px) and (prefers-color-scheme: dark)"))) == [
        "@media",
        "@media (max-width)",
        "@media (prefers-color-scheme)",
    ]
