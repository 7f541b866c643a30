"""editorial/house-words."""

import re
from collections.abc import Iterator
from functools import lru_cache

from composer.checks.rule import Defect, warning
from composer.checks.typography_reading import Change, Words, edits_of, words_in
from composer.draft.load import Draft
from composer.project.newsletter import HouseWord

# Somebody else's words stay as they were said.
_SAID = ("quote", "attribution")


@warning
def house_words(draft: Draft) -> Iterator[Defect]:
    """A word that the newsletter spells otherwise, or does without.

    What it checks:
        Every text for the words that `house_words` of newsletter.yaml lists, as whole words. A word listed in small
        letters is found in any capitals; one with a capital, as it stands. Not in quotes of other people, embedded
        posts, web addresses and code.

    Why it matters:
        One newsletter spells one word in one way, whoever wrote the issue.

    Example:
        # newsletter.yaml
        house_words:
          e-mail: email
        # the draft
        dek: The lighthouse answers its e-mail.

    Instead:
        dek: The lighthouse answers its email.
    """
    listed = draft.newsletter.house_words if draft.newsletter is not None else {}
    if not listed:
        return
    pattern = _pattern(tuple(listed))
    for text in words_in(draft):
        if text.typed.key is not None and text.typed.key in _SAID:
            continue
        for match in pattern.finditer(text.words):
            found = " ".join(match[0].split())
            word = found if found in listed else found.lower()
            house_word = listed.get(word)
            if house_word is not None and not _is_right(text.words, match, house_word):
                yield _defect(draft, text, match, house_word)


def _defect(draft: Draft, text: Words, match: re.Match[str], house_word: HouseWord) -> Defect:
    use = _in_capitals_of(match[0], str(house_word.use)) if house_word.use else None
    why = f": {str(house_word.reason).rstrip('.')}" if house_word.reason else ""
    return Defect(
        text.place(*match.span()),
        f"the newsletter writes `{use}`, not `{match[0]}`{why}" if use else f"the newsletter does without `{match[0]}`{why}",
        f"type `{use}`" if use else "find another word",
        label=f"`{use}` here" if use else "not in this newsletter",
        edits=edits_of(draft, text.typed, [Change(*match.span(), use)]) if use else (),
    )


def _is_right(words: str, match: re.Match[str], house_word: HouseWord) -> bool:
    """The word stands within the words to be used, or has its capital from the sentence that it begins."""
    if not house_word.use:
        return False
    use = str(house_word.use)
    inside = use.casefold().find(match[0].casefold())
    if inside >= 0 and use != match[0] and len(use) > len(match[0]):
        start = match.start() - inside
        if start >= 0 and words[start : start + len(use)].casefold() == use.casefold():
            return True
    if use == match[0]:
        return True
    before = words[: match.start()].rstrip(" \n*_[“\"‘'(")
    begins = not before or before[-1] in ".!?:…" or words[: match.start()].rstrip(" *_[“\"‘'(").endswith("\n")
    return begins and match[0] == use[:1].upper() + use[1:]


def _in_capitals_of(typed: str, use: str) -> str:
    """The word to be used, with a capital or in capitals where the word in its place is and it has none of its own."""
    if not use.islower():
        return use
    if len(typed) > 1 and typed.isupper():
        return use.upper()
    return use[0].upper() + use[1:] if typed[:1].isupper() and typed[1:].islower() and use.casefold() != typed.casefold() else use


@lru_cache(maxsize=16)
def _pattern(listed: tuple[str, ...]) -> re.Pattern[str]:
    """All listed words at once, the longest first; Chinese and Japanese have no spaces to end a word at."""

    def whole(word: str) -> str:
        begin, end = ("" if _is_unspaced(c) else edge for c, edge in ((word[0], r"(?<![\w-])"), (word[-1], r"(?![\w-])")))
        spelled = re.escape(word).replace(r"\ ", r"[ \u00a0\n]+")
        return f"{begin}{spelled}{end}" if word != word.lower() else f"{begin}(?i:{spelled}){end}"

    return re.compile("|".join(whole(word) for word in sorted(listed, key=len, reverse=True) if word.strip()))


def _is_unspaced(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or not (character.isalnum() or character == "_")
