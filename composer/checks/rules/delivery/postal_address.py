"""delivery/postal-address."""

from collections.abc import Iterator

from composer.checks.delivery_reading import is_whole, shows, text_shows
from composer.checks.rule import Defect, error
from composer.proof.proof import Proof
from composer.yaml_source.validation_problems import place_of_missing
from composer.yaml_source.values import Scalar


@error
def postal_address(proof: Proof) -> Iterator[Defect]:
    """The mail does not carry the publisher's postal address.

    What it checks:
        That the publisher, in newsletter.yaml or else in newsroom.yaml, has a postal address, and that both the
        rendered mail and the plain text show it.

    Why it matters:
        Commercial mail must carry a valid postal address in the United States, and an imprint in much of Europe.

    Example:
        publisher:
          name: Harbor Review

    Instead:
        publisher:
          name: Harbor Review
          postal_address: Harbor Review, 1 Sample Street, Port Amity 00000

    Source: CAN-SPAM Act, 15 U.S.C. 7704(a)(5)(A)(iii).
    """
    newsroom = proof.project.newsroom
    publisher = proof.newsletter.publisher or (newsroom.publisher if newsroom is not None else None)
    if publisher is None or publisher.origin is None:
        return
    address = publisher.postal_address
    if address is None:
        yield Defect(
            place_of_missing(publisher.origin, "postal_address", publisher.origin.source.top),
            "the publisher has no postal address",
            "add a line `postal_address: …`",
            label="no postal address",
        )
        return
    shown = {"the rendered mail": shows(proof, address), "the plain text": text_shows(proof, address)} if is_whole(proof) else {}
    without = [edition for edition, is_shown in shown.items() if not is_shown]
    if without and isinstance(address, Scalar):
        yield Defect(
            address.place,
            f"{' and '.join(without)} {'do' if len(without) > 1 else 'does'} not show this address",
            "put it into the imprint's template",
            label="not shown to readers",
        )
