"""Which sources there are in a home, which are due, what a trial of one yields, and adding one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from model.errors import InputError
from model.home import Home
from monitor.notes import evidence, remedy

if TYPE_CHECKING:
    from crawler.check import Checked
    from crawler.source import Source
    from store import Store


def home_sources(home: Home) -> "dict[str, Source]":
    """Give the shipped sources and the home's own, by id; a wrong or twin declaration is a DeclarationError."""
    from crawler.registry import load_sources

    return load_sources(home.sources if home.sources.is_dir() else None)


def due(sources: "Mapping[str, Source]", store: "Store", names: Sequence[str], now: datetime) -> "list[Source]":
    """Give the sources named, due or not; without names those that may be asked and whose time has come."""
    from crawler.schedule import is_due

    if names:
        return named(sources, names)
    return [one for one in sources.values() if is_due(one, store.source_runs(one.id), now)]


def named(sources: "Mapping[str, Source]", names: Sequence[str]) -> "list[Source]":
    """Give the sources that may be asked by id, name or host; see `choose_living`."""
    from crawler.registry import choose_living

    return choose_living(dict(sources), names)


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a source yields when it is tried: nothing of it is kept."""

    checked: "Checked"
    read: int
    """Articles fetched and read."""
    figures: int
    """Figures in them."""

    @property
    def needs_a_person(self) -> bool:
        """True where the verdict is not a good one, but for a source that is declared blocked and still is."""
        verdict = self.checked.run.verdict
        return verdict not in ("ok", "new") and not (verdict == "blocked" and self.checked.source.blocked)

    def row(self) -> dict[str, Any]:
        """Give the trial as one row."""
        run = self.checked.run
        refused = [f"{one.url}: {one.reason or one.outcome}" for one in self.checked.refused]
        return {
            "source": run.source,
            "found": run.counts.get("found", 0),
            "dated": run.counts.get("dated", 0),
            "read": self.read,
            "figures": self.figures,
            "refused": refused,
            "verdict": run.verdict,
            "evidence": evidence(run.evidence),
            "cure": remedy(run.verdict, run.evidence),
        }


def try_sources(home: Home, sources: "Sequence[Source]", *, seconds: float | None = None) -> list[Trial]:
    """Fetch a little of each source and read it; nothing is archived or stored.

    `seconds`: how long it may ask, where that is less than usual.
    """
    from crawler.check import TRIAL, check
    from monitor.config import load_config
    from monitor.reading import read_page, rules_of

    rules = rules_of(home)
    limits = replace(TRIAL, contact=load_config(home).crawl.contact)
    if seconds is not None:
        limits = replace(limits, timeout=min(limits.timeout, seconds / 2), round_seconds=seconds)
    trials = []
    for checked in check(sources, now=lambda: datetime.now(UTC), limits=limits):
        readings = [read_page(page, rules, datetime.now(UTC)) for page in checked.pages]
        figures = sum(len(reading.observations) for reading in readings)
        trials.append(Trial(checked=checked, read=len(readings), figures=figures))
    return trials


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A source that was discovered, not saved yet."""

    source: "Source"
    toml: str
    ways: list[dict[str, Any]]
    """What was tried: kind, address, articles, dates, fault."""


def propose(home: Home, url: str, *, name: str = "", area: str = "") -> Proposal:
    """Look at a site and propose a declaration; InputError where nothing can be had or the source is known."""
    from crawler.discover import TRIAL, as_toml, declaration, discover_now, source_id
    from crawler.registry import make_source
    from monitor.config import load_config

    if area:
        from model.areas import load_areas

        load_areas().resolve(area)
    _refuse_known_home(home, url)
    now = datetime.now(UTC)
    limits = replace(TRIAL, contact=load_config(home).crawl.contact)
    found = discover_now(url, now=lambda: now, limits=limits)
    if found.fault:
        whole = "://" in url or "no http" in found.fault
        bare = "" if whole else f"; where it has no https, write http://{url}"
        raise InputError(f"{url} cannot be used ({found.fault})", cure=_way_out(found.fault) + bare)
    if not found.entries:
        tried = "; ".join(f"{way.url}: {way.fault or 'no articles'}" for way in found.ways[:3]) or "nothing to try"
        cure = "name a section or feed of the site instead, or write its declaration by hand (CONTRIBUTING.md)"
        raise InputError(f"no articles were found at {found.home} ({tried})", cure=cure)
    table = declaration(found, name=name, area=area, today=now)
    source = make_source({"id": source_id(str(table["name"])), **table}, where=url)
    _refuse_known(home, source)
    ways = [
        {"kind": way.kind, "url": way.url, "articles": len(way.entries), "dated": way.dated, "fault": way.fault}
        for way in found.ways
    ]
    return Proposal(source=source, toml=as_toml(table), ways=ways)


_WAYS_OUT = (
    ("robots.txt", "refused", "leave it alone, or ask its editors for leave"),
    ("not public", "", "list its host:port in ANSINH_ALLOW_PRIVATE if it is a server of your own"),
    ("does not resolve", "", "check how it is spelled, and your network"),
    ("no http", "", "write it like https://example.vn/"),
    ("shell", "", "its pages appear by JavaScript only: give the address of a feed or sitemap of it instead"),
    ("challenge", "", "do not work around it: ask its editors"),
    ("login", "", "do not work around it: ask its editors"),
    ("no time was left", "", "it wants long pauses: declare it by hand (CONTRIBUTING.md), 'ansinh crawl' keeps them"),
    ("in time", "", "try again later"),
    ("HTTP 5", "", "try again later"),
    ("connection", "", "try again later"),
    ("HTTP 4", "", "check the address in a browser; where only we are refused, ask its editors"),
    ("no article", "", "give the address of a section or feed of it instead"),
    ("no web page", "", "give the address of its home page, a section or a feed"),
)
"""Signs in why a site cannot be used, and what to do then."""


def _way_out(fault: str) -> str:
    return next((cure for one, two, cure in _WAYS_OUT if one in fault and two in fault), "try it in a browser")


def _refuse_known_home(home: Home, url: str) -> None:
    """Refuse the very home of a source before anything is asked."""
    from crawler.urls import canonical

    address = canonical(url if "://" in url else f"https://{url}")
    for known in home_sources(home).values():
        if address and known.home_url == address and not known.merged_into:
            raise _known(known)


def _known(known: "Source") -> InputError:
    cure = f"use 'ansinh sources check {known.id}'"
    return InputError(f"{known.home_url} is known as source '{known.id}'", cure=cure)


def _refuse_known(home: Home, source: "Source") -> None:
    """Refuse a source that is there already under its id, name or home."""
    for known in home_sources(home).values():
        if known.home_url == source.home_url and not known.merged_into:
            raise _known(known)
        if known.id == source.id or known.name.casefold() == source.name.casefold():
            fault = f"'{source.name}' is the name of source '{known.id}' ({known.home_url})"
            raise InputError(fault, cure="give another --name")


def save(home: Home, proposal: Proposal) -> str:
    """Save a proposed source in the home; gives the file's path."""
    from monitor.printing import write_whole

    path = home.sources / f"{proposal.source.id}.toml"
    write_whole(path, proposal.toml.encode())
    return str(path)
