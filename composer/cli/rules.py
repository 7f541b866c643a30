"""composer rules: the catalogue of rules, or one rule's page."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from composer.cli.options import ProjectFolder

if TYPE_CHECKING:
    from composer.checks.house_style import RuleInForce
    from composer.checks.rule import Rule


def rules(
    name: Annotated[
        str | None, typer.Argument(metavar="RULE", help="A rule, such as editorial/placeholder, or an area, such as editorial.", show_default=False)
    ] = None,
    newsletter: Annotated[
        str | None, typer.Option("--newsletter", metavar="NEWSLETTER", help="Show what this newsletter's house style makes of the rules.", show_default=False)
    ] = None,
    project: ProjectFolder = None,
    write_docs: Annotated[
        Path | None, typer.Option("--write-docs", metavar="DIR", help="Write the rules' pages as Markdown.", hidden=True, show_default=False)
    ] = None,
) -> None:
    """List the rules, or show one rule's page.

    A rule's page says what it checks, why it matters, an example, and what to type instead.
    """
    from composer.checks.house_style import areas, selected_rules
    from composer.checks.rule import rules as every_rule
    from composer.cli import terminal

    chosen = selected_rules((name,)) if name else list(every_rule().values())
    if write_docs is not None:
        _write_docs(write_docs)
        return
    house_style = _in_force(newsletter, project, [every_rule()[rule.name] for rule in chosen]) if newsletter else None
    if name and name not in areas():
        terminal.say(_page(chosen[0], house_style, newsletter))
        return
    for area in areas():
        of_area = [rule for rule in chosen if rule.area == area]
        if of_area:
            terminal.say(_list(area, of_area, house_style, max(len(rule.name) for rule in chosen)))
    if not name:
        terminal.say("composer rules RULE shows a rule's page. Levels and limits are set in newsletter.yaml under house_style.")


def _write_docs(folder: Path) -> None:
    """Write the pages of all rules; a page of an area that is no more is taken away."""
    from composer.checks.rule import rules as every_rule
    from composer.checks.rule_pages import MADE, pages
    from composer.cli import terminal
    from composer.files import write_together

    written = pages(list(every_rule().values()))
    write_together({folder / name: page.encode() for name, page in written.items()})
    for path in folder.glob("*.md"):
        if path.name not in written and path.read_text(encoding="utf-8").startswith(MADE):
            path.unlink()
    terminal.say(f"wrote {len(written)} pages to {folder}")


def _in_force(newsletter: str, project: "ProjectFolder", chosen: "list[Rule]") -> "dict[str, RuleInForce]":
    """The rules that run for a newsletter, by name. Raises UnknownName, ProjectUnreadable."""
    from composer.checks.house_style import rules_in_force
    from composer.cli import reading

    newsroom = reading.project_for(project, [])
    return {in_force.rule.name: in_force for in_force in rules_in_force(reading.newsletter_of(newsletter, newsroom), chosen)}


def _list(area: str, of_area: "list[Rule]", house_style: "dict[str, RuleInForce] | None", width: int) -> str:
    lines = [f"  {rule.name:<{width}}  {_level(rule, house_style):<7}  {rule.summary}" for rule in of_area]
    reasons = [f"{line}  [{_why(rule, house_style)}]" if _why(rule, house_style) else line for line, rule in zip(lines, of_area, strict=True)]
    return "\n".join([area, *reasons, "", ""])


def _level(rule: "Rule", house_style: "dict[str, RuleInForce] | None") -> str:
    if house_style is None:
        return "off" if rule.is_off_by_default else rule.level
    return house_style[rule.name].level if rule.name in house_style else "off"


def _why(rule: "Rule", house_style: "dict[str, RuleInForce] | None") -> str:
    """What the house style changed; empty where it left the rule alone."""
    if house_style is None:
        return ""
    if rule.name not in house_style:
        return "off by default" if rule.is_off_by_default else "newsletter.yaml switches it off"
    in_force = house_style[rule.name]
    limits = ", ".join(f"{limit}: {_shown(value)}" for limit, value in (rule.limits | in_force.limits).items())
    why = "" if in_force.why == "default" else in_force.why
    return ": ".join(words for words in (why, limits) if words)


def _shown(limit: object) -> str:
    """A limit as newsletter.yaml has it."""
    return f"[{', '.join(map(str, limit))}]" if isinstance(limit, (list, tuple)) else str(limit)


def _page(rule: "Rule", house_style: "dict[str, RuleInForce] | None", newsletter: str | None) -> str:
    heading = f"{rule.name} ({rule.level}, off by default)" if rule.is_off_by_default else f"{rule.name} ({rule.level})"
    lines = [heading, "=" * len(heading), "", rule.documentation]
    if rule.limits:
        lines += ["", "Limits", *(f"    {limit}: {_shown(default)}" for limit, default in rule.limits.items())]
    if house_style is not None:
        lines += ["", f"For {newsletter}: {_level(rule, house_style)} ({_why(rule, house_style) or 'default'})"]
    return "\n".join(lines)
