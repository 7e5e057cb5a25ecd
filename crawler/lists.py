"""The lists of a source while it is crawled: which are asked now, how an answer is read, what follows it. Pure.

A site's own search comes beside its feeds, sitemaps and sections: asked once a day, and where it fails the source is
none the worse for it, because many forbid it in robots.txt or answer by script. Only where nothing else is declared is
it a list like any other.
"""

from datetime import datetime, timedelta

from scrapy.http import Response

from crawler.answers import headers_of
from crawler.feeds import read_feed
from crawler.found import Listing
from crawler.judge import judge
from crawler.listpages import read_list
from crawler.rounds import list_addresses
from crawler.sitemaps import read_sitemap
from crawler.source import Source
from crawler.urls import canonical
from model.fetches import DebtKind, Memory

WORDS = ("bảo hiểm xã hội", "bảo hiểm y tế")
"""What a site's own search is asked for."""
SEARCH_AFTER = timedelta(hours=20)
"""Least time between two questions to a site's own search."""


def lists_now(source: Source, memory: Memory, now: datetime) -> list[tuple[DebtKind, str]]:
    """Give the lists that a round asks: pairs of kind and address; the search is left out where it was asked lately."""
    every = list_addresses(source, WORDS)
    if searches_beside(source):
        return [(kind, url) for kind, url in every if kind != "search" or _is_time(memory, url, now)]
    return every


def _is_time(memory: Memory, url: str, now: datetime) -> bool:
    last = memory.last_fetch(url)
    return last is None or now - last.at >= SEARCH_AFTER


def asked_search(pattern: str, words: str) -> str:
    """Give the address that asks a site's search for these words."""
    return canonical(pattern.replace("{words}", words.replace(" ", "+")))


def searches_beside(source: Source) -> bool:
    """Say whether the source has other lists than its site's search."""
    return bool(source.feeds or source.sitemaps or source.sections)


def read_answer(source: Source, sites: frozenset[str], response: Response) -> Listing:
    """Read an answer as the kind of list that it was asked for; `form` is `none` where it is none."""
    kind = response.meta["kind"]
    if kind == "feed":
        return read_feed(response.body, response.url)
    if kind == "sitemap":
        return read_sitemap(response.body, response.url)
    judged = judge(200, headers_of(response), response.body, response.url, asked=response.meta["asked"])
    if judged.kind in {"challenge", "login", "soft-404", "truncated"} or judged.reason == "binary":
        return Listing(form="none", faults=(judged.reason or judged.kind,))
    via = "search" if kind == "search" else "list"
    listing = read_list(response.body, response.url, sites=sites, article=source.article or "", via=via)
    if not listing.entries and (judged.kind == "shell" or (kind == "search" and searches_beside(source))):
        return Listing(form="none", faults=(judged.reason or "no article in its answer",))
    return listing


def next_address(source: Source, asked: str, page: int) -> str:
    """Give the address of a section's next page by the source's own form of paging; `""` where it has none."""
    for pattern in source.resolved(source.sections or ()):
        if "{n}" in pattern and canonical(pattern.replace("{n}", str(page))) == asked:
            return canonical(pattern.replace("{n}", str(page + 1)))
        if source.paging and canonical(pattern) == asked and page == 1:
            return canonical(pattern + source.paging.replace("{n}", "2"))
        if source.paging and canonical(pattern + source.paging.replace("{n}", str(page))) == asked:
            return canonical(pattern + source.paging.replace("{n}", str(page + 1)))
    return ""
