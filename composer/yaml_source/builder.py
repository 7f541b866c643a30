"""Builds values from libyaml's events, without recursion, and refuses what a draft may not hold.

Anchors, aliases, tags and nesting are met here before anything is built from them: a draft can neither expand like a
bomb nor exhaust the stack.
"""

import re
from typing import Any

import yaml

from composer.finding import Edit, Problem
from composer.place import SourceText
from composer.yaml_source.needs_quotes import corrected, lost_to_comment, quoted
from composer.yaml_source.values import Mapping, Scalar, Sequence, Style, Value

MAX_DEPTH = 64

__all__ = ["MAX_DEPTH", "Builder", "Loader", "Refused"]

# Field names as Composer spells them; anything else in front of a colon is a writer's sentence.
_FIELD = "[a-z][a-z0-9_]*"

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml: slower, same events
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


class Refused(Exception):
    """Reading stops here; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Builder:
    """Builds values from events, one document, without recursion."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.scalars: list[Scalar] = []
        self._stack: list[Mapping | Sequence] = []
        self._keys: list[Scalar | None] = []
        self._root: Value | None = None
        self._documents = 0

    def build(self) -> Value | None:
        """The root of the file's one document; None where it holds nothing. Raises Refused and yaml.YAMLError."""
        loader: Any = Loader(self.source.text)
        try:
            while True:
                event = loader.get_event()
                kind = event.__class__
                if kind is yaml.ScalarEvent:
                    self._scalar(event)
                elif kind is yaml.MappingStartEvent:
                    self._open(Mapping(self.source, event.start_mark.index), event)
                elif kind is yaml.SequenceStartEvent:
                    self._open(Sequence(self.source, event.start_mark.index), event)
                elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                    self._keys.pop()
                    closed = self._stack.pop()
                    closed.end = event.end_mark.index
                    if len(closed) == 1:
                        self._colon_in_item(closed)
                elif kind is yaml.AliasEvent:
                    self._alias(event)
                elif kind is yaml.DocumentStartEvent:
                    self._document(event)
                elif kind is yaml.StreamEndEvent:
                    return self._root
        finally:
            loader.dispose()

    def _problem(self, kind: str, start: int, end: int, message: str, help: str, edits: tuple[Edit, ...] = ()) -> None:
        self.problems.append(Problem(kind, self.source.place(start, end), message, help, edits))

    def _document(self, event: Any) -> None:
        self._documents += 1
        start = event.start_mark.index
        if self._documents > 1:
            place = self.source.place(start, start + 3)
            raise Refused(
                Problem("forbidden-yaml", place, "a second document begins here", "one draft, one file: remove the `---` line or move the rest to its own file")
            )
        if self.source.text[start : start + 1] == "%":
            self._problem("forbidden-yaml", start, start + 1, "YAML directives (`%…`) are not used in drafts", "delete this line")

    def _open(self, value: Mapping | Sequence, event: Any) -> None:
        if len(self._stack) >= MAX_DEPTH:
            place = self.source.place(value.start, value.start + 1)
            raise Refused(Problem("too-large", place, f"nested deeper than {MAX_DEPTH} levels", "a draft needs about six; look for a stray bracket"))
        if event.anchor is not None or event.tag is not None:
            self._decorations(event, None)
        if self._stack and isinstance(self._stack[-1], Mapping) and self._keys[-1] is None:
            self._collection_as_key(value.start)
        self._place(value)
        self._stack.append(value)
        self._keys.append(None)

    def _collection_as_key(self, start: int) -> None:
        text = self.source.text
        parent = self._stack[-1].start
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        if text[parent : parent + 2] == "{{":
            value = text[parent:line_end].rstrip()
            end = parent + len(value)
            problem = Problem(
                "needs-quotes",
                self.source.place(parent, end),
                "YAML takes `{{` for a mapping, and the merge field is lost",
                f"put the text in quotes: {corrected(self.source, parent, end)}",
                (Edit(parent, end, quoted(value)),),
            )
        else:
            problem = Problem("syntax", self.source.place(start, start + 1), "a mapping or list cannot be a key", "put the text in quotes")
        raise Refused(problem)

    def _decorations(self, event: Any, text: str | None) -> bool:
        """Anchors and tags: YAML's own, or a writer's words that only look like them (then True)."""
        anchor, tag = event.anchor, getattr(event, "tag", None)
        if anchor is None and tag is None:
            return False
        start = event.start_mark.index
        line_end = self.source.text.find("\n", start)
        typed = self.source.text[start : len(self.source.text) if line_end < 0 else line_end].rstrip()
        end = start + len(typed)
        words = text is not None and ((tag is None and not text) or (tag is not None and not tag.startswith("tag:")))
        if words and not typed.startswith(("!!", "!<")):
            sign = "&" if anchor is not None else "!"
            self._problem(
                "needs-quotes",
                start,
                end,
                f"YAML takes `{sign}` for a command, and the word behind it is lost",
                f"put the text in quotes: {corrected(self.source, start, end)}",
                (Edit(start, end, quoted(typed)),),
            )
            return True
        name = f"the anchor `&{anchor}`" if anchor is not None else f"the tag `{typed.split()[0]}`"
        end = start + len(typed.split()[0])
        self._problem("forbidden-yaml", start, end, f"{name} is not used in drafts", "delete it, or put the text in quotes if it is part of your words")
        return False

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        self._problem(
            "forbidden-yaml",
            start,
            end,
            f"the alias `*{event.anchor}` is not used in drafts",
            "write the text out, or put it in quotes if the star is part of your words",
        )
        self._place(Scalar.at(self.source.text[start:end], self.source, start, end, '"'))

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        style: Style = event.style or ""
        text = event.value
        if event.anchor is not None or event.tag is not None:
            if self._decorations(event, text):
                text = self.source.text[start:end]
            else:
                start = self._after_decorations(start, end)
        scalar = Scalar.at(text, self.source, start, end, style)
        self.scalars.append(scalar)
        if style == "" and not self.source.text.startswith("\n", end) and (end > start or self.source.text[end - 1 : end] in (":", "-")):
            lost = lost_to_comment(scalar)
            if lost is not None:
                self.problems.append(lost)
                if "\n" not in self.source.text[start:end]:
                    # The rules read the words as they were meant, so that nothing else is said of their loss.
                    whole_start, whole_end, _ = lost.edits[0]
                    scalar = Scalar.at(self.source.text[whole_start:whole_end], self.source, whole_start, whole_end, style)
                    self.scalars[-1] = scalar
        self._place(scalar)

    def _after_decorations(self, start: int, end: int) -> int:
        match = re.match(r"(?:[&!]\S*\s*)+", self.source.text[start:end])
        return start + match.end() if match else start

    def _place(self, value: Value) -> None:
        if not self._stack:
            self._root = value
            value.is_root = True
            return
        parent = self._stack[-1]
        if isinstance(parent, Sequence):
            parent.append(value)
            return
        key = self._keys[-1]
        if key is not None:
            self._keys[-1] = None
            if key in parent:
                return
            if key == "<<" or (value.start == value.end and self._split_at_comma(parent, key, value)):
                return
            value.key = key
            parent[key] = value
            parent.key_scalars[key] = key
            return
        if not isinstance(value, Scalar):
            return  # a collection as key was refused already
        self._keys[-1] = value
        if value == "<<" and value.is_plain:
            self._problem("forbidden-yaml", value.start, value.end, "merge keys (`<<`) are not used in drafts", "write the fields out")
        elif value in parent:
            first = parent.key_scalars[value].place.line
            message = f"`{value}` stands here a second time; the first is on line {first}"
            self.problems.append(Problem("duplicate-key", self.source.place(value.start, value.end), message, "keep one of the two", earlier_line=first))

    def _split_at_comma(self, parent: Mapping, key: Scalar, value: Value) -> bool:
        """`{text: TBH, I was}`: YAML split the writer's sentence and made a key of its second half, with nothing behind it."""
        bare = isinstance(value, Scalar) and ":" not in self.source.text[key.end : value.end]
        last = next(reversed(parent), None)
        if not bare or last is None:
            return False
        before = parent[last]
        if not isinstance(before, Scalar) or not before.is_plain:
            return False
        words = self.source.text[before.start : key.end]
        self._needs_quotes(before.start, key.end, "YAML splits the text at the comma")
        whole = Scalar.at(words, self.source, before.start, key.end, "")
        whole.key = before.key
        parent[last] = whole
        return True

    def _colon_in_item(self, closed: Mapping | Sequence) -> None:
        """`- China's plan: chips. (BBC)`: YAML made a mapping of a sentence with a colon in it."""
        parent = self._stack[-1] if self._stack else None
        if not isinstance(closed, Mapping) or len(closed) != 1 or not isinstance(parent, Sequence):
            return
        ((name, value),) = closed.items()
        key = closed.key_scalars[name]
        sentence = key.is_plain and isinstance(value, Scalar) and value.is_plain and value and not re.fullmatch(_FIELD, name)
        if not sentence or self.source.text[closed.start : closed.start + 1] == "{":
            return
        self._needs_quotes(key.start, value.end, "YAML takes the colon for a key")
        parent[-1] = Scalar.at(self.source.text[key.start : value.end], self.source, key.start, value.end, "")

    def _needs_quotes(self, start: int, end: int, message: str) -> None:
        # A sentence that is split twice is one fault, told with its whole length.
        place = self.source.place(start, end)
        self.problems = [p for p in self.problems if p.kind != "needs-quotes" or p.place[:3] != place[:3]]
        edit = Edit(start, end, quoted(self.source.text[start:end]))
        self._problem("needs-quotes", start, end, message, f"put the whole text in quotes: {corrected(self.source, start, end)}", (edit,))
