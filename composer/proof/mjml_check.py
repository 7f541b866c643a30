"""MJML held against its reference: tags, where they stand, their attributes and values.

`faults_in` reads a whole document, `faults_in_source` a template whose tags are written out but not filled in. Both
speak of offsets in what they were given.
"""

from collections.abc import Iterable, Iterator
from html import unescape

from composer.discovery import nearest
from composer.facts.mjml_reference import EVERYWHERE, OF_ROOT, MjmlReference, mjml_reference, words_for
from composer.proof.mjml_scan import Fault, Scan, scan_of
from composer.proof.mjml_tags import GAP, Attribute, Tag, start_tags

ROOT = "mjml"
# What npm's MJML knows and MRML, which Composer renders with, does not (docs/adr/0001-engines.md).
_NOT_IN_MRML = {
    "mj-html-attributes": "write the attribute into the HTML, or leave it out",
    "mj-include": 'use Jinja: {% from "name.j2" import mjml %}',
}
_DEFAULTS = "mj-attributes"


def faults_in(mjml: str) -> list[Fault]:
    """What is wrong with an MJML document, in its order."""
    scan = scan_of(mjml)
    found = [*scan.faults, *_faults_of_root(scan, mjml), *_faults_of_words(scan), *_faults_of_tags(scan.tags), *_faults_of_title(scan, mjml)]
    return sorted(found, key=lambda fault: (fault.start, fault.end, fault.kind))


def faults_in_source(source: str) -> list[Fault]:
    """What can be told from a template's source, in which GAPs stand for what Jinja puts in; a GAP is never wrong."""
    found: list[Fault] = []
    for tag in start_tags(source):
        if tag.name == ROOT or (tag.name.startswith("mj-") and source[tag.name_end : tag.name_end + 1] != GAP):
            found += _faults_of_tag(tag, rendered=False)
    return found


def nesting_faults_in(piece: str) -> list[Fault]:
    """Tags that stand wrong in one another within a piece of a template that has no branches."""
    return [fault for tag in scan_of(piece).tags if tag.parent is not None for fault in _faults_of_place(tag, mjml_reference())]


def _faults_of_tags(tags: Iterable[Tag]) -> Iterator[Fault]:
    for tag in tags:
        if tag.is_html and not tag.name.startswith("mj-"):
            continue
        yield from _faults_of_tag(tag, rendered=True)


def _faults_of_tag(tag: Tag, *, rendered: bool) -> Iterator[Fault]:
    reference = mjml_reference()
    if tag.name in _NOT_IN_MRML:
        yield _at_name(tag, "broken", f"Composer's MJML does not know `{tag.name}`", _NOT_IN_MRML[tag.name], fatal=True)
        return
    if tag.name not in reference.tags and tag.name not in reference.plain:
        if tag.name.lower().startswith("mj") or not _in_unknown(tag, reference):
            yield _unknown_tag(tag, reference)
        return
    if rendered:
        yield from _faults_of_place(tag, reference)
    yield from _faults_of_attributes(tag, reference, once=rendered)


def _in_unknown(tag: Tag, reference: MjmlReference) -> bool:
    """Whether a tag stands in one that MJML does not have, of whose content nothing can be said."""
    parent = tag.parent
    return parent is not None and not parent.is_html and parent.name not in reference.tags and parent.name not in reference.plain


def _unknown_tag(tag: Tag, reference: MjmlReference) -> Fault:
    if not tag.name.lower().startswith("mj"):
        inside = f" in `{tag.parent.name}`" if tag.parent is not None else ""
        return _at_name(tag, "unknown-tag", f"`{tag.name}` is HTML, and only MJML may stand here{inside}", "put it into an mj-text, mj-table or mj-raw")
    near = nearest(tag.name.lower(), [*reference.tags, *sorted(reference.plain)])
    help = f"did you mean `{near}`?" if near else "its tags: https://documentation.mjml.io"
    # MRML leaves out what it does not know in the body, and refuses it in the head.
    return _at_name(tag, "unknown-tag", f"MJML has no tag `{tag.name}`", help, fatal=tag.parent is not None and tag.parent.name == "mj-head")


def _faults_of_place(tag: Tag, reference: MjmlReference) -> Iterator[Fault]:
    parent, name = tag.parent, tag.name
    if name == ROOT or not name.startswith("mj-"):
        return
    if parent is None:
        yield _at_name(tag, "wrong-nesting", f"`{name}` stands outside `{ROOT}`", _where_it_goes(name, reference))
    elif parent.is_html or (parent.name in reference.tags and reference.tags[parent.name].takes_html):
        holder = _component_around(parent)
        yield _at_name(tag, "wrong-nesting", f"`{name}` stands in `{holder}`, which takes HTML and no components", f"close `{holder}` before it")
    elif parent.name == "mj-class":
        yield _at_name(tag, "broken", "Composer's MJML takes no defaults of other tags within `mj-class`", "write them on the tags themselves", fatal=True)
    elif parent.name in reference.tags and not _may_stand(name, parent.name, reference):
        yield _at_name(tag, "wrong-nesting", f"`{name}` cannot stand in `{parent.name}`", _where_it_goes(name, reference))


def _may_stand(name: str, parent: str, reference: MjmlReference) -> bool:
    children = reference.tags[parent].children
    return name in children or "*" in children or (name not in reference.tags and name not in reference.plain)


def _component_around(tag: Tag) -> str:
    while tag.is_html and tag.parent is not None:
        tag = tag.parent
    return tag.name


def _where_it_goes(name: str, reference: MjmlReference) -> str:
    parents = reference.parents_of(name) or ([_DEFAULTS] if name in ("mj-all", "mj-class") else [])
    return f"it goes into {' or '.join(parents)}"


def _faults_of_attributes(tag: Tag, reference: MjmlReference, *, once: bool) -> Iterator[Fault]:
    seen: set[str] = set()
    for attribute in tag.attributes:
        name = attribute.name
        # In a source, two branches may write the same attribute.
        if once and name in seen:
            yield Fault("wrong-value", attribute.start, attribute.end, f"`{name}` is given twice, and one of them is lost", "delete one of them")
            continue
        seen.add(name)
        yield from _faults_of_attribute(tag, attribute, reference)


def _faults_of_attribute(tag: Tag, attribute: Attribute, reference: MjmlReference) -> Iterator[Fault]:
    name, allowed = attribute.name, _allowed(tag, reference)
    if allowed is None or name in EVERYWHERE:
        return
    if name not in allowed:
        message = f"`{tag.name}` has no attribute `{name}`"
        if name.startswith("data-at"):
            message, help = "`t.at` marks HTML, and this is a component", 'use css-class="{{ t.at_class(…) }}…" here'
        else:
            near = nearest(name, [*allowed, *EVERYWHERE])
            help = f"did you mean `{near}`?" if near else _no_such(tag)
        yield Fault("unknown-attribute", attribute.start, attribute.start + len(name), message, help)
        return
    type, value = allowed[name], unescape(attribute.value or "")
    if GAP not in value and not reference.takes(type, value):
        start = attribute.value_start if attribute.value else attribute.start
        yield Fault("wrong-value", start, start + len(attribute.value or name), f"`{name}` of `{tag.name}` cannot be `{value}`", f"it takes {words_for(type)}")


def _no_such(tag: Tag) -> str:
    return "style it by a class: css-class, or mj-class with defaults in mj-attributes" if tag.name != ROOT else f"it takes {', '.join(OF_ROOT)}"


def _allowed(tag: Tag, reference: MjmlReference) -> dict[str, str] | None:
    """The attributes a tag may have; None where any will do."""
    if tag.name == ROOT:
        return dict.fromkeys(OF_ROOT, "string")
    if tag.name in ("mj-all", "mj-class"):
        return dict.fromkeys([*sorted(reference.every_attribute), "name"], "string")
    known = reference.tags[tag.name]
    return None if tag.name in reference.plain else known.attributes


def _faults_of_root(scan: Scan, mjml: str) -> Iterator[Fault]:
    roots = [tag for tag in scan.tags if tag.parent is None]
    if not roots or roots[0].name != ROOT:
        start, end = (roots[0].start, roots[0].name_end) if roots else (0, min(len(mjml), 1))
        yield Fault("wrong-nesting", start, end, f"a mail begins with `<{ROOT}>`", f"put everything into one `<{ROOT}>`, with mj-head and mj-body", fatal=True)
        return
    for second in roots[1:]:
        yield Fault("wrong-nesting", second.start, second.name_end, f"this stands behind `</{ROOT}>`", "move it into mj-body", fatal=True)
    within = [tag for tag in scan.tags if tag.parent is roots[0]]
    for name in ("mj-head", "mj-body"):
        for second in [tag for tag in within if tag.name == name][1:]:
            yield _at_name(second, "wrong-nesting", f"a second `{name}`: only one is rendered", "put everything into the first")
    if not any(tag.name == "mj-body" for tag in within):
        yield _at_name(roots[0], "wrong-nesting", "there is no mj-body, so the mail is empty", "add `<mj-body>` with the sections")


def _faults_of_words(scan: Scan) -> Iterator[Fault]:
    tags = mjml_reference().tags
    for words in scan.words:
        if words.parent is not None and words.parent.name not in tags:
            continue
        # MRML prints words between components as they are, and refuses them elsewhere.
        fatal = words.parent is None or words.parent.name == "mj-head" or not tags[words.parent.name].children
        where = f"directly in `{words.parent.name}`" if words.parent is not None else f"outside `{ROOT}`"
        yield Fault(
            "wrong-nesting", words.start, words.end, f"words stand {where}, where readers never see them right", "put them into an mj-text or mj-raw", fatal
        )


def _faults_of_title(scan: Scan, mjml: str) -> Iterator[Fault]:
    for tag in scan.tags:
        if tag.name == "mj-title" and (tag.closes_itself or not mjml[tag.end : mjml.find("<", tag.end)].strip()):
            yield _at_name(tag, "wrong-value", "`mj-title` is empty", "put the subject in: screen readers read the title first")


def _at_name(tag: Tag, kind: str, message: str, help: str, *, fatal: bool = False) -> Fault:
    return Fault(kind, tag.start, tag.name_end, message, help, fatal)
