"""Ghost: a word in braces, with a fallback in quotes behind a comma, in an email's content only.

Source: email-renderer.js and the replacement strings of github.com/TryGhost/Ghost, read on 2026-11-22. A fallback
stands in double quotes there, which an attribute of HTML cannot hold. The subject is the post's title, in which
nothing is replaced; headers are Ghost's own.
"""

from composer.delivery.service import no_such_field
from composer.prose.merge_fields import MergeField, Refusal, Spot

NAME = "Ghost"
_KNOWN = {"first_name": "first_name", "name": "name", "email": "email", "unsubscribe_url": "unsubscribe_url", "manage_url": "manage_account_url"}
LIVE = r"\{(?:first_name|name|email|uuid|key|created_at|status|status_text|unsubscribe_url|manage_account_url|list_unsubscribe|name_class|uniqueid)(?:,? *\"[^\"\n]*\")?\}"


def spelled(field: MergeField, spot: Spot) -> str | Refusal:
    """A field in braces."""
    if spot in ("subject", "header"):
        return Refusal(f"{NAME} fills in nothing in a {spot}", "write it without a field")
    if field.name not in _KNOWN:
        return no_such_field(NAME, field, "Ghost knows reader.first_name, name, email, unsubscribe_url and manage_url")
    if not field.fallback:
        return f"{{{_KNOWN[field.name]}}}"
    if spot == "attribute":
        return Refusal(f"{NAME} cannot carry a fallback in a link or a picture", "delete the bar and the words behind it, or move the field into the text")
    return f'{{{_KNOWN[field.name]}, "{field.fallback}"}}'
