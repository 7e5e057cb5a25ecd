"""From pages and documents to readings: article, figures, numbers nobody claimed. Where the rooms meet; no database.

Reading many pages is spread over processes; a page that breaks the reading is told and never stops the others.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path

from model.home import Home
from model.records import Article, Page, Reading
from monitor.documents import Document

MANY = 150
"""From this many pages on, more processes are worth their start."""
CHUNK = 16
"""Pages handed to a process at a time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """The rules of one home and their fingerprint: what a reading is made under."""

    own_rules: Path | None
    own_indicators: Path | None
    fingerprint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Handed:
    """A document that lies in no archive: its article as it was read, to be read again."""

    article: Article
    digest: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Broken:
    """A page or document that could not be read."""

    doc: str
    fault: str
    """Kind and words of what went wrong."""


def rules_of(home: Home) -> Rules:
    """Give the rules in force in a home; a wrong declaration of one's own is a DeclarationError."""
    from extract.figures.find import Declared, rules_fingerprint

    rules = home.rules if home.rules.is_dir() else None
    indicators = home.indicators if home.indicators.is_dir() else None
    fingerprint = rules_fingerprint(Declared(rules=rules, indicators=indicators))
    return Rules(own_rules=rules, own_indicators=indicators, fingerprint=fingerprint)


def read_document(document: Document, rules: Rules, read_at: datetime) -> Reading:
    """Read what a person handed in; its id is the document's own."""
    from extract import read_article
    from extract.text import contract_text

    if document.html is not None:
        page = read_article(document.html, document.url or "")
        article = replace(
            page,
            doc=document.doc,
            title=document.title or page.title,
            published=document.published or page.published,
            published_evidence="input" if document.published else page.published_evidence,
            area=document.area,
        )
    else:
        article = Article(
            doc=document.doc,
            url=document.url or "",
            title=contract_text(document.title) if document.title else None,
            text=contract_text(document.text or ""),
            published=document.published,
            published_evidence="input" if document.published else "",
            area=document.area,
        )
    return _reading(article, document.digest, rules, read_at)


def read_page(page: Page, rules: Rules, read_at: datetime) -> Reading:
    """Read an archived page."""
    digest = page.digest or "sha256:" + sha256(page.body).hexdigest()
    return replace(_reading(article_of(page), digest, rules, read_at), source=page.source)


def article_of(page: Page, *, any_page: bool = False) -> Article:
    """Give the article of a page; what its list said of date and title fills what the page itself leaves open.

    Of a page that does not name insurance nothing is read, and its text stays empty, but with `any_page`.
    """
    from extract import read_article, worth_reading

    wanted = any_page or worth_reading(page.body)
    article = read_article(page.body, page.url) if wanted else Article(doc=page.url, url=page.url)
    if article.published is None and page.published is not None:
        article = replace(article, published=page.published, published_evidence="list")
    return replace(article, doc=page.url, url=page.url, title=article.title or page.title, area=page.area)


def read_article_again(article: Article, digest: str, rules: Rules, read_at: datetime) -> Reading:
    """Find the figures of an article that was read before, under today's rules."""
    return _reading(article, digest, rules, read_at)


def _reading(article: Article, digest: str, rules: Rules, read_at: datetime) -> Reading:
    """Find the figures of an article."""
    from extract.figures.find import Declared, read_text
    from extract.headline import topic_of_address

    declared = Declared(rules=rules.own_rules, indicators=rules.own_indicators)
    observations, unclaimed = read_text(
        article.text,
        title=article.title or topic_of_address(article.url),
        published=article.published,
        area=article.area,
        declared=declared,
    )
    return Reading(
        article=article,
        digest=digest,
        rules=rules.fingerprint,
        read_at=read_at,
        observations=tuple(figure.of_document(article.doc) for figure in observations),
        unclaimed=tuple(unclaimed),
    )


def read_archived(
    pages: Iterable[Page | Handed], archive: Path, rules: Rules, now: Callable[[], datetime], workers: int | None = None
) -> Iterator[Reading | Broken]:
    """Read pages from the archive, in the order given; their bodies are fetched where they are read.

    Documents that lie in no archive (`Handed`) are read from their text.

    `workers` None: one process for few pages, one per processor for many. What breaks comes as `Broken`.
    """
    waiting = iter(pages)
    first = list(islice(waiting, MANY))
    count = workers or (1 if len(first) < MANY else os.cpu_count() or 1)
    whole = (page for part in (first, waiting) for page in part)
    if count == 1:
        for page in whole:
            yield read_one(page, archive, rules, now())
        return
    yield from _spread(whole, archive, rules, now, count)


def read_one(page: Page | Handed, archive: Path, rules: Rules, read_at: datetime) -> Reading | Broken:
    """Read one archived page, whatever happens."""
    from crawler.archive import Archive

    try:
        if isinstance(page, Handed):
            return replace(read_article_again(page.article, page.digest, rules, read_at), source=page.source)
        body = page.body or Archive(archive).read(page.warc_file, page.warc_offset).body
        return read_page(replace(page, body=body), rules, read_at)
    except Exception as error:  # noqa: BLE001 -- one broken page must never stop the trip
        return Broken(doc=name_of(page), fault=f"{type(error).__name__}: {error}")


def name_of(page: Page | Handed) -> str:
    """Give the id of the document that a page or a handed-in text is."""
    return page.article.doc if isinstance(page, Handed) else page.url


def read_chunk(
    pages: Sequence[Page | Handed], archive: Path, rules: Rules, read_at: datetime
) -> list[Reading | Broken]:
    """Read some pages; what a process of the pool is asked."""
    return [read_one(page, archive, rules, read_at) for page in pages]


def _spread(
    pages: Iterator[Page | Handed], archive: Path, rules: Rules, now: Callable[[], datetime], workers: int
) -> Iterator[Reading | Broken]:
    """Read in several processes, a bounded number of chunks under way at once, answers in order."""
    under_way: list[tuple[list[Page | Handed], Future[list[Reading | Broken]]]] = []
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        chunk = list(islice(pages, CHUNK))
        while chunk or under_way:
            while chunk and len(under_way) < 3 * workers:
                under_way.append((chunk, pool.submit(read_chunk, chunk, archive, rules, now())))
                chunk = list(islice(pages, CHUNK))
            mine, answer = under_way.pop(0)
            try:
                yield from answer.result()
            except BrokenProcessPool:
                rest = [*mine, *(page for part, _ in under_way for page in part), *chunk]
                yield from _careful(chain(rest, pages), archive, rules, now)
                return


def _careful(
    pages: Iterator[Page | Handed], archive: Path, rules: Rules, now: Callable[[], datetime]
) -> Iterator[Reading | Broken]:
    """Read page by page in a process that may die, after a page killed the pool."""
    page = next(pages, None)
    while page is not None:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            while page is not None:
                try:
                    yield pool.submit(read_one, page, archive, rules, now()).result()
                except BrokenProcessPool:
                    yield Broken(doc=name_of(page), fault="the page ended the process that read it")
                    page = next(pages, None)
                    break
                page = next(pages, None)
