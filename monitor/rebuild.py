"""Building the database anew from archive, today's rules and people's words; and proving that it says the same."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from model.home import Home
from model.records import Page, Reading
from monitor.collect import Now
from monitor.reading import Broken, read_archived, read_article_again, rules_of
from store import Store, open_store


@dataclass(kw_only=True)
class Rebuilt:
    """What was made, and how it compares."""

    pages: int = 0
    readings: int = 0
    lost_verdicts: int = 0
    """Verdicts in force whose figure the new database does not have."""
    differs: list[str] = field(default_factory=list)
    """Tables whose contents differ from the old database's."""
    uncompared: list[str] = field(default_factory=list)
    """Tables that cannot be compared: points of the old database wait to be settled."""
    broken: list[Broken] = field(default_factory=list)


def rebuild(home: Home, old: Store, path: Path, *, now: Now, told: Callable[[int], None] | None = None) -> Rebuilt:
    """Make a database at `path` from the archive, and compare it with the old one; the old one is not touched."""
    from crawler.archive import Archive

    done = Rebuilt()
    with open_store(path) as new:
        for page, _ in Archive(home.archive).records():
            done.pages += new.add_archived_page(page)
        for reading in _readings(home, old, new, now, done):
            done.readings += new.save_reading(reading)
            if told is not None:
                told(done.readings)
        done.lost_verdicts = new.carry_over(old).lost
        new.settle()
        before, after = old.contents(), new.contents()
        done.uncompared = [] if old.all_settled() else ["points"]
    alike = {"all", *done.uncompared, *(table for table in before if before[table] == after.get(table))}
    done.differs = [table for table in before if table not in alike]
    return done


def _readings(home: Home, old: Store, new: Store, now: Now, done: Rebuilt) -> Iterator[Reading]:
    """Read every version that the old database had read, as of the instant at which it was first read."""
    rules = rules_of(home)
    wanted = [page for page in new.pages() if old.first_read(page.url, page.digest)]
    wanted.sort(key=lambda page: (page.fetched_at, page.source, page.url))
    for reading in read_archived(_distinct(wanted), home.archive, rules, now):
        if isinstance(reading, Broken):
            done.broken.append(reading)
            continue
        yield replace(reading, read_at=_first(old, reading.article.doc, reading.digest, now()))
    for hand in old.hand_documents():
        made = read_article_again(hand.article, hand.digest, rules, hand.read_at)
        yield replace(made, source=hand.source)


def _distinct(pages: list[Page]) -> Iterator[Page]:
    """Give each version once, at its first fetch."""
    seen: set[tuple[str, str]] = set()
    for page in pages:
        if (page.url, page.digest) not in seen:
            seen.add((page.url, page.digest))
            yield page


def _first(old: Store, doc: str, digest: str, otherwise: datetime) -> datetime:
    return old.first_read(doc, digest) or otherwise
