"""A newsroom to try rules in: the project's own, or a copy with a few words changed."""

import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from composer.checks.occasion import Occasion
from composer.draft.load import Draft, load_draft_text
from composer.finding import Finding
from composer.press import findings_of
from composer.project.project import Project

ROOT = Path(__file__).parents[2]
DRAFTS = Path(__file__).parent / "drafts"
# Two days before the healthy drafts go out.
TODAY = date(2026, 11, 22)
ORDINARY = Occasion(today=TODAY)
NEWSLETTERS = ("china-report", "the-download")

Replacements = Sequence[Mapping[str, str]]


@cache
def own_project() -> Project:
    """The newsroom of this repository."""
    return Project(ROOT)


def copied_project(folder: Path, changes: Mapping[str, Replacements]) -> Project:
    """A copy of the newsroom under `folder`, with replacements in the files named by their paths."""
    shutil.copytree(ROOT / "templates", folder / "templates")
    shutil.copy(ROOT / "newsroom.yaml", folder)
    for path, replacements in changes.items():
        file = folder / path
        old = file.read_text(encoding="utf-8") if file.exists() else ""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(replaced(old, replacements), encoding="utf-8")
    return Project(folder)


def healthy(newsletter: str) -> str:
    """The text of a complete draft in which no rule finds anything."""
    return (DRAFTS / f"{newsletter}.yaml").read_text(encoding="utf-8")


def replaced(text: str, replacements: Replacements) -> str:
    """The text after each replacement in turn; every text to replace must stand there exactly once."""
    for replacement in replacements:
        old = replacement["replace"]
        if old:
            assert text.count(old) == 1, f"{text.count(old)} times in the text: {old!r}"
            text = text.replace(old, replacement["with"])
        else:
            text = replacement["with"]
    return text


def draft_of(content: str | bytes, project: Project, newsletter: str = "china-report", stem: str = "2026-11-24-case") -> Draft:
    """A draft as if it lay in issues/<newsletter>/."""
    content = content.encode() if isinstance(content, str) else content
    return load_draft_text(content, project.issues / newsletter / f"{stem}.yaml", project)


def findings_in_draft(draft: Draft, project: Project, occasion: Occasion = ORDINARY) -> list[Finding]:
    """What all rules say of a draft."""
    from composer.checks.rule import rules

    return findings_of(draft, project, list(rules().values()), occasion)
