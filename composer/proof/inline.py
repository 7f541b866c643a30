"""The theme's rules as style attributes, by premailer or, where it is installed, css-inline.

premailer has this one job (docs/adr): every style block and linked sheet of the HTML is hidden from it, so it
neither parses what it would damage nor fetches anything. css-inline is faster; both go through one function.
"""

import re
import sys
from collections.abc import Callable
from functools import cache, partial
from logging import CRITICAL
from types import ModuleType
from typing import Any

_STYLE = re.compile(r"<(style|link)\b", re.IGNORECASE)
_HIDDEN = ' data-premailer="ignore"'
_ONE_CLASS = re.compile(r"\.[A-Za-z][A-Za-z0-9_-]*")
# what stands between classes (HTML Living Standard, 3.2.6)
_SPACES = re.compile(r"[ \t\r\n\f]+")
# Which engine is asked first; the other stands in where it is not installed.
PREFERRED = "css-inline"

_DOCTYPE = "<!doctype html>"


def inlined(html: str, css: str, *, engine: str | None = None) -> str:
    """The HTML with `css` as style attributes; what is in its own style blocks is left as it is.

    `engine` is "premailer" or "css-inline"; by default css-inline where it is installed.
    """
    chosen = engine or (PREFERRED if PREFERRED == "premailer" or _css_inline() is not None else "premailer")
    result = _by_css_inline(html, css) if chosen == "css-inline" else _by_premailer(html, css)
    result = re.sub(r"^\s*<!doctype[^>]*>\s*", "", result, flags=re.IGNORECASE)
    return f"{_DOCTYPE}\n{result}"


@cache
def _css_inline() -> Any:
    try:
        import css_inline
    except ImportError:
        return None
    return css_inline


@cache
def _css_inliner(css: str) -> Any:
    return _css_inline().CSSInliner(inline_style_tags=False, keep_style_tags=True, keep_link_tags=True, load_remote_stylesheets=False, extra_css=css)


def _by_css_inline(html: str, css: str) -> str:
    return str(_css_inliner(css).inline(html))


def _by_premailer(html: str, css: str) -> str:
    theme_only, cssutils = _premailer()
    transformer = theme_only(
        _STYLE.sub(lambda m: m[0] + _HIDDEN, html),
        css_text=css,
        keep_style_tags=True,
        strip_important=False,
        disable_validation=True,
        allow_network=False,
        align_floating_images=False,
        disable_leftover_css=True,
        cssutils_logging_level=CRITICAL,
    )
    # cssutils follows @import on its own, whatever premailer was told.
    fetcher, cssutils.util._defaultFetcher = cssutils.util._defaultFetcher, _nothing  # noqa: SLF001 - there is no public way
    try:
        return str(transformer.transform()).replace(_HIDDEN, "")
    finally:
        cssutils.util._defaultFetcher = fetcher  # noqa: SLF001


def _nothing(url: str) -> None:
    """What cssutils gets when it asks for an address."""


@cache
def _premailer() -> tuple[Any, Any]:
    """Premailer and cssutils, loaded without requests: it serves a job premailer never gets here, and is slow to load."""
    loaded = sys.modules.get("requests")
    stand_in = ModuleType("requests")
    sys.modules["requests"] = stand_in
    try:
        import cssutils
        import premailer.premailer as module
    finally:
        if loaded is None:
            del sys.modules["requests"]
        else:
            sys.modules["requests"] = loaded
    module._create_cssselector = _finder_by(module._create_cssselector)  # noqa: SLF001 - there is no public way
    return _reading_sheets_once(module.Premailer), cssutils


def _finder_by(select: Callable[[str], Any]) -> Callable[[str], Any]:
    """What finds a selector's elements: by class in one walk for all of a theme's classes, which as XPath each walk the mail.

    Two milliseconds of premailer's three for an issue; anything but a single class is left to `select`.
    """
    latest: list[Any] = [None, {}]

    def elements_of(name: str, page: Any) -> list[Any]:
        if latest[0] is not page:
            latest[:] = page, _elements_by_class(page)
        return latest[1].get(name, [])  # type: ignore[no-any-return]

    return lambda selector: partial(elements_of, selector[1:]) if _ONE_CLASS.fullmatch(selector) else select(selector)


def _elements_by_class(page: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for element in page.iter("*"):
        for name in dict.fromkeys(_SPACES.split(element.get("class") or "")):
            found.setdefault(name, []).append(element)
    return found


def _reading_sheets_once(premailer: Any) -> Any:
    """A premailer that reads each sheet once: the theme is the same for every issue, and reading it took most of the time.

    It makes no attributes such as `width` and `bgcolor` of styles: MJML has written those that old clients need.
    """
    read: dict[tuple[str, int], Any] = {}

    class ThemeOnly(premailer):  # type: ignore[misc]
        def _parse_style_rules(self, css_body: str, ruleset_index: int) -> Any:
            key = (css_body, ruleset_index)
            if key not in read:
                read[key] = super()._parse_style_rules(css_body, ruleset_index)
            rules, leftover = read[key]
            return list(rules), list(leftover)

        def _style_to_basic_html_attributes(self, element: Any, style_content: str, force: bool = False) -> None:  # noqa: FBT001, FBT002 - as premailer calls it
            pass

    return ThemeOnly
