"""delivery/list-id."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from composer.checks.message_reading import headers_called, place_of_header
from composer.checks.newsletter_reading import once_a_newsletter
from composer.checks.rule import Defect, warning
from composer.project.newsletter import Newsletter
from composer.project.newsroom import Newsroom
from composer.project.project import Project
from composer.proof.proof import Proof
from composer.yaml_source.values import Scalar


@warning
def list_id(proof: Proof) -> Iterator[Defect]:
    """The newsletter's List-Id is not a name of its own.

    What it checks:
        That the message has a List-Id in angle brackets; that `list_id` in newsletter.yaml ends in the sender's domain
        (or the publisher's), has 255 characters at most, and is no other newsletter's.

    Why it matters:
        Readers' filters and mail services tell newsletters apart by it: with another's, one that a reader leaves or
        files away takes the other along; with a foreign domain it is taken for somebody else's.

    Example:
        sender:
          from: china@newsroom.example
          list_id: china.somewhere-else.example

    Instead:
        sender:
          from: china@newsroom.example
          list_id: china.newsroom.example

    Source: RFC 2919, 2 and 3.
    """
    newsletter = proof.newsletter
    name = newsletter.sender.list_id
    if not proof.message or not isinstance(name, Scalar):
        return
    other = _other_with(proof.project, newsletter.slug, str(name).lower())
    if not any(_in_brackets().search(header.value) for header in headers_called(proof, "List-Id")):
        yield Defect(name.place, "the message has no List-Id in angle brackets", f"whatever changes the message must keep the line `List-Id: <{name}>`")
    elif other is not None:
        yield Defect(name.place, f"{other} has the same List-Id", "give each newsletter a name of its own", label=f"also {other}'s")
    elif len(name) > 255:
        yield Defect(name.place, f"this List-Id has {len(name)} characters; 255 are allowed", "shorten it", label="too long")
    elif not any(_is_beneath(name.lower(), domain) for domain in _own_domains(newsletter, proof.project.newsroom)):
        domain = newsletter.sender.address.rpartition("@")[2]
        yield Defect(
            place_of_header(proof, "List-Id"), f"this List-Id is not of your own domain, {domain}", f"let it end in {domain}", label="somebody else's domain"
        )


@once_a_newsletter
def _own_domains(newsletter: Newsletter, newsroom: Newsroom | None) -> tuple[str, ...]:
    """The last two names of the hosts that are the newsroom's: news.harbor.example and harbor.example are both its."""
    publisher = newsletter.publisher or (newsroom.publisher if newsroom is not None else None)
    sites = (newsletter.url, publisher.url if publisher is not None else None)
    hosts = [newsletter.sender.address.rpartition("@")[2], *(_host().sub("", site) for site in sites if site)]
    return tuple(".".join(host.lower().split(".")[-2:]) for host in hosts)


def _is_beneath(name: str, domain: str) -> bool:
    return name == domain or name.endswith(f".{domain}")


@lru_cache(maxsize=16)
def _other_with(project: Project, slug: str, list_id: str) -> str | None:
    """The name of another newsletter of the project with this List-Id; its file is typed only if the name is in it."""
    for other in project.newsletter_slugs:
        if other == slug or list_id not in _text_of(project, other):
            continue
        newsletter = project.newsletter(other)
        if newsletter is not None and newsletter.sender.list_id.lower() == list_id:
            return str(newsletter.name)
    return None


def _text_of(project: Project, slug: str) -> str:
    try:
        return project.newsletter_path(slug).read_text(encoding="utf-8", errors="replace").lower()
    except OSError:
        return ""


@cache
def _in_brackets() -> re.Pattern[str]:
    return re.compile(r"<[^<>\s@]+>")


@cache
def _host() -> re.Pattern[str]:
    """What stands around the host of an address."""
    return re.compile(r"^[a-z]+://|[:/?#].*$", re.IGNORECASE | re.DOTALL)
