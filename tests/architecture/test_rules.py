"""Every rule documents itself, has cases, and is what its file says."""

from pathlib import Path

import pytest
import yaml

from composer.checks.rule import READABLE, Rule, rules
from composer.finding import LEVELS

ROOT = Path(__file__).parents[2]
PARTS = ("What it checks:", "Why it matters:", "Example:", "Instead:")

each_rule = pytest.mark.parametrize("rule", list(rules().values()), ids=lambda rule: rule.name)


def _sheet(rule: Rule) -> Path:
    area, defect = rule.name.split("/")
    return ROOT / "tests" / "cases" / "rules" / area.replace("-", "_") / f"{defect.replace('-', '_')}.yaml"


@each_rule
def test_documentation(rule: Rule) -> None:
    lines = rule.documentation.splitlines()
    assert lines[0].endswith("."), "the summary is a sentence"
    assert len(lines[0]) <= 100
    assert lines[1] == ""
    positions = [lines.index(part) for part in PARTS]
    assert positions == sorted(positions), "the four parts stand in their order"
    for position in positions:
        assert lines[position + 1].startswith("    "), f"nothing under {lines[position]}"


@each_rule
def test_function_is_named_like_its_file(rule: Rule) -> None:
    stem = rule.module.rsplit(".", 1)[-1]
    assert rule.check.__name__ == stem
    assert rule.check.__module__ == rule.module
    assert rule.name.split("/")[1] == stem.replace("_", "-")


@each_rule
def test_level(rule: Rule) -> None:
    assert rule.level in LEVELS


@each_rule
def test_reads_only_what_is_readable(rule: Rule) -> None:
    assert rule.reads, "a rule reads something"
    assert set(rule.reads) <= set(READABLE)


@each_rule
def test_limits_are_numbers_or_lists_with_a_default(rule: Rule) -> None:
    assert rule.check.__code__.co_kwonlyargcount == len(rule.limits)
    assert all(isinstance(default, (int, float, list, tuple, str)) for default in rule.limits.values())


@each_rule
def test_case_sheet(rule: Rule) -> None:
    cases = yaml.safe_load(_sheet(rule).read_text(encoding="utf-8"))
    assert len([case for case in cases if case.get("finds")]) >= 3, "three ways to fail"
    assert len([case for case in cases if case.get("pass")]) >= 2, "two near misses"
    assert all(len(case["because"].split()) >= 3 for case in cases), "each case has a reason"
    assert len({case["name"] for case in cases}) == len(cases), "no two cases of one name"


@each_rule
def test_fault_sheet(rule: Rule) -> None:
    area, defect = rule.name.replace("-", "_").split("/")
    faults = yaml.safe_load((ROOT / "tests" / "cases" / "faults" / area / f"{defect}.yaml").read_text(encoding="utf-8"))
    editions = {fault["edition"] for fault in faults}
    assert len(faults) >= 3, "three faults"
    assert len(editions) >= 2, "on two editions"
    assert any(not edition.startswith("healthy/") for edition in editions), "one of them a sample issue, or a newsletter's templates"
    assert all(fault.get("because") for fault in faults if fault.get("also")), "a second rule that speaks has its reason"


def test_no_sheet_without_a_rule() -> None:
    sheets = set((ROOT / "tests" / "cases" / "rules").glob("*/*.yaml"))
    assert sheets == {_sheet(rule) for rule in rules().values()}


def test_the_rules_of_the_contract() -> None:
    """Names are a contract: a rule that is renamed breaks stets and house styles that name it."""
    promised = """
        schema/syntax schema/unknown-field schema/missing-field schema/wrong-type schema/duplicate-key schema/forbidden-yaml
        schema/unknown-newsletter schema/too-large schema/text-lost-to-comment schema/needs-quotes
        structure/missing-section structure/empty-section structure/too-few-items structure/too-many-items structure/section-order
        structure/body-length structure/announced-embed
        sign-off/missing sign-off/missing-question sign-off/missing-reply-address sign-off/missing-byline sign-off/unknown-person
        stet/without-reason stet/unused stet/unknown-rule stet/misplaced inbox/missing-subject inbox/missing-preheader
        editorial/placeholder editorial/unclosed-source-mark editorial/missing-source editorial/unnamed-publication
        delivery/missing-unsubscribe delivery/postal-address delivery/list-unsubscribe delivery/reason-received delivery/sender
        delivery/no-reply delivery/message-id delivery/date delivery/duplicate-header delivery/encoded-structured-header
        delivery/header-injection delivery/line-length delivery/mime-order delivery/list-id delivery/text-html-drift delivery/spam-score delivery/merge-field
        safety/bidi-control links/forbidden-scheme images/missing-file template/broken
    """
    assert set(promised.split()) <= set(rules())
