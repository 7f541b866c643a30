"""delivery/missing-unsubscribe."""

from collections.abc import Iterator

from composer.checks.delivery_reading import is_whole, visible_links
from composer.checks.rule import Defect, error
from composer.proof.proof import Proof
from composer.yaml_source.validation_problems import place_of_missing
from composer.yaml_source.values import Scalar


@error
def missing_unsubscribe(proof: Proof) -> Iterator[Defect]:
    """The mail has no link by which readers can leave.

    What it checks:
        That newsletter.yaml has an unsubscribe address, and that the rendered mail holds a visible link to it with
        words to click on.

    Why it matters:
        The law asks for it, Gmail and Yahoo refuse bulk mail without it, and readers who cannot leave press "spam".

    Example:
        # newsletter.yaml without
        name: Harbor Notes

    Instead:
        name: Harbor Notes
        unsubscribe:
          url: https://newsroom.example/harbor-notes/unsubscribe

    Source: CAN-SPAM Act, 15 U.S.C. 7704(a)(3) and (5)(A)(ii); RFC 8058 for the one-click header.
    """
    newsletter = proof.newsletter
    if newsletter.origin is None:
        return
    unsubscribe = newsletter.unsubscribe
    if unsubscribe is None:
        yield Defect(
            place_of_missing(newsletter.origin, "unsubscribe", newsletter.origin.source.top),
            "the newsletter has no unsubscribe address",
            "add `unsubscribe:` with a line `url: https://…`",
            label="readers cannot leave",
        )
    elif is_whole(proof) and not any(link.has_words and link.href == str(unsubscribe.url) for link in visible_links(proof)):
        place = unsubscribe.url.place if isinstance(unsubscribe.url, Scalar) else newsletter.origin.source.top
        yield Defect(
            place,
            "the rendered mail has no visible link to this address",
            'put it into the imprint\'s template: <a href="{{ t.address(page.unsubscribe_url) }}">{{ page.words.unsubscribe }}</a>',
            label="no visible link leads here",
        )
