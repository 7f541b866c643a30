"""What template/cannot-inline says of a selector is what both inliners do with it."""

from pathlib import Path

import pytest

from composer.checks.template_styles_reading import StyleSheet
from composer.place import SourceText
from composer.proof.inline import inlined

HTML = (
    '<html><head></head><body><div class="x" id="i" data-a="b"><p class="a">1</p><p class="b">2</p>'
    '<span><a class="c" href="https://a.example/">3</a></span></div></body></html>'
)
TAKEN = [".a", "div p", "div > p", "p + p", "p ~ p", "#i", "[data-a]", '[data-a="b"]', "p:first-child", "p.a", ".a, .b", 'a[href^="https"]']
LEFT = [
    "a:hover",
    "p::before",
    "p:before",
    "p::first-line",
    "p:is(.a)",
    "div:has(p)",
    "p:where(.a)",
    "a:visited",
    "p:last-child",
    "*",
    "P",
    "p:not(.a)",
    'a[href^="https:"]',
    'a[href*="a"]',
    "a:link",
]
ENGINES = ("premailer", "css-inline")


def problems_of(css: str) -> list[tuple[str, str | None]]:
    sheet = StyleSheet(Path("styles/inline.css"), SourceText("styles/inline.css", css))
    return [(problem.kind, problem.level) for problem in sheet.problems]


@pytest.mark.parametrize("selector", TAKEN)
def test_what_both_take_over_passes(selector: str) -> None:
    css = f"{selector} {{ color: red }}"
    assert all("color" in inlined(HTML, css, engine=engine) for engine in ENGINES)
    assert problems_of(css) == []


@pytest.mark.parametrize("selector", LEFT)
def test_what_one_of_them_leaves_is_found(selector: str) -> None:
    css = f"{selector} {{ color: red }}"
    assert not all("color" in inlined(HTML, css, engine=engine) for engine in ENGINES)
    assert problems_of(css) == [("cannot-inline", None)]


@pytest.mark.parametrize("css", ["@media (max-width: 9px) { .a { color: red } }", "@font-face { font-family: color }"])
def test_at_rules_are_dropped_by_both(css: str) -> None:
    assert not any("color" in inlined(HTML, css, engine=engine) for engine in ENGINES)
    assert problems_of(css) == [("cannot-inline", None)]


def test_an_important_declaration_stays_one() -> None:
    css = ".a { color: red !important }"
    assert all("!important" in inlined(HTML, css, engine=engine) for engine in ENGINES)
    assert problems_of(css) == [("cannot-inline", "warning")]
