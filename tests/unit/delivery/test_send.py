"""composer send --test: against real servers with TLS and login, and against every way in which one can fail."""

import subprocess
import sys
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from composer.delivery import smtp
from composer.delivery.adapter import Letter
from composer.delivery.smtp import KEYRING_SERVICE, Smtp, SmtpSettings, secret_in_keyring, settings_from
from composer.draft.load import load_draft
from composer.errors import NotSent, PerhapsSent
from composer.press import proof_of
from composer.project.project import Project
from composer.proof.message import Reader
from tests.unit.cli.conftest import DRAFT, HEALTHY, Run, edit, newsroom, run  # noqa: F401 - fixtures
from tests.unit.delivery.servers import PASSWORD, USER, Authority, MailServer, Scripted, free_port

ADDRESS = "wen.castellan@pierpress.example"
SENDER = "notes@pierpress.example"
ROOT = Path(__file__).parents[3]

pytestmark = [
    pytest.mark.usefixtures("newsroom"),
    # aiosmtpd knows TLS after STARTTLS only, and warns of a login under TLS from the start
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),
]


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's own server and keyring."""
    for name in ("HOST", "PORT", "USER", "PASSWORD", "SECURITY", "CA"):
        monkeypatch.delenv(f"COMPOSER_SMTP_{name}", raising=False)
    monkeypatch.setattr(smtp, "secret_in_keyring", lambda _: None)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch):
    """Names a server in the environment."""

    def named(port: int, **others: str) -> None:
        for name, value in {"HOST": "127.0.0.1", "PORT": str(port), **others}.items():
            monkeypatch.setenv(f"COMPOSER_SMTP_{name}", value)

    return named


def parsed(content: bytes) -> EmailMessage:
    found = message_from_bytes(content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


class TestArrival:
    """What a real server gets."""

    @pytest.mark.parametrize("implicit", [False, True], ids=["STARTTLS", "TLS from the start"])
    def test_one_mail_arrives_under_tls_and_with_login(self, run: Run, at, authority: Authority, implicit: bool) -> None:  # noqa: F811
        with MailServer(authority.server("127.0.0.1"), implicit=implicit) as server:
            at(server.port, USER=USER, PASSWORD=PASSWORD, CA=str(authority.file), **({"SECURITY": "implicit"} if implicit else {}))
            ran = run("send", HEALTHY, "--test", ADDRESS)
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.endswith(f"sent to {ADDRESS} by 127.0.0.1: “[TEST] The cranes have opinions” (250 2.0.0 queued as 4711)\n")
        (taken,) = server.mailbox.taken
        assert (taken.sender, taken.recipients) == (SENDER, [ADDRESS])
        assert (taken.under_tls, taken.logged_in_as) == (True, USER)
        assert PASSWORD not in ran.out + ran.err

    def test_the_bytes_are_those_of_the_proof(self, newsroom: Path, run: Run, at, authority: Authority) -> None:  # noqa: F811
        edit(newsroom / HEALTHY, "Last autumn the cranes went quiet.", "...and then the cranes went quiet.\n\n    . A dot alone, and 港口 – “quoted”.")
        with MailServer(authority.server("127.0.0.1"), login=False) as server:
            at(server.port)
            ran = run("send", HEALTHY, "--test", ADDRESS, "--ca", str(authority.file))
        assert ran.status == 0, ran.err
        project = Project(newsroom)
        proof = proof_of(load_draft(newsroom / HEALTHY, project), project)
        moment = datetime(2030, 3, 12, 13, 0, tzinfo=ZoneInfo("Europe/Berlin"))
        assert [taken.content for taken in server.mailbox.taken] == [proof.message_to(Reader(ADDRESS, moment), mark="[TEST]")]

    def test_it_is_marked_dated_now_and_addressed_to_its_reader(self, newsroom: Path, run: Run, at, authority: Authority) -> None:  # noqa: F811
        edit(newsroom / HEALTHY, "date: 2030-03-12", "date: 2030-03-19")
        edit(newsroom / HEALTHY, "The cranes have opinions", "The cranes have opinions, {{ reader.first_name | dear reader }} – 港口")
        edit(
            newsroom / "templates/harbor-notes/newsletter.yaml",
            "https://pierpress.example/leave",
            "https://pierpress.example/leave?r={{ reader.key | nobody }}",
        )
        with MailServer(authority.server("127.0.0.1"), login=False) as server:
            at(server.port, CA=str(authority.file))
            assert run("send", HEALTHY, "--test", ADDRESS).status == 0
        mail = parsed(server.mailbox.taken[0].content)
        assert mail["Subject"] == "[TEST] The cranes have opinions, dear reader – 港口"
        assert mail["To"] == ADDRESS
        assert mail["Date"] == "Tue, 12 Mar 2030 13:00:00 +0100"
        assert mail["List-Unsubscribe"] == "<https://pierpress.example/leave?r=nobody>"
        assert b"{{" not in server.mailbox.taken[0].content
        text = mail.get_body(("plain",))
        assert text is not None
        assert "dear reader" in text.get_content()

    def test_each_test_is_a_mail_of_its_own_and_not_the_issues(self, newsroom: Path, run: Run, at, authority: Authority, monkeypatch) -> None:  # noqa: F811
        with MailServer(authority.server("127.0.0.1"), login=False) as server:
            at(server.port, CA=str(authority.file))
            run("send", HEALTHY, "--test", ADDRESS)
            monkeypatch.setenv("SOURCE_DATE_EPOCH", "1899547260")
            run("send", HEALTHY, "--test", ADDRESS)
        project = Project(newsroom)
        own = proof_of(load_draft(newsroom / HEALTHY, project), project).message
        ids = [parsed(content)["Message-ID"] for content in (own, *(taken.content for taken in server.mailbox.taken))]
        assert len(set(ids)) == 3


class TestTheDraftFirst:
    """What is checked before anything is sent."""

    def test_errors_are_shown_and_do_not_stop_it(self, newsroom: Path, run: Run, at, authority: Authority) -> None:  # noqa: F811
        edit(newsroom / HEALTHY, "The cranes have opinions", "TK")
        with MailServer(authority.server("127.0.0.1"), login=False) as server:
            at(server.port, CA=str(authority.file))
            ran = run("send", HEALTHY, "--test", ADDRESS)
        assert ran.status == 1
        assert "editorial/placeholder" in ran.out
        assert "sent to" in ran.out
        assert len(server.mailbox.taken) == 1

    @pytest.mark.parametrize(
        ("path", "old", "new", "rule"),
        [
            (HEALTHY, "date: 2030-03-12", "date: soon", "schema/wrong-type"),
            (HEALTHY, "subject: The", "subject: [The", "schema/"),
            (HEALTHY, "newsletter: harbor-notes", "newsletter: harbour-notes", "schema/unknown-newsletter"),
            ("templates/harbor-notes/newsletter.yaml", "weekdays: [tuesday]", "weekdays: [someday]", "schema/wrong-type"),
            ("newsroom.yaml", "time_zone: Europe/Berlin", "time_zone: Europe/Atlantis", "schema/wrong-type"),
        ],
    )
    def test_what_cannot_be_read_is_not_sent(self, newsroom: Path, run: Run, at, path: str, old: str, new: str, rule: str) -> None:  # noqa: F811
        edit(newsroom / path, old, new)
        with Scripted({}) as server:
            at(server.port, SECURITY="none")
            ran = run("send", HEALTHY, "--test", ADDRESS)
        assert ran.status == 1
        assert rule in ran.out
        assert ran.err.startswith(f"not sent: {HEALTHY}")
        assert server.visitors == 0

    def test_a_broken_template_is_not_sent(self, newsroom: Path, run: Run, at) -> None:  # noqa: F811
        template = newsroom / "templates/harbor-notes/sections/essay.j2"
        template.parent.mkdir()
        template.write_text("{% macro mjml(placed, page, t) %}{{ placed.nothing.at_all }}{% endmacro %}{% macro text(placed, page, t) %}{% endmacro %}")
        with Scripted({}) as server:
            at(server.port, SECURITY="none")
            ran = run("send", HEALTHY, "--test", ADDRESS)
        assert ran.status == 1
        assert "template/broken" in ran.out
        assert server.visitors == 0


class TestTheCommandLine:
    """What is refused before the draft is opened."""

    def test_without_test_nothing_is_sent(self, run: Run, at) -> None:  # noqa: F811
        with Scripted({}) as server:
            at(server.port, SECURITY="none")
            ran = run("send", HEALTHY)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("error: Composer sends test mails only; to a whole list a mailing service sends")
        assert server.visitors == 0

    @pytest.mark.parametrize(
        "address", ["", "wen", "wen@pierpress", "a@pierpress.example, b@pierpress.example", "Wen <wen@pierpress.example>", "a@b.example\nBcc: c@d.example"]
    )
    def test_it_takes_one_plain_address(self, run: Run, at, address: str) -> None:  # noqa: F811
        with Scripted({}) as server:
            at(server.port, SECURITY="none")
            ran = run("send", HEALTHY, "--test", address)
        assert ran.status == 2
        assert "is not a mail address" in ran.err
        assert server.visitors == 0

    @pytest.mark.parametrize("path", ["issues", "issues/harbor-notes/absent.yaml"])
    def test_it_takes_one_draft(self, run: Run, path: str) -> None:  # noqa: F811
        ran = run("send", path, "--test", ADDRESS)
        assert ran.status == 2
        assert "name one draft" in ran.err

    def test_the_help_says_where_the_server_comes_from(self, run: Run) -> None:  # noqa: F811
        assert "COMPOSER_SMTP_HOST" in run("send", "--help").out

    def test_it_loads_what_sends_only_when_it_sends(self, newsroom: Path) -> None:  # noqa: F811
        code = "import sys; from composer.cli.main import main; main(['check']); main(['send', '--help']); print(*sys.modules, file=sys.stderr)"
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT), "PATH": ""})
        assert not {"smtplib", "keyring", "composer.delivery.smtp"} & set(ran.stderr.split())


# a script, extensions, what is said of it, whether the mail may have arrived, and how many whole mails the server saw
FAILURES = {
    "turned away": ({"greeting": "554 no service here"}, "turned us away: 554 no service here", 0),
    "busy": ({"greeting": "421 try later"}, "turned us away: 421 try later", 0),
    "hangs up at once": ({"greeting": Scripted.DROP}, "broke the line; nothing was sent", 0),
    "never speaks": ({"greeting": Scripted.SILENT}, "did not answer within 0.5 seconds; nothing was sent", 0),
    "hangs up at the sender": ({"MAIL": Scripted.DROP}, "broke the line; nothing was sent", 0),
    "refuses the sender": ({"MAIL": "553 5.7.1 not yours"}, f"takes no mail from {SENDER}: 553 5.7.1 not yours", 0),
    "refuses the recipient": ({"RCPT": "550 5.1.1 unknown"}, f"takes no mail for {ADDRESS}: 550 5.1.1 unknown", 0),
    "silent at the recipient": ({"RCPT": Scripted.SILENT}, "did not answer within 0.5 seconds; nothing was sent", 0),
    "refuses the mail before it is sent": ({"DATA": "451 no space"}, "does not take the mail: 451 no space", 0),
    "hangs up at DATA": ({"DATA": Scripted.DROP}, "broke the line; nothing was sent", 0),
    "refuses the mail once sent": ({".": "552 5.3.4 too big"}, "refused the mail: 552 5.3.4 too big", 1),
    "hangs up once it has the mail": ({".": Scripted.DROP}, "broke the line before it said whether it took the mail", 1),
    "silent once it has the mail": ({".": Scripted.SILENT}, "did not say in time whether it took the mail", 1),
}


class TestFailures:
    """Each is one sentence with what to do, status 2; nobody is called twice, and no mail is sent twice."""

    @pytest.mark.parametrize("failure", FAILURES)
    def test_a_server_that_fails(self, run: Run, at, failure: str) -> None:  # noqa: F811
        script, says, mails = FAILURES[failure]
        with Scripted(script) as server:
            at(server.port, SECURITY="none")
            ran = run("send", HEALTHY, "--test", ADDRESS, "--timeout", "0.5")
        assert ran.status == 2
        message, help = ran.err.splitlines()
        assert message == f"error: 127.0.0.1, port {server.port} {says}"
        assert help.startswith("help: ")
        assert (server.visitors, server.mails) == (1, mails)
        assert "sent to" not in ran.out

    def test_a_rude_goodbye_changes_nothing(self, run: Run, at) -> None:  # noqa: F811
        with Scripted({"QUIT": Scripted.DROP}) as server:
            at(server.port, SECURITY="none")
            ran = run("send", HEALTHY, "--test", ADDRESS)
        assert (ran.status, ran.err) == (0, "")
        assert (server.visitors, server.mails) == (1, 1)

    def test_a_line_that_breaks_within_the_mail(self, newsroom: Path) -> None:  # noqa: F811
        """The mail is larger than any buffer, so that the server hangs up while it is being sent."""
        with Scripted({"DATA": "354 go on\r\n421 and goodbye", ".": Scripted.DROP}) as server:
            settings = SmtpSettings("127.0.0.1", server.port, "none", seconds=0.5)
            server._play = _hang_up_within_the_mail  # type: ignore[method-assign]
            with pytest.raises(NotSent, match="broke the line; nothing was sent"):
                Smtp(settings).deliver(Letter(SENDER, ADDRESS, b"Subject: x\r\n\r\n" + b"words and words\r\n" * 2_000_000))

    def test_nobody_answers(self, run: Run, at) -> None:  # noqa: F811
        at(free_port())
        ran = run("send", HEALTHY, "--test", ADDRESS)
        assert ran.status == 2
        assert ran.err.startswith("error: nobody answers at 127.0.0.1, port ")

    @pytest.mark.parametrize("host", ["no-such-server.invalid", "x" * 80 + ".example", "a..b"])
    def test_no_server_of_that_name(self, run: Run, at, host: str) -> None:  # noqa: F811
        at(587, HOST=host)
        ran = run("send", HEALTHY, "--test", ADDRESS)
        assert ran.status == 2
        assert ran.err.startswith(f"error: no server is called {host}\nhelp: check COMPOSER_SMTP_HOST")

    def test_no_tls_means_no_mail_and_no_password(self, run: Run, at) -> None:  # noqa: F811
        with Scripted({"AUTH": "235 welcome"}, extensions=["AUTH PLAIN"]) as server:
            at(server.port, USER=USER, PASSWORD=PASSWORD)
            ran = run("send", HEALTHY, "--test", ADDRESS)
        assert ran.status == 2
        assert "offers no TLS (STARTTLS), so neither mail nor password was sent" in ran.err
        assert (server.visitors, server.mails) == (1, 0)

    @pytest.mark.parametrize(
        ("names", "with_authority", "says"),
        [(("127.0.0.1",), False, "unable to get local issuer certificate"), (("mail.pierpress.example",), True, "mismatch")],
    )
    def test_a_certificate_that_is_not_to_be_trusted(self, run: Run, at, authority: Authority, names, with_authority: bool, says: str) -> None:  # noqa: F811
        with MailServer(authority.server(*names)) as server:
            at(server.port, USER=USER, PASSWORD=PASSWORD, **({"CA": str(authority.file)} if with_authority else {}))
            ran = run("send", HEALTHY, "--test", ADDRESS)
        assert ran.status == 2
        message, help = ran.err.splitlines()
        assert f"the certificate of 127.0.0.1, port {server.port} is not to be trusted: " in message
        assert says in message
        assert "--ca FILE" in help
        assert server.mailbox.taken == []

    def test_tls_from_the_start_where_it_comes_later(self, run: Run, at) -> None:  # noqa: F811
        with Scripted({}) as server:
            at(server.port, SECURITY="implicit")
            ran = run("send", HEALTHY, "--test", ADDRESS)
        assert ran.status == 2
        assert f"error: TLS with 127.0.0.1, port {server.port} failed: " in ran.err
        assert "COMPOSER_SMTP_PORT and _SECURITY" in ran.err

    def test_tls_later_where_it_comes_from_the_start(self, run: Run, at, authority: Authority) -> None:  # noqa: F811
        with MailServer(authority.server("127.0.0.1"), implicit=True) as server:
            at(server.port)
            ran = run("send", HEALTHY, "--test", ADDRESS, "--timeout", "0.5")
        assert ran.status == 2
        assert "COMPOSER_SMTP_SECURITY=implicit" in ran.err

    @pytest.mark.parametrize("password", ["wrong", "wröng"])
    def test_a_login_that_is_refused(self, run: Run, at, authority: Authority, password: str) -> None:  # noqa: F811
        with MailServer(authority.server("127.0.0.1")) as server:
            at(server.port, USER=USER, PASSWORD=password, CA=str(authority.file))
            ran = run("send", HEALTHY, "--test", ADDRESS)
        assert ran.status == 2
        assert ("refused the login of" if password.isascii() else "letters that SMTP cannot carry") in ran.err
        assert password not in ran.err
        assert server.mailbox.taken == []

    def test_a_server_that_wants_a_login_and_gets_none(self, run: Run, at, authority: Authority) -> None:  # noqa: F811
        with MailServer(authority.server("127.0.0.1")) as server:
            at(server.port, CA=str(authority.file))
            ran = run("send", HEALTHY, "--test", ADDRESS)
        assert ran.status == 2
        assert f"takes no mail from {SENDER}: 530" in ran.err

    def test_a_server_that_takes_no_login(self, run: Run, at, authority: Authority) -> None:  # noqa: F811
        with Scripted({}) as server:
            at(server.port, USER=USER, PASSWORD=PASSWORD, SECURITY="none")
            ran = run("send", HEALTHY, "--test", ADDRESS)
        assert ran.status == 2
        assert "takes no login" in ran.err

    @pytest.mark.parametrize(("content", "says"), [(None, "cannot be read: No such file"), ("no certificate", "holds no certificate")])
    def test_an_authority_that_is_none(self, newsroom: Path, run: Run, at, content: str | None, says: str) -> None:  # noqa: F811
        if content is not None:
            (newsroom / "ca.pem").write_text(content)
        at(587)
        ran = run("send", HEALTHY, "--test", ADDRESS, "--ca", "ca.pem")
        assert ran.status == 2
        assert ran.err.startswith(f"error: ca.pem {says}")


def _hang_up_within_the_mail(line) -> None:
    file = line.makefile("rwb")
    file.write(b"220 here\r\n")
    file.flush()
    for command in iter(file.readline, b""):
        file.write(b"354 go on\r\n" if command.startswith(b"DATA") else b"250 fine\r\n")
        file.flush()
        if command.startswith(b"DATA"):
            file.readline()
            break
    file.close()


class TestSettings:
    """Where the server and the login come from."""

    def test_the_environment(self) -> None:
        settings = settings_from({"COMPOSER_SMTP_HOST": "smtp.pierpress.example", "COMPOSER_SMTP_USER": "u", "COMPOSER_SMTP_PASSWORD": " p "}, lambda _: None)
        assert settings == SmtpSettings("smtp.pierpress.example", 587, "starttls", "u", " p ")
        assert " p " not in repr(settings)

    @pytest.mark.parametrize(
        ("port", "security", "expected"),
        [
            ("", "", (587, "starttls")),
            ("465", "", (465, "implicit")),
            ("465", "starttls", (465, "starttls")),
            ("", "implicit", (465, "implicit")),
            ("2525", "TLS", (2525, "implicit")),
            ("1025", "", (1025, "starttls")),
        ],
    )
    def test_port_and_security_follow_from_each_other(self, port: str, security: str, expected: tuple[int, str]) -> None:
        settings = settings_from({"COMPOSER_SMTP_HOST": "h", "COMPOSER_SMTP_PORT": port, "COMPOSER_SMTP_SECURITY": security}, lambda _: None)
        assert (settings.port, settings.security) == expected

    @pytest.mark.parametrize(
        ("environment", "says"),
        [
            ({}, "no mail server is named"),
            ({"HOST": "h", "PORT": "smtp"}, "`smtp` is no port"),
            ({"HOST": "h", "PORT": "70000"}, "`70000` is no port"),
            ({"HOST": "h", "SECURITY": "some"}, "`some` is no way to secure mail"),
            ({"HOST": "h", "SECURITY": "none"}, "for everybody on the way to read"),
            ({"HOST": "h", "USER": "u"}, "there is no password for u"),
        ],
    )
    def test_what_is_missing_or_wrong_is_said(self, environment: dict[str, str], says: str) -> None:
        with pytest.raises(NotSent) as refused:
            settings_from({f"COMPOSER_SMTP_{name}": value for name, value in environment.items()}, lambda _: None)
        assert says in refused.value.message
        assert "COMPOSER_SMTP" in refused.value.help or "leave it out" in refused.value.help

    def test_the_keyring_may_keep_all_of_it(self) -> None:
        kept = {"host": "smtp.kept.example", "port": "465", "user": "u", "password": "p"}
        assert settings_from({}, kept.get) == SmtpSettings("smtp.kept.example", 465, "implicit", "u", "p")

    def test_a_server_of_the_environments_gets_only_the_password_of_its_user(self) -> None:
        """A login for one server is not tried at another."""
        kept = {"host": "smtp.kept.example", "port": "465", "user": "u", "password": "p"}
        assert settings_from({"COMPOSER_SMTP_HOST": "h"}, kept.get) == SmtpSettings("h", 587)
        assert settings_from({"COMPOSER_SMTP_HOST": "h", "COMPOSER_SMTP_USER": "v"}, kept.get) == SmtpSettings("h", 587, "starttls", "v", "p")

    def test_the_systems_keyring_is_asked_by_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        keyring = pytest.importorskip("keyring")

        class Kept(keyring.backend.KeyringBackend):
            priority = 1

            def get_password(self, service: str, username: str) -> str | None:
                failures = {"locked": keyring.errors.KeyringLocked("it is locked"), "absent": keyring.errors.NoKeyringError("no backend")}
                if username in failures:
                    raise failures[username]
                return f"{service}/{username}"

            def set_password(self, service: str, username: str, password: str) -> None: ...

        before = keyring.get_keyring()
        keyring.set_keyring(Kept())
        try:
            assert secret_in_keyring("password") == f"{KEYRING_SERVICE}/password"
            assert secret_in_keyring("absent") is None
            # What it keeps is not missing: whoever is told so would type it anew.
            with pytest.raises(NotSent, match="did not open: it is locked") as raised:
                secret_in_keyring("locked")
            assert "unlock it" in raised.value.help
        finally:
            keyring.set_keyring(before)

    def test_without_a_keyring_there_are_no_secrets(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "keyring", None)
        assert secret_in_keyring("password") is None


def test_perhaps_is_another_word_than_not() -> None:
    with Scripted({".": Scripted.DROP}) as server, pytest.raises(PerhapsSent, match="whether it took the mail"):
        Smtp(SmtpSettings("127.0.0.1", server.port, "none", seconds=2)).deliver(Letter(SENDER, ADDRESS, b"Subject: x\r\n\r\ny\r\n"))
