"""Hosts and address parts known by name; each list says in its head where it comes from and when it was made."""

from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Redirector(NamedTuple):
    """An address that only passes readers on: its host, how its path begins and the parameter that holds the true address.

    `parameter` is None where the true address cannot be read out of it.
    """

    host: str
    path: str
    parameter: str | None


def _lines(name: str) -> list[str]:
    lines = files("composer.facts").joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@cache
def shorteners() -> frozenset[str]:
    """Hosts that shorten addresses for everybody."""
    return frozenset(_lines("shorteners.txt"))


@cache
def https_hosts() -> frozenset[str]:
    """Hosts that are only ever spoken to over https."""
    return frozenset(_lines("https_hosts.txt"))


@cache
def top_level_domains() -> frozenset[str]:
    """The last parts that a host's name may have, those in letters from a to z."""
    return frozenset(name for line in _lines("top_level_domains.txt") for name in line.split())


@cache
def tracking_parameters() -> dict[str, tuple[str, ...]]:
    """Parameters by which others recognise who clicked, with the hosts where a name means that; none means everywhere."""
    return {name: tuple(hosts) for name, *hosts in map(str.split, _lines("tracking_parameters.txt"))}


@cache
def redirectors() -> dict[str, list[Redirector]]:
    """Redirecting addresses by host; `*.` in front stands for any host beneath, `.*` behind for any ending."""
    by_host: dict[str, list[Redirector]] = {}
    for line in _lines("redirectors.txt"):
        host, path, parameter = line.split()
        by_host.setdefault(host, []).append(Redirector(host, path, None if parameter == "-" else parameter))
    return by_host
