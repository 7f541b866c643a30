"""What rules about templates read: the templates that somebody asked to check, each by its source and all by rendering.

Specimen issues with every section and block are set in them, and the MJML that comes out is held against MJML's
reference; what is wrong with it is traced back to the file and line that wrote it.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import TemplateSyntaxError

from composer.checks.template_problems import CheckedTemplates, TemplateProblem
from composer.checks.template_source_reading import source_faults
from composer.checks.template_styles_reading import StyleSheet, place_of_token, token_named, unused_tokens
from composer.draft.specimen import specimens_of
from composer.files import located
from composer.finding import Problem
from composer.issue.issue import Issue
from composer.place import Place, SourceText
from composer.project.newsletter import Newsletter
from composer.project.project import Project
from composer.proof.jinja import MAX_BYTES, environment_of
from composer.proof.mjml import MjmlRefused, html_of
from composer.proof.mjml_check import faults_in
from composer.proof.mjml_scan import Fault
from composer.proof.page import Page
from composer.proof.render import is_from_template, template_problem, text_of
from composer.proof.source_map import SourceMap
from composer.proof.templates import Templates
from composer.proof.theme import UnknownToken
from composer.proof.traced import TracedMjml, TracedTemplates, as_read


def checked_files(files: Iterable[Path], project: Project) -> CheckedTemplates:
    """Templates and style sheets by themselves, of whatever newsletter."""
    return CheckedTemplates(problem for path in files for problem in _problems_of_file(path, project))


def checked_newsletter(newsletter: Newsletter, project: Project, asked: set[Path]) -> CheckedTemplates:
    """A newsletter's templates together, set with specimens; only what is found in the files asked for."""
    check = _NewsletterCheck(newsletter, project)
    shown = {project.shown(path) for path in asked}
    found = [problem for problem in check.problems() if problem.place.path in shown]
    return CheckedTemplates(found, [place for place in check.inline_rules() if place.path in shown])


def _problems_of_file(path: Path, project: Project) -> Iterator[TemplateProblem]:
    if path.suffix == ".css":
        sheet = _style_sheet(path, project)
        yield from [sheet] if isinstance(sheet, TemplateProblem) else sheet.problems
        return
    folder = located(path).parent
    try:
        environment = environment_of((folder,))
        assert environment.loader is not None
        source, _, _ = environment.loader.get_source(environment, path.name)
        environment.get_template(path.name)
    except TemplateSyntaxError as error:
        yield _broken(template_problem(error, (folder,), project.shown))
        return
    text = SourceText(project.shown(path), as_read(source))
    for fault in source_faults(source):
        yield TemplateProblem(fault.kind, text.place(fault.start, fault.end), fault.message, fault.help)


def _style_sheet(path: Path, project: Project) -> StyleSheet | TemplateProblem:
    top = Place(project.shown(path), 1, 1, 1, 1)
    if path.stat().st_size > MAX_BYTES:
        return TemplateProblem("style-error", top, f"over {MAX_BYTES >> 10:,} KiB no style sheet is read", "keep what the mail needs")
    content = path.read_bytes()
    try:
        return StyleSheet(path, SourceText(project.shown(path), content.decode("utf-8")))
    except UnicodeDecodeError as error:
        return TemplateProblem("style-error", top, f"byte {error.start + 1} is not UTF-8 text", "save the file as UTF-8")


def _broken(problem: Problem) -> TemplateProblem:
    return TemplateProblem("broken", problem.place, problem.message, problem.help)


class _NewsletterCheck:
    def __init__(self, newsletter: Newsletter, project: Project) -> None:
        self._newsletter, self._project = newsletter, project
        # Read anew: a project keeps the templates that it rendered drafts with.
        self._templates = Templates(project, newsletter.slug)
        self._folders = self._templates.folders
        self._traced = TracedTemplates(self._folders, project.shown)

    def problems(self) -> Iterator[TemplateProblem]:
        """What only rendering shows, and what is so only for this newsletter."""
        yield from self._unused_tokens()
        for issue in specimens_of(self._newsletter):
            yield from self._problems_with(issue)

    def inline_rules(self) -> Iterator[Place]:
        """The rules of the style sheets that are inlined for this newsletter."""
        return (rule.place for sheet in self._in_use() for rule in sheet.inline_rules)

    def _problems_with(self, issue: Issue) -> Iterator[TemplateProblem]:
        shown = self._project.shown
        try:
            page = Page(issue, self._project, self._templates, marked=True)
            traced = self._traced.mjml_of(page, SourceMap())
        except UnknownToken as unknown:
            place = Place(shown(unknown.path), unknown.line, 1, unknown.line, 1)
            yield TemplateProblem("broken", place, str(unknown), f"known tokens: {', '.join(unknown.known)}")
            return
        except Exception as error:  # noqa: BLE001 - a template can raise anything; what is Composer's own is raised again
            yield self._raised(error)
            return
        yield from self._problems_in(traced)
        try:
            text_of(self._templates.environment, page)
        except Exception as error:  # noqa: BLE001 - as above
            yield self._raised(error)

    def _raised(self, error: Exception) -> TemplateProblem:
        if not is_from_template(error, self._folders):
            raise error
        return _broken(template_problem(error, self._folders, self._project.shown))

    def _problems_in(self, traced: TracedMjml) -> Iterator[TemplateProblem]:
        faults = faults_in(traced.mjml)
        for fault in faults:
            yield TemplateProblem(fault.kind, self._place(fault, traced), fault.message, fault.help)
        if any(fault.fatal for fault in faults):
            return
        try:
            html_of(traced.mjml)
        except MjmlRefused as refused:
            place = traced.place(refused.offset, refused.offset + 1) if refused.offset is not None else None
            yield TemplateProblem("broken", place or self._top, refused.message, "look at the MJML: composer build --proof --keep-mjml")

    def _place(self, fault: Fault, traced: TracedMjml) -> Place:
        """Where a template writes it; a value that is a token is wrong in the theme."""
        token = self._token_in(traced.source_at(fault.start), traced.mjml[fault.start : fault.end]) if fault.kind == "wrong-value" else None
        in_theme = place_of_token(self._sheets("theme.css"), token) if token is not None else None
        return in_theme or traced.place(fault.start, fault.end) or self._top

    def _token_in(self, expression: str, value: str) -> str | None:
        """The token whose value an expression prints: the one it names, or one that a macro was handed."""
        given = [name for name, of_token in self._templates.theme.tokens.items() if of_token == value]
        named = token_named(expression)
        return (named if named in given else given[0]) if given and expression.startswith("{{") else None

    @property
    def _top(self) -> Place:
        layout = next((folder / "layout.j2" for folder in self._folders if (folder / "layout.j2").is_file()), None)
        return Place(self._project.shown(layout) if layout is not None else "templates", 1, 1, 1, 1)

    def _unused_tokens(self) -> Iterator[TemplateProblem]:
        templates = (path.read_text(encoding="utf-8", errors="replace") for folder in self._folders for path in sorted(folder.rglob("*.j2")))
        return unused_tokens(self._sheets("theme.css"), [*self._sheets("theme.css"), *self._in_use()], templates)

    def _in_use(self) -> list[StyleSheet]:
        """The style sheets of this newsletter: a file of its own stands for the shared one of that name."""
        found: dict[str, Path] = {}
        for folder in self._folders:
            for path in sorted((folder / "styles").glob("*.css")):
                found.setdefault(path.name, path)
        return self._read(found[name] for name in sorted(found))

    def _sheets(self, name: str) -> list[StyleSheet]:
        return self._read(folder / name for folder in self._folders if (folder / name).is_file())

    def _read(self, paths: Iterable[Path]) -> list[StyleSheet]:
        read = (_style_sheet(path, self._project) for path in paths)
        return [sheet for sheet in read if isinstance(sheet, StyleSheet)]
