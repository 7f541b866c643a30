"""Markdown to email HTML: classes for the theme to style, marks for the source map, nothing a client would drop."""

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from composer.place import Place
from composer.proof.source_map import SourceMap
from composer.prose.markdown import Prose, children_of
from composer.prose.merge_fields import restored
from composer.prose.paragraphs import Paragraph
from composer.prose.scripts import first_foreign, is_han, is_hangul, is_kana, is_wide_punctuation
from composer.sections.sign_off import mail_addresses

if TYPE_CHECKING:
    from markdown_it.token import Token

_SAFE_SCHEME = re.compile(r"(?:https?|mailto|tel|cid):|[^:]*(?:[/?#]|$)", re.IGNORECASE)


def text_html(text: str, *, in_italics: bool = False) -> str:
    """Text as HTML; runs of Chinese carry their language, so that the right font is taken, and stand upright."""
    escaped = _escaped(text)
    if first_foreign(escaped) is None:
        return escaped
    runs = "".join(_far_eastern().findall(escaped))
    # Kana or hangul make a text another language.
    if not runs or any(is_kana(c) or is_hangul(c) for c in runs):
        return escaped
    return _far_eastern().sub(partial(_with_language, upright=in_italics), escaped)


@cache
def _far_eastern() -> re.Pattern[str]:
    """A run of characters that may be Chinese, Japanese or Korean, or such a script's punctuation."""
    return re.compile("[^\x00-\u2fff]+")


def _with_language(run: re.Match[str], *, upright: bool) -> str:
    """The Chinese characters of a run, with the punctuation between and behind them, in elements of their own."""
    opening = '<span lang="zh-Hans" class="han">' if upright else '<span lang="zh-Hans">'
    made: list[str] = []
    within = False
    for character in run[0]:
        if within != (is_han(character) or (within and is_wide_punctuation(character))):
            made.append("</span>" if within else opening)
            within = not within
        made.append(character)
    return "".join([*made, "</span>" if within else ""])


def _escaped(text: str) -> str:
    """As html.escape without quotes; three searches of a text that needs none of it take a third of the time."""
    return escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text


def _lines_html(lines: str, of_line: Callable[[str], str] = text_html) -> str:
    """Lines as HTML; each is looked at by itself, since kana in one says nothing of the next."""
    return "\n".join(map(of_line, lines.split("\n"))) if "\n" in lines else of_line(lines)


def safe_address(url: str) -> str:
    """An address fit for a link: one with a scheme that runs code goes nowhere."""
    return url if _SAFE_SCHEME.match(url.strip()) else "#"


class ProseHtml:
    """Renders prose for one issue; `marks` remembers where each element comes from."""

    def __init__(self, marks: SourceMap) -> None:
        self.marks = marks

    def blocks(self, prose: Prose, *, heading: int = 3, link: str = "a", behind: str = "", mail: bool = False) -> Markup:
        """Paragraphs, lists, quotes and subheads.

        `heading` is the level of a subhead; `behind` is HTML put at the end of the last paragraph; with `mail`, a bare
        mail address is a link.
        """
        if prose.paragraphs is not None:
            return Markup(self._paragraphs(prose, prose.paragraphs, heading, link, behind, mail=mail))
        out: list[str] = []
        stream = prose.tokens
        last = max((i for i, t in enumerate(stream) if t.type == "inline"), default=-1)
        for index, token in enumerate(stream):
            kind = token.type
            if kind == "inline":
                out.append(self._inline(token.children or [], prose, link, mail=mail))
                if index == last:
                    out.append(behind)
            elif kind == "paragraph_open":
                if not token.hidden:
                    out.append(f'<p class="{_edges("p", stream, index)}"{self._mark(prose, token)}>')
            elif kind == "paragraph_close":
                if not token.hidden:
                    out.append("</p>")
            elif kind == "heading_open":
                out.append(f'<h{heading} class="{_edges("sub", stream, index)}"{self._mark(prose, token)}>')
            elif kind == "heading_close":
                out.append(f"</h{heading}>")
            elif kind in ("bullet_list_open", "ordered_list_open"):
                start = f' start="{token.attrs["start"]}"' if "start" in token.attrs else ""
                name = "list tens" if token.tag == "ol" and _last_number(stream, index) > 9 else "list"
                out.append(f'<{token.tag} class="{_edges(name, stream, index)}"{start}>')
            elif kind == "list_item_open":
                out.append(f'<li class="{_edges("item", stream, index)}"{self._mark(prose, token)}>')
            elif kind == "blockquote_open":
                out.append(f'<blockquote class="{_edges("bq", stream, index)}">')
            elif kind == "hr":
                out.append('<hr class="hr" />')
            elif token.nesting < 0:
                out.append(f"</{token.tag}>")
        return Markup("".join(out))

    def _paragraphs(self, prose: Prose, paragraphs: list[Paragraph], heading: int, link: str, behind: str, *, mail: bool) -> str:
        out: list[str] = []
        last = len(paragraphs) - 1
        for index, paragraph in enumerate(paragraphs):
            tag = f"h{heading}" if paragraph.level else "p"
            name = "p" if not paragraph.level else "sub first" if index == 0 else "sub"
            end, more = (" end", behind) if index == last else ("", "")
            out.append(f'<{tag} class="{name}{end}"{self._mark(prose, paragraph)}>{self._running(paragraph, prose, link, mail=mail)}{more}</{tag}>')
        return "".join(out)

    def inline(self, prose: Prose, *, link: str = "a", mail: bool = False) -> Markup:
        """Running text only; paragraphs are set apart by line breaks. With `mail`, a bare mail address is a link.

        To Markdown "1984. That was it." is the 1984th item of a list; here the number is one of the words.
        """
        made = (
            [self._marked(prose, p) + self._running(p, prose, link, mail=mail) for p in prose.paragraphs]
            if prose.paragraphs is not None
            else [self._marked(prose, t) + number + self._inline(t.children or [], prose, link, mail=mail) for number, t in prose.numbered]
        )
        return Markup("<br /><br />".join(made))

    def _marked(self, prose: Prose, block: "Token | Paragraph") -> str:
        return self.marks.mark_words(lambda: prose.place_of_block(block)) if prose.origin is not None else ""

    def _mark(self, prose: Prose, block: "Token | Paragraph") -> str:
        return self.marks.mark(lambda: prose.place_of_block(block)) if prose.origin is not None else ""

    def _running(self, paragraph: Paragraph, prose: Prose, link: str, *, mail: bool) -> str:
        runs = paragraph.runs
        if runs is None:
            return self._inline(children_of(paragraph), prose, link, mail=mail)
        of_lines = partial(_lines_html, of_line=partial(_with_mail_links, link=link)) if mail else _escaped if paragraph.is_western else _lines_html
        out = [of_lines(runs.lead)]
        for words, address, behind in runs.spans:
            if address is None:
                emphasized = _with_mail_links(words, link, in_italics=True) if mail else text_html(words, in_italics=True)
                out.append(f"<em>{emphasized}</em>{of_lines(behind)}")
            else:
                out.append(f'<a class="{link}" href="{_escaped(address)}"{self._mark_of_link(prose, address)}>{text_html(words)}</a>{of_lines(behind)}')
        return "".join(out)

    def _mark_of_link(self, prose: Prose, href: str) -> str:
        return self.marks.mark(lambda: _place_of_link(prose, href)) if prose.origin is not None else ""

    def _inline(self, children: "Sequence[Token]", prose: Prose, link: str, *, mail: bool = False) -> str:
        out: list[str] = []
        italics, linked = 0, False
        for child in children:
            kind = child.type
            if kind == "text" and mail and not linked:
                out.append(_with_mail_links(child.content, link, in_italics=italics > 0))
            elif kind == "text":
                out.append(text_html(child.content, in_italics=italics > 0))
            elif kind == "softbreak":
                out.append("\n")
            elif kind == "hardbreak":
                out.append("<br />")
            elif kind == "code_inline":
                out.append(f'<code class="code">{escape(child.content, quote=False)}</code>')
            elif kind == "link_open":
                linked = True
                href = str(child.attrs["href"])
                out.append(f'<a class="{link}" href="{escape(href)}"{self._mark_of_link(prose, href)}>')
            elif kind == "link_close":
                linked = False
                out.append("</a>")
            elif kind in ("em_open", "em_close", "strong_open", "strong_close"):
                italics += child.nesting if child.tag == "em" else 0
                out.append(f"<{child.tag}>" if child.nesting > 0 else f"</{child.tag}>")
        return "".join(out)


def _edges(name: str, stream: "Sequence[Token]", index: int) -> str:
    """The class of a block, with `first` for a subhead that begins a text and `end` for what ends its container.

    The space around a text is the template's, and many clients know no `:last-child`.
    """
    opening = stream[index]
    closing = next((i for i in range(index + 1, len(stream)) if stream[i].nesting < 0 and stream[i].level == opening.level), index)
    ends = closing + 1 >= len(stream) or stream[closing + 1].nesting < 0
    begins = index == 0 and name == "sub"
    return f"{name}{' first' if begins else ''}{' end' if ends else ''}"


def _last_number(stream: "Sequence[Token]", index: int) -> int:
    """The number of the last item of the ordered list that opens here."""
    opening = stream[index]
    closing = next(i for i in range(index + 1, len(stream)) if stream[i].nesting < 0 and stream[i].level == opening.level)
    items = sum(token.type == "list_item_open" and token.level == opening.level + 1 for token in stream[index:closing])
    return int(opening.attrs.get("start", 1)) + items - 1


def _with_mail_links(text: str, link: str, *, in_italics: bool = False) -> str:
    parts: list[str] = []
    end = 0
    for found in mail_addresses(text):
        address = found[0]
        parts.append(text_html(text[end : found.start()], in_italics=in_italics))
        parts.append(f'<a class="{link}" href="mailto:{escape(quote(address, safe="@+"))}">{escape(address, quote=False)}</a>')
        end = found.end()
    return "".join([*parts, text_html(text[end:], in_italics=in_italics)])


def _place_of_link(prose: Prose, href: str) -> Place | None:
    found = next((link for link in prose.links if link.href == restored(href)), None)
    return prose.place(found.offset, found.offset + len(found.href)) if found is not None else None
