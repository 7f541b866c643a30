"""listmonk: Go templates with Sprig's functions, in both bodies, the subject and headers.

Source: docs/docs/content/templating.md and models/campaigns.go of github.com/knadh/listmonk, read on 2026-11-22.
The bodies go through html/template, which leaves comments out, and with them what is only for Outlook on Windows.
An attribute that a subscriber has not prints as `<no value>` in a subject, so it always gets a fallback.
"""

from composer.delivery.service import cannot_carry
from composer.prose.merge_fields import MergeField, Refusal, Spot

NAME = "listmonk"
LIVE = r"\{\{(?:[^\n{}]{0,80}\}\})?|@TrackLink"

_KNOWN = {"first_name": ".Subscriber.FirstName", "last_name": ".Subscriber.LastName", "name": ".Subscriber.Name", "email": ".Subscriber.Email"}
_ADDRESSES = {"unsubscribe_url": "{{ UnsubscribeURL }}", "manage_url": "{{ UnsubscribeURL }}?manage=true", "web_url": "{{ MessageURL }}"}


def spelled(field: MergeField, spot: Spot) -> str | Refusal:
    """A field as a Go template's action; a custom one is an attribute of the subscriber."""
    if field.name in _ADDRESSES:
        return _ADDRESSES[field.name]
    path = _KNOWN.get(field.name, f".Subscriber.Attribs.{field.name}")
    if not field.fallback and field.name in _KNOWN:
        return f"{{{{ {path} }}}}"
    words = field.fallback or ""
    # A tag's attribute stands in double quotes already; Go's raw strings have backquotes and no escapes.
    for sign, name in (("`", "backquote"),) if spot == "attribute" else (("\\", "backslash"),):
        if sign in words:
            return cannot_carry(NAME, name)
    quote = "`" if spot == "attribute" else '"'
    return f"{{{{ {path} | default {quote}{words}{quote} }}}}"
