"""premailer with one job: a theme's rules as style attributes, and nothing of what else it does.

A theme is the same for every issue, so what follows from it alone is worked out once: what its sheet says, which elements
a selector asks for, what the rules of several classes come to. What a mail holds is looked up in that mail.
"""

import re
import sys
from collections.abc import Callable, Iterable
from functools import cache, lru_cache, partial
from logging import CRITICAL
from types import ModuleType
from typing import Any, NamedTuple

_ONE_CLASS = re.compile(r"\.[A-Za-z][A-Za-z0-9_-]*")
_TAG_WITHIN_CLASS = re.compile(r"(\.[A-Za-z][A-Za-z0-9_-]*) ([A-Za-z][A-Za-z0-9]*)")
# what stands between classes (HTML Living Standard, 3.2.6)
_SPACES = re.compile(r"[ \t\r\n\f]+")
# More than the rules of a few newsletters' themes, and than the sets of classes that their templates give to elements.
_KEPT = 1024

# What premailer makes of a rule or of several: names and values.
Declarations = tuple[tuple[str, str], ...]


class _Libraries(NamedTuple):
    """premailer's class as it is used here, and the libraries that it works with."""

    theme_only: Any
    cssutils: Any
    etree: Any


def with_theme(html: str, css: str) -> str:
    """The HTML with `css` as style attributes and without its doctype; its style blocks and linked sheets stay as they are."""
    theme_only, cssutils, etree = _libraries()
    page = etree.fromstring(html.strip(), etree.HTMLParser())
    blocks = list(page.iter("style"))
    for block in blocks:
        block.set(theme_only.attribute_name, "ignore")
    # cssutils follows @import on its own, whatever premailer was told.
    fetcher, cssutils.util._defaultFetcher = cssutils.util._defaultFetcher, _nothing  # noqa: SLF001 - there is no public way
    try:
        theme_only(
            page,
            css_text=css,
            keep_style_tags=True,
            strip_important=False,
            disable_validation=True,
            allow_network=False,
            align_floating_images=False,
            disable_leftover_css=True,
        ).transform()
    finally:
        cssutils.util._defaultFetcher = fetcher  # noqa: SLF001
    for block in blocks:
        # premailer takes the word back, but not from a block for some media only
        block.attrib.pop(theme_only.attribute_name, None)
    return str(etree.tostring(page, method="html", pretty_print=True, encoding="unicode"))


def _nothing(url: str) -> None:
    """What cssutils gets when it asks for an address."""


@cache
def _libraries() -> _Libraries:
    """Loaded without requests: it serves a job premailer never gets here, and is slow to load."""
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
    cssutils.log.setLevel(CRITICAL)
    # These are looked up in its module by premailer's one long method; there is no public way to them.
    module._create_cssselector = _finder_by(module._create_cssselector)  # noqa: SLF001
    module.csstext_to_pairs = _declarations_by(module.csstext_to_pairs)
    module.merge_styles = _merging_by(module.merge_styles)
    return _Libraries(_reading_sheets_once(module.Premailer), cssutils, module.etree)


def _finder_by(select: Callable[[str], Any]) -> Callable[[str], Callable[[Any], list[Any]]]:
    """What finds a selector's elements: by class, in one walk for all of a theme's classes, which as XPath each walk the mail.

    Anything but a class, or a tag within one, is left to `select`.
    """
    latest: list[Any] = [None, {}]

    def of_class(selector: str, page: Any) -> list[Any]:
        if latest[0] is not page:
            latest[:] = page, _elements_by_class(page)
        return latest[1].get(selector[1:], [])  # type: ignore[no-any-return]

    def of_tag_within(selector: str, tag: str, page: Any) -> list[Any]:
        around = of_class(selector, page)
        return list(dict.fromkeys(inner for outer in around for inner in outer.iter(tag) if inner is not outer))

    @lru_cache(maxsize=_KEPT)
    def finder(selector: str) -> Callable[[Any], list[Any]]:
        if _ONE_CLASS.fullmatch(selector):
            return partial(of_class, selector)
        within = _TAG_WITHIN_CLASS.fullmatch(selector)
        return partial(of_tag_within, within[1], within[2]) if within else select(selector)

    return finder


def _elements_by_class(page: Any) -> dict[str, list[Any]]:
    """The elements with each class, in no order that matters: no element's style depends on another's."""
    having: dict[str, list[Any]] = {}
    for element in page.iter("*"):
        if classes := element.get("class"):
            having.setdefault(classes, []).append(element)
    found: dict[str, list[Any]] = {}
    for classes, elements in having.items():
        # The one space that is printable is the plain one.
        for name in set(classes.split(" ") if classes.isprintable() else _SPACES.split(classes)):
            found.setdefault(name, []).extend(elements)
    return found


def _declarations_by(read: Callable[..., Iterable[tuple[str, str]]]) -> Callable[..., Declarations]:
    """What reads a rule's declarations: each once."""

    @lru_cache(maxsize=_KEPT)
    def declarations(rule: str, validate: bool = True) -> Declarations:  # noqa: FBT001, FBT002 - as premailer calls it
        return tuple(read(rule, validate=validate))

    return declarations


def _merging_by(merge: Callable[..., str]) -> Callable[..., str]:
    """What makes one style of those of several rules: once for all elements that had no style of their own, which most had not."""

    @lru_cache(maxsize=_KEPT)
    def of_theme(rules: tuple[Declarations, ...], states: tuple[str, ...], remove_unset_properties: bool) -> str:  # noqa: FBT001 - as premailer calls it
        return merge("", rules, states, remove_unset_properties=remove_unset_properties)

    def merged(own: str, rules: list[Declarations], states: list[str], remove_unset_properties: bool = False) -> str:  # noqa: FBT001, FBT002 - as premailer calls it
        if own:
            return merge(own, rules, states, remove_unset_properties=remove_unset_properties)
        return of_theme(tuple(rules), tuple(states), remove_unset_properties)

    return merged


def _reading_sheets_once(premailer: Any) -> Any:
    """A premailer that reads each sheet once: reading it took most of the time.

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
