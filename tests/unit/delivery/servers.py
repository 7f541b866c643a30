"""Mail servers for tests: a real one that takes mail under TLS, and ones that play a part and fail in it."""

import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "desk@pierpress.example", "not-a-real-secret"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


class Authority:
    """A private certificate authority: its own file, and what its servers show."""

    def __init__(self, folder: Path) -> None:
        self._authority = trustme.CA()
        self.file = folder / "authority.pem"
        self._authority.cert_pem.write_to_path(self.file)

    def server(self, *names: str) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._authority.issue_cert(*names).configure_cert(context)
        return context


class Taken(NamedTuple):
    """A mail as it arrived."""

    sender: str | None
    recipients: list[str]
    content: bytes
    under_tls: bool
    logged_in_as: str | None


class Mailbox:
    """Keeps what arrives."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        assert isinstance(envelope.content, bytes)
        under_tls = server.transport is not None and server.transport.get_extra_info("ssl_object") is not None
        user = session.auth_data.decode() if session.auth_data else None
        self.taken.append(Taken(envelope.mail_from, list(envelope.rcpt_tos), envelope.content, under_tls, user))
        return "250 2.0.0 queued as 4711"


def _authenticator(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    if isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode()):
        return AuthResult(success=True, auth_data=data.login)
    return AuthResult(success=False, handled=False)


class MailServer:
    """aiosmtpd, with TLS after STARTTLS or from the start, and a login that it insists on."""

    def __init__(self, context: ssl.SSLContext, *, implicit: bool = False, login: bool = True) -> None:
        self.mailbox, self.port = Mailbox(), free_port()
        security: dict[str, Any] = {"ssl_context": context} if implicit else {"tls_context": context, "require_starttls": True}
        wants_login: dict[str, Any] = {"authenticator": _authenticator, "auth_required": True, "auth_require_tls": not implicit} if login else {}
        self._controller = Controller(self.mailbox, hostname="127.0.0.1", port=self.port, **security, **wants_login)

    def __enter__(self) -> "MailServer":
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()


class Scripted:
    """A server that plays a script: for each command that begins so, an answer; `DROP` hangs up, `SILENT` says no more.

    The mail itself is called `.`; `greeting` is said first. It counts who comes and how often a mail ends.
    """

    DROP, SILENT = "DROP", "SILENT"

    def __init__(self, script: dict[str, str], *, extensions: Sequence[str] = ()) -> None:
        self._script = {"greeting": "220 here", **script}
        self._extensions = extensions
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self.visitors, self.mails = 0, 0
        self._done = threading.Event()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> "Scripted":
        self._threads.append(threading.Thread(target=self._welcome, daemon=True))
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._socket.close()

    def _welcome(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            self.visitors += 1
            # whoever hangs up in the middle is no fault of the play
            with suppress(OSError), line:
                self._play(line)

    def _play(self, line: socket.socket) -> None:
        with line.makefile("rwb") as file:
            if not self._says(file, "greeting"):
                return
            while command := file.readline():
                word = command.split()[0].decode(errors="replace").upper() if command.split() else ""
                if not self._says(file, word):
                    return
                if word == "QUIT":
                    return
                if word == "DATA" and self._script.get("DATA", "354 go on").startswith("354"):
                    while (text := file.readline()) not in (b".\r\n", b""):
                        pass
                    self.mails += text == b".\r\n"
                    if not self._says(file, "."):
                        return

    def _says(self, file: Any, word: str) -> bool:
        """Whether the play goes on."""
        answer = self._script.get(word, "354 go on" if word == "DATA" else "221 bye" if word == "QUIT" else "250 fine")
        if answer == self.SILENT:
            self._done.wait(10)
            return False
        if answer == self.DROP:
            return False
        lines = [*(f"250-{extension}" for extension in self._extensions), answer] if word == "EHLO" else [answer]
        file.write("".join(f"{said}\r\n" for said in lines).encode())
        file.flush()
        return True
