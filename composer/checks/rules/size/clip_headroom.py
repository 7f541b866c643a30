"""size/clip-headroom."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from composer.checks.rule import Defect, info
from composer.checks.size_reading import GMAIL_CUTS_AT, NEAR_THE_CUT, cut_offset, encoded_size, kilobytes, part_of, place_in_draft, size_at_most
from composer.draft.load import Draft
from composer.proof.proof import Proof


@info
def clip_headroom(draft: Draft, proof: Proof, *, link_bytes: int = 300, clip: int = GMAIL_CUTS_AT, near: int = NEAR_THE_CUT) -> Iterator[Defect]:
    """The mail fits by itself, but not once a service has made its links longer.

    What it checks:
        The size of the HTML with every web link rewritten to 300 bytes, as services do that count clicks. It speaks
        where that is over 102,400 bytes and size/gmail-clip has nothing to say yet.

    Why it matters:
        What is tested here is shorter than what readers get: with a hundred links, 20 KB shorter.

    Example:
        must_reads:
          # thirty items, each with two follow-ups: ninety links

    Instead:
        must_reads:
          # ten items
    """
    if size_at_most(proof.html) + link_bytes * proof.html.count('href="http') <= clip:
        return
    size = encoded_size(proof.html)
    if size > min(near, clip):
        return
    links = list(_web_links().finditer(proof.html))
    grown = [0, *accumulate(max(0, link_bytes - len(link[1])) for link in links)]
    if size + grown[-1] <= clip:
        return
    ends = [link.end() for link in links]
    offset = cut_offset(proof.html, clip, added=lambda end: grown[bisect_right(ends, end)])
    yield Defect(
        place_in_draft(draft, proof, offset),
        f"a service that counts clicks makes {kilobytes(size + grown[-1])} of {kilobytes(size)} with {len(links)} links; Gmail then cuts in {part_of(draft, proof, offset)}",
        "take something out, or do not have clicks counted",
        label=f"{clip - size:,} bytes are left for {len(links)} longer links",
    )


@cache
def _web_links() -> re.Pattern[str]:
    return re.compile(r'<a\b[^>]*?\shref="(https?:[^"]*)"')
