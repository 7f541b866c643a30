"""links/insecure."""

from collections.abc import Iterator

from composer.checks.link_reading import Link, edits_to, links_of, web_links, without_www
from composer.checks.placeholder_hosts import is_raw, placeholder_reason
from composer.checks.rule import Defect, warning
from composer.checks.site_reading import is_own, settings_of, template_links
from composer.checks.text_reading import file_in_small_letters
from composer.draft.load import Draft
from composer.facts.hosts import https_hosts
from composer.finding import Edit
from composer.proof.proof import Proof

_MESSAGE = "this link is not encrypted: everybody between a reader and the site sees the page, and may change it"


@warning
def insecure(draft: Draft, proof: Proof) -> Iterator[Defect]:
    """A link that begins with `http:` instead of `https:`.

    What it checks:
        Every web address of the draft, those of newsletter.yaml and newsroom.yaml that stand in each mail, and those
        that templates bring in. It is changed by itself only where https surely works: hosts that browsers never
        speak to otherwise, hosts of the settings, and hosts that the draft links to with https elsewhere.

    Why it matters:
        Browsers warn of such pages, and whoever runs the network a reader sits in can read along.

    Example:
        url: http://github.com/example

    Instead:
        url: https://github.com/example

    Source: Chromium's HSTS preload list, as far as composer/facts/https_hosts.txt holds it.
    """
    if b"http:" in file_in_small_letters(draft):
        for link in web_links(draft):
            if link.parts.scheme == "http" and not (link.is_bare and "://" not in link.href) and not _has_graver_fault(proof, link):
                yield _defect(draft, proof, link)
    for setting in settings_of(proof):
        if setting.address.lower().startswith("http:") and not setting.leaves:
            yield Defect(setting.address.place, _MESSAGE, "write https:// if the site answers there", label="not encrypted")
    for found in template_links(draft, proof, "http:"):
        yield Defect(found.place, _MESSAGE, "write https:// if the site answers there", label="not encrypted")


def _defect(draft: Draft, proof: Proof, link: Link) -> Defect:
    edits = _edits(draft, proof, link)
    help = f"write https{link.href[4:]}" if edits else f"open https{link.href[4:]} in a browser; if the page is there, write that"
    return Defect(link.place, _MESSAGE, help, label="not encrypted", edits=edits)


def _has_graver_fault(proof: Proof, link: Link) -> bool:
    """Such a host has no https to offer, and a rule of its own speaks of it."""
    return is_raw(link) or (placeholder_reason(link.host) is not None and not is_own(proof, link.host))


def _edits(draft: Draft, proof: Proof, link: Link) -> tuple[Edit, ...]:
    if not (_is_preloaded(link.host) or link.host in _seen_with_https(draft, proof)):
        return ()
    after_http = link.start + len("http")
    return edits_to(draft, link, after_http, after_http, "s")


def _is_preloaded(host: str) -> bool:
    name = without_www(host)
    parents = [name.split(".", depth)[-1] for depth in range(name.count("."))]
    return name in https_hosts() or any(f"*.{parent}" in https_hosts() for parent in parents)


def _seen_with_https(draft: Draft, proof: Proof) -> set[str]:
    hosts = {link.host for link in links_of(draft) if link.parts.scheme == "https"}
    return hosts | {setting.host for setting in settings_of(proof) if setting.address.startswith("https:")}
