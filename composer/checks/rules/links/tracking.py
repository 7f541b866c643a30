"""links/tracking."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from composer.blocks.sponsor import Sponsor
from composer.checks.link_reading import Link, edits_to, is_under, web_links, without_www
from composer.checks.rule import Defect, warning
from composer.checks.site_reading import is_own
from composer.draft.load import Draft
from composer.facts.hosts import tracking_parameters
from composer.finding import Edit
from composer.proof.proof import Proof

_CAMPAIGN = ("utm_*", "mtm_*")


@warning
def tracking(draft: Draft, proof: Proof, *, also: tuple[str, ...] = (), allowed: tuple[str, ...] = ()) -> Iterator[Defect]:
    """A link with somebody else's tracking in it.

    What it checks:
        Every web address for parameters by which another's advertising, mail or sharing tool recognises who clicked:
        `fbclid`, `gclid`, `mc_eid`, `igshid`, `utm_…` and those that `also` lists. Campaign tags (`utm_…`) are the
        newsroom's own on its own hosts and on those of `link_tagging`, and a sponsor's in its own message. The
        rest of the address is kept.

    Why it matters:
        Your readers would be counted as somebody else's, sometimes under the name of whoever copied the link.

    Example:
        url: https://othersite.example/story?id=7&fbclid=IwAR2x

    Instead:
        url: https://othersite.example/story?id=7

    Source: composer/facts/tracking_parameters.txt, after Firefox's and the tools' own lists.
    """
    for link in web_links(draft):
        if "?" not in link.typed:
            continue
        start, parameters = _parameters(link)
        names = {_name(link, start_, end_) for start_, end_ in parameters}
        foreign = {name for name in names if (name in also or _is_tracking(name, link, draft, proof)) and name not in allowed}
        if not foreign:
            continue
        spans = [(s, e) for s, e in parameters if _name(link, s, e) in foreign]
        first, last = spans[0][0], spans[-1][1]
        shown = ", ".join(f"`{name}`" for name in dict.fromkeys(_name(link, s, e) for s, e in spans))
        yield Defect(
            link.text.place_of(first, last),
            f"{shown} in this link {'counts' if len(foreign) == 1 else 'count'} readers for somebody else",
            f"delete {'it' if len(foreign) == 1 else 'them'}, and keep the rest of the address",
            label="somebody else’s tracking",
            edits=_edits(draft, link, start, parameters, spans),
        )


def _parameters(link: Link) -> tuple[int, list[tuple[int, int]]]:
    """The offset of the question mark, and the spans of the parameters behind it."""
    typed = link.typed
    question = typed.find("?")
    end = typed.find("#", question)
    query, offset = typed[question + 1 : end if end >= 0 else len(typed)], link.start + question + 1
    borders = [(0, 0), *(m.span() for m in _between().finditer(query)), (len(query), len(query))]
    return link.start + question, [(offset + s, offset + e) for (_, s), (e, _) in pairwise(borders)]


def _name(link: Link, start: int, end: int) -> str:
    return str(link.text)[start:end].partition("=")[0].lower()


def _is_tracking(name: str, link: Link, draft: Draft, proof: Proof) -> bool:
    known = tracking_parameters()
    if name in known:
        hosts = known[name]
        return not hosts or any(is_under(without_www(link.host), host) for host in hosts)
    family = next((pattern for pattern in _families() if name.startswith(pattern[:-1])), None)
    return family is not None and not (family in _CAMPAIGN and _may_count(link, draft, proof))


def _may_count(link: Link, draft: Draft, proof: Proof) -> bool:
    """Whether campaign tags are in their place: the newsroom counts its own readers, a sponsor those of its message."""
    tagging = draft.newsletter.link_tagging if draft.newsletter is not None else None
    tagged = tagging.hosts if tagging is not None else []
    return isinstance(link.owner, Sponsor) or is_own(proof, link.host) or any(is_under(link.host, without_www(host.lower())) for host in tagged)


def _edits(draft: Draft, link: Link, question: int, parameters: list[tuple[int, int]], foreign: list[tuple[int, int]]) -> tuple[Edit, ...]:
    """Each foreign parameter with the sign in front of it, or behind it where none that stays is in front."""
    kept = [span for span in parameters if span not in foreign]
    if not kept:
        return edits_to(draft, link, question, parameters[-1][1], "")
    edits: list[Edit] = []
    for start, end in foreign:
        before = [e for _, e in parameters if e <= start]
        if kept[0][0] < start and before:
            edits += edits_to(draft, link, before[-1], end, "")
        else:
            edits += edits_to(draft, link, start, next(s for s, _ in parameters if s >= end), "")
    return tuple(edits) if len(edits) == len(foreign) else ()


@cache
def _families() -> tuple[str, ...]:
    return tuple(name for name in tracking_parameters() if name.endswith("*"))


@cache
def _between() -> re.Pattern[str]:
    """What stands between two parameters; Markdown lets one write it as a reference."""
    return re.compile("&(?:amp;)?")
