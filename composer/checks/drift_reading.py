"""What both parts of a mail must have: the headlines, briefs and links of an issue, and whether each part has them."""

import re
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from composer.blocks.block import fields_of
from composer.blocks.brief import Brief
from composer.checks.delivery_reading import seen_in_html, seen_in_text, squeezed, visible_links
from composer.checks.link_reading import ADDRESS_FIELDS
from composer.place import Place
from composer.proof.proof import Proof
from composer.prose.markdown import Link, Prose, children_of
from composer.prose.merge_fields import restored
from composer.yaml_source.typed import Typed
from composer.yaml_source.values import Scalar

if TYPE_CHECKING:
    from markdown_it.token import Token

# behind an address in the plain text, any of these says that it goes on
_GOES_ON = frozenset("/?#&=%_-~+")


class Piece(NamedTuple):
    """A headline, brief or link: its words in runs that nothing interrupts, or its address; and where it was typed.

    Words are without white space. Its place is looked up when it is asked for: looked up for every link, places took
    2 ms of a draft's check.
    """

    kind: str
    typed_at: Callable[[], Place]
    words: tuple[str, ...] = ()
    address: str = ""

    @property
    def place(self) -> Place:
        """Where it was typed."""
        return self.typed_at()

    @classmethod
    def of(cls, kind: str, typed: Scalar, *, words: tuple[str, ...] = (), address: str = "") -> "Piece":
        """A piece that is a whole value of the draft or of the settings."""
        return cls(kind, lambda: typed.place, words, address)


class Parts:
    """The rendered mail and the plain text of a proof, ready to be asked."""

    def __init__(self, proof: Proof) -> None:
        self._html, self._text = Words(seen_in_html(proof)), Words(seen_in_text(proof))
        self._links = frozenset(link.href for link in visible_links(proof))
        self._plain = proof.text
        self._reached = 0

    def have(self, piece: Piece) -> tuple[bool, bool]:
        """Whether the rendered mail has a piece, and whether the plain text has it."""
        if piece.address:
            return piece.address in self._links, self._text_has(piece.address)
        return all(map(self._html.have, piece.words)), all(map(self._text.have, piece.words))

    def _text_has(self, address: str) -> bool:
        address = address.removeprefix("mailto:").partition("?")[0] if address.startswith("mailto:") else address
        # Addresses stand in the text in the order in which they were typed, nearly always.
        return self._text_has_from(self._reached, address) or self._text_has_from(0, address)

    def _text_has_from(self, start: int, address: str) -> bool:
        at = self._plain.find(address, start)
        while at >= 0:
            behind = self._plain[at + len(address) : at + len(address) + 1]
            if not behind.isalnum() and behind not in _GOES_ON:
                self._reached = at
                return True
            at = self._plain.find(address, at + 1)
        return False


class Words:
    """The words of a part without white space, to be searched for what differs from the draft in nothing that counts.

    Each search begins where the last one ended: briefs stand in both parts in the order in which they were typed, and a
    search of the whole for each took half of the rule's time.
    """

    def __init__(self, words: str) -> None:
        self._words = words
        self._reached = 0

    def have(self, run: str) -> bool:
        """Whether a run of words without white space is among them."""
        return self._have_literally(run) or self._have_in_capitals(run) or _searchable(run) in self._searchable

    def _have_in_capitals(self, run: str) -> bool:
        """Whether it is among them as the plain text spells headlines; where a letter's capital is another letter's too, that says nothing."""
        capitals = run.upper()
        return capitals.casefold() == run.casefold() and self._have_literally(capitals)

    def _have_literally(self, run: str) -> bool:
        """Whether it is among them letter by letter: then it is as well without what does not count.

        Digits and brackets are the exception, for with what stands around them they may be the number of a note.
        """
        if run.isdecimal() or "[" in run or "]" in run:
            return False
        at = self._words.find(run, self._reached)
        if at < 0:
            at = self._words.find(run)
        if at >= 0:
            self._reached = at + len(run)
        return at >= 0

    @cached_property
    def _searchable(self) -> str:
        return _searchable(self._words)


def sections_of(proof: Proof) -> Iterator[list[Piece]]:
    """The pieces of each section, in order; what stands in a brief follows it."""
    issue = proof.issue
    if isinstance(issue.subject, Scalar) and _subject_is_headline(proof):
        yield [Piece.of("headline", issue.subject, words=(squeezed(issue.subject),))]
    for section in issue.sections.values():
        pieces: list[Piece] = []
        _collect(section, "", pieces)
        yield pieces


def _subject_is_headline(proof: Proof) -> bool:
    """Whether no section brings a headline of its own to lead the issue."""
    leading = next((section for section in proof.issue.sections.values() if section.leads), None)
    return leading is None or (hasattr(leading, "headline") and leading.headline is None)


def _collect(value: object, field: str, pieces: list[Piece]) -> None:
    """Adds the pieces of a value that stands behind this field."""
    if isinstance(value, Typed):
        if isinstance(value, Brief):
            pieces.extend(_brief(value))
        for name in fields_of(type(value)):
            _collect(getattr(value, name), name, pieces)
    elif isinstance(value, Prose):
        if value.origin is not None:
            pieces.extend(_link(value.origin, link) for link in value.links if link.text.strip())
    elif isinstance(value, (list, tuple)):
        for item in value:
            _collect(item, field, pieces)
    elif isinstance(value, Scalar) and field in ADDRESS_FIELDS:
        pieces.append(Piece.of("link", value, address=str(value)))
    elif isinstance(value, Scalar) and field == "headline":
        pieces.append(Piece.of("headline", value, words=(squeezed(value),)))


def _brief(brief: Brief) -> Iterator[Piece]:
    origin = brief.text.origin
    if origin is not None:
        yield Piece.of("brief", origin, words=tuple(_runs_of(brief.words)))


def _runs_of(words: Prose) -> Iterator[str]:
    """The words up to the end of each link: there the plain text has a note."""
    if words.paragraphs is None:
        for token in words.inlines:
            yield from _runs(token.children or [])
        return
    for paragraph in words.paragraphs:
        if paragraph.runs is None:
            yield from _runs(children_of(paragraph))
        else:
            run = paragraph.runs.lead
            for span in paragraph.runs.spans:
                run += span.words
                if span.address is not None:
                    yield squeezed(restored(run))
                    run = ""
                run += span.behind
            yield squeezed(restored(run))


def _runs(children: "list[Token]") -> Iterator[str]:
    run: list[str] = []
    for child in children:
        if child.type in ("text", "code_inline"):
            run.append(child.content)
        elif child.type == "link_close":
            yield squeezed(restored("".join(run)))
            run.clear()
    yield squeezed(restored("".join(run)))


def _link(text: Scalar, link: Link) -> Piece:
    return Piece("link", lambda: text.place_of(link.offset, link.offset + len(link.href)), address=link.href)


def _searchable(squeezed_words: str) -> str:
    """Without what differs between the parts: capitals, the numbers of notes, and control characters."""
    return _not_words().sub("", squeezed_words).casefold()


@cache
def _not_words() -> re.Pattern[str]:
    return re.compile(r"\[\d+\]|[\x00-\x1f\x7f]")
