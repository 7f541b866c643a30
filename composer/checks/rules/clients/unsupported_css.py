"""clients/unsupported-css."""

from collections.abc import Iterator

from composer.checks.clients_reading import shortcomings
from composer.checks.rule import Defect, warning
from composer.proof.proof import Proof


@warning
def unsupported_css(proof: Proof, *, accepted: tuple[str, ...] = ()) -> Iterator[Defect]:
    """The styles use what a client that must look right does not support.

    What it checks:
        Style blocks and style attributes of the rendered mail against the support data of the clients that
        newsletter.yaml names under `clients:` (docs/clients.md lists those that count where it names none). Features
        whose absence loses nothing, such as rounded corners, are not reported: composer/facts/graceful.txt gives the
        reason for each. The limit `accepted` names features that a newsletter has looked at itself.

    Why it matters:
        What a client does not support it leaves out, without a word: a row of boxes becomes a column, words meant to
        lie on a picture lie on nothing.

    Example:
        # styles/head-2-phones.css
        .teaser { display: flex }

    Instead:
        # in the section's template
        <mj-section><mj-column>…</mj-column><mj-column>…</mj-column></mj-section>

    Source: caniemail.com's data by way of npm's caniemail 2.0.2 (2026-05-13); each finding names the month of its test.
    """
    for shortcoming in shortcomings(proof, accepted):
        if shortcoming.lacking and shortcoming.slug.startswith("css"):
            yield Defect(
                proof.place_in_templates(*shortcoming.words),
                shortcoming.told,
                "leave it out, or accept it where the mail reads well without: "
                f"`house_style: {{rules: {{clients/unsupported-css: {{accepted: [{shortcoming.slug}]}}}}}}` in newsletter.yaml",
                label="left out by these clients",
            )
