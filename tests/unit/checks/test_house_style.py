"""A newsletter's house style: rules off, of another level, with other limits, and what is wrong with it."""

from pathlib import Path

import pytest

from composer.checks.house_style import rules_in_force, selected_rules
from composer.checks.rule import rules
from composer.errors import UnknownName
from composer.finding import Finding
from tests.cases.newsroom import copied_project, draft_of, findings_in_draft, healthy, replaced

NEWSLETTER = "templates/the-download/newsletter.yaml"
UNSIGNED = [{"replace": "    byline: Marit Solheim\n", "with": ""}]
NEAR = [{"replace": "byline: Marit Solheim", "with": "byline: Marit Solhiem"}]


def _findings(tmp_path: Path, style: str, edits: list[dict[str, str]]) -> list[Finding]:
    changes = [{"replace": "\nsections:", "with": f"\nhouse_style:\n  rules:\n{style}\nsections:"}]
    project = copied_project(tmp_path, {NEWSLETTER: changes})
    return findings_in_draft(draft_of(replaced(healthy("the-download"), edits), project, "the-download"), project)


def test_a_rule_that_is_off(tmp_path: Path) -> None:
    assert _findings(tmp_path, "    sign-off/missing-byline: off", UNSIGNED) == []


@pytest.mark.parametrize("level", ["error", "warning", "info"])
def test_another_level(tmp_path: Path, level: str) -> None:
    (finding,) = _findings(tmp_path, f"    sign-off/unknown-person: {level}", NEAR)
    assert (finding.rule, finding.level) == ("sign-off/unknown-person", level)


@pytest.mark.parametrize(("allowed", "found"), [("[me]", 0), ("me", 0), ("somewhere", 1)])
def test_one_text_is_a_list_of_one(tmp_path: Path, allowed: str, found: int) -> None:
    edits = [{"replace": "Sensors in the piers", "with": "It seems to me me that sensors in the piers"}]
    findings = _findings(tmp_path, f"    editorial/doubled-word: {{allowed: {allowed}}}", edits)
    assert [f.rule for f in findings] == ["editorial/doubled-word"] * found


def test_a_level_beside_limits(tmp_path: Path) -> None:
    more = '    more:\n      - "[One](https://harborreview.example/one). (A)"\n      - "[The owners'
    edits = [{"replace": '    more:\n      - "[The owners', "with": more}]
    (finding,) = _findings(tmp_path, "    structure/too-many-items: {follow_ups: 1, level: warning}", edits)
    assert (finding.rule, finding.level) == ("structure/too-many-items", "warning")
    assert "at most 1" in finding.message


def test_the_level_set_here_holds_for_findings_the_rule_makes_lighter(tmp_path: Path) -> None:
    project = copied_project(
        tmp_path,
        {
            "templates/china-report/newsletter.yaml": [
                {"replace": "\nsections:", "with": "\nhouse_style:\n  rules:\n    sign-off/missing-question: info\nsections:"}
            ]
        },
    )
    closing = "sign_off:\n  question: Which machine would you rather have say nothing?\n  invitation: Tell me at lamp@harborreview.example.\n"
    text = replaced(healthy("china-report"), [{"replace": closing, "with": "housekeeping: Write to lamp@harborreview.example.\n"}])
    assert [(f.rule, f.level) for f in findings_in_draft(draft_of(text, project), project)] == [("sign-off/missing-question", "info")]


@pytest.mark.parametrize(
    ("style", "rule", "words", "help"),
    [
        ("    sign-off/missing-bylne: off", "schema/unknown-field", "no rule is called `sign-off/missing-bylne`", "did you mean `sign-off/missing-byline`?"),
        ("    sign-off/missing-byline: of", "schema/wrong-type", "neither `off` nor a level", "off, error, warning, info"),
        ("    structure/too-many-items: {folow_ups: 3}", "schema/unknown-field", "no limit `folow_ups`", "did you mean `follow_ups`?"),
        ("    structure/too-many-items: {follow_ups: many}", "schema/wrong-type", "a number is expected", "follow_ups: 2"),
        ("    structure/too-many-items: {follow_ups: [3]}", "schema/wrong-type", "a number is expected", "follow_ups: 2"),
        ("    links/shortener: {allowed: {bit.ly: ours}}", "schema/wrong-type", "a list of texts is expected", "allowed: […]"),
        ("    links/shortener: {allowed: [{bit.ly: ours}]}", "schema/wrong-type", "a list of texts is expected", "allowed: […]"),
        ("    links/generic-text: {words: }", "schema/wrong-type", "a list of texts is expected", "words: [here]"),
        ("    structure/too-many-items: [3]", "schema/wrong-type", "a list is no wish", "the rule's limits"),
        ("    structure/too-many-items: {level: loud}", "schema/wrong-type", "`loud` is not a level", "error, warning, info"),
    ],
)
def test_what_is_wrong_with_it_is_a_finding_in_newsletter_yaml(tmp_path: Path, style: str, rule: str, words: str, help: str) -> None:
    (finding,) = _findings(tmp_path, style, [])
    assert (finding.rule, finding.level) == (rule, "error")
    assert words in finding.message
    assert help in finding.help
    assert finding.place.path.endswith(NEWSLETTER)
    lines = (tmp_path / NEWSLETTER).read_text(encoding="utf-8").splitlines()
    assert finding.place.line == lines.index(style) + 1


def test_it_holds_for_its_own_newsletter_only(tmp_path: Path) -> None:
    changes = [{"replace": "\nsections:", "with": "\nhouse_style:\n  rules:\n    sign-off/unknown-person: off\nsections:"}]
    project = copied_project(tmp_path, {NEWSLETTER: changes})
    other, own = project.newsletter("china-report"), project.newsletter("the-download")
    chosen = list(rules().values())
    assert [r.rule for r in rules_in_force(other, chosen)] == [rule for rule in chosen if not rule.is_off_by_default]
    assert {r.rule.name for r in rules_in_force(other, chosen)} - {r.rule.name for r in rules_in_force(own, chosen)} == {"sign-off/unknown-person"}


def test_no_newsletter_no_house_style() -> None:
    chosen = list(rules().values())
    assert [r.rule for r in rules_in_force(None, chosen)] == [rule for rule in chosen if not rule.is_off_by_default]
    assert {r.why for r in rules_in_force(None, chosen)} == {"default"}


def test_selecting_and_ignoring() -> None:
    of_stet = ["stet/misplaced", "stet/unknown-rule", "stet/unused", "stet/without-reason"]
    assert [r.name for r in selected_rules(("stet",))] == of_stet
    assert [r.name for r in selected_rules(("stet", "inbox/missing-subject"), ("stet/unused",))] == [
        "inbox/missing-subject",
        *(n for n in of_stet if n != "stet/unused"),
    ]
    assert len(selected_rules()) == len(rules())


def test_an_unknown_name_is_met_with_the_nearest() -> None:
    with pytest.raises(UnknownName) as error:
        selected_rules(("inbox/missing-subjekt",))
    assert "inbox/missing-subject" in error.value.help


SLIP = [{"replace": "Every blade at sea", "with": "Evrey blade, evrey blade at sea"}]


def test_a_rule_that_is_off_by_default_waits_to_be_asked_for(tmp_path: Path) -> None:
    text = replaced(healthy("the-download"), SLIP)
    assert "editorial/spelling" not in {rule.rule.name for rule in rules_in_force(None, selected_rules(("editorial",)))}
    assert [rule.rule.name for rule in rules_in_force(None, selected_rules(("editorial/spelling",)))] == ["editorial/spelling"]
    project = copied_project(tmp_path, {})
    assert findings_in_draft(draft_of(text, project, "the-download"), project) == []


@pytest.mark.parametrize(("wish", "level"), [("warning", "warning"), ("{shortest: 3}", "info"), ("off", None)])
def test_a_newsletter_switches_it_on(tmp_path: Path, wish: str, level: str | None) -> None:
    found = _findings(tmp_path, f"    editorial/spelling: {wish}", SLIP)
    assert [(f.rule, f.level) for f in found] == ([("editorial/spelling", level)] if level else [])


def test_without_its_dictionary_it_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("composer.checks.rules.editorial.spelling.find_spec", lambda name: None)
    (finding,) = _findings(tmp_path, "    editorial/spelling: info", SLIP)
    assert (finding.rule, finding.place.line) == ("editorial/spelling", 1)
    assert "pip install" in finding.help
