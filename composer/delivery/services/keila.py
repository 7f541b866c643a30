"""Keila: Liquid, over the contact, in the body and the subject.

Source: lib/keila/mailings/renderer.ex and renderer/body_renderer/html.ex of github.com/pentacent/keila, and
lib/solid/standard_filter.ex of github.com/edgurgel/solid, the Liquid that it uses, read on 2026-11-22. Liquid escapes
nothing by itself. An HTML campaign gets its plain text from Keila, and its List-Unsubscribe header too; neither is
taken from elsewhere.
"""

from composer.delivery.service import ADDRESSES, cannot_carry, no_such_field
from composer.prose.merge_fields import MergeField, Refusal, Spot

NAME = "Keila"
LIVE = r"\{\{(?:[^\n{}]{0,80}\}\})?|\{%(?:[^\n{}]{0,80}%\})?"

_KNOWN = {"first_name": "contact.first_name", "last_name": "contact.last_name", "email": "contact.email", "unsubscribe_url": "unsubscribe_link"}
# Liquid writes a space in an address as a plus sign, which is one only behind a question mark.
_IN_ADDRESS = " | url_encode | replace: '+', '%20'"
_ESCAPED: dict[Spot, str] = {"html": " | escape", "attribute": " | escape", "path": _IN_ADDRESS, "query": _IN_ADDRESS, "text_address": _IN_ADDRESS}


def spelled(field: MergeField, spot: Spot) -> str | Refusal:
    """A field as a Liquid output; a custom one is in the contact's data."""
    if field.name == "name":
        return no_such_field(NAME, field, "write reader.first_name, or both names: {{ reader.first_name }} {{ reader.last_name }}")
    if field.name in ("manage_url", "web_url"):
        return no_such_field(NAME, field, "write the address itself, or leave it out")
    path = _KNOWN.get(field.name, f"contact.data.{field.name}")
    escaped = "" if field.name in ADDRESSES else _ESCAPED.get(spot, "")
    if not field.fallback and not escaped:
        return f"{{{{ {path} }}}}"
    quote = "'" if spot in ("attribute", "path", "query") else '"'
    words = field.fallback or ""
    if quote in words:
        return cannot_carry(NAME, "straight apostrophe", "in a link’s or a picture’s fallback")
    # Solid's escapes fail on what is no text: an absent value, a number.
    as_text = "" if field.name in _KNOWN or not escaped else f" | append: {quote}{quote}"
    return f"{{{{ {path} | default: {quote}{words}{quote}{as_text}{escaped} }}}}"
