"""The whole flow: draft → issue → proof → files.

1. `load_draft` reads the draft and types it as an Issue.
2. `proof_of` renders the issue: email HTML, plain text, message and source map, all in memory.
3. `findings_of` asks the rules what they say of draft, issue and proof; `findings_of_each`, of a few drafts side by side.
4. `editions_of` names the files that a proof becomes.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from composer.checks.occasion import Occasion
from composer.checks.rule import Rule
from composer.checks.run import findings_side_by_side
from composer.draft.load import Draft
from composer.finding import Finding
from composer.project.project import Project
from composer.proof.proof import Proof

if TYPE_CHECKING:
    from composer.delivery.service import Service


def proof_of(draft: Draft, project: Project, *, marked: bool = False, service: "Service | None" = None) -> Proof:
    """The rendered issue; `marked` puts "PROOF – not for sending" on every edition, `service` its own merge fields into it."""
    assert draft.issue is not None, "a draft without an issue has problems to report, not a proof"
    return Proof(draft.issue, project, marked=marked, spelling=service.spelling if service is not None else None)


def findings_of(draft: Draft, project: Project, chosen: list[Rule], occasion: Occasion, proof: Proof | None = None) -> list[Finding]:
    """What the chosen rules say, sorted by place. The proof is rendered only if a rule reads it."""
    (found,) = findings_side_by_side([draft], chosen, occasion, lambda _: proof or proof_of(draft, project))
    return found


def findings_of_each(drafts: list[Draft], project: Project, chosen: list[Rule], occasion: Occasion) -> list[list[Finding]]:
    """What the chosen rules say of each of a few drafts, which are checked side by side."""
    return findings_side_by_side(drafts, chosen, occasion, lambda draft: proof_of(draft, project))


def editions_of(proof: Proof, out: Path, *, keep_mjml: bool = False, web: bool = False) -> dict[Path, bytes]:
    """The files of an issue under `out`, with their contents; nothing is written here. `web` adds the page for browsers."""
    folder, stem = out / proof.newsletter.slug, proof.issue.stem
    editions = {
        folder / f"{stem}.html": proof.html.encode(),
        folder / f"{stem}.txt": proof.text.encode(),
        folder / f"{stem}.eml": proof.message,
    }
    if web:
        editions[folder / f"{stem}.web.html"] = proof.web.encode()
    if keep_mjml:
        editions[folder / f"{stem}.mjml"] = proof.mjml.encode()
    for name, picture in proof.pictures.items():
        editions[folder / stem / name] = picture.path.read_bytes()
    return editions
