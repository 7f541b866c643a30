"""A newsroom's folder in a test: drafts in, proofs out."""

from pathlib import Path
from typing import Any

import yaml

from composer.draft.load import Draft, load_draft_text
from composer.place import Place
from composer.press import proof_of
from composer.project.project import Project
from composer.proof.proof import Proof

DAY = "2026-11-24"


def yaml_of(draft: dict[str, Any]) -> str:
    """A draft as a writer's file; texts are quoted where they need to be."""
    return yaml.safe_dump(draft, allow_unicode=True, sort_keys=False, width=10**6)


class NewsroomFolder:
    """A newsroom at `root`, read anew by every `project`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._project: Project | None = None

    @property
    def project(self) -> Project:
        """The newsroom as it stood when this was first asked for."""
        if self._project is None:
            self._project = Project(self.root)
        return self._project

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file of the newsroom; from then on it is read anew."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
        self._project = None
        return target

    def change(self, path: str, old: str, new: str) -> None:
        """Replace text in a file of the newsroom."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {path}"
        self.write(path, text.replace(old, new))

    def draft(self, content: dict[str, Any] | str, *, stem: str = f"{DAY}-draft") -> Draft:
        """A draft of the newsroom, from a mapping or from YAML text."""
        text = yaml_of(content) if isinstance(content, dict) else content
        slug = yaml.load(text, Loader=yaml.BaseLoader)["newsletter"]
        return load_draft_text(text.encode(), self.root / "issues" / slug / f"{stem}.yaml", self.project)

    def proof(self, content: dict[str, Any] | str, *, stem: str = f"{DAY}-draft", marked: bool = False) -> Proof:
        """The proof of a draft that must be without problems."""
        draft = self.draft(content, stem=stem)
        assert draft.problems == ()
        proof = proof_of(draft, self.project, marked=marked)
        assert proof.problems == []
        return proof

    def place_name(self, place: Place) -> str:
        """A place's file as it is called inside the newsroom."""
        path = Path(place.path)
        return path.relative_to(self.root).as_posix() if path.is_absolute() else place.path
