"""Pages kept for a moment: who asks for the same page in between gets the same bytes, packed once.

A page may be a moment behind the store, as the counts on it are anyway; what this process itself writes (a verdict) is
on every page at once, and a page that shows who asks is behind nobody's writing. Of several who ask for a page that has
grown old, one makes it anew, and the others get the old one; of several who ask for one that nobody has, one makes it,
and the others wait for it.
"""

import gzip
import threading
import time
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from monitor.web.reads import Reads
from monitor.web.shell import tag_of, tagged_as

MOMENT, OLDEST = 2.0, 60.0
"""Seconds after which a page is made anew; and after which nobody is given it any more while it is made."""
MOST, LARGEST = 200, 400_000
"""Pages that are kept, and the bytes of the largest."""
SMALLEST = 600
"""Bytes from which a page is packed."""

Endpoint = Callable[[Request], Response]
Answer = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class _Page:
    at: float
    state: Hashable
    """What of the store it was made from: how often this process had written, or when anybody wrote last."""
    body: bytes
    packed: bytes
    """The same by gzip; empty where it is too small for that."""
    kind: str
    tag: str


class Kept:
    """Wraps endpoints whose answer depends on the address, the store and the session, on nothing else of who asks."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads
        self._pages: dict[str, _Page] = {}
        self._making: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def __call__(self, endpoint: Endpoint, who: Callable[[Request], str] | None = None) -> Answer:
        """Give the endpoint with a memory of a moment.

        `who` tells apart readers who are shown different pages; theirs are kept only until anybody writes.
        """

        async def answer(request: Request) -> Response:
            address = f"{who(request) if who else ''} {request.url}"
            page = self._fresh(address, MOMENT, exact=who is not None)
            if page is None and self._lock_of(address).locked():
                page = self._fresh(address, OLDEST, exact=who is not None)
            if page is not None:
                return _given(request, page)  # at once: it waits for no thread
            return await run_in_threadpool(made, address, request)

        def made(address: str, request: Request) -> Response:
            with self._lock_of(address):
                page = self._fresh(address, MOMENT, exact=who is not None)
                if page is None:
                    state = self._state(exact=who is not None)
                    one = endpoint(_bare(request))
                    if not _fit(one):
                        return one
                    page = self._keep(address, one, state)
            return _given(request, page)

        return answer

    def _state(self, *, exact: bool) -> Hashable:
        return (self.reads.written, self.reads.version()) if exact else self.reads.written

    def _fresh(self, address: str, seconds: float, *, exact: bool) -> _Page | None:
        page = self._pages.get(address)
        if page is None or time.monotonic() - page.at > seconds:
            return None
        return page if page.state == self._state(exact=exact) else None

    def _lock_of(self, address: str) -> threading.Lock:
        with self._lock:
            while len(self._making) > MOST and address not in self._making:
                self._making.pop(next(iter(self._making)))
            return self._making.setdefault(address, threading.Lock())

    def _keep(self, address: str, made: Response, state: Hashable) -> _Page:
        body = bytes(made.body)
        packed = gzip.compress(body, 6, mtime=0) if len(body) >= SMALLEST else b""
        page = _Page(time.monotonic(), state, body, packed, made.headers["content-type"], tag_of(body))
        with self._lock:
            self._pages.pop(address, None)
            self._pages[address] = page
            while len(self._pages) > MOST:
                self._pages.pop(next(iter(self._pages)))
        return page


def _bare(request: Request) -> Request:
    """Give a request without what its reader holds: the page is made whole, for all who ask."""
    headers = [(name, value) for name, value in request.scope["headers"] if name != b"if-none-match"]
    return Request({**request.scope, "headers": headers})


def _fit(made: Response) -> bool:
    """Tell whether an answer may be kept: a page that was found, not too large, no file to take away."""
    return made.status_code == 200 and len(made.body) <= LARGEST and "content-disposition" not in made.headers


def _given(request: Request, page: _Page) -> Response:
    """Make the answer of a kept page, packed where the reader takes that."""
    packs = bool(page.packed) and "gzip" in request.headers.get("accept-encoding", "")
    headers = {"content-type": page.kind}
    if page.packed:
        headers["vary"] = "Accept-Encoding"
    if packs:
        headers["content-encoding"] = "gzip"
    return tagged_as(request, Response(page.packed if packs else page.body, headers=headers), page.tag)
