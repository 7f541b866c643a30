"""The pages that judges of HTML look at: every sample issue, and of each newsletter a draft with every field and block."""

from pathlib import Path

from PIL import Image

from composer.draft.load import Draft, load_draft, load_draft_text
from composer.press import proof_of
from composer.project.project import Project
from composer.proof.proof import Proof
from tests import healthy
from tests.browser.samples import ROOT, drafts
from tests.newsrooms import DAY, yaml_of
from tests.visible import soup_of

HEALTHY = {f"healthy-{newsletter}": newsletter for newsletter in healthy.DRAFTS}
PAGES = (*(path.stem for path in drafts()), *HEALTHY)


def proof_named(name: str) -> Proof:
    """The proof of a sample, by its draft's stem, or of a newsletter's healthy draft."""
    project = Project(ROOT)
    draft = _healthy(HEALTHY[name], project) if name in HEALTHY else load_draft(next(path for path in drafts() if path.stem == name), project)
    assert draft.problems == ()
    proof = proof_of(draft, project)
    assert proof.problems == []
    return proof


def _healthy(newsletter: str, project: Project) -> Draft:
    text = yaml_of(healthy.DRAFTS[newsletter]())
    return load_draft_text(text.encode(), ROOT / "issues" / newsletter / f"{DAY}-healthy.yaml", project)


def page_in(folder: Path, name: str) -> Path:
    """The page of that name as a file, its pictures beside it."""
    return page_of(proof_named(name), folder, name)


def page_of(proof: Proof, folder: Path, name: str) -> Path:
    """A proof's page as a file, its pictures beside it; for a picture that the draft has from the web, a grey one stands in."""
    folder.mkdir(parents=True, exist_ok=True)
    html = proof.html
    for path, picture in proof.pictures.items():
        (folder / proof.issue.stem).mkdir(parents=True, exist_ok=True)
        (folder / proof.issue.stem / path).write_bytes(picture.path.read_bytes())
    for source in {str(image["src"]) for image in soup_of(html).find_all("img")}:
        if source.startswith("http"):
            html = html.replace(f'src="{source}"', 'src="grey.png"')
            Image.new("RGB", (1120, 630), "#8A8A8A").save(folder / "grey.png")
    page = folder / f"{name}.html"
    page.write_text(html, encoding="utf-8")
    return page
