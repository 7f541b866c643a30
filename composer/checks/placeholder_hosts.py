"""What the link rules know of hosts that are nobody's: reserved names, the writer's own machine, sites before they open."""

import re
from functools import cache, lru_cache

from composer.checks.link_reading import Link, without_www

_RESERVED = ("example", "test", "invalid", "localhost", "local", "internal", "lan")
_EXAMPLES = ("example.com", "example.net", "example.org")
_BEFORE_OPENING = ("staging", "stage", "stg", "dev", "develop", "development", "preview", "uat", "preprod", "localdev")
# Sites made for one change of a site, until it is accepted.
_PREVIEWS = r"(?:^deploy-preview-\d+--[\w-]+\.netlify\.app|-git-[\w-]+\.vercel\.app|\.(?:ngrok\.io|ngrok\.app|ngrok\.dev|ngrok-free\.app|ngrok-free\.dev|trycloudflare\.com|loca\.lt))$"


@lru_cache(maxsize=4096)
def placeholder_reason(host: str) -> str | None:
    """Why no reader can go to a host by its name alone: it is reserved; None for an ordinary one."""
    name = without_www(host)
    if name == "localhost" or name.endswith(".localhost"):
        return "is the reader’s own machine"
    if name.endswith(_EXAMPLES) and any(name == reserved or name.endswith("." + reserved) for reserved in _EXAMPLES):
        return "is reserved for examples"
    last = name.rpartition(".")[2]
    if last in _RESERVED:
        return f"ends in `.{last}`, which no site on the web does"
    return "is a name within one network only" if "." not in name and ":" not in name and name.isascii() and not name.isdigit() and not _to_come(name) else None


@lru_cache(maxsize=4096)
def preview_label(host: str) -> str | None:
    """The part of a host that says it is a site before its opening: `staging`, `dev`, `preview`."""
    labels = without_www(host).split(".")
    if len(labels) > 2:
        first = labels[0]
        if first in _BEFORE_OPENING or first.endswith("-staging") or first.startswith("staging-"):
            return first
    found = _previews().search(host)
    return found[0] if found is not None else None


def is_raw(link: Link) -> bool:
    """Whether the host is a number and no name."""
    return ":" in link.host or _number().fullmatch(link.host) is not None


def _to_come(name: str) -> bool:
    """Whether it is a word that editorial/placeholder speaks of."""
    return name.strip("tk") == "" or name in ("todo", "fixme") or name.strip("x") == ""


@cache
def _number() -> re.Pattern[str]:
    """An IPv4 address as browsers read it: up to four numbers, decimal, octal or hexadecimal."""
    return re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}")


@cache
def _previews() -> re.Pattern[str]:
    return re.compile(_PREVIEWS)
