"""What web servers say of an issue's links; asked only with --network.

Servers are treated as a guest treats a house: one request at a time and a pause between them for each host, HEAD
before GET, no body read, `Retry-After` honoured, and what was answered is kept for a while. Everything has a bound.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import httpx

from composer.lookups.public_hosts import HostAndPort, PrivateHost, PublicHosts, UnknownHost
from composer.version import __version__

# Answers that say "not to a machine" rather than "not here": a reader with a browser may well get in.
CLOSED_TO_MACHINES = frozenset({401, 402, 403, 405, 406, 407, 429, 451, 501, 999})
_TEMPORARY = frozenset({408, 425, 429, 500, 502, 503, 504})
_PERMANENT_REDIRECTS = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class LinkAnswer(NamedTuple):
    """What came of asking for an address.

    `status` is the last HTTP status, None where no server answered; then `trouble` says in a few words why.
    `final` is where redirects led, `for_good` whether every redirect on the way was a permanent one.
    `is_private` says that the address, or one it redirects to, is not on the open net, and was not contacted.
    """

    status: int | None
    trouble: str = ""
    final: str = ""
    for_good: bool = False
    is_private: bool = False


LinkAnswers = Mapping[str, LinkAnswer]


class Manners(NamedTuple):
    """How servers are asked: times in seconds, counts per run or per address."""

    at_once: int = 16
    pause: float = 0.5
    timeout: float = 10
    attempts: int = 3
    back_off: float = 1
    longest_wait: float = 20
    most_redirects: int = 10
    most_seconds: float = 600
    most_addresses: int = 3000


class _House:
    """One host: its door, and how long to wait before knocking again."""

    def __init__(self) -> None:
        self.door = asyncio.Lock()
        self.free_at = 0.0


def look_up(
    addresses: Iterable[str],
    *,
    manners: Manners = Manners(),  # noqa: B008 - an immutable tuple
    allowed: frozenset[HostAndPort] = frozenset(),
    answered: Callable[[], None] = lambda: None,
) -> dict[str, LinkAnswer]:
    """Ask for each http(s) address once and say what came of it; `answered` is called with each answer that comes.

    Addresses beyond `manners.most_addresses`, or not answered within `manners.most_seconds`, are left out. `allowed` lets a
    test's own server in. Never raises for what a server does.
    """
    wanted = list(dict.fromkeys(address for address in addresses if address.startswith(("http://", "https://"))))[: manners.most_addresses]
    return asyncio.run(_Round(manners, allowed, answered).all_of(wanted))


class _Round:
    """One run over many addresses."""

    def __init__(self, manners: Manners, allowed: frozenset[HostAndPort], answered: Callable[[], None]) -> None:
        self._manners, self._allowed, self._answered = manners, allowed, answered
        self._houses: dict[str, _House] = {}
        self._at_once = asyncio.Semaphore(manners.at_once)
        self._answers: dict[str, LinkAnswer] = {}

    async def all_of(self, addresses: list[str]) -> dict[str, LinkAnswer]:
        if not addresses:
            return {}
        headers = {"User-Agent": f"Composer/{__version__} (link check of a newsletter draft)", "Accept": "*/*"}
        async with httpx.AsyncClient(
            transport=PublicHosts(self._allowed), headers=headers, timeout=self._manners.timeout, follow_redirects=False, trust_env=False
        ) as client:
            try:
                async with asyncio.timeout(self._manners.most_seconds):
                    await asyncio.gather(*(self._one(client, address) for address in addresses))
            except TimeoutError:
                pass
        return self._answers

    async def _one(self, client: httpx.AsyncClient, address: str) -> None:
        answer = await self._followed(client, address)
        self._answers[address] = answer
        self._answered()

    async def _followed(self, client: httpx.AsyncClient, address: str) -> LinkAnswer:
        """Ask, and follow redirects to their end."""
        here, for_good, seen = address, True, {address}
        for _ in range(self._manners.most_redirects + 1):
            answer, target = await self._asked(client, here)
            moved = here != address
            if target is None:
                return answer._replace(final=here if moved else "", for_good=moved and for_good)
            for_good = for_good and answer.status in _PERMANENT_REDIRECTS
            if target in seen:
                return LinkAnswer(None, "its redirects lead in a circle")
            seen.add(target)
            here = target
        return LinkAnswer(None, f"more than {self._manners.most_redirects} redirects")

    async def _asked(self, client: httpx.AsyncClient, address: str) -> tuple[LinkAnswer, str | None]:
        """One address, with HEAD and then GET, tried again where the trouble may pass; and where it redirects to."""
        answer, method = LinkAnswer(None, "not asked"), "HEAD"
        for attempt in range(self._manners.attempts):
            answer, target, wait = await self._request(client, method, address)
            if answer.status is not None and answer.status < 400:
                return answer, target
            if answer.is_private or answer.trouble in (_NO_SUCH_HOST, _NOT_AN_ADDRESS):
                break
            if method == "HEAD" and answer.status is not None and answer.status not in _TEMPORARY:
                # Many servers answer HEAD with an error, and GET with the page.
                method = "GET"
                answer, target, wait = await self._request(client, method, address)
                if answer.status is not None and answer.status < 400:
                    return answer, target
            if answer.status is not None and answer.status not in _TEMPORARY:
                break
            if attempt + 1 < self._manners.attempts:
                await asyncio.sleep(min(wait if wait is not None else self._manners.back_off * 2**attempt, self._manners.longest_wait))
                method = "GET"
        return answer, None

    async def _request(self, client: httpx.AsyncClient, method: str, address: str) -> tuple[LinkAnswer, str | None, float | None]:
        try:
            url = httpx.URL(address)
            async with self._welcome(url.host), client.stream(method, url) as response:
                target = _target(url, response) if response.status_code in _REDIRECTS else None
                return LinkAnswer(response.status_code), target, _retry_after(response)
        except PrivateHost:
            return LinkAnswer(None, "its host is not on the open net", is_private=True), None, None
        except UnknownHost:
            return LinkAnswer(None, _NO_SUCH_HOST), None, None
        except httpx.TimeoutException:
            return LinkAnswer(None, f"no answer within {self._manners.timeout:g} seconds"), None, None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError, UnicodeError):
            return LinkAnswer(None, _NOT_AN_ADDRESS), None, None
        except httpx.ConnectError as error:
            is_tls = "certificate" in str(error).lower() or "ssl" in str(error).lower()
            return LinkAnswer(None, "its certificate is not valid" if is_tls else "its server takes no connections"), None, None
        except (httpx.HTTPError, httpx.StreamError, OSError):
            return LinkAnswer(None, "its server broke off"), None, None

    @asynccontextmanager
    async def _welcome(self, host: str) -> AsyncIterator[None]:
        """The turn of a host: one request at a time, with a pause after each."""
        house = self._houses.setdefault(host, _House())
        clock = asyncio.get_running_loop().time
        async with house.door:
            await asyncio.sleep(max(0.0, house.free_at - clock()))
            try:
                async with self._at_once, asyncio.timeout(self._manners.timeout * 2):
                    yield
            except TimeoutError:
                raise httpx.ReadTimeout("the whole request took too long") from None
            finally:
                house.free_at = clock() + self._manners.pause


_NO_SUCH_HOST = "no host has this name"
_NOT_AN_ADDRESS = "it is not an address a browser could open"


def _target(asked: httpx.URL, response: httpx.Response) -> str | None:
    """Where a redirect leads; None where it does not say, or leads out of the web."""
    location = response.headers.get("location", "")
    if not location:
        return None
    target = asked.join(location).copy_with(fragment=None)
    return str(target) if target.scheme in ("http", "https") and target.host else None


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds to wait, from the header of RFC 9110, 10.2.3; a date counts from the server's own."""
    given = response.headers.get("retry-after", "")
    if given.isdecimal():
        return float(given)
    try:
        return max(0.0, (parsedate_to_datetime(given) - parsedate_to_datetime(response.headers.get("date", ""))).total_seconds())
    except (TypeError, ValueError):
        return None
