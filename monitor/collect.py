"""The one trip: crawl what is due, read what is unread, store it, settle it.

It may be cut off anywhere and started again: pages are archived before they are remembered, each reading is one
transaction, and what was left over is found at the next start.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from model.fetches import SourceRun
from model.home import Home
from model.records import Page, Reading
from monitor.locks import one_crawl
from monitor.reading import Broken, Rules, article_of, read_archived, rules_of
from monitor.yields import judge_yields

if TYPE_CHECKING:
    from crawler.found import Found
    from crawler.rounds import Progress
    from crawler.run import RoundResult
    from crawler.settings import Limits
    from crawler.source import Source
    from store import Store

Now = Callable[[], datetime]


@dataclass(kw_only=True)
class Harvest:
    """What a reading step brought."""

    read: int = 0
    """Pages or documents read."""
    new: int = 0
    """Of these, readings that the store did not hold."""
    figures: int = 0
    held: int = 0
    """Figures that wait for a person."""
    unclaimed: int = 0
    broken: list[Broken] = field(default_factory=list)

    def add(self, reading: Reading, *, new: bool) -> None:
        """Count one reading."""
        self.read += 1
        self.new += new
        self.figures += len(reading.observations)
        self.held += sum(not figure.publish for figure in reading.observations)
        self.unclaimed += len(reading.unclaimed)

    def merge(self, other: "Harvest") -> None:
        """Add what another step brought."""
        for name in ("read", "new", "figures", "held", "unclaimed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.broken += other.broken


@dataclass(frozen=True, kw_only=True)
class Trip:
    """What one trip brought."""

    round: "RoundResult"
    harvest: Harvest

    @property
    def troubled(self) -> list[SourceRun]:
        """Rounds of sources whose verdict needs a person."""
        return [run for run in self.round.runs if run.verdict not in ("ok", "new")]


@dataclass(frozen=True, kw_only=True)
class Telling:
    """Who is told how far a trip is; all optional."""

    crawled: "Callable[[Progress], None] | None" = None
    """Called after every answer of a newspaper."""
    read: Callable[[Harvest], None] | None = None
    """Called after every page read."""


def collect(
    home: Home,
    store: "Store",
    sources: Sequence["Source"],
    *,
    now: Now,
    limits: "Limits | None" = None,
    telling: Telling | None = None,
) -> Trip:
    """Make one trip to the sources: crawl, read, store, settle. `now` may be a played clock.

    Raises StoreError or ArchiveError where the disk is full or damaged (all that was acknowledged before stays), and
    BusyError where another process makes a trip in this home.
    """
    from crawler.archive import Archive
    from crawler.run import Watching, run_round

    telling = telling or Telling()
    note_outlets(store, sources)
    archive = Archive(home.archive)
    watching = Watching(progress=telling.crawled, unchanged=unchanged_in(store))
    with one_crawl(home):
        result = run_round(sources, memory=store, archive=archive, now=now, limits=limits, watching=watching)
    harvest = read_unread(home, store, now=now, told=telling.read)
    store.settle()
    judged = {run.source: run for run in judge_yields(store, {one.id: one for one in sources}, now())}
    if judged:
        result = replace(result, runs=tuple(judged.get(run.source, run) for run in result.runs))
    return Trip(round=result, harvest=harvest)


def unchanged_in(store: "Store") -> "Callable[[str, bytes, Found], bool]":
    """Give what tells an edited article from one whose page alone changed (a clock, other news beside it).

    Nearly every page of a newspaper changes with every visit; without this each visit would be a version.
    """

    from extract import worth_reading

    def unchanged(url: str, body: bytes, found: "Found") -> bool:
        page = Page(
            url=url, fetched_url=url, source="", fetched_at=datetime.now(UTC), status=200, body=body,
            published=found.published, title=found.title,
        )  # fmt: skip
        article = article_of(page, any_page=True)
        if store.says_the_same(article):
            return True
        # insurance named only beside an article decides whether it was read, not what it says
        return not worth_reading(article.text.encode()) and store.says_the_same(replace(article, text=""))

    return unchanged


def repair(home: Home, store: "Store") -> int:
    """Close what a killed process left open in the archive and remember its pages; gives how many there were."""
    from crawler.archive import Archive
    from crawler.recorder import recover

    return recover(Archive(home.archive), store)


def read_unread(
    home: Home, store: "Store", *, now: Now, told: Callable[[Harvest], None] | None = None, workers: int | None = None
) -> Harvest:
    """Read every archived article that nobody has read, and store what it says."""
    rules = rules_of(home)
    return save_all(store, read_archived(_listed(store, rules), home.archive, rules, now, workers), told)


def _listed(store: "Store", rules: Rules) -> list[Page]:
    """Give the unread pages, listed before the first reading is written.

    Pages of one instant come by source and path, not by which answered first: the same pages read the same way.
    """
    pages = list(store.unread_pages())
    return sorted(pages, key=lambda page: (page.fetched_at, page.source, urlsplit(page.url).path, page.url))


def save_all(
    store: "Store", readings: Iterable[Reading | Broken], told: Callable[[Harvest], None] | None = None
) -> Harvest:
    """Store readings one by one, each in its own transaction, and count what they brought."""
    harvest = Harvest()
    for reading in readings:
        if isinstance(reading, Broken):
            harvest.broken.append(reading)
        else:
            harvest.add(reading, new=store.save_reading(reading))
        if told is not None:
            told(harvest)
    return harvest


def note_outlets(store: "Store", sources: Sequence["Source"]) -> None:
    """Tell the store how the sources are called, where they speak, and which of them are offices themselves."""
    store.note_outlets([(one.id, one.name, one.kind == "insurance-office", one.area) for one in sources])
