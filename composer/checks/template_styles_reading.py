"""The style sheets of templates as written: what cannot be read, what no inliner takes over, tokens that nothing uses."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from composer.checks.template_problems import TemplateProblem
from composer.discovery import nearest
from composer.place import Place, SourceText
from composer.proof.theme import theme_tokens

# Below both inliners: what premailer 3.10 and css-inline 0.23 take over was tried on each (tests/unit/checks/test_inlinable.py).
_INLINABLE_PSEUDO = ":first-child"
_DARK = "dark-"


class InlineRule(NamedTuple):
    """A rule to put into style attributes, and where its selector stands."""

    place: Place


class StyleSheet:
    """A style sheet with the places of its rules. `is_inlined` says that it goes into style attributes, `is_theme` that it gives tokens."""

    def __init__(self, path: Path, source: SourceText) -> None:
        self.path, self.source = path, source
        self.is_inlined = path.parent.name == "styles" and path.name.startswith("inline")
        self.is_theme = path.name == "theme.css"

    @property
    def problems(self) -> list[TemplateProblem]:
        """What is wrong with it, by itself."""
        from composer.proof.css import sheet_of

        found = [
            TemplateProblem("style-error", self._line(error.line), f"this cannot be read as CSS: {error.message}", "correct this line")
            for error in sheet_of(self.source.text).errors
        ]
        found += self._unread_uses()
        if self.is_theme:
            found += self._lost_tokens()
        if self.is_inlined:
            found += self._not_inlined()
        return found

    @property
    def inline_rules(self) -> list[InlineRule]:
        """Its rules, in order."""
        return [InlineRule(self._node(node)) for node in self._nodes() if node.type == "qualified-rule"] if self.is_inlined else []

    def tokens(self) -> Iterator[tuple[str, Place]]:
        """The tokens that it gives, with their places; a dark one is `dark-…`."""
        blanked = _blanked(self.source.text)
        dark = _dark_block().search(blanked)
        for found in _declared().finditer(blanked):
            is_dark = dark is not None and dark.start() < found.start() < dark.end()
            yield f"{_DARK if is_dark else ''}{found[1]}", self.source.place(found.start(), found.start() + 2 + len(found[1]))

    def _unread_uses(self) -> Iterator[TemplateProblem]:
        for found in re.finditer(r"var\([^)]*\)?", _blanked(self.source.text)):
            if not re.fullmatch(r"var\(--[a-z0-9-]+\)", found[0]):
                help = "write var(--ink), without spaces and without a second value: mail clients know no custom properties"
                yield TemplateProblem("style-error", self.source.place(*found.span()), f"`{found[0]}` is no token that Composer fills in", help)

    def _lost_tokens(self) -> Iterator[TemplateProblem]:
        read = theme_tokens(self.source.text)
        for name, place in self.tokens():
            if name not in read:
                shown = name.removeprefix(_DARK)
                help = "write tokens in small letters, in `:root { … }`, each ending with `;`; those for dark mode in the one block that asks for it"
                yield TemplateProblem("style-error", place, f"the token `--{shown}` is not read here, and has no effect", help)

    def _not_inlined(self) -> Iterator[TemplateProblem]:
        for node in self._nodes():
            if node.type == "at-rule":
                yield TemplateProblem(
                    "cannot-inline",
                    self._node(node),
                    f"`@{node.at_keyword}` cannot stand in a style attribute, and is dropped",
                    "move it to a styles/head-….css",
                )
            elif node.type == "qualified-rule":
                yield from self._of_rule(node)

    def _of_rule(self, node: Any) -> Iterator[TemplateProblem]:
        import tinycss2

        for selector in tinycss2.serialize(node.prelude).split(","):
            why = _why_not_inlined(selector.strip())
            if why:
                message = f"`{selector.strip()}` reaches no style attribute: {why}"
                yield TemplateProblem("cannot-inline", self._node(node), message, "give the element a class, or move the rule to a styles/head-….css")
        for declaration in tinycss2.parse_blocks_contents(node.content, skip_whitespace=True, skip_comments=True):
            if declaration.type == "declaration" and declaration.important:
                message = f"`!important` on `{declaration.name}` goes into the style attribute, where no rule for phones or dark mode beats it"
                yield TemplateProblem("cannot-inline", self._node(declaration), message, "delete `!important`", level="warning")
            elif declaration.type in ("qualified-rule", "at-rule"):
                yield TemplateProblem(
                    "cannot-inline", self._node(declaration), "a rule within a rule reaches no style attribute", "write it as a rule of its own"
                )

    def _nodes(self) -> list[Any]:
        import tinycss2

        return [n for n in tinycss2.parse_stylesheet(self.source.text, skip_comments=True, skip_whitespace=True) if n.type != "error"]

    def _node(self, node: Any) -> Place:
        start = self.source.line_starts[node.source_line - 1] + node.source_column - 1
        ends = _end_of_head().search(self.source.text, start)
        return self.source.place(start, start + len(self.source.text[start : ends.start() if ends else len(self.source.text)].rstrip()))

    def _line(self, number: int) -> Place:
        words = self.source.line(number)
        start = self.source.line_starts[number - 1] + len(words) - len(words.lstrip())
        return self.source.place(start, start + max(1, len(words.strip())))


def unused_tokens(sheets: Iterable[StyleSheet], in_use: Iterable[StyleSheet], templates: Iterable[str]) -> Iterator[TemplateProblem]:
    """Tokens of these themes that no style sheet in use and none of the templates names."""
    sources = list(templates)
    if any(_any_token().search(source) for source in sources):
        return
    used = {name for source in sources for pair in _token_in_template().findall(source) for name in pair if name}
    used |= {name for sheet in in_use for name in re.findall(r"var\(--([a-z0-9-]+)\)", sheet.source.text)}
    for sheet in sheets:
        for name, place in sheet.tokens() if sheet.is_theme else ():
            if name not in used:
                near = nearest(name, sorted(used))
                shown, meant = name.removeprefix(_DARK), near.removeprefix(_DARK) if near else None
                help = f"did you mean `--{meant}`?" if meant and meant != shown else "delete it, or use it in a template or style sheet"
                yield TemplateProblem(
                    "unused-token", place, f"no template or style sheet uses the token `--{shown}`{' in dark mode' if shown != name else ''}", help
                )


def place_of_token(themes: Iterable[StyleSheet], name: str) -> Place | None:
    """Where a token gets its value: in the first of these themes that gives it."""
    return next((place for sheet in themes for token, place in sheet.tokens() if token == name), None)


def token_named(expression: str) -> str | None:
    """The token that an expression of a template prints, `{{ page.theme.ink }}`; None where it prints something else."""
    found = _printed_token().match(expression)
    return (found[1] or found[2]) if found else None


def _blanked(css: str) -> str:
    """The sheet with its comments turned to spaces, so that offsets stay."""
    return _comment().sub(lambda m: re.sub(r"[^\n]", " ", m[0]), css)


def _why_not_inlined(selector: str) -> str:
    outside = re.sub(r"\[[^\]]*\]", "", selector)
    pseudo = next((name for name in re.findall(r"::?[\w-]+(?:\([^)]*\))?", outside) if name != _INLINABLE_PSEUDO), None)
    if pseudo:
        return f"`{pseudo}` is known only while a mail is read"
    if ":" in selector.replace(_INLINABLE_PSEUDO, ""):
        return "a selector with a colon in it is left out"
    if "*" in selector:
        return "a selector with `*` is left out"
    if re.search(r"(?:^|[\s>+~])[A-Z]", outside):
        return "names of elements are written in small letters"
    return ""


@cache
def _comment() -> re.Pattern[str]:
    return re.compile(r"/\*.*?\*/", re.DOTALL)


@cache
def _dark_block() -> re.Pattern[str]:
    return re.compile(r"@media[^{]*prefers-color-scheme:\s*dark[^{]*\{(?:[^{}]|\{[^{}]*\})*\}?")


@cache
def _declared() -> re.Pattern[str]:
    return re.compile(r"(?<![\w(-])--([\w-]+)\s*:")


@cache
def _end_of_head() -> re.Pattern[str]:
    return re.compile(r"[{};\n]")


@cache
def _any_token() -> re.Pattern[str]:
    """A token that only rendering knows: `page.theme[name]`, or all of them."""
    return re.compile(r"""page\.theme\s*(?:\[\s*[^"'\s]|\.(?:items|values|get)\b|[^\w.\[])""")


@cache
def _token_in_template() -> re.Pattern[str]:
    return re.compile(r"""theme(?:\.(\w+)|\[\s*["']([\w-]+)["']\s*\])""")


@cache
def _printed_token() -> re.Pattern[str]:
    return re.compile(r"""\{\{-?\s*page\.theme(?:\.(\w+)|\[\s*["']([\w-]+)["']\s*\])\s*-?\}\}""")
