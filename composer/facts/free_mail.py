"""Hosts where anybody gets a mail address: what a newsletter cannot be sent from."""

from functools import cache

from composer.facts.lists import lines_of


@cache
def _hosts() -> frozenset[str]:
    """The lines of free_mail.txt; the file says where they come from."""
    return frozenset(lines_of("free_mail.txt"))


def is_free_mail_host(host: str) -> bool:
    """Whether anybody gets an address at this host; one beneath it may be a company's own."""
    host = host.lower()
    name, _, ending = host.partition(".")
    first, _, country = ending.rpartition(".")
    # `yahoo.*` is yahoo.com, yahoo.de and yahoo.co.uk, and not the yahoo.news.example of a newsroom.
    is_countrys = (first in ("", "co", "com") and len(country) == 2) or ending in ("com", "net")
    return host in _hosts() or (is_countrys and f"{name}.*" in _hosts())
