"""The contract of a delivery service that fills in merge fields: one file of services/ a service, found by its name.

Such a file has `NAME`, what people call the service; `LIVE`, a pattern for whatever it would take for a tag of its
own; and `spelled`, which puts a field of ours into its words or says why it cannot be told of it. Where need be it
has `plain`, which puts the other words of the plain text so that they arrive as they are. Its docstring says where its
syntax is described, and on which day that was read.
"""

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

from composer.delivery import services
from composer.discovery import did_you_mean, module_names
from composer.errors import UnknownName
from composer.prose.merge_fields import MergeField, Refusal, Spelling, Spot

# The names of ours that stand for addresses; beside first_name, last_name, name and email they are what every service
# may know of a reader. Any other name is a field of the newsroom's own.
ADDRESSES = ("unsubscribe_url", "manage_url", "web_url")
FIELDS = ("first_name", "last_name", "name", "email", *ADDRESSES)


class Service:
    """A delivery service by its file's name."""

    def __init__(self, key: str, name: str, live: str, spell: Callable[[MergeField, Spot], str | Refusal], plain: Callable[[str], str] = str) -> None:
        self.key, self.name = key, name
        self._live, self._spell, self._plain = live, spell, plain

    @property
    def spelling(self) -> Spelling:
        """How the service wants a mail."""
        return Spelling(self.spelled, self._plain)

    def spelled(self, field: MergeField, spot: Spot) -> str | Refusal:
        """A field in the service's words, or why it has none for it there."""
        if field.fallback and field.name in ADDRESSES:
            return Refusal(f"every reader has a {field.name}, so nothing stands in its place", "delete the bar and the words behind it")
        # In HTML the words stand as they were typed, so that each service's own escaping does them no harm.
        if field.fallback and spot in ("html", "attribute", "path", "query") and re.search(r"&#?\w", field.fallback):
            return Refusal("a & with a letter behind it may become another sign in HTML", "put a space behind the &, or write “and”")
        return self._spell(field, spot)

    def field_for(self, tag: str, spot: Spot) -> str | None:
        """The field of ours that the service spells in just this way, as a writer types it, with words behind the bar where it takes any."""
        name = next((name for name in FIELDS if self._spell(MergeField(name, None), "html") == tag), None)
        if name is None:
            return None
        # Every reader has a mail address.
        fallback = "" if name == "email" or isinstance(self.spelled(MergeField(name, "there"), spot), Refusal) else " | there"
        return f"{{{{ reader.{name}{fallback} }}}}"

    def live_tags(self, text: str) -> list[re.Match[str]]:
        """What the service would take for tags of its own."""
        return list(re.finditer(self._live, text))


def service_keys() -> list[str]:
    """The names of the services that Composer can write for."""
    return [name.rpartition(".")[2] for name in module_names(services)]


def service_called(key: str) -> Service:
    """The service of that name. Raises UnknownName."""
    known = service_keys()
    if key.lower() not in known:
        raise UnknownName(f"Composer does not know how `{key}` spells merge fields", did_you_mean(key, known))
    module: Any = import_module(f"{services.__name__}.{key.lower()}")
    return Service(key.lower(), module.NAME, module.LIVE, module.spelled, getattr(module, "plain", str))


def no_such_field(service: str, field: MergeField, instead: str) -> Refusal:
    """What a service says of a field that it has not; `instead` is what to type."""
    return Refusal(f"{service} has no counterpart to reader.{field.name}", instead)


def cannot_carry(service: str, sign: str, where: str = "in the words behind the bar") -> Refusal:
    """What a service says of a sign that its syntax gives a meaning."""
    return Refusal(f"{service} cannot carry a {sign} {where}", f"write the words without the {sign}")
