"""From a bare address to a source: its feeds, sitemaps and sections, found, tried and put into a declaration."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from time import monotonic
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawler.asking import Answer, ask
from crawler.declaring import as_toml, declaration, source_id
from crawler.feeds import plain, read_feed
from crawler.found import Discovery, Listing, Way
from crawler.judge import judge
from crawler.listpages import feed_links, looks_like_article, parse_page, read_list, search_form
from crawler.lists import WORDS, asked_search
from crawler.registry import load_families
from crawler.robots import rules_of
from crawler.run import run_on_loop, use_reactor
from crawler.settings import Limits
from crawler.sitemaps import read_sitemap
from crawler.urls import belongs, canonical
from model.fold import fold

COMMON_FEEDS = ("/rss", "/rss.xml", "/feed", "/rss/home.rss", "/atom.xml", "/feed.xml")
COMMON_SITEMAPS = ("/sitemap.xml", "/news-sitemap.xml", "/sitemap_index.xml")
TRIAL = Limits(timeout=6.0, interval=0.5, max_interval=1.0, redirects=5)
SECONDS = 40.0
"""How long a site is looked at, at the most: a crawl-delay of ten seconds leaves room for its home and a feed."""
_TOPICS = re.compile(
    r"bhxh|bhyt|bao-?hiem|an-?sinh|xa-?hoi|y-te|suc-khoe|lao-dong|chinh-sach|doi-song|home|moi-nhat|trang-chu"
)
_NAMED = re.compile(r"bao[ -]?hiem|bhxh|bhyt")
_SECTION = re.compile(r"^/(?:[\w-]+/)?[a-z0-9-]{3,40}(?:\.html?|\.aspx)?/?$")
MAX_FEEDS = 4
MAX_SECTIONS = 4
MAX_WAYS = 4
"""Feeds, sections and sitemaps that are declared, each."""
VAST = 1000
"""A sitemap with more addresses than this holds the whole past: taken only where nothing else names articles."""
__all__ = ["Discovery", "Way", "as_toml", "declaration", "discover", "discover_now", "source_id"]


async def discover(url: str, *, now: Callable[[], datetime], limits: Limits = TRIAL) -> Discovery:
    """Look at a site and try what it offers, in SECONDS at the most; nothing is kept or raised."""
    use_reactor()
    ends = monotonic() + SECONDS
    today = now().date()
    address = canonical(url if "://" in url else f"https://{url}")
    if not address:
        return Discovery(home=url, name=url, fault="no http or https address")
    robots, home = await ask([urljoin(address, "/robots.txt"), address], limits=limits, today=today, seconds=22)
    if home.fault or (home.status >= 400 and home.status not in {404, 410}):
        return Discovery(home=address, name=urlsplit(address).netloc, fault=home.fault or f"HTTP {home.status}")
    if not home.body or _is_list(home):  # a feed's or sitemap's own address was given
        (front,) = await ask([urljoin(home.url, "/")], limits=limits, today=today, seconds=8)
        site = _Site(front if front.url else replace(home, body=b"", url=urljoin(home.url, "/")))
        site.given(home)
    else:
        site = _Site(home)
    given = rules_of(robots.status, robots.body) if not robots.fault else None
    wanted = site.candidates(given.sitemaps if given else [])
    answers = await ask(wanted, limits=limits, today=today, seconds=min(18, ends - monotonic()))
    more = site.leads(answers)
    if more and ends - monotonic() > 2:
        answers += await ask(more, limits=limits, today=today, seconds=min(8, ends - monotonic()))
    return site.discovery(answers)


def _is_list(answer: Answer) -> bool:
    """Say whether an answer is itself a feed or a sitemap."""
    return bool(read_feed(answer.body, answer.url).entries) or read_sitemap(answer.body, answer.url).form != "none"


def discover_now(url: str, *, now: Callable[[], datetime], limits: Limits = TRIAL) -> Discovery:
    """Look at a site and come back; see `discover`."""
    return run_on_loop(discover(url, now=now, limits=limits))


class _Site:
    """A home page that answered, and what can be read from it."""

    def __init__(self, home: Answer) -> None:
        self.home = canonical(home.url)
        self.answer = home
        self.root: Any = parse_page(home.body)
        self.sites = frozenset({urlsplit(self.home).netloc.removeprefix("www.")})
        self.listing = read_list(home.body, home.url, sites=self.sites, via="home")
        self.asked_as: dict[str, str] = {}
        self.search = ""
        """Address of the site's own search, `{words}` for the words."""
        self.index_of: dict[str, str] = {}
        """Sitemaps that stand for the index they were found in."""

    def given(self, answer: Answer) -> None:
        """Take the address that was given as a feed or sitemap; it is asked again with the others."""
        self.asked_as[answer.asked] = "feed" if read_feed(answer.body, answer.url).entries else "sitemap"

    def candidates(self, sitemaps: list[str]) -> list[str]:
        """Give what is worth asking: what the site names itself, else the common places."""
        named = feed_links(self.root, self.home) if self.root is not None else ()
        feeds = [link for link in named if belongs(link, self.sites)] or [urljoin(self.home, p) for p in COMMON_FEEDS]
        maps = [canonical(one, self.home) for one in sitemaps] or [urljoin(self.home, p) for p in COMMON_SITEMAPS]
        found = [("feed", one) for one in _ranked(feeds)[:8]]
        found += [("sitemap", one) for one in maps[:3] if belongs(one, self.sites)]
        found += [("section", one) for one in self._sections()]
        self.search = search_form(self.root, self.home) if self.root is not None else ""
        if belongs(self.search, self.sites):
            found.append(("search", asked_search(self.search, WORDS[0])))
        for kind, one in found:
            self.asked_as.setdefault(canonical(one), kind)
        return list(self.asked_as)

    def _sections(self) -> list[str]:
        if self.root is None:
            return []
        found = []
        for anchor in self.root.iter("a"):
            address = canonical(anchor.get("href") or "", self.home)
            path = urlsplit(address).path
            if not address or urlsplit(address).query or not belongs(address, self.sites) or not _SECTION.match(path):
                continue
            words = fold(" ".join("".join(anchor.itertext()).split())).replace(" ", "-")
            if len(words) <= 40 and (_TOPICS.search(path) or _TOPICS.search(words)) and not looks_like_article(address):
                found.append(address)
        return _ranked(list(dict.fromkeys(found)))[:MAX_SECTIONS]

    def leads(self, answers: list[Answer]) -> list[str]:
        """Give what the answers lead to: feeds that a page of feeds names (`/rss` may be one), an index's file."""
        found: list[str] = []
        feeds = [one for one in answers if self.asked_as.get(one.asked) == "feed" and one.status == 200]
        if not any(read_feed(one.body, one.url).entries for one in feeds):
            for one in feeds:
                root = parse_page(one.body)
                found += feed_links(root, one.url) if root is not None else ()
        fresh = [one for one in dict.fromkeys(found) if belongs(one, self.sites) and one not in self.asked_as]
        chosen = _ranked(fresh)[:MAX_FEEDS]
        self.asked_as.update(dict.fromkeys(chosen, "feed"))
        for one in answers:
            if self.asked_as.get(one.asked) == "sitemap" and one.status == 200:
                children = read_sitemap(one.body, one.url).children[:1]
                self.index_of.update({child: one.asked for child in children if belongs(child, self.sites)})
        self.asked_as.update(dict.fromkeys(self.index_of, "sitemap"))
        return [*chosen, *self.index_of]

    def tried(self, answer: Answer) -> Way | None:
        """Read an answer as what it was asked for; None for a common place that is empty, as most are."""
        kind = self.asked_as[answer.asked]
        path = urlsplit(answer.asked).path
        if answer.status in {404, 410} and path in (*COMMON_FEEDS, *COMMON_SITEMAPS):
            return None
        fault = answer.fault or (f"HTTP {answer.status}" if answer.status >= 400 else "")
        if fault:
            return Way(kind=kind, url=answer.asked, fault=fault)
        listing = self._read(kind, answer)
        entries = tuple(one for one in listing.entries if belongs(one.url, self.sites))
        if listing.form == "index" and listing.children:
            return None  # its newest file stands for it
        if kind == "search" and not any(_NAMED.search(fold(f"{one.title} {one.url}")) for one in entries):
            entries = ()  # the newest news whatever is asked, or a page that waits for its script
        if entries:
            return Way(kind=kind, url=self.index_of.get(answer.asked, answer.asked), entries=entries)
        judged = judge(answer.status, answer.headers, answer.body, answer.url, asked=answer.asked)
        if judged.kind in {"challenge", "login", "shell", "soft-404"}:
            return Way(kind=kind, url=answer.asked, fault=f"{judged.kind}: {judged.reason}")
        if path in (*COMMON_FEEDS, *COMMON_SITEMAPS):
            return None
        return Way(kind=kind, url=answer.asked, fault=", ".join(listing.faults) or "no article of this site")

    def _read(self, kind: str, answer: Answer) -> Listing:
        if kind == "feed":
            return read_feed(answer.body, answer.url)
        if kind == "sitemap":
            return read_sitemap(answer.body, answer.url)
        return read_list(answer.body, answer.url, sites=self.sites)

    def discovery(self, answers: list[Answer]) -> Discovery:
        """Choose the ways worth declaring, and say what the site is."""
        ways = [way for way in map(self.tried, answers) if way]
        if self.listing.entries:
            ways = [Way(kind="section", url=self.home, entries=self.listing.entries), *ways]
        chosen = self._choice(ways)
        fault = "" if any(chosen.values()) else self._nothing()
        found = Discovery(home=self.home, name=self._name(), ways=tuple(ways), chosen=chosen, fault=fault)
        return replace(found, family=_family_of([one.url for one in found.entries]))

    def _choice(self, ways: list[Way]) -> dict[str, tuple[str, ...]]:
        """Take feeds first; then whatever names articles that those chosen before do not."""
        chosen: dict[str, list[str]] = {"feeds": [], "sections": [], "sitemaps": []}
        found = self._relative(self.search) if any(way.kind == "search" and way.entries for way in ways) else ""
        covered: set[str] = set()
        ranks = {"feed": 0, "section": 1, "sitemap": 3, "search": 4}
        ordered = sorted(ways, key=lambda way: 2 if way.url == self.home else ranks[way.kind])
        for way in (way for way in ordered if way.kind != "search"):
            named = {one.url for one in way.entries}
            vast = way.kind == "sitemap" and len(named) > VAST and covered
            group = chosen[way.kind + "s"]
            topical = way.kind == "section" and way.url != self.home
            if way.fault or vast or len(group) >= MAX_WAYS or not (topical or named - covered):
                continue
            covered |= named
            group.append(self._relative(way.url))
        taken = {key: tuple(dict.fromkeys(group)) for key, group in chosen.items()}
        return taken | ({"search": (found,)} if found else {})

    def _relative(self, url: str) -> str:
        return url[len(self.home) - 1 :] if url.startswith(self.home) and self.home.endswith("/") else url

    def _nothing(self) -> str:
        judged = judge(200, self.answer.headers, self.answer.body, self.answer.url)
        if judged.reason in {"binary", "empty"} or judged.reason.startswith("content type"):
            return f"no web page: {judged.reason}"
        return (
            f"{judged.kind}: {judged.reason}" if judged.kind not in {"article", "list", "other"} else "no article found"
        )

    def _name(self) -> str:
        if self.root is not None:
            for node in self.root.iter("meta"):
                if (node.get("property") or "").lower() == "og:site_name" and node.get("content"):
                    return plain(node.get("content"))[:80]
            title = next((plain("".join(node.itertext())) for node in self.root.iter("title")), "")
            if title:
                return re.split(r"\s+[|–—-]\s+", title)[0][:80]
        return urlsplit(self.home).netloc


def _ranked(urls: list[str]) -> list[str]:
    """Put addresses that speak of insurance, society or health first, shorter ones before longer."""
    return sorted(urls, key=lambda url: (not _TOPICS.search(fold(url)), len(url)))


def _family_of(urls: list[str]) -> str:
    """Give the CMS family whose form nearly all the articles have."""
    counts = {
        name: sum(bool(re.search(family.article, urlsplit(url).path + "?" + urlsplit(url).query)) for url in urls)
        for name, family in load_families().items()
        if family.article
    }
    best = max(counts, key=lambda name: counts[name], default="")
    return best if len(urls) >= 5 and counts[best] >= 0.95 * len(urls) else ""
