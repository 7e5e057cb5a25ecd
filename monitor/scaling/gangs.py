"""Who reads: this process, processes of this machine, or the workers of a Dask scheduler; all give the same results.

A gang takes calls and gives futures. A worker that dies over a record is told apart from one that was merely near it
(`monitor.scaling.order`).
"""

import contextlib
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any, Protocol, Self


class WorkerDied(Exception):  # noqa: N818 -- nobody's error: a fact that the caller deals with
    """A call ended the process that worked on it, or another call in the same process did."""


class Gang(Protocol):
    """Those who read."""

    @property
    def width(self) -> int:
        """How many calls may be under way at once: enough that nobody waits, few enough that little lies about."""

    def start(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Begin a call; gives what `result` takes."""

    def result(self, begun: Any) -> Any:
        """Wait for a call; raises WorkerDied where its process died."""

    def alone(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Make one call where no other can end its process, and wait for it; raises WorkerDied."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Myself:
    """This process alone: a call is made when its result is asked for."""

    width = 1

    def start(self, work: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
        """Keep the call for later."""
        return lambda: work(*arguments)

    def result(self, begun: Callable[[], Any]) -> Any:
        """Make the call."""
        return begun()

    def alone(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Make the call."""
        return work(*arguments)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None


class Processes:
    """Processes of this machine. They end with this one, however it ends."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.width = 2 * count + 1
        self._pool = _pool(count)
        self._single: ProcessPoolExecutor | None = None

    def start(self, work: Callable[..., Any], *arguments: Any) -> Future[Any] | None:
        """Hand the call to the pool; a pool that died is replaced at the next result."""
        try:
            return self._pool.submit(work, *arguments)
        except BrokenProcessPool:
            return None

    def result(self, begun: Future[Any] | None) -> Any:
        """Wait for the call."""
        try:
            if begun is None:
                raise WorkerDied
            return begun.result()
        except BrokenProcessPool:
            raise WorkerDied from None

    def alone(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Make the call in a process of its own, kept for the next such call unless it dies."""
        self._renew()
        self._single = self._single or _pool(1)
        try:
            return self._single.submit(work, *arguments).result()
        except BrokenProcessPool:
            self._single.shutdown(wait=False)
            self._single = None
            raise WorkerDied from None

    def _renew(self) -> None:
        """Put a new pool in the place of one that died."""
        try:
            self._pool.submit(os.getpid)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = _pool(self.count)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pool in (self._pool, self._single):
            if pool is not None:
                pool.shutdown(wait=kind is None, cancel_futures=True)


def _pool(count: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, mp_context=context, initializer=_leave_with_parent)


def _leave_with_parent() -> None:
    """End this process when its parent does: a parent that is killed cannot say so itself."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        with contextlib.suppress(Exception):
            if parent is not None:
                parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
