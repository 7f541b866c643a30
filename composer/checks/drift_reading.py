"""What both parts of a mail must have: the headlines, briefs and links of an issue, and whether each part has them."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from markdown_it.token import Token

from composer.blocks.brief import Brief
from composer.checks.delivery_reading import seen_in_html, seen_in_text, squeezed, visible_links
from composer.place import Place
from composer.proof.proof import Proof
from composer.prose.markdown import Link, Prose
from composer.prose.merge_fields import restored
from composer.yaml_source.typed import Typed
from composer.yaml_source.values import Scalar

_ADDRESSES = ("url", "link")
# behind an address in the plain text, any of these says that it goes on
_GOES_ON = frozenset("/?#&=%_-~+")


class Piece(NamedTuple):
    """A headline, brief or link: its words in runs that nothing interrupts, or its address; and where it was typed.

    Its place is looked up when it is asked for: looked up for every link, places took 2 ms of a draft's check.
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
        self._html, self._text = _searchable(seen_in_html(proof)), _searchable(seen_in_text(proof))
        self._links = frozenset(link.href for link in visible_links(proof))
        self._plain = proof.text
        self._tokens = frozenset(proof.text.split())

    def have(self, piece: Piece) -> tuple[bool, bool]:
        """Whether the rendered mail has a piece, and whether the plain text has it."""
        if piece.address:
            return piece.address in self._links, self._text_has(piece.address)
        return all(run in self._html for run in piece.words), all(run in self._text for run in piece.words)

    def _text_has(self, address: str) -> bool:
        address = address.removeprefix("mailto:").partition("?")[0] if address.startswith("mailto:") else address
        if address in self._tokens:
            return True
        at = self._plain.find(address)
        while at >= 0:
            behind = self._plain[at + len(address) : at + len(address) + 1]
            if not behind.isalnum() and behind not in _GOES_ON:
                return True
            at = self._plain.find(address, at + 1)
        return False


def sections_of(proof: Proof) -> Iterator[list[Piece]]:
    """The pieces of each section, in order; what stands in a brief follows it."""
    issue = proof.issue
    if isinstance(issue.subject, Scalar) and _subject_is_headline(proof):
        yield [Piece.of("headline", issue.subject, words=(_searchable(squeezed(issue.subject)),))]
    for section in issue.sections.values():
        yield list(_pieces(section, ""))


def _subject_is_headline(proof: Proof) -> bool:
    """Whether no section brings a headline of its own to lead the issue."""
    leading = next((section for section in proof.issue.sections.values() if section.leads), None)
    return leading is None or (hasattr(leading, "headline") and leading.headline is None)


def _pieces(value: object, field: str) -> Iterator[Piece]:
    if isinstance(value, Brief):
        yield from _brief(value)
    if isinstance(value, Prose):
        for link in value.links:
            if link.text.strip() and value.origin is not None:
                yield _link(value.origin, link)
    elif isinstance(value, Typed):
        for name in type(value).model_fields:
            yield from _pieces(getattr(value, name), name)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _pieces(item, field)
    elif isinstance(value, Scalar) and field in _ADDRESSES:
        yield Piece.of("link", value, address=str(value))
    elif isinstance(value, Scalar) and field == "headline":
        yield Piece.of("headline", value, words=(_searchable(squeezed(value)),))


def _brief(brief: Brief) -> Iterator[Piece]:
    if brief.text.origin is not None:
        runs = (run for token in brief.tokens if token.type == "inline" for run in _runs(token.children or []))
        yield Piece.of("brief", brief.text.origin, words=tuple(run for run in map(_searchable, runs) if run))


def _runs(children: list[Token]) -> Iterator[str]:
    """The words up to the end of each link: there the plain text has a note."""
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
