"""editorial/spacing."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from composer.checks.rule import Defect, warning
from composer.checks.typography_reading import HIDDEN, Change, Words, edits_of, is_english, visible_words, words_in
from composer.draft.load import Draft
from composer.finding import Edit
from composer.issue.issue import Issue
from composer.prose.markdown import Prose
from composer.prose.source_mark import FULL_STOPS

_MESSAGES = {
    "doubled": ("more than one space", "type one space", "one space too many"),
    "before": ("a space before `{mark}`", "delete the space", "no space here"),
    "after": ("no space behind `{mark}`", "type a space there", "a space is missing"),
    "bracket": ("no space before the bracket", "type a space before `(`", "a space is missing"),
}


class _Slip(NamedTuple):
    """A fault of spacing: what is pointed at, and the change that mends it."""

    kind: str
    text: Words
    start: int
    end: int
    change: Change


@warning
def spacing(draft: Draft, issue: Issue, *, most: int = 5) -> Iterator[Defect]:
    """Spaces that are doubled, missing or in the wrong place.

    What it checks:
        Doubled spaces; a space before a full stop, a comma, a question or an exclamation mark; no space behind the
        end of a sentence (`captured.The`) or before a bracket; a full stop behind a source mark. Where one kind
        stands in an issue more often than `most` times it is one finding. No-break spaces at the ends of lines and
        on empty lines are one finding of level info. Not in embedded posts, web addresses, code and names
        such as U.S.A. or pic.twitter.com.

    Why it matters:
        Doubled and missing spaces are the traces of cutting and pasting. A full stop behind a source mark is one
        more than the other briefs have.

    Example:
        body: The lighthouse answers  its mail.The keepers(all of them) never did .

    Instead:
        body: The lighthouse answers its mail. The keepers (all of them) never did.
    """
    slips: dict[str, list[_Slip]] = {}
    for slip in _slips(draft):
        slips.setdefault(slip.kind, []).append(slip)
    for kind, found in slips.items():
        if len(found) > most:
            yield _defect(draft, kind, found)
        else:
            for slip in found:
                yield _defect(draft, kind, [slip])
    source = draft.source.text
    if _stop_at_end().search(source):
        yield from _full_stops_behind_marks(draft, issue)
    if "\u00a0" in source or ("\\" in source and ("\\u00a0" in source or "\\_" in source)):
        yield from _no_break_spaces_at_ends(draft)


def _defect(draft: Draft, kind: str, slips: list[_Slip]) -> Defect:
    first = slips[0]
    message, help, label = (words.format(mark=first.text.words[first.end - 1]) for words in _MESSAGES[kind])
    if len(slips) > 1:
        message, help = f"{message}, here and in {len(slips) - 1} more places", f"{help}, everywhere"
    return Defect(first.text.place(first.start, first.end), message, help, label=label, edits=_edits_of(draft, [(s.text, s.change) for s in slips]))


def _edits_of(draft: Draft, changes: list[tuple[Words, Change]]) -> tuple[Edit, ...]:
    by_text: dict[int, tuple[Words, list[Change]]] = {}
    for text, change in changes:
        by_text.setdefault(id(text), (text, []))[1].append(change)
    return tuple(edit for text, wanted in by_text.values() for edit in edits_of(draft, text.typed, wanted))


def _slips(draft: Draft) -> Iterator[_Slip]:
    english = is_english(draft)
    for text in words_in(draft):
        words = text.words
        if "  " in words or "\u00a0" in words:
            for match in _doubled().finditer(words):
                # In front of a full stop there is to be none at all, which is said below.
                if not _is_list_mark(words, match.start()) and words[match.end()] not in ".,?!":
                    one = "\u00a0" if set(match[0]) == {"\u00a0"} else " "
                    yield _Slip("doubled", text, *match.span(), Change(*match.span(), one))
        if " ." in words or " ," in words or ("?" in words and " ?" in words) or ("!" in words and " !" in words) or "\u00a0" in words:
            for match in _space_before().finditer(words):
                if english or match[0][-1] in ".,":
                    yield _Slip("before", text, *match.span(), Change(match.start(), match.end() - 1, ""))
        for match in _unspaced().finditer(words):
            start, end = match.span()
            if match[0] == "(":
                if _begins_apart(words, start) and _holds_words(words, end):
                    yield _Slip("bracket", text, start, end, Change(start, start, " "))
            elif _ends_sentence(words, match) and not _is_host(words, match):
                end += _closes(words, end)
                yield _Slip("after", text, start, end, Change(end, end, " "))


def _ends_sentence(words: str, match: re.Match[str]) -> bool:
    """Whether a word of small letters, a year, a link or a quotation ends here, and the next sentence begins."""
    start = match.start()
    before = words[max(start - 2, 0) : start]
    if match[0][-1] == "”":
        return True
    if len(before) < 2:
        return False
    if (before.isalpha() and before.isupper()) or (before[1].isdigit() and not before[0].isdigit()):
        # Behind capitals or one digit a name may go on (AI.Google), so there the next word must be one that begins sentences.
        return _beginner().match(words, match.end()) is not None
    ends = (before.isalpha() and before.islower()) or before.isdigit() or before == HIDDEN + ")" or (before[0].islower() and before[1] in ")]”")
    return ends and _sentence_begins().match(words, match.end()) is not None


def _begins_apart(words: str, start: int) -> bool:
    """Whether a bracket is opened right behind a word or the end of a sentence."""
    before = words[max(start - 2, 0) : start]
    return before[-1:] in tuple(".?!”’") or (len(before) == 2 and before.isascii() and before.isalpha())


def _closes(words: str, offset: int) -> bool:
    """Whether a straight quote stands there and ends a quotation that its paragraph has begun."""
    return words[offset] == '"' and words.count('"', max(words.rfind("\n\n", 0, offset), 0), offset) % 2 == 1


def _is_list_mark(words: str, offset: int) -> bool:
    line = words[words.rfind("\n", 0, offset) + 1 : offset].strip()
    return line in ("", "-", "*", "+", ">") or line.strip("#") == "" or (line[:-1].isdigit() and line[-1] in ".)")


def _is_host(words: str, match: re.Match[str]) -> bool:
    """`en.Wikipedia.org` is a host and `Booking.Com` a name."""
    start = max(words.rfind(" ", 0, match.start()), words.rfind("\n", 0, match.start())) + 1
    behind = re.match(r"\S*", words[match.end() :])
    token = words[start : match.end()] + (behind[0] if behind else "")
    token = re.sub(rf"\]\({HIDDEN}*\)", "", token)
    return "/" in token or "@" in token or HIDDEN in token or _host().search(token) is not None


def _holds_words(words: str, start: int) -> bool:
    """Whether a bracket holds words of the sentence, not an ending, as in "paper(s)", or what a function is given."""
    inside = re.match(r"[^()\n]*", words[start:])
    held = inside[0] if inside else ""
    apart = held.split()
    if words[start + len(held) : start + len(held) + 1] != ")":
        return len(apart) > 2
    return (len(apart) > 1 and not all(len(word.strip(",")) < 3 for word in apart)) or (len(held) > 1 and held[0].isupper())


def _full_stops_behind_marks(draft: Draft, issue: Issue) -> Iterator[Defect]:
    for _, brief in issue.briefs():
        mark, text = brief.mark, brief.text
        if mark is None or not mark.full_stop_behind or text.origin is None or text.origin.source.path != draft.path:
            continue
        end = len(text.markdown.rstrip())
        if text.markdown[end - 1] not in FULL_STOPS:
            continue
        yield Defect(
            text.origin.place_of(end - 1, end),
            "a full stop behind the source mark",
            "end the sentence before the mark: … on a new chip. (Reuters $)",
            label="the mark ends the brief",
            edits=edits_of(draft, text.origin, _without_stop(text, end)),
        )


def _without_stop(text: Prose, end: int) -> list[Change]:
    """The full stop goes to the end of the sentence before the mark, where that has none."""
    words = visible_words(text.markdown)
    changes = [Change(len(words[: end - 1].rstrip()), end, "")]
    depth = 0
    for offset in range(end - 2, -1, -1):
        depth += (words[offset] in ")）") - (words[offset] in "(（")
        if depth == 0 and words[offset] in "(（":
            before = len(words[:offset].rstrip(" \u00a0"))
            if before and words[before - 1] not in ".?!…。？！)" and words[before - 2 : before - 1] not in tuple(".?!…"):
                changes.append(Change(before, before, words[end - 1]))
            break
    return changes


def _no_break_spaces_at_ends(draft: Draft) -> Iterator[Defect]:
    found = [
        (text, Change(*match.span(), ""))
        for text in words_in(draft)
        if "\u00a0" in text.typed and text.typed.strip()
        for match in _at_line_end().finditer(text.typed)
    ]
    if found:
        text, change = found[0]
        places = "the end of this line" if len(found) == 1 else f"the ends of {len(found)} lines"
        yield Defect(
            text.place(change.start, change.end),
            f"no-break spaces at {places}",
            "delete them",
            label="nobody sees these",
            edits=_edits_of(draft, found),
            level="info",
        )


@cache
def _stop_at_end() -> re.Pattern[str]:
    """A full stop behind a bracket at the end of a text of the file: a quick look that spares most drafts the closer one."""
    # Beginning with the full stop, it finds the places six times as quickly as with the bracket, many of which are a link's.
    return re.compile(r"(?:\.(?:(?<=[)）]\.)|(?<=[)）][ \u00a0]\.))|。(?<=[)）]。))(?=[ \u00a0]*(?:[\"'\r\n\\]|\Z))")


@cache
def _doubled() -> re.Pattern[str]:
    return re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")


@cache
def _at_line_end() -> re.Pattern[str]:
    return re.compile(r"[ \t]*\u00a0[ \t\u00a0]*(?=\n|\Z)")


@cache
def _host() -> re.Pattern[str]:
    return re.compile(r"^(?:www\.|yahoo!)|\.(?:com|org|net|io|ai|co|gov|edu|tv|me|js|app|dev|cn|uk|eu|info)\b|\w\.\w[\w-]*\.[a-z]{2,}\b", re.IGNORECASE)


@cache
def _space_before() -> re.Pattern[str]:
    return re.compile(r"(?<=[\w)\]”’\"'*_])[ \u00a0]+[.,?!](?! ?\.)(?=[\s\"”’)]|\Z)")


@cache
def _unspaced() -> re.Pattern[str]:
    """The end of a sentence, or an opening bracket, with a word right behind it."""
    # One set of characters in front lets the search jump from one to the next.
    stop = r"(?<=[.?!])(?=[A-Z“\"‘\[])|(?<=[.?!,])”(?=[A-Za-z])|(?<=[.?!])[’)](?=[A-Z])"
    return re.compile(rf"[.?!,(](?![ \n{HIDDEN}])(?:{stop}|(?<=\()(?=[A-Za-z“\"‘\d$€£]))")


@cache
def _sentence_begins() -> re.Pattern[str]:
    return re.compile(r"[“\"‘]?\[?(?:[A-Z][a-z]|[AI][ ’'])")


@cache
def _beginner() -> re.Pattern[str]:
    """Words that begin a sentence and no part of a name."""
    return re.compile(
        r"(?:The|This|That|These|Those|It|In|On|At|As|And|But|Or|So|If|He|She|They|We|You|For|Not|No|There|Then|When|While|What|After|His|Her|Its|Their|Our|To)\b"
    )
