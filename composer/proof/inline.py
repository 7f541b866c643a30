"""The theme's rules as style attributes, by premailer or, where it is installed, css-inline.

premailer has this one job (docs/adr): it sees no style block or linked sheet of the HTML, so it neither parses what it
would damage nor fetches anything (theme_only.py). css-inline is faster; both go through one function.
"""

import re
from functools import cache
from typing import Any

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
    from composer.proof.theme_only import with_theme

    return with_theme(html, css)
