"""The one writer: takes what the workers read, in the order of the files, into archive and database.

Each piece's pages reach the archive's disk first; then its pages, its readings and the file's mark are one
transaction. So a kill leaves a piece stored or not begun, and what is stored is never read again.
"""

import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from model.home import Home
from model.records import Page, Reading
from monitor.collect import Harvest, note_outlets, repair
from monitor.documents import Trouble
from monitor.reading import Broken, rules_of
from monitor.scaling import pieces as cutting
from monitor.scaling.gangs import Gang, Myself, Processes
from monitor.scaling.order import results
from monitor.scaling.pieces import Mark, Piece, Stretch, Terms, advanced, mark_of, name_of, pieces_of
from monitor.scaling.work import Kept, Result

if TYPE_CHECKING:
    from store import Store

FEW = 4
"""Up to so many pieces are read by this process where nobody says how many are to read."""
ROTATE = 1 << 30
"""Bytes after which the archive's file is closed and the next begun."""
MANY_TROUBLES = 1_000
"""Troubles that are remembered; of the others only that they were."""


@dataclass(kw_only=True)
class Taken:
    """What was taken from web archives."""

    records: int = 0
    """Responses looked at."""
    pages: int = 0
    """Articles that were new and are now in the home's archive."""
    known: int = 0
    """Articles that were there already."""
    stored: int = 0
    """Responses of the files named that are stored, those of earlier runs included."""
    troubles: list[Trouble] = field(default_factory=list)

    def complain(self, trouble: Trouble) -> None:
        """Remember a trouble, unless there are too many."""
        if len(self.troubles) < MANY_TROUBLES:
            self.troubles.append(trouble)


def ingest_archives(
    home: Home,
    store: "Store",
    paths: Sequence[str],
    *,
    workers: int | None = None,
    dask: str | None = None,
    told: Callable[[Taken], None] | None = None,
) -> tuple[Taken, Harvest]:
    """Take the articles of web archives into the home's own and store what they say.

    Of foreign archives only pages that name insurance are taken. `workers` processes read, or the workers of the
    scheduler at `dask`; one process where neither is named and there is little. May be killed and started again.
    Raises InputError, BusyError or MissingExtraError where the scheduler cannot be worked with.
    """
    from crawler.registry import site_owners
    from monitor.sources import home_sources

    sources = home_sources(home)
    sites = {site: (source.id, source.area) for site, source in site_owners(sources).items()}
    terms = Terms(rules=rules_of(home), sites=sites)
    repair(home, store)
    note_outlets(store, list(sources.values()))
    files = [Path(name).absolute() for name in paths]
    with _gang(files, workers, dask) as gang, _Writer(home, store, told) as writer:
        with closing(results(writer.pieces(files), terms, gang)) as done:
            for piece, result in done:
                writer.take(piece, result)
        for path in dict.fromkeys(files):
            writer.check(path)
        return writer.taken, writer.harvest


def _gang(files: Sequence[Path], workers: int | None, dask: str | None) -> Gang:
    """Choose who reads."""
    if dask is not None:
        from monitor.scaling.dask_gang import DaskGang

        return DaskGang(dask)
    if workers is None:
        whole = sum(path.stat().st_size for path in files)
        workers = 1 if whole <= FEW * cutting.PIECE else os.cpu_count() or 1
    return Myself() if workers == 1 else Processes(workers)


class _Writer:
    """Archive, database, marks and counts of one run."""

    def __init__(self, home: Home, store: "Store", told: Callable[[Taken], None] | None) -> None:
        from crawler.archive import Archive

        self.store = store
        self.told = told
        self.taken = Taken()
        self.harvest = Harvest()
        self._archive: Archive = Archive(home.archive)
        self._marks: dict[Path, Mark] = {}
        self._names: dict[Path, str] = {}

    def __enter__(self) -> "_Writer":
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def pieces(self, files: Sequence[Path]) -> Iterator[Piece]:
        """Give what is not stored yet of all files, one after the other; a file named twice is read once."""
        for path in dict.fromkeys(files):
            self._names[path] = name_of(path)
            self._marks[path] = mark_of(path, self.store.progress_mark(self._names[path]))
            yield from pieces_of(path, self._marks[path], datetime.now(UTC), cutting.PIECE)

    def take(self, piece: Piece, result: Result) -> None:
        """Store what a piece held."""
        news = self._news(result.kept)
        self.taken.known += len(result.kept) - len(news)
        pages = self._archived(news)
        readings = list[Reading]()
        for kept in news:
            if isinstance(kept.reading, Broken):
                self.harvest.broken.append(kept.reading)
            else:
                readings.append(kept.reading)
        mark = advanced(self._marks[piece.path], piece, result.records, result.damaged)
        with self.store.transaction():
            self.taken.pages += sum(self.store.add_archived_page(page) for page in pages)
            new = self.store.save_readings(readings) if readings else 0
            self.store.set_progress_mark(self._names[piece.path], mark.written())
        self._marks[piece.path] = mark
        for reading in readings:
            self.harvest.add(reading, new=False)
        self.harvest.new += new
        self.taken.records += result.records
        for stretch in result.damaged:
            self.taken.complain(_trouble(piece.path, stretch))
        if self.told is not None:
            self.told(self.taken)

    def _news(self, found: Sequence[Kept]) -> list[Kept]:
        """Leave out articles that only look changed: other bytes, later than those known, and the same said.

        Those of this very piece count as known, so that it does not matter where pieces end.
        """
        news, last = list[Kept](), dict[str, Kept]()
        for kept in found:
            url, reading = kept.page.url, kept.reading
            before = last[url].page if url in last else self.store.page_of(url)
            if not isinstance(reading, Broken) and before is not None and before.digest != kept.page.digest:
                later = before.fetched_at <= kept.page.fetched_at
                if later and (
                    said_alike(last[url], kept) if url in last else self.store.says_the_same(reading.article)
                ):
                    continue
            news.append(kept)
            last[url] = kept
        return news

    def _archived(self, news: Sequence[Kept]) -> list[Page]:
        """Bring the pages that are news to the archive's disk; gives them with their places."""
        pages, last = list[Page](), dict[str, str]()
        for kept in news:
            page = kept.page
            if last.get(page.url) == page.digest or (page.url not in last and self.store.has_version(page)):
                self.taken.known += 1
                continue
            last[page.url] = page.digest
            self._open()
            pages.append(self._archive.append(page, flush=False, record=kept.record))
        if pages:
            self._archive.flush()
            if pages[-1].warc_offset > ROTATE:
                self._archive.close()
        return pages

    def _open(self) -> None:
        """Begin a file of the archive where none is open."""
        if not self._archive.current:
            now = datetime.now(UTC)
            self._archive.open_run(f"ingest-{now:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}", now)

    def check(self, path: Path) -> None:
        """Complain of a file that never gave a response and of which nothing else is wrong."""
        self.taken.stored += self._marks[path].records
        if not self._marks[path].records and not any(one.where == str(path) for one in self.taken.troubles):
            fault, cure = "holds no page", "hand in a WARC file with responses"
            self.taken.complain(Trouble(where=str(path), fault=fault, cure=cure, whole=True))


def said_alike(one: Kept, other: Kept) -> bool:
    """Say whether two captures of an address say the same: title, text and byline."""
    if isinstance(one.reading, Broken) or isinstance(other.reading, Broken):
        return False
    here, there = one.reading.article, other.reading.article
    return here.text == there.text and (not here.text or (here.title, here.published) == (there.title, there.published))


def _trouble(path: Path, stretch: Stretch) -> Trouble:
    """Say a damage: a file that ends too soon is unusable as it is, a record amid others is one of many."""
    torn = stretch.fault.startswith("unreadable") and stretch.end >= path.stat().st_size
    said = "is cut off or damaged" if torn else "has a record that cannot be read"
    fault = f"{said} at byte {stretch.start} ({stretch.fault})"
    return Trouble(where=str(path), fault=fault, cure="fetch or copy the file again", whole=torn)
