"""Whatever style a text is typed in, each of its characters is found where it stands in the file."""

from typing import NamedTuple

from hypothesis import given, settings, strategies as st

from composer.yaml_source.reader import read_text
from composer.yaml_source.values import Mapping, Scalar

LETTERS = "abcdefgXYZéßñ中文編集，。（）😀👩🏽“”’—$%&@()[]{}*!?"
FIRST = "abcXYZé中😀“—"
LAST = "abcXYZé中😀”.。"
ESCAPES = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\", "\u00a0": "\\_", "\u2028": "\\L", "\u2029": "\\P", "\x85": "\\N", " ": "\\ ", "\x1b": "\\e"}


class Spelled(NamedTuple):
    """A text as a file spells it, and where each character of the text stands in that spelling.

    None stands where a line break was folded away: several places are as good.
    """

    text: str
    spelling: str
    offsets: list[int | None]


class Speller:
    """Builds a spelling and its offsets side by side, without looking at the code under test."""

    def __init__(self, lead: str = "") -> None:
        self.spelling, self.text = lead, ""
        self.offsets: list[int | None] = []

    def put(self, character: str, spelled: str | None = None, *, exact: bool = True) -> None:
        self.offsets.append(len(self.spelling) if exact else None)
        self.text += character
        self.spelling += character if spelled is None else spelled

    def silent(self, spelled: str) -> None:
        self.spelling += spelled

    def done(self, tail: str = "") -> Spelled:
        return Spelled(self.text, self.spelling + tail, self.offsets)


word = st.builds(
    lambda first, middle, last: first + middle + last,
    st.sampled_from(FIRST),
    st.text(st.sampled_from(LETTERS), max_size=4),
    st.sampled_from(LAST),
)
paragraphs = st.lists(st.lists(word, min_size=1, max_size=6), min_size=1, max_size=4)


def _flow(draw: st.DrawFn, speller: Speller, *, quote: str, fold: bool) -> None:
    """Words with single spaces, some of them folded to a line break; paragraphs apart by an empty line."""
    for number, words in enumerate(draw(paragraphs)):
        if number and fold:
            speller.put("\n", "\n\n    ", exact=False)
        elif number:
            speller.put(" ")
        for index, each in enumerate(words):
            if index:
                folded = fold and draw(st.booleans())
                speller.put(" ", "\n    " if folded else " ", exact=not folded)
            for position, character in enumerate(each):
                if quote == "'" and character == "'":
                    speller.put("'", "''")
                elif quote == '"' and (character in '"\\' or draw(st.integers(0, 9)) == 0):
                    code = ord(character)
                    spelled = ESCAPES.get(character) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04X}" if code < 65536 else f"\\U{code:08x}")
                    speller.put(character, spelled)
                else:
                    speller.put(character)
                # Behind an escaped line break a space of the text itself would be lost.
                if quote == '"' and fold and position < len(each) - 1 and draw(st.integers(0, 19)) == 0:
                    speller.silent("\\\n    ")


@st.composite
def plain(draw: st.DrawFn) -> Spelled:
    speller = Speller()
    _flow(draw, speller, quote="", fold=draw(st.booleans()))
    return speller.done("\n")


@st.composite
def quoted(draw: st.DrawFn) -> Spelled:
    quote = draw(st.sampled_from("'\""))
    speller = Speller(quote)
    _flow(draw, speller, quote=quote, fold=draw(st.booleans()))
    return speller.done(quote + "\n")


@st.composite
def quoted_on_one_line(draw: st.DrawFn) -> Spelled:
    """Any text at all: spaces in rows, tabs, hashes, colons, line breaks as escapes."""
    quote = draw(st.sampled_from("'\""))
    anything = LETTERS + " \t'\"\\#:-\u00a0" + ("\n\x85\u2028\x1b" if quote == '"' else "")
    speller = Speller(quote)
    for character in draw(st.text(st.sampled_from(anything), min_size=1, max_size=30)):
        if quote == "'":
            speller.put(character, "''" if character == "'" else character)
        elif character in '"\\\n\x85\u2028\x1b' or (character in ESCAPES and draw(st.booleans())):
            speller.put(character, ESCAPES[character])
        else:
            speller.put(character)
    return speller.done(quote + "\n")


@st.composite
def literal(draw: st.DrawFn) -> Spelled:
    """A `|` text with any lines, any indentation of its own, and each way to end it."""
    line = st.text(st.sampled_from(LETTERS + " \t#:-'\"\\\u00a0"), max_size=12).filter(lambda text: not text or text.strip() != "")
    lines = draw(st.lists(line, min_size=1, max_size=8))
    lines[0] = draw(st.sampled_from(FIRST)) + lines[0]
    first_is_deeper = draw(st.booleans())
    if first_is_deeper:
        lines[0] = "  " + lines[0]
    lines[-1] = lines[-1] or "x"
    ending = draw(st.sampled_from(["", "-", "+"]))
    empty = draw(st.integers(0, 3))
    indent = draw(st.integers(2, 5))
    indicator = str(indent) if first_is_deeper or draw(st.booleans()) else ""
    speller = Speller(draw(st.sampled_from(["|" + indicator + ending, "|" + ending + indicator])) + draw(st.sampled_from(["", "  # words"])) + "\n")
    for number, text in enumerate(lines):
        last = number == len(lines) - 1
        speller.silent(" " * indent if text else "")
        for character in text:
            speller.put(character)
        if last and ending == "-":
            speller.silent("\n")
        else:
            speller.put("\n")
    for _ in range(empty):
        speller.put("\n") if ending == "+" else speller.silent("\n")
    return speller.done()


@st.composite
def folded(draw: st.DrawFn) -> Spelled:
    indicator = draw(st.sampled_from(["", "-", "4", "4-"]))
    speller = Speller(f">{indicator}\n    ")
    _flow(draw, speller, quote="", fold=True)
    if "-" in indicator:
        speller.silent("\n")
    else:
        speller.put("\n")
    return speller.done()


def _read(spelled: Spelled, *, windows: bool) -> None:
    before = "before: é中😀 # words\nkey: "
    file = before + spelled.spelling + "after: y\n"
    offsets = [None if offset is None else len(before) + offset for offset in spelled.offsets]
    if windows:
        moved = [file[:position].count("\n") for position in range(len(file) + 1)]
        offsets = [None if offset is None else offset + moved[offset] for offset in offsets]
        file = file.replace("\n", "\r\n")
    document = read_text(file, "draft.yaml")
    assert document.problems == ()
    assert isinstance(document.root, Mapping)
    scalar = document.root["key"]
    assert isinstance(scalar, Scalar)
    assert scalar == spelled.text
    assert document.root["after"] == "y"
    for index, offset in enumerate(offsets):
        place = scalar.place_of(index, index + 1)
        if offset is not None:
            assert (place.line, place.column) == document.source.line_and_column(offset), (index, scalar[index])
        else:
            assert document.source.text[document.source.line_starts[place.line - 1] + place.column - 1].isspace()
    found = scalar.offsets()
    assert found == sorted(found)


@settings(max_examples=150, deadline=None)
@given(st.one_of(plain(), quoted(), quoted_on_one_line(), literal(), folded()), st.booleans())
def test_every_character_is_found_where_it_stands(spelled: Spelled, windows: bool) -> None:
    _read(spelled, windows=windows)
