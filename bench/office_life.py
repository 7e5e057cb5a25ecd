"""What an office's use leaves in a store beside its readings: rounds of every source, runs of jobs, people's deeds.

Pages that show these are as long in the bench as they are in use.
"""

from datetime import UTC, datetime, timedelta

from crawler.registry import load_sources
from model.fetches import SourceRun
from store import Store

BEGAN = datetime(2025, 1, 20, tzinfo=UTC)
"""The first round."""
ROUNDS, RUNS, DEEDS = 20, 400, 300
"""Rounds of each source, runs of jobs, deeds."""


def live(store: Store) -> None:
    """Write them, unless somebody did."""
    if store.deeds(limit=1):
        return
    with store.transaction():
        for source in load_sources():
            for number in range(ROUNDS):
                began = BEGAN + timedelta(hours=number)
                store.add_source_run(SourceRun(
                    source=source, run=f"round {number}", started=began, finished=began + timedelta(minutes=2),
                    counts={"found": 30, "fetched": 5, "new": 5}, evidence="30 addresses listed, 5 of them new",
                ))  # fmt: skip
        for number in range(RUNS):
            run = store.start_run("mail:lan" if number % 3 == 0 else "crawl", detail="round")
            if run:
                store.end_run(run, detail="5 new pages of 30 listed")
        for number in range(DEEDS):
            store.add_deed("lan", "correct" if number % 4 == 0 else "accept", str(number))
