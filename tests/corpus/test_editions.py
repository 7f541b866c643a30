"""Nine real editions, built: whatever truth.json says was in them is read in the text and in the HTML's body.

In order, each once, in its own section. Before comparing, white space is folded (no-break spaces and line ends
count as spaces, and none is counted between two Chinese characters); the notes `[12]` of the text, its lists of
links, its rules and the bars beside posts are taken out; headings and the headline may stand in capitals there.
Of the HTML only the visible body counts: style, comments and the hidden preheader are left out. The reply button's
words, the title and the preheader are no pieces, and neither are words of the furniture (numbers, "View in
browser"). A post's author and date and a story's byline may well stand elsewhere too and are only looked for in order.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from composer.draft.load import Draft, load_draft
from composer.press import proof_of
from composer.proof.proof import Proof
from tests.corpus.truth import Piece, pieces_of, truths
from tests.newsrooms import NewsroomFolder
from tests.visible import folded, visible_words, words_of_text

# shorter pieces, such as a name or a month, may stand in a sentence as well
LONG_ENOUGH = 30


def complaints(pieces: list[Piece], words: str) -> Iterator[str]:
    """What is missing, doubled, out of order or in another section; nothing for an edition that has it all."""
    small = words.casefold()
    every = " ".join(piece.words for piece in pieces)
    position = 0
    for piece in pieces:
        found = small.find(piece.words.casefold(), position) if piece.any_case else words.find(piece.words, position)
        if found < 0:
            yield f"{piece.section}: not found, or not in its place: {piece.words[:60]}"
            continue
        position = found + len(piece.words)
        if len(piece.words) >= LONG_ENOUGH and not piece.any_case and words.count(piece.words) != every.count(piece.words):
            yield f"{piece.section}: {words.count(piece.words)} times: {piece.words[:60]}"


def editions(corpus: Path) -> list[Path]:
    return sorted((corpus / "drafts").glob("*/*.yaml"))


class Built:
    """An edition as built, with what must be in it."""

    def __init__(self, draft: Draft, proof: Proof, pieces: list[Piece]) -> None:
        self.draft, self.proof, self.pieces = draft, proof, pieces


@pytest.fixture(scope="module")
def built(corpus: Path, newsroom: NewsroomFolder) -> list[Built]:
    known = truths(corpus)
    made = []
    for path in editions(corpus):
        draft = load_draft(path, newsroom.project)
        assert draft.issue is not None, path
        marked = bool(draft.problems)
        pieces = pieces_of(known[folded(str(draft.issue.subject))])
        made.append(Built(draft, proof_of(draft, newsroom.project, marked=marked), pieces))
    return made


def test_all_nine_are_here(built: list[Built]) -> None:
    assert len(built) == 9
    assert [b.draft.issue.of.slug for b in built].count("the-download") == 1  # type: ignore[union-attr]
    assert all(len(b.pieces) > 25 for b in built)


def test_none_of_them_has_a_problem(built: list[Built]) -> None:
    assert [b.proof.problems for b in built] == [[]] * 9


def test_everything_is_read_in_the_html(built: list[Built]) -> None:
    for edition in built:
        assert list(complaints(edition.pieces, visible_words(edition.proof.html))) == [], edition.draft.stem


def test_everything_is_read_in_the_text(built: list[Built]) -> None:
    for edition in built:
        assert list(complaints(edition.pieces, words_of_text(edition.proof.text))) == [], edition.draft.stem


def test_every_picture_has_its_words(built: list[Built]) -> None:
    for edition in built:
        text = folded(edition.proof.text)
        for model in (m for _, m in edition.proof.issue.models() if type(m).__name__ == "Figure"):
            assert folded(model.alt) in text  # type: ignore[attr-defined]


def test_every_piece_leads_back_to_its_own_section(built: list[Built]) -> None:
    """Sections without a heading are told apart by the source map alone."""
    for edition in built:
        html = edition.proof.html
        body = html.index("<body")
        for piece in edition.pieces:
            # up to the first character that HTML may spell otherwise
            start = piece.words[:24].partition("&")[0].partition("<")[0]
            offset = html.find(start, body)
            if piece.any_case or len(start) < 20 or html.count(start, body) != 1:
                continue
            place = edition.proof.place_in_html(offset)
            assert place is not None
            assert edition.draft.section_at(place.line) == piece.section, piece


def _words(edition: Built) -> str:
    return visible_words(edition.proof.html)


@pytest.fixture
def sound(built: list[Built]) -> tuple[list[Piece], str]:
    edition = built[0]
    assert list(complaints(edition.pieces, _words(edition))) == []
    return edition.pieces, _words(edition)


def _long(pieces: list[Piece], section: str) -> list[Piece]:
    return [piece for piece in pieces if piece.section == section and len(piece.words) >= LONG_ENOUGH and not piece.any_case]


@pytest.mark.parametrize("section", ["essay", "catch_up", "lost_in_translation", "one_more_thing"])
def test_a_dropped_piece_is_missed(sound: tuple[list[Piece], str], section: str) -> None:
    pieces, words = sound
    for piece in _long(pieces, section):
        assert list(complaints(pieces, words.replace(piece.words, "")))


@pytest.mark.parametrize("section", ["essay", "catch_up", "lost_in_translation"])
def test_a_doubled_piece_is_noticed(sound: tuple[list[Piece], str], section: str) -> None:
    pieces, words = sound
    for piece in _long(pieces, section):
        assert list(complaints(pieces, words.replace(piece.words, f"{piece.words} {piece.words}")))
        assert list(complaints(pieces, f"{words} {piece.words}"))


@pytest.mark.parametrize("section", ["essay", "catch_up", "lost_in_translation"])
def test_two_neighbors_that_changed_places_are_noticed(sound: tuple[list[Piece], str], section: str) -> None:
    pieces, words = sound
    own = _long(pieces, section)
    assert len(own) > 1
    for first, second in pairwise(own):
        swapped = words.replace(first.words, "\0").replace(second.words, first.words).replace("\0", second.words)
        assert list(complaints(pieces, swapped))


def test_a_piece_in_another_section_is_noticed(sound: tuple[list[Piece], str]) -> None:
    pieces, words = sound
    piece = _long(pieces, "lost_in_translation")[-1]
    heading = next(p for p in pieces if p.section == "one_more_thing")
    moved = words.replace(piece.words, "").replace(heading.words, f"{heading.words} {piece.words}")
    assert list(complaints(pieces, moved))


def test_a_lost_source_mark_is_noticed(sound: tuple[list[Piece], str]) -> None:
    pieces, words = sound
    marked = next(piece for piece in _long(pieces, "catch_up") if piece.words.endswith(" $)"))
    assert list(complaints(pieces, words.replace(marked.words, marked.words.removesuffix(" $)") + ")")))
