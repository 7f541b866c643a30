"""Which pieces of templates an issue prints: their literal words, their branches and those of conditional expressions."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import nodes
from markupsafe import Markup

from composer.issue.issue import Issue
from composer.project.project import Project
from composer.proof.jinja import environment_of
from composer.proof.page import Page
from composer.proof.render import mjml_of, text_of
from composer.proof.source_map import SourceMap
from composer.proof.templates import templates_of


class Piece(NamedTuple):
    """Words that a template prints by itself, or a branch that it takes under a condition."""

    template: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.template}:{self.line}: {self.words}"


class Watched:
    """Templates that say which of their pieces are printed."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.pieces: list[Piece] = []
        self.printed: set[int] = set()
        self._environment = environment_of(folders)
        parse = self._environment._parse

        def watched(source: str, name: str | None, filename: str | None) -> nodes.Template:
            tree = parse(source, name, filename)
            self._watch(tree, name or "")
            return tree

        self._environment._parse = watched  # type: ignore[method-assign]
        self._environment.globals |= {"_printed": self._printed, "_passed": self._passed}
        for name in self._environment.list_templates(["j2"]):
            self._environment.get_template(name)

    @property
    def silent(self) -> list[Piece]:
        """The pieces that nothing printed so far."""
        return [piece for number, piece in enumerate(self.pieces) if number not in self.printed]

    def print(self, issues: Iterable[Issue], project: Project) -> None:
        """Render issues, as mail and as text, and as proofs and not."""
        for issue in issues:
            for marked in (False, True):
                page = Page(issue, project, templates_of(project, issue.of.slug), marked=marked)
                mjml_of(self._environment, page, SourceMap())
                text_of(self._environment, page)

    def _printed(self, number: int) -> Markup:
        self.printed.add(number)
        return Markup()

    def _passed(self, number: int, value: Any) -> Any:
        self.printed.add(number)
        return value

    def _watch(self, tree: nodes.Node, template: str) -> None:
        for output in list(tree.find_all(nodes.Output)):
            watched: list[nodes.Expr] = []
            for part in output.nodes:
                if isinstance(part, nodes.TemplateData) and part.data.strip():
                    watched.append(self._call("_printed", template, part, part.data))
                watched.append(part)
            output.nodes = watched
        for branch in [*tree.find_all((nodes.If, nodes.For))]:
            for name in ("body", "else_"):
                body: list[nodes.Node] = getattr(branch, name)
                if body:
                    kind = f"{type(branch).__name__.lower()}: {'otherwise' if name == 'else_' else 'first'}"
                    body.insert(0, nodes.Output([self._call("_printed", template, body[0], kind)], lineno=body[0].lineno))
        for choice in list(tree.find_all(nodes.CondExpr)):
            choice.expr1 = self._call("_passed", template, choice.expr1, f"if: {choice.expr1}", choice.expr1)
            if choice.expr2 is not None:
                choice.expr2 = self._call("_passed", template, choice.expr2, f"else: {choice.expr2}", choice.expr2)

    def _call(self, function: str, template: str, node: nodes.Node, words: str, *arguments: nodes.Expr) -> nodes.Call:
        self.pieces.append(Piece(template, node.lineno, " ".join(words.split())[:90]))
        number = nodes.Const(len(self.pieces) - 1, lineno=node.lineno)
        return nodes.Call(nodes.Name(function, "load", lineno=node.lineno), [number, *arguments], [], None, None, lineno=node.lineno)
