"""Keila: Liquid, over the contact, in the body and the subject.

Source: lib/keila/mailings/renderer.ex and builder.ex of github.com/pentacent/keila, read on 2026-11-22. An HTML
campaign gets its plain text from Keila, and its List-Unsubscribe header too; neither is taken from elsewhere.
"""

from composer.delivery.service import cannot_carry, no_such_field
from composer.prose.merge_fields import MergeField, Refusal, Spot

NAME = "Keila"
LIVE = r"\{\{(?:[^\n{}]{0,80}\}\})?|\{%(?:[^\n{}]{0,80}%\})?"

_KNOWN = {"first_name": "contact.first_name", "last_name": "contact.last_name", "email": "contact.email", "unsubscribe_url": "unsubscribe_link"}


def spelled(field: MergeField, spot: Spot) -> str | Refusal:
    """A field as a Liquid output; a custom one is in the contact's data."""
    if field.name == "name":
        return no_such_field(NAME, field, "write reader.first_name, or both names: {{ reader.first_name }} {{ reader.last_name }}")
    if field.name in ("manage_url", "web_url"):
        return no_such_field(NAME, field, "write the address itself, or leave it out")
    path = _KNOWN.get(field.name, f"contact.data.{field.name}")
    if not field.fallback:
        return f"{{{{ {path} }}}}"
    quote = "'" if spot == "attribute" else '"'
    if quote in field.fallback:
        return cannot_carry(NAME, "straight apostrophe", "in a link’s or a picture’s fallback")
    return f"{{{{ {path} | default: {quote}{field.fallback}{quote} }}}}"
