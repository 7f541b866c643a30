"""What web servers say of an issue's links; asked only with --network."""

from collections.abc import Mapping
from typing import NamedTuple


class LinkAnswer(NamedTuple):
    """What one address answered."""

    status: int | None


LinkAnswers = Mapping[str, LinkAnswer]
