"""A limit on guesses of passwords that keeps nobody out whom no guesser sits beside.

Wrong passwords are counted for a name from one address; more are borne from an address over all names, and against a
name from all addresses. So a stranger who guesses at the duty officer's password shuts himself out, not the officer.
"""

import time
from collections import defaultdict, deque
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from threading import Lock

WINDOW = 300.0
"""Seconds for which a wrong password counts."""
OF_BOTH, OF_ADDRESS, OF_NAME = 5, 20, 60
"""Wrong passwords borne in that time: for one name from one address, from an address, against a name."""
SWEPT = 1000
"""Counters from which those that have run out are dropped."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One try, while its password is looked at."""

    at: float
    counters: tuple[Hashable, ...]


class Guesses:
    """The tries of the last minutes."""

    def __init__(self) -> None:
        self._wrong: dict[Hashable, deque[float]] = defaultdict(deque)
        self._lock = Lock()

    def begin(self, name: str, address: str) -> Tried | None:
        """Count a try before the password is looked at; None where there were too many.

        Counted only afterwards, as many as ask in the same moment would all be let through.
        """
        now, network = time.monotonic(), _network(address)
        limits = {("both", name, network): OF_BOTH, ("from", network): OF_ADDRESS, ("name", name): OF_NAME}
        with self._lock:
            if len(self._wrong) > SWEPT:
                for one in list(self._wrong):
                    self._count(one, now)
            if any(self._count(one, now) >= most for one, most in limits.items()):
                return None
            for one in limits:
                self._wrong[one].append(now)
        return Tried(now, tuple(limits))

    def take_back(self, tried: Tried) -> None:
        """The password was right: its try counts against nobody."""
        with self._lock:
            for one in tried.counters:
                with suppress(ValueError):
                    self._wrong[one].remove(tried.at)

    def _count(self, one: Hashable, now: float) -> int:
        """Count what still counts, and drop the rest."""
        tries = self._wrong[one]
        while tries and tries[0] < now - WINDOW:
            tries.popleft()
        if not tries:
            del self._wrong[one]
        return len(tries)


def _network(address: str) -> str:
    """Give what one guesser has for an address: of IPv6 the whole /64, any part of which is his to choose."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))
