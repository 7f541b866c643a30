"""Where known mail services count who opens a mail."""

from functools import cache
from urllib.parse import urlsplit

from composer.facts.lists import lines_of


@cache
def _trackers() -> dict[str, list[tuple[str, str]]]:
    """For a host, the paths at which a service counts, with its name."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in lines_of("tracking_pixels.txt"):
        address, service = line.split(" ", 1)
        host, slash, path = address.partition("/")
        found.setdefault(host, []).append((slash + path, service.strip()))
    return found


def tracker_of(address: str) -> str | None:
    """The service that counts opened mails at this address; None for any other address."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return None
    labels = host.split(".")
    for first in range(len(labels) - 1):
        for path, service in _trackers().get(".".join(labels[first:]), ()):
            if parts.path.startswith(path):
                return service
    return None
