"""Buttondown: Django's templates, over the subscriber and what is kept of them as metadata.

Source: content/pages/template-variables.mdoc and using-templating.mdoc of github.com/buttondown/docs, read on
2026-11-22, and Django 5.2's filters `default` and `urlencode`. A first name is metadata that your form or import must collect.
"""

from composer.delivery.service import ADDRESSES, cannot_carry
from composer.prose.merge_fields import MergeField, Refusal, Spot

NAME = "Buttondown"
LIVE = r"\{\{(?:[^\n{}]{0,80}\}\})?|\{%(?:[^\n{}]{0,80}%\})?|\{#.*?#\}"

_KNOWN = {"email": "subscriber.email", "unsubscribe_url": "unsubscribe_url", "manage_url": "manage_subscription_url", "web_url": "email_url"}


def spelled(field: MergeField, spot: Spot) -> str | Refusal:
    """A field as a Django variable; names and custom fields are metadata."""
    path = _KNOWN.get(field.name, f"subscriber.metadata.{field.name}")
    in_address = "|urlencode:''" if spot in ("path", "query", "text_address") and field.name not in ADDRESSES else ""
    if not field.fallback:
        return f"{{{{ {path}{in_address} }}}}"
    quote = "'" if spot in ("attribute", "path", "query") else '"'
    if "\\" in field.fallback:
        return cannot_carry(NAME, "backslash")
    if quote in field.fallback:
        return cannot_carry(NAME, "straight apostrophe", "in a link’s or a picture’s fallback")
    return f"{{{{ {path}|default:{quote}{field.fallback}{quote}{in_address} }}}}"
