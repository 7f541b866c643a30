"""Macros and methods are called, and values printed, in shorter ways than Jinja's own: what comes out is what Jinja's makes."""

from pathlib import Path

import pytest
from jinja2 import Environment, pass_context
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context
from markupsafe import Markup

from composer.proof.jinja import environment_of


class Typed(str):
    """A text that knows where it was typed, say."""

    __slots__ = ()


class Html:
    """What says of itself that it is HTML."""

    def __html__(self) -> str:
        return "<hr>"

    def __str__(self) -> str:
        return "a line"


class Tool:
    """What a template is handed."""

    def __str__(self) -> str:
        return "<a & b>"

    def words(self, *words: str, **named: str) -> str:
        return "|".join([*words, *(f"{name}={value}" for name, value in sorted(named.items()))])

    def markup(self, words: str) -> Markup:
        return Markup("<b>{}</b>").format(words)

    @pass_context
    def seen(self, context: Context, name: str) -> str:
        return str(context.resolve(name))


PAGES = {
    "positional and named": '{{ tool.words("a", "<b>", own="c", called="e") }}',
    "markup stays markup": '{{ tool.markup("<i>") }}',
    "a method that wants the context": '{% set mine = "<here>" %}{{ tool.seen("word") }}',
    "methods of texts and lists": '{{ "a,b".split(",") | join("<") }}{{ [1, 2].index(2) }}',
    "globals": "{% set n = namespace(x=1) %}{% set n.x = 2 %}{{ n.x }}{{ range(3) | list }}{% set c = cycler(1, 2) %}{{ c.next() }}{{ c.next() }}",
    "in a loop": '{% for x in ["<", "b"] %}{{ loop.cycle("odd", "even") }}{{ tool.words(x) }}{{ loop.changed(x) }}{% endfor %}',
    "macros": '{% macro m(a, b="<") %}({{ a }}{{ b }}{{ varargs }}{{ kwargs }}){% endmacro %}{{ m("&") }}{{ m(1, 2, 3, d="<") }}',
    "a macro in a loop in a macro": "{% macro m(a) %}{% for x in a %}{{ x if x is string else m(x) }}{% endfor %}{% endmacro %}{{ m(['<', ['>', ['&']]]) }}",
    "a call block": '{% macro m() %}<{{ caller("<") }}>{% endmacro %}{% call(x) m() %}{{ x }}{% endcall %}',
    "values of every kind": """{{ "<&>'" }}{{ '"' }}{{ "plain" }}{{ 3 }}{{ 1.5 }}{{ none }}{{ true }}{{ ["<"] }}{{ {"a": "&"} }}{{ "<i>" | safe }}{{ tool }}""",
    "a text of its own kind": "{{ typed }}{{ typed | upper }}{{ html }}{{ [html, typed] | join }}",
    "in a text macro values are printed as they are": "{% macro a_text(a) %}{{ a }}{{ 3 }}{{ html }}{{ '<' }}{% endmacro %}{{ a_text(typed) }}",
    "a text macro is not escaped": '{% macro text(a) %}{{ a }}{{ tool.words("<") }}{% endmacro %}{{ text("<&") | length }}',
}


def stock_environment() -> Environment:
    environment = environment_of(())
    environment.context_class = Context
    environment.code_generator_class = CodeGenerator
    return environment


@pytest.mark.parametrize("page", PAGES)
def test_it_is_what_jinja_makes_of_it(page: str) -> None:
    made, expected = (
        environment.from_string(PAGES[page]).render(tool=Tool(), word="a < b", typed=Typed("<'t'>"), html=Html())
        for environment in (environment_of(()), stock_environment())
    )
    assert made == expected
    assert made


def test_a_fault_in_a_called_method_leads_to_the_template(tmp_path: Path) -> None:
    (tmp_path / "page.j2").write_text("fine\n{{ word.no_such_method() }}\n", encoding="utf-8")
    environment = environment_of((tmp_path,))
    with pytest.raises(Exception, match="no_such_method"):
        environment.get_template("page.j2").render(word="a")
