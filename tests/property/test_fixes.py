"""Faults seeded together into healthy issues: fixing them twice is fixing them once, and nothing else gets worse or lost."""

import re
from collections import Counter
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings, strategies as st

from composer.checks.rule import rules
from composer.cli.fixing import Fixer
from composer.draft.load import Draft, load_draft_text
from composer.finding import Finding
from tests.cases.newsroom import ORDINARY, findings_in_draft, own_project
from tests.cases.test_fixes import sheet_cases
from tests.seeded.faults import Fault, edition_text, faults

# Only what can be seeded into an edition as it is, on an ordinary day.
SEEDS = [fault for fault in faults() if not {"settings", "today", "send_gate", "pictures", "beside"} & set(fault.case)]
EDITIONS = sorted({fault.case["edition"] for fault in SEEDS})
# Faults with a fix are drawn more often than those without.
MENDED = {case.values[0] for case in sheet_cases()}
COMMENT = re.compile(r"# kept: \d+$", re.MULTILINE)


class Seeded(NamedTuple):
    """An edition with faults in it."""

    edition: str
    content: bytes


@st.composite
def seeded(draw: st.DrawFn) -> Seeded:
    edition = draw(st.sampled_from(EDITIONS))
    text = edition_text(edition)
    seeds = [fault for fault in SEEDS if fault.case["edition"] == edition]
    seeds += [fault for fault in seeds if fault.rule in MENDED] * 4
    for fault in draw(st.lists(st.sampled_from(seeds), max_size=8, unique_by=lambda f: f.name)):
        text = _with(text, fault)
    for number in range(draw(st.integers(0, 3))):
        text = _commented(text, draw(st.integers(0, text.count("\n"))), number)
    if draw(st.booleans()):
        text = text.removesuffix("\n")
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return Seeded(edition, (b"\xef\xbb\xbf" if draw(st.booleans()) else b"") + text.encode())


def _with(text: str, fault: Fault) -> str:
    """The text with a fault, or as it was where another fault stands in its way."""
    changed = text
    for edit in fault.case.get("edits", ()):
        if not edit["replace"] or changed.count(edit["replace"]) != 1:
            return text
        changed = changed.replace(edit["replace"], edit["with"])
    return changed


def _commented(text: str, line: int, number: int) -> str:
    """A comment above a key of the draft: elsewhere it might be a writer's words."""
    keys = [match.start() for match in re.finditer(r"(?m)^[a-z_]+:", text)]
    at = keys[line % len(keys)] if keys else 0
    return f"{text[:at]}# kept: {number}\n{text[at:]}"


def _draft(seeded: Seeded, content: bytes) -> Draft:
    newsletter, stem = seeded.edition.split("/")
    path = own_project().issues / (stem if newsletter == "healthy" else newsletter) / ("2026-11-24-healthy.yaml" if newsletter == "healthy" else f"{stem}.yaml")
    return load_draft_text(content, path, own_project())


def _findings(seeded: Seeded, content: bytes) -> list[Finding]:
    return findings_in_draft(_draft(seeded, content), own_project())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seeded())
def test_fixing(seeded: Seeded) -> None:
    before = _draft(seeded, seeded.content)
    fixer = Fixer(own_project(), list(rules().values()), ORDINARY)
    path = before.path
    fixes = fixer.fixes_of(seeded.content, before.folder / f"{before.stem}.yaml", path)
    assert fixes.before == seeded.content
    assert (fixes.after != fixes.before) == (fixes.fixed > 0)
    was, now = (_findings(seeded, content) for content in (fixes.before, fixes.after))
    assert len(now) <= len(was) - fixes.fixed
    assert not Counter((f.rule, f.level) for f in now) - Counter((f.rule, f.level) for f in was)
    assert _draft(seeded, fixes.after).issue is not None or before.issue is None
    assert fixer.fixes_of(fixes.after, before.folder / f"{before.stem}.yaml", path).after == fixes.after
    assert sorted(COMMENT.findall(fixes.after.decode().replace("\r", ""))) == sorted(COMMENT.findall(fixes.before.decode().replace("\r", "")))
    assert fixes.after.startswith(b"\xef\xbb\xbf") == fixes.before.startswith(b"\xef\xbb\xbf")
    if b"\r\n" in fixes.before and not re.search(rb"(?<!\r)\n", fixes.before):
        assert not re.search(rb"(?<!\r)\n", fixes.after)
