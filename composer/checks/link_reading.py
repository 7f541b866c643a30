"""What the link rules read: every address typed in a draft or in the settings, with its exact place."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from composer.blocks.block import fields_of
from composer.blocks.post import Post
from composer.checks.schema_reading import fits_the_file
from composer.checks.side_by_side import once_a_draft
from composer.draft.load import Draft
from composer.finding import Edit
from composer.issue.issue import Issue
from composer.place import Place
from composer.prose.markdown import Prose
from composer.prose.merge_fields import protected, restored
from composer.yaml_source.typed import Typed
from composer.yaml_source.values import Scalar

ADDRESS_FIELDS = ("url", "link")
_STRANGE = frozenset("{}|<>%*")
_NOT_AN_ADDRESS = SplitResult("", "", "", "", "")


class Link(NamedTuple):
    """An address and the model it stands in.

    `words` is what readers see of a Markdown link, None for a field and for an address that stands bare in a text;
    `start` and `end` are the address's own in `text`. `host` is empty where there is none, or a merge field is in it.
    """

    href: str
    words: str | None
    text: Scalar
    start: int
    end: int
    owner: Typed
    parts: SplitResult
    host: str
    is_bare: bool = False

    @property
    def place(self) -> Place:
        """The place of the address."""
        return self.text.place_of(self.start, self.end)

    @property
    def typed(self) -> str:
        """The address as it was typed, Markdown's escapes and references included."""
        return str(self.text)[self.start : self.end]

    @property
    def is_web(self) -> bool:
        """Whether it leads into the web."""
        return self.parts.scheme in ("http", "https")

    @property
    def is_quoted(self) -> bool:
        """Whether it is part of somebody else's words, a post's."""
        return self.is_bare and isinstance(self.owner, Post)


@once_a_draft
def links_of(draft: Draft) -> tuple[Link, ...]:
    """Every address of the issue in reading order: Markdown links, the fields `url` and `link`, bare addresses in texts."""
    return tuple(_found(draft.issue)) if draft.issue is not None else ()


@once_a_draft
def web_links(draft: Draft) -> tuple[Link, ...]:
    """The addresses that lead into the web and have a host; not those in somebody else's words."""
    return tuple(link for link in links_of(draft) if link.host and link.is_web and not link.is_quoted)


def edits_to(draft: Draft, link: Link, start: int, end: int, new: str) -> tuple[Edit, ...]:
    """The edit that puts `new` at these offsets of the link's text; none where the file does not show them as they are."""
    if link.text.source is not draft.source or not fits_the_file(draft) or not _harmless().fullmatch(new):
        return ()
    offsets, before = link.text.offsets(), max(start - 1, 0)
    first = offsets[before] + start - before if start == end else offsets[start]
    last = first if start == end else offsets[end - 1] + 1
    is_as_typed = (
        draft.source.text[offsets[before] : last] == str(link.text)[before:end] if start == end else draft.source.text[first:last] == str(link.text)[start:end]
    )
    return (Edit(first, last, new),) if is_as_typed else ()


def host_of(address: str) -> str:
    """The host of an address in small letters; empty where there is none."""
    return _host(_parts(address))


def without_www(host: str) -> str:
    """The host without the `www.` that says nothing."""
    return host.removeprefix("www.")


def is_under(host: str, parent: str) -> bool:
    """Whether a host is another or lies beneath it."""
    return host == parent or host.endswith("." + parent)


def has_merge_tag(address: str) -> bool:
    """Whether a delivery service still has to fill something in; no rule about addresses knows what."""
    return any(sign in address for sign in ("{{", "{%", "*|", "<%", "[[", "%%"))


def begins_twice(link: Link) -> re.Match[str] | None:
    """The two schemes of an address that was put behind a scheme already typed: `http://https://host`."""
    return _two_schemes().match(link.typed) if link.host in ("http", "https") else None


def span_of_words(link: Link) -> tuple[int, int]:
    """The offsets of the words of a Markdown link; of the address, where it is its own words."""
    markdown = str(link.text)
    close = markdown.rfind("](", 0, link.start)
    if close < 0 or markdown[close + 2 : link.start].strip(" \t\n<"):
        return link.start, link.end
    return _opening_bracket(markdown, close) + 1, close


def _found(issue: Issue) -> Iterator[Link]:
    for _, model in issue.models():
        for name in fields_of(type(model)):
            value = getattr(model, name)
            if isinstance(value, Prose):
                yield from _in_prose(value, model)
            elif isinstance(value, Scalar):
                yield from _in_field(name, value, model)
            elif isinstance(value, list):
                for item in value:
                    if isinstance(item, Prose):
                        yield from _in_prose(item, model)


def _in_field(name: str, value: Scalar, owner: Typed) -> Iterator[Link]:
    if name in ADDRESS_FIELDS:
        yield _link(str(value), None, value, 0, len(value), owner)
    elif name != "image" and ("://" in value or "www." in value):
        yield from (_bare(value, match, owner) for match in _bare_addresses().finditer(value))


def _in_prose(prose: Prose, owner: Typed) -> Iterator[Link]:
    text, markdown = prose.origin, prose.markdown
    if text is None:
        return
    found = list(_markdown_links(prose, text, owner)) if "](" in markdown or "<" in markdown or "]:" in markdown else []
    if _signs_of_addresses(markdown) > sum([_signs_of_addresses(markdown[link.start : link.end]) for link in found]):
        targets = [(link.start, link.end) for link in found]
        outside = [match for match in _bare_addresses().finditer(markdown) if not _is_in(match.start(), targets)]
        if outside:
            words = [span_of_words(link) for link in found]
            words += [match.span() for match in _unlinked().finditer(markdown)]
            found += [_bare(text, match, owner) for match in outside if not _is_in(match.start(), words)]
            found.sort(key=lambda link: link.start)
    yield from found


def _markdown_links(prose: Prose, text: Scalar, owner: Typed) -> Iterator[Link]:
    """The links that Markdown makes, each found again in the text as it was typed."""
    markdown, position = prose.markdown, 0
    for link in prose.links:
        start, end = _span_of_next_target(markdown, link.href, position) or _span_of_target(markdown, link.href, position) or (-1, -1)
        if start >= 0:
            position = end
        else:
            definition = next((m for m in _definitions().finditer(markdown) if _is_same(m["target"], link.href)), None)
            start, end = definition.span("target") if definition is not None else (link.offset, link.offset)
        yield _link(link.href, link.text, text, start, end, owner)


def _span_of_target(markdown: str, href: str, position: int) -> tuple[int, int] | None:
    """Where an address was typed as a link's target, in whatever spelling, from this position on."""
    for match in _targets().finditer(markdown, position):
        kind = match.lastgroup or "plain"
        if _is_same(match[kind], href):
            return match.span(kind)
    return None


def _span_of_next_target(markdown: str, href: str, position: int) -> tuple[int, int] | None:
    """The same for nearly every link, without a search for patterns: the very next target, and spelled just like the address."""
    start = markdown.find("](", position) + 2
    end = start + len(href)
    if start < 2 or markdown[end : end + 1] != ")" or not markdown.startswith(href, start) or markdown.find("<", position, end) >= 0:
        return None
    # In these spellings a target may end earlier than the address, or go on behind it.
    return (start, end) if not ("(" in href or ")" in href or "\\" in href or "{" in href or " " in href) else None


def _is_same(typed: str, href: str) -> bool:
    """Whether this is how an address was typed: Markdown resolves escapes and references, and encodes what is left."""
    if typed == href:
        return True
    from markdown_it.common.normalize_url import normalizeLink
    from markdown_it.common.utils import unescapeAll

    plain = unescapeAll(protected(typed))
    return href in (restored(normalizeLink(plain)), f"mailto:{plain}")


def _link(href: str, words: str | None, text: Scalar, start: int, end: int, owner: Typed) -> Link:
    ordinary = _ordinary().fullmatch(href)
    if ordinary is not None:
        scheme, host, path, query, fragment = ordinary.groups("")
        return Link(href, words, text, start, end, owner, SplitResult(scheme, host, path, query, fragment), host)
    parts = _parts(href)
    return Link(href, words, text, start, end, owner, parts, _host(parts))


def _bare(text: Scalar, match: re.Match[str], owner: Typed) -> Link:
    address = match[0]
    parts = _parts(address if "://" in address else f"http://{address}")
    return Link(address, None, text, match.start(), match.end(), owner, parts, _host(parts), is_bare=True)


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        return _NOT_AN_ADDRESS


def _host(parts: SplitResult) -> str:
    if not parts.netloc or not _STRANGE.isdisjoint(parts.netloc):
        return ""
    try:
        return (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""


def _signs_of_addresses(text: str) -> int:
    return (text.count("://") if "/" in text else 0) + text.count("www.")


def _is_in(offset: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in spans)


def _opening_bracket(markdown: str, close: int) -> int:
    """The bracket that the one at `close` belongs to."""
    depth = 0
    for index in range(close - 1, -1, -1):
        if markdown[index] in "[]" and markdown[index - 1 : index] != "\\":
            if markdown[index] == "[" and not depth:
                return index
            depth += 1 if markdown[index] == "]" else -1
    return -1


@cache
def _targets() -> re.Pattern[str]:
    """`](target)`, `](<target>)` and `<target>`; a merge field in a target may have spaces in it."""
    plain = r"(?P<plain>(?!<)(?:\{\{[^{}\n]*\}\}|\\.|\((?:\\.|[^\s()\\])*\)|[^\s()])*)"
    return re.compile(rf"\]\([ \t\n]*(?:<(?P<angled>[^<>\n]*)>|{plain})|<(?P<auto>[^<>\s]+[:@][^<>\s]*)>")


@cache
def _ordinary() -> re.Pattern[str]:
    """An address of the web in small letters and without a port: `urlsplit` takes it apart just like this, in four times the time."""
    host = r"([a-z0-9-]+(?:\.[a-z0-9-]+)*)"
    return re.compile(rf"(https?)://{host}(/[\w.~/%+,:;=@!$&'()*-]*)?(?:\?([\w.~/%+,:;=@!$&'()*?-]*))?(?:#([\w.~/%+,:;=@!$&'()*?-]*))?", re.ASCII)


@cache
def _two_schemes() -> re.Pattern[str]:
    return re.compile(r"https?://(?P<second>https?):?//", re.IGNORECASE)


@cache
def _definitions() -> re.Pattern[str]:
    return re.compile(r"^[ >]{0,6}\[[^\]\n]+\]:[ \t]*\n?[ \t]*<?(?P<target>[^\s<>]+)", re.MULTILINE)


@cache
def _unlinked() -> re.Pattern[str]:
    """Where an address is no address: code spans and definitions of links."""
    return re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|^[ >]{0,6}\[[^\]\n]+\]:[^\n]*", re.DOTALL | re.MULTILINE)


@cache
def _bare_addresses() -> re.Pattern[str]:
    """Up to white space, a quotation mark or Chinese; a full stop or a bracket at the end belongs to the sentence."""
    inner = r"[^\s<>\"“”‘’`|\\\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
    return re.compile(rf"(?<![A-Za-z0-9/.@=-])(?:https?://|www\.(?=[\w-]+\.)){inner}*[A-Za-z0-9][/=]?", re.IGNORECASE)


@cache
def _harmless() -> re.Pattern[str]:
    """What may be put into YAML and Markdown of any kind without a mark of its own."""
    return re.compile(r"[A-Za-z0-9:/?#@!$&+,;=._~%-]*")
