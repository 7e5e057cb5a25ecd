"""The pages' way to the store: one read-only connection per worker thread, opened when first needed."""

import threading
import time
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

from store import Store, open_store

_T = TypeVar("_T")
FRESH = 15.0
"""Seconds for which a count over the whole store may be told again without counting anew."""


class Reads:
    """Lends each thread its own read-only store; the crawl may write meanwhile (WAL)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._ready = False
        self._known: dict[Hashable, tuple[float, Any]] = {}
        self._counting = [threading.RLock() for _ in range(16)]

    def store(self) -> Store:
        """Give this thread's store; the file is made, or brought to today's shape, before it is first read."""
        mine: Store | None = getattr(self._local, "store", None)
        if mine is None:
            with self._lock:
                if not self._ready:
                    open_store(self.path).close()
                    self._ready = True
            mine = self._local.store = open_store(self.path, readonly=True)
        return mine

    def lately(self, name: Hashable, count: Callable[[Store], _T], seconds: float = FRESH) -> _T:
        """Give what `count` finds in the store, counted at most once in so many seconds."""
        with self._counting[hash(name) % len(self._counting)]:  # of several who ask at once, one counts
            known = self._known.get(name)
            if known is not None and time.monotonic() - known[0] < seconds:
                found: _T = known[1]
                return found
            found = count(self.store())
            if len(self._known) > 200:
                self._known.clear()
            self._known[name] = time.monotonic(), found
            return found

    def forget(self) -> None:
        """Count anew from now on: something was written by this process."""
        self._known.clear()
