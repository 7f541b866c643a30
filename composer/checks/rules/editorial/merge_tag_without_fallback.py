"""editorial/merge-tag-without-fallback."""

from collections.abc import Iterator

from composer.checks.rule import Defect, warning
from composer.checks.text_reading import typed_texts
from composer.draft.load import Draft
from composer.prose.merge_fields import MERGE_FIELD

# What a sending service knows of every reader needs no words for a reader without it.
_KNOWN_OF_ALL = ("url", "link", "email", "id")


@warning
def merge_tag_without_fallback(draft: Draft) -> Iterator[Defect]:
    """A merge field has no words for readers of whom it is not known.

    What it checks:
        Every `{{ reader.… }}` for words behind a bar. Addresses and what a service knows of every reader, fields that
        end in `url`, `link`, `email` or `id`, need none.

    Why it matters:
        Most readers sign up with nothing but their address. "Hello ," is how they learn that they are a row in a
        table.

    Example:
        sign_off:
          question: "{{ reader.first_name }}, would you let a crane decide when to wait?"

    Instead:
        sign_off:
          question: "{{ reader.first_name | Dear reader }}, would you let a crane decide when to wait?"
    """
    if "{{" not in draft.source.text:
        return
    for text in typed_texts(draft):
        if "{{" not in text:
            continue
        for match in MERGE_FIELD.finditer(text):
            if match[2] or match[1].rsplit("_", 1)[-1] in _KNOWN_OF_ALL or _is_code(text, match.start()):
                continue
            yield Defect(
                text.place_of(*match.span()),
                f"a reader without a {match[1].replace('_', ' ')} would find nothing here",
                f"add the words for such a reader behind a bar: {{{{ reader.{match[1]} | there }}}}",
                label="and if it is not known?",
            )


def _is_code(text: str, start: int) -> bool:
    """Whether an odd number of backticks stands in front of it in its paragraph."""
    return text[text.rfind("\n\n", 0, start) + 1 : start].count("`") % 2 == 1
