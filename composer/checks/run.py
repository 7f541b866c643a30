"""Runs rules over one draft and returns what they found, sorted by place."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from composer.checks.gate import held_to_approval
from composer.checks.house_style import RuleInForce, house_style_problems, rules_in_force
from composer.checks.occasion import Occasion
from composer.checks.rule import Defect, Rule
from composer.checks.stet import unused, without_stets
from composer.draft.load import Draft
from composer.finding import Finding, Level
from composer.proof.proof import Proof

if TYPE_CHECKING:
    from composer.checks.template_problems import CheckedTemplates
    from composer.project.newsletter import Newsletter


class _Readings:
    """What rules may read, made when the first of them asks."""

    def __init__(self, draft: Draft, occasion: Occasion, make_proof: Callable[[], Proof]) -> None:
        self._made: dict[str, Any] = {
            "draft": draft,
            "issue": draft.issue,
            "archive": occasion.archive,
            "today": occasion.today,
            "at_send_gate": occasion.at_send_gate,
            "link_answers": occasion.link_answers,
        }
        self._occasion = occasion
        self._make_proof = make_proof
        self.draft = draft

    def get(self, name: str) -> Any:
        """The reading of that name; None where it cannot be made from this draft or was not asked for."""
        if name == "proof" and name not in self._made:
            self._made[name] = self._make_proof() if self.draft.issue is not None else None
        if name == "spam_verdict" and name not in self._made:
            self._made[name] = self._spam_verdict()
        return self._made.get(name)

    def _spam_verdict(self) -> Any:
        ask = self._occasion.ask_spamassassin
        proof = self.get("proof") if ask is not None else None
        return ask(proof.message) if ask is not None and proof is not None and proof.message else None

    def add(self, name: str, reading: Any) -> None:
        """A reading that exists only once other rules have run."""
        self._made[name] = reading


def findings_in(draft: Draft, chosen: list[Rule], occasion: Occasion, make_proof: Callable[[], Proof]) -> list[Finding]:
    """What the chosen rules say of a draft. `make_proof` is called once, and only if a rule reads the proof."""
    if draft.newsletter is not None:
        draft.problems = (*draft.problems, *(p for p in house_style_problems(draft.newsletter) if p not in draft.problems))
    in_force = rules_in_force(draft.newsletter, chosen)
    readings = _Readings(draft, occasion, make_proof)
    about_draft = [rule for rule in in_force if "unused_stets" not in rule.rule.reads]
    found = [finding for rule in about_draft for finding in _findings_of(rule, readings)]
    kept, used = without_stets(found, draft)
    readings.add("unused_stets", list(unused(draft, used, (rule.rule.name for rule in about_draft))))
    kept += [finding for rule in in_force if rule not in about_draft for finding in _findings_of(rule, readings)]
    if occasion.at_send_gate:
        kept = held_to_approval(kept)
    return sorted(kept, key=lambda f: (f.place.path, f.place.line, f.place.column, f.rule))


def findings_in_templates(templates: "CheckedTemplates", newsletter: "Newsletter | None", chosen: list[Rule]) -> list[Finding]:
    """What the chosen rules about templates say, by the house style of the newsletter that the templates are of."""
    about_templates = [rule for rule in rules_in_force(newsletter, chosen) if "templates" in rule.rule.reads]
    defects = ((rule, defect) for rule in about_templates for defect in rule.rule.check(templates, **rule.limits))
    return [_finding_in_settings(rule, defect) for rule, defect in defects]


def _findings_of(rule: RuleInForce, readings: _Readings) -> Iterator[Finding]:
    read = [readings.get(name) for name in rule.rule.reads]
    if any(reading is None for reading in read):
        return
    for defect in rule.rule.check(*read, **rule.limits):
        yield _finding(rule, defect, readings.draft)


def _finding(rule: RuleInForce, defect: Defect, draft: Draft) -> Finding:
    section = draft.section_at(defect.place.line) if defect.place.path == draft.path else None
    # Edits are offsets in the draft; a fault of newsletter.yaml is mended there, by hand.
    edits = defect.edits if defect.place.path == draft.path else ()
    return Finding(rule.rule.name, _level(rule, defect), defect.place, defect.message, defect.help, section, edits, defect.label)


def _finding_in_settings(rule: RuleInForce, defect: Defect) -> Finding:
    return Finding(rule.rule.name, _level(rule, defect), defect.place, defect.message, defect.help, label=defect.label)


def _level(rule: RuleInForce, defect: Defect) -> Level:
    """The defect's own level, unless the house style has set one for the rule."""
    return defect.level if defect.level is not None and rule.level == rule.rule.level else rule.level
