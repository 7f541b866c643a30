"""Which rules run for a newsletter, and how strict they are."""

from typing import Any, NamedTuple

from composer.checks.client_names import client_problems
from composer.checks.newsletter_reading import once_a_newsletter
from composer.checks.rule import Rule, chosen_by_name, rules
from composer.discovery import did_you_mean, nearest
from composer.errors import UnknownName
from composer.finding import LEVELS, Level, Problem
from composer.project.newsletter import Newsletter
from composer.yaml_source.values import Mapping, Scalar, Sequence, Value


class RuleInForce(NamedTuple):
    """A rule as a newsletter's house style has it; `why` says what changed it."""

    rule: Rule
    level: Level
    limits: dict[str, Any]
    why: str = "default"


def selected_rules(select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> list[Rule]:
    """The rules that `--select` and `--ignore` leave, by rule or area. Raises UnknownName with "did you mean"."""
    known = rules()
    for name in (*select, *ignore):
        if name not in known and name not in areas():
            raise UnknownName(f"no rule or area is called `{name}`", _meant(name, list(known)))
    chosen = [rule for rule in known.values() if not select or rule.name in select or rule.area in select]
    return [chosen_by_name(rule) if rule.name in select else rule for rule in chosen if rule.name not in ignore and rule.area not in ignore]


def _meant(name: str, known: list[str]) -> str:
    """The area or rule that was meant, its defect alone included; the areas where none is near."""
    by_defect = {rule.partition("/")[2]: rule for rule in known}
    near = nearest(name, [*areas(), *known]) or by_defect.get(nearest(name, by_defect) or "")
    listed = ", ".join(f"`{area}`" for area in areas())
    return f"did you mean `{near}`?" if near else f"the areas are {listed}; composer rules lists every rule"


def areas() -> list[str]:
    """The areas of the rules, sorted."""
    return sorted({rule.area for rule in rules().values()})


def rules_in_force(newsletter: Newsletter | None, chosen: list[Rule]) -> tuple[RuleInForce, ...]:
    """The chosen rules with the newsletter's house style applied; rules that are off, or off by default and not asked for, are left out."""
    return _rules_in_force(newsletter, tuple(chosen))


@once_a_newsletter
def _rules_in_force(newsletter: Newsletter | None, chosen: tuple[Rule, ...]) -> tuple[RuleInForce, ...]:
    wishes = newsletter.house_style.rules if newsletter is not None else {}
    in_force = []
    for rule in chosen:
        wish = wishes.get(rule.name)
        if wish is None:
            if rule.by_name or not rule.is_off_by_default:
                in_force.append(RuleInForce(rule, rule.level, {}))
        elif wish == "off":
            continue
        elif isinstance(wish, str) and wish in LEVELS:
            in_force.append(RuleInForce(rule, wish, {}, "newsletter.yaml sets the level"))
        elif isinstance(wish, dict):
            level = wish.get("level", rule.level)
            limits = {name: _typed_like(rule.limits[name], value) for name, value in wish.items() if name in rule.limits and _is_like(rule.limits[name], value)}
            in_force.append(RuleInForce(rule, level if level in LEVELS else rule.level, limits, "newsletter.yaml sets its limits"))
        else:
            in_force.append(RuleInForce(rule, rule.level, {}))
    return tuple(in_force)


@once_a_newsletter
def house_style_problems(newsletter: Newsletter) -> tuple[Problem, ...]:
    """What is wrong with a newsletter's house style: rules, levels and limits that do not exist, and clients."""
    problems: list[Problem] = list(client_problems(newsletter))
    typed_rules = newsletter.house_style.origin
    wishes = typed_rules.get("rules") if isinstance(typed_rules, Mapping) else None
    if not isinstance(wishes, Mapping):
        return tuple(problems)
    for name, wish in wishes.items():
        place = wishes.place_of_key(name)
        rule = rules().get(name)
        if rule is None:
            problems.append(Problem("unknown-field", place, f"no rule is called `{name}`", did_you_mean(name, rules())))
        elif isinstance(wish, Scalar) and wish not in ("off", *LEVELS):
            problems.append(
                Problem("wrong-type", wish.place, f"`{wish}` is neither `off` nor a level", f"one of off, {', '.join(LEVELS)}, or the rule's limits")
            )
        elif isinstance(wish, Mapping):
            problems += _limit_problems(rule, wish)
        elif isinstance(wish, Sequence):
            problems.append(Problem("wrong-type", wish.place, "a list is no wish for a rule", f"one of off, {', '.join(LEVELS)}, or the rule's limits"))
    return tuple(problems)


def _limit_problems(rule: Rule, wish: Mapping) -> list[Problem]:
    problems = []
    for limit, value in wish.items():
        if limit == "level":
            if value not in LEVELS:
                problems.append(Problem("wrong-type", value.place, f"`{value}` is not a level", f"one of {', '.join(LEVELS)}"))
        elif limit not in rule.limits:
            problems.append(
                Problem("unknown-field", wish.place_of_key(limit), f"{rule.name} has no limit `{limit}`", did_you_mean(limit, [*rule.limits, "level"]))
            )
        elif not _is_like(rule.limits[limit], value):
            problems.append(_of_another_kind(limit, rule.limits[limit], value))
    return problems


def _of_another_kind(limit: str, default: Any, value: Value) -> Problem:
    if isinstance(default, (int, float)):
        return Problem("wrong-type", value.place, "a number is expected here", f"such as {limit}: {default}")
    return Problem("wrong-type", value.place, "a list of texts is expected here", f"such as {limit}: [{default[0] if default else '…'}]")


def _is_like(default: Any, value: Any) -> bool:
    """Whether a limit can be typed; one that cannot is a finding, and the default holds."""
    try:
        _typed_like(default, value)
    except (TypeError, ValueError):
        return False
    return True


def _typed_like(default: Any, value: Any) -> Any:
    """A limit as the kind of value its default is; one text stands for a list of one. Raises TypeError or ValueError."""
    if isinstance(default, (int, float)):
        if not isinstance(value, str):
            raise TypeError
        return type(default)(value)
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
        raise TypeError
    return [str(text) for text in texts]
