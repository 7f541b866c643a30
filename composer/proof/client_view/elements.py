"""Elements and attributes, reduced to what a client supports."""

from typing import TYPE_CHECKING

from composer.proof.client_view.view import Client
from composer.proof.take_out import take_out

if TYPE_CHECKING:
    from lxml.etree import _Element

# Gone with all that is in them; of any other element only the element goes.
_WITH_CONTENTS = frozenset(["script", "xml", "link", "base", "meta", "object", "iframe", "svg"])
_ALWAYS_GONE = frozenset(["script", "xml", "iframe"])


def without_unsupported_elements(root: "_Element", client: Client) -> None:
    """Takes from the tree the elements and attributes that the client does not keep."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "head", "body", "title", "style"):
            continue
        for attribute in list(element.attrib):
            if client.lacks(f"[{attribute}]") or str(attribute).startswith("on"):
                del element.attrib[attribute]
        use = "<meta name=color-scheme>" if element.get("name") == "color-scheme" else f"<{element.tag}>"
        if element.tag in _ALWAYS_GONE or client.lacks(use):
            take_out(element, with_contents=element.tag in _WITH_CONTENTS)
    _replace_body(root, client)


def _replace_body(root: "_Element", client: Client) -> None:
    """Webmail has a body of its own: the mail's becomes a division in it, or only its contents are kept."""
    body = root.find("body")
    if body is None or client.letter("html-body") not in "na":
        return
    if client.letter("html-body") == "a":
        division = body.makeelement("div", dict(body.attrib))
        division.text, body.text = body.text, None
        division.extend(list(body))
        body.append(division)
    for attribute in list(body.attrib):
        del body.attrib[attribute]
