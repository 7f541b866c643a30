"""Two names that share too few letters are told apart without counting slips: whoever counts them finds as many or more."""

from hypothesis import given, strategies as st
from rapidfuzz.distance import OSA

from composer.facts.publications import letters_apart

words = st.text("abcde", min_size=1, max_size=12)


@given(words, words)
def test_slips_are_never_fewer_than_letters_apart(typed: str, meant: str) -> None:
    assert letters_apart(typed, meant) <= OSA.distance(typed, meant)


@given(words)
def test_the_same_letters_are_not_apart_in_any_order(word: str) -> None:
    assert letters_apart(word, word[::-1]) == 0
    assert letters_apart(word, f"{word}f") == letters_apart(f"{word}f", word) == 1
