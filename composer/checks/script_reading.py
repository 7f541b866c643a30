"""What links/homoglyph knows of scripts: which alphabets the letters of a host are from."""

import unicodedata

# Japanese and Korean write Chinese characters with their own, and all of them use Latin names (UTS 39, 5.2).
_WRITTEN_TOGETHER = (
    frozenset(["Latin", "Chinese", "Japanese"]),
    frozenset(["Latin", "Chinese", "Bopomofo"]),
    frozenset(["Latin", "Chinese", "Korean"]),
)
_BY_NAME = {"CJK": "Chinese", "IDEOGRAPHIC": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "KATAKANA-HIRAGANA": "Japanese", "HANGUL": "Korean"}
# Cyrillic and Greek letters that many typefaces draw as Latin ones.
_LATIN_LOOKALIKES = frozenset("асԁеһіјӏорԗԛѕԝхуъьҽпгѵѡҁ" + "αγινορτυωχκϲϳ")


def readable(host: str) -> str:
    """The host with the parts in `xn--` spelled out."""
    return ".".join(_spelled_out(label) for label in host.split("."))


def lookalike(host: str) -> str | None:
    """What is wrong with a host's letters; None where they are of one script, or of several that are written together."""
    labels = readable(host).split(".")
    for label in labels:
        scripts = {script for script in map(_script, unicodedata.normalize("NFKC", label)) if script}
        if len(scripts) > 1 and not any(scripts <= together for together in _WRITTEN_TOGETHER):
            return f"{_strangers(label)} among {_most(label)} letters"
        if scripts & {"Cyrillic", "Greek"} and labels[-1].isascii() and all(c in _LATIN_LOOKALIKES for c in label if c.isalpha()):
            return f"every letter of `{label}` is {next(iter(scripts))}"
    return None


def _spelled_out(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode().decode("punycode")
    except UnicodeError:
        return label


def _script(character: str) -> str | None:
    """The script of a letter, by the first word of its Unicode name; None for digits, hyphens and marks."""
    if not character.isalpha():
        return None
    if character.isascii():
        return "Latin"
    first = unicodedata.name(character, "").partition(" ")[0]
    return _BY_NAME.get(first, first.capitalize()) or None


def _most(label: str) -> str:
    scripts = [script for script in map(_script, label) if script]
    return max(dict.fromkeys(scripts), key=scripts.count)


def _strangers(label: str) -> str:
    most = _most(label)
    found = {character: script for character in label if (script := _script(character)) and script != most}
    return " and ".join(f"the {script} “{character}”" for character, script in found.items())
