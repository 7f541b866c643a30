"""A mail as one client shows it: what the client does not support is taken out, Outlook's conditions are resolved.

What comes out is HTML for a browser. docs/clients.md says what each step does and from which data.
"""

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from composer.errors import UnknownName
from composer.facts.client_support import client_support
from composer.proof.client_view.conditions import resolved
from composer.proof.tree import parsed, written

if TYPE_CHECKING:
    from lxml.etree import _Element

# The Gmail app that reads another provider's mail box takes every style block away (caniemail.com on `<style>`, note 2).
FOREIGN_GMAIL = "gmail-foreign-account"
_DATA_OF = {FOREIGN_GMAIL: "gmail-android"}


class Client(NamedTuple):
    """A client as the steps see it. `data` is its name in the support table."""

    name: str
    data: str

    @property
    def is_word(self) -> bool:
        """Whether Microsoft Word draws its mail, which is what `[if mso]` asks."""
        return self.data in ("outlook-windows", "outlook-windows-mail")

    @property
    def is_gmail(self) -> bool:
        """Whether Gmail's filters come first."""
        return self.data.startswith("gmail-")

    def letter(self, slug: str) -> str:
        """How the client deals with a feature, as the table says it."""
        return client_support().of(self.data, slug)

    def is_noted(self, slug: str, words: str) -> bool:
        """Whether the table's notes on the client's partial support say this."""
        return any(words in note for note in client_support().notes(slug, [self.data]))

    def lacks(self, use: str) -> bool:
        """Whether the table says that the client does not support this use."""
        return use in _lacked(self.data)


@cache
def _lacked(data: str) -> frozenset[str]:
    support = client_support()
    return frozenset(use for slug, feature in support.features.items() if support.of(data, slug) == "n" for use in feature.uses)


def client_named(name: str) -> Client:
    """The client of that name. Raises UnknownName with "did you mean"."""
    known = _DATA_OF.get(name) or client_support().named(name)
    if known is None:
        from composer.discovery import did_you_mean

        raise UnknownName(f"no mail client is called `{name}`", did_you_mean(name, [FOREIGN_GMAIL, *client_support().clients]))
    return Client(name, known)


def shows_dark(name: str) -> bool:
    """Whether the client shows the mail's own dark colours where its reader has chosen dark."""
    return client_named(name).letter("css-at-media-prefers-color-scheme") == "y"


def as_seen_by(name: str, html: str) -> str:
    """The finished HTML of a mail as this client shows it. Raises UnknownName."""
    return written(tree_seen_by(name, html))


def tree_seen_by(name: str, html: str) -> "_Element":
    """As `as_seen_by`, for whoever changes more of it. Raises UnknownName."""
    from composer.proof.client_view.elements import without_unsupported_elements
    from composer.proof.client_view.styles import with_supported_styles

    client = client_named(name)
    root = parsed(resolved(html, for_word=client.is_word))
    with_supported_styles(root, client)
    without_unsupported_elements(root, client)
    return root
