"""The pages' way to the store: one read-only connection per worker thread, opened when first needed."""

import threading
from pathlib import Path

from store import Store, open_store


class Reads:
    """Lends each thread its own read-only store; the crawl may write meanwhile (WAL)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._ready = False

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
