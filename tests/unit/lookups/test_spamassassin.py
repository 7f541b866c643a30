"""What Composer makes of SpamAssassin: of its reports, of its daemon, of its absence and of its failures."""

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from composer import workers
from composer.lookups.spamassassin import Reason, SpamAssassinFailed, is_installed, verdict_in, verdict_on
from tests.unit.cli.conftest import DRAFT, HEALTHY, Run, newsroom, run  # noqa: F401 - fixtures

REPORT = """\
Subject: A mail
 9.9 NOT_A_ROW  words of the mail itself

Content analysis details:   (99.0 points, 5.0 required)

 9.0 QUOTED_ROW  a report that the mail quotes

Spam detection software has looked at this.

Content analysis details:   (3.1 points, 5.0 required)

 pts rule name              description
---- ---------------------- --------------------------------------------------
 2.7 MISSING_DATE           Missing Date: header
 0.4 HTML_IMAGE_ONLY_28     BODY: HTML: images with 2400-2800 bytes of
                            words
 0.0 HTML_MESSAGE
-0.0 NO_RECEIVED            Informational: message has no Received headers
"""


def test_the_last_report_is_spamassassins_own() -> None:
    verdict = verdict_in(REPORT)
    assert verdict is not None
    assert verdict.score == 3.1
    assert verdict.reasons == (
        Reason("MISSING_DATE", 2.7, "Missing Date: header"),
        Reason("HTML_IMAGE_ONLY_28", 0.4, "BODY: HTML: images with 2400-2800 bytes of words"),
        Reason("HTML_MESSAGE", 0.0, ""),
        Reason("NO_RECEIVED", -0.0, "Informational: message has no Received headers"),
    )


def test_a_negative_score_is_read() -> None:
    verdict = verdict_in("Content analysis details:   (-1.2 points, 5.0 required)\n")
    assert verdict is not None
    assert (verdict.score, verdict.reasons) == (-1.2, ())


def test_words_without_points_are_no_verdict() -> None:
    assert verdict_in("Content analysis details: none today") is None


@pytest.fixture
def programs(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH."""
    folder = tmp_path_factory.mktemp("programs")
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def answer(points: float) -> str:
    return f"/bin/cat > /dev/null\necho 'Content analysis details:   ({points} points, 5.0 required)'\necho ' {points} SUBJ_ALL_CAPS          Subject is all capitals'"


def test_it_is_installed_where_one_of_its_programs_is(programs: Path) -> None:
    assert not is_installed()
    program(programs, "spamassassin", "")
    assert is_installed()


def test_the_daemon_is_asked_first(programs: Path) -> None:
    program(programs, "spamassassin", answer(1.0))
    program(programs, "spamc", f"test \"$*\" = '-F /dev/null -d 127.0.0.1 -x -R --connect-retries=1 -t 60' || exit 64\n{answer(2.0)}\nexit 1")
    assert verdict_on(b"Subject: x\r\n\r\ny").score == 2.0


def test_without_a_daemon_the_program_is_asked(programs: Path) -> None:
    program(programs, "spamc", "exit 69")
    program(programs, "spamassassin", f'test "$*" = \'-L -t -x --cf=use_bayes 0\' -a "$LC_ALL" = C || exit 64\n{answer(1.0)}')
    assert verdict_on(b"Subject: x\r\n\r\ny").score == 1.0


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("echo 'config: no rules were found!' >&2; exit 2", "SpamAssassin failed: config: no rules were found!"),
        ("exit 3", "SpamAssassin failed: status 3"),
        ("/bin/cat > /dev/null; echo hello", "gave no points"),
        ("exec /bin/sleep 30", "did not answer within 0.5 seconds"),
    ],
)
def test_a_failure_is_one_sentence_and_what_to_do(programs: Path, script: str, says: str) -> None:
    program(programs, "spamassassin", script)
    with pytest.raises(SpamAssassinFailed) as failed:
        verdict_on(b"Subject: x\r\n\r\ny", seconds=0.5)
    assert says in failed.value.message
    assert "--ignore delivery/spam-score" in failed.value.help


def test_a_program_that_is_none_is_said_so(programs: Path) -> None:
    (programs / "spamassassin").write_bytes(b"\0\1\2")
    (programs / "spamassassin").chmod(0o755)
    with pytest.raises(SpamAssassinFailed, match="cannot be run"):
        verdict_on(b"Subject: x\r\n\r\ny")


def test_asked_for_and_absent(newsroom: Path, run: Run, programs: Path) -> None:  # noqa: F811
    ran = run("check", "--spam")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("error: SpamAssassin is not installed on this machine\nhelp: install it")


def test_at_the_send_gate_its_absence_is_a_note(newsroom: Path, run: Run, programs: Path) -> None:  # noqa: F811
    ran = run("check", "--send", "--ignore", "links,sign-off")
    assert ran.status == 0
    assert ran.err == "note: SpamAssassin is not installed, so nobody has said how much like spam the mail looks (delivery/spam-score).\n"


def test_nobody_is_asked_for_a_rule_that_does_not_run(newsroom: Path, run: Run, programs: Path) -> None:  # noqa: F811
    for arguments in (("--spam", "--ignore", "delivery/spam-score"), ("--send", "--select", "delivery/date")):
        ran = run("check", *arguments)
        assert (ran.status, ran.err) == (0, "")


def test_an_ordinary_check_asks_nobody(newsroom: Path, run: Run, programs: Path) -> None:  # noqa: F811
    program(programs, "spamassassin", "exit 9")
    assert run("check").status == 0


@pytest.mark.parametrize("gate", ["--spam", "--send"])
def test_points_become_a_finding(newsroom: Path, run: Run, programs: Path, gate: str) -> None:  # noqa: F811
    program(programs, "spamassassin", answer(4.2))
    ran = run("check", gate, "--select", "delivery/spam-score", "--output-format", "concise")
    assert ran.status == 0
    assert f"{HEALTHY}:1:1: warning delivery/spam-score SpamAssassin gives the mail 4.2 points (SUBJ_ALL_CAPS 4.2)" in ran.out


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux, where the test can set their PATH")
def test_it_is_asked_from_several_processes(newsroom: Path, run: Run, programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(workers, "_FEW", 10)
    for number in range(24):
        (newsroom / f"issues/harbor-notes/2030-03-12-{number}.yaml").write_text(DRAFT, encoding="utf-8")
    program(programs, "spamassassin", answer(6.0))
    ran = run("check", "--spam", "--select", "delivery/spam-score", "--output-format", "concise")
    assert ran.status == 1
    assert ran.out.count("error delivery/spam-score") == 25
    program(programs, "spamassassin", "exit 3")
    ran = run("check", "--spam", "--select", "delivery/spam-score")
    assert (ran.status, ran.err.splitlines()[0]) == (2, "error: SpamAssassin failed: status 3")


@pytest.mark.judge
def test_the_real_one_knows_spam_and_an_ordinary_mail(newsroom: Path, run: Run) -> None:  # noqa: F811
    ran = run("check", "--spam", "--select", "delivery/spam-score")
    assert (ran.status, ran.err) == (0, "")
    gtube = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X".replace("*", "\\*")
    (newsroom / HEALTHY).write_text(DRAFT.replace("Last autumn the cranes", f"{gtube}\n\n    Last autumn the cranes"), encoding="utf-8")
    ran = run("check", "--spam", "--select", "delivery/spam-score")
    assert ran.status == 1
    assert "GTUBE 1000.0" in ran.out
    assert "Generic Test for Unsolicited Bulk Email" in ran.out.replace("\n", " ")


@pytest.mark.judge
def test_the_real_one_answers_in_worker_processes() -> None:
    mail = b"From: a@harborreview.example\r\nSubject: x\r\n\r\nhello\r\n"
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        assert [verdict.score > 0 for verdict in pool.map(verdict_on, [mail, mail])] == [True, True]
