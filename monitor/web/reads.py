"""The pages' way to the store: one read-only connection per worker thread, opened when first needed."""

import threading
from pathlib import Path

from store import Store, open_store


class Reads:
    """Lends each thread its own read-only store; the crawl may write meanwhile (WAL)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    def store(self) -> Store:
        """Give this thread's store; made where the file does not exist yet, so that an empty service shows pages."""
        mine: Store | None = getattr(self._local, "store", None)
        if mine is None:
            if not self.path.exists():
                open_store(self.path).close()
            mine = self._local.store = open_store(self.path, readonly=True)
        return mine
