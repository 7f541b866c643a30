"""sign-off/stale-approval."""

from collections.abc import Iterator
from shlex import quote

from composer.approval import standings
from composer.checks.rule import Defect, error
from composer.draft.load import Draft
from composer.yaml_source.values import Mapping, Scalar


@error
def stale_approval(draft: Draft, at_send_gate: bool) -> Iterator[Defect]:
    """The issue has changed since an editor approved it.

    What it checks:
        That the fingerprint of each approval is that of the draft's content and stets now. Layout, comments and
        `send_at` may change; words, links, pictures and the order of items may not. At the send gate and for `build`
        a stale approval is an error; before, it is only worth knowing.

    Why it matters:
        An editor vouches for the words that were read, not for those that came after.

    Example:
        approvals:
          editor: {by: "Noor Hale", at: "2026-11-23T18:04:00+00:00", fingerprint: "a41c09d7… of Friday's text"}

    Instead:
        approvals:
          editor: {by: "Noor Hale", at: "2026-11-24T05:10:00+00:00", fingerprint: "a99e3b20… of the text as it is"}

    Source: the fingerprint is made by composer/approval.py; `composer approve` writes it.
    """
    for standing in standings(draft):
        if standing.approval is None or not standing.is_stale:
            continue
        origin = standing.approval.origin
        printed = origin.get("fingerprint") if isinstance(origin, Mapping) else None
        yield Defect(
            printed.place if isinstance(printed, Scalar) else draft.place_of_key("approvals"),
            f"the issue has changed since {standing.approval.by} approved it as {standing.role}",
            f"have it read again, then: composer approve {quote(draft.path)} --as {standing.role} --by NAME",
            label="given for other words than these",
            level="error" if at_send_gate else "info",
        )
