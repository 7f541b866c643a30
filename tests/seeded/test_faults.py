"""Each seeded fault is found at its exact place, and nothing else changes."""

import pytest

from composer.draft.load import load_draft
from tests.cases.newsroom import NEWSLETTERS, ROOT, draft_of, findings_in_draft, healthy, own_project
from tests.cases.places import shown
from tests.seeded.faults import Fault, faults, judged

SAMPLES = sorted((ROOT / "issues").glob("*/*.yaml"))


@pytest.mark.parametrize("fault", list(faults()), ids=lambda fault: fault.name)
def test_fault(fault: Fault) -> None:
    verdict = judged(fault)
    assert not verdict.missed, verdict
    assert not verdict.false, shown(verdict.false)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_issue_without_fault_is_clean(path) -> None:
    found = findings_in_draft(load_draft(path, own_project()), own_project())
    assert found == [], shown(found)


@pytest.mark.parametrize("newsletter", NEWSLETTERS)
def test_a_healthy_draft_is_clean(newsletter) -> None:
    found = findings_in_draft(draft_of(healthy(newsletter), own_project()), own_project())
    assert found == [], shown(found)


@pytest.mark.parametrize("rule", sorted({fault.rule for fault in faults()}))
def test_a_rule_is_tried_three_times_on_two_editions(rule) -> None:
    mine = [fault for fault in faults() if fault.rule == rule]
    assert len(mine) >= 3
    assert len({fault.case["edition"] for fault in mine}) >= 2
