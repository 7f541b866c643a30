"""check --network: real requests to a real server, let in by name; and none without the flag."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from composer.cli import link_lookup
from composer.lookups.links import Manners
from tests.unit.cli.conftest import HEALTHY, Run, edit
from tests.unit.lookups.web import Web, web


@pytest.fixture
def server(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    with web() as here:
        edit(newsroom / HEALTHY, "](https://pierpress.example/pier)", f"]({here.url('/pier')})")
        monkeypatch.setattr(link_lookup, "ALLOWED", frozenset({here.door}))
        yield here


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("composer.lookups.links.Manners", lambda: Manners(pause=0, timeout=1, back_off=0.01))


LINKS = ("--select", "links/dead,links/moved", "--output-format", "concise")


def test_a_dead_link_is_found_at_its_place(server: Web, run: Run) -> None:
    ran = run("check", "--network", *LINKS)
    assert ran.status == 1
    assert "cranes.yaml:15:24: error links/dead" in ran.out
    assert "404" in ran.out


def test_a_live_link_is_not(server: Web, run: Run) -> None:
    server.says("/pier", 200)
    assert run("check", "--network", *LINKS).status == 0
    assert server.asked


def test_without_the_flag_nobody_is_asked(server: Web, run: Run) -> None:
    assert run("check", *LINKS).status == 0
    assert server.asked == []


def test_without_the_allow_list_the_private_server_is_refused(server: Web, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_lookup, "ALLOWED", frozenset())
    ran = run("check", "--network", *LINKS)
    assert "not on the open net" in ran.out
    assert server.asked == []


def test_an_answer_is_kept_for_the_next_run(server: Web, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    server.says("/pier", 200)
    run("check", "--network", *LINKS)
    run("check", "--network", *LINKS)
    assert len(server.asked) == 1
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1899547200 + 25 * 3600))
    run("check", "--network", *LINKS)
    assert len(server.asked) == 2


def test_moved_for_good_is_worth_knowing(server: Web, run: Run) -> None:
    server.says("/pier", 301, Location="/new-pier")
    server.says("/new-pier", 200)
    ran = run("check", "--network", *LINKS)
    assert ran.status == 0
    assert "info links/moved" in ran.out
    assert "/new-pier" in ran.out
