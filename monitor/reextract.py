"""Reading the archive and the handed-in texts again with today's rules: staged, compared, adopted only when asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from model.home import Home
from model.records import Page, Reading
from monitor.collect import Now
from monitor.reading import Broken, Rules, read_archived, rules_of

if TYPE_CHECKING:
    from store import Store


@dataclass(kw_only=True)
class Reread:
    """What a re-reading did."""

    rules: str
    """Fingerprint of the rules it was made under."""
    staged: int = 0
    unread: int = 0
    """Documents whose page is in no archive: handed-in texts."""
    broken: list[Broken] = field(default_factory=list)


def stage(
    home: Home,
    store: "Store",
    *,
    now: Now,
    source: str | None = None,
    since: date | None = None,
    told: Callable[[int], None] | None = None,
) -> Reread:
    """Read the standing version of every archived document again and keep the readings aside."""
    rules = rules_of(home)
    done = Reread(rules=rules.fingerprint)
    store.drop_staged()
    pages = list(_pages(store, source, since, done))
    done.staged = store.stage_readings(_readings(home, rules, pages, now, done, told))
    return done


def _pages(store: "Store", source: str | None, since: date | None, done: Reread) -> Iterator[Page]:
    """Give the pages of the standing versions."""
    for _doc, url, digest in store.standing_versions(source=source, since=since):
        page = store.page_of(url, digest) if url else None
        if page is not None and page.warc_file:
            yield page
        else:
            done.unread += 1


def _readings(
    home: Home, rules: Rules, pages: list[Page], now: Now, done: Reread, told: Callable[[int], None] | None
) -> Iterator[Reading]:
    """Read the pages; what breaks is told."""
    for count, reading in enumerate(read_archived(pages, home.archive, rules, now), 1):
        if told is not None:
            told(count)
        if isinstance(reading, Broken):
            done.broken.append(reading)
        else:
            yield replace(reading)
