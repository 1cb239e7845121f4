"""A real HTTP server on the loopback: answers as a test tells it to and keeps its own record."""

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Route = Callable[["Exchange"], None]


class Exchange(BaseHTTPRequestHandler):
    """One request and the means to answer it."""

    protocol_version = "HTTP/1.1"
    body = b""
    server: "Loopback"

    def do_GET(self) -> None:
        self.server.enter(self)
        try:
            route = self.server.routes.get(self.path, self.server.routes.get("*"))
            if route is None:
                self.reply(404, b"nothing here")
            else:
                route(self)
        finally:
            self.server.leave()

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("content-length", "0")))
        self.do_GET()

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.begin(status, **{"Content_Length": str(len(body)), **headers})
        self.wfile.write(body)

    def begin(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def cut(self) -> None:
        """Close the connection without finishing the answer."""
        self.wfile.flush()
        self.close_connection = True
        self.connection.close()

    def log_message(self, *args: object) -> None:
        """Keep quiet: the record is ``server.asked``."""


@dataclass
class Asked:
    path: str
    headers: dict[str, str]
    body: bytes = b""


@dataclass
class Record:
    asked: list[Asked] = field(default_factory=list)
    under_way: int = 0
    most_at_once: int = 0


class Loopback(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, routes: Mapping[str, Route]) -> None:
        super().__init__(("127.0.0.1", 0), Exchange)
        self.routes, self.record, self._guard = routes, Record(), threading.Lock()

    def enter(self, exchange: Exchange) -> None:
        with self._guard:
            headers = {name.lower(): value for name, value in exchange.headers.items()}
            self.record.asked.append(Asked(exchange.path, headers, exchange.body))
            self.record.under_way += 1
            self.record.most_at_once = max(self.record.most_at_once, self.record.under_way)

    def leave(self) -> None:
        with self._guard:
            self.record.under_way -= 1

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests are about."""

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.record.asked]


def free_port() -> int:
    """Give a port of this machine on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def serving(routes: Mapping[str, Route]) -> Iterator[Loopback]:
    """Serve routes; a path that is not among them is a 404, robots.txt too unless it is given."""
    server = Loopback(routes)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def replies(body: bytes, status: int = 200, **headers: str) -> Route:
    """Make a route that always answers the same; header names with underscores."""
    return lambda exchange: exchange.reply(status, body, **headers)
