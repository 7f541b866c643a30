"""Ghost: a word in braces between double percent signs, with a fallback in quotes behind a comma, in an email's content only.

Source: core/server/services/email-service/email-renderer.js, mailgun-email-provider.js and ../lib/link-replacer.js of
the npm package ghost 6.65.0, and build/esm/nodes/html/html-renderer.js of tryghost-kg-default-nodes 2.2.1 inside it, read
on 2026-11-22. An HTML card puts the percent signs around `{…}` only where a private setting says so; with them in
place it leaves them alone. A link's path and a fallback's quotes in a link are written anew as an address, which takes
the field apart. The subject is the post's title, in which nothing is replaced; headers are Ghost's own. Mailgun, which
sends for Ghost, has signs of its own.
"""

from composer.delivery.service import cannot_carry, no_such_field
from composer.prose.merge_fields import MergeField, Refusal, Spot

NAME = "Ghost"
_KNOWN = {"first_name": "first_name", "name": "name", "email": "email", "unsubscribe_url": "unsubscribe_url", "manage_url": "manage_account_url"}
LIVE = (
    r"%%\{.*?\}%%"
    r"|\{(?:first_name|name|email|uuid|key|created_at|status|status_text|unsubscribe_url|manage_account_url|list_unsubscribe|name_class|uniqueid)(?:,? *\"[^\"\n]*\")?\}"
    r"|%recipient(?:\.\w+)?%|%(?:tag_|mailing_list_)?unsubscribe_(?:url|email)%"
)


def spelled(field: MergeField, spot: Spot) -> str | Refusal:
    """A field in braces and percent signs."""
    if spot in ("subject", "header"):
        return Refusal(f"{NAME} fills in nothing in a {spot}", "write it without a field")
    if field.name not in _KNOWN:
        return no_such_field(NAME, field, "Ghost knows reader.first_name, name, email, unsubscribe_url and manage_url")
    if spot == "path":
        return Refusal(f"{NAME} cannot carry a field in the middle of an address", "put it behind a question mark: https://…/page?to={{ reader.email }}")
    if not field.fallback:
        return f"%%{{{_KNOWN[field.name]}}}%%"
    if spot in ("attribute", "query"):
        return Refusal(f"{NAME} cannot carry a fallback in a link or a picture", "delete the bar and the words behind it, or move the field into the text")
    if "&" in field.fallback:
        return cannot_carry(NAME, "&")
    return f'%%{{{_KNOWN[field.name]}, "{field.fallback}"}}%%'
