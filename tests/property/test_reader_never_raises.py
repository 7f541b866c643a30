"""Whatever bytes a file holds, reading it gives values and problems, never an exception."""

from hypothesis import given, settings, strategies as st

from composer.yaml_source.comments import comments_in
from composer.yaml_source.reader import Document, read_bytes

PIECES = [
    "a: ",
    "- ",
    "\n",
    "  ",
    "\t",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    "|",
    ">",
    "&x ",
    "*x",
    "!t ",
    "!!str ",
    "<<: ",
    "# ",
    "#x",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "? ",
    ": ",
    ",",
    "words",
    "é中😀",
    "\\",
    "\\x",
    "\r\n",
    "\r",
    "\x85",
    "\u2028",
    "\ufeff",
    "\x00",
    "{{ reader.x | y }}",
    "\x1b",
    "@",
    "`",
    "stet: a/b c",
    "# stet-file: x/y z",
]


def _check(content: bytes) -> None:
    document = read_bytes(content, "d.yaml")
    assert isinstance(document, Document)
    lines = document.source.text.count("\n") + document.source.text.count("\r") + 1
    for problem in document.problems:
        assert problem.message
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        if document.root is not None:
            assert problem.place.end_line <= lines
    for scalar in document.scalars:
        assert len(scalar.offsets()) == len(scalar) + 1
        assert all(0 <= offset <= len(scalar.source.text) for offset in scalar.offsets())
        for index in range(len(scalar)):
            scalar.place_of(index, index + 1)
    comments_in(document)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_mixture_of_yamls_signs(text: str) -> None:
    _check(text.encode())


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_any_bytes(content: bytes) -> None:
    _check(content)
