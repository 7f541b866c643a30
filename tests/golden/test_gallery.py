"""docs/gallery.md is as the sample issues are now: its sizes, its pictures' files, and the findings in the README's picture.

Sizes are made anew with the other golden files (COMPOSER_UPDATE_GOLDEN=1 pytest tests/golden); pictures by `make gallery`.
"""

import os
import re
from pathlib import Path

import pytest
from PIL import Image

from tests import sizes
from tests.browser import terminal, verdicts
from tests.browser.gallery import FINDINGS, FOLDER, MOST_BYTES, MOST_OF_ALL, MOST_OF_FINDINGS

ROOT = Path(__file__).parents[2]


def test_the_sizes_are_those_of_the_issues() -> None:
    page = sizes.PAGE.read_text(encoding="utf-8")
    if os.environ.get("COMPOSER_UPDATE_GOLDEN"):
        page = sizes.with_sizes(page)
        sizes.PAGE.write_text(page, encoding="utf-8", newline="\n")
    assert page.count(sizes.BEGIN) == page.count(sizes.END) == 1
    assert page == sizes.with_sizes(page), "COMPOSER_UPDATE_GOLDEN=1 pytest tests/golden makes the sizes anew"


def test_no_issue_is_near_what_gmail_cuts_off() -> None:
    rows = re.findall(r"^\| \[\d{4}.*\|$", sizes.PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) == len(list(ROOT.glob("issues/*/*.yaml")))
    assert all(int(row.split("|")[3].replace(",", "")) <= 75_000 for row in rows)


def test_every_picture_is_there_shown_and_small() -> None:
    shown = re.findall(r'src="gallery/([^"]+)"', sizes.PAGE.read_text(encoding="utf-8"))
    weights = {path.name: path.stat().st_size for path in FOLDER.iterdir()}
    assert sorted(shown) == sorted(weights)
    assert max(weights.values()) <= MOST_BYTES
    assert sum(weights.values()) <= MOST_OF_ALL


def test_every_judge_has_a_line() -> None:
    table = sizes.PAGE.read_text(encoding="utf-8").partition("| judge |")[2]
    assert all(verdicts.asked_by(path) for path in verdicts.judges())
    assert len(re.findall(r"\| (\d[\d,]*) of \1 tests hold", table)) == len(list(verdicts.judges()))


def test_the_findings_in_the_readme_are_what_the_command_prints() -> None:
    assert f'src="{FINDINGS.relative_to(ROOT).as_posix()}"' in (ROOT / "README.md").read_text(encoding="utf-8")
    assert FINDINGS.stat().st_size <= MOST_OF_FINDINGS
    with Image.open(FINDINGS) as picture:
        assert picture.text["printed"] == terminal.printed(), "make gallery"  # type: ignore[attr-defined]


REPORT = """<testsuites><testsuite>
<testcase classname="tests.browser.test_axe" name="one"><properties><property name="screens" value="8"/></properties></testcase>
<testcase classname="tests.browser.test_axe" name="two"><properties><property name="screens" value="8"/></properties></testcase>
<testcase classname="tests.browser.test_nu" name="three"><failure message="no"/></testcase>
<testcase classname="tests.unit.test_axe" name="four"><error message="no"/></testcase>
</testsuite></testsuites>"""


def test_results_are_read_and_nothing_that_fell_is_shown(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT, encoding="utf-8")
    results = verdicts.results_in(report)
    assert str(results["test_axe"]) == "2 of 2 tests hold; 16 screens"
    assert str(results["test_nu"]) == "0 of 1 tests hold"
    for rest in ("test_nu", "test_axe"):
        with pytest.raises(AssertionError, match=rest):
            verdicts.row(Path(verdicts.FOLDERS["tests.browser"], f"{rest}.py"), results if rest == "test_nu" else {})
