"""delivery/no-reply."""

import re
from collections.abc import Iterator
from functools import cache

from composer.checks.rule import Defect, info
from composer.issue.issue import Issue
from composer.yaml_source.values import Scalar


@info
def no_reply(issue: Issue) -> Iterator[Defect]:
    """The newsletter is sent from an address that tells readers not to answer.

    What it checks:
        `from` and `reply_to` of newsletter.yaml's `sender` for `noreply`, `no-reply`, `do_not_reply` and the like.

    Why it matters:
        A newsletter lives by its readers' answers, and an answer is the best sign to mail programs that it is wanted.

    Example:
        sender:
          from: noreply@newsroom.example

    Instead:
        sender:
          from: harbor@newsroom.example
    """
    sender = issue.of.sender
    for address in (sender.address, sender.reply_to):
        found = _says_no().search(address.rpartition("@")[0]) if address and "re" in address.lower() else None
        if found is not None and isinstance(address, Scalar):
            yield Defect(
                address.place_of(*found.span("words")),
                "this address tells readers not to answer",
                "give an address that somebody reads",
                label="nobody reads this",
            )


@cache
def _says_no() -> re.Pattern[str]:
    return re.compile(r"(?:^|[._+-])(?P<words>(?:no|not|dont|don't|do[._-]?not|never)[._-]?(?:reply|replies|respond|response))(?:$|[._+-]|\d)", re.IGNORECASE)
