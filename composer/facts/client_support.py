"""What mail clients support: the table of client_support.json, which says where it comes from and from when.

tools/client_support.py makes the table. Nothing is read before somebody asks.
"""

from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple

from composer.facts.lists import lines_of

Support = Literal["y", "n", "a", "u"]

# What a newsletter is held to that names no clients: the programs most readers open mail with, each with its own way
# of reading HTML. Their other platforms behave like one of these.
DEFAULT_CLIENTS = (
    "gmail-desktop-webmail",
    "gmail-ios",
    "gmail-android",
    "outlook-windows",
    "outlook-com",
    "yahoo-desktop-webmail",
    "apple-mail-macos",
    "apple-mail-ios",
    "samsung-email-android",
    "thunderbird-macos",
)
# The new Outlook for Windows is Outlook.com in a window of its own.
_ALSO_CALLED = {"outlook-new": "outlook-com", "outlook-outlook-com": "outlook-com"}


# Gmail reads style blocks up to here (R. Parmentier, email-bugs 90, 2021; caniemail.com on `<style>`).
GMAIL_STYLE_BYTES = 16_384


class Feature(NamedTuple):
    """One feature of HTML, CSS or pictures: what it is about, and how clients deal with it.

    `uses` is how a mail uses it: `border-radius`, `display:flex`, `calc()`, `1rem`, `:hover`, `a > b`, `@media (hover)`,
    `<video>`, `[srcset]`. `notes` say, word by word, in which clients support is partial, and how.
    """

    slug: str
    title: str
    category: str
    tested: str
    letters: str
    uses: tuple[str, ...]
    notes: dict[str, list[str]]


class ClientSupport:
    """The table: clients by name, with the name readers know; features by slug."""

    def __init__(self, clients: dict[str, str], features: dict[str, Feature], date: str) -> None:
        self.clients, self.features, self.date = clients, features, date
        self._columns = {name: column for column, name in enumerate(clients)}

    def of(self, client: str, slug: str) -> Support:
        """How a client deals with a feature: yes, no, partly (`a`) or unknown."""
        return self.features[slug].letters[self._columns[client]]  # type: ignore[return-value]

    def notes(self, slug: str, clients: Iterable[str]) -> list[str]:
        """What is known of these clients' partial support."""
        wanted = set(clients)
        return [note for note, noted in self.features[slug].notes.items() if wanted & set(noted)]

    def named(self, client: str) -> str | None:
        """The client's name in the table, also by another name that it has; None for an unknown one."""
        name = _ALSO_CALLED.get(client, client)
        return name if name in self.clients else None

    def shown(self, clients: Iterable[str]) -> str:
        """Clients as readers know them, those of one maker together: "Gmail (web, iOS), Outlook (Windows)"."""
        platforms: dict[str, list[str]] = {}
        for client in clients:
            family, _, platform = self.clients[client].partition(" (")
            platforms.setdefault(family, []).append(platform.removesuffix(")"))
        return ", ".join(f"{family} ({', '.join(names)})" if names[0] else family for family, names in platforms.items())


@cache
def client_support() -> ClientSupport:
    """The table, read when it is first asked for."""
    import json
    from importlib.resources import files

    table = json.loads(files("composer.facts").joinpath("client_support.json").read_text(encoding="utf-8"))
    features = {
        slug: Feature(slug, title, category, tested, letters, tuple(uses), notes[0] if notes else {})
        for slug, (title, category, tested, letters, uses, *notes) in table["features"].items()
    }
    return ClientSupport(table["clients"], features, table["data_date"])


@cache
def graceful() -> dict[str, str]:
    """Features whose absence loses nothing, by slug, with the reason: graceful.txt."""
    rows = (line.partition(":") for line in lines_of("graceful.txt"))
    return {slug.strip(): reason.strip() for slug, _, reason in rows}
