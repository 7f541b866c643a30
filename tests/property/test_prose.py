"""The short cuts past markdown-it's loops change nothing: whatever is typed, the tokens are those of markdown-it alone."""

from functools import cache

from hypothesis import given, settings, strategies as st
from markdown_it import MarkdownIt

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


@cache
def plain_parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(["code", "fence", "image", "lheading", "html_block", "html_inline"])


@settings(max_examples=600, deadline=None)
@given(markdown)
def test_tokens_are_those_of_markdown_it_alone(typed: str) -> None:
    assert Prose(typed).tokens == plain_parser().parse(protected(typed))


def test_deep_nesting_and_many_brackets_are_read_alike() -> None:
    for typed in ("[" * 40 + "a" + "](/x)" * 40, "> " * 40 + "a", "*a **b " * 30 + "** *" * 30, "[a](" + "(" * 40 + ")" * 40 + ")", "[x\n[y]: /z"):
        assert Prose(typed).tokens == plain_parser().parse(typed)
