"""What can be told from a template's source alone: tags as they are written, and values that no escape protects.

A branch that no issue takes is read here too. What Jinja puts in is a gap of which nothing is said.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from jinja2 import Environment, nodes

from composer.proof.jinja import is_text_macro
from composer.proof.mjml_check import faults_in_source, nesting_faults_in
from composer.proof.mjml_scan import Fault
from composer.proof.mjml_tags import GAP, Tag, start_tags
from composer.proof.traced import as_read, tokens_of

# What of `page` comes from newsletter.yaml, newsroom.yaml and theme.css, which are the newsroom's own, not from a draft.
_OF_THE_NEWSROOM = frozenset(["newsletter", "newsroom", "publisher", "theme", "words", "unsubscribe_url", "manage_url", "view_online"])
_ADDRESSES = frozenset(["href", "src", "action", "background-url", "background", "poster"])


class Expression(NamedTuple):
    """`{{ … }}`, from its first brace to behind its last."""

    start: int
    end: int
    words: str


class _Source(NamedTuple):
    """A template with its Jinja blanked out, piece by piece between its statements."""

    text: str
    blanked: str
    pieces: list[tuple[int, str]]
    expressions: dict[int, Expression]
    known: "_Known"

    @property
    def parameters(self) -> frozenset[str]:
        """The names that macros are called with."""
        return self.known.parameters


def source_faults(source: str) -> list[Fault]:
    """The faults of a template's source, which Jinja has accepted; offsets are in the source as Jinja reads it."""
    read = _read(source)
    found = [*faults_in_source(read.blanked), *_unescaped(read)]
    for at, piece in read.pieces:
        found += [fault._replace(start=fault.start + at, end=fault.end + at) for fault in nesting_faults_in(piece)]
    return sorted(set(found), key=lambda fault: (fault.start, fault.end, fault.kind))


@lru_cache(maxsize=8)
def _read(source: str) -> _Source:
    text = as_read(source)
    literal = bytearray(len(text))
    expressions: dict[int, Expression] = {}
    statements: list[tuple[int, int]] = []
    began = 0
    for start, kind, words in tokens_of(_plain(), source):
        if kind in ("data", "raw"):
            literal[start : start + len(words)] = b"\1" * len(words)
        elif kind in ("variable_begin", "block_begin", "comment_begin", "raw_begin"):
            began = start
        elif kind == "variable_end":
            expressions[began] = Expression(began, start + 2, text[began + 2 : start].strip("-+ \n\t"))
        elif kind in ("block_end", "raw_end"):
            statements.append((began, start + len(words)))
    blanked = "".join(character if known or character == "\n" else GAP for character, known in zip(text, literal, strict=True))
    return _Source(text, blanked, list(_between(blanked, statements)), expressions, _Known(_plain().parse(text)))


def _between(blanked: str, statements: Iterable[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    done = 0
    for start, end in (*statements, (len(blanked), len(blanked))):
        piece = blanked[done:start]
        # Spaces are no words, and neither is what an expression puts in.
        yield done, piece.replace(GAP, " ") if "<" not in piece else piece
        done = end


def _unescaped(read: _Source) -> Iterator[Fault]:
    yield from _trusted_values(read)
    yield from _unprotected_values(read)


def _trusted_values(read: _Source) -> Iterator[Fault]:
    known, tree = read.known, read.known.tree
    trusted = [(node, known.is_markup(node.node)) for node in _of_html(tree) if isinstance(node, nodes.Filter) and node.name == "safe"]
    written = _written(read.text, r"\|\s*safe\b")
    by_line = {line: [node for node in trusted if node[0].lineno == line] for line in {node.lineno for node, _ in trusted}}
    for line, on_line in by_line.items():
        spots = [spot for spot in written if read.text.count("\n", 0, spot[0]) + 1 == line] or [_line(read.text, line)]
        for number, (_, is_markup) in enumerate(on_line):
            if not is_markup:
                yield _fault(
                    *spots[min(number, len(spots) - 1)],
                    "`| safe` lets this value through unescaped",
                    "take `| safe` away, or let t.text, t.inline or t.prose set it",
                )
    for node in _of_html(tree):
        if isinstance(node, nodes.ScopedEvalContextModifier) and not all(_is_true(option) for option in node.options):
            yield _fault(*_on_line(read.text, r"autoescape\b", node.lineno), "values are not escaped within this block", "take the autoescape block away")
        elif isinstance(node, nodes.Getattr) and node.attr.startswith("__"):
            yield _fault(
                *_on_line(read.text, re.escape(node.attr), node.lineno), f"`{node.attr}` reaches behind a value, past its escape", "use the value itself"
            )
        elif isinstance(node, nodes.Filter) and node.name == "map" and any(isinstance(a, nodes.Const) and a.value == "safe" for a in node.args):
            yield _fault(*_on_line(read.text, r"map\b", node.lineno), '`map("safe")` lets these values through unescaped', "take it away")


def _unprotected_values(read: _Source) -> Iterator[Fault]:
    """Values outside quotes, values that name attributes, and addresses that may run code."""
    text_macros = [(found.start(), found.end()) for found in _text_macro().finditer(read.text)]
    for tag in start_tags(read.blanked):
        if any(start <= tag.start < end for start, end in text_macros):
            continue
        for attribute in tag.attributes:
            if attribute.value is None or GAP not in attribute.value:
                continue
            at = read.blanked.index(GAP, attribute.value_start)
            if not attribute.quote:
                yield _fault(
                    attribute.start,
                    attribute.end,
                    f"the value of `{attribute.name}` has no quotes",
                    f'write {attribute.name}="{{{{ … }}}}": an escape protects only within quotes',
                )
            elif attribute.name in _ADDRESSES and at in read.expressions and not read.blanked[attribute.value_start : at].strip():
                yield from _unsafe_address(read.expressions[at], attribute.name, read.parameters)
        yield from _loose_values(tag, read)


def _unsafe_address(expression: Expression, attribute: str, parameters: frozenset[str]) -> Iterator[Fault]:
    tree = _plain().parse("{{ " + expression.words + " }}")
    (output,) = (node for node in tree.body if isinstance(node, nodes.Output))
    if not all(_is_safe_address(node, parameters) for node in output.nodes):
        help = f'write {attribute}="{{{{ t.address({expression.words}) }}}}": an address such as javascript:… then goes nowhere'
        yield _fault(expression.start, expression.end, "this address is not looked at before it becomes a link", help)


def _is_safe_address(node: nodes.Node, parameters: frozenset[str]) -> bool:
    if isinstance(node, nodes.CondExpr):
        return _is_safe_address(node.expr1, parameters) and (node.expr2 is None or _is_safe_address(node.expr2, parameters))
    if isinstance(node, nodes.Concat):
        return _is_safe_address(node.nodes[0], parameters)
    if isinstance(node, (nodes.Or, nodes.And)):
        return _is_safe_address(node.left, parameters) and _is_safe_address(node.right, parameters)
    if isinstance(node, nodes.Name) and node.name in parameters:
        # Whoever calls the macro has looked at it, or is found there.
        return True
    path = _path_of(node)
    return isinstance(node, (nodes.Const, nodes.Call, nodes.TemplateData)) or (path[:1] == ("page",) and path[1:2] != () and path[1] in _OF_THE_NEWSROOM)


def _loose_values(tag: Tag, read: _Source) -> Iterator[Fault]:
    """`<td {{ words }}>`: an escape does not keep a value from being an attribute."""
    # An expression right behind the name is a part of it: `<h{{ level }}`.
    position = tag.name_end + (read.blanked[tag.name_end] == GAP and read.expressions.get(tag.name_end) is not None)
    for attribute in (*tag.attributes, None):
        end = attribute.start if attribute is not None else tag.end
        for at in range(position, end):
            expression = read.expressions.get(at)
            if expression is not None and read.blanked[at - 1] != "=" and not _is_own_attribute(expression.words, read):
                yield _fault(
                    expression.start,
                    expression.end,
                    "a value stands here as an attribute, which no escape protects",
                    'write its name and quotes: title="{{ … }}"',
                )
        position = attribute.end if attribute is not None else end


def _is_own_attribute(words: str, read: _Source) -> bool:
    tree = _plain().parse("{{ " + words + " }}")
    return all(_writes_own(node, read.known) for output in tree.find_all(nodes.Output) for node in output.nodes)


def _writes_own(node: nodes.Node, known: "_Known") -> bool:
    if isinstance(node, nodes.CondExpr):
        return _writes_own(node.expr1, known) and (node.expr2 is None or _writes_own(node.expr2, known))
    if isinstance(node, nodes.Filter) and node.node is not None:
        return _writes_own(node.node, known)
    return isinstance(node, (nodes.Const, nodes.Call, nodes.TemplateData)) or (isinstance(node, nodes.Name) and node.name in known.blocks)


class _Known:
    """What a template knows to be markup already: its own words, what `t` has set, and the theme, which is the newsroom's."""

    def __init__(self, tree: nodes.Template) -> None:
        self.tree = tree
        self.parameters = frozenset(argument.name for macro in tree.find_all(nodes.Macro) for argument in macro.args)
        self.blocks = {node.target.name for node in tree.find_all(nodes.AssignBlock) if isinstance(node.target, nodes.Name)}
        sheets = (loop for loop in tree.find_all(nodes.For) if _path_of(loop.iter) == ("page", "head_styles"))
        self._sheets = {loop.target.name for loop in sheets if isinstance(loop.target, nodes.Name)}

    def is_markup(self, node: nodes.Node | None) -> bool:
        """Whether `| safe` on this node lets nothing through that came from a draft."""
        if isinstance(node, (nodes.Const, nodes.TemplateData)):
            return True
        if isinstance(node, nodes.Name):
            return node.name in self.blocks or node.name in self._sheets
        if isinstance(node, nodes.CondExpr):
            return self.is_markup(node.expr1) and (node.expr2 is None or self.is_markup(node.expr2))
        if isinstance(node, nodes.Concat):
            return all(map(self.is_markup, node.nodes))
        if isinstance(node, nodes.BinExpr):
            return self.is_markup(node.left) and self.is_markup(node.right)
        if isinstance(node, nodes.Filter):
            return node.name in ("e", "escape", "forceescape", "length", "tojson") or (node.name in ("trim", "safe", "indent") and self.is_markup(node.node))
        if isinstance(node, nodes.Call):
            path = _path_of(node.node)
            return (len(path) == 1 and path[0] != "t") or (len(path) == 2 and path[0] == "t" and path[1] in _setting_tools())
        return _path_of(node)[:2] in (("page", "theme"), ("page", "head_styles"))


def _path_of(node: nodes.Node | None) -> tuple[str, ...]:
    """`page.theme["ink"]` as its names; empty for anything else."""
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr):
        before = _path_of(node.node)
        return (*before, node.attr) if before else ()
    if isinstance(node, nodes.Getitem):
        before = _path_of(node.node)
        return (*before, str(getattr(node.arg, "value", "?"))) if before else ()
    return ()


@cache
def _setting_tools() -> frozenset[str]:
    """The tools of an mjml macro that hand over markup."""
    from markupsafe import Markup

    from composer.proof.render import MjmlTools

    return frozenset(name for name, tool in vars(MjmlTools).items() if getattr(tool, "__annotations__", {}).get("return") is Markup)


def _of_html(node: nodes.Node) -> Iterator[nodes.Node]:
    """Every node that is not within a macro for plain text, in the source's order."""
    for child in node.iter_child_nodes():
        if not (isinstance(child, nodes.Macro) and is_text_macro(child.name)):
            yield child
            yield from _of_html(child)


def _is_true(option: nodes.Keyword) -> bool:
    return isinstance(option.value, nodes.Const) and option.value.value is True


def _written(text: str, pattern: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(pattern, text)]


def _on_line(text: str, pattern: str, line: int) -> tuple[int, int]:
    start, end = _line(text, line)
    found = re.compile(pattern).search(text, start, end)
    return found.span() if found else (start, end)


def _line(text: str, number: int) -> tuple[int, int]:
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: number - 1])
    return start, start + len(lines[number - 1])


def _fault(start: int, end: int, message: str, help: str) -> Fault:
    return Fault("unescaped-value", start, end, message, help)


@cache
def _plain() -> Environment:
    """Jinja with Composer's delimiters and nothing else, to read templates as they were written."""
    from composer.proof.jinja import environment_of

    shaped = environment_of(())
    return Environment(autoescape=True, trim_blocks=shaped.trim_blocks, lstrip_blocks=shaped.lstrip_blocks)


@cache
def _text_macro() -> re.Pattern[str]:
    return re.compile(r"\{%-?\s*macro\s+(?:text|text_\w+|\w+_text)\s*\(.*?\{%-?\s*endmacro", re.DOTALL)
