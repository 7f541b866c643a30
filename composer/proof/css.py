"""CSS as a tree: style blocks and style attributes, read by tinycss2 and kept by their text.

A theme's style blocks and most style attributes are the same in every issue, so each is read once.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple


class Declaration(NamedTuple):
    """`name: value`; `tokens` are the value's, as tinycss2 reads them."""

    name: str
    value: str
    important: bool
    tokens: tuple[Any, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}: {self.value}{' !important' if self.important else ''}"


class StyleRule(NamedTuple):
    """Selectors and what they declare; `nested` rules stand between its braces."""

    selectors: tuple[str, ...]
    declarations: tuple[Declaration, ...]
    nested: "tuple[StyleRule | AtRule, ...]" = ()

    def __str__(self) -> str:
        return f"{', '.join(self.selectors)} {{ {'; '.join(map(str, self.declarations))} {sheet_text(self.nested)}}}"


class AtRule(NamedTuple):
    """`@name prelude { … }`: rules as of @media, declarations as of @font-face, or neither as of @import."""

    name: str
    prelude: str
    rules: "tuple[StyleRule | AtRule, ...]" = ()
    declarations: tuple[Declaration, ...] = ()
    has_block: bool = True

    def __str__(self) -> str:
        head = f"@{self.name} {self.prelude}".rstrip()
        return f"{head} {{ {sheet_text(self.rules)}{'; '.join(map(str, self.declarations))} }}" if self.has_block else f"{head};"


class CssError(NamedTuple):
    """What is wrong, on which line of the CSS, counted from 1."""

    line: int
    message: str


class Sheet(NamedTuple):
    """A style block: its rules, and what a strict reader stumbles over."""

    rules: tuple[StyleRule | AtRule, ...]
    errors: tuple[CssError, ...]

    def every_rule(self) -> Iterator[StyleRule | AtRule]:
        """All rules, those within others too."""
        return _within(self.rules)

    def nested_at_rules(self) -> Iterator[tuple[AtRule, AtRule]]:
        """Each `@` rule that stands within another, with that other."""
        return _nested(self.rules, None)


def _nested(rules: "Iterable[StyleRule | AtRule]", outer: AtRule | None) -> "Iterator[tuple[AtRule, AtRule]]":
    for rule in rules:
        if isinstance(rule, AtRule):
            if outer is not None:
                yield outer, rule
            yield from _nested(rule.rules, rule)


def _within(rules: Iterable[StyleRule | AtRule]) -> Iterator[StyleRule | AtRule]:
    for rule in rules:
        yield rule
        yield from _within(rule.rules if isinstance(rule, AtRule) else rule.nested)


def sheet_text(rules: Iterable[StyleRule | AtRule]) -> str:
    """Rules as CSS."""
    return "\n".join(map(str, rules))


@lru_cache(maxsize=4096)
def declarations_of(style: str) -> tuple[Declaration, ...]:
    """What a style attribute declares; what cannot be read is left out, as browsers do."""
    import tinycss2

    return tuple(_declaration(node) for node in tinycss2.parse_blocks_contents(style) if node.type == "declaration")


@lru_cache(maxsize=256)
def sheet_of(css: str) -> Sheet:
    """A style block as a tree."""
    import tinycss2

    errors: list[CssError] = []
    rules = tuple(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), errors))
    unclosed = _unclosed_brace(css)
    if unclosed is not None:
        errors.append(CssError(css.count("\n", 0, unclosed) + 1, "a `{` is never closed"))
    # What follows from a fault on the same line says nothing new.
    return Sheet(rules, tuple({error.line: error for error in sorted(errors, reverse=True)}.values())[::-1])


# Rules between whose braces stand declarations; between those of any other, rules.
_DECLARING = frozenset(["font-face", "page", "viewport", "-ms-viewport", "counter-style", "property"])


def _rules(nodes: Iterable[Any], errors: list[CssError]) -> Iterator[StyleRule | AtRule]:
    for node in nodes:
        if node.type == "error":
            errors.append(CssError(node.source_line, _plain(node)))
        elif node.type == "qualified-rule":
            yield _style_rule(node, errors)
        elif node.type == "at-rule":
            yield _at_rule(node, errors)


def _style_rule(node: Any, errors: list[CssError]) -> StyleRule:
    _note_errors(node.prelude, errors)
    declarations, nested = _contents(node.content, errors)
    return StyleRule(tuple(_selectors(node.prelude)), declarations, nested)


def _at_rule(node: Any, errors: list[CssError]) -> AtRule:
    import tinycss2

    name, prelude = node.lower_at_keyword, tinycss2.serialize(node.prelude).strip()
    _note_errors(node.prelude, errors)
    if node.content is None:
        return AtRule(name, prelude, has_block=False)
    if name in _DECLARING:
        declarations, nested = _contents(node.content, errors)
        return AtRule(name, prelude, nested, declarations)
    return AtRule(name, prelude, tuple(_rules(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True), errors)))


def _contents(tokens: list[Any], errors: list[CssError]) -> tuple[tuple[Declaration, ...], tuple[StyleRule | AtRule, ...]]:
    import tinycss2

    nodes = tinycss2.parse_blocks_contents(tokens, skip_comments=True, skip_whitespace=True)
    declared = [node for node in nodes if node.type == "declaration"]
    for node in declared:
        _note_errors(node.value, errors)
    return tuple(map(_declaration, declared)), tuple(_rules((node for node in nodes if node.type != "declaration"), errors))


def _declaration(node: Any) -> Declaration:
    import tinycss2

    return Declaration(node.lower_name, tinycss2.serialize(node.value).strip(), node.important, tuple(node.value))


def _selectors(prelude: list[Any]) -> Iterator[str]:
    import tinycss2

    part: list[Any] = []
    for token in [*prelude, None]:
        if token is None or (token.type == "literal" and token.value == ","):
            yield tinycss2.serialize(part).strip()
            part = []
        else:
            part.append(token)


def _note_errors(tokens: Iterable[Any], errors: list[CssError]) -> None:
    errors += [CssError(token.source_line, _plain(token)) for token in tokens if token.type == "error"]


def _plain(error: Any) -> str:
    if error.kind in ("}", ")", "]"):
        return f"a `{error.kind}` closes nothing"
    return {"bad-string": "a quotation mark is never closed", "bad-url": "a `url(…)` is broken"}.get(error.kind, "this is neither a rule nor `property: value`")


def _unclosed_brace(css: str) -> int | None:
    """Where the `{` stands that has no `}`: readers close it at the end of the block, without a word."""
    import re

    plain = re.sub(r"""/\*.*?(?:\*/|\Z)|"[^"\n]*"|'[^'\n]*'""", lambda m: " " * len(m[0]), css, flags=re.DOTALL)
    opened: list[int] = []
    for brace in re.finditer(r"[{}]", plain):
        if brace[0] == "{":
            opened.append(brace.start())
        elif opened:
            opened.pop()
    return opened[0] if opened else None
