"""links/raw-address."""

from collections.abc import Iterator

from composer.checks.link_reading import Link, web_links
from composer.checks.placeholder_hosts import is_raw, placeholder_reason
from composer.checks.rule import Defect, error
from composer.checks.site_reading import is_own
from composer.draft.load import Draft
from composer.proof.proof import Proof

_USUAL_PORTS = {"http": 80, "https": 443}


@error
def raw_address(draft: Draft, proof: Proof) -> Iterator[Defect]:
    """A link to a machine's number, to a port, or with a user name in it.

    What it checks:
        Every web address for a number instead of a host's name (192.0.2.7, also as one number or in hexadecimal), for
        a port that is not the scheme's own (`:8080`), and for `user@` or `user:password@` in front of the host.

    Why it matters:
        Filters know such links from attacks and hold back the mail. A password in an address is everybody's.

    Example:
        url: http://192.0.2.7:8080/story

    Instead:
        url: https://harborreview.example/story

    Source: RFC 3986, section 7.6, warns of user information that looks like a host.
    """
    for link in web_links(draft):
        # Nothing stands around the host, and a number begins with a digit.
        if link.parts.netloc == link.host and not link.host[0].isdigit():
            continue
        fault = _fault(link)
        if fault is None or (fault[0] == "port" and placeholder_reason(link.host) is not None and not is_own(proof, link.host)):
            continue
        _, message, help = fault
        yield Defect(link.place, message, help, label="looks like an attack to filters")


def _fault(link: Link) -> tuple[str, str, str] | None:
    """What is raw about an address: the worst of it, since one new address mends all."""
    if "@" in link.parts.netloc:
        shown = link.parts.netloc.rpartition("@")[0].partition(":")[0]
        return "user", f"`{shown}@` is a user name; the link leads to `{link.host}`", "delete everything from the slashes to the @"
    if is_raw(link):
        return "number", f"`{link.host}` is the number of a machine, not the name of a site", "write the site’s name, as in https://example.org/story"
    try:
        port = link.parts.port
    except ValueError:
        return "port", "the number behind the host is no port", f"write https://{link.host}/… without it"
    if port is not None and port != _USUAL_PORTS[link.parts.scheme]:
        return "port", f"`:{port}` is a port; many readers’ networks let nothing through to it", f"write the address without `:{port}`, if the page opens there"
    return None
