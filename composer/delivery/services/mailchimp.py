"""Mailchimp: merge tags in stars and bars, with conditions for readers without a value.

Source: mailchimp.com/developer/marketing/docs/merge-fields and mailchimp.com/developer/transactional/docs/
templates-dynamic-content (conditions), and kb.mailchimp.com on UNSUB, ARCHIVE and UPDATE_PROFILE, as stored copies
show them; read on 2026-11-22. That conditions work in subjects is said on none of these pages, so they are not used there.
"""

from composer.delivery.service import cannot_carry, no_such_field
from composer.prose.merge_fields import MergeField, Refusal, Spot

NAME = "Mailchimp"
LIVE = r"\*\|(?:[^|\n]{0,60}\|\*)?"

_KNOWN = {"first_name": "FNAME", "last_name": "LNAME", "email": "EMAIL", "unsubscribe_url": "UNSUB", "manage_url": "UPDATE_PROFILE", "web_url": "ARCHIVE"}


def spelled(field: MergeField, spot: Spot) -> str | Refusal:
    """A field as a merge tag; a custom one is the audience's tag of that name in capitals."""
    if field.name == "name":
        return no_such_field(NAME, field, "write reader.first_name, or both names: {{ reader.first_name }} {{ reader.last_name }}")
    tag = _KNOWN.get(field.name, field.name.upper())
    if not field.fallback:
        return f"*|{tag}|*"
    if spot == "subject":
        return Refusal(
            f"{NAME} is not known to take words for readers without a value in a subject",
            "delete the bar and what stands behind it, and set the audience's default merge tag value in Mailchimp",
        )
    if "*" in field.fallback:
        return cannot_carry(NAME, "star")
    return f"*|IF:{tag}|**|{tag}|**|ELSE:|*{field.fallback}*|END:IF|*"
