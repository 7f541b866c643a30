"""A proof: the rendered, unsent issue. Each stage is made once, when it is first asked for."""

from collections.abc import Callable
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from composer.blocks.block import models_in
from composer.blocks.figure import Figure
from composer.finding import Problem
from composer.issue.issue import Issue
from composer.issue.pictures import Picture
from composer.place import Place
from composer.project.newsletter import Newsletter
from composer.project.project import Project
from composer.proof.source_map import SourceMap
from composer.prose.merge_fields import restored

if TYPE_CHECKING:
    from composer.proof.page import Page
    from composer.proof.templates import Templates
    from composer.proof.tree import ProofTree


class Proof:
    """`mjml` → `rendered` (HTML before inlining) → `html`; beside them `text` and `message`.

    A stage that fails is empty and leaves a problem with the template's file and line; nothing is raised.
    """

    def __init__(self, issue: Issue, project: Project, *, marked: bool = False) -> None:
        self.issue, self.project, self.marked = issue, project, marked
        self.newsletter: Newsletter = issue.of
        self._source_map = SourceMap(avoiding=self._typed_text)
        self._problems: list[Problem] = []

    @property
    def problems(self) -> list[Problem]:
        """What kept a stage from being made: asks for the HTML before inlining and for the text."""
        _ = self.rendered, self.text
        return self._problems

    @cached_property
    def mjml(self) -> str:
        """The issue as MJML, with the source map's marks in it."""
        from composer.proof.render import mjml_of

        return self._stage(lambda: mjml_of(self._templates.environment, self._page, self._source_map))

    @cached_property
    def rendered(self) -> str:
        """The HTML as MJML makes it: styles not yet inlined, marks and opaque words still in it."""
        if not self.mjml:
            return ""
        from composer.proof.mjml import MjmlRefused, html_of

        try:
            return html_of(self.mjml)
        except MjmlRefused as refused:
            place = self._place_in_mjml(refused.offset)
            self._problems.append(Problem("broken", place, refused.message, "look at the MJML: composer build --proof --keep-mjml"))
            return ""

    @cached_property
    def html(self) -> str:
        """The email's HTML, finished. Pictures beside the draft are named relative to it."""
        return self._source_map.without_marks(self._with_pictures(lambda name: quote(f"{self.issue.stem}/{name}")))

    @cached_property
    def tree(self) -> "ProofTree | None":
        """The finished HTML as elements that know where they were typed; None where there is no HTML."""
        from composer.proof.tree import tree_of

        return tree_of(self._with_pictures(lambda name: quote(f"{self.issue.stem}/{name}")), self._source_map)

    @cached_property
    def text(self) -> str:
        """The plain text."""
        from composer.proof.render import text_of

        return restored(self._stage(lambda: text_of(self._templates.environment, self._page)))

    @cached_property
    def message(self) -> bytes:
        """The mail: text and HTML, with the pictures that lie beside the draft carried inside."""
        if not self.html or not self.text:
            return b""
        from composer.proof.message import content_id, message_of

        carried = {content_id(name, self.newsletter): picture for name, picture in self.pictures.items()}
        html = SourceMap(avoiding=self._typed_text).without_marks(self._with_pictures(lambda name: f"cid:{content_id(name, self.newsletter)}"))
        zone = self.newsletter.time_zone or (self.project.newsroom.time_zone if self.project.newsroom else "UTC")
        view_online = restored(self._page.view_online) if self._page.view_online else None
        return message_of(self.issue, self.newsletter, html=html, text=self.text, pictures=carried, subject=self.subject, view_online=view_online, zone=zone)

    @property
    def subject(self) -> str:
        """The subject; a proof's says that it is one."""
        subject = str(self.issue.subject or self.newsletter.name)
        return f"{self.newsletter.words.proof}: {subject}" if self.marked else subject

    @cached_property
    def pictures(self) -> dict[str, Picture]:
        """The pictures that go with the issue, by name: those beside the draft, unless the newsroom hosts them."""
        if self.project.newsroom is not None and self.project.newsroom.pictures_url:
            return {}
        found = {str(figure.image): self.issue.pictures.find(figure.image) for figure in self._local_figures}
        return {name: picture for name, picture in found.items() if picture is not None}

    def place_in_html(self, offset: int) -> Place | None:
        """The place in the draft of what stands at an offset of `html`; None for the template's own words."""
        _ = self.html
        return self._source_map.place_at(offset)

    def place_in_templates(self, *words: str) -> Place:
        """Where a template, a style sheet or newsletter.yaml says the first of these words that one of them says.

        For what a template, not the draft, brought into the mail; where none of the words is found, the layout's first line.
        """
        from composer.proof.templates import place_in_files

        found = place_in_files(self._templates.folders, words, self.project.shown)
        return found or self._top_of_layout

    @property
    def _top_of_layout(self) -> Place:
        layout = next((folder / "layout.j2" for folder in self._templates.folders if (folder / "layout.j2").is_file()), None)
        return Place(self.project.shown(layout) if layout else "templates", 1, 1, 1, 1)

    @property
    def _typed_text(self) -> str:
        origin = self.issue.origin
        return origin.source.text if origin is not None else ""

    @cached_property
    def _templates(self) -> "Templates":
        from composer.proof.templates import templates_of

        return templates_of(self.project, self.newsletter.slug)

    @cached_property
    def _page(self) -> "Page":
        from composer.proof.page import Page

        return Page(self.issue, self.project, self._templates.theme, marked=self.marked)

    def _stage(self, make: Callable[[], str]) -> str:
        from composer.proof.render import is_from_template, template_problem
        from composer.proof.theme import UnknownToken

        try:
            return make()
        except UnknownToken as unknown:
            place = Place(self.project.shown(unknown.path), unknown.line, 1, unknown.line, 1)
            problem = Problem("broken", place, str(unknown), f"known tokens: {', '.join(unknown.known)}")
        except Exception as error:
            if not is_from_template(error, self._templates.folders):
                raise
            problem = template_problem(error, self._templates.folders, self.project.shown)
        if problem not in self._problems:
            self._problems.append(problem)
        return ""

    @cached_property
    def _inlined(self) -> str:
        if not self.rendered:
            return ""
        from composer.proof.inline import inlined

        return restored(inlined(self.rendered, self._templates.theme.inlined))

    @property
    def _local_figures(self) -> list[Figure]:
        """The figures whose pictures lie beside the draft."""
        return [m for section in self.issue.sections.values() for m in models_in(section) if isinstance(m, Figure) and m.is_local]

    def _with_pictures(self, address: Callable[[str], str]) -> str:
        """The HTML with the words that stand for pictures turned into addresses.

        Only for the issue's own pictures: a word that somebody typed to look like one stays a word.
        """
        if "zpic" not in self._inlined:
            return self._inlined
        from composer.proof.page import OPAQUE_PICTURE, opaque_picture

        addresses = {opaque_picture(figure.image): escape(address(figure.image)) for figure in self._local_figures}
        return OPAQUE_PICTURE.sub(lambda m: addresses.get(m[0], m[0]), self._inlined)

    def _place_in_mjml(self, offset: int | None) -> Place:
        """MJML is made by templates; the nearest mark before the fault names the draft's line."""
        if offset is None:
            return self._top_of_layout
        return self._source_map.place_before(self.mjml[:offset]) or self._top_of_layout
