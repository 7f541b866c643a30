"""A real web server on this machine, whose answers a test sets."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, dict[str, str]]


class Web:
    """The server: `pages` by path, each what it answers to a method and how often it was asked before."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self._server = server
        self.pages: dict[str, Callable[[str, int], Answer | None]] = {}
        self.asked: list[tuple[str, str]] = []
        self.agents: set[str] = set()
        self.at_once = 0
        self.most_at_once = 0
        self.lock = threading.Lock()
        self.counts: Counter[str] = Counter()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def door(self) -> tuple[str, int]:
        return ("127.0.0.1", self.port)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def says(self, path: str, status: int, **headers: str) -> str:
        self.pages[path] = lambda method, before: (status, headers)
        return self.url(path)


@contextmanager
def web() -> Iterator[Web]:
    """The server, running until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            return

        def _answer(self) -> None:
            with here.lock:
                here.at_once += 1
                here.most_at_once = max(here.most_at_once, here.at_once)
                here.asked.append((self.command, self.path))
                here.agents.add(self.headers.get("User-Agent", ""))
                before = here.counts[self.path]
                here.counts[self.path] += 1
            try:
                time.sleep(0.02)
                page = here.pages.get(self.path, lambda method, before: (404, {}))
                answer = page(self.command, before)
                if answer is None:
                    self.connection.close()
                    return
                status, headers = answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()
                if self.command == "GET" and status == 200:
                    # far more than anybody should read
                    for _ in range(200):
                        self.wfile.write(b"x" * 65536)
            except (BrokenPipeError, ConnectionResetError, ValueError, OSError):
                return
            finally:
                with here.lock:
                    here.at_once -= 1

        do_GET = do_HEAD = _answer  # noqa: N815 - names of http.server

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here = Web(server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
