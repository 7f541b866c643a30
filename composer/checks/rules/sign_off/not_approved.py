"""sign-off/not-approved."""

from collections.abc import Iterator
from shlex import quote

from composer.approval import standings
from composer.checks.rule import Defect, error
from composer.discovery import nearest
from composer.draft.load import Draft


@error
def not_approved(draft: Draft, at_send_gate: bool) -> Iterator[Defect]:
    """An editor whose sign-off the newsletter asks for has not given it.

    What it checks:
        That every role under `approvals:` in newsletter.yaml has an entry under `approvals:` in the draft. At the send
        gate (`check --send`) and for `build` a missing one is an error; before, while the issue is still being
        written, it is only worth knowing.

    Why it matters:
        A second pair of eyes is the oldest safety a newsroom has, and it only works where nothing goes out without.

    Example:
        approvals: {}

    Instead:
        approvals:
          editor: {by: "Noor Hale", at: "2026-11-23T18:04:00+00:00", fingerprint: "a41c09d7…"}

    Source: the newsletter's own roles; `composer approve` writes the entry.
    """
    missing = [standing.role for standing in standings(draft) if standing.approval is None]
    given = list(draft.issue.approvals) if draft.issue is not None else []
    for role in missing:
        near = nearest(role, given)
        asked = f"; `{near}` is no role of this newsletter, was it meant?" if near else ""
        yield Defect(
            draft.place_of_key("approvals"),
            f"the {role} has not approved this issue{asked}",
            f"composer approve {quote(draft.path)} --as {role} --by NAME",
            label=f"no sign-off of the {role} here",
            level="error" if at_send_gate else "info",
        )
