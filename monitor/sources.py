"""Which sources there are in a home, and which of them are due."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from model.home import Home

if TYPE_CHECKING:
    from crawler.source import Source
    from store import Store

LEAST = timedelta(minutes=20)
"""Least time between two rounds of a source that nobody asked for by name."""


def home_sources(home: Home) -> "dict[str, Source]":
    """Give the shipped sources and the home's own, by id; a wrong or twin declaration is a DeclarationError."""
    from crawler.registry import load_sources

    return load_sources(home.sources if home.sources.is_dir() else None)


def due(sources: "Mapping[str, Source]", store: "Store", names: Sequence[str], now: datetime) -> "list[Source]":
    """Give the sources named, due or not; without names those that may be asked and whose time has come."""
    from crawler.registry import choose

    if names:
        return choose(dict(sources), names)
    askable = (one for one in sources.values() if not one.blocked and not one.merged_into)
    return [one for one in askable if _is_due(one, store, now)]


def _is_due(source: "Source", store: "Store", now: datetime) -> bool:
    """Say whether a source's time has come: how often depends on how much its last rounds brought."""
    runs = store.source_runs(source.id, limit=8)
    if not runs:
        return True
    last = runs[0]
    if float(last.counts.get("not_before", 0)) > now.timestamp():
        return False
    rounds_without_news = next((place for place, run in enumerate(runs) if run.counts.get("new")), len(runs))
    wait = min(LEAST * 2.0**rounds_without_news, timedelta(hours=24))
    if last.verdict in ("dead", "failing", "blocked"):
        wait = max(wait, timedelta(hours=6))
    return now - last.started >= wait
