"""editorial/placeholder."""

from collections.abc import Iterator

from composer.checks.rule import Defect, error
from composer.checks.text_reading import file_may_be_to_come, may_be_to_come, placeholder_spans, typed_texts, words_of
from composer.draft.load import Draft
from composer.yaml_source.values import Scalar


@error
def placeholder(draft: Draft) -> Iterator[Defect]:
    """Words that stand for words still to come.

    What it checks:
        Every text for TK, TKTK, TODO, FIXME and XXX in capitals, "lorem ipsum", and brackets such as "[insert name
        here]"; also links that lead to TK. A text that holds nothing else is one finding. Not in web addresses, inside words or code spans (`TODO`), and not XXX
        as the number thirty of a Super Bowl, a WrestleMania or an Olympiad.

    Why it matters:
        A placeholder in a sent mail is the mistake everybody remembers, and nothing can be done about it any more.

    Example:
        preheader: TK
        digest:
          - "[The plant](https://example.org/plant) makes TK megawatts. (Reuters)"

    Instead:
        preheader: What happened to the people who used to sit in the cranes
        digest:
          - "[The plant](https://example.org/plant) makes 40 megawatts. (Reuters)"
    """
    if not file_may_be_to_come(draft):
        return
    # A number or date of TK is of the wrong type, and said to be.
    wrong = {problem.place for problem in draft.problems if problem.kind == "wrong-type"}
    for text in typed_texts(draft):
        if not may_be_to_come(text) or text.place in wrong:
            continue
        for start, end in _spans(text):
            found = " ".join(text[start:end].split())
            yield Defect(text.place_of(start, end), f"`{found}` stands for words to come", "write them, or delete it", label="still to come")


def _spans(text: Scalar) -> list[tuple[int, int]]:
    """Where its placeholders are; the whole text where there is no other word in it."""
    spans = placeholder_spans(text, words_of(text))
    ends = [0, *(end for _, end in spans)]
    between = "".join(text[end:start] for end, start in zip(ends, [*(start for start, _ in spans), len(text)], strict=True))
    return spans if len(spans) < 2 or any(character.isalnum() for character in between) else [(0, len(text.rstrip()))]
