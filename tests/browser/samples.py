"""The sample issues that the judges look at, one of each newsletter, built from the checkout."""

from dataclasses import dataclass
from pathlib import Path

from composer.draft.load import load_draft
from composer.press import editions_of, proof_of
from composer.project.project import Project

ROOT = Path(__file__).parents[2]
NEWSLETTERS = ("china-report", "the-download")
STEMS = {"china-report": "2026-11-17-nine-strokes", "the-download": "2026-11-20-last-leap-second"}


@dataclass(frozen=True)
class Sample:
    """A built issue: where its files are, and the words that whoever opens it must be able to find."""

    newsletter: str
    html: Path
    eml: Path
    mjml: str
    headline: str
    headings: tuple[str, ...]


def drafts() -> list[Path]:
    """Every sample draft of the checkout."""
    return sorted(ROOT.glob("issues/*/*.yaml"))


def built(draft_path: Path, out: Path) -> Sample:
    """Build a draft into `out`."""
    project = Project(ROOT)
    draft = load_draft(draft_path, project)
    assert draft.problems == (), draft.problems
    proof = proof_of(draft, project)
    assert proof.problems == [], proof.problems
    for path, content in editions_of(proof, out).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    issue, newsletter = proof.issue, proof.newsletter
    leading = next(section for section in issue.sections.values() if section.leads)
    first = leading.items[0] if hasattr(leading, "items") else leading
    entries = [newsletter.section(key) for key in issue.sections]
    return Sample(
        newsletter=newsletter.slug,
        html=out / newsletter.slug / f"{issue.stem}.html",
        eml=out / newsletter.slug / f"{issue.stem}.eml",
        mjml=proof.mjml,
        headline=str(first.headline or issue.subject),
        headings=tuple(str(entry.heading) for entry in entries if entry is not None and entry.heading),
    )
