"""listmonk: Go templates with Sprig's functions, in both bodies, the subject and headers.

Source: docs/docs/content/templating.md, models/campaigns.go and internal/manager/manager.go (the function `Safe`) of
github.com/knadh/listmonk, read on 2026-11-22. Both bodies go through html/template. It escapes a value for the place
where it stands, and leaves comments out, and with them what is only for Outlook on Windows. Of a plain text it thinks
as of HTML: a value is `Safe` from its escapes there, but a bare `<` opens a tag, or is escaped.
An attribute that a subscriber has not prints as `<no value>` in a subject, so it always gets a fallback.
"""

from composer.delivery.service import cannot_carry
from composer.prose.merge_fields import MergeField, Refusal, Spot

NAME = "listmonk"
LIVE = r"\{\{(?:[^\n{}]{0,80}\}\})?|@TrackLink"

_KNOWN = {"first_name": ".Subscriber.FirstName", "last_name": ".Subscriber.LastName", "name": ".Subscriber.Name", "email": ".Subscriber.Email"}
_ADDRESSES = {"unsubscribe_url": "{{ UnsubscribeURL }}", "manage_url": "{{ UnsubscribeURL }}?manage=true", "web_url": "{{ MessageURL }}"}
# Signs that would end an address or part it, in the order in which they can be replaced one after the other.
_PARTING = {"%": "%25", " ": "%20", "&": "%26", "#": "%23", "+": "%2B", "?": "%3F"}


def spelled(field: MergeField, spot: Spot) -> str | Refusal:
    """A field as a Go template's action; a custom one is an attribute of the subscriber."""
    if field.name in _ADDRESSES:
        return _ADDRESSES[field.name]
    path = _KNOWN.get(field.name, f".Subscriber.Attribs.{field.name}")
    # A tag's attribute stands in double quotes already; Go's raw strings have backquotes and no escapes.
    quote = "`" if spot in ("attribute", "path", "query") else '"'
    ending = _ending(spot, quote)
    if not field.fallback and field.name in _KNOWN:
        return f"{{{{ {path}{ending} }}}}"
    words = field.fallback or ""
    for sign, name in (("`", "backquote"),) if quote == "`" else (("\\", "backslash"),):
        if sign in words:
            return cannot_carry(NAME, name)
    return f"{{{{ {path} | default {quote}{words}{quote}{ending} }}}}"


def plain(text: str) -> str:
    """The plain text with `<` as a value, so that no tag opens there."""
    return text.replace("<", '{{ "<" | Safe }}')


def _ending(spot: Spot, quote: str) -> str:
    """What html/template does not do by itself: keep an address whole before its `?`, and leave plain text alone."""
    whole = "".join(f" | replace {quote}{sign}{quote} {quote}{code}{quote}" for sign, code in _PARTING.items())
    endings: dict[Spot, str] = {"path": f" | toString{whole}", "text_address": f" | toString{whole} | Safe", "text": " | toString | Safe"}
    return endings.get(spot, "")
