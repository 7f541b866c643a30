"""The source mark at the end of a brief: what counts as one, and what stays text."""

import pytest

from composer.blocks.brief import Brief
from composer.prose.markdown import visible_text


def words_of(brief: Brief) -> str:
    return "\n\n".join(visible_text(token.children or []) for token in brief.words.inlines)


def named(brief: Brief) -> list[str]:
    return [f"{source.name}{' $' if source.paywall else ''}" for source in brief.sources]


MARKS = [
    ("Chips. (Reuters $)", "Chips.", ["Reuters $"]),
    ("Chips. (Reuters)", "Chips.", ["Reuters"]),
    ("Chips. (Reuters$)", "Chips.", ["Reuters $"]),
    ("Chips. (Reuters\u00a0$)", "Chips.", ["Reuters $"]),
    ("Chips. (Reuters\u202f$)", "Chips.", ["Reuters $"]),
    ("Chips. ( Reuters $ )", "Chips.", ["Reuters $"]),
    ("Chips.\u00a0(Reuters)", "Chips.", ["Reuters"]),
    ("Chips.  (Reuters)", "Chips.", ["Reuters"]),
    ("Chips.\n(Reuters)", "Chips.", ["Reuters"]),
    ("Chips. (Reuters) ", "Chips.", ["Reuters"]),
    ("Chips. (BBC (UK) $)", "Chips.", ["BBC (UK) $"]),
    ("Chips. （Reuters $）", "Chips.", ["Reuters $"]),
    ("芯片。（路透社）", "芯片。", ["路透社"]),
    ("芯片。（路透社 ＄）", "芯片。", ["路透社 $"]),
    ("Chips. (A) (B $)", "Chips.", ["A", "B $"]),
    ("Chips. (A)(B)", "Chips. (A)(B)", []),
    ("Chips. (A $, B)", "Chips.", ["A $", "B"]),
    ("Chips. (A; B $)", "Chips.", ["A", "B $"]),
    ("Chips. (New York Times $, Wall Street Journal $)", "Chips.", ["New York Times $", "Wall Street Journal $"]),
    ("Chips. (A, B)", "Chips.", ["A", "B"]),
    ("Chips. (36Kr)", "Chips.", ["36Kr"]),
    ("Chips. (36kr $)", "Chips.", ["36kr $"]),
    ("Chips. (South China Morning Post $)", "Chips.", ["South China Morning Post $"]),
    ("Chips. (one two three four five)", "Chips.", ["one two three four five"]),
    ("Chips (some). (BBC)", "Chips (some).", ["BBC"]),
    ("Is it? (BBC)", "Is it?", ["BBC"]),
    ("[Chips](https://x.example/a_(b)) fell. (BBC)", "Chips fell.", ["BBC"]),
    ("Chips. (*Wired* $)", "Chips.", ["Wired $"]),
    ("Chips. *(Wired)*", "Chips.", ["Wired"]),
    ("*Chips. (Wired $)*", "Chips.", ["Wired $"]),
    ("**Chips.** (Wired)", "Chips.", ["Wired"]),
    ("Chips. (Nobody asked for them.) (BBC)", "Chips. (Nobody asked for them.)", ["BBC"]),
    ("Chips. (Who knew?) (BBC $)", "Chips. (Who knew?)", ["BBC $"]),
    ("Chips. (really) (BBC)", "Chips. (really)", ["BBC"]),
    ("Chips. (npm) (BBC)", "Chips.", ["npm", "BBC"]),
    ("芯片（财新 ＄）。", "芯片", ["财新 $"]),
    ("Chips. (The Information, $)", "Chips.", ["The Information $"]),
    ("Chips. (Inc.)", "Chips.", ["Inc."]),
    ("Chips. (The Quayside Post.)", "Chips.", ["The Quayside Post."]),
    ("Chips. (the Guardian $)", "Chips.", ["the Guardian $"]),
]


@pytest.mark.parametrize(("text", "words", "sources"), MARKS)
def test_the_last_bracket_is_the_mark(text: str, words: str, sources: list[str]) -> None:
    brief = Brief.model_validate(text)
    assert (words_of(brief), named(brief)) == (words, sources)


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Chips. (Les Echos $, French)", [("Les Echos", True, "French")]),
        ("Chips. (Caixin, in Chinese)", [("Caixin", False, "in Chinese")]),
        ("Chips. (Caixin) (in Chinese)", [("Caixin", False, "in Chinese")]),
        ("Chips. (Caixin, in Chinese $)", [("Caixin", True, "in Chinese")]),
        ("Chips. (South China Morning Post, originally in Chinese)", [("South China Morning Post", False, "originally in Chinese")]),
        ("Chips. (The Information, paywall)", [("The Information", True, "")]),
        ("Chips. (The Information; Subscription required)", [("The Information", True, "")]),
        ("Chips. (Die Zeit $, German, registration required)", [("Die Zeit", True, "German, registration required")]),
        ("Chips. (French, Les Echos)", [("Les Echos", False, "French")]),
        ("Chips. (Les Echos $, French, Reuters)", [("Les Echos", True, "French"), ("Reuters", False, "")]),
        ("Chips. (Les Echos $, in French", [("Les Echos", True, "in French")]),
        ("芯片。（财新，英文）", [("财新", False, "英文")]),
        ("Chips. (really) (in Chinese) (BBC)", [("BBC", False, "")]),
        ("Chips. (Chinese Daily, AP)", [("Chinese Daily", False, ""), ("AP", False, "")]),
    ],
)
def test_words_about_a_source_are_no_source(text: str, sources: list[tuple[str, bool, str]]) -> None:
    assert [(source.name, source.paywall, source.note) for source in Brief.model_validate(text).sources] == sources


NOT_MARKS = [
    "Chips. (in Chinese)",
    "Chips. (paywall)",
    "It speaks three languages (English, French, Spanish)",
    "Chips. (BBC and more of them all) (in Chinese)",
    "Chips. (Nobody asked for them.)",
    "Chips. (Who knew?)",
    "Chips cost money. (a little over $40)",
    "Chips. (one two three four five six)",
    "Chips. (Area 51 News)",
    "Chips. (2026)",
    "Chips.(BBC)",
    "Chips. (BBC) and more",
    "Chips (BBC)!",
    "Chips. ()",
    "Chips. ( )",
    "Chips. ($)",
    "Chips. [BBC]",
    "[Chips (BBC)](https://x.example)",
    "Chips. [(BBC)](https://x.example)",
    "Chips. `(BBC)`",
    "No bracket at all.",
]


@pytest.mark.parametrize("text", NOT_MARKS)
def test_other_brackets_stay_text(text: str) -> None:
    brief = Brief.model_validate(text)
    assert brief.sources == ()
    assert brief.mark is None
    assert words_of(brief) == brief.text.visible


def test_the_source_may_be_a_link() -> None:
    (source,) = Brief.model_validate("Chips. ([Reuters](https://r.example/a_(b)) $)").sources
    assert source[:3] == ("Reuters", True, "https://r.example/a_(b)")


def test_each_of_two_linked_sources_keeps_its_own_link() -> None:
    first, second, third = Brief.model_validate("Chips. ([A](https://a.example) $, [B](https://b.example), C)").sources
    assert (first.href, second.href, third.href) == ("https://a.example", "https://b.example", None)


def test_one_full_stop_behind_the_mark_is_tolerated_and_remembered() -> None:
    brief = Brief.model_validate("Chips. (Reuters $).")
    assert brief.mark is not None
    assert brief.mark.full_stop_behind
    assert (words_of(brief), named(brief)) == ("Chips.", ["Reuters $"])
    assert Brief.model_validate("Chips. (Reuters $)..").mark is None


@pytest.mark.parametrize(
    ("text", "raw"),
    [("Chips. (Bloomberg $", "(Bloomberg $"), ("Chips. (Bloomberg", "(Bloomberg"), ("Chips. (some). (BBC $ ", "(BBC $"), ("Chips. （彭博 $", "（彭博 $")],
)
def test_a_mark_that_is_never_closed_is_still_read(text: str, raw: str) -> None:
    mark = Brief.model_validate(text).mark
    assert mark is not None
    assert (mark.closed, mark.raw) == (False, raw)


@pytest.mark.parametrize(
    "text", ["Chips. (and then a very long aside", "Chips(Bloomberg $", "Chips) fell. (about 40", "Chips. (BBC) (", "Chips. [(x](https://x.example)"]
)
def test_an_open_bracket_that_names_nobody_stays_text(text: str) -> None:
    mark = Brief.model_validate(text).mark
    assert mark is None or mark.closed


def test_source_wins_over_a_bracket_which_then_stays_text() -> None:
    brief = Brief.model_validate({"text": "It is made of sand (silicon)", "source": "Bloomberg", "paywall": "true"})
    assert (words_of(brief), named(brief)) == ("It is made of sand (silicon)", ["Bloomberg $"])


def test_paywall_counts_with_a_mark_as_well() -> None:
    assert named(Brief.model_validate({"text": "Chips. (Reuters)", "paywall": "true"})) == ["Reuters $"]


def test_both_forms_mean_the_same() -> None:
    one_line = Brief.model_validate("[Canada](https://c.example) prepares. (Bloomberg $)")
    mapping = Brief.model_validate({"text": "[Canada](https://c.example) prepares.", "source": "Bloomberg", "paywall": "true"})
    assert words_of(one_line) == words_of(mapping)
    assert one_line.sources == mapping.sources


def test_follow_ups_take_both_forms() -> None:
    brief = Brief.model_validate({"text": "A.", "more": ["B. (BBC)", {"text": "C.", "source": "FT", "more": ["D. (WP)"]}]})
    assert [named(b) for b in brief.more] == [["BBC"], ["FT"]]
    assert named(brief.more[1].more[0]) == ["WP"]


def test_the_mark_is_looked_for_at_the_end_of_the_last_paragraph() -> None:
    brief = Brief.model_validate("One. (not this one here at all yes)\n\nTwo. (BBC)")
    assert words_of(brief) == "One. (not this one here at all yes)\n\nTwo."


def test_what_was_opened_before_the_mark_is_closed() -> None:
    kinds = [token.type for token in Brief.model_validate("*Chips **rise. (BBC)***").words.tokens[1].children or []]
    assert kinds.count("em_open") == kinds.count("em_close")
    assert kinds.count("strong_open") == kinds.count("strong_close")
