"""Answers that outlive a run, for as long as they may."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from composer.lookups.kept_answers import KeptAnswers
from composer.lookups.links import LinkAnswer

NOW = datetime(2030, 3, 12, 12, tzinfo=UTC)
GOOD, GONE = LinkAnswer(200, final="https://b.example/", for_good=True), LinkAnswer(404)


def test_answers_come_back_until_they_are_old(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    KeptAnswers(path, NOW).keep({"https://a.example/": GOOD, "https://c.example/": GONE})
    assert KeptAnswers(path, NOW + timedelta(minutes=59)).fresh() == {"https://a.example/": GOOD, "https://c.example/": GONE}
    assert KeptAnswers(path, NOW + timedelta(hours=2)).fresh() == {"https://a.example/": GOOD}
    assert KeptAnswers(path, NOW + timedelta(hours=25)).fresh() == {}
    assert KeptAnswers(path, NOW - timedelta(hours=1)).fresh() == {}, "a clock that ran ahead keeps nothing alive"


def test_a_second_run_adds_to_the_first(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    KeptAnswers(path, NOW).keep({"https://a.example/": GOOD})
    KeptAnswers(path, NOW).keep({"https://c.example/": GONE})
    assert set(KeptAnswers(path, NOW).fresh()) == {"https://a.example/", "https://c.example/"}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"version": 1}', b'{"version": 9, "answers": {}}', b'{"version": 1, "answers": {"x": []}}', b"\xff"])
def test_a_spoilt_file_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "links.json"
    path.write_bytes(content)
    kept = KeptAnswers(path, NOW)
    assert kept.fresh() == {}
    kept.keep({"https://a.example/": GOOD})
    assert KeptAnswers(path, NOW).fresh() == {"https://a.example/": GOOD}


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = KeptAnswers(tmp_path / "file" / "links.json", NOW)
    kept.keep({"https://a.example/": GOOD})


def test_it_does_not_grow_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    KeptAnswers(path, NOW).keep({f"https://a.example/{number}": GOOD for number in range(5100)})
    assert len(KeptAnswers(path, NOW).fresh()) == 5000
