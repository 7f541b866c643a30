"""A draft: an issue as its writer keeps it, read and typed, with every fault met on the way."""

from functools import cached_property
from pathlib import Path

from composer.discovery import did_you_mean
from composer.draft.approval_problems import with_command
from composer.files import spelled
from composer.finding import Problem
from composer.issue.catalogue import Catalogue, catalogue_of, issue_of
from composer.issue.issue import Issue
from composer.issue.pictures import Pictures
from composer.place import Place, SourceText
from composer.project.kept import once_a_project
from composer.project.newsletter import Newsletter
from composer.project.project import Project
from composer.yaml_source.comments import Comment, comments_in
from composer.yaml_source.reader import Document, read_bytes, read_file
from composer.yaml_source.values import Mapping, Scalar, Sequence, Value, is_empty


class Draft:
    """A draft as read. `issue` is None where nothing could be made of it; `problems` says why."""

    def __init__(self, document: Document, *, stem: str, folder: Path | None) -> None:
        self.document = document
        self.stem = stem
        self.folder = folder
        self.newsletter: Newsletter | None = None
        self.catalogue: Catalogue | None = None
        self.issue: Issue | None = None
        self.problems: tuple[Problem, ...] = document.problems
        self.broken: frozenset[str] = frozenset()

    @property
    def source(self) -> SourceText:
        """The draft's text. Where a line lacked quotes it is the mended text; line numbers are the file's."""
        return self.document.source

    @property
    def path(self) -> str:
        """The path that findings show."""
        return self.source.path

    @property
    def root(self) -> Mapping | None:
        """What the draft's keys hold; None where the draft is no mapping."""
        return self.document.root if isinstance(self.document.root, Mapping) else None

    def value(self, key: str) -> Value | None:
        """What stands behind a top-level key."""
        return self.root.get(key) if self.root is not None else None

    def place_of_key(self, key: str) -> Place:
        """The place of a top-level key; the top of the file where it is absent."""
        return self.root.place_of_key(key) if self.root is not None and key in self.root.key_scalars else self.source.top

    @cached_property
    def comments(self) -> list[Comment]:
        """The comments of the file that speak to Composer."""
        return comments_in(self.document)

    @cached_property
    def _sections(self) -> list[tuple[int, str]]:
        if self.root is None:
            return []
        return [(key.place.line, name) for name, key in self.root.key_scalars.items()]

    def section_at(self, line: int) -> str | None:
        """The section that a line of the draft belongs to."""
        found = None
        for first, key in self._sections:
            if first > line:
                break
            found = key
        known = self.catalogue.model.section_keys if self.catalogue is not None else ()
        return found if found in known else None


def load_draft(path: Path, project: Project) -> Draft:
    """Read a draft file. Raises OSError where it cannot be opened; all else comes back as problems."""
    whole = project.located(path)
    return _typed(Draft(read_file(path, project.shown_located(whole)), stem=path.stem, folder=whole.parent), project)


def load_draft_text(content: bytes, name: Path, project: Project, shown_as: str | None = None) -> Draft:
    """Read a draft from standard input, or from memory, as if it were the file `name`."""
    return _typed(Draft(read_bytes(content, shown_as or name.as_posix()), stem=name.stem, folder=project.located(name).parent), project)


def _typed(draft: Draft, project: Project) -> Draft:
    root, top = draft.document.root, draft.source.top
    if root is None or is_empty(root):
        if not draft.problems:
            draft.problems = (Problem("syntax", top, "the draft is empty", "composer new NEWSLETTER writes one with every section in place"),)
        return draft
    if not isinstance(root, Mapping):
        kind = "a list" if isinstance(root, Sequence) else "a text"
        problem = Problem(
            "wrong-type", top, f"the draft is {kind}, not a mapping of fields", "begin each part with its key: `newsletter: …`, `date: …`, `subject: …`"
        )
        draft.problems = (*draft.problems, problem)
        return draft
    slug = newsletter_slug(root, draft.folder, project)
    if slug is None or slug not in project.newsletter_slugs:
        draft.problems = (*draft.problems, _unknown_newsletter(root, slug, project, top))
        return draft
    newsletter = project.newsletter(slug)
    settings_problems = (*project.newsroom_settings.problems, *project.newsletter_settings(slug).problems)
    if newsletter is None:
        draft.problems = (*draft.problems, *settings_problems)
        return draft
    draft.newsletter, draft.catalogue = newsletter, _catalogue(project, slug)
    pictures = Pictures(draft.folder / draft.stem if draft.folder is not None else None)
    draft.issue, problems, draft.broken = issue_of(draft.catalogue, root, stem=spelled(draft.stem), pictures=pictures, top=top)
    # That a section cannot be had is newsletter.yaml's own fault, and is said there.
    spoken_for = [root.place_of_key(name) for name in draft.catalogue.unusable if name in root.key_scalars]
    # Of words that were lost, and read all the same, nothing is said but that.
    lost = {problem.place for problem in draft.problems if problem.kind == "text-lost-to-comment"}
    problems_of_its_own = (p for p in problems if p.place not in lost and (p.kind != "unknown-field" or p.place not in spoken_for))
    draft.problems = (
        *draft.problems,
        *settings_problems,
        *draft.catalogue.problems,
        *with_command(list(problems_of_its_own), root, draft.path, newsletter.approvals),
    )
    return draft


@once_a_project
def _catalogue(project: Project, newsletter: str) -> Catalogue:
    """One model a newsletter: making it costs more than reading a draft."""
    made = project.newsletter(newsletter)
    assert made is not None, "a newsletter that cannot be used has problems to report, not a catalogue"
    return catalogue_of(made)


def newsletter_slug(root: Mapping, folder: Path | None, project: Project) -> str | None:
    """The newsletter that a draft names, else the one in whose folder under issues/ it lies; `folder` as `located` has it."""
    named = root.get("newsletter")
    if isinstance(named, Scalar) and named.strip():
        return str(named).strip()
    return folder.name if folder is not None and folder.parent == project.issues_located else None


def _unknown_newsletter(root: Mapping, slug: str | None, project: Project, top: Place) -> Problem:
    if slug is None:
        known = ", ".join(f"`{name}`" for name in project.newsletter_slugs)
        return Problem(
            "missing-field", top, "`newsletter` is missing", f"add a line `newsletter: …` with one of {known}, or put the draft under issues/<newsletter>/"
        )
    named = root.get("newsletter")
    place = named.place if isinstance(named, Scalar) and named else top
    return Problem("unknown-newsletter", place, f"no newsletter is called `{slug}`", did_you_mean(slug, project.newsletter_slugs))
