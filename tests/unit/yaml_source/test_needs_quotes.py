"""Lines in which YAML would lose or twist a writer's words: one problem each, and the line as it should be typed."""

from typing import NamedTuple

import pytest

from composer.yaml_source.reader import read_text
from composer.yaml_source.values import Mapping, Value


class Case(NamedTuple):
    """Lines of a draft, the words that are meant by them, and the place of what is wrong."""

    lines: str
    words: str
    place: tuple[int, int, int, int]
    kind: str = "needs-quotes"


CASES = [
    Case("headline: Apple is #1", "Apple is #1", (2, 20, 2, 22), "text-lost-to-comment"),
    Case("dek: see https://x.example #part two", "see https://x.example #part two", (2, 28, 2, 37), "text-lost-to-comment"),
    Case("items:\n  - Price is 5 # not 6. (BBC)", "Price is 5 # not 6. (BBC)", (3, 16, 3, 30), "text-lost-to-comment"),
    Case("items:\n  - text: Price is 5 # not 6. (Pier Press)", "Price is 5 # not 6. (Pier Press)", (3, 22, 3, 43), "text-lost-to-comment"),
    Case("dek: It is model # 5. (The Specimen Post $).", "It is model # 5. (The Specimen Post $).", (2, 18, 2, 45), "text-lost-to-comment"),
    Case("headline: #1 in batteries", "#1 in batteries", (2, 11, 2, 26), "text-lost-to-comment"),
    Case("items:\n  - #MeToo is back. (BBC)", "#MeToo is back. (BBC)", (3, 5, 3, 26), "text-lost-to-comment"),
    Case("dek: !important news", "!important news", (2, 6, 2, 21)),
    Case("dek: ! wow", "! wow", (2, 6, 2, 11)),
    Case("dek: &c", "&c", (2, 6, 2, 8)),
    Case("dek: & Sons", "& Sons", (2, 6, 2, 12)),
    Case("brief: {text: TBH, I was}", "TBH, I was", (2, 15, 2, 25)),
    Case("brief: {text: TBH, I was, mostly}", "TBH, I was, mostly", (2, 15, 2, 33)),
    Case("items:\n  - China's plan: chips. (BBC)", "China's plan: chips. (BBC)", (3, 5, 3, 31)),
    Case("items:\n  - What next? More: chips", "What next? More: chips", (3, 5, 3, 27)),
    Case("text: {{ reader.x | there }}", "{{ reader.x | there }}", (2, 7, 2, 29)),
    Case("text: {{ reader.x | there }}, hello", "{{ reader.x | there }}, hello", (2, 7, 2, 36)),
    Case("items:\n  - [ByteDance](https://x.example/a) is working. (Reuters $)", "[ByteDance](https://x.example/a) is working. (Reuters $)", (3, 5, 3, 61)),
    Case("dek: [one](https://x.example) and [two](https://y.example)", "[one](https://x.example) and [two](https://y.example)", (2, 6, 2, 59)),
    Case("handle: @x", "@x", (2, 9, 2, 11)),
    Case("subject: The Download: chips, and more", "The Download: chips, and more", (2, 10, 2, 39)),
    Case("subject: chips:", "chips:", (2, 10, 2, 16)),
    Case('items:\n  - "quoted" start', '"quoted" start', (3, 5, 3, 19)),
    Case('dek: "quoted" start of it', '"quoted" start of it', (2, 6, 2, 26)),
    Case("dek: 'quoted' start, it's said", "'quoted' start, it's said", (2, 6, 2, 31)),
    Case("dek: 'Tis the season", "'Tis the season", (2, 6, 2, 21)),
    Case("items:\n  - *Wired* says so", "*Wired* says so", (3, 5, 3, 20)),
    Case("items:\n  - **ByteDance** is working", "**ByteDance** is working", (3, 5, 3, 29)),
    Case("dek: `code` first", "`code` first", (2, 6, 2, 18)),
    Case("dek: %s of all", "%s of all", (2, 6, 2, 15)),
    Case("dek: - a dash", "- a dash", (2, 6, 2, 14)),
    Case("dek: | a pipe", "| a pipe", (2, 6, 2, 14)),
    Case("dek: > 90% of it", "> 90% of it", (2, 6, 2, 17)),
    Case("dek: ]x", "]x", (2, 6, 2, 8)),
    Case("dek: {x", "{x", (2, 6, 2, 8)),
    Case("dek: words\n  carried on: so", "words carried on: so", (2, 6, 3, 17)),
    Case("items:\n  - words (BBC)\n    carried on: so", "words (BBC) carried on: so", (3, 5, 4, 19)),
    Case('dek: He said "no": wow', 'He said "no": wow', (2, 6, 2, 23)),
    Case('dek: 编集: "中文" \\ 😀', '编集: "中文" \\ 😀', (2, 6, 2, 18)),
    Case(r'dek: "C:\drafts are back"', r"C:\drafts are back", (2, 6, 2, 26)),
    Case('dek: "never closed', "never closed", (2, 6, 2, 19)),
    Case('dek: "never closed, it\'s\nitems:\n  - "[A](https://x.example) b"', "never closed, it's", (2, 6, 2, 25)),
]
IDS = [case.lines.replace("\n", "⏎") for case in CASES]


def texts_in(value: Value) -> list[str]:
    if isinstance(value, Mapping):
        return [text for item in value.values() for text in texts_in(item)]
    return [text for item in value for text in texts_in(item)] if isinstance(value, list) else [str(value)]


def around(lines: str) -> str:
    return f"date: 2024-01-02\n{lines}\nlast:\n  - kept\n  - 'kept: too'\n"


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_place_is_exact_and_nothing_else_is_reported(case: Case) -> None:
    (problem,) = read_text(around(case.lines), "d.yaml").problems
    assert (problem.kind, *problem.place[1:]) == (case.kind, *case.place)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_rest_of_the_draft_is_read(case: Case) -> None:
    root = read_text(around(case.lines), "d.yaml").root
    assert isinstance(root, Mapping)
    assert (root["date"], root["last"]) == ("2024-01-02", ["kept", "kept: too"])


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_corrected_line_reads_as_the_words_that_were_meant(case: Case) -> None:
    (problem,) = read_text(around(case.lines), "d.yaml").problems
    advice, _, line = problem.help.partition("in quotes: ")
    assert advice.startswith("put the ")
    first, last = case.place[0] - 2, case.place[2] - 2
    typed = case.lines.split("\n")
    indent = typed[first][: len(typed[first]) - len(typed[first].lstrip())]
    mended = "\n".join([*typed[:first], indent + line, *typed[last + 1 :]])
    document = read_text(around(mended), "d.yaml")
    assert document.problems == ()
    assert isinstance(document.root, Mapping)
    assert case.words in texts_in(document.root)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_edit_does_what_the_help_says(case: Case) -> None:
    text = around(case.lines)
    (problem,) = read_text(text, "d.yaml").problems
    for edit in problem.edits:
        text = text[: edit.start] + edit.text + text[edit.end :]
    document = read_text(text, "d.yaml")
    assert problem.edits
    assert document.problems == ()
    assert isinstance(document.root, Mapping)
    assert case.words in texts_in(document.root)


def test_several_such_lines_are_all_reported_in_one_run() -> None:
    document = read_text('a: @x\nb: fine\nc: one: two\nd: "x" y\ne: `z`\n', "d.yaml")
    assert [(p.place.line, p.place.column) for p in document.problems] == [(1, 4), (3, 4), (4, 4), (5, 4)]
    assert document.root == {"a": "@x", "b": "fine", "c": "one: two", "d": '"x" y', "e": "`z`"}


@pytest.mark.parametrize(
    "line",
    [
        "dek: 100% sure",
        "dek: a - b",
        "dek: a:b",
        "dek: it's",
        "dek: Hi {{ reader.x | y }}",
        "dek: C# and F#",
        "dek: x # a comment",
        "dek: # a comment",
        "dek: #stet: editorial/placeholder it is ours",
        "items: #mine\n  - a",
        "items:\n  - The story. (BBC) # was (FT) before",
        "items:\n  - The story. (BBC) # before it was the (FT)",
        "items:\n  - The story. # it was in the (FT)",
        "items:\n  - The story! # it was in the (FT)",
        "items:\n  - “The story.” # it was in the (FT)",
        "items:\n  - the story # see above (again)",
        "items:\n  - Price is 5 # not 6.",
        "items:\n  - Okafor # the one (Ines)",
        "items:\n  - Price is 5 # stet: editorial/missing-source it is ours (BBC)",
        "byline: Ines Okafor # see her note (Wen has it)",
        "subject: The port # shorter? (Ines)",
        "number: 7 # the seventh (BBC)",
        "dek: x #!y",
        "dek: '#1'",
        "dek: https://x.example/#part",
        "dek: a, b",
        "dek: What? Yes!",
        "dek: (a) [b] {c}",
        "dek: ...",
        "dek: a & b * c",
        "dek: x  # stet: links/insecure reason",
        "dek: x #stet: links/insecure reason",
    ],
)
def test_harmless_lines_are_left_alone(line: str) -> None:
    assert read_text(line + "\n", "d.yaml").problems == ()


def test_a_field_indented_too_far_is_told_as_such() -> None:
    (problem,) = read_text("essay:\n  headline: x\n    dek: y\n", "d.yaml").problems
    assert (problem.kind, problem.place[1:3]) == ("syntax", (3, 8))
    assert "indentation" in problem.help
