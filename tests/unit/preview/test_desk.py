"""What lies open: read once while nothing changes, anew when something does, and never taken away by a slip."""

import gc
import os
from pathlib import Path
from typing import Any
from weakref import ref

import pytest

from composer.cli.preview import _desk_for
from composer.cli.reading import SourcesOnDisk
from composer.preview.answers import draft_answer, drafts_answer
from composer.preview.desk import Desk, Seen
from tests import healthy
from tests.newsrooms import DAY, NewsroomFolder, yaml_of

DRAFT = f"issues/china-report/{DAY}-port.yaml"


@pytest.fixture
def newsroom(own_newsroom: NewsroomFolder, monkeypatch: pytest.MonkeyPatch) -> NewsroomFolder:
    """A newsroom with one draft, and the working folder of the test."""
    monkeypatch.chdir(own_newsroom.root)
    own_newsroom.write(DRAFT, yaml_of(healthy.DRAFTS["china-report"]()))
    return own_newsroom


def _desk(newsroom: NewsroomFolder, *named: str) -> Desk:
    return _desk_for(newsroom.project, [Path(name) for name in named])


def _only(desk: Desk) -> Seen:
    (number,) = desk.drafts()
    seen = desk.seen(number)
    assert seen is not None
    return seen


def _told(desk: Desk) -> dict[str, Any]:
    return draft_answer(_only(desk), SourcesOnDisk())


def test_a_draft_is_read_once_while_nothing_changes(newsroom: NewsroomFolder) -> None:
    desk = _desk(newsroom)
    assert _only(desk).proof is _only(desk).proof is not None


@pytest.mark.parametrize(
    ("path", "old", "new", "shown"),
    [
        (DRAFT, "Third paragraph, behind a picture.", "Another third paragraph.", "Another third paragraph."),
        ("templates/china-report/newsletter.yaml", "name: China Report", "name: Letters from China", "Letters from China"),
        ("templates/china-report/theme.css", "#B2251D", "#123456", "#123456"),
        ("templates/_shared/nameplate.j2", "{{ t.text(page.newsletter.name) }}", "{{ t.text(page.newsletter.name) }}, anew", "China Report, anew"),
        ("newsroom.yaml", "postal_address: ", "postal_address: Room 9, ", "Room 9, "),
    ],
)
def test_every_file_that_makes_the_mail_is_followed(newsroom: NewsroomFolder, path: str, old: str, new: str, shown: str) -> None:
    desk = _desk(newsroom)
    before, state = _only(desk).proof, desk.state()
    assert before is not None
    assert shown not in before.html
    newsroom.change(path, old, new)
    after = _only(desk).proof
    assert after is not None
    assert shown in after.html
    assert desk.state() != state


def test_a_slip_takes_nothing_away(newsroom: NewsroomFolder) -> None:
    desk = _desk(newsroom)
    before = _told(desk)
    assert before["shown"] == "now"
    newsroom.change(DRAFT, "newsletter: china-report\n", "{newsletter: china-report\n")
    broken = _only(desk)
    assert broken.is_earlier
    assert broken.proof is not None
    assert "Third paragraph, behind a picture." in broken.proof.html
    told = _told(desk)
    assert told["shown"] == "earlier"
    assert told["inbox"] == before["inbox"]
    assert told["findings"][0]["rule"] == "schema/syntax"
    newsroom.change(DRAFT, "{newsletter: china-report\n", "newsletter: china-report\n")
    assert _told(desk)["shown"] == "now"


def test_a_draft_that_never_could_be_shown_says_why(newsroom: NewsroomFolder) -> None:
    newsroom.write(DRAFT, "- a list\n")
    told = _told(_desk(newsroom))
    assert told["shown"] == "nothing"
    assert told["inbox"] == told["size"] == {}
    assert "1 error" in told["summary"]


def test_a_broken_template_is_a_finding_and_takes_nothing_away(newsroom: NewsroomFolder) -> None:
    desk = _desk(newsroom)
    assert _told(desk)["shown"] == "now"
    newsroom.change("templates/_shared/nameplate.j2", "{%", "{% nonsense %}{%")
    told = _told(desk)
    assert told["shown"] == "earlier"
    assert [(finding["rule"], finding["path"]) for finding in told["findings"]][-1:] == [("template/broken", "templates/_shared/nameplate.j2")]


def test_a_theme_that_is_no_text_is_a_finding_and_takes_nothing_away(newsroom: NewsroomFolder) -> None:
    desk = _desk(newsroom)
    assert _told(desk)["shown"] == "now"
    (newsroom.root / "templates/china-report/theme.css").write_bytes("/* café */".encode("latin-1"))
    told = _told(desk)
    assert told["shown"] == "earlier"
    (broken,) = (finding for finding in told["findings"] if finding["rule"] == "template/broken")
    assert broken["path"] == "templates/china-report/theme.css"
    assert "byte 7 is not UTF-8 text" in broken["message"]


def test_settings_that_cannot_be_used_are_a_finding(newsroom: NewsroomFolder) -> None:
    desk = _desk(newsroom)
    assert _told(desk)["shown"] == "now"
    newsroom.change("newsroom.yaml", "publisher:", "publishers:")
    told = _told(desk)
    assert told["shown"] == "earlier"
    assert any(finding["path"] == "newsroom.yaml" for finding in told["findings"])


def test_drafts_come_and_go_and_keep_their_numbers(newsroom: NewsroomFolder) -> None:
    desk = _desk(newsroom)
    first = desk.drafts()
    newsroom.write("issues/china-report/2020-01-07-earlier.yaml", "newsletter: china-report\n")
    both = desk.drafts()
    assert len(both) == 2
    assert first.items() <= both.items()
    (newsroom.root / DRAFT).unlink()
    (number,) = first
    assert desk.seen(number) is None
    assert desk.seen(99) is None
    assert set(desk.drafts()) == set(both) - {number}


def test_an_editor_that_takes_the_draft_away_to_save_it_does_no_harm(newsroom: NewsroomFolder) -> None:
    desk = _desk(newsroom, DRAFT)
    number = next(iter(desk.drafts()))
    content = (newsroom.root / DRAFT).read_bytes()
    (newsroom.root / DRAFT).unlink()
    assert desk.drafts() == {}
    (newsroom.root / DRAFT).write_bytes(content)
    assert desk.drafts() == {number: DRAFT}


def test_a_draft_outside_the_newsroom_is_followed_too(newsroom: NewsroomFolder, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("elsewhere") / "2026-11-24-port.yaml"
    outside.write_text((newsroom.root / DRAFT).read_text(encoding="utf-8"), encoding="utf-8")
    desk = _desk(newsroom, str(outside))
    assert desk.drafts() == {1: outside.as_posix()}
    state = desk.state()
    outside.write_text(outside.read_text(encoding="utf-8").replace("Third", "Last"), encoding="utf-8")
    assert desk.state() != state


@pytest.mark.parametrize("named", [".", "..", "issues", "issues/china-report"])
def test_a_folder_may_be_named_and_is_followed(newsroom: NewsroomFolder, named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if named == "..":
        monkeypatch.chdir(newsroom.root / "templates")
    desk = _desk(newsroom, named)
    state = desk.state()
    assert len(desk.drafts()) == 1
    newsroom.write("issues/china-report/2020-01-07-earlier.yaml", "newsletter: china-report\n")
    assert len(desk.drafts()) == 2
    assert desk.state() != state


def test_what_lies_around_the_drafts_is_not_looked_at(newsroom: NewsroomFolder) -> None:
    desk = _desk(newsroom, ".")
    state = desk.state()
    newsroom.write("dist/2030-03-12-cranes.html", "<p>")
    assert desk.state() == state


def test_a_preview_that_stays_open_forgets_what_was_read_before(newsroom: NewsroomFolder) -> None:
    desk = _desk(newsroom)
    newsletters = []
    # The templates of some dozens of readings are kept.
    for number in range(80):
        newsroom.write(DRAFT, f"newsletter: china-report\n# {number}\n")
        newsletter = _only(desk).draft.newsletter
        assert newsletter is not None
        newsletters.append(ref(newsletter))
    del newsletter
    gc.collect()
    assert sum(newsletter() is not None for newsletter in newsletters) < 70


def test_the_draft_written_to_last_comes_first_to_mind(newsroom: NewsroomFolder) -> None:
    other = newsroom.write("issues/the-download/2026-11-20-other.yaml", "newsletter: the-download\n")
    for path, second in ((newsroom.root / DRAFT, 1000), (other, 2000)):
        os.utime(path, (second, second))
    desk = _desk(newsroom)
    told = drafts_answer(desk.drafts(), desk.latest(), desk.state())
    assert [(d["folder"], d["name"]) for d in told["drafts"]] == [("china-report", f"{DAY}-port"), ("the-download", "2026-11-20-other")]
    assert {d["number"]: d["folder"] for d in told["drafts"]}[told["latest"]] == "the-download"


def test_findings_say_rule_place_and_words(newsroom: NewsroomFolder) -> None:
    newsroom.change(DRAFT, "Third paragraph, behind a picture.", f"{'Words before it. ' * 9}TK {'and words behind. ' * 9}")
    (finding,) = (finding for finding in _told(_desk(newsroom))["findings"] if finding["rule"] == "editorial/placeholder")
    line = next(n for n, text in enumerate((newsroom.root / DRAFT).read_text(encoding="utf-8").split("\n"), 1) if " TK " in text)
    assert (finding["line"], finding["path"], finding["level"]) == (line, DRAFT, "error")
    before, marked, behind = finding["excerpt"]
    assert marked == "TK"
    assert before.startswith("… ")
    assert before.endswith("Words before it. ")
    assert behind.startswith(" and words behind.")
    assert behind.endswith(" …")


def test_the_clients_are_those_of_the_newsletter(newsroom: NewsroomFolder) -> None:
    newsroom.change("templates/china-report/newsletter.yaml", "name: China Report\n", "name: China Report\nclients: [outlook-new, apple-mail-ios]\n")
    told = _told(_desk(newsroom))["clients"]
    assert [(c["title"], c["dark"], c["wide"]) for c in told] == [("Outlook.com", True, False), ("Apple Mail (iOS)", True, False)]
