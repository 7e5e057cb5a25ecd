"""Locks of a home that go with their process, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from model.errors import BusyError
from model.home import Home


@contextmanager
def held(path: Path, *, busy: str, cure: str) -> Iterator[None]:
    """Hold a lock; who finds it held gets a BusyError that says `busy`, by which process, and the cure."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise BusyError(f"{busy} (process {lock.read().strip()})", cure=cure) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextmanager
def one_crawl(home: Home) -> Iterator[None]:
    """Hold the home's crawling: two rounds at once would ask every host twice as often, and fetch every page twice."""
    busy, cure = f"a crawl already runs in {home.root}", "wait until it ends"
    with held(home.root / "crawl.lock", busy=busy, cure=cure):
        yield
