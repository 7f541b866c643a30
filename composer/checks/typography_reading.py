"""What the rules about typography read: a draft's words with what is not prose out of the way, and edits that keep its YAML."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from composer.checks.schema_reading import fits_the_file, lines_mended
from composer.checks.side_by_side import once_a_draft
from composer.draft.load import Draft
from composer.finding import Edit
from composer.place import Place
from composer.yaml_source.needs_quotes import quoted
from composer.yaml_source.scalar_offsets import spelled_length
from composer.yaml_source.values import Mapping, Scalar, Sequence, Value

# Stands for each character of a link's target, an address, code or a merge field: no letter, no mark and no space.
HIDDEN = "\ufffc"
# Addresses, dates, numbers and names that other files spell the same way. A post is its author's.
_NOT_PROSE = frozenset(
    (
        *("newsletter", "slug", "approvals", "date", "number", "send_at", "url", "link", "image", "width", "height", "paywall"),
        *("post", "handle", "reply_to", "byline", "source", "publication", "credit"),
    )
)
# Code, a merge field, or a link's target with its title, each behind its first character.
_TARGET = r"(?<=\])\((?:<[^>\n]*>|(?:[^()\s]++|\([^()\s]*\))*)(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?(?=\s*\))"
_HIDDEN = rf"(?<=`)(`*)(?!`)[\s\S]+?(?<!`)`\1(?!`)|(?<=\{{)\{{[^{{}}\n]*\}}\}}|{_TARGET}"
# Characters that begin something other than a text where YAML has no quotes.
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"


class Words(NamedTuple):
    """A text of the draft; `words` is as long as it, with HIDDEN in the place of what is not prose."""

    typed: Scalar
    words: str

    def place(self, start: int, end: int) -> Place:
        """The place of these characters in the file."""
        return self.typed.place_of(start, end)


class Change(NamedTuple):
    """New words for the characters between two offsets of a text."""

    start: int
    end: int
    text: str


@once_a_draft
def words_in(draft: Draft) -> tuple[Words, ...]:
    """Every text of the draft that readers read as the newsroom's own prose, in the file's order; embedded posts are not.

    Nor is a text that quotes had to be put around to read it: they may have swallowed what is none of its words.
    """
    mended = lines_mended(draft)
    return tuple(Words(text, visible_words(text)) for text in _prose(draft) if not mended or text.place.line not in mended)


def is_english(draft: Draft) -> bool:
    """Whether the newsletter's language is English."""
    return draft.newsletter is not None and draft.newsletter.language.lower().partition("-")[0] == "en"


def visible_words(text: str) -> str:
    """The text, as long as it was, with HIDDEN in the place of link targets, addresses, code and merge fields."""
    typed = str(text)
    # Most texts have nothing to hide but links, and a search for one kind jumps to it; with what stands open it stops at every h and w.
    words = _hidden().sub(_covered, typed) if "`" in typed or "{" in typed else _target().sub(_covered, typed) if "](" in typed else typed
    if ("/" in words and "://" in words) or "www." in words:
        words = _hidden_or_open().sub(_covered, typed)
    if "]: " in words:
        words = _definition().sub(_covered, words)
    return _without_handles(words) if "@" in words else words


def edits_of(draft: Draft, typed: Scalar, changes: Iterable[Change]) -> tuple[Edit, ...]:
    """The edits of the file that make these changes to a text, in the spelling of its quotes; none where that cannot be."""
    wanted = sorted(changes)
    if not fits_the_file(draft) or not wanted:
        return ()
    if typed.is_plain and not _stays_plain(typed, wanted):
        new = _changed(typed, wanted)
        return (Edit(typed.start, typed.end, quoted(new)),) if "\n" not in new else ()
    offsets, source = typed.offsets(), draft.source.text
    return tuple(Edit(offsets[c.start], _end(typed, offsets, source, c), _spelled(c.text, typed.style)) for c in wanted)


def _end(typed: Scalar, offsets: list[int], source: str, change: Change) -> int:
    """Where the last character ends in the file: white space that is folded there reaches to the next character."""
    if change.end == change.start:
        return offsets[change.start]
    if typed[change.end - 1] in " \n" and typed.style != "|":
        return offsets[change.end]
    return offsets[change.end - 1] + spelled_length(source, offsets[change.end - 1], typed.style)


def _spelled(text: str, style: str) -> str:
    if style == "'":
        return text.replace("'", "''")
    return text.replace("\\", "\\\\").replace('"', '\\"') if style == '"' else text


def _changed(text: str, changes: list[Change]) -> str:
    for change in reversed(changes):
        text = text[: change.start] + change.text + text[change.end :]
    return text


def _stays_plain(typed: Scalar, changes: list[Change]) -> bool:
    """Whether a text without quotes can do without them after the changes."""
    new = _changed(typed, changes)
    if not new.strip() or new[0] in _INDICATORS or new != new.strip():
        return False
    return not (": " in new or " #" in new or new.endswith(":"))


def _prose(draft: Draft) -> Iterator[Scalar]:
    if draft.root is None:
        return
    waiting: list[Value] = [value for key, value in reversed(draft.root.items()) if key not in _NOT_PROSE]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Scalar):
            yield value
        elif isinstance(value, Mapping):
            waiting += [item for key, item in reversed(value.items()) if key not in _NOT_PROSE]
        elif isinstance(value, Sequence):
            waiting += reversed(value)


def _covered(match: re.Match[str]) -> str:
    lead = "](" if match[0].startswith("](") else ""
    covered = match[0][len(lead) :]
    return lead + (HIDDEN * len(covered) if "\n" not in covered else re.sub(r"[^\n]", HIDDEN, covered))


def _without_handles(words: str) -> str:
    """Mail addresses and handles, found from their @ outwards."""
    at = words.find("@")
    while at >= 0:
        start, found = at, _behind_at().match(words, at + 1)
        while start > 0 and (words[start - 1].isalnum() or words[start - 1] in "._+-"):
            start -= 1
        end = found.end() if found is not None else at + 1
        if end > at + 1:
            words = words[:start] + HIDDEN * (end - start) + words[end:]
        at = words.find("@", at + 1)
    return words


@cache
def _target() -> re.Pattern[str]:
    return re.compile(rf"\]{_TARGET}")


@cache
def _hidden() -> re.Pattern[str]:
    """Code, merge fields, and targets of links with their titles.

    One set of characters in front lets the search jump from one to the next.
    """
    return re.compile(rf"[`{{\]](?:{_HIDDEN})")


@cache
def _hidden_or_open() -> re.Pattern[str]:
    """The same, and addresses that stand open in the text; a full stop, a quote or a bracket behind them is the sentence's."""
    address = r"(?:(?<=h)ttps?://|(?<=w)ww\.)[^\s<>\"“”]*[^\s<>\"“”.,;:!?'’)\]]"
    return re.compile(rf"[`{{\]hw](?:{_HIDDEN}|{address})")


@cache
def _definition() -> re.Pattern[str]:
    """`[label]: address "title"` on a line of its own."""
    return re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]+\S+[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*')?[ \t]*$", re.MULTILINE)


@cache
def _behind_at() -> re.Pattern[str]:
    return re.compile(r"[\w-]+(?:\.[\w-]+)*")
