"""From a bare address to a source: its feeds, sitemaps and sections, found, tried and put into a declaration."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from crawler.asking import Answer, ask
from crawler.feeds import plain, read_feed
from crawler.found import Found, Listing
from crawler.judge import judge
from crawler.listpages import feed_links, looks_like_article, parse_page, read_list
from crawler.registry import load_families
from crawler.robots import rules_of
from crawler.run import run_on_loop, use_reactor
from crawler.settings import Limits
from crawler.sitemaps import read_sitemap
from crawler.urls import belongs, canonical
from model.fold import fold

COMMON_FEEDS = ("/rss", "/rss.xml", "/feed", "/rss/home.rss", "/atom.xml", "/feed.xml")
COMMON_SITEMAPS = ("/sitemap.xml", "/news-sitemap.xml", "/sitemap_index.xml")
TRIAL = Limits(timeout=8.0, interval=0.5, redirects=5)
_TOPICS = re.compile(
    r"bhxh|bhyt|bao-?hiem|an-?sinh|xa-?hoi|y-te|suc-khoe|lao-dong|chinh-sach|doi-song|home|moi-nhat|trang-chu"
)
_SECTION = re.compile(r"^/(?:[\w-]+/)?[a-z0-9-]{3,40}(?:\.html?|\.aspx)?/?$")
MAX_FEEDS = 4
MAX_SECTIONS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """One feed, sitemap or section that was tried."""

    kind: str
    """`feed`, `sitemap` or `section`."""
    url: str
    entries: tuple[Found, ...] = ()
    """Articles that it names."""
    fault: str = ""
    """Why it is of no use; `""` where it is."""

    @property
    def dated(self) -> int:
        """How many of its articles have a date."""
        return sum(one.published is not None for one in self.entries)


@dataclass(frozen=True, kw_only=True, slots=True)
class Discovery:
    """What a site turned out to have."""

    home: str
    """Where its home page answered, canonical."""
    name: str
    """As it calls itself; its host where it does not say."""
    ways: tuple[Way, ...] = ()
    """All that was tried."""
    family: str = ""
    """CMS family whose article addresses its articles have; `""`: none."""
    fault: str = ""
    """Why nothing can be had at all; `""` where something can."""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What a declaration would name: `feeds`, `sitemaps`, `sections`, relative to the home."""

    @property
    def entries(self) -> tuple[Found, ...]:
        """All articles found, each once."""
        return tuple({one.url: one for way in self.ways for one in way.entries}.values())


async def discover(url: str, *, now: Callable[[], datetime], limits: Limits = TRIAL) -> Discovery:
    """Look at a site and try what it offers, in about half a minute; nothing is kept or raised."""
    use_reactor()
    today = now().date()
    address = canonical(url if "://" in url else f"https://{url}")
    if not address:
        return Discovery(home=url, name=url, fault="no http or https address")
    robots, home = await ask([urljoin(address, "/robots.txt"), address], limits=limits, today=today, seconds=16)
    fault = home.fault or (f"HTTP {home.status}" if home.status >= 400 else "")
    if fault:
        return Discovery(home=address, name=urlsplit(address).netloc, fault=fault)
    site = _Site(home)
    given = rules_of(robots.status, robots.body) if not robots.fault else None
    wanted = site.candidates(given.sitemaps if given else [])
    answers = await ask(wanted, limits=limits, today=today, seconds=20)
    more = site.linked_feeds(answers)
    if more:
        answers += await ask(more, limits=limits, today=today, seconds=8)
    ways = [site.tried(answer) for answer in answers]
    return site.discovery([way for way in ways if way])


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

    def candidates(self, sitemaps: list[str]) -> list[str]:
        """Give what is worth asking: what the site names itself, else the common places."""
        named = feed_links(self.root, self.home) if self.root is not None else ()
        feeds = [link for link in named if belongs(link, self.sites)] or [urljoin(self.home, p) for p in COMMON_FEEDS]
        maps = [canonical(one, self.home) for one in sitemaps] or [urljoin(self.home, p) for p in COMMON_SITEMAPS]
        found = [("feed", one) for one in _ranked(feeds)[:8]]
        found += [("sitemap", one) for one in maps[:3] if belongs(one, self.sites)]
        found += [("section", one) for one in self._sections()]
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

    def linked_feeds(self, answers: list[Answer]) -> list[str]:
        """Give the feeds that a page of feeds names (`/rss` is often one), if no feed was found yet."""
        if any(self.asked_as.get(one.asked) == "feed" and read_feed(one.body, one.url).entries for one in answers):
            return []
        found: list[str] = []
        for one in answers:
            root = parse_page(one.body) if one.status == 200 and self.asked_as.get(one.asked) == "feed" else None
            found += feed_links(root, one.url) if root is not None else ()
        fresh = [one for one in dict.fromkeys(found) if belongs(one, self.sites) and one not in self.asked_as]
        chosen = _ranked(fresh)[:MAX_FEEDS]
        self.asked_as.update(dict.fromkeys(chosen, "feed"))
        return chosen

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
            return Way(kind=kind, url=answer.asked)
        if entries:
            return Way(kind=kind, url=answer.asked, entries=entries)
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

    def discovery(self, ways: list[Way]) -> Discovery:
        """Choose the ways worth declaring, and say what the site is."""
        home_way = Way(kind="section", url=self.home, entries=self.listing.entries)
        if self.listing.entries:
            ways = [home_way, *ways]
        chosen = self._choice(ways)
        fault = "" if any(chosen.values()) else self._nothing()
        found = Discovery(home=self.home, name=self._name(), ways=tuple(ways), chosen=chosen, fault=fault)
        return replace(found, family=_family_of([one.url for one in found.entries]))

    def _choice(self, ways: list[Way]) -> dict[str, tuple[str, ...]]:
        good = [way for way in ways if not way.fault]
        feeds = [way.url for way in good if way.kind == "feed"][:MAX_FEEDS]
        maps = [] if feeds else [way.url for way in good if way.kind == "sitemap"][:2]
        sections = [way.url for way in good if way.kind == "section" and way.url != self.home]
        if not feeds and not maps and not sections and self.listing.entries:
            sections = [self.home]
        return {
            "feeds": tuple(self._relative(url) for url in feeds),
            "sitemaps": tuple(self._relative(url) for url in maps),
            "sections": tuple(self._relative(url) for url in sections[:MAX_SECTIONS]),
        }

    def _relative(self, url: str) -> str:
        return url[len(self.home) - 1 :] if url.startswith(self.home) and self.home.endswith("/") else url

    def _nothing(self) -> str:
        judged = judge(200, self.answer.headers, self.answer.body, self.answer.url)
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


def source_id(name: str) -> str:
    """Make a source's id (its file's stem) from a name: `Báo Xứ Lạng` gives `bao-xu-lang`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:60] or "nguon"


def declaration(found: Discovery, *, name: str = "", area: str = "", today: datetime) -> dict[str, Any]:
    """Give the table of a source's declaration, for `crawler.registry.make_source` (with an `id`) and TOML."""
    host = urlsplit(found.home)
    table: dict[str, Any] = {"name": name or found.name}
    if area:
        table["area"] = area
    plain_home = found.home == f"https://{host.netloc}/"
    table |= {"domains": [host.netloc]} if plain_home else {"home": found.home}
    if found.family:
        table["family"] = found.family
    table |= {key: list(values) for key, values in found.chosen.items() if values}
    return table | {"address": "seen", "verified": f"{today:%Y-%m-%d}"}


def as_toml(table: dict[str, Any]) -> str:
    """Write a declaration's table as TOML, a key a line."""
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in table.items())
