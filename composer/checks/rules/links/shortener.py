"""links/shortener."""

from collections.abc import Iterator

from composer.checks.link_reading import is_under, web_links, without_www
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft
from composer.facts.hosts import shorteners


@warning
def shortener(draft: Draft, *, also: tuple[str, ...] = (), allowed: tuple[str, ...] = ()) -> Iterator[Defect]:
    """A shortened link.

    What it checks:
        Every web address for the hosts of link shorteners (bit.ly, t.co, tinyurl.com …) and those that `also` lists;
        not the short hosts of one publication, nor those that `allowed` lists.

    Why it matters:
        Readers cannot see where it leads, filters count it against the mail, since attacks use it too, and it is dead
        on the day its service closes, as goo.gl did in 2025.

    Example:
        url: https://bit.ly/3xYz

    Instead:
        url: https://harborreview.example/story

    Source: composer/facts/shorteners.txt.
    """
    for link in web_links(draft):
        host = without_www(link.host)
        is_one = host in shorteners() or any(is_under(host, other) for other in also)
        if is_one and host not in allowed and link.parts.path.strip("/"):
            help = "open it once, and link to the page that it leads to"
            yield Defect(link.place, f"`{host}` hides where the link leads", help, label="shortened")
