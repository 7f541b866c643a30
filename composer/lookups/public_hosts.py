"""Connections to public addresses only: a draft's link must not make Composer knock on a newsroom's own machines.

The host is resolved here, every answer is looked at, and the connection goes to the address that was looked at, so
that a name cannot answer differently a moment later (DNS rebinding). It holds for every redirect as well, because
every request passes through here.
"""

import asyncio
from ipaddress import IPv4Address, IPv6Address, ip_address

import httpx

Address = IPv4Address | IPv6Address
HostAndPort = tuple[str, int]

# A host may have many addresses; where the first few do not answer, the rest will not either.
_MOST_ADDRESSES = 3
_PORTS = {"http": 80, "https": 443}


class PrivateHost(Exception):
    """A host that is, or whose name leads to, an address that is not public; it was not contacted."""


class UnknownHost(Exception):
    """A host whose name leads nowhere."""


class PublicHosts(httpx.AsyncBaseTransport):
    """A transport that resolves, looks at and pins each host's address.

    `allowed` are hosts and ports that may be contacted though they are private; tests name their own server there.
    """

    def __init__(self, allowed: frozenset[HostAndPort] = frozenset(), *, verify: bool = True) -> None:
        self._allowed = allowed
        # No proxies and no settings from the environment: a proxy would resolve names for itself.
        self._transport = httpx.AsyncHTTPTransport(verify=verify, trust_env=False, limits=httpx.Limits(max_connections=32, max_keepalive_connections=0))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to the address its host has. Raises PrivateHost, UnknownHost and httpx's own errors."""
        host = request.url.host
        port = request.url.port or _PORTS.get(request.url.scheme, 0)
        *others, last = await self._addresses(host, port)
        request.extensions = {**request.extensions, "sni_hostname": host}
        for address in others:
            try:
                return await self._sent(request, address)
            except httpx.ConnectError:
                continue
        return await self._sent(request, last)

    async def _sent(self, request: httpx.Request, address: Address) -> httpx.Response:
        request.url = request.url.copy_with(host=str(address))
        return await self._transport.handle_async_request(request)

    async def aclose(self) -> None:
        """Close what is open."""
        await self._transport.aclose()

    async def _addresses(self, host: str, port: int) -> list[Address]:
        addresses = await _resolved(host, port)
        if (host, port) not in self._allowed:
            private = next((address for address in addresses if not is_public(address)), None)
            if private is not None:
                raise PrivateHost(f"{host} is at {private}, which is not a public address")
        return addresses[:_MOST_ADDRESSES]


def is_public(address: Address) -> bool:
    """Whether an address is one of the open net: not private, loopback, link-local, shared, multicast or reserved.

    As the IANA registries of special-purpose addresses have it, which Python's ipaddress follows; an IPv4 address
    inside an IPv6 one counts as itself.
    """
    if isinstance(address, IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inside is not None:
            return is_public(inside)
        # The prefix of NAT64 (RFC 6052) carries an IPv4 address in its last four bytes.
        if address.packed.startswith(bytes.fromhex("0064ff9b0000000000000000")):
            return is_public(IPv4Address(address.packed[-4:]))
    return address.is_global and not address.is_multicast


async def _resolved(host: str, port: int) -> list[Address]:
    try:
        return [ip_address(host.strip("[]"))]
    except ValueError:
        pass
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, proto=6)
    except (OSError, UnicodeError):
        raise UnknownHost(f"no host is called {host}") from None
    # A link-local address may carry the name of an interface behind a `%`.
    return [ip_address(str(answer[4][0]).partition("%")[0]) for answer in found]
