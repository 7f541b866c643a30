"""A newsletter's section list: settings that a section cannot follow are said aloud."""

from pathlib import Path

import pytest

from composer.checks.house_style import selected_rules
from composer.cli.checking import findings_of_settings
from composer.files import shipped
from composer.issue.catalogue import section_type, section_types
from tests.newsrooms import NewsroomFolder

PATH = "templates/china-report/newsletter.yaml"


def faults(newsroom: NewsroomFolder) -> list[tuple[str, int, str]]:
    path = newsroom.root / PATH
    found = findings_of_settings(path, newsroom.project, selected_rules())
    return [(finding.rule, finding.place.line, path.read_text(encoding="utf-8").split("\n")[finding.place.line - 1].strip()) for finding in found]


def test_the_section_list_of_the_sample_has_no_fault(own_newsroom: NewsroomFolder) -> None:
    assert faults(own_newsroom) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("    type: essay\n", "    type: essay\n    heading: The essay\n", "heading: The essay"),
        ("    type: note\n", "    type: note\n    heading: News of the house\n", "heading: News of the house"),
        ("    type: sign_off\n", "    type: sign_off\n    heading: Goodbye\n", "heading: Goodbye"),
        ("    type: kicker\n", "    type: kicker\n    min: 1\n", "min: 1"),
        ("    type: press_review\n", "    type: press_review\n    max: 3\n", "max: 3"),
    ],
)
def test_what_a_section_cannot_follow_is_a_finding_at_its_line(own_newsroom: NewsroomFolder, old: str, new: str, line: str) -> None:
    own_newsroom.change(PATH, old, new)
    ((rule, _, at),) = faults(own_newsroom)
    assert (rule, at) == ("schema/unknown-field", line)


@pytest.mark.parametrize("name", sorted(section_types()))
def test_a_section_is_headed_exactly_where_its_template_prints_the_heading(name: str) -> None:
    template = Path(shipped(), "templates/_shared/sections", f"{name}.j2").read_text(encoding="utf-8")
    assert section_type(name).headed == ("{{ head_mjml(" in template) == ("{{ head_text(" in template)
