"""editorial/repeated-story."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from composer.checks.rule import Defect, warning
from composer.draft.load import Draft
from composer.project.newsletter import Newsletter

if TYPE_CHECKING:
    from composer.archive.archive import Archive, Ran
    from composer.archive.reading import Said


@warning
def repeated_story(draft: Draft, archive: "Archive", *, standing: int = 3) -> Iterator[Defect]:
    """A story's link or headline ran in an earlier issue.

    What it checks:
        The link and the headline of every story and brief, and the linked words of a brief, against all issues of the
        newsletter dated before. Tracking tags, `www.` and capitals make no difference. Links in running text refer to
        something and may do so again, as may follow-ups to the publisher's own pages; and what ran in `standing` issues
        is a standing line, not a story.

    Why it matters:
        Readers notice: it is the first thing they write in about.

    Example:
        digest:
          - "[A pier was sold](https://example.org/pier) twice. (Harbor Wire)"   # and so said the issue of last week

    Instead:
        digest:
          - "[The pier that was sold twice](https://example.org/pier-in-court) is in court. (Harbor Wire)"
    """
    earlier = archive.before(draft)
    if draft.root is None or draft.newsletter is None or earlier is None:
        return
    from composer.archive.reading import items_in

    items = list(items_in(draft.root))
    if not earlier.repeats((item.link.key for item in items if item.link), (item.headline.key for item in items if item.headline)):
        return
    own_pages, own_hosts = _own(draft.newsletter)
    for item in items:
        link, headline = item.link, item.headline
        if link is not None and (link.key in own_pages or (item.is_follow_up and link.key.partition("/")[0] in own_hosts)):
            continue
        linked = earlier.with_link(link.key, standing) if link is not None else []
        if link is not None and 0 < len(linked) < standing:
            yield _defect(link, "link", linked[0])
            continue
        headed = earlier.with_headline(headline.key, standing) if headline is not None and len(linked) < standing else []
        if headline is not None and 0 < len(headed) < standing:
            yield _defect(headline, "headline", headed[0])


def _defect(said: "Said", what: str, ran: "Ran") -> Defect:
    return Defect(
        said.text.place_of(said.start, said.end),
        f"this {what} ran in {ran}",
        "say what is new, or take another story; if it should run again, let it stand: # stet: editorial/repeated-story and the reason",
        label=f"ran on {ran.day:%Y-%m-%d}",
    )


def _own(newsletter: Newsletter) -> tuple[set[str], set[str]]:
    """The keys of the newsletter's own pages, and its publisher's hosts."""
    from composer.archive.reading import link_key

    leave = newsletter.unsubscribe
    pages = [newsletter.url, newsletter.publisher.url if newsletter.publisher is not None else None]
    pages += [leave.url, leave.manage_url] if leave is not None else []
    pages += [profile.url for profile in newsletter.social]
    hosts = {str(page).partition("://")[2].partition("/")[0].lower().removeprefix("www.") for page in pages[:2] if page}
    hosts.update(newsletter.link_tagging.hosts if newsletter.link_tagging is not None else ())
    return {key for page in pages if page and (key := link_key(str(page)))}, hosts
