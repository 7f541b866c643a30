"""editorial/spelling."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from composer.checks.rule import Defect, info, off_by_default
from composer.checks.typography_reading import words_in
from composer.draft.load import Draft
from composer.facts.newer_words import newer_words
from composer.project.newsletter import Newsletter

if TYPE_CHECKING:
    from spellchecker import SpellChecker

_INSTALL = "install it: pip install pyspellchecker (the extra `spelling` of Composer)"


@off_by_default
@info
def spelling(draft: Draft, *, allowed: tuple[str, ...] = (), shortest: int = 4) -> Iterator[Defect]:
    """A word that the dictionary does not know, and a known one is a letter or two away.

    What it checks:
        The words in small letters of at least `shortest` letters, each once an issue, in the newsletter's language.
        Not names, abbreviations, what `allowed` lists, and the words of the newsletter's own: its people,
        publications and house words. Off by default: it runs where newsletter.yaml sets its level, or with
        `--select editorial/spelling`, and needs the extra `spelling`: pip install pyspellchecker.

    Why it matters:
        A slip of the keyboard is seen by everybody but its writer.

    Example:
        dek: The keeper retired, and the lettres kept coming.

    Instead:
        dek: The keeper retired, and the letters kept coming.

    Source: the word lists of pyspellchecker, made from OpenSubtitles and mended by hand.
    """
    if draft.newsletter is None:
        return
    if find_spec("spellchecker") is None:
        yield Defect(draft.source.top, "spelling cannot be checked: its dictionary is not installed", _INSTALL, label="not checked")
        return
    language = draft.newsletter.language.lower().partition("-")[0]
    dictionary = _dictionary(language)
    if dictionary is None:
        yield Defect(
            draft.source.top,
            f"spelling cannot be checked: there is no dictionary for `{language}`",
            "switch editorial/spelling off in newsletter.yaml",
            label="not checked",
        )
        return
    seen = {*(newer_words() if language == "en" else ()), *(word.lower() for word in allowed), *_own_words(draft.newsletter), *_names(draft)}
    for text in words_in(draft):
        for match in _word().finditer(text.words):
            word = match[0].replace("’", "'")
            if word in seen or len(word) < shortest:
                continue
            seen.add(word)
            meant = _meant(dictionary, word)
            if meant is not None:
                yield Defect(text.place(*match.span()), f"`{match[0]}` is not in the dictionary", f"did you mean `{meant}`?", label="spelled so?")


def _meant(dictionary: "SpellChecker", word: str) -> str | None:
    """The known word that is nearest; None where the word is known itself, or like no other and so probably meant."""
    bare = word.removesuffix("'s")
    if dictionary.known([bare, word]):
        return None
    # Prefixes make words that no list has all of.
    for prefix in ("re", "un", "non", "pre", "over", "under", "anti", "multi", "micro", "super", "sub", "inter", "cyber", "bio", "geo"):
        if bare.startswith(prefix) and len(bare) - len(prefix) > 3 and dictionary.known([bare.removeprefix(prefix)]):
            return None
    near = dictionary.known(dictionary.edit_distance_1(bare))
    # A known word and an ending, as in "tokenizers", is no slip.
    if any(
        bare.startswith(known) or known.startswith(bare) for known in near if abs(len(known) - len(bare)) == 1 and bare.endswith("s") != known.endswith("s")
    ):
        return None
    return max(sorted(near), key=dictionary.word_usage_frequency, default=None)


def _own_words(newsletter: Newsletter) -> Iterator[str]:
    """The words of the newsletter's own names and lists."""
    names = [newsletter.name, newsletter.tagline or "", *newsletter.people, *newsletter.publications, *newsletter.house_words]
    names += [word.use or "" for word in newsletter.house_words.values()]
    names += [entry.heading or "" for entry in newsletter.sections]
    return (word for name in names for word in re.findall(r"[^\W\d_]+", name.lower()))


def _names(draft: Draft) -> Iterator[str]:
    """Words that the issue also writes with a capital: most are names."""
    return (word.lower() for text in words_in(draft) for word in re.findall(r"(?<=[\w,;] )[A-Z][^\W\d_]+", text.words))


@cache
def _dictionary(language: str) -> "SpellChecker | None":
    from spellchecker import SpellChecker

    return SpellChecker(language=language, distance=1) if language in SpellChecker.languages() else None


@cache
def _word() -> re.Pattern[str]:
    """A word in small letters that is no part of a name, a number, an address or a Markdown mark."""
    return re.compile(r"(?<![\w’'.@/&#-])[a-zà-öø-ÿа-яё]+(?:['’][a-z]+)*(?![\w@/&]|[.-]\w|['’]\w)")
