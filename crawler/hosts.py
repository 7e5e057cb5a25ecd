"""What a round remembers of hosts: when each was asked last, and the long pauses that some ask for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from model.errors import AnsinhError
from model.fetches import HostState, Memory

ROBOTS_KEPT = timedelta(days=1)
"""How long the robots.txt of a host that asks for long pauses holds without being asked again (RFC 9309)."""


class Hosts:
    """A round's view of the hosts in its memory. A memory that cannot be written ends the round: `broken` says how."""

    def __init__(self, memory: Memory, now: Callable[[], datetime], broken: Callable[[AnsinhError], None]) -> None:
        self._memory = memory
        self._now = now
        self._broken = broken

    def asked_ago(self, host: str) -> float | None:
        """Give how many seconds ago a host (`host:port`) was asked, by whichever round; None: never."""
        known = self._memory.host(host)
        return max((self._now() - known.sent).total_seconds(), 0.0) if known else None

    def pause(self, host: str) -> float:
        """Give the long crawl-delay that a host asked for; 0: none is known."""
        known = self._memory.host(host)
        return known.pause if known else 0.0

    def sending(self, host: str, url: str) -> None:
        """Note that a request goes out now."""
        try:
            self._memory.sending(url, host, self._now())
        except AnsinhError as error:
            self._broken(error)

    def robots(self, host: str) -> str | None:
        """Give a slow host's robots.txt as it was fetched less than a day ago; None: ask it.

        Where the pause itself is half a day or more, it holds for three of them, or nothing else were ever asked.
        """
        known = self._memory.host(host)
        if known is None or known.robots is None or known.robots_at is None:
            return None
        holds = max(ROBOTS_KEPT, timedelta(seconds=3 * known.pause))
        return known.robots if self._now() - known.robots_at <= holds else None

    def note_robots(self, host: str, pause: float, text: str | None) -> None:
        """Note a host's crawl-delay and robots.txt where the delay is a long one (`text` None: it is not)."""
        known = self._memory.host(host) or HostState(host=host, sent=self._now())
        if text is None and not known.pause:
            return
        state = replace(known, pause=pause if text is not None else 0.0, robots=text, robots_at=self._now())
        try:
            self._memory.note_host(state)
        except AnsinhError as error:
            self._broken(error)
