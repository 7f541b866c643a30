"""Where a line of plain text may end: a careful typesetter's rules, for Chinese above all."""

import pytest
from hypothesis import given, strategies as st
from wcwidth import wcswidth, wcwidth

from composer.proof.columns import WIDTH, _known_width, columns, wrapped
from composer.proof.text import set_in_columns
from composer.prose.merge_fields import protected, restored

FULL = "港" * 36


@pytest.mark.parametrize("mark", ["，", "。", "》", "）", "”", "……", "——", ",", "％"])
def test_a_mark_that_closes_something_never_begins_a_line(mark: str) -> None:
    first, second = wrapped(f"{FULL}{mark}口").split("\n")
    assert first == FULL[:-1]
    assert second == f"港{mark}口"


@pytest.mark.parametrize("mark", ["《", "（", "“", "「", "("])
def test_a_mark_that_opens_something_never_ends_a_line(mark: str) -> None:
    first, second = wrapped(f"{FULL[:-1]}{mark}口岸").split("\n")
    assert first == FULL[:-1]
    assert second == f"{mark}口岸"


def test_a_row_of_marks_longer_than_a_line_is_broken_all_the_same() -> None:
    lines = wrapped("。" * 80).split("\n")
    assert [len(line) for line in lines] == [36, 36, 8]


def test_western_words_stay_whole_between_chinese_ones() -> None:
    assert wrapped(f"{FULL[:34]}LoongArch架构") == f"{FULL[:34]}\nLoongArch架构"
    long = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzentwurfsvorlagen"
    assert wrapped(f"港口 {long} 港口") == f"港口\n{long}\n港口"


def test_an_emoji_of_several_characters_is_one_sign() -> None:
    family = "👩‍👩‍👧"
    lines = wrapped(f"{'港' * 35}港{family}", width=WIDTH).split("\n")
    assert family in lines[-1]
    assert all(wcswidth(line) <= WIDTH for line in lines)


@pytest.mark.parametrize("before", ["x", "港"])
def test_a_merge_field_counts_as_what_is_printed_and_stays_whole(before: str) -> None:
    field = "{{ reader.first_name | my dear reader }}"
    room = WIDTH - len(field) - 2
    fitting = f"{'x' * (room - wcswidth(before))}{before} {field},"
    assert restored(wrapped(protected(fitting))) == fitting
    assert restored(wrapped(protected(f"x{fitting}"))) == f"x{fitting.replace(' ', chr(10), 1)}"


def test_the_number_of_a_note_stays_with_its_words() -> None:
    text = wrapped(f"{'x' * 60} afternoons\u00a0[1].")
    assert set_in_columns(text) == f"{'x' * 60}\nafternoons [1].\n"


@pytest.mark.parametrize("behind", ["", "，来自北京。"])
def test_the_number_of_a_note_stays_with_its_chinese_words(behind: str) -> None:
    first, second = set_in_columns(wrapped(f"{FULL}\u00a0[1]{behind}")).rstrip("\n").split("\n")
    assert first == FULL[:-1]
    assert second == f"港 [1]{behind}"


def test_widths_known_by_heart_are_wcwidths() -> None:
    by_heart = [character for character in map(chr, range(0x10000)) if _known_width(character)]
    assert len(by_heart) > 39_000
    assert [character for character in by_heart if _known_width(character) != wcwidth(character)] == []


@given(st.text(st.sampled_from("aé’—漢字、「」かなカナ한국 \u00a0\u00ad\u200d\ufe0f\u0301\u3099🇨👩💻〰ｶﾞ")))
def test_columns_are_what_wcwidth_says_of_the_whole_text(text: str) -> None:
    assert columns(text) == max(wcswidth(text), 0)
