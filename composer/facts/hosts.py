"""Hosts and address parts known by name; each list says in its head where it comes from and when it was made."""

from functools import cache
from typing import NamedTuple

from composer.facts.lists import lines_of


class Redirector(NamedTuple):
    """An address that only passes readers on: its host, how its path begins and the parameter that holds the true address.

    `parameter` is None where the true address cannot be read out of it.
    """

    host: str
    path: str
    parameter: str | None


@cache
def shorteners() -> frozenset[str]:
    """Hosts that shorten addresses for everybody."""
    return frozenset(lines_of("shorteners.txt"))


@cache
def https_hosts() -> frozenset[str]:
    """Hosts that are only ever spoken to over https."""
    return frozenset(lines_of("https_hosts.txt"))


@cache
def top_level_domains() -> frozenset[str]:
    """The last parts that a host's name may have, those in letters from a to z."""
    return frozenset(name for line in lines_of("top_level_domains.txt") for name in line.split())


@cache
def tracking_parameters() -> dict[str, tuple[str, ...]]:
    """Parameters by which others recognise who clicked, with the hosts where a name means that; none means everywhere."""
    return {name: tuple(hosts) for name, *hosts in map(str.split, lines_of("tracking_parameters.txt"))}


@cache
def redirectors() -> dict[str, list[Redirector]]:
    """Redirecting addresses by host; `*.` in front stands for any host beneath, `.*` behind for any ending."""
    by_host: dict[str, list[Redirector]] = {}
    for line in lines_of("redirectors.txt"):
        host, path, parameter = line.split()
        by_host.setdefault(host, []).append(Redirector(host, path, None if parameter == "-" else parameter))
    return by_host
