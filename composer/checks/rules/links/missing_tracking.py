"""links/missing-tracking."""

from collections.abc import Iterator
from urllib.parse import quote

from composer.checks.link_reading import Link, edits_to, web_links, without_www
from composer.checks.rule import Defect, warning
from composer.draft.load import Draft


@warning
def missing_tracking(draft: Draft) -> Iterator[Defect]:
    """A link to a site of the newsroom's own does not say that its reader came from the newsletter.

    What it checks:
        Where newsletter.yaml has `link_tagging`: every web address that leads to one of its hosts, with or without
        `www.`, for `utm_source`. Composer changes no link by itself when it renders; the fix adds the tags.

    Why it matters:
        Visits without the tags are counted as coming from nowhere, and nobody learns what the newsletter brings.

    Example:
        url: https://harborreview.example/story

    Instead:
        url: https://harborreview.example/story?utm_source=newsletter&utm_medium=email
    """
    tagging = draft.newsletter.link_tagging if draft.newsletter is not None else None
    if tagging is None:
        return
    hosts = {without_www(host.lower()) for host in tagging.hosts}
    tags = f"utm_source={quote(tagging.source, safe='')}&utm_medium={quote(tagging.medium, safe='')}"
    for link in web_links(draft):
        if link.is_bare or without_www(link.host) not in hosts or "utm_source=" in link.parts.query:
            continue
        at, sign = _behind_the_query(link)
        yield Defect(
            link.place,
            "this link to a site of your own does not carry the newsletter’s tags",
            f"add {sign}{tags}",
            label="no utm_source",
            edits=edits_to(draft, link, at, at, sign + tags),
        )


def _behind_the_query(link: Link) -> tuple[int, str]:
    """Where parameters are added, and the sign in front of them."""
    before, _, _ = link.typed.partition("#")
    sign = "" if before.endswith(("?", "&")) else "&" if "?" in before else "?"
    return link.start + len(before), sign
