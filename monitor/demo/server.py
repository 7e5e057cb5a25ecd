"""The newspapers' HTTP servers: one port of the loopback interface each, threads of this process, one shared clock."""

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from model.errors import BusyError
from monitor.demo.site import Answer, Site
from monitor.demo.stories import Paper

HOST = "127.0.0.1"


class Clock:
    """The instant that all newspapers live in."""

    def __init__(self, now: datetime) -> None:
        self.now = now


class Press:
    """The newspapers that are being served."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.sites: dict[str, Site] = {}
        self.ports: dict[str, int] = {}
        self.requests: Counter[str] = Counter()
        """Answers by newspaper."""

    @property
    def allowed(self) -> str:
        """The value of `ANSINH_ALLOW_PRIVATE` that lets these ports, and no other, be fetched."""
        return ",".join(f"{HOST}:{port}" for port in self.ports.values())

    def source_toml(self, paper: str) -> str:
        """Give a newspaper's source declaration with the address at which it is served."""
        site = self.sites[paper]
        return site.paper.source_toml(site.origin)


@contextmanager
def serve(papers: Mapping[str, Paper], clock: Clock, ports: Mapping[str, int] | None = None) -> Iterator[Press]:
    """Serve the newspapers while the block runs; a port of 0, or none given, is chosen by the system.

    A port that was asked for and is taken by another program is a BusyError.
    """
    press = Press(clock)
    with ExitStack() as stack:
        for name, paper in papers.items():
            server = _listen(name, (ports or {}).get(name, 0))
            stack.callback(server.server_close)
            press.ports[name] = server.server_address[1]
            press.sites[name] = Site(paper, f"http://{HOST}:{press.ports[name]}")
            server.RequestHandlerClass = _handler(press, name)
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), name=f"press-{name}", daemon=True)
            thread.start()
            stack.callback(server.shutdown)
        yield press


class _Server(ThreadingHTTPServer):
    """A server whose threads end with the process."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64


def _listen(name: str, port: int) -> _Server:
    """Bind one port of the loopback interface."""
    try:
        return _Server((HOST, port), BaseHTTPRequestHandler)
    except OSError as error:
        cure = "end the program that holds it, or start afresh with 'ansinh demo --fresh'"
        raise BusyError(f"port {port} of newspaper '{name}' is taken ({error.strerror})", cure=cure) from None


def _handler(press: Press, name: str) -> type[BaseHTTPRequestHandler]:
    """Make the request handler of one newspaper."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "press/1"
        sys_version = ""
        timeout: ClassVar[float] = 30.0
        disable_nagle_algorithm: ClassVar[bool] = True

        def do_GET(self) -> None:
            """Answer with what the site says at this instant."""
            self._send(with_body=True)

        def do_HEAD(self) -> None:
            """Answer with the headers alone."""
            self._send(with_body=False)

        def _send(self, *, with_body: bool) -> None:
            asked = {key.lower(): value for key, value in self.headers.items()}
            answer: Answer = press.sites[name].answer(self.path, asked, press.clock.now)
            press.requests[name] += 1
            self.send_response(answer.status)
            for key, value in answer.headers.items():
                self.send_header(key.title(), value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if with_body and answer.status != 304:
                self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep silent: the demo says what matters."""

    return Handler
