"""Documents and web archives that people hand in, into the store."""

import uuid
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from model.errors import ArchiveError
from model.home import Home
from model.records import Page, Reading
from monitor.collect import Harvest, note_outlets, read_unread, repair, save_all
from monitor.documents import LONGEST, Trouble, read_documents
from monitor.reading import Broken, read_document, rules_of

if TYPE_CHECKING:
    from crawler.archive import Archive
    from crawler.source import Source
    from store import Store

BATCH = 64
"""Pages that share one sync to the disk."""

ARCHIVES = (".warc.gz",)


def is_archive(name: str) -> bool:
    """Say whether a file's name is a web archive's."""
    return name.lower().endswith(ARCHIVES)


def ingest_documents(home: Home, store: "Store", paths: Sequence[str]) -> tuple[Harvest, list[Trouble]]:
    """Read documents and store what they say, each in its own transaction; gives what was brought and what was not."""
    rules = rules_of(home)
    troubles: list[Trouble] = []

    def readings() -> Iterator[Reading | Broken]:
        for document in read_documents(paths):
            if isinstance(document, Trouble):
                troubles.append(document)
            else:
                yield read_document(document, rules, datetime.now(UTC))

    return save_all(store, readings()), troubles


@dataclass(kw_only=True)
class Taken:
    """What was taken from web archives."""

    records: int = 0
    """Responses looked at."""
    pages: int = 0
    """Articles that were new and are now in the home's archive."""
    known: int = 0
    troubles: list[Trouble] = field(default_factory=list)


def ingest_archives(
    home: Home,
    store: "Store",
    paths: Sequence[str],
    *,
    workers: int | None = None,
    told: Callable[[Taken], None] | None = None,
) -> tuple[Taken, Harvest]:
    """Take the articles of web archives into the home's own, then read them.

    Of foreign archives only pages that name insurance are taken. May be killed and started again: what was taken is
    known by address and digest.
    """
    from monitor.sources import home_sources

    taken = Taken()
    repair(home, store)
    sources = home_sources(home)
    note_outlets(store, list(sources.values()))
    by_site = {site: source for source in sources.values() for site in source.sites}
    for name in paths:
        _take(home, store, Path(name), by_site, taken, told)
    return taken, read_unread(home, store, now=lambda: datetime.now(UTC), workers=workers)


def _take(
    home: Home,
    store: "Store",
    path: Path,
    by_site: "Mapping[str, Source]",
    taken: Taken,
    told: Callable[[Taken], None] | None,
) -> None:
    """Take one file's articles."""
    from crawler.archive import Archive

    before = taken.records
    with Archive(home.archive) as own:
        own.open_run(f"ingest-{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}", datetime.now(UTC))
        waiting: list[tuple[Page, str]] = []
        for page, outcome in _records(path, taken):
            taken.records += 1
            wanted = _wanted(page, by_site)
            if wanted is not None and store.page_of(wanted.url, wanted.digest) is None:
                waiting.append((wanted, outcome or "new"))
            elif wanted is not None:
                taken.known += 1
            if len(waiting) >= BATCH:
                _keep(own, store, waiting, taken)
            if told is not None:
                told(taken)
        _keep(own, store, waiting, taken)
    if taken.records == before and not any(trouble.where == str(path) for trouble in taken.troubles):
        fault, cure = "holds no page", "hand in a WARC file with responses"
        taken.troubles.append(Trouble(where=str(path), fault=fault, cure=cure, whole=True))


def _records(path: Path, taken: Taken) -> Iterator[tuple[Page, str]]:
    """Give the whole records of a file; damaged ones are told once."""
    from crawler.archive import Archive

    archive = Archive(path.absolute().parent)
    try:
        yield from archive.records(path.name)
        damage = next(archive.verify(path.name), None)
    except ArchiveError as error:
        taken.troubles.append(Trouble(where=str(path), fault=error.fault, cure=error.cure, whole=True))
        return
    if damage is not None:
        fault = f"is cut off or damaged at byte {damage.warc_offset} ({damage.fault})"
        taken.troubles.append(Trouble(where=str(path), fault=fault, cure="fetch or copy the file again", whole=True))


def _wanted(page: Page, by_site: "Mapping[str, Source]") -> Page | None:
    """Give a page as it is kept, or None where it is none that is read."""
    from crawler.judge import judge
    from crawler.urls import canonical
    from crawler.warc import body_digest
    from extract import worth_reading

    if page.kind != "other":
        return page if page.kind == "article" else None
    body = _unpacked(page)
    url = canonical(page.url)
    if not url or page.status != 200 or not worth_reading(body):
        return None
    if judge(page.status, page.headers, body, page.url).kind != "article":
        return None
    source = by_site.get(urlsplit(url).netloc.removeprefix("www."))
    kept = replace(page, url=url, body=body, digest=body_digest(body), kind="article")
    return replace(kept, source=source.id, area=source.area) if source else kept


def _unpacked(page: Page) -> bytes:
    """Give a body without its content encoding, as much of it as is ever read."""
    if "gzip" not in page.headers.get("content-encoding", "") or not page.body.startswith(b"\x1f\x8b"):
        return page.body
    try:
        return zlib.decompressobj(31).decompress(page.body, LONGEST)
    except zlib.error:
        return page.body


def _keep(own: "Archive", store: "Store", waiting: list[tuple[Page, str]], taken: Taken) -> None:
    """Archive what waits, bring it to the disk, then remember it."""
    archived = [own.append(page, outcome, flush=False) for page, outcome in waiting]
    own.flush()
    taken.pages += sum(store.add_archived_page(page) for page in archived)
    waiting.clear()
