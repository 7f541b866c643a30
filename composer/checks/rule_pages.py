"""The rules' own documentation as Markdown: a page for each area, and an index of them all."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from composer.checks.rule import Rule

MADE = "<!-- Made by `composer rules --write-docs`, from the docstrings of the rules: change those. -->"
_HEADING = re.compile(r"^(What it checks|Why it matters|Example|Instead|Source):[ ]*(.*)$")
# Most examples are lines of a draft; some say in words what to do.
_YAML = re.compile(r"^\s*(?:#|- |[\w-]+:|[{\[])")


class Part(NamedTuple):
    """One part of a rule's documentation."""

    heading: str
    text: str


def parts_of(rule: Rule) -> list[Part]:
    """The parts of a rule's docstring behind its summary."""
    parts: list[tuple[str, list[str]]] = []
    for line in rule.documentation.split("\n")[1:]:
        heading = _HEADING.match(line)
        if heading:
            parts.append((heading[1], [heading[2]] if heading[2] else []))
        elif parts:
            parts[-1][1].append(line)
    return [Part(heading, _dedented(lines)) for heading, lines in parts]


def _dedented(lines: list[str]) -> str:
    least = min((len(line) - len(line.lstrip()) for line in lines if line.startswith(" ")), default=0)
    return "\n".join(line[least:] if line.startswith(" ") else line for line in lines).strip("\n")


def markdown_of(rule: Rule) -> str:
    """A rule's page, without a heading."""
    paragraphs = [f"**{_level(rule)}** · {_prose(rule.summary)}"]
    for heading, text in parts_of(rule):
        if heading in ("Example", "Instead"):
            paragraphs += [f"{heading}:", _fenced(text)]
        else:
            first, *others = text.split("\n\n")
            paragraphs += [f"*{heading}.* {_prose(first)}", *map(_prose, others)]
    if rule.limits:
        limits = ", ".join(f"`{name}: {_shown(default)}`" for name, default in rule.limits.items())
        paragraphs.append(f"*Limits.* {limits}")
    return "\n\n".join(paragraphs) + "\n"


def _level(rule: Rule) -> str:
    return f"{rule.level}, off by default" if rule.is_off_by_default else rule.level


def pages(rules: Sequence[Rule]) -> dict[str, str]:
    """The files of the reference by their names: README.md, and a page for each area."""
    areas = sorted({rule.area for rule in rules})
    return {"README.md": _index(rules, areas)} | {f"{area}.md": _page(area, [rule for rule in rules if rule.area == area]) for area in areas}


_INTRODUCTION = """\
{rules} rules in {areas} areas. An error keeps an issue from being built and sent, a warning is to be looked at, an info is
worth knowing. `composer rules RULE` prints a rule's page, `composer rules --newsletter NEWSLETTER` says what a newsletter's
house style makes of them all. Which rules run, and how strictly, is set in newsletter.yaml
([how a newsletter is set up](../newsletters.md)).
"""


def _index(rules: Sequence[Rule], areas: Sequence[str]) -> str:
    lines = [MADE, "", "# The checks", "", _INTRODUCTION.format(rules=len(rules), areas=len(areas))]
    for area in areas:
        lines += [f"## [{area}]({area}.md)", "", "| rule | level | what is wrong |", "| --- | --- | --- |"]
        lines += [f"| [{rule.name}]({area}.md#{_anchor(rule.name)}) | {_level(rule)} | {_cell(rule.summary)} |" for rule in rules if rule.area == area]
        lines.append("")
    return "\n".join(lines)


def _cell(words: str) -> str:
    return _prose(words).replace("|", "\\|")


def _page(area: str, rules: Sequence[Rule]) -> str:
    sections = [f"## {rule.name}\n\n{markdown_of(rule)}" for rule in rules]
    return f"{MADE}\n\n# {area}\n\n[All checks](README.md)\n\n" + "\n".join(sections)


def _anchor(heading: str) -> str:
    """How GitHub names a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _fenced(text: str) -> str:
    longest = max((len(ticks) for ticks in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{'yaml' if _YAML.match(text) else 'text'}\n{text}\n{fence}"


def _prose(text: str) -> str:
    """Words of a docstring on one line: what Markdown would take for HTML or emphasis is escaped, code is not."""
    pieces = re.split(r"(`+[^`]+`+)", " ".join(text.split()))
    return "".join(piece if piece.startswith("`") else re.sub(r"([<*])", r"\\\1", piece) for piece in pieces)


def _shown(default: object) -> str:
    if isinstance(default, (list, tuple)):
        return f"[{', '.join(map(str, default))}]"
    return str(default)
