"""What the link rules know of redirects: addresses that only pass a reader on to another."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qs, unquote

from composer.checks.link_reading import Link, host_of, without_www
from composer.facts.hosts import Redirector, redirectors

_MOST_LAYERS = 4


class Redirect(NamedTuple):
    """Where a redirecting address leads; None where only its service knows."""

    target: str | None

    @property
    def host(self) -> str:
        """The host of the target."""
        return host_of(self.target) if self.target else ""


def redirect_of(link: Link) -> Redirect | None:
    """Where an address passes readers on to, through every layer; None where it is a page of its own."""
    if not link.host or not _candidates(without_www(link.host)):
        return None
    address, redirect = link.href, None
    for _ in range(_MOST_LAYERS):
        found = _one_layer(address)
        if found is None:
            break
        redirect = found
        if found.target is None:
            break
        address = found.target
    return redirect


def _one_layer(address: str) -> Redirect | None:
    host = host_of(address)
    rest = address.partition("://")[2].partition("/")
    path, query = "/" + rest[2].partition("?")[0], address.partition("?")[2].partition("#")[0]
    for redirector in _candidates(without_www(host)):
        if not path.startswith(redirector.path):
            continue
        if redirector.parameter is None:
            return Redirect(None)
        target = _target(redirector.parameter, address, query)
        if target is not None and target.startswith(("https://", "http://")) and host_of(target):
            return Redirect(target)
    return None


@lru_cache(maxsize=4096)
def _candidates(host: str) -> tuple[Redirector, ...]:
    """The redirectors known for a host, by its name, the names above it and its name before the ending."""
    known = redirectors()
    first, _, above = host.partition(".")
    found = [*known.get(host, ())]
    while above:
        found += known.get(f"*.{above}", ())
        above = above.partition(".")[2]
    return (*found, *known.get(f"{first}.*", ()))


def _target(parameter: str, address: str, query: str) -> str | None:
    if parameter == "v3":
        match = re.search(r"/v3/__(.+?)__;", address)
        # Proofpoint puts a star where it took a character out; only the whole address is of use.
        return match[1] if match is not None and "*" not in match[1] else None
    values = parse_qs(query).get("u" if parameter == "v2" else parameter)
    if not values:
        return None
    return unquote(values[0].replace("-", "%").replace("_", "/")) if parameter == "v2" else values[0]
