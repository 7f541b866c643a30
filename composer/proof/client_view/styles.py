"""Style blocks and style attributes, reduced to what a client supports."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from composer.facts.client_support import GMAIL_STYLE_BYTES
from composer.proof.client_view.view import FOREIGN_GMAIL, Client
from composer.proof.css import AtRule, Declaration, StyleRule, declarations_of, sheet_of, sheet_text
from composer.proof.css_uses import uses_of_at_rule, uses_of_declaration, uses_of_selector
from composer.proof.take_out import take_out

if TYPE_CHECKING:
    from lxml.etree import _Element

# Where the table says that a property works on some elements only: the words of its note, and whether the property
# counts on an element.
_CELLS, _NOT_SIZED = ("td", "th"), ("body", "span", "div", "p")
_BY_ELEMENT = (
    ("padding", "css-padding", "Only supported on table cells", lambda tag: tag in _CELLS),
    ("max-width", "css-max-width", "Only works on `<table>` elements", lambda tag: tag == "table"),
    ("width", "css-width", "Not supported on `<body>`", lambda tag: tag not in (*_NOT_SIZED, "img")),
    ("height", "css-height", "Not supported on `<body>`", lambda tag: tag not in _NOT_SIZED),
    ("margin", "css-margin", "Not supported on `<span>`", lambda tag: tag not in ("span", "body")),
)


def with_supported_styles(root: "_Element", client: Client) -> None:
    """Takes from the tree's styles what the client does not read."""
    _reduce_blocks(root, client)
    for element in root.iter():
        if isinstance(element.tag, str) and element.get("style"):
            element.set("style", "; ".join(map(str, _kept(declarations_of(str(element.get("style"))), client, element.tag))))


def _reduce_blocks(root: "_Element", client: Client) -> None:
    read = 0
    for block in list(root.iter("style")):
        css = block.text or ""
        read += len(css.encode())
        if not _is_read(block, css, client, read):
            take_out(block, with_contents=True)
            continue
        block.text = sheet_text(_kept_rules(sheet_of(css).rules, client))


def _is_read(block: "_Element", css: str, client: Client, read: int) -> bool:
    """Whether the client reads a style block at all; `read` is the bytes of styles up to its end."""
    if client.name == FOREIGN_GMAIL or client.lacks("<style>"):
        return False
    if client.is_noted("html-style", "inside the `<body>`") and any(around.tag == "body" for around in block.iterancestors()):
        return False
    if client.is_gmail and (read > GMAIL_STYLE_BYTES or sheet_of(css).errors or any(sheet_of(css).nested_at_rules())):
        return False
    return not (block.get("media") and client.lacks("@media"))


def _kept_rules(rules: Iterable[StyleRule | AtRule], client: Client) -> Iterator[StyleRule | AtRule]:
    for rule in rules:
        if isinstance(rule, AtRule):
            if not any(map(client.lacks, uses_of_at_rule(rule))):
                yield rule._replace(rules=tuple(_kept_rules(rule.rules, client)))
            continue
        selectors = tuple(selector for selector in rule.selectors if _is_selected(selector, client))
        if selectors:
            nested = () if client.lacks("&") else tuple(_kept_rules(rule.nested, client))
            yield StyleRule(selectors, tuple(_kept(rule.declarations, client)), nested)


def _is_selected(selector: str, client: Client) -> bool:
    # A body that became a division, or nothing, is not found by its name.
    if selector.partition(" ")[0] == "body" and client.letter("html-body") in "na":
        return False
    return not any(map(client.lacks, uses_of_selector(selector)))


def _kept(declarations: Iterable[Declaration], client: Client, tag: str | None = None) -> Iterator[Declaration]:
    """The declarations that count; on an element of this tag, where there is one."""
    for declaration in declarations:
        if client.is_word and declaration.name == "mso-hide" and declaration.value == "all":
            # Microsoft's own word for it, which no support table lists.
            yield Declaration("display", "none", important=True)
        elif _is_read_by(client, declaration) and (tag is None or _counts_on(tag, declaration.name, client)):
            yield declaration


def _is_read_by(client: Client, declaration: Declaration) -> bool:
    if declaration.name == "display" and declaration.value != "none" and client.is_noted("css-display", "Only supports `display:none`"):
        return False
    return not any(map(client.lacks, uses_of_declaration(declaration)))


def _counts_on(tag: str, name: str, client: Client) -> bool:
    return not any(
        (name == property_ or name.startswith(f"{property_}-")) and not counts(tag) and client.is_noted(slug, words)
        for property_, slug, words, counts in _BY_ELEMENT
    )
