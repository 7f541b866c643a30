"""Newsletters from YAML drafts: typed sections, checks with exact places, email HTML and plain text.

from datetime import date

from composer import Occasion, Project, findings_of, load_draft, proof_of, selected_rules

project = Project.containing(folder)
draft = load_draft(path, project)
findings = findings_of(draft, project, selected_rules(), Occasion(today=date.today()))
proof = proof_of(draft, project)      # proof.html, proof.text, proof.message
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from composer.version import __version__

if TYPE_CHECKING:
    from composer.checks.house_style import selected_rules
    from composer.checks.occasion import Occasion
    from composer.draft.load import load_draft
    from composer.press import editions_of, findings_of, proof_of
    from composer.project.project import Project

__all__ = ["Occasion", "Project", "__version__", "editions_of", "findings_of", "load_draft", "proof_of", "selected_rules"]

# Loaded when first asked for: a command that only shows its help shall not pay for what renders.
_HOMES = {
    "Occasion": "composer.checks.occasion",
    "Project": "composer.project.project",
    "editions_of": "composer.press",
    "findings_of": "composer.press",
    "load_draft": "composer.draft.load",
    "proof_of": "composer.press",
    "selected_rules": "composer.checks.house_style",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'composer' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
