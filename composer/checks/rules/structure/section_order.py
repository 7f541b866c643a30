"""structure/section-order."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from composer.checks.rule import Defect, warning
from composer.checks.schema_reading import fits_the_file
from composer.draft.load import Draft
from composer.finding import Edit
from composer.issue.issue import Issue
from composer.yaml_source.values import Mapping


@warning
def section_order(draft: Draft, issue: Issue) -> Iterator[Defect]:
    """The sections do not stand in the newsletter's order.

    What it checks:
        That the keys of the sections follow the order of `sections:` in newsletter.yaml, with the corrections last.
        Keys that are no sections, such as `date` and `subject`, may stand anywhere.

    Why it matters:
        The mail is printed in the newsletter's order whatever the draft says, so a draft in another order is read,
        edited and approved differently from what readers get.

    Example:
        kicker:
          body: A noodle shop lost its menu in a flood.
        essay:
          body: Last autumn I spent a week with the crane drivers.

    Instead:
        essay:
          body: Last autumn I spent a week with the crane drivers.
        kicker:
          body: A noodle shop lost its menu in a flood.
    """
    if draft.root is None:
        return
    order = list(type(issue).section_keys)
    typed = [key for key in draft.root.key_scalars if key in order]
    wanted = sorted(typed, key=order.index)
    if typed == wanted:
        return
    stray = next(key for key in typed if key not in _in_order(typed, order))
    position = wanted.index(stray)
    where = f"before `{wanted[1]}`" if position == 0 else f"behind `{wanted[position - 1]}`"
    yield Defect(
        draft.place_of_key(stray),
        f"`{stray}` belongs {where}",
        f"the newsletter's order is {', '.join(wanted)}",
        label=f"belongs {where}",
        edits=_edits(draft, typed, wanted),
    )


def _in_order(typed: list[str], order: list[str]) -> set[str]:
    """The most keys that can stay where they are; where there is a choice, the earlier ones stay."""
    longest: list[list[str]] = []
    for key in reversed(typed):
        rest: list[str] = []
        for run in reversed(longest):
            if order.index(run[0]) > order.index(key) and len(run) > len(rest):
                rest = run
        longest.append([key, *rest])
    most = max(len(run) for run in longest)
    return set(next(run for run in reversed(longest) if len(run) == most))


class _Block(NamedTuple):
    """A key with all that stands behind it and the comments right above it, in whole lines."""

    start: int
    end: int


# What speaks about the whole file stays on top of it, whichever section comes first.
_FILE_COMMENT = re.compile(r"#\s*(?:yaml-language-server|stet-file|-\*-|vim:)")


def _edits(draft: Draft, typed: list[str], wanted: list[str]) -> tuple[Edit, ...]:
    root, text = draft.root, draft.source.text
    if root is None or not fits_the_file(draft) or text[root.start : root.start + 1] == "{" or re.search(r"^\.\.\.", text, re.MULTILINE):
        return ()
    blocks = _blocks(draft, root)
    edits = []
    for there, key in zip(typed, wanted, strict=True):
        if there != key:
            slot, block = blocks[there], blocks[key]
            moved = text[block.start : block.end]
            if slot.end == len(text):
                moved = moved.removesuffix("\n").removesuffix("\r") if not text.endswith("\n") else moved
            elif not moved.endswith("\n"):
                moved += "\r\n" if "\r\n" in text else "\n"
            edits.append(Edit(slot.start, slot.end, moved))
    return tuple(edits)


def _blocks(draft: Draft, root: Mapping) -> dict[str, _Block]:
    keys = sorted(root.key_scalars.values(), key=lambda key: key.start)
    starts = [_start(draft, key.place.line) for key in keys]
    ends = [*starts[1:], len(draft.source.text)]
    return {str(key): _Block(start, end) for key, start, end in zip(keys, starts, ends, strict=True)}


def _start(draft: Draft, line: int) -> int:
    """Where a key's block begins: at the first of the comment lines right above it."""
    source = draft.source
    while line > 1 and source.line(line - 1).startswith("#") and not _FILE_COMMENT.match(source.line(line - 1)):
        line -= 1
    return source.line_starts[line - 1]
