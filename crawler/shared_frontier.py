"""A round shared by several machines over Redis: who crawls which site, and what all of them have seen.

The unit that is shared is a site with its sources: one machine at a time works on it, so that no host is asked twice
as often because there are two machines. A machine that dies loses its lease, and another takes the site over.
Every machine writes its own WARC files; what is known of addresses lies in Redis, and one writer takes it from there
into the store (`crawler.shared_memory.drain`).
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from crawler.source import Source
from model.errors import InputError, MissingExtraError, StoreError

LEASE = 120
"""Seconds after which a machine that gave no sign of life loses its sites; it renews them every third of that."""

_CLAIM = """
local now = tonumber(redis.call('TIME')[1])
for _, site in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now)) do
    redis.call('ZREM', KEYS[2], site)
    redis.call('RPUSH', KEYS[1], site)
end
local taken = {}
for i = 1, tonumber(ARGV[1]) do
    local site = redis.call('LPOP', KEYS[1])
    if not site then break end
    redis.call('ZADD', KEYS[2], now + tonumber(ARGV[2]), site)
    redis.call('HSET', KEYS[3], site, ARGV[3])
    taken[i] = site
end
return taken
"""

_RENEW = """
local now = tonumber(redis.call('TIME')[1])
local kept = 0
for i = 3, #ARGV do
    if redis.call('HGET', KEYS[2], ARGV[i]) == ARGV[1] and redis.call('ZSCORE', KEYS[1], ARGV[i]) then
        redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[i])
        kept = kept + 1
    end
end
return kept
"""


def connect(url: str) -> Any:
    """Connect to Redis (`redis://host:port/0`), as scrapy-redis does; raises where it is not there.

    What is said of a fault names the place and never the password.
    """
    try:
        from redis.exceptions import AuthenticationError, RedisError
        from scrapy_redis.connection import get_redis
    except ImportError:
        raise MissingExtraError("crawling on several machines", "cluster") from None
    place = url.rpartition("@")[2]
    try:
        server = get_redis(url=url)
    except ValueError:  # its words may hold a part of the password
        cure = "write redis://:PASSWORD@host:port/0"
        raise InputError(f"--redis '{place}' is no address of a Redis", cure=cure) from None
    try:
        server.ping()
    except AuthenticationError as error:
        cure = "give the password that it was started with: redis://:PASSWORD@host:port/0"
        raise StoreError(f"Redis at {place} refuses the password ({error})", cure=cure) from None
    except RedisError as error:
        cure = "start it; docs/scale.md says how"
        raise StoreError(f"Redis does not answer at {place} ({error})", cure=cure) from None
    return server


class SharedFrontier:
    """The sites of one round that wait, are being worked on, or are done. All calls are atomic in Redis."""

    def __init__(self, server: Any, run: str, worker: str, *, lease: int = LEASE) -> None:
        self.server = server
        self.worker = worker
        self.lease = lease
        self.held: set[str] = set()
        self._todo, self._leases, self._holders = (f"ansinh:{run}:{name}" for name in ("todo", "leases", "holders"))
        self._done, self._asked, self._offered = (f"ansinh:{run}:{name}" for name in ("done", "asked", "offered"))
        self._claim = server.register_script(_CLAIM)
        self._renew = server.register_script(_RENEW)

    def offer(self, sources: Sequence[Source]) -> int:
        """Put sources up for crawling, each site once; gives how many sites were not there yet."""
        sites: dict[str, list[str]] = defaultdict(list)
        for source in sources:
            sites[min(source.sites, default=source.id)].append(source.id)
        fresh = 0
        for ids in sites.values():
            item = ",".join(sorted(ids))
            if self.server.sadd(self._offered, item):
                self.server.rpush(self._todo, item)
                fresh += 1
        return fresh

    def claim(self, count: int = 1) -> list[str]:
        """Take up to `count` sites, those of dead machines first returned; gives the ids of their sources."""
        taken = self._claim(keys=[self._todo, self._leases, self._holders], args=[count, self.lease, self.worker])
        sites = [site.decode() for site in taken]
        self.held |= set(sites)
        return [source for site in sites for source in site.split(",")]

    def renew(self) -> None:
        """Say that this machine lives; sites that it lost meanwhile are no longer held."""
        if self.held:
            self._renew(keys=[self._leases, self._holders], args=[self.worker, self.lease, *self.held])

    def finish(self, source: str, *, last: bool) -> None:
        """Mark a source as done; `last`: it is its site's last one, and the site is given back."""
        self.server.hset(self._done, source, self.worker)
        if last:
            for site in [site for site in self.held if source in site.split(",")]:
                self.held.discard(site)
                if self.server.hget(self._holders, site) == self.worker.encode():
                    self.server.zrem(self._leases, site)

    def is_done(self, source: str) -> bool:
        """Say whether some machine finished a source in this round."""
        return bool(self.server.hexists(self._done, source))

    def first_to_ask(self, url: str, source: str) -> bool:
        """Say whether a source may ask for an address: the first source that named it may, on whatever machine."""
        key = f"{self._asked}:{url}"
        return bool(self.server.set(key, source, nx=True, ex=86_400)) or self.server.get(key) == source.encode()

    @property
    def left(self) -> int:
        """Sites that wait or are being worked on."""
        return int(self.server.llen(self._todo) + self.server.zcard(self._leases))
