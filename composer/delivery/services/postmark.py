"""Postmark: Mustachio, over the template model that is handed over with each mail.

Source: postmarkapp.com/support/article/1077-template-syntax as a stored copy shows it, and Parser.cs and
ContextObject.cs of github.com/ActiveCampaign/mustachio, read on 2026-11-22: a section is entered with the value itself,
which is `.` in it, and an absent or empty value enters the inverted one. `{{{ pm:unsubscribe }}}` is the link of a
broadcast stream, as many senders' public code has it.
"""

from composer.prose.merge_fields import MergeField, Refusal, Spot

NAME = "Postmark"
LIVE = r"\{\{(?:[^\n{}]{0,80}\}\})?"


def spelled(field: MergeField, spot: Spot) -> str | Refusal:
    """A field as a value of the model, which has the same name there."""
    if field.name == "unsubscribe_url":
        return "{{{ pm:unsubscribe }}}"
    if not field.fallback:
        return f"{{{{ {field.name} }}}}"
    return f"{{{{#{field.name}}}}}{{{{.}}}}{{{{/{field.name}}}}}{{{{^{field.name}}}}}{field.fallback}{{{{/{field.name}}}}}"
