"""accessibility/layout-table."""

import re
from collections.abc import Iterator
from functools import cache

from composer.checks.rule import Defect, error
from composer.place import Place
from composer.proof.proof import Proof


@error
def layout_table(proof: Proof) -> Iterator[Defect]:
    """A table that only places things is announced as a table.

    What it checks:
        Every `<table>` of the rendered mail, Outlook's own included, for `role="presentation"` or `none`. Tables of
        facts, which have header cells or a caption, need none.

    Why it matters:
        A screen reader says "table with twelve rows and two columns" before each brief.

    Example:
        <table width="100%" cellpadding="0" cellspacing="0">

    Instead:
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0">

    Source: WCAG 2.2, failure F92 of success criterion 1.3.1.
    """
    html = proof.html
    if _all_have_roles(html):
        return
    seen: set[str] = set()
    for match in _tables().finditer(html):
        tag = re.sub(r'\s+style="[^"]*"', "", match[0])
        end = html.find("</table", match.end())
        if tag not in seen and not _is_of_facts(html[match.end() : end]):
            seen.add(tag)
            yield Defect(
                _place(proof, match.start(), tag),
                "a table that only places things is announced as a table",
                'write <table role="presentation" …>',
                label="no role",
            )


def _all_have_roles(html: str) -> bool:
    """A quick look that spares most mails the closer one: every table has its role spelled as MJML spells it, and none is in capitals."""
    _, *tables = html.split("<table")
    return all(table.find(' role="presentation"', 0, table.find(">") + 1) >= 0 for table in tables) and "<T" not in html


def _is_of_facts(inside: str) -> bool:
    return any(sign in inside for sign in ("<th>", "<th ", "<caption"))


def _place(proof: Proof, offset: int, tag: str) -> Place:
    """Where a template has the tag: word for word, else by its first attribute; else what the table was made for."""
    place = proof.place_in_templates(tag, " ".join(tag.split()[:2]))
    return place if place.end_column > place.column else proof.place_in_html(offset) or place


@cache
def _tables() -> re.Pattern[str]:
    return re.compile(r"""<table\b(?![^>]*\brole=["']?(?:presentation|none)\b)[^>]*>""", re.IGNORECASE)
