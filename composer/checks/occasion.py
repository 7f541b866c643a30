"""The occasion of a check: what is known beyond the draft, and whether the issue is about to be sent."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from composer.archive.archive import Archive
    from composer.delivery.service import Service
    from composer.lookups.links import LinkAnswers
    from composer.lookups.spamassassin import SpamVerdict


class Occasion(NamedTuple):
    """The same for every draft of a run; what is None was not asked for, and the rules that read it do not run."""

    today: date
    at_send_gate: bool = False
    archive: "Archive | None" = None
    link_answers: "LinkAnswers | None" = None
    ask_spamassassin: "Callable[[bytes], SpamVerdict | None] | None" = None
    service: "Service | None" = None
