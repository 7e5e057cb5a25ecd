"""Pages kept for a moment: while nothing was written, who asks for the same page gets the same bytes."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from monitor.web.access import COOKIE
from monitor.web.reads import Reads
from monitor.web.shell import tagged

MOMENT = 2.0
"""Seconds after which a page is made anew though nothing was written: counts made behind may have come in."""
MOST, LARGEST = 200, 400_000
"""Pages that are kept, and the bytes of the largest."""

Endpoint = Callable[[Request], Response]


@dataclass(frozen=True, slots=True)
class _Page:
    at: float
    version: tuple[int, ...]
    body: bytes
    kind: str


class Kept:
    """Wraps endpoints whose answer depends on the address and the store alone; who is logged in gets a fresh one."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads
        self._pages: dict[str, _Page] = {}
        self._lock = threading.Lock()

    def __call__(self, endpoint: Endpoint) -> Endpoint:
        """Give the endpoint with a memory of a moment."""

        def answer(request: Request) -> Response:
            if COOKIE in request.cookies:
                return endpoint(request)
            address, version = str(request.url), self.reads.version()
            page = self._pages.get(address)
            if page is None or page.version != version or time.monotonic() - page.at > MOMENT:
                made = endpoint(request)
                if made.status_code != 200 or len(made.body) > LARGEST or "content-disposition" in made.headers:
                    return made
                self._keep(address, _Page(time.monotonic(), version, bytes(made.body), made.headers["content-type"]))
                return made
            return tagged(request, Response(page.body, headers={"content-type": page.kind}))

        return answer

    def _keep(self, address: str, page: _Page) -> None:
        with self._lock:
            self._pages[address] = page
            while len(self._pages) > MOST:
                self._pages.pop(next(iter(self._pages)))
