"""What the link rules know of the newsroom: its own hosts, the addresses its settings put into every mail, its templates' links."""

import re
from collections.abc import Iterator
from functools import cache
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import unquote

from composer.checks.link_reading import host_of, is_under, links_of, without_www
from composer.checks.newsletter_reading import once_a_newsletter
from composer.checks.side_by_side import once_a_draft
from composer.draft.load import Draft
from composer.place import Place
from composer.project.newsletter import Newsletter
from composer.project.newsroom import Publisher
from composer.proof.proof import Proof
from composer.prose.merge_fields import restored
from composer.yaml_source.values import Scalar

_LONGEST_SIGN = len("http:")


class Setting(NamedTuple):
    """An address of newsletter.yaml or newsroom.yaml; `leaves` is whether it is the one by which readers unsubscribe."""

    address: Scalar
    host: str
    leaves: bool = False


class TemplateLink(NamedTuple):
    """An address that a template brings into the mail, and where it says so."""

    href: str
    place: Place


def settings_of(proof: Proof) -> tuple[Setting, ...]:
    """The addresses of the settings that stand in every mail or name the newsroom."""
    return _settings(proof.newsletter, _publisher(proof))


@once_a_newsletter
def _settings(newsletter: Newsletter, publisher: Publisher | None) -> tuple[Setting, ...]:
    unsubscribe = newsletter.unsubscribe
    addresses = [newsletter.url, publisher.url if publisher is not None else None, newsletter.view_online, *(link.url for link in newsletter.social)]
    settings = [Setting(address, host_of(address)) for address in addresses if isinstance(address, Scalar)]
    if unsubscribe is not None:
        settings += [Setting(unsubscribe.url, host_of(unsubscribe.url), leaves=True)] if isinstance(unsubscribe.url, Scalar) else []
        settings += [Setting(unsubscribe.manage_url, host_of(unsubscribe.manage_url))] if isinstance(unsubscribe.manage_url, Scalar) else []
    sender = newsletter.sender
    mail = [Setting(a, a.partition("@")[2].lower()) for a in (sender.address, sender.reply_to) if isinstance(a, Scalar)]
    return tuple(sorted(settings + mail, key=lambda setting: (setting.address.source.path, setting.address.start)))


def is_own(proof: Proof, host: str) -> bool:
    """Whether a host is the newsroom's own: the publisher's, the newsletter's or the sender's, or beneath one of them."""
    return any(is_under(host, own) for own in _own_hosts(proof.newsletter, _publisher(proof)))


def template_links(draft: Draft, proof: Proof, sign: str) -> Iterator[TemplateLink]:
    """The addresses beginning with `sign` that neither the draft nor the settings hold, where a template says them.

    What a template puts together of parts is found only where its text begins like that.
    """
    if not any(beginning.startswith(sign) for beginning in _beginnings_of_addresses(proof)):
        return
    typed = {link.href for link in links_of(draft)} | {str(setting.address) for setting in settings_of(proof)}
    hrefs = dict.fromkeys(restored(unescape(match[1])) for match in _hrefs().finditer(proof.rendered))
    for href in hrefs:
        if href.startswith(sign) and href not in typed:
            place = proof.place_in_templates(f'href="{href}', f"href='{href}")
            if place.end_column > place.column:
                width = len('href="')
                yield TemplateLink(href, place._replace(column=place.column + width))


@once_a_draft
def _beginnings_of_addresses(proof: Proof) -> frozenset[str]:
    """The first characters of all that the mail leads to: as many as the longest sign that a rule asks for."""
    return frozenset([behind[:_LONGEST_SIGN] for behind in proof.rendered.split('href="')[1:]])


@once_a_newsletter
def _own_hosts(newsletter: Newsletter, publisher: Publisher | None) -> frozenset[str]:
    addresses = (newsletter.url, publisher.url if publisher is not None else None)
    hosts = {without_www(host_of(address)) for address in addresses if address}
    return frozenset(host for host in {*hosts, newsletter.sender.address.partition("@")[2].lower()} if host)


def _publisher(proof: Proof) -> Publisher | None:
    newsroom = proof.project.newsroom
    return proof.newsletter.publisher or (newsroom.publisher if newsroom is not None else None)


@cache
def _hrefs() -> re.Pattern[str]:
    return re.compile(r'<a [^>]*?href="([^"]*)"')


def leads_somewhere(href: str, proof: Proof) -> bool:
    """Whether the mail has the spot that a link such as `#name` is to."""
    names = (escape(href[1:]), escape(unquote(href[1:])))
    return any(f'{attribute}="{name}"' in proof.rendered for name in names for attribute in (" id", " name"))
