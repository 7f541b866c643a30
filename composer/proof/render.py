"""Renders a page through its templates: MJML from the `mjml` macros, plain text from the `text` macros."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup

from composer.blocks.block import Block
from composer.blocks.body import Body
from composer.blocks.brief import Brief
from composer.blocks.figure import Figure
from composer.finding import Problem
from composer.place import Place
from composer.proof.columns import WIDTH, columns, wrapped
from composer.proof.html import ProseHtml, safe_address, text_html
from composer.proof.jinja import TemplateEnvironment
from composer.proof.page import TEXT_WIDTH, Page, Placed, day_text
from composer.proof.source_map import SourceMap, finder_of
from composer.proof.text import Notes, ProseText, capitals, set_in_columns
from composer.prose.markdown import Prose
from composer.prose.merge_fields import protected, restored
from composer.yaml_source.values import Scalar

LAYOUT = "layout.j2"
_LABEL = re.compile(r"^(<p[^>]*>)([^<:]{1,40}:)")


class _Tools:
    """What macros of both kinds call."""

    def __init__(self, environment: TemplateEnvironment, page: Page) -> None:
        self._environment = environment
        self._page = page

    def parts(self, body: Body) -> list[Prose | Block]:
        """A body's texts and blocks."""
        return list(body.parts)

    def is_prose(self, part: Prose | Block) -> bool:
        """Whether a part of a body is a text, not a block."""
        return isinstance(part, Prose)

    def source(self, brief: Brief) -> str:
        """A brief's source mark as a reader sees it."""
        return source_text(brief)

    def day(self, day: date) -> str:
        """A day in words."""
        return day_text(day, self._page.newsletter.language, weekday=False)


class MjmlTools(_Tools):
    """What an `mjml` macro calls: prose as HTML, marks for the source map, sections and blocks by their type."""

    def __init__(self, environment: TemplateEnvironment, page: Page, marks: SourceMap) -> None:
        super().__init__(environment, page)
        self._marks = marks
        self._prose = ProseHtml(marks)

    def section(self, placed: Placed) -> Markup:
        """A section by its type's template."""
        return Markup(self._environment.macro(f"sections/{placed.type}.j2", "mjml")(placed, self._page, self))

    def block(self, block: Block) -> Markup:
        """A block by its type's template."""
        return Markup(self._environment.macro(f"blocks/{block.type}.j2", "mjml")(block, self._page, self))

    def last_text(self, parts: list[Prose | Block]) -> Prose | None:
        """The text that a body ends in, behind whose last paragraph words such as "Read the full story." go.

        None where it ends in a list or a block.
        """
        last = parts[-1] if parts else None
        return last if isinstance(last, Prose) and last.ends_in_paragraph else None

    def prose(self, prose: Prose, heading: int = 3, link: str = "a", behind: str = "", mail: bool = False) -> Markup:
        """Markdown as paragraphs, lists and subheads; `behind` ends the last paragraph, `mail` links bare mail addresses."""
        return self._prose.blocks(prose, heading=heading, link=link, behind=behind, mail=mail)

    def inline(self, prose: Prose, link: str = "a") -> Markup:
        """Markdown as running text."""
        return self._prose.inline(prose, link=link)

    def brief(self, brief: Brief, link: str = "lead") -> Markup:
        """A brief's words without its source mark, as running text."""
        return self._prose.inline(brief.words, link=link)

    def text(self, words: str | None) -> Markup:
        """A plain line, Chinese marked as such."""
        return Markup(text_html(protected(str(words or ""))))

    def lines(self, words: str) -> Markup:
        """Plain text whose line breaks are kept; each line leads back to its own in the draft."""
        made: list[str] = []
        start = 0
        for line in str(words).split("\n"):
            typed = partial(words.place_of, start, start + len(line)) if isinstance(words, Scalar) and line else None
            made.append(f"{self._marks.mark_words(typed)}{text_html(protected(line))}")
            start += len(line) + 1
        return Markup("<br />".join(made))

    def address(self, url: str | None) -> str:
        """An address for a link; one that would run code goes nowhere."""
        return safe_address(protected(str(url or "")))

    def mailto(self, prose: Prose) -> Markup:
        """Running text in which a bare mail address is a link."""
        return self._prose.inline(prose, mail=True)

    def sponsored(self, prose: Prose) -> Markup:
        """Paragraphs whose links say that they are paid for."""
        return Markup(str(self.prose(prose)).replace('<a class="a"', '<a class="a" rel="sponsored"'))

    def labelled(self, prose: Prose) -> Markup:
        """Paragraphs whose first word up to a colon is bold: "Correction: …"."""
        return Markup(_LABEL.sub(r"\1<strong>\2</strong>", str(self.prose(prose)), count=1))

    def at(self, thing: Any) -> Markup:
        """The source map's mark for an HTML element."""
        return Markup(self._marks.mark(finder_of(thing)))

    def at_class(self, thing: Any) -> Markup:
        """The source map's mark to put first in an MJML component's css-class."""
        return Markup(self._marks.mark_class(finder_of(thing)))

    def shown_size(self, figure: Figure) -> tuple[int, int] | None:
        """Width and height at which a figure is shown: never wider than the text, never larger than it is."""
        size = self._page.picture_size(figure)
        if size is None:
            return None
        width = min(TEXT_WIDTH, size[0])
        return width, max(1, round(size[1] * width / size[0]))


class TextTools(_Tools):
    """What a `text` macro calls: prose as wrapped plain text, notes for its links."""

    def __init__(self, environment: TemplateEnvironment, page: Page) -> None:
        super().__init__(environment, page)
        self._notes = Notes()
        self._prose = ProseText(self._notes)

    def section(self, placed: Placed) -> str:
        """A section by its type's template."""
        return str(self._environment.macro(f"sections/{placed.type}.j2", "text")(placed, self._page, self))

    def block(self, block: Block) -> str:
        """A block by its type's template."""
        return str(self._environment.macro(f"blocks/{block.type}.j2", "text")(block, self._page, self))

    def prose(self, prose: Prose, first: str = "", rest: str | None = None, behind: str = "") -> str:
        """Markdown as wrapped paragraphs; `behind` ends the last one."""
        return self._prose.blocks(prose, first=first, rest=rest, behind=lambda: protected(behind))

    def inline(self, prose: Prose) -> str:
        """Markdown as one unwrapped line."""
        return self._prose.inline(prose)

    def brief(self, brief: Brief, first: str = "", rest: str = "") -> str:
        """A brief with its source, hanging behind its number or sign."""
        return self._prose.blocks(brief.words, first=first, rest=rest, behind=lambda: self._behind(brief))

    def _behind(self, brief: Brief) -> str:
        """A brief's source mark, with the notes of linked sources behind its bracket."""
        notes = "".join(f"\u00a0[{self._notes.number(restored(source.href))}]" for source in brief.sources if source.href)
        mark = source_text(brief)
        return f" {mark}{notes}" if mark else ""

    def linked(self, words: str, url: str) -> str:
        """Words with the note of their link behind them."""
        return f"{words}\u00a0[{self._notes.number(url)}]"

    def wrap(self, words: str | None, first: str = "", rest: str | None = None) -> str:
        """Words set in lines."""
        return wrapped(protected(str(words or "")), first=first, rest=rest, flows=not first and not rest)

    def capitals(self, heading: str) -> str:
        """A heading in capitals where that loses nothing."""
        return capitals(heading)

    def underlined(self, heading: str, line: str = "-") -> str:
        """A heading with a rule beneath it, as long as the heading."""
        lines = wrapped(protected(heading))
        return f"{lines}\n{line * min(WIDTH, max(columns(restored(part)) for part in lines.split(chr(10))))}"

    def rule(self, line: str = "-") -> str:
        """A rule across the page."""
        return line * WIDTH

    def notes(self) -> list[str]:
        """The links of the section that ends here, numbered, each on a line of its own."""
        taken = self._notes.taken()
        digits = max((len(str(number)) for number, _ in taken), default=1)
        return [f"{' ' * (digits - len(str(number)))}[{number}] {address}" for number, address in taken]


def source_text(brief: Brief) -> str:
    """A brief's source as it is printed: `(Reuters $)`; empty where it has none."""
    names = ", ".join(", ".join(filter(None, [f"{source.name}\u00a0$" if source.paywall else source.name, source.note])) for source in brief.sources)
    return f"({names})" if names else ""


def mjml_of(environment: TemplateEnvironment, page: Page, marks: SourceMap) -> str:
    """The issue's MJML."""
    return str(environment.macro(LAYOUT, "mjml")(page, MjmlTools(environment, page, marks)))


def text_of(environment: TemplateEnvironment, page: Page) -> str:
    """The issue's plain text."""
    return set_in_columns(str(environment.macro(LAYOUT, "text")(page, TextTools(environment, page))))


def template_problem(error: Exception, folders: tuple[Path, ...], shown: Callable[[Path], str]) -> Problem:
    """What went wrong in a template, at its file and line."""
    path, line = _where(error, folders)
    message = f"this template cannot be rendered: {getattr(error, 'message', None) or error}"
    place = Place(shown(path) if path is not None else "templates", line, 1, line, 1)
    help = (
        "add the template, or correct the name"
        if isinstance(error, TemplateNotFound)
        else "correct the template; composer build --keep-mjml shows what comes out of it"
    )
    return Problem("broken", place, message, help)


def _where(error: Exception, folders: tuple[Path, ...]) -> tuple[Path | None, int]:
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Path(error.filename), error.lineno
    found: tuple[Path, int] | None = None
    step = error.__traceback__
    while step is not None:
        template = step.tb_frame.f_globals.get("__jinja_template__")
        if template is not None and template.filename:
            found = Path(template.filename), template.get_corresponding_lineno(step.tb_lineno)
        step = step.tb_next
    if found is not None:
        return found
    if isinstance(error, TemplateNotFound) and folders:
        return folders[-1] / str(error.name), 1
    return None, 1


def is_from_template(error: Exception, folders: tuple[Path, ...]) -> bool:
    """Whether an error was raised while a template's own line ran, rather than by Composer."""
    return isinstance(error, TemplateError) or _where(error, folders)[0] is not None
