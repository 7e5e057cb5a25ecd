"""Reading the archive and the handed-in texts again with today's rules: staged, compared, adopted only when asked.

Everything streams: documents are listed, read and staged some hundreds at a time, however many there are.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from model.errors import UnknownNameError
from model.home import Home
from model.records import Page, Reading
from monitor.collect import Now
from monitor.reading import Broken, Handed, read_archived, rules_of
from monitor.sources import home_sources

if TYPE_CHECKING:
    from store import Store


@dataclass(kw_only=True)
class Reread:
    """What a re-reading did."""

    rules: str
    """Fingerprint of the rules it was made under."""
    staged: int = 0
    handed: int = 0
    """Of these, texts that lie in no archive: they were handed in, and are read again from the store."""
    broken: list[Broken] = field(default_factory=list)


def stage(
    home: Home,
    store: "Store",
    *,
    now: Now,
    source: str | None = None,
    since: date | None = None,
    told: Callable[[int], None] | None = None,
    workers: int | None = None,
) -> Reread:
    """Read the standing version of every document again and keep the readings aside.

    Raises UnknownNameError for a source of which nothing was ever read.
    """
    if source is not None and not store.knows_source(source):
        raise UnknownNameError("source", source, list(home_sources(home)))
    rules = rules_of(home)
    done = Reread(rules=rules.fingerprint)
    store.drop_staged()
    documents = _documents(store, source, since, done)
    done.staged = store.stage_readings(_good(read_archived(documents, home.archive, rules, now, workers), done, told))
    return done


def _documents(store: "Store", source: str | None, since: date | None, done: Reread) -> Iterator[Page | Handed]:
    """Give the standing versions: the archived page, or the text that was handed in."""
    for doc, url, digest in store.standing_versions(source=source, since=since):
        page = store.page_of(url, digest) if url else None
        if page is not None and page.warc_file:
            yield page
            continue
        hand = store.handed(doc, digest)
        done.handed += 1
        yield Handed(article=hand.article, digest=hand.digest, source=hand.source)


def _good(readings: Iterator[Reading | Broken], done: Reread, told: Callable[[int], None] | None) -> Iterator[Reading]:
    """Give what could be read; what broke is noted."""
    for count, reading in enumerate(readings, 1):
        if told is not None:
            told(count)
        if isinstance(reading, Broken):
            done.broken.append(reading)
        else:
            yield reading
