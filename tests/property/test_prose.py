"""The short cuts past markdown-it's loops change nothing: whatever is typed, the tokens are those of markdown-it alone."""

from functools import cache

import pytest
from hypothesis import given, settings, strategies as st
from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline

from composer.prose.markdown import Prose
from composer.prose.merge_fields import protected

# Every character that some rule of Markdown begins or ends with, and what stands around links and their definitions.
SIGNS = [
    *"&*<>[]()_`\\!#$%+-:=@^{}~\"'/?;.,|",
    *(" ", "\n", "\n\n", "\t", "  \n", "    ", "\n> ", "\n- ", "\n2. ", "\n## ", "\n---\n"),
    *("a", "words", "é", "中", "“", "\u00a0", "\u007f", "&amp;", "&#41;", "\\)", "\\]", "{{ reader.x | y }}"),
    *("](", "[", "](https://a.example/b?c=d&e#f)", "](https://a.example/(b)c)", '](/b "title")', "](<b c>)", "](b\\)c)", "](&copy;)", "](javascript:x)"),
    *("[name]", "[name]: https://a.example/x", "\n\n[name]: <y z> 'title'\n\n", "]:", "[na\nme]: /x", "[a][name]", "<https://a.example/b>", "<m@a.example>"),
]
markdown = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=30).map("".join)

# What the short cuts themselves read, and what is only just too much for them.
PLAIN = [
    *("words of a sentence", "A", "é", "港口", "\u00a0", "\u2028", ".", "!", "(", ")", "12", "#", "zmf"),
    *(" ", " ", "\n", "\n", "\n\n", "\n\n", "\n\n\n", " \n", "\n ", "\f", "\r\n"),
    *(
        "[words](https://a.example/b)",
        "[](https://a.example)",
        "[two\nlines](https://a.example/b)",
        "[a](https://a.example/b?c=d&e=f)",
        "[a](mailto:m@a.example)",
    ),
    *("\n\n## Head\n\n", "\n\n### Head", "## Head\n", "\n## Head\n", "\n\n## Head #\n\n", "\n\n##\n\n", "####### no head\n\n", "\n\n#no head\n\n"),
    *(
        "*em*",
        " *two words*",
        "(*em*)",
        "“*em*”",
        "*e.m.*",
        "*em *",
        "**em**",
        "a*b*c",
        "*Who?*",
        "*-ime*",
        "(*“x”*)",
        "*",
        " *",
        "* ",
        "A & B",
        "AT&T",
        "&;",
        "&x",
        "&amp",
        ";",
        "*港口*",
        " *a*, *b*.",
        "\n*em*\n",
    ),
    *("\n\n- item\n\n", "\n\n3. item", "\n\n2026. A year", "*", "_", "\\", "&amp;", "\n\n---\n\n", "\n\n***\n\n", "]", "["),
]
plain_markdown = st.lists(st.sampled_from(PLAIN), min_size=1, max_size=14).map("".join)


@cache
def plain_parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(["code", "fence", "image", "lheading", "html_block", "html_inline"])


@settings(max_examples=1200, deadline=None)
@given(markdown | plain_markdown)
def test_tokens_are_those_of_markdown_it_alone(typed: str) -> None:
    assert Prose(typed).tokens == plain_parser().parse(protected(typed))


def test_deep_nesting_and_many_brackets_are_read_alike() -> None:
    for typed in ("[" * 40 + "a" + "](/x)" * 40, "> " * 40 + "a", "*a **b " * 30 + "** *" * 30, "[a](" + "(" * 40 + ")" * 40 + ")", "[x\n[y]: /z"):
        assert Prose(typed).tokens == plain_parser().parse(typed)


def test_most_of_an_issue_is_read_by_the_short_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a short cut that is never taken, which the comparison above would not notice, is noticed."""
    taken: list[str] = []
    monkeypatch.setattr(ParserInline, "parse", lambda self, src, *rest: taken.append(src))
    text = "## A head\n\nWords,\nin lines, with [a link](https://a.example/b?c=d) behind.\n\nMore words. (Reuters $)\n"
    assert [token.type for token in Prose(text).tokens] == [
        f"{kind}_{end}" if end else "inline" for kind in ("heading", "paragraph", "paragraph") for end in ("open", "", "close")
    ]
    assert taken == []
    _ = Prose("*Words* in italics").tokens
    assert taken == ["*Words* in italics"]
