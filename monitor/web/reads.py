"""The pages' way to the store: one read-only connection per worker thread, and counts that are told while fresh.

What costs much is counted once, and again behind the reader's back: who asks in between is told what was counted last,
so that no page waits for a count over the whole store twice.
"""

import contextlib
import logging
import queue
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from model.errors import AnsinhError
from store import Store, open_store

_T = TypeVar("_T")
FRESH = 15.0
"""Seconds for which a count over the whole store may be told again without counting anew."""
MOST = 500
"""Counts that are kept; the one asked for longest ago goes first."""
log = logging.getLogger("ansinh.pages")


@dataclass(slots=True)
class _Known:
    value: Any
    at: float
    version: tuple[int, ...]
    """When the files were last written, as of the counting: a commit changes it."""
    seconds: float
    written: int
    """How often this process had written when the counting began."""
    waits: bool = False
    """It stands in the queue of what is counted again."""


class Reads:
    """Lends each thread its own read-only store; the crawl may write meanwhile (WAL)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._ready = False
        self.written = 0
        """How often this process wrote: pages made before are not given any more."""
        self._known: OrderedDict[Hashable, _Known] = OrderedDict()
        """What was asked for last stands last."""
        self._counting: dict[Hashable, threading.RLock] = {}
        """One lock a name while it is counted first: no name waits for another's count."""
        self._stale: queue.SimpleQueue[tuple[Hashable, Callable[[Store], Any]]] = queue.SimpleQueue()
        self._behind: threading.Thread | None = None

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

    def lately(
        self, name: Hashable, count: Callable[[Store], _T], seconds: float = FRESH, *, prompt: bool = False
    ) -> _T:
        """Give what `count` finds in the store, at most about so many seconds old while somebody keeps asking.

        The first who asks waits for it; later it is counted again in a thread behind. What is `prompt` is never behind
        what this process itself wrote: who gave a verdict waits for the count that shows it.
        """
        known = self._at_hand(name, prompt)
        if known is None:
            with self._lock:
                counting = self._counting.setdefault(name, threading.RLock())
            with counting:  # of several who ask at once, one counts
                known = self._at_hand(name, prompt) or self._keep(name, count, seconds)
            self._counting.pop(name, None)
        elif not known.waits and (known.written != self.written or time.monotonic() - known.at >= known.seconds):
            known.waits = True
            self._stale.put((name, count))
            self._begin()
        with self._lock, contextlib.suppress(KeyError):
            self._known.move_to_end(name)
        value: _T = known.value
        return value

    def _at_hand(self, name: Hashable, prompt: bool) -> _Known | None:
        """Give what was counted, unless it is asked for `prompt` and this process wrote since."""
        known = self._known.get(name)
        return None if known is not None and prompt and known.written != self.written else known

    def written_before(self, name: Hashable) -> int:
        """Say how often this process had written when what is at hand of a name was counted."""
        known = self._known.get(name)
        return known.written if known else self.written

    def known(self, name: Hashable) -> bool:
        """Tell whether a count is at hand."""
        return name in self._known

    def expect(self, name: Hashable, count: Callable[[Store], Any], seconds: float = FRESH) -> None:
        """Count something behind that will be asked for, unless it is at hand."""
        if name not in self._known:
            self._stale.put((name, lambda store: self.lately(name, count, seconds)))
            self._begin()

    def forget(self) -> None:
        """Something was written by this process: all is counted anew when next asked for."""
        self.written += 1

    def _keep(self, name: Hashable, count: Callable[[Store], Any], seconds: float) -> _Known:
        store = self.store()
        version, written = self.version(), self.written
        found = _Known(value=count(store), at=time.monotonic(), version=version, seconds=seconds, written=written)
        with self._lock:
            self._known[name] = found
            while len(self._known) > MOST:
                self._known.popitem(last=False)
        return found

    def _begin(self) -> None:
        with self._lock:
            if self._behind is None:
                self._behind = threading.Thread(target=self._work, name="counting", daemon=True)
                self._behind.start()

    def _work(self) -> None:
        """Count again what went stale, one after the other."""
        while True:
            name, count = self._stale.get()
            known, written = self._known.get(name), self.written
            try:
                if known is None:
                    count(self.store())
                elif known.version != self.version():
                    began = time.monotonic()
                    known = self._keep(name, count, known.seconds)
                    # What costs a second is counted at most every twenty, however often it is asked for.
                    known.seconds = max(known.seconds, 20 * (time.monotonic() - began))
                else:
                    known.at, known.written = time.monotonic(), written
            except AnsinhError as error:
                log.warning("counting %s again failed: %s", name, error)
                if known is not None:
                    known.at, known.written = time.monotonic(), written
            except Exception:  # a count that breaks must not end the thread that makes all the others
                log.exception("counting %s again broke", name)
                if known is not None:
                    known.at, known.written = time.monotonic(), written
            finally:
                if known is not None:
                    known.waits = False

    def version(self) -> tuple[int, ...]:
        """Say when the database and its log were last written."""
        found: list[int] = []
        for path in (self.path, self.path.with_name(self.path.name + "-wal")):
            with contextlib.suppress(OSError):
                about = path.stat()
                found += [about.st_mtime_ns, about.st_size]
        return tuple(found)
