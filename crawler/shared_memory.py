"""The crawler's memory in Redis: what all machines of a shared round know, and what waits for the store's writer."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from model.fetches import ENDED, MOST_TRIES, Debt, Fetch, HostState, Memory, SourceRun
from model.records import Page

_REMEMBERED = {"new", "changed", "same", "not-modified", "list", "gone", "skipped"}
_TRIED_FIRST = 1e11
"""Taken from the score of what was tried before, so that it comes first."""


class RedisMemory:
    """`model.fetches.Memory` in Redis: what all machines know of addresses, and what waits for the store's writer."""

    LAST, FETCHES, RUNS = "ansinh:last", "ansinh:fetches", "ansinh:runs"
    OWED, HOSTS = "ansinh:owed", "ansinh:hosts"
    UNRECORDED = "ansinh:unrecorded"

    def __init__(self, server: Any) -> None:
        self.server = server

    def last_fetch(self, url: str) -> Fetch | None:
        """Give the last fetch of an address that brought something."""
        raw = self.server.hget(self.LAST, url)
        return fetch_from(json.loads(raw)) if raw else None

    def add_fetch(self, fetch: Fetch) -> None:
        """Record one fetch."""
        raw = json.dumps(asdict(fetch), default=_plain)
        with self.server.pipeline() as pipe:
            pipe.rpush(self.FETCHES, raw)
            if fetch.outcome in _REMEMBERED:
                pipe.hset(self.LAST, fetch.url, raw)
            if fetch.outcome == "new":
                pipe.hincrby(self.UNRECORDED, fetch.source, 1)
            if fetch.outcome in ENDED:
                pipe.hdel(self.OWED, fetch.url)
                pipe.zrem(f"{self.OWED}:{fetch.source}", fetch.url)
            pipe.execute()

    def add_page(self, page: Page, fetch: Fetch) -> None:
        """Remember an archived page; its text waits in this machine's WARC file until that is ingested."""
        self.add_fetch(fetch)

    def add_pages(self, pages: Sequence[tuple[Page, Fetch]]) -> None:
        """Remember several archived pages."""
        for page, fetch in pages:
            self.add_page(page, fetch)

    def source_runs(self, source: str, limit: int = 60) -> list[SourceRun]:
        """Give the last rounds of a source, newest first."""
        return [run_from(json.loads(raw)) for raw in self.server.lrange(f"{self.RUNS}:{source}", 0, limit - 1)]

    def unrecorded(self, source: str) -> int:
        """Say how many new articles of a source were kept since its last recorded round."""
        return int(self.server.hget(self.UNRECORDED, source) or 0)

    def add_source_run(self, run: SourceRun) -> None:
        """Record a round's result."""
        raw = json.dumps(asdict(run), default=_plain)
        with self.server.pipeline() as pipe:
            pipe.lpush(f"{self.RUNS}:{run.source}", raw)
            pipe.ltrim(f"{self.RUNS}:{run.source}", 0, 299)
            pipe.rpush(self.RUNS, raw)
            pipe.hdel(self.UNRECORDED, run.source)
            pipe.execute()

    def owe(self, debts: Sequence[Debt]) -> None:
        """Note addresses to be asked, each over what was owed of it."""
        with self.server.pipeline() as pipe:
            for one in debts:
                pipe.hset(self.OWED, one.url, json.dumps(asdict(one), default=_plain))
                if one.tries < MOST_TRIES:
                    score = one.due.timestamp() - (_TRIED_FIRST if one.tries else 0)
                    pipe.zadd(f"{self.OWED}:{one.source}", {one.url: score})
                else:
                    pipe.zrem(f"{self.OWED}:{one.source}", one.url)
            pipe.execute()

    def debt(self, url: str) -> Debt | None:
        """Give what is owed of an address, or None."""
        raw = self.server.hget(self.OWED, url)
        return debt_from(json.loads(raw)) if raw else None

    def debts(self, source: str, now: datetime, limit: int) -> list[Debt]:
        """Give what is due of a source: the tried first, then the oldest."""
        key, until = f"{self.OWED}:{source}", now.timestamp()
        urls = self.server.zrangebyscore(key, "-inf", until - _TRIED_FIRST, start=0, num=limit)
        urls += self.server.zrangebyscore(key, 0, until, start=0, num=limit)
        found = [self.debt(url.decode()) for url in urls[:limit]]
        return [one for one in found if one is not None]

    def settle_debts(self, urls: Sequence[str]) -> None:
        """Forget what was owed of these addresses."""
        for url in urls:
            known = self.debt(url)
            if known is not None:
                self.server.hdel(self.OWED, url)
                self.server.zrem(f"{self.OWED}:{known.source}", url)

    def sending(self, url: str, host: str, at: datetime) -> None:
        """Note, before a request goes out, that this host is asked, and for which address."""
        raw = self.server.hget(self.OWED, url)
        known = self.host(host) or HostState(host=host, sent=at)
        with self.server.pipeline() as pipe:
            if raw:
                pipe.hset(self.OWED, url, json.dumps(json.loads(raw) | {"sent": at.isoformat()}))
            pipe.hset(self.HOSTS, host, json.dumps(asdict(known) | {"sent": at.isoformat()}, default=_plain))
            pipe.execute()

    def host(self, host: str) -> HostState | None:
        """Give what is known of a host."""
        raw = self.server.hget(self.HOSTS, host)
        if not raw:
            return None
        row = json.loads(raw)
        return HostState(**row | {key: _moment(row[key]) for key in ("sent", "robots_at")})

    def note_host(self, state: HostState) -> None:
        """Note what a host asks for."""
        self.server.hset(self.HOSTS, state.host, json.dumps(asdict(state), default=_plain))


def drain(server: Any, memory: Memory) -> int:
    """Take fetches and rounds out of Redis into the store, oldest first; the one writer calls this. Gives how many.

    A row leaves Redis only once the store has it: cut off in between, the last row is written twice, never lost.
    """
    count = 0
    while raw := server.lindex(RedisMemory.FETCHES, 0):
        memory.add_fetch(fetch_from(json.loads(raw)))
        server.lpop(RedisMemory.FETCHES)
        count += 1
    while raw := server.lindex(RedisMemory.RUNS, 0):
        memory.add_source_run(run_from(json.loads(raw)))
        server.lpop(RedisMemory.RUNS)
        count += 1
    return count


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def fetch_from(row: dict[str, Any]) -> Fetch:
    """Make a fetch of its JSON row."""
    return Fetch(**row | {"at": datetime.fromisoformat(row["at"])})


def run_from(row: dict[str, Any]) -> SourceRun:
    """Make a source's round of its JSON row."""
    moments = {key: datetime.fromisoformat(row[key]) for key in ("started", "finished")}
    return SourceRun(**row | moments)


def debt_from(row: dict[str, Any]) -> Debt:
    """Make a debt of its JSON row; a publication day stays a day."""
    said = row["published"]
    published = date.fromisoformat(said) if said and len(said) == 10 else _moment(said)
    return Debt(**row | {"due": _moment(row["due"]), "sent": _moment(row["sent"]), "published": published})


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
