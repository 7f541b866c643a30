"""What is made of paragraphs and their runs is what is made of markdown-it's tokens: the same HTML, plain text and source marks."""

from hypothesis import given, settings, strategies as st

from composer.blocks.brief import Brief
from composer.proof.html import ProseHtml
from composer.proof.source_map import SourceMap
from composer.proof.text import Notes, ProseText
from composer.prose.markdown import Prose, visible_text
from composer.prose.source_mark import split_mark
from tests.property.test_prose import markdown, plain_markdown

MARKED = [
    *("Chips rise", " ", "  ", "\n", ".", ",", "。", "港口", "&", "*em*", "(", ")", "（", "）", " (", ") ", "\u00a0"),
    *("(Reuters)", " (Reuters $)", " (BBC, FT $)", "(BBC) (FT)", "（新华社）", " (36Kr)", " (2,000 of them)", "($)", "()", " (in five or six words)"),
    *(
        "[words](https://a.example/b)",
        "[words ](https://a.example)",
        "[](https://a.example)",
        "[a)](https://a.example)",
        "([BBC](https://b.example))",
        "`(FT)`",
    ),
]
briefs = st.lists(st.sampled_from(MARKED), min_size=1, max_size=8).map("".join).filter(str.strip)


def by_tokens(prose: Prose) -> Prose:
    return prose.cut(None, prose.tokens)


@settings(max_examples=600, deadline=None)
@given(markdown | plain_markdown | briefs, st.booleans(), st.sampled_from(["", " <b>end</b>"]))
def test_the_html_is_that_of_the_tokens(typed: str, mail: bool, behind: str) -> None:
    prose = Prose(typed)
    made, expected = (ProseHtml(SourceMap()).blocks(of, heading=4, link="lead", behind=behind, mail=mail) for of in (prose, by_tokens(prose)))
    assert made == expected
    assert ProseHtml(SourceMap()).inline(prose, mail=mail) == ProseHtml(SourceMap()).inline(by_tokens(prose), mail=mail)


@settings(max_examples=600, deadline=None)
@given(markdown | plain_markdown | briefs, st.sampled_from([("", None), ("  1. ", "     "), ("    | ", None), ("“", "")]))
def test_the_plain_text_is_that_of_the_tokens(typed: str, margins: tuple[str, str | None]) -> None:
    prose = Prose(typed)
    first, rest = margins
    made = ProseText(Notes()).blocks(prose, first=first, rest=rest, behind=lambda: " (BBC)")
    assert made == ProseText(Notes()).blocks(by_tokens(prose), first=first, rest=rest, behind=lambda: " (BBC)")
    assert ProseText(Notes()).inline(prose) == ProseText(Notes()).inline(by_tokens(prose))
    assert prose.ends_in_paragraph == by_tokens(prose).ends_in_paragraph


@settings(max_examples=1500, deadline=None)
@given(briefs)
def test_a_source_mark_is_that_of_the_tokens(typed: str) -> None:
    brief = Brief(text=Prose(typed))
    *_, last = [list(token.children or []) for token in brief.text.inlines] or [[]]
    children, mark = split_mark(last)
    assert brief.mark == mark
    left = [token.children or [] for token in brief.words.inlines]
    assert visible_text(left[-1] if left else []) == visible_text(children)
    assert [token.attrs for token in (left[-1] if left else []) if token.type == "link_open"] == [
        token.attrs for token in children if token.type == "link_open"
    ]


def test_most_briefs_need_no_tokens() -> None:
    """So that a short cut that is never taken, which the comparisons above would not notice, is noticed."""
    for typed in ("[Chips](https://a.example/b) rise again. (Reuters $)", "Nothing is said of its source", "*Not so* short."):
        brief = Brief(text=Prose(typed))
        assert (brief.words.paragraphs is not None) == (typed[0] != "*")
