"""Sessions that were ended before their time: `ended-sessions` in the home, one a line, until they would have expired.

It lies beside the users, not in the store: a login must end also while the store is busy, being restored or built anew.
"""

import fcntl
import os
import re
import time
from hashlib import sha256
from threading import Lock

from model.home import Home

LINE = re.compile(r"^(\d{1,12}) ([0-9a-f]{64})$", re.M)


class Ended:
    """The ended sessions of a home, whichever process ended them."""

    def __init__(self, home: Home) -> None:
        self.path = home.root / "ended-sessions"
        self._lock = Lock()
        self._seen: tuple[int, int, int] | None = None
        self._ended: dict[str, int] = {}

    def holds(self, signature: str) -> bool:
        """Tell whether a session was ended; the file is read again only where it changed."""
        with self._lock:
            return _stamp(signature) in self._read()

    def add(self, signature: str, ends: int) -> None:
        """End a session, on the disk before this returns; those that have expired meanwhile leave the file."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.path.with_suffix(".lock"), os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)  # two processes that end sessions at once lose neither
            with self._lock:
                now = time.time()
                kept = {stamp: until for stamp, until in self._read().items() if until >= now}
                self._write(kept | {_stamp(signature): ends})
        finally:
            os.close(lock)

    def _read(self) -> dict[str, int]:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            self._seen, self._ended = None, {}
            return self._ended
        seen = (status.st_ino, status.st_mtime_ns, status.st_size)
        if seen != self._seen:
            lines = LINE.findall(self.path.read_text("ascii", errors="replace"))  # what is damaged ends no session
            self._ended = {stamp: int(until) for until, stamp in lines}
            self._seen = seen
        return self._ended

    def _write(self, ended: dict[str, int]) -> None:
        fresh = self.path.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.writelines(f"{until} {stamp}\n" for stamp, until in ended.items())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)


def _stamp(signature: str) -> str:
    """Give what is kept of a session: whoever reads the file cannot make its cookie."""
    return sha256(signature.encode()).hexdigest()
