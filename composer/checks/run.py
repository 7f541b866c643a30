"""Runs rules over one draft, or a few side by side, and returns what they found, sorted by place."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from composer.checks.gate import held_to_approval
from composer.checks.house_style import RuleInForce, house_style_problems, rules_in_force
from composer.checks.occasion import Occasion
from composer.checks.one_cause import without_twice_told
from composer.checks.rule import Defect, Rule
from composer.checks.stet import unused, without_stets
from composer.draft.load import Draft
from composer.finding import Finding, Level
from composer.proof.proof import Proof

if TYPE_CHECKING:
    from composer.checks.template_problems import CheckedTemplates
    from composer.project.newsletter import Newsletter

# What is known only where a command asked for it: a rule that reads it did not run where nobody did.
_ASKED_FOR = ("link_answers", "spam_verdict", "service")


class _Readings:
    """What rules may read, made when the first of them asks."""

    def __init__(self, draft: Draft, occasion: Occasion, make_proof: Callable[[], Proof]) -> None:
        self._made: dict[str, Any] = {
            "draft": draft,
            "issue": draft.issue,
            "archive": occasion.archive,
            "today": occasion.today_of(draft.newsletter),
            "at_send_gate": occasion.at_send_gate,
            "link_answers": occasion.link_answers,
            "service": occasion.service,
        }
        self._occasion = occasion
        self._make_proof = make_proof
        self.draft = draft

    def all_of(self, names: tuple[str, ...]) -> list[Any] | None:
        """The readings of these names; None where one of them cannot be had."""
        found = []
        for name in names:
            reading = self.get(name)
            if reading is None:
                return None
            found.append(reading)
        return found

    def get(self, name: str) -> Any:
        """The reading of that name; None where it cannot be made from this draft or was not asked for."""
        if name in self._made:
            return self._made[name]
        if name == "proof":
            self._made[name] = self._make_proof() if self.draft.issue is not None else None
        if name == "spam_verdict":
            self._made[name] = self._spam_verdict()
        return self._made.get(name)

    def were_asked_for(self, names: tuple[str, ...]) -> bool:
        """Whether all of these readings are there that somebody must ask for."""
        return all(self.get(name) is not None for name in names if name in _ASKED_FOR)

    def _spam_verdict(self) -> Any:
        ask = self._occasion.ask_spamassassin
        proof = self.get("proof") if ask is not None else None
        return ask(proof.message) if ask is not None and proof is not None and proof.message else None

    def add(self, name: str, reading: Any) -> None:
        """A reading that exists only once other rules have run."""
        self._made[name] = reading


def findings_side_by_side(drafts: list[Draft], chosen: list[Rule], occasion: Occasion, make_proof: Callable[[Draft], Proof]) -> list[list[Finding]]:
    """What the chosen rules say of each of a few drafts (side_by_side.py). `make_proof` is called once a draft, and only if a rule reads the proof."""
    for draft in drafts:
        of_house_style = house_style_problems(draft.newsletter) if draft.newsletter is not None else ()
        if of_house_style:
            draft.problems = (*draft.problems, *(p for p in of_house_style if p not in draft.problems))
    in_force = [rules_in_force(draft.newsletter, chosen) for draft in drafts]
    readings = [_Readings(draft, occasion, partial(make_proof, draft)) for draft in drafts]
    if len(drafts) > 1:
        _made_stage_by_stage([own for own, rules in zip(readings, in_force, strict=True) if any("proof" in rule.rule.reads for rule in rules)])
    found = _said_rule_by_rule(in_force, readings)
    return [_without_what_stands(*of_draft, occasion) for of_draft in zip(found, in_force, readings, strict=True)]


def _made_stage_by_stage(readings: list[_Readings]) -> None:
    proofs = [proof for own in readings if (proof := own.get("proof")) is not None]
    for stage in ("mjml", "rendered", "html", "tree", "text"):
        for proof in proofs:
            getattr(proof, stage)


def _said_rule_by_rule(in_force: list[tuple[RuleInForce, ...]], readings: list[_Readings]) -> list[list[Finding]]:
    """What the rules say of each draft; drafts of one newsletter, for which the same rules are in force, go together."""
    found: list[list[Finding]] = [[] for _ in readings]
    together: dict[int, list[int]] = {}
    for index, rules in enumerate(in_force):
        together.setdefault(id(rules), []).append(index)
    for indices in together.values():
        for rule in in_force[indices[0]]:
            for index in indices:
                found[index] += _findings_of(rule, readings[index])
    return found


def _without_what_stands(found: list[Finding], in_force: tuple[RuleInForce, ...], readings: _Readings, occasion: Occasion) -> list[Finding]:
    """The findings that no stet lets stand, with those about the stets themselves, sorted by place."""
    kept, used = without_stets(found, readings.draft)
    kept = without_twice_told(kept)
    if readings.draft.comments:
        # A rule about stets that serve nothing had nothing to read until now.
        about_stets = [rule for rule in in_force if "unused_stets" in rule.rule.reads]
        names = (rule.rule.name for rule in in_force if rule not in about_stets and readings.were_asked_for(rule.rule.reads))
        readings.add("unused_stets", list(unused(readings.draft, used, names)))
        kept += [finding for rule in about_stets for finding in _findings_of(rule, readings)]
    if occasion.at_send_gate:
        kept = held_to_approval(kept)
    return sorted(kept, key=lambda f: (f.place.path, f.place.line, f.place.column, f.rule))


def findings_in_templates(templates: "CheckedTemplates", newsletter: "Newsletter | None", chosen: list[Rule]) -> list[Finding]:
    """What the chosen rules about templates say, by the house style of the newsletter that the templates are of."""
    about_templates = [rule for rule in rules_in_force(newsletter, chosen) if "templates" in rule.rule.reads]
    defects = ((rule, defect) for rule in about_templates for defect in rule.rule.check(templates, **rule.limits))
    return [_finding_in_settings(rule, defect) for rule, defect in defects]


def _findings_of(rule: RuleInForce, readings: _Readings) -> list[Finding]:
    read = readings.all_of(rule.rule.reads)
    return [_finding(rule, defect, readings.draft) for defect in rule.rule.check(*read, **rule.limits)] if read is not None else []


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
