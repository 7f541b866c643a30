"""composer preview as a reader starts and ends it: a process of its own, asked over the network."""

import gc
import json
import re
import signal
import socket
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from composer.cli.preview import _USUAL_PORT
from tests.previewing import previewing
from tests.unit.cli.conftest import HEALTHY, Run


def _json(address: str) -> dict[str, object]:
    with urlopen(address, timeout=20) as answer:
        return dict(json.load(answer))


def test_it_says_where_it_is_shows_the_drafts_and_ends_at_ctrl_c(newsroom: Path) -> None:
    with previewing("--no-browser", "--port", "0", newsroom=newsroom) as (process, said, address):
        assert "Ctrl-C" in said
        (draft,) = _json(f"{address}drafts.json")["drafts"]  # type: ignore[misc]
        assert draft["path"] == HEALTHY
        with urlopen(f"{address}{draft['number']}/mail.html", timeout=20) as mail:
            assert b"Last autumn the cranes went quiet." in mail.read()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, err) == (0, "")
        assert "ended" in out


def test_a_single_draft_may_be_named(newsroom: Path) -> None:
    (newsroom / "issues/harbor-notes/2030-03-05-other.yaml").write_text("newsletter: harbor-notes\n", encoding="utf-8")
    with previewing("--no-browser", "--port", "0", HEALTHY, newsroom=newsroom) as (_, _, address):
        assert [draft["path"] for draft in _json(f"{address}drafts.json")["drafts"]] == [HEALTHY]  # type: ignore[attr-defined]


def test_the_findings_are_those_of_check(newsroom: Path, run: Run) -> None:
    path = newsroom / HEALTHY
    path.write_text(
        path.read_text(encoding="utf-8").replace("  question: Would you let a crane drive itself?\n", "").replace("the cranes", "TK cranes"), encoding="utf-8"
    )
    checked = json.loads(run("check", "--output-format", "json").out)["findings"]
    assert checked
    with previewing("--no-browser", "--port", "0", newsroom=newsroom) as (_, _, address):
        shown = _json(f"{address}1/draft.json")["findings"]
    named = ("rule", "level", "message", "help", "path", "line", "column")
    assert [{name: finding[name] for name in named} for finding in shown] == [{name: finding[name] for name in named} for finding in checked]  # type: ignore[attr-defined]


def test_a_browser_is_opened_only_where_there_is_a_screen_and_nobody_said_no(newsroom: Path, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    # A browser that is in use until it is closed, and asks for the page before that.
    asking = f"import sys, urllib.request, pathlib; urllib.request.urlopen(sys.argv[1], timeout=10); pathlib.Path({str(opened)!r}).write_text(sys.argv[1])"
    browser.write_text(f"#!{sys.executable}\n{asking}\n", encoding="utf-8")
    browser.chmod(0o755)
    for arguments, display, is_opened in (([], ":0", True), ([], "", False), (["--no-browser"], ":0", False)):
        opened.unlink(missing_ok=True)
        with previewing("--port", "0", *arguments, BROWSER=str(browser), DISPLAY=display, WAYLAND_DISPLAY="", newsroom=newsroom) as (_, _, address):
            _json(f"{address}drafts.json")
            patience = time.monotonic() + (20 if is_opened else 1)
            while not opened.exists() and time.monotonic() < patience:
                time.sleep(0.05)
            time.sleep(0.05)
        assert opened.exists() == is_opened
        if is_opened:
            assert opened.read_text(encoding="utf-8").strip() == address


def test_what_cannot_be_shown_is_said(newsroom: Path, run: Run) -> None:
    missing = run("preview", "--no-browser", "issues/harbor-notes/2030-03-12-crane.yaml")
    assert missing.status == 2
    assert "2030-03-12-cranes.yaml" in missing.err
    settings = run("preview", "--no-browser", "newsroom.yaml")
    assert settings.status == 2
    assert "there is no draft at newsroom.yaml" in settings.err
    assert run("preview", "--no-browser", "-").status == 2
    assert run("preview", "--no-browser", "--port", "70000").status == 2
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = run("preview", "--no-browser", "--port", str(taken.getsockname()[1]))
    assert refused.status == 2
    assert "--port" in refused.err


def test_it_looks_for_what_can_be_forgotten_as_often_as_python_does(newsroom: Path, run: Run) -> None:
    """Other commands seldom look, for they soon end; a preview would take half a megabyte more with every save."""
    run("check")
    seldom = gc.get_threshold()
    run("preview", "--no-browser", "-")
    assert gc.get_threshold()[0] < seldom[0]


def test_a_second_preview_finds_a_port_of_its_own(newsroom: Path) -> None:
    with previewing("--no-browser", newsroom=newsroom) as (_, _, first), previewing("--no-browser", newsroom=newsroom) as (_, _, second):
        assert first != second
        assert _json(f"{first}drafts.json") == _json(f"{second}drafts.json")


def test_a_newsroom_without_drafts_waits_for_one(newsroom: Path) -> None:
    text = (newsroom / HEALTHY).read_text(encoding="utf-8")
    (newsroom / HEALTHY).unlink()
    with previewing("--no-browser", "--port", "0", newsroom=newsroom) as (_, _, address):
        assert _json(f"{address}drafts.json")["drafts"] == []
        (newsroom / HEALTHY).write_text(text, encoding="utf-8")
        assert len(_json(f"{address}drafts.json")["drafts"]) == 1  # type: ignore[arg-type]


def test_its_page_of_the_documentation_names_every_option(run: Run) -> None:
    page = (Path(__file__).parents[3] / "docs/preview.md").read_text(encoding="utf-8")
    options = set(re.findall(r"--[a-z-]+", run("preview", "--help").out)) - {"--help", "--browser"}
    assert options == set(re.findall(r"(?m)^\| `(--[a-z-]+)", page))
    assert f"; {_USUAL_PORT} where left out" in page
