"""editorial/unresolved-merge-tag."""

import re
from collections.abc import Iterator
from functools import cache

from composer.checks.rule import Defect, error
from composer.checks.text_reading import typed_texts, without_code
from composer.draft.load import Draft
from composer.prose.merge_fields import MERGE_FIELD


@error
def unresolved_merge_tag(draft: Draft) -> Iterator[Defect]:
    """A merge tag that nothing will fill in.

    What it checks:
        Every text and address for the tags of sending services and template languages: `*|FNAME|*`, `<%= name %>`,
        `{% if name %}`, `[[ name ]]`, `%%name%%`, `%FIRSTNAME%`, `{$name}`, `${name}`, `{FNAME}`, and `{{ … }}` that
        is none of Composer's own merge fields. Code spans may show any of them.

    Why it matters:
        Composer writes the tags of the service that sends the mail itself, from its own neutral fields. A tag typed
        for another service goes out as it stands, to every reader.

    Example:
        sign_off:
          question: "*|FNAME|*, would you let a crane decide when to wait?"

    Instead:
        sign_off:
          question: "{{ reader.first_name | Dear reader }}, would you let a crane decide when to wait?"

    Source: the syntax pages of Mailchimp, Salesforce Marketing Cloud, Mailjet, Brevo, MailerLite, ERB, Liquid and Jinja.
    """
    if not _may_hold_any(draft.source.text):
        return
    # A value that is of the wrong type is said to be, with what it should be.
    wrong = {problem.place for problem in draft.problems if problem.kind == "wrong-type"}
    for text in typed_texts(draft):
        if not _may_hold_any(text) or text.place in wrong:
            continue
        for match in _tags().finditer(without_code(text)):
            if MERGE_FIELD.fullmatch(match[0]):
                continue
            tag = " ".join(match[0].split())
            yield Defect(
                text.place_of(*match.span()),
                f"nothing will fill in the merge tag `{tag}`",
                _help(match[0]),
                label="readers would see it as it stands",
            )


def _help(tag: str) -> str:
    if re.match(r"\{\{\s*reader\.", tag):
        return "write the field's name in small letters, and plain words behind the bar: {{ reader.first_name | there }}"
    return "write it as {{ reader.first_name | there }}, with the field's name and the words for a reader without one, or delete it"


def _may_hold_any(text: str) -> bool:
    """A quick look that spares most texts the closer one."""
    return (
        "{" in text
        or ("|" in text and "*|" in text)
        or ("%" in text and ("<%" in text or "%%" in text or _capitals().search(text) is not None))
        or ("[" in text and _bracketed().search(text) is not None)
    )


@cache
def _capitals() -> re.Pattern[str]:
    return re.compile(r"%[A-Z][A-Z0-9_]{2,30}%")


@cache
def _bracketed() -> re.Pattern[str]:
    return re.compile(r"\[(?:\[|FNAME|LNAME|FIRST|LAST|EMAIL|first|last)")


@cache
def _tags() -> re.Pattern[str]:
    name = r"[A-Za-z_][\w.:-]*"
    return re.compile(
        r"\*\|[^|*\n]{1,60}\|\*"
        r"|<%[^\n]{0,200}?%>"
        r"|\{%[^\n]{0,200}?%\}"
        r"|\{\{[^\n]{0,120}?\}\}+"
        r"|\{\$" + name + r"\}|\$\{" + name + r"\}"
        # `[[1]](…)` and `[[PDF]](…)` are links with a bracket in their words.
        r"|(?<!\\)\[\[[ \t]*" + name + r"(?:[ \t|]+[\w.]+)*[ \t]*\]\](?!\()"
        r"|%%=?[ \t]*[A-Za-z_][\w .:()\[\]\"',-]{0,80}?=?%%"
        # Not inside an address, where a per cent sign begins an escape.
        r"|(?<![\w%/=&?.~+-])%[A-Z][A-Z0-9_]{2,30}%(?![\w%])"
        r"|[\[{](?:FNAME|LNAME|FIRST[_ ]?NAME|LAST[_ ]?NAME|EMAIL[_ ]?ADDRESS|first_?name|last_?name)[\]}](?!\()"
    )
