"""stet/unused."""

from collections.abc import Iterator

from composer.checks.rule import Defect, warning
from composer.yaml_source.comments import Comment


@warning
def unused(unused_stets: list[Comment]) -> Iterator[Defect]:
    """A stet that lets nothing stand.

    What it checks:
        That each stet still covers a finding of its rule. A rule that did not run, because it is off, was not selected
        or needs what was not asked for (`--network`, `--spam`, `--for`), says nothing about its stets.

    Why it matters:
        A stet that outlived its fault will hide the next one.

    Example:
        # stet: editorial/placeholder the company is called TK
        byline: Wen Castellan

    Instead:
        byline: Wen Castellan
    """
    for comment in unused_stets:
        where = "in this file" if comment.covers is None else "in what it covers"
        yield Defect(
            comment.place, f"{comment.rule} finds nothing {where}", "delete this stet, or move it to the line it was meant for", label="nothing to let stand"
        )
