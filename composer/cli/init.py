"""composer init: a new newsroom's folder."""

import json
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from composer.project.project import Project

_STARTER = Path(__file__).parent / "starter"


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The newsroom's folder; it is made where it does not exist.")] = Path(),
) -> None:
    """Make a newsroom's folder.

    It holds the newsroom's settings, two newsletters with their templates and a sample draft each, JSON Schemas, and
    files for CI, for pre-commit and for editors.

    Nothing is written where a newsroom, or any of the files, is there already.
    """
    from composer.cli import terminal
    from composer.errors import ComposerError, WouldOverwrite
    from composer.files import shipped, write_together
    from composer.project.project import MARKER, Project

    if folder.exists() and not folder.is_dir():
        raise ComposerError(f"{folder} is a file", "name a folder, or one that does not exist yet")
    if (folder / MARKER).exists():
        raise WouldOverwrite(f"{folder / MARKER} is there already: this folder is a newsroom", "composer new NEWSLETTER starts a draft in it")
    files = {folder / name: content for name, content in sorted(_files(Project(shipped())).items())}
    standing = [path for path in files if path.exists() or path.is_symlink()]
    if standing:
        shown = ", ".join(str(path) for path in standing[:5]) + (" and more" if len(standing) > 5 else "")
        raise WouldOverwrite(f"{shown} would be overwritten", "choose an empty folder, or move these files away")
    write_together(files)
    terminal.say(f"wrote {len(files)} files to {folder}")
    terminal.say(_next_steps(folder))


def _files(ours: "Project") -> dict[str, bytes]:
    """The files of a new newsroom by their paths, made from what Composer ships."""
    from composer.cli.reading import newsletter_of
    from composer.draft.schema import schema_text
    from composer.issue.catalogue import catalogue_of
    from composer.project.project import MARKER

    files = {MARKER: (ours.root / MARKER).read_bytes()}
    for path in sorted(ours.templates.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            files[path.relative_to(ours.root).as_posix()] = path.read_bytes()
    for slug in ours.newsletter_slugs:
        files[f"schemas/{slug}.json"] = schema_text(catalogue_of(newsletter_of(slug, ours))).encode()
        files |= _newest_draft(ours, slug)
    return files | {
        ".github/workflows/newsletter.yml": _starter("workflow.yml"),
        ".gitignore": _starter("gitignore"),
        ".editorconfig": _starter("editorconfig"),
        ".pre-commit-config.yaml": _starter("pre-commit-config.yaml"),
        ".vscode/settings.json": _editor_settings(ours.newsletter_slugs),
        ".vscode/extensions.json": _json({"recommendations": ["redhat.vscode-yaml"]}),
    }


def _starter(name: str) -> bytes:
    """A file for CI or editors, with the version of Composer that it is to install."""
    from composer.version import __version__

    return (_STARTER / name).read_text(encoding="utf-8").replace("[version]", __version__).encode()


def _newest_draft(ours: "Project", slug: str) -> dict[str, bytes]:
    """The newest sample of a newsletter, with the pictures beside it."""
    drafts = sorted(path for path in ours.drafts([ours.issues / slug]) if path.parent.name == slug) if (ours.issues / slug).is_dir() else []
    if not drafts:
        return {}
    newest = drafts[-1]
    pictures = newest.parent / newest.stem
    beside = sorted(path for path in pictures.iterdir() if path.is_file()) if pictures.is_dir() else []
    return {path.relative_to(ours.root).as_posix(): path.read_bytes() for path in (newest, *beside)}


def _editor_settings(slugs: list[str]) -> bytes:
    schemas = {f"./schemas/{slug}.json": [f"issues/{slug}/*.yaml"] for slug in slugs}
    return _json({"yaml.schemas": schemas, "[yaml]": {"editor.wordWrap": "on", "editor.insertSpaces": True, "editor.tabSize": 2}})


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()


def _next_steps(folder: Path) -> str:
    steps = [
        ("put your publisher and postal address in", "newsroom.yaml"),
        ("put your people and addresses in", "templates/<newsletter>/newsletter.yaml"),
        ("start a draft", "composer new NEWSLETTER"),
        ("see what is missing in it", "composer check"),
        ("look at it as readers will", "composer preview"),
    ]
    if folder != Path():
        steps.insert(0, ("go there", f"cd {quote(str(folder))}"))
    longest = max(len(words) for words, _ in steps)
    return "\n".join(["", "Next:", *(f"  {words:<{longest}}  {command}" for words, command in steps)])
