"""The store's one door: a database file, and what can be asked of it."""

from pathlib import Path
from types import TracebackType
from typing import Self

from store.asking import AskingStore
from store.browse import BrowseStore
from store.connection import connect
from store.contents import ContentsStore
from store.day import DayStore
from store.keeping import KeepingStore
from store.ledger import LedgerStore
from store.office import OfficeStore
from store.rebuilding import RebuildingStore
from store.recent import RecentStore
from store.rereading import RereadingStore
from store.review import ReviewStore
from store.search import SearchStore
from store.settling import SettlingStore
from store.verdicts import VerdictStore


class Store(
    RereadingStore,
    DayStore,
    SettlingStore,
    SearchStore,
    VerdictStore,
    ReviewStore,
    OfficeStore,
    LedgerStore,
    KeepingStore,
    ContentsStore,
    RebuildingStore,
    AskingStore,
    BrowseStore,
    RecentStore,
):
    """One database. Use it as a context manager, or `close` it; one thread at a time."""

    def __init__(self, path: Path, *, readonly: bool) -> None:
        self.path = path
        self.readonly = readonly
        self.connection = connect(path, readonly=readonly)

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(path: str | Path, *, readonly: bool = False) -> Store:
    """Open a database, made where it is missing and brought to today's shape unless `readonly`.

    Raises NewerStoreError (written by a newer ansinh), CorruptStoreError (damaged), BusyError (held by another
    process), StoreError (no such file with `readonly`, a folder, no rights, disk full).
    """
    return Store(Path(path), readonly=readonly)
