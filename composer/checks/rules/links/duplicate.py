"""links/duplicate."""

from collections.abc import Iterator

from composer.blocks.figure import Figure
from composer.blocks.post import Post
from composer.blocks.sponsor import Sponsor
from composer.checks.link_reading import Link, has_merge_tag, web_links, without_www
from composer.checks.rule import Defect, info
from composer.draft.load import Draft

_LEAD_THERE_ANYWAY = (Figure, Post, Sponsor)


@info
def duplicate(draft: Draft) -> Iterator[Defect]:
    """Two links of an issue lead to the same page.

    What it checks:
        Every link to a page with the links before it; scheme, `www.` and a slash at the end make no difference. A
        story's own address may come again in its text; pictures, posts, sponsors and home pages do not count.

    Why it matters:
        Often the address of the item above was pasted once more, and the item's own is missing.

    Example:
        digest:
          - "[Wind power](https://example.org/wind) is traded at night. (Reuters)"
          - "[A ferry line](https://example.org/wind) prints its timetable. (Reuters)"

    Instead:
        digest:
          - "[Wind power](https://example.org/wind) is traded at night. (Reuters)"
          - "[A ferry line](https://example.org/ferry) prints its timetable. (Reuters)"
    """
    first: dict[tuple[str, str, str, str], Link] = {}
    for link in web_links(draft):
        _, _, path, query, fragment = link.parts
        if link.text.source is not draft.source or link.is_bare or isinstance(link.owner, _LEAD_THERE_ANYWAY) or not (path.strip("/") or query):
            continue
        earlier = first.setdefault((without_www(link.host), path.rstrip("/"), query, fragment), link)
        if earlier is not link and not has_merge_tag(link.typed) and not _is_of_one_item(earlier, link):
            yield Defect(
                link.place,
                f"the link of line {earlier.place.line} leads to the same page",
                "write this item’s own address, or take one of the two links away",
                label=f"as in line {earlier.place.line}",
            )


def _is_of_one_item(earlier: Link, link: Link) -> bool:
    """Whether the earlier link is the address of the item that the other stands in."""
    owner = earlier.owner
    if earlier.words is not None and link.words is not None:
        return False
    return link.owner is owner or any(getattr(owner, name) is link.owner for name in type(owner).model_fields)
