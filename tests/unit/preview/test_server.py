"""The server, asked over a real connection: what it answers, under which policy, and whom it does not answer."""

import http.client
import json
import socket
import time
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import pytest

from composer.cli.preview import _desk_for
from composer.cli.reading import SourcesOnDisk
from composer.preview.server import PreviewServer
from tests.newsrooms import DAY, NewsroomFolder
from tests.previewing import write_draft_with_a_picture

STEM = f"{DAY}-port"
DRAFT = f"issues/china-report/{STEM}.yaml"


class Answered(NamedTuple):
    """An answer as a browser gets it."""

    status: int
    headers: Message
    content: bytes

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode()


class Served(NamedTuple):
    """A server that runs, and the newsroom that it shows."""

    newsroom: NewsroomFolder
    server: PreviewServer

    def ask(self, path: str, *, host: str | None = None, method: str = "GET") -> Answered:
        """A request, by the name `host` where it is not the server's own."""
        port = int(self.server.server_address[1])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request(method, path, headers={"Host": host or f"127.0.0.1:{port}"})
        answer = connection.getresponse()
        answered = Answered(answer.status, answer.msg, answer.read())
        connection.close()
        return answered

    def json(self, path: str) -> dict[str, Any]:
        """An answer in JSON."""
        answered = self.ask(path)
        assert answered.status == 200, answered.text
        return dict(json.loads(answered.content))


def _running(newsroom: NewsroomFolder, *, remote_pictures: bool = False) -> Iterator[Served]:
    server = PreviewServer(_desk_for(newsroom.project, []), SourcesOnDisk, remote_pictures=remote_pictures)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield Served(newsroom, server)
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def newsroom(own_newsroom: NewsroomFolder, monkeypatch: pytest.MonkeyPatch) -> NewsroomFolder:
    """A newsroom with one draft and a picture beside it."""
    monkeypatch.chdir(own_newsroom.root)
    write_draft_with_a_picture(own_newsroom, DRAFT)
    return own_newsroom


@pytest.fixture
def served(newsroom: NewsroomFolder) -> Iterator[Served]:
    """A server of that newsroom."""
    yield from _running(newsroom)


def test_the_page_and_what_belongs_to_it(served: Served) -> None:
    page = served.ask("/")
    assert page.status == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    for name, media_type in (("page.css", "text/css; charset=utf-8"), ("page.js", "text/javascript; charset=utf-8")):
        assert name in page.text
        assert served.ask(f"/{name}").headers["Content-Type"] == media_type


def test_a_draft_in_every_form(served: Served) -> None:
    (draft,) = served.json("/drafts.json")["drafts"]
    number = draft["number"]
    told = served.json(f"/{number}/draft.json")
    assert (told["path"], told["shown"]) == (DRAFT, "now")
    assert "Third paragraph, behind a picture." in served.ask(f"/{number}/mail.html").text
    assert "Third paragraph, behind a picture." in served.ask(f"/{number}/mail.txt").text
    assert served.ask(f"/{number}/source.txt").text == (served.newsroom.root / DRAFT).read_text(encoding="utf-8")


def test_answers_over_one_connection_do_not_wait_for_each_other(served: Served) -> None:
    """Head and content sent one by one wait some 40 ms on Linux, and longer elsewhere, unless the connection is told not to."""
    connection = http.client.HTTPConnection("127.0.0.1", int(served.server.server_address[1]), timeout=20)
    took = []
    for _ in range(12):
        began = time.monotonic()
        connection.request("GET", "/page.css")
        connection.getresponse().read()
        took.append(time.monotonic() - began)
    connection.close()
    assert min(took[2:]) < 0.02


def test_wishes_reach_the_frame(served: Served) -> None:
    as_it_is = served.ask("/1/mail.html").text
    gmail = served.ask("/1/mail.html?client=gmail-foreign-account").text
    dark = served.ask("/1/mail.html?scheme=dark").text
    assert len({as_it_is, gmail, dark}) == 3
    unknown = served.ask("/1/mail.html?client=gmail-andriod")
    assert unknown.status == 404
    assert "gmail-android" in unknown.text


def test_the_picture_beside_the_draft_is_shown_and_no_other_file(served: Served) -> None:
    shown = served.ask("/1/picture/0")
    assert shown.headers["Content-Type"] == "image/png"
    assert shown.content == (served.newsroom.root / "issues/china-report" / STEM / "crane.png").read_bytes()
    for path in (
        "/1/picture/1",
        "/1/picture/-1",
        "/1/picture/../../newsroom.yaml",
        "/../newsroom.yaml",
        "/page.html",
        "/1/picture/0/x",
        "/1",
        "/7/draft.json",
        "/%C2%B2/draft.json",
        f"/{'9' * 5000}/draft.json",
        f"/1/picture/{'9' * 5000}",
    ):
        assert served.ask(path).status == 404, path


def test_nothing_answers_to_another_name(served: Served) -> None:
    port = served.server.server_address[1]
    assert served.ask("/drafts.json", host=f"localhost:{port}").status == 200
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", "localhost", f"127.0.0.1.evil.example:{port}"):
        refused = served.ask("/drafts.json", host=host)
        assert refused.status == 421
        assert "china-report" not in refused.text
        assert served.ask("/events", host=host).status == 421


def test_only_this_machine_can_connect(served: Served) -> None:
    assert served.server.socket.getsockname()[0] == "127.0.0.1"
    others = {address[4][0] for address in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for other in others:
        if str(other).startswith("127."):
            continue
        with pytest.raises(OSError), socket.create_connection((str(other), int(served.server.server_address[1])), timeout=2):
            pass


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_changed(served: Served, method: str) -> None:
    refused = served.ask("/1/draft.json", method=method)
    assert refused.status == 501
    assert refused.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert refused.headers["Content-Type"].startswith("text/plain")


def test_a_question_about_the_head_alone_is_answered(served: Served) -> None:
    answered = served.ask("/", method="HEAD")
    assert (answered.status, answered.content) == (200, b"")
    assert int(answered.headers["Content-Length"]) > 100


def test_policies_let_no_script_of_a_mail_run_and_nothing_be_fetched(served: Served) -> None:
    page, frame, text = (served.ask(path).headers["Content-Security-Policy"] for path in ("/", "/1/mail.html", "/1/mail.txt"))
    for policy in (page, frame, text):
        assert policy.startswith("default-src 'none'")
    assert "script-src 'self'" in page
    assert "unsafe" not in page
    assert "frame-src 'self'" in page
    assert "script-src" not in frame
    assert frame.endswith("img-src 'self' data:")
    assert served.ask("/1/mail.html?pictures=off").headers["Content-Security-Policy"].endswith("img-src 'none'")


def test_pictures_from_the_web_are_loaded_only_where_that_was_asked_for(newsroom: NewsroomFolder) -> None:
    for served in _running(newsroom, remote_pictures=True):
        assert "img-src 'self' data: http: https:" in served.ask("/1/mail.html").headers["Content-Security-Policy"]
        assert served.ask("/1/mail.html?pictures=off").headers["Content-Security-Policy"].endswith("img-src 'none'")


def test_nothing_is_kept_and_no_page_elsewhere_may_use_it(served: Served) -> None:
    for path in ("/", "/1/mail.html", "/1/draft.json", "/1/picture/0"):
        headers = served.ask(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in headers


def test_a_change_is_told_as_it_happens(served: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", int(served.server.server_address[1]), timeout=20)
    connection.request("GET", "/events")
    events = connection.getresponse()
    assert events.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    first = events.readline()
    assert events.readline() == b"\n"
    served.newsroom.change(DRAFT, "Third paragraph", "Another third paragraph")
    second = events.readline()
    assert first.startswith(b"data: ")
    assert second.startswith(b"data: ")
    assert first != second
    assert second == f"data: {served.json('/drafts.json')['state']}\n".encode()
    assert "Another third paragraph" in served.ask("/1/mail.html").text
    connection.close()


def test_a_fault_of_ours_is_told_and_ends_nothing(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as spoilt:
        spoilt.setattr("composer.preview.server.draft_answer", None)
        answered = served.ask("/1/draft.json")
        assert answered.status == 500
        assert "Traceback" in answered.text
    assert served.ask("/1/draft.json").status == 200


def test_two_cannot_listen_on_one_port(served: Served) -> None:
    with pytest.raises(OSError, match="in use"):
        PreviewServer(served.server.desk, SourcesOnDisk, int(served.server.server_address[1]))


def test_the_next_preview_may_have_the_port_at_once(newsroom: NewsroomFolder) -> None:
    # The page of the last one is still open, and asks there again.
    ports: list[int] = []
    for _ in range(2):
        server = PreviewServer(_desk_for(newsroom.project, []), SourcesOnDisk, ports[0] if ports else 0)
        ports.append(int(server.server_address[1]))
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        with socket.create_connection(("127.0.0.1", ports[0]), timeout=20) as browser:
            browser.sendall(f"GET /page.js HTTP/1.1\r\nHost: 127.0.0.1:{ports[0]}\r\nConnection: close\r\n\r\n".encode())
            while browser.recv(65536):
                pass
        server.shutdown()
        server.server_close()
        thread.join()
    assert ports[0] == ports[1]


def test_a_browser_that_leaves_the_usual_port_out_is_answered(newsroom: NewsroomFolder) -> None:
    try:
        server = PreviewServer(_desk_for(newsroom.project, []), SourcesOnDisk, 80)
    except OSError:
        pytest.skip("port 80 is not to be had here")
    with server:
        assert {"127.0.0.1", "localhost", "127.0.0.1:80"} < {*server.names}


def test_a_file_that_cannot_be_read_is_named(served: Served) -> None:
    (served.newsroom.root / "newsroom.yaml").unlink()
    refused = served.ask("/1/draft.json")
    assert refused.status == 404
    assert "newsroom.yaml cannot be read: " in refused.text


def test_the_page_asks_nobody_else(served: Served) -> None:
    folder = Path(__file__).parents[3] / "composer/preview/page"
    for file in folder.iterdir():
        for scheme in ("http://", "https://", "//cdn", "@import"):
            assert scheme not in file.read_text(encoding="utf-8"), file.name
