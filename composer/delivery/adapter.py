"""The contract of a way to deliver mail: one file of this folder a way, with a class that has `deliver`."""

from typing import NamedTuple, Protocol


class Letter(NamedTuple):
    """A finished message with its envelope: who gets it back where it cannot be delivered, and the one who is to get it."""

    sender: str
    recipient: str
    message: bytes


class Receipt(NamedTuple):
    """Who took a letter, and what they said to it."""

    server: str
    answer: str


class Delivery(Protocol):
    """A way to deliver letters."""

    def deliver(self, letter: Letter) -> Receipt:
        """Hand a letter over, once: whatever fails is not tried again.

        Raises NotSent where nobody has got it, PerhapsSent where that cannot be known.
        """
