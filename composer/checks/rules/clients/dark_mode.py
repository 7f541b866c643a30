"""clients/dark-mode."""

from collections.abc import Iterator

from composer.checks.clients_reading import clients_of
from composer.checks.markup_reading import read_mail
from composer.checks.rule import Defect, info
from composer.facts.client_support import client_support
from composer.proof.proof import Proof


@info
def dark_mode(proof: Proof) -> Iterator[Defect]:
    """The mail says nothing of dark mode.

    What it checks:
        That the rendered mail has a meta element `color-scheme` and styles for `prefers-color-scheme: dark`, where one
        of the newsletter's clients reads them.

    Why it matters:
        Without them, clients in dark mode turn colours over as they see fit, and pictures with transparent parts and
        brand colours suffer most.

    Example:
        # layout.j2 without
        <meta name="color-scheme" content="light dark" />

    Instead:
        <mj-raw><meta name="color-scheme" content="light dark" /></mj-raw>

    Source: caniemail.com on `@media (prefers-color-scheme)` (test of 2023-03) and the color-scheme meta tag (2023-09).
    """
    html = read_mail(proof).html
    has_meta, has_styles = '<meta name="color-scheme"' in html, "prefers-color-scheme" in html
    if (has_meta and has_styles) or not html or not _somebody_reads_it(clients_of(proof.newsletter)):
        return
    if has_styles:
        message, help = (
            "no meta element `color-scheme`",
            '`<mj-raw><meta name="color-scheme" content="light dark" /></mj-raw>` in the head says that the mail has dark colours',
        )
    elif has_meta:
        message, help = "no styles for dark mode", "add `@media (prefers-color-scheme: dark) { … }` to a style sheet, as styles/head-3-dark.css does"
    else:
        message, help = "neither a meta element `color-scheme` nor styles for dark mode", "see layout.j2 and styles/head-3-dark.css of the shared templates"
    yield Defect(proof.place_in_templates("<mj-head>"), f"dark mode is left to the clients: {message}", help, label="the head says nothing of dark mode")


def _somebody_reads_it(clients: tuple[str, ...]) -> bool:
    return any(client_support().of(client, "css-at-media-prefers-color-scheme") == "y" for client in clients)
