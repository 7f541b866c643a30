"""Brevo: its template language, over the contact's attributes, which it writes in capitals.

Source: help.brevo.com, articles 4402386448530 (variables) and 4405381108626 (filters), and help.sendinblue.com,
article 360000946299 (mirror, unsubscribe and update_profile), as stored copies show them; read on 2026-11-22.
"""

from composer.delivery.service import cannot_carry, no_such_field
from composer.prose.merge_fields import MergeField, Refusal, Spot

NAME = "Brevo"
LIVE = r"\{\{(?:[^\n{}]{0,80}\}\})?|\{%(?:[^\n{}]{0,80}%\})?|\{#(?:[^\n]{0,80}?#\})?"

_KNOWN = {
    "first_name": "contact.FIRSTNAME",
    "last_name": "contact.LASTNAME",
    "email": "contact.EMAIL",
    "unsubscribe_url": "unsubscribe",
    "manage_url": "update_profile",
    "web_url": "mirror",
}


def spelled(field: MergeField, spot: Spot) -> str | Refusal:
    """A field as a variable; a custom one is the contact's attribute of that name in capitals."""
    if field.name == "name":
        return no_such_field(NAME, field, "write reader.first_name, or both names: {{ reader.first_name }} {{ reader.last_name }}")
    path = _KNOWN.get(field.name, f"contact.{field.name.upper()}")
    if not field.fallback:
        return f"{{{{ {path} }}}}"
    for sign, name in (("'", "straight apostrophe"), ("\\", "backslash")):
        if sign in field.fallback:
            return cannot_carry(NAME, name)
    return f"{{{{ {path} | default : '{field.fallback}' }}}}"
