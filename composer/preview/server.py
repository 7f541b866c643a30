"""The preview's server: for this machine alone, for one reader, and for nothing but looking.

It listens on the loopback address and answers only requests that call it by that address, so that no page elsewhere can
have a name of its own lead here. No request changes anything. What it frames may run no script, and loads nothing from
the network unless it was asked to show the pictures that a mail has there.
"""

import json
import os
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from mimetypes import guess_type
from threading import Lock
from traceback import format_exc
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from composer.checks.reports.report import Sources
from composer.errors import UnknownName
from composer.preview.answers import draft_answer, drafts_answer
from composer.preview.desk import Desk, Seen
from composer.preview.frame import frame_of, picture_file

_LOOPBACK = "127.0.0.1"
# Browsers do not name the port that stands for http itself.
_PORT_LEFT_OUT = 80
# Seconds between two looks at the disk, or so many times what a look takes; and after how many seconds a page that hears
# nothing is told that the preview is there.
_PAUSE, _PAUSES_PER_LOOK = 0.3, 10
_SIGN_OF_LIFE = 15.0

# The page shows what is said instead of a mail.
_NOTHING = "default-src 'none'; frame-ancestors 'self'"
_OF_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# For want of a source no script of a mail runs, and the page's policy keeps its frames here; a sandbox without scripts would
# keep the page itself from hearing clicks in some browsers.
_OF_FRAME = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; img-src"


class Answer(NamedTuple):
    """What goes back to the browser, with the Content-Security-Policy that it is shown under."""

    content: bytes
    media_type: str = "text/plain; charset=utf-8"
    status: HTTPStatus = HTTPStatus.OK
    policy: str = _NOTHING


class PreviewServer(ThreadingHTTPServer):
    """Serves a desk on a port of this machine; port 0 stands for any that is free. Raises OSError where the port is taken.

    `sources` gives the texts that findings point into, as they are on disk at the moment.
    """

    daemon_threads = True
    # Two previews on one port would each get some of the requests, which Windows alone would allow; elsewhere it allows
    # the next preview to take the port at once, where the page of the last one waits for it.
    allow_reuse_address = os.name == "posix"
    allow_reuse_port = False

    def __init__(self, desk: Desk, sources: Callable[[], Sources], port: int = 0, *, remote_pictures: bool = False) -> None:
        super().__init__((_LOOPBACK, port), _Conversation)
        self.desk, self.sources, self.remote_pictures = desk, sources, remote_pictures
        # Drafts are read and rendered one after the other, whoever asks.
        self.busy = Lock()

    @property
    def names(self) -> tuple[str, ...]:
        """What a browser of this machine calls it."""
        port = self.server_address[1]
        with_port = tuple(f"{name}:{port}" for name in (_LOOPBACK, "localhost"))
        return (*with_port, _LOOPBACK, "localhost") if port == _PORT_LEFT_OUT else with_port

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"http://{self.names[0]}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away before it had its answer is no news."""

    def answer(self, path: str, wishes: dict[str, str]) -> Answer:
        """What is found at a path. Raises UnknownName where a client is wished for that nobody knows."""
        match path.strip("/").split("/"):
            case [""]:
                return _of_the_page("page.html")
            case ["page.css" | "page.js" as name]:
                return _of_the_page(name)
            case ["drafts.json"]:
                return _json(drafts_answer(self.desk.drafts(), self.desk.latest(), self.desk.known))
            case [number, *rest] if _is_number(number) and (seen := self.desk.seen(int(number))) is not None:
                return self._of_a_draft(seen, rest, wishes)
        return _words("there is nothing here", HTTPStatus.NOT_FOUND)

    def _of_a_draft(self, seen: Seen, rest: list[str], wishes: dict[str, str]) -> Answer:
        match rest:
            case ["draft.json"]:
                return _json(draft_answer(seen, self.sources()))
            case ["source.txt"]:
                return _words(self.sources()(seen.draft.path).text)
            case ["mail.txt"] if seen.proof is not None:
                return _words(seen.proof.text)
            case ["mail.html"] if seen.proof is not None:
                html = frame_of(seen.proof, seen.draft.path, wishes.get("client"), "dark" if wishes.get("scheme") == "dark" else "light")
                return Answer(html.encode(), "text/html; charset=utf-8", policy=self._policy_of_frame(pictures=wishes.get("pictures") != "off"))
            case ["picture", number] if _is_number(number) and seen.proof is not None and (file := picture_file(seen.proof, int(number))) is not None:
                return Answer(file.read_bytes(), guess_type(file.name)[0] or "application/octet-stream")
        return _words("there is nothing here", HTTPStatus.NOT_FOUND)

    def _policy_of_frame(self, *, pictures: bool) -> str:
        if not pictures:
            return f"{_OF_FRAME} 'none'"
        return f"{_OF_FRAME} 'self' data: http: https:; font-src http: https:" if self.remote_pictures else f"{_OF_FRAME} 'self' data:"


class _Conversation(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and content are sent one after the other; the second is not to wait until the first was received.
    disable_nagle_algorithm = True
    server_version, sys_version = "composer", ""
    server: PreviewServer

    def do_GET(self) -> None:
        """Answer a request; http.server finds this by its name."""
        path, _, query = self.path.partition("?")
        if self.headers.get("Host") not in self.server.names:
            self._send(_words("this preview answers only to its own address", HTTPStatus.MISDIRECTED_REQUEST))
        elif path == "/events":
            self._send_events()
        else:
            self._send(self._answer(path, {name: values[-1] for name, values in parse_qs(query).items()}))

    do_HEAD = do_GET  # noqa: N815 - as http.server looks for it

    def _answer(self, path: str, wishes: dict[str, str]) -> Answer:
        try:
            with self.server.busy:
                return self.server.answer(path, wishes)
        except UnknownName as unknown:
            return _words(f"{unknown.message}: {unknown.help}", HTTPStatus.NOT_FOUND)
        except OSError as error:
            # taken away since the folder was searched, or not to be read
            return _words(f"{error.filename} cannot be read: {error.strerror}", HTTPStatus.NOT_FOUND)
        except Exception:  # noqa: BLE001 - the page shows what failed, and asks again when a file has changed
            return _words(format_exc(), HTTPStatus.INTERNAL_SERVER_ERROR)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 - as http.server calls it
        """What http.server refuses by itself, under the policy of all else."""
        self.close_connection = True
        self._send(_words(message or HTTPStatus(code).phrase, HTTPStatus(code)))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self._send_headers(answer.media_type, answer.policy)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.content)

    def _send_headers(self, media_type: str, policy: str) -> None:
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")

    def _send_events(self) -> None:
        """Server-sent events (HTML Living Standard, 9.2): the desk's state, whenever it is another one."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self._send_headers("text/event-stream; charset=utf-8", _NOTHING)
        self.end_headers()
        told, told_at = "", 0.0
        while True:
            with self.server.busy:
                began = time.monotonic()
                state = self.server.desk.state()
                took = time.monotonic() - began
            if state != told or time.monotonic() - told_at > _SIGN_OF_LIFE:
                self.wfile.write(f"data: {state}\n\n".encode())
                self.wfile.flush()
                told, told_at = state, time.monotonic()
            time.sleep(max(_PAUSE, _PAUSES_PER_LOOK * took))

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: whoever looks at a page need not read that it was asked for."""


def _of_the_page(name: str) -> Answer:
    content = files("composer.preview").joinpath("page", name).read_bytes()
    return Answer(content, f"{guess_type(name)[0]}; charset=utf-8", policy=_OF_PAGE)


def _json(value: dict[str, Any]) -> Answer:
    return Answer(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"), "application/json; charset=utf-8")


def _words(text: str, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    return Answer(text.encode("utf-8", "replace"), status=status)


def _is_number(text: str) -> bool:
    # Python refuses to read one of thousands of digits.
    return text.isdecimal() and len(text) < 10
