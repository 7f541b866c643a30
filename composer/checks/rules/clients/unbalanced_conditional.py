"""clients/unbalanced-conditional."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from composer.checks.markup_reading import comments_in
from composer.checks.rule import Defect, error
from composer.proof.proof import Proof


@error
def unbalanced_conditional(proof: Proof) -> Iterator[Defect]:
    """A condition for Outlook is opened and not closed, or closed and not opened.

    What it checks:
        Every `<!--[if …]>` of the rendered mail for its `<![endif]-->`, every `<!--[if !mso]><!-->` for its
        `<!--<![endif]-->`, and every `<![endif]` for what it closes. Conditions may not stand within one another.

    Why it matters:
        What follows an open condition is a comment to every other client: the rest of the mail is gone.

    Example:
        # in a template
        <mj-raw><!--[if mso]><br>--></mj-raw>

    Instead:
        <mj-raw><!--[if mso]><br><![endif]--></mj-raw>

    Source: Microsoft, "About conditional comments" (both forms).
    """
    for words, message, help in _faults(proof):
        yield Defect(proof.place_in_templates(words, words[:40], words[:16]), message, help, label="this has no counterpart")


def _faults(proof: Proof) -> Iterator[tuple[str, str, str]]:
    """The words of each fault's line, what is wrong, and what to type."""
    html, revealing = proof.rendered, ""
    for start, end in comments_in(proof):
        comment = html[start:end]
        kind = _kind(comment)
        if kind == "whole":
            continue
        words = comment.partition("\n")[0]
        if kind == "closes":
            if not revealing:
                yield words, "`<![endif]` closes no condition", "take it out, or put the condition in front: `<!--[if mso]>`"
            revealing = ""
        elif kind == "reveals":
            if revealing:
                yield revealing, "this condition is not closed before the next", "put `<!--<![endif]-->` behind what it shows"
            revealing = words
        elif kind == "holds another":
            yield words, "this condition is not closed before the next", "put `<![endif]-->` in front of that one"
        else:
            yield words, "this condition is never closed", "end it with `<![endif]-->`"
    if revealing:
        yield revealing, "this condition is never closed", "put `<!--<![endif]-->` behind what it shows"


@lru_cache(maxsize=1024)
def _kind(comment: str) -> str:
    """What a comment is to Outlook: `whole` (a condition with its end, or none of its business), or a half."""
    comment = comment.removeprefix("<!--").removesuffix("-->")
    opened = _opens().match(comment)
    if opened is None:
        return "closes" if "<![endif]" in comment else "whole"
    inside = comment[opened.end() :].rstrip()
    if inside.endswith("<![endif]"):
        return "holds another" if _opens().search(inside) else "whole"
    return "reveals" if inside.strip() in ("", "<!") else "open"


@cache
def _opens() -> re.Pattern[str]:
    return re.compile(r"\s*\[if [^\]]*\]>")
