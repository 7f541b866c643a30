"""Building an issue opens no socket, whatever a template or a style sheet asks for."""

import socket
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from composer.proof.inline import inlined
from tests import healthy
from tests.newsrooms import NewsroomFolder

ENGINES = ["premailer", "css-inline"]
# an audit hook cannot be taken back; each test begins by forgetting what was seen before it
_seen: list[tuple[str, Any]] = []


def _hook(event: str, arguments: Any) -> None:
    if event in ("socket.connect", "socket.getaddrinfo", "urllib.Request"):
        _seen.append((event, arguments))


sys.addaudithook(_hook)


class Listener:
    """A server that counts who comes."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.connections = 0
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            connection.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: text/css\r\n\r\n.p{color:red}")
            connection.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    _seen.clear()
    yield server
    server.socket.close()


def assert_nobody_came(listener: Listener) -> None:
    assert _seen == []
    assert listener.connections == 0


def test_the_watch_itself_notices_a_connection(listener: Listener) -> None:
    with socket.create_connection(("127.0.0.1", listener.port)) as connection:
        connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.0 200")
    assert listener.connections == 1
    assert [event for event, _ in _seen].count("socket.connect") == 1


def requests(port: int) -> tuple[str, str]:
    """HTML and CSS that ask for a server's files in every way they know."""
    url = f"http://127.0.0.1:{port}"
    html = (
        f'<!doctype html><html><head><link rel="stylesheet" href="{url}/linked.css"><link rel="stylesheet" type="text/css" href="{url}/typed.css" />'
        f"<style>@import url({url}/imported.css); .x{{background:url({url}/b.png)}}</style><style>@import '{url}/quoted.css';</style>"
        f'<base href="{url}/"></head><body background="{url}/a.png"><p class="p"><img src="{url}/c.png" alt=""></p></body></html>'
    )
    css = f"@import url({url}/first.css);\n@import '{url}/second.css';\n.p {{ color: #123456; background: url({url}/d.png) }}"
    return html, css


@pytest.mark.parametrize("engine", ENGINES)
def test_no_inliner_fetches_a_style_sheet(listener: Listener, engine: str) -> None:
    html, css = requests(listener.port)
    result = inlined(html, css, engine=engine)
    assert "#123456" in result
    assert "data-premailer" not in result
    assert result.count("@import") == html.count("@import")
    assert result.count("<link") == html.count("<link")
    assert_nobody_came(listener)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_whole_build_stays_at_home(own_newsroom: NewsroomFolder, listener: Listener, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from composer.proof import inline

    if engine == "premailer":
        monkeypatch.setattr(inline, "_css_inline", lambda: None)
    url = f"http://127.0.0.1:{listener.port}"
    layout = "templates/_shared/layout.j2"
    own_newsroom.change(
        layout,
        "</mj-head>",
        f'<mj-style>@import url({url}/style.css);</mj-style><mj-raw><link rel="stylesheet" href="{url}/linked.css" />'
        f'<style>@import url({url}/raw.css);</style></mj-raw><mj-font name="X" href="{url}/font.css" /></mj-head>',
    )
    sheet = own_newsroom.root / "templates/_shared/styles/inline.css"
    own_newsroom.write("templates/_shared/styles/inline.css", f"@import url({url}/inlined.css);\n" + sheet.read_text(encoding="utf-8"))
    own_newsroom.write("templates/_shared/styles/head-9.css", f"@import url({url}/head.css);")
    proof = own_newsroom.proof(healthy.china_report())
    assert f"{url}/linked.css" in proof.html
    assert f"@import url({url}/style.css)" in proof.html
    assert proof.message
    assert_nobody_came(listener)
