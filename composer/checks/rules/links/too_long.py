"""links/too-long."""

from collections.abc import Iterator

from composer.checks.link_reading import links_of
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft


@warning
def too_long(draft: Draft, *, characters: int = 2000) -> Iterator[Defect]:
    """A link that is longer than mail programs and services take.

    What it checks:
        Every link of a draft for more than `characters` characters, as they are sent: a letter outside a to z counts
        as its percent-encoded bytes.

    Why it matters:
        Older Outlook cuts addresses past 2,083 characters, and services that count clicks put their own in front.

    Example:
        url: https://example.org/story?session=…and so on for two pages

    Instead:
        url: https://example.org/story

    Source: Microsoft's limit of 2,083 characters for Internet Explorer's engine, which Outlook for Windows shared.
    """
    for link in links_of(draft):
        if len(link.href) * 9 <= characters or link.parts.scheme == "data":
            continue
        length = sum(1 if character.isascii() else 3 * len(character.encode()) for character in link.href)
        if length > characters:
            help = "look for the page’s short address; most of what stands behind the question mark can go"
            yield Defect(link.place, f"this link has {length:,} characters", help, label=f"longer than {characters:,}")
