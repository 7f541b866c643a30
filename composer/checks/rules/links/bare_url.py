"""links/bare-url."""

from collections.abc import Iterator

from composer.checks.link_reading import Link, host_of, links_of, without_www
from composer.checks.rule import Defect, info
from composer.checks.typed_pictures import is_of_a_picture
from composer.checks.unread_links import unread_links
from composer.draft.load import Draft


@info
def bare_url(draft: Draft) -> Iterator[Defect]:
    """A web address that stands in the text as it is.

    What it checks:
        Texts for `https://…`, `http://…` and `www.…` outside links and code, and links whose words are such an address.
        A site's name, such as harborreview.com, is a name.

    Why it matters:
        Readers have to read past it, screen readers spell it out, and where it is no link, only some mail programs
        make one of it.

    Example:
        - "The report is at https://example.org/reports/2026/plant.pdf. (Reuters)"

    Instead:
        - "[The report](https://example.org/reports/2026/plant.pdf) is out. (Reuters)"
    """
    unread = [(found.text, found.start, found.end) for found in unread_links(draft)]
    for link in links_of(draft):
        if link.is_bare and (is_of_a_picture(link) or any(text is link.text and start <= link.start < end for text, start, end in unread)):
            continue
        if link.is_quoted:
            yield Defect(
                link.place, "an address stands in a post’s words as it is", "delete it; the card has a link to the post", label="left over from the post"
            )
        elif link.is_bare:
            yield Defect(link.place, "an address stands in the text as it is", "link words to it: [words](address)", label="readers see all of it")
        elif link.words is not None and _is_its_own_address(link):
            yield Defect(link.place, "the words of this link are its address", "write words in its place: [words](address)", label="readers see all of it")


def _is_its_own_address(link: Link) -> bool:
    words = (link.words or "").lower()
    if not words.startswith(("http://", "https://", "www.")) or " " in words:
        return False
    shown = without_www(host_of(words if "://" in words else f"http://{words}"))
    # Where the two differ, links/deceptive has more to say.
    return shown == without_www(link.host) and (words.startswith("http") or "/" in words)
