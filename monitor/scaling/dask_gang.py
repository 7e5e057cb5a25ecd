"""Reading by the workers of a Dask scheduler, on any number of machines."""

import contextlib
import logging
import time
from asyncio import CancelledError
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, Self

from model.errors import AnsinhError, BusyError, InputError, MissingExtraError
from monitor.scaling.gangs import WorkerDied

CONNECT = 15
"""Seconds within which the scheduler answers."""
PATIENCE = 120
"""Seconds for which a scheduler may be without any worker before the run is given up."""
_LOOK = 5


class DaskGang:
    """The workers of the scheduler at an address `tcp://host:port` (or `tls://`)."""

    def __init__(self, address: str, patience: float = PATIENCE) -> None:
        self.address = address
        self.patience = patience
        self._client = _client(address)
        try:
            with self._trouble():
                self.width = 2 * self._await_workers() + 1
        except BaseException:
            self._close()
            raise

    def start(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Hand the call to the scheduler."""
        with self._trouble():
            return self._client.submit(work, *arguments, pure=False)

    def result(self, begun: Any) -> Any:
        """Wait for the call, as long as there is anyone to make it; `width` follows the workers that come and go."""
        from distributed import KilledWorker
        from distributed import TimeoutError as TooLate

        while True:
            with self._trouble():
                try:
                    return begun.result(timeout=_LOOK)
                except KilledWorker:
                    raise WorkerDied from None
                except TooLate:
                    self.width = 2 * self._await_workers() + 1

    def alone(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Make the call while this run has nothing else to begin; the scheduler finds out who ends its workers."""
        return self.result(self.start(work, *arguments))

    def _await_workers(self) -> int:
        """Give the number of threads that work; wait for the first one, but not for ever."""
        began = time.monotonic()
        while True:
            threads = int(sum(self._client.nthreads().values()))
            if threads:
                return threads
            if time.monotonic() - began > self.patience:
                cure = f"start some (dask worker {self.address}), then run the same command again: it goes on from here"
                raise BusyError(f"the scheduler at {self.address} has no workers", cure=cure)
            time.sleep(0.2)

    @contextlib.contextmanager
    def _trouble(self) -> Iterator[None]:
        """Say in one line what goes wrong between machines."""
        try:
            yield
        except (AnsinhError, WorkerDied):
            raise
        except (Exception, CancelledError) as error:  # noqa: BLE001 -- whatever a worker raises arrives here
            if "Cancelled" in type(error).__name__ or isinstance(error, OSError):
                cure = "start it again, then run the same command again: it goes on from here"
                raise BusyError(f"the scheduler at {self.address} was lost", cure=cure) from None
            said = f"{type(error).__name__}: {error}"[:200]
            cure = "install the same ansinh and Python on every machine; docs/scale.md says how"
            raise InputError(f"the workers of {self.address} cannot read ({said})", cure=cure) from None

    def _close(self) -> None:
        with contextlib.suppress(Exception):
            self._client.close(timeout=5)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()


def _client(address: str) -> Any:
    """Connect to a scheduler."""
    if not address.startswith(("tcp://", "tls://")):
        raise InputError(f"--dask '{address}' is no scheduler's address", cure="write it as tcp://host:8786")
    try:
        from distributed import Client
    except ImportError:
        raise MissingExtraError("reading by a Dask cluster", "cluster") from None
    # What matters of a lost connection is said by our own errors.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        connect: Any = Client
        return connect(address, timeout=CONNECT, set_as_default=False, name="ansinh")
    except (OSError, ValueError) as error:
        cure = "start it (dask scheduler), check host and port; docs/scale.md says how"
        raise InputError(f"no Dask scheduler answers at {address} ({type(error).__name__})", cure=cure) from None
