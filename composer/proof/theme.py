"""A newsletter's look: the tokens of its theme.css, and the style sheets of its templates with the tokens filled in.

Mail clients do not know custom properties, so `var(--ink)` becomes the value of `--ink` while an issue is built.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from jinja2 import TemplateSyntaxError

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DARK_ROOT = re.compile(r"@media[^{]*prefers-color-scheme:\s*dark[^{]*\{\s*:root\s*\{([^}]*)\}\s*\}")
_ROOT = re.compile(r":root\s*\{([^}]*)\}")
_TOKEN = re.compile(r"--([a-z0-9-]+)\s*:\s*([^;]+);")
_VAR = re.compile(r"var\(--([a-z0-9-]+)\)")


class UnknownToken(Exception):
    """A style sheet uses a token that no theme.css gives."""

    def __init__(self, path: Path, line: int, token: str, known: Sequence[str]) -> None:
        super().__init__(f"no theme.css gives `--{token}`")
        self.path, self.line, self.token, self.known = path, line, token, known


class Theme(NamedTuple):
    """`tokens` by name (a dark one is `dark-…`), the rules to inline, and the style blocks for the head."""

    tokens: dict[str, str]
    inlined: str
    head: tuple[str, ...]


def theme_of(folders: Sequence[Path]) -> Theme:
    """The theme from template folders, the newsletter's own first: a file there stands for the shared one.

    theme.css files are the exception: the shared one gives tokens, the newsletter's may change each. Raises
    UnknownToken, and TemplateSyntaxError where a file is no text.
    """
    tokens: dict[str, str] = {}
    for folder in reversed(folders):
        path = folder / "theme.css"
        if path.is_file():
            tokens.update(theme_tokens(_text_of(path)))
    inlined = "\n".join(_filled(path, tokens) for path in _sheets(folders, "inline"))
    return Theme(tokens, inlined, tuple(_filled(path, tokens) for path in _sheets(folders, "head")))


def _sheets(folders: Sequence[Path], kind: str) -> list[Path]:
    """`styles/<kind>*.css`, each name once, sorted by name."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted((folder / "styles").glob(f"{kind}*.css")):
            found.setdefault(path.name, path)
    return [found[name] for name in sorted(found)]


def theme_tokens(css: str) -> dict[str, str]:
    """The tokens that a theme.css gives, by name; a dark one is `dark-…`."""
    css = _COMMENT.sub("", css)
    dark = _DARK_ROOT.search(css)
    light = _ROOT.search(_DARK_ROOT.sub("", css))
    tokens = {name: value.strip() for name, value in _TOKEN.findall(light[1] if light else "")}
    tokens.update({f"dark-{name}": value.strip() for name, value in _TOKEN.findall(dark[1] if dark else "")})
    return tokens


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise TemplateSyntaxError(f"byte {error.start + 1} is not UTF-8 text", 1, path.name, str(path)) from None


def _filled(path: Path, tokens: dict[str, str]) -> str:
    css = _text_of(path)

    def value(match: re.Match[str]) -> str:
        if match[1] not in tokens:
            raise UnknownToken(path, css.count("\n", 0, match.start()) + 1, match[1], sorted(tokens))
        return tokens[match[1]]

    filled = _VAR.sub(value, _COMMENT.sub(lambda m: "\n" * m[0].count("\n"), css))
    return re.sub(r"\s*\n\s*", "\n", filled).strip()
