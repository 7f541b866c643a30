"""links/homoglyph."""

from collections.abc import Iterator

from composer.checks.link_reading import links_of
from composer.checks.rule import Defect, error
from composer.checks.script_reading import lookalike, readable
from composer.draft.load import Draft


@error
def homoglyph(draft: Draft) -> Iterator[Defect]:
    """A host with letters that only look like those of another alphabet.

    What it checks:
        Each part of a host, `xn--` spelled out, for letters of several scripts (a Cyrillic “а” among Latin letters), and
        for parts of Cyrillic or Greek letters that all pass for Latin ones under a Latin ending. Chinese, Japanese
        or Korean together with Latin letters is ordinary.

    Why it matters:
        The address reads like a site everybody knows, and belongs to somebody else.

    Example:
        url: https://harbоrreview.com/story   # the о is Cyrillic

    Instead:
        url: https://harborreview.com/story

    Source: Unicode Technical Standard 39, section 5.2, "highly restrictive"; scripts by Python's unicodedata.
    """
    for link in links_of(draft):
        host = link.host or _mail_host(link.href)
        if host.isascii() and "xn--" not in host:
            continue
        found = lookalike(host)
        if found is not None:
            yield Defect(
                link.place,
                f"`{readable(host)}` is not what it looks like: {found}",
                "type the address anew, letter by letter, or copy it from the site itself",
                label=found,
            )


def _mail_host(href: str) -> str:
    return href.partition("?")[0].rpartition("@")[2].lower() if href.lower().startswith("mailto:") else ""
