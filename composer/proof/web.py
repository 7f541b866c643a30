"""The web edition: an issue as a page of HTML5, for the address that "View in browser" leads to.

It is made from the finished email HTML, so that a newsroom's own templates need nothing for it. What only mail programs
need goes: Outlook's comments and styles, the hidden preheader, the link to the page itself, and attributes that HTML5 no
longer has, whose meaning moves into styles. Readers of a page have no name and no subscription: merge fields show their fallbacks,
and a link that cannot do without one is only its words.
"""

import re
from typing import TYPE_CHECKING

from composer.proof.take_out import take_out
from composer.prose.merge_fields import MERGE_FIELD, with_fallbacks

if TYPE_CHECKING:
    from lxml.etree import _Element

# Declarations that no browser knows, and style blocks for mail programs: "ogsc" and "ogsb" are Outlook's dark mode.
_MAIL_ONLY = re.compile(r"(?:^|(?<=[;{]))\s*(?:mso-[\w-]+|-ms-[\w-]+|supported-color-schemes)\s*:[^;}]*;?")
_MAIL_ONLY_RULES = re.compile(r"[^{}]*(?:data-ogs[cb]|#outlook|#MessageViewBody|\.moz-text-html|\.mj-outlook)[^{}]*\{[^{}]*\}")
_MAIL_ONLY_METAS = frozenset({"supported-color-schemes", "format-detection", "x-apple-disable-message-reformatting"})
_IN_STYLES = {"bgcolor": "background-color", "valign": "vertical-align", "align": "text-align"}
_GONE = ("border", "cellpadding", "cellspacing", "vertical-align", *_IN_STYLES)
_SIZED_BY_STYLE = frozenset({"table", "td", "th"})
# Tables lose the attributes that gave their cells no space, so a page says it once.
_RESET = "td, th { padding: 0 } table { border-spacing: 0 }"


def web_of(html: str, *, address: str | None, description: str) -> str:
    """The page made of an email's HTML. `address` is its own, where the newsletter has one; `description` its preheader."""
    from lxml import etree

    if not html.strip():
        return ""
    root = etree.HTML(html, parser=etree.HTMLParser(remove_comments=True))
    for element in list(root.iter(etree.Element)):
        _without_mail(element)
    head, body = root.find("head"), root.find("body")
    assert head is not None
    assert body is not None
    _without_preheader(body)
    _without_link_to_itself(body, address)
    _as_page(root, head, address, description)
    page = etree.tostring(root, method="html", encoding="unicode")
    return f"<!doctype html>\n{with_fallbacks(page)}\n"


def _without_mail(element: "_Element") -> None:
    tag, attributes = element.tag, element.attrib
    if tag == "html":
        for name in [name for name in attributes if name.startswith("xmlns")]:
            del attributes[name]
    elif tag == "style":
        css = _MAIL_ONLY.sub("", _MAIL_ONLY_RULES.sub("", element.text or ""))
        attributes.pop("type", None)
        if css.strip():
            element.text = css
        else:
            take_out(element, with_contents=True)
    elif tag == "meta" and (attributes.get("name") in _MAIL_ONLY_METAS or attributes.get("http-equiv")):
        take_out(element, with_contents=True)
    elif tag == "a" and MERGE_FIELD.search(attributes.get("href", "")):
        element.tag = "span"
        for name in ("href", "target", "rel"):
            attributes.pop(name, None)
    _restyled(element)


def _restyled(element: "_Element") -> None:
    """Obsolete attributes as styles; what a style says already stays as it is."""
    attributes = element.attrib
    style = _MAIL_ONLY.sub("", attributes.get("style", "")).strip().rstrip(";")
    said = {part.partition(":")[0].strip() for part in style.split(";")}
    moved = []
    for name, property_name in _IN_STYLES.items():
        value = attributes.get(name)
        if value and element.tag == "table" and name == "align":
            moved.append("margin-left:auto;margin-right:auto" if value == "center" and "margin" not in said else "")
        elif value and property_name not in said and not (name == "bgcolor" and "background" in said):
            moved.append(f"{property_name}:{value}")
    width = attributes.pop("width", None) if element.tag in _SIZED_BY_STYLE else None
    if width and "width" not in said:
        moved.append(f"width:{f'{width}px' if width.isdecimal() else width}")
    if element.tag == "img" and not attributes.get("height", "0").isdecimal():
        del attributes["height"]
    for name in _GONE:
        attributes.pop(name, None)
    whole = ";".join(part for part in (*moved, style) if part)
    if whole:
        attributes["style"] = whole
    else:
        attributes.pop("style", None)


def _without_preheader(body: "_Element") -> None:
    """The line for the inbox, hidden at the top of the mail."""
    for element in list(body.iter("div")):
        style = "".join((element.get("style") or "").split())
        if "max-height:0" in style and "overflow:hidden" in style:
            take_out(element, with_contents=True)
            return


def _without_link_to_itself(body: "_Element", address: str | None) -> None:
    for link in [link for link in body.iter("a") if address and link.get("href") == address]:
        take_out(link, with_contents=True)


def _as_page(root: "_Element", head: "_Element", address: str | None, description: str) -> None:
    """What a page of the web has in its head."""
    from lxml import etree

    head.insert(0, etree.Element("meta", charset="utf-8"))
    if description:
        etree.SubElement(head, "meta", name="description", content=with_fallbacks(description))
    if address and not MERGE_FIELD.search(address):
        etree.SubElement(head, "link", rel="canonical", href=address)
    reset = etree.Element("style")
    reset.text = _RESET
    head.insert(1, reset)
    for element in root.iter("div"):
        # "email" is what a screen reader would call it.
        element.attrib.pop("aria-roledescription", None)
