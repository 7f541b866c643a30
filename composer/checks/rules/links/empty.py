"""links/empty."""

from collections.abc import Iterator

from composer.checks.link_reading import Link, links_of, span_of_words
from composer.checks.rule import Defect, error
from composer.draft.load import Draft

_NOWHERE = ("", "#", "http:", "https:", "http://", "https://", "https://#")


@error
def empty(draft: Draft) -> Iterator[Defect]:
    """A link without an address, or without words.

    What it checks:
        Markdown links and the fields `url` and `link` for an address that is not there: `[words]()`, `#` alone, or
        `https://` with nothing behind it. And Markdown links for words that are not there: `[](https://…)`.

    Why it matters:
        Readers press the words and nothing happens, or their mail program opens an empty page. Without words there is
        nothing to press, and a screen reader reads out the address letter by letter.

    Example:
        digest:
          - "[The plant]() makes 40 megawatts. (Reuters)"

    Instead:
        digest:
          - "[The plant](https://example.org/plant) makes 40 megawatts. (Reuters)"
    """
    for link in links_of(draft):
        if link.href.strip() not in _NOWHERE:
            if _has_no_words(link):
                yield Defect(
                    link.text.place_of(link.text.rfind("[", 0, link.start), link.end + 1),
                    f"the link to {link.typed} has no words",
                    "write between the brackets what readers will find there, or delete the link",
                    label="nothing to press",
                )
            continue
        start, end = link.start, link.end
        if link.words is not None and not link.typed:
            start, end = link.text.rfind("(", 0, start + 1), link.text.find(")", end) + 1
        yield Defect(
            link.text.place_of(start, end),
            f"the link “{link.words}” leads nowhere" if link.words else "this link leads nowhere",
            "write its address, https://…, or take the link away and keep the words",
            label="no address",
        )


def _has_no_words(link: Link) -> bool:
    """Whether nothing is between its brackets, not even a picture."""
    if link.words is None or link.words.strip():
        return False
    start, end = span_of_words(link)
    return start < link.start and not link.text[start:end].strip()
