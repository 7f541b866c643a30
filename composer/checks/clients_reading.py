"""What the client rules read: what a mail's HTML and styles make use of, and which of it the newsletter's clients lack.

What a mail uses is told in the words of facts/client_support.json (`border-radius`, `display:flex`, `a > b`, `<video>`).
Styles are parsed once however many issues carry them; what stands in comments, Outlook's conditions included, is left
out, since other clients do not read it.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from composer.checks.markup_reading import ReadMail, read_mail
from composer.checks.side_by_side import once_a_draft
from composer.facts.client_support import DEFAULT_CLIENTS, client_support, graceful
from composer.project.newsletter import Newsletter
from composer.proof.proof import Proof

if TYPE_CHECKING:
    from composer.proof.css import AtRule, Declaration, StyleRule

# What runs or asks for input: clients/active-content's to report.
ACTIVE = ("applet", "audio", "button", "embed", "form", "frame", "iframe", "input", "object", "script", "select", "textarea", "video")

# Boxes to tick ask nobody for anything: styles open and close things by them, as MJML's accordion does.
_INERT_INPUTS = ("<input type=checkbox>", "<input type=radio>")

# A use, and the words to look for in the templates, the most exact first.
Uses = dict[str, tuple[str, ...]]


def clients_of(newsletter: Newsletter) -> tuple[str, ...]:
    """The clients a newsletter names, as the table calls them; the usual ones where it names none that is known."""
    return _clients(tuple(map(str, newsletter.clients)))


@cache
def _clients(named: tuple[str, ...]) -> tuple[str, ...]:
    known = (client_support().named(name) for name in named)
    return tuple(dict.fromkeys(name for name in known if name)) or DEFAULT_CLIENTS


class Shortcoming(NamedTuple):
    """A feature that a mail uses, and the named clients that do not support it or only partly do."""

    slug: str
    words: tuple[str, ...]
    lacking: tuple[str, ...]
    partial: tuple[str, ...]

    @property
    def told(self) -> str:
        """The feature, the clients and the test's month, in words."""
        feature = client_support().features[self.slug]
        verdict = "not supported by" if self.lacking else "only partly supported by"
        return f"{feature.title}: {verdict} {client_support().shown(self.lacking or self.partial)}, as of the test of {feature.tested}"


def shortcomings(proof: Proof, accepted: Iterable[str]) -> Iterator[Shortcoming]:
    """What the mail uses and a named client lacks, feature by feature, but for what degrades gracefully or is accepted."""
    let_stand = set(accepted)
    return (shortcoming for shortcoming in _all_shortcomings(proof) if shortcoming.slug not in let_stand)


@once_a_draft
def _all_shortcomings(proof: Proof) -> tuple[Shortcoming, ...]:
    mail, clients = read_mail(proof), clients_of(proof.newsletter)
    found: dict[str, Shortcoming] = {}
    styles, conditional = uses_of_styles(mail)
    # What stands in a media query is nothing to a client that reads none.
    asking = tuple(client for client in clients if client_support().of(client, "css-at-media") != "n")
    html = _html_uses(mail, _wanting(clients, "html"))
    for category, used, readers in (("css", styles, clients), ("css", conditional, asking), ("html", html, clients)):
        wanting = _wanting(readers, category)
        for use in used.keys() & wanting.keys():
            found.setdefault(wanting[use], _shortcoming(wanting[use], used[use], readers))
    return tuple(found[slug] for slug in sorted(found) if _said_by(slug) not in found)


def _said_by(slug: str) -> str | None:
    """The feature that says it already: where a picture behind words lies, when the picture itself is the matter."""
    return "css-background-image" if slug == "html-background" or (slug.startswith("css-background-") and slug != "css-background-image") else None


def _shortcoming(slug: str, words: tuple[str, ...], clients: tuple[str, ...]) -> Shortcoming:
    letters = {client: client_support().of(client, slug) for client in clients}
    return Shortcoming(slug, words, *(tuple(client for client, letter in letters.items() if letter == wanted) for wanted in ("n", "a")))


def is_read_by(proof: Proof, family: str) -> bool:
    """Whether a client of this family must look right."""
    return any(client.startswith(family) for client in clients_of(proof.newsletter))


@cache
def _wanting(clients: tuple[str, ...], category: str) -> dict[str, str]:
    """The uses that some of these clients do not support or only partly do, with the feature's slug."""
    support, letters = client_support(), frozenset("na")
    return {
        use: slug
        for slug, feature in support.features.items()
        if feature.category == category and slug not in graceful() and letters & {support.of(client, slug) for client in clients}
        for use in feature.uses
        if use in _INERT_INPUTS or use.partition(" ")[0].strip("<>") not in ACTIVE
    }


def uses_of_styles(mail: ReadMail) -> tuple[Uses, Uses]:
    """What the mail's styles use; and what they use in media queries."""
    return _uses_of_styles(mail.style_blocks, mail.inlined, mail.style_attributes)


@lru_cache(maxsize=64)
def _uses_of_styles(blocks: tuple[str, ...], inlined: str, attributes: frozenset[str]) -> tuple[Uses, Uses]:
    uses: Uses = {}
    # What is met first is kept: style sheets in their order, then attributes.
    for style in sorted(attributes, reverse=True):
        uses.update(_uses_of_attribute(style))
    sheets, conditional = _uses_of_sheets(blocks, inlined)
    uses.update(sheets)
    return uses, conditional


@lru_cache(maxsize=64)
def _uses_of_sheets(blocks: tuple[str, ...], inlined: str) -> tuple[Uses, Uses]:
    from composer.proof.css import AtRule, Sheet, StyleRule, sheet_of

    # The selectors of what is inlined never reach a reader.
    found = [use for rule in sheet_of(inlined).every_rule() if isinstance(rule, StyleRule) for use in _uses_of_declarations(rule.declarations).items()]
    conditional: list[tuple[str, tuple[str, ...]]] = []
    for top in (top for block in blocks for top in sheet_of(block).rules):
        within = conditional if isinstance(top, AtRule) and top.name == "media" else found
        for rule in Sheet((top,), ()).every_rule():
            # The query itself is written for all to see.
            (found if rule is top else within).extend(_uses_of_rule(rule))
    return dict(reversed(found)), dict(reversed(conditional))


@lru_cache(maxsize=4096)
def _uses_of_attribute(style: str) -> Uses:
    from composer.proof.css import declarations_of

    return _uses_of_declarations(declarations_of(unescape(style)))


def _uses_of_declarations(declarations: "tuple[Declaration, ...]") -> Uses:
    from composer.proof.css_uses import uses_of_declaration

    uses: Uses = {}
    # What Outlook is told to hide in its own words needs no height of nothing there.
    hidden = any(declaration.name == "mso-hide" for declaration in declarations)
    for declaration in declarations:
        if hidden and declaration.name == "max-height":
            continue
        for use in uses_of_declaration(declaration):
            uses.setdefault(use, _words_of(declaration))
    return uses


def _uses_of_rule(rule: "StyleRule | AtRule") -> Iterator[tuple[str, tuple[str, ...]]]:
    from composer.proof.css import AtRule
    from composer.proof.css_uses import uses_of_at_rule, uses_of_selector

    yield from _uses_of_declarations(rule.declarations).items()
    if isinstance(rule, AtRule):
        for use in uses_of_at_rule(rule):
            yield use, (use.partition(" ")[2].rstrip(")") or use, f"@{rule.name} {rule.prelude}", f"@{rule.name}")
        return
    whole = ", ".join(rule.selectors)
    for selector in rule.selectors:
        for use in uses_of_selector(selector):
            yield use, (whole, selector)
    if rule.nested:
        yield "&", (str(rule.nested[0]).partition(" {")[0], whole)


def _words_of(declaration: "Declaration") -> tuple[str, ...]:
    name, value = declaration.name, as_typed(declaration.value)
    # MJML gives a picture behind a section in an attribute, and other properties as well.
    address = re.search(r"url\(\s*['\"]?([^'\")]+)", value) if "url(" in value else None
    return (
        *([address[1]] if address else []),
        f"{name}: {value}",
        f"{name}:{value}",
        f'{name}="{value}"',
        f" {name}:",
        f";{name}:",
        f'"{name}:',
        f' {name}="',
        f"{name}:",
        f'{name}="',
    )


def as_typed(value: str) -> str:
    """A value with the quotation marks that style sheets have around names; the parser writes others."""
    return value.replace('"', "'")


def font_stacks(mail: ReadMail) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every list of fonts in the styles as it is written, with its names in small letters; sorted."""
    return _font_stacks((mail.inlined, *mail.style_blocks), mail.style_attributes)


@lru_cache(maxsize=64)
def _font_stacks(blocks: tuple[str, ...], attributes: frozenset[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    from composer.proof.css import StyleRule, declarations_of, sheet_of

    rules = [rule for block in blocks for rule in sheet_of(block).every_rule() if isinstance(rule, StyleRule)]
    declared = [d for rule in rules for d in rule.declarations] + [d for style in attributes for d in declarations_of(unescape(style))]
    stacks = {as_typed(d.value if d.name == "font-family" else _families().sub("", d.value)) for d in declared if d.name in ("font-family", "font")}
    read = {stack: tuple(name.strip(" '").lower() for name in stack.split(",")) for stack in stacks}
    return tuple(sorted((stack, names) for stack, names in read.items() if names[0] not in ("", "inherit", "initial", "unset", "revert")))


def _html_uses(mail: ReadMail, wanted: Collection[str]) -> Uses:
    """Which of the wanted elements and attributes a mail uses."""
    tags = mail.tags
    uses: Uses = {f"<{tag}>": (f"<{tag} ", f"<{tag}>", f"<{tag}") for tag in mail.elements}
    for attribute in (attribute for attribute in _attributes_in(wanted) if f" {attribute}" in tags):
        if f' {attribute}="' in tags:
            uses[f"[{attribute}]"] = (f" {attribute}=", attribute)
        if attribute in _BOOLEAN and re.search(rf"\s{attribute}(?=[\s=>])", _values().sub('""', tags)):
            uses[f"[{attribute}]"] = (f" {attribute}=", f" {attribute}")
    for kind in mail.inputs:
        uses[f"<input type={kind}>"] = (f'type="{kind}"', "<input")
    # `#` alone is where a link of a forbidden scheme leads in the rendered mail, and no anchor.
    if "<a href=#>" in wanted and ' href="#' in tags and ' href="#' in tags.replace(' href="#"', ""):
        uses["<a href=#>"] = ('href="#',)
    if '<meta name="color-scheme"' in tags:
        uses["<meta name=color-scheme>"] = ('name="color-scheme"',)
    return uses


def _attributes_in(wanted: Iterable[str]) -> Iterator[str]:
    return (use[1:-1] for use in wanted if use.startswith("["))


_BOOLEAN = ("hidden", "inert", "popover", "required")


@cache
def _families() -> re.Pattern[str]:
    """What stands in front of the fonts in `font: bold 14px/20px Arial, sans-serif`."""
    return re.compile(r"^.*?\d[\w.%]*(?:\s*/\s*[\w.%]+)?\s+")


@cache
def _values() -> re.Pattern[str]:
    return re.compile(r'"[^"]*"')
