"""What a YAML file holds once read: texts, mappings and lists that know where they stand.

Every scalar is text until a model types it, so `no`, `12:30` and `2024-06-26` keep a writer's spelling.
"""

from collections.abc import Iterable
from typing import Literal, Self

from composer.place import Place, SourceText
from composer.yaml_source.scalar_offsets import source_offsets, spelled_length

Style = Literal["", "'", '"', "|", ">"]


class Scalar(str):
    """A text of the file. `start` and `end` are the offsets of the whole scalar, quotes or `|` included."""

    __slots__ = ("_offsets", "end", "is_root", "key", "source", "start", "style")
    source: SourceText
    key: "Scalar | None"
    is_root: bool
    start: int
    end: int
    style: Style
    _offsets: list[int] | None

    @classmethod
    def at(cls, text: str, source: SourceText, start: int, end: int, style: Style) -> Self:
        """A scalar read from `source`."""
        self = cls(text)
        self.source, self.start, self.end, self.style, self._offsets = source, start, end, style, None
        self.key, self.is_root = None, False
        return self

    def without_end(self, characters: str) -> "Scalar":
        """The same scalar without these characters at its end: a block scalar's last line break, say."""
        shorter = self.rstrip(characters)
        if len(shorter) == len(self):
            return self
        scalar = Scalar.at(shorter, self.source, self.start, self.end, self.style)
        scalar.key = self.key
        return scalar

    @property
    def is_plain(self) -> bool:
        """Whether it was typed without quotes, `|` or `>`."""
        return self.style == ""

    @property
    def place(self) -> Place:
        """The whole value; for a block text its first line, since a frame shows one line."""
        if self.style in ("|", ">"):
            return self.place_of(0, len(self.split("\n", 1)[0])) if self.strip() else self.source.place(self.start, self.start + 1)
        return self.source.place(self.start, self.end)

    def offsets(self) -> list[int]:
        """For each character of the text, its offset in the file; one more for the end."""
        if self._offsets is None:
            raw = self.source.text[self.start : self.end]
            self._offsets = [self.start + offset for offset in source_offsets(str(self), raw, self.style)]
        return self._offsets

    def place_of(self, start: int, end: int) -> Place:
        """The place of `self[start:end]` in the file."""
        offsets = self.offsets()
        first = offsets[min(start, len(offsets) - 1)]
        if end <= start or not self:
            return self.source.place(first, first)
        last = offsets[min(end, len(self)) - 1]
        return self.source.place(first, last + spelled_length(self.source.text, last, self.style))


class Mapping(dict[str, "Value"]):
    """A mapping of the file; `key_scalars` holds its keys as they stand there, `key` the one it stands behind."""

    __slots__ = ("end", "is_root", "key", "key_scalars", "source", "start")

    def __init__(self, source: SourceText, start: int) -> None:
        super().__init__()
        self.source, self.start, self.end = source, start, start
        self.key_scalars: dict[str, Scalar] = {}
        self.key: Scalar | None = None
        self.is_root = False

    def holding(self, values: "dict[str, Value]") -> "Mapping":
        """The same mapping of the file with other values behind its keys."""
        other = Mapping(self.source, self.start)
        other.update(values)
        other.key, other.is_root, other.end, other.key_scalars = self.key, self.is_root, self.end, self.key_scalars
        return other

    @property
    def place(self) -> Place:
        """Its first key: a whole mapping is too long to point at."""
        first = next(iter(self.key_scalars.values()), None)
        return first.place if first is not None else self.source.place(self.start, self.start + 1)

    def place_of_key(self, key: str) -> Place:
        """The place of a key's own text."""
        return self.key_scalars[key].place


class Sequence(list["Value"]):
    """A list of the file; `key` is the one it stands behind."""

    __slots__ = ("end", "is_root", "key", "source", "start")

    def __init__(self, source: SourceText, start: int, items: Iterable["Value"] = ()) -> None:
        super().__init__(items)
        self.source, self.start, self.end = source, start, start
        self.key: Scalar | None = None
        self.is_root = False

    def holding(self, items: "Iterable[Value]") -> "Sequence":
        """The same list of the file with other items."""
        other = Sequence(self.source, self.start, items)
        other.key, other.is_root, other.end = self.key, self.is_root, self.end
        return other

    @property
    def place(self) -> Place:
        """The opening bracket or the first dash."""
        return self.source.place(self.start, self.start + 1)


Value = Scalar | Mapping | Sequence


def is_empty(value: object) -> bool:
    """Whether a key has nothing behind it: `dek:` and the end of the line."""
    return isinstance(value, Scalar) and value.is_plain and not value
