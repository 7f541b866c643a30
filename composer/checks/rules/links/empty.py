"""links/empty."""

from collections.abc import Iterator

from composer.checks.link_reading import links_of
from composer.checks.rule import Defect, error
from composer.draft.load import Draft

_NOWHERE = ("", "#", "http:", "https:", "http://", "https://", "https://#")


@error
def empty(draft: Draft) -> Iterator[Defect]:
    """A link without an address.

    What it checks:
        Markdown links and the fields `url` and `link` for an address that is not there: `[words]()`, `#` alone, or
        `https://` with nothing behind it.

    Why it matters:
        Readers press the words and nothing happens, or their mail program opens an empty page.

    Example:
        digest:
          - "[The plant]() makes 40 megawatts. (Reuters)"

    Instead:
        digest:
          - "[The plant](https://example.org/plant) makes 40 megawatts. (Reuters)"
    """
    for link in links_of(draft):
        if link.href.strip() not in _NOWHERE:
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
