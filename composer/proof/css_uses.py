"""What CSS makes use of, in the words of facts/client_support.json: `border-radius`, `display:flex`, `1rem`, `a > b`."""

import re
from collections.abc import Iterator
from functools import cache

from composer.proof.css import AtRule, Declaration


def uses_of_declaration(declaration: Declaration) -> Iterator[str]:
    """The property, a value that counts by itself, the functions and units in it."""
    # What is said of `margin` is said of `margin-top`.
    name, general = declaration.name, _side().sub(r"\1", declaration.name)
    yield from (name, general, f"{name}:{declaration.value.lower()}")
    if declaration.important:
        yield "!important"
    waiting = list(declaration.tokens)
    while waiting:
        token = waiting.pop()
        if token.type == "function":
            yield from (f"{token.lower_name}()", f"{general}:{token.lower_name}()")
            waiting += token.arguments
        elif token.type == "url":
            yield f"{general}:url()"
        elif token.type == "dimension":
            yield f"1{token.lower_unit}"
            if token.value < 0:
                yield f"{general}:negative"
        elif token.type == "percentage":
            yield "1%"
        elif token.type == "ident":
            yield f"*:{token.lower_value}"


def uses_of_selector(selector: str) -> Iterator[str]:
    """Its combinators, attributes and pseudo-classes."""
    plain = _strings().sub("", selector)
    outside = re.sub(r"\[[^\]]*\]?|\([^()]*\)", "", plain)
    yield from re.findall(r"::?[\w-]+", outside)
    if "[" in plain:
        yield "a[b]"
    for sign, use in ((">", "a > b"), ("+", "a + b"), ("~", "a ~ b"), ("#", "#a"), (".", ".a"), ("*", "*"), ("&", "&")):
        if sign in outside:
            yield use
    if re.search(r"\.[\w-]+\.", outside):
        yield ".a.b"
    if re.search(r"[^\s>+~]\s+[^\s>+~]", outside):
        yield "a b"


def uses_of_at_rule(rule: AtRule) -> Iterator[str]:
    """The rule, and what it asks for in brackets: `@media (prefers-color-scheme)`."""
    yield f"@{rule.name}"
    for asked in re.findall(r"\(\s*([\w-]+)", rule.prelude):
        yield f"@{rule.name} ({asked})"


@cache
def _strings() -> re.Pattern[str]:
    return re.compile(r""""[^"]*"|'[^']*'""")


@cache
def _side() -> re.Pattern[str]:
    return re.compile(r"^(margin|padding|border)-(?:top|right|bottom|left)$")
