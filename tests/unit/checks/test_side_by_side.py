"""Drafts that are checked side by side: each is told what it is told on its own, in whatever company."""

from itertools import chain
from pathlib import Path

from composer.checks.rule import rules
from composer.checks.side_by_side import DRAFTS_SIDE_BY_SIDE
from composer.draft.load import Draft, load_draft_text
from composer.press import findings_of, findings_of_each
from composer.project.project import Project
from tests.cases.newsroom import ORDINARY, own_project

ROOT = Path(__file__).parents[3]
# A slip of each kind that a rule reads somewhere else: the file, a text, the model, the HTML, the plain text, the message.
SLIPS = [
    ("", ""),
    ("date: 2026", "date: 2062"),
    ("subject: ", "subjct: "),
    ("subject: ", "subject: FREE!!! "),
    ("https://", "http://"),
    ("](https://", "](https://bit.ly/"),
    (". ", ".  "),
    (" the ", " the the "),
    (" the ", " TK "),
    ("\n", "\n# stet: editorial/placeholder, nothing here\n"),
    ("preheader: ", "preheader: \u202e"),
    ("newsletter: ", "newsletter: x"),
    (":", ""),
]


def drafts(project: Project) -> list[Draft]:
    """The samples with a slip each, read anew, for a draft keeps what was found out about it."""
    found = []
    for number, (wrong, right) in enumerate(SLIPS):
        path = sorted((ROOT / "issues").glob("*/*.yaml"))[number % 4]
        text = path.read_text(encoding="utf-8").replace(wrong, right, 1 if wrong in ("\n", ":") else 3) if wrong else path.read_text(encoding="utf-8")
        found.append(load_draft_text(text.encode(), path, project))
    return found


def test_company_changes_nothing() -> None:
    project, chosen = own_project(), list(rules().values())
    alone = [findings_of(draft, project, chosen, ORDINARY) for draft in drafts(project)]
    assert sum(map(bool, alone)) >= len(SLIPS) - 2
    assert len({finding.rule for finding in chain(*alone)}) >= 10
    together = drafts(project)
    assert findings_of_each(together, project, chosen, ORDINARY) == alone
    backwards = findings_of_each(drafts(project)[::-1], project, chosen, ORDINARY)
    assert backwards[::-1] == alone


def test_more_drafts_than_are_kept_are_told_the_same() -> None:
    """What was found out about the first is forgotten before the rules come to the last, and found out again."""
    project, chosen = own_project(), list(rules().values())
    many = [draft for _ in range(DRAFTS_SIDE_BY_SIDE // len(SLIPS) + 2) for draft in drafts(project)]
    found = findings_of_each(many, project, chosen, ORDINARY)
    assert len(many) > DRAFTS_SIDE_BY_SIDE
    assert found[: len(SLIPS)] == found[len(SLIPS) : 2 * len(SLIPS)] == found[-len(SLIPS) :]
