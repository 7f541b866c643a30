"""A proof: the rendered, unsent issue. Each stage is made once, when it is first asked for."""

from collections.abc import Callable
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from composer.blocks.figure import Figure
from composer.finding import Problem
from composer.issue.issue import Issue
from composer.issue.pictures import Picture, picture_at
from composer.place import Place
from composer.project.newsletter import Newsletter
from composer.project.project import Project
from composer.proof.respelling import RefusedField, Respelling
from composer.proof.source_map import SourceMap
from composer.prose.merge_fields import Spelling, protected_in_markup, restored

if TYPE_CHECKING:
    from composer.proof.message import Reader
    from composer.proof.page import Page
    from composer.proof.templates import Templates
    from composer.proof.theme import Theme
    from composer.proof.tree import ProofTree


_NOT_IN_XML = bytes([*range(9), 11, 12, *range(14, 32)])


class Proof:
    """`mjml` → `rendered` (HTML before inlining) → `html`; beside them `text` and `message`.

    A stage that fails is empty and leaves a problem with the template's file and line; nothing is raised.
    With `spelling`, merge fields stand in `html`, `text` and `message` as a delivery service spells them; those that
    it cannot be told of stay as they were typed, and are listed in `refused`.
    """

    def __init__(self, issue: Issue, project: Project, *, marked: bool = False, spelling: Spelling | None = None) -> None:
        self.issue, self.project, self.marked = issue, project, marked
        self.newsletter: Newsletter = issue.of
        self._source_map = SourceMap(avoiding=self._typed_text)
        self._problems: list[Problem] = []
        self._fields = Respelling(spelling)

    @property
    def refused(self) -> list[RefusedField]:
        """The fields that the delivery service cannot be told of: asks for the whole mail."""
        _ = self.html, self.text, self.message
        return self._fields.refused

    @property
    def problems(self) -> list[Problem]:
        """What kept a stage from being made: asks for the HTML before inlining and for the text."""
        _ = self.rendered, self.text
        return self._problems

    @cached_property
    def mjml(self) -> str:
        """The issue as MJML, with the source map's marks in it."""
        from composer.proof.render import mjml_of

        made = protected_in_markup(self._stage(lambda: mjml_of(self._templates.environment, self._page, self._source_map)))
        # An escape in double quotes can bring characters that no XML may hold; a rule speaks of them at their place.
        return _as_xml_may_hold(made) if "\\" in self._typed_text else made

    @cached_property
    def rendered(self) -> str:
        """The HTML as MJML makes it: styles not yet inlined, marks and opaque words still in it."""
        if not self.mjml:
            return ""
        from composer.proof.mjml import MjmlRefused, html_of

        try:
            return html_of(self.mjml)
        except MjmlRefused as refused:
            self._problems += self._faults_of_mjml() or [self._refused_by_engine(refused.message, refused.offset)]
            return ""

    @cached_property
    def html(self) -> str:
        """The email's HTML, finished. Pictures beside the draft are named relative to it."""
        return self._with_pictures(self._file_address)

    @cached_property
    def web(self) -> str:
        """The page for "View in browser": the HTML without what only mail programs need."""
        from composer.proof.web import web_of

        address = restored(self._page.view_online) if self._page.view_online else None
        return web_of(self.html, address=address, description=_as_xml_may_hold(str(self.issue.preheader or "")))

    @cached_property
    def tree(self) -> "ProofTree | None":
        """The finished HTML as elements that know where they were typed; None where there is no HTML."""
        from composer.proof.tree import tree_of

        return tree_of(self.html, self._inlined, self._source_map)

    @cached_property
    def text(self) -> str:
        """The plain text."""
        from composer.proof.flowed import unmarked

        return unmarked(self._text_that_flows)

    @cached_property
    def _text_that_flows(self) -> str:
        """The plain text with the marks of lines that may be set anew."""
        from composer.proof.render import text_of

        return self._fields.of(self._stage(lambda: text_of(self._templates.environment, self._page)), "text")

    @cached_property
    def message(self) -> bytes:
        """The mail: text and HTML, with the pictures that lie beside the draft carried inside."""
        return self._message(self._fields.of(self.subject, "subject"), None)

    def message_to(self, reader: "Reader", *, mark: str) -> bytes:
        """The mail for one reader by itself, with a mark in front of its subject; merge fields show their fallbacks."""
        return self._message(f"{mark} {self.subject}", reader)

    def _message(self, subject: str, reader: "Reader | None") -> bytes:
        if not self.html or not self.text:
            return b""
        from composer.proof.flowed import flowed
        from composer.proof.message import content_id, message_of

        carried = {content_id(name, self.newsletter): picture for name, picture in self.pictures.items()}
        html = self._with_pictures(lambda name: f"cid:{content_id(name, self.newsletter)}")
        view_online = restored(self._page.view_online) if self._page.view_online else None
        return message_of(
            self.issue,
            self.newsletter,
            html=html,
            text=flowed(self._text_that_flows),
            pictures=carried,
            subject=subject,
            view_online=view_online,
            zone=self.project.time_zone_of(self.newsletter),
            in_header=self._fields.of_header,
            reader=reader,
        )

    @property
    def subject(self) -> str:
        """The subject; a proof's says that it is one."""
        subject = str(self.issue.subject or self.newsletter.name)
        return f"{self.newsletter.words.proof}: {subject}" if self.marked else subject

    @cached_property
    def pictures(self) -> dict[str, Picture]:
        """The pictures that go with the issue, by name: those beside the draft and icons, unless the newsroom hosts them."""
        if self.project.newsroom is not None and self.project.newsroom.pictures_url:
            return {}
        found = {str(figure.image): self.issue.pictures.find(figure.image) for figure in self._local_figures}
        found |= {name: picture_at(path) for name, path in self._icons.items()}
        return {name: picture for name, picture in found.items() if picture is not None}

    @cached_property
    def picture_files(self) -> dict[str, Path]:
        """The files of figures beside the draft and of icons, by the addresses by which `html` calls them, the newsroom's host's too."""
        addresses = self._addresses(self._file_address)
        return {addresses.get(word, word): file for word, file in self._page.picture_files(self._local_figures)} if self.html else {}

    def place_in_html(self, offset: int) -> Place | None:
        """The place in the draft of what stands at an offset of `html`; None for the template's own words."""
        from composer.proof.opaque_pictures import offset_among_words

        before_addresses = offset_among_words(self._unmarked, self._addresses(self._file_address), offset)
        return self._source_map.place_at(before_addresses)

    def place_in_templates(self, *words: str) -> Place:
        """Where a template, a style sheet or newsletter.yaml says the first of these words that one of them says.

        For what a template, not the draft, brought into the mail; where none of the words is found, the layout's first line.
        """
        from composer.proof.templates import place_in_files

        found = place_in_files(self._templates.folders, words, self.project.shown)
        return found or self._top_of_layout

    @property
    def theme(self) -> "Theme":
        """The newsletter's tokens and style sheets. Raises UnknownToken, which `problems` then holds already."""
        return self._templates.theme

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

        return Page(self.issue, self.project, self._templates, marked=self.marked)

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

        return self._fields.of_html(inlined(self.rendered, self._templates.theme.inlined))

    @cached_property
    def _local_figures(self) -> list[Figure]:
        """The figures whose pictures lie beside the draft."""
        return [model for _, model in self.issue.models() if isinstance(model, Figure) and model.is_local]

    @cached_property
    def _icons(self) -> dict[str, Path]:
        """The icons that the templates printed, by the names under which they go with the issue."""
        if not self.newsletter.social:
            return {}
        from composer.project.icons import file_name, icon_of
        from composer.proof.opaque_pictures import opaque_picture

        icons = [icon_of(profile, self._templates.folders) for profile in self.newsletter.social]
        return {file_name(icon): icon for icon in icons if icon is not None and opaque_picture(file_name(icon)) in self._inlined}

    @cached_property
    def _unmarked(self) -> str:
        """The HTML without the source map's marks, words standing for the pictures beside the draft."""
        return self._source_map.without_marks(self._inlined)

    def _file_address(self, name: str) -> str:
        """A picture relative to the HTML as a file."""
        return quote(f"{self.issue.stem}/{name}")

    def _with_pictures(self, address: Callable[[str], str]) -> str:
        """The HTML with the words that stand for pictures turned into addresses."""
        from composer.proof.opaque_pictures import with_addresses

        return with_addresses(self._unmarked, self._addresses(address))

    def _addresses(self, address: Callable[[str], str]) -> dict[str, str]:
        """What the words that stand for the issue's own pictures become."""
        # without HTML there may be no page either, for want of a theme
        return {word: escape(address(name)) for word, name in self._page.opaque_pictures.items()} if self._unmarked else {}

    def _faults_of_mjml(self) -> list[Problem]:
        """What our own reading of the MJML says against it, each in the template that wrote it.

        The engine often names no place, and never one in a template.
        """
        from composer.proof.mjml_check import faults_in
        from composer.proof.traced import TracedTemplates

        traced = TracedTemplates(self._templates.folders, self.project.shown).mjml_of(self._page, SourceMap(avoiding=self._typed_text))
        faults = faults_in(traced.mjml)
        # MRML takes most of what stands in the wrong place, and refuses some of it.
        reasons = [fault for fault in faults if fault.fatal] or [fault for fault in faults if fault.kind in ("wrong-nesting", "unknown-tag")]
        placed = ((fault, traced.place(fault.start, fault.end) or self._top_of_layout) for fault in reasons)
        return list(dict.fromkeys(Problem("broken", place, f"MJML makes no mail of this: {fault.message}", fault.help) for fault, place in placed))

    def _refused_by_engine(self, message: str, offset: int | None) -> Problem:
        return Problem("broken", self._place_in_mjml(offset), message, "look at the MJML: composer build --proof --keep-mjml")

    def _place_in_mjml(self, offset: int | None) -> Place:
        """MJML is made by templates; the nearest mark before the fault names the draft's line."""
        if offset is None:
            return self._top_of_layout
        return self._source_map.place_before(self.mjml[:offset]) or self._top_of_layout


def _as_xml_may_hold(text: str) -> str:
    """A text without the control characters that XML knows no way to write."""
    # Bytes drop them ten times as quickly as text does.
    return text.encode("utf-8", "surrogatepass").translate(None, _NOT_IN_XML).decode("utf-8", "surrogatepass")
