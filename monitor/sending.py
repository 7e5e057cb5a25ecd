"""Sending a day's digest: its files, the mails, the webhook; by one process at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from model.errors import BusyError
from model.home import Home
from monitor.config import load_config
from monitor.deeds import note
from monitor.digest_files import write_digest
from monitor.mail import send_digest
from monitor.webhook import post_digest
from store import open_store


def send(home: Home, day: date) -> tuple[Path, int, list[str]]:
    """Write a day's digest, mail it to who has not got it, hand it to the webhook; gives path, mails and faults.

    What the ledger shows as begun was left by a process that died, since only one sends at a time: it is tried again.
    """
    config = load_config(home)
    with _only_sender(home), open_store(home.database) as store:
        note(store, "digest-send", day.isoformat())
        path = write_digest(home, store, day)
        sent, faults = send_digest(store, config, day) if config.mail else (0, [])
        if config.webhook:
            faults += post_digest(store, config.webhook, day)
    return path, sent, faults


@contextmanager
def _only_sender(home: Home) -> Iterator[None]:
    """Hold the lock of those who send; it goes with the process, however that ends."""
    home.root.mkdir(parents=True, exist_ok=True)
    with (home.root / "sending.lock").open("a", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError("another process sends the digest now", cure="wait for it, then look again") from None
        yield
