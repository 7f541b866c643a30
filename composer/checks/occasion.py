"""The occasion of a check: what is known beyond the draft, and whether the issue is about to be sent."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from composer.archive.archive import Archive
    from composer.delivery.service import Service
    from composer.lookups.links import LinkAnswers
    from composer.lookups.spamassassin import SpamVerdict
    from composer.project.newsletter import Newsletter


class Occasion(NamedTuple):
    """The same for every draft of a run; what is None was not asked for, and the rules that read it do not run.

    `today` is the newsroom's. `now` is known at the send gate, where a newsletter with a time zone of its own has its own day.
    """

    today: date
    at_send_gate: bool = False
    archive: "Archive | None" = None
    link_answers: "LinkAnswers | None" = None
    ask_spamassassin: "Callable[[bytes], SpamVerdict | None] | None" = None
    service: "Service | None" = None
    now: datetime | None = None

    def today_of(self, newsletter: "Newsletter | None") -> date:
        """Today where the newsletter is published."""
        if newsletter is None or newsletter.time_zone is None or self.now is None:
            return self.today
        return self.now.astimezone(ZoneInfo(newsletter.time_zone)).date()
