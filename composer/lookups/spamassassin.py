"""What SpamAssassin says of a message; asked only with --spam and at the send gate."""

from typing import NamedTuple


class SpamVerdict(NamedTuple):
    """The points of a message."""

    score: float
