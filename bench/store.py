"""The store's speed, as ratios to plain sqlite3 doing the same insert or the same single query on the same file.

    python -m bench.store                          200,000 observations in a temporary folder
    python -m bench.store --observations 10000000 --folder DIR    the size that issue 5 speaks of; keeps the file

Absolute figures depend on the machine; the ratios are the claims. Questions are timed by the process's own seconds, so
that others on the machine do not count; writing by the clock, since it waits for the disk.
"""

import argparse
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from bench.store_made import Maker
from model.records import Reading
from store import Store, open_store
from store.rows import ARTICLE_COLUMNS, INSERT_OBSERVATION, article_row, observation_row

INSERT_ARTICLE = f"INSERT INTO articles (id, {ARTICLE_COLUMNS}) VALUES (?, {', '.join('?' * 14)})"
QUESTIONS = 300


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--observations", type=int, default=200_000)
    parser.add_argument("--folder", type=Path)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "ansinh.db"
        if not path.exists():
            fill(path, chosen.observations)
        with open_store(path) as store:
            settle_a_day(store)
            ask(store)
            sizes(store)
    return 0


def fill(path: Path, observations: int) -> None:
    """Write the observations through the store's own door; compare with bare executemany on the same tables."""
    compare_writing(path)
    with open_store(path) as store:
        started = time.perf_counter()
        done = 0
        for part in batches(Maker().readings(observations), 5_000):
            store.save_readings(part)
            done += sum(len(one.observations) for one in part)
            print(f"\r  {done:,} figures written", end="", file=sys.stderr)
        print(file=sys.stderr)
        say("filling", f"{done:,} figures in {time.perf_counter() - started:,.0f} s", "", "")
        started = time.perf_counter()
        store.settle()
        say("settling all", f"{time.perf_counter() - started:,.1f} s", f"{store.size():,} bytes", "")


def compare_writing(path: Path) -> None:
    """Time the store's own door and bare executemany in turn, into files that hold something already."""
    stream = Maker().readings(10**12)
    first = list(islice(stream, 4_000))
    ours, bare = path.with_name("ours.db"), path.with_name("bare.db")
    for one in (ours, bare):
        with open_store(one) as store:
            store.save_readings(first)
    times: list[tuple[float, float]] = []
    for _ in range(5):
        chunk = list(islice(stream, 1_000))
        with open_store(ours) as store:
            started = time.perf_counter()
            store.save_readings(chunk)
            took = time.perf_counter() - started
        figures = sum(len(one.observations) for one in chunk)
        times.append((took / figures, bare_writing(bare, chunk) / figures))
    mine, theirs = min(one for one, _ in times), min(one for _, one in times)
    say("writing", f"{1 / mine:,.0f} figures/s", f"{theirs / mine:.2f} of bare executemany", "(wanted 0.5)")
    for one in (ours, bare):
        for ending in ("", "-wal", "-shm"):
            one.with_name(one.name + ending).unlink(missing_ok=True)


def batches(readings: Iterator[Reading], size: int) -> Iterator[list[Reading]]:
    """Cut a stream into lists."""
    while part := list(islice(readings, size)):
        yield part


def bare_writing(path: Path, readings: Sequence[Reading]) -> float:
    """Write rows of articles, readings and observations, made before, with bare executemany; gives the seconds."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = FULL")
    at = db.execute("SELECT max(id) FROM readings").fetchone()[0] + 1
    articles = [(n, *article_row(r.article, r.digest)) for n, r in enumerate(readings, at)]
    rows = [(n, 1, *observation_row(one)) for n, r in enumerate(readings, at) for one in r.observations]
    read = [(n, r.article.doc, r.digest, r.rules, n, "2020", "s", 0, 0) for n, r in enumerate(readings, at)]
    figures = {
        first: [row for row in rows if first <= row[0] < first + 200] for first in range(at, at + len(read), 200)
    }
    started = time.perf_counter()
    for first in range(0, len(readings), 200):
        db.execute("BEGIN IMMEDIATE")
        db.executemany(INSERT_ARTICLE, articles[first : first + 200])
        db.executemany("INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", read[first : first + 200])
        db.executemany(INSERT_OBSERVATION, figures[at + first])
        db.execute("COMMIT")
    took = time.perf_counter() - started
    db.close()
    return took


def settle_a_day(store: Store) -> None:
    """Write and settle one day's 10,000 new observations."""
    day = list(Maker(seed=int(time.time())).readings(10_000))
    renamed = [rename(one, n) for n, one in enumerate(day)]
    store.save_readings(renamed)
    started, began = time.process_time(), time.perf_counter()
    done = store.settle()
    took, passed = time.process_time() - started, time.perf_counter() - began
    say(
        "settling a day's 10,000 figures",
        f"{took:.2f} s of this process, {passed:.2f} in all",
        f"{done.cells:,} cells",
        "(wanted 10 s)",
    )


def rename(reading: Reading, number: int) -> Reading:
    """Give a reading of a document that no earlier run wrote."""
    from dataclasses import replace

    doc = f"https://moi.example/{time.time_ns()}/{number}"
    return replace(
        reading, digest=doc, article=replace(reading.article, doc=doc, url=doc),
        observations=tuple(one.of_document(doc) for one in reading.observations),
    )  # fmt: skip


def ask(store: Store) -> None:
    """Time series, vintages and comparisons beside the bare query that fetches the same rows."""
    db = store.connection
    keys = db.execute(
        "SELECT q.id, q.area, q.indicator, q.measure FROM series q WHERE q.id IN (SELECT series_id FROM points)"
    ).fetchall()
    weighted = db.execute(
        "SELECT q.id, q.area, q.indicator, q.measure FROM observations o JOIN series q ON q.id = o.series_id"
        " WHERE o.id % ? = 0 AND o.publish = 1",
        (max(1, db.execute("SELECT max(id) FROM observations").fetchone()[0] // 2_000),),
    ).fetchall()
    rng = random.Random(7)
    for title, pool in (("any series", keys), ("a series as often as it is told of", weighted)):
        chosen = rng.sample(pool, min(QUESTIONS, len(pool)))
        plain = timed(lambda key: bare_series(db, key[0]), chosen)
        brief = timed(lambda key: store.series(*key[1:], brief=True), chosen)
        now = timed(lambda key: store.series(*key[1:]), chosen)
        then = timed(lambda key: store.series(*key[1:], as_of=date(2020, 6, 30)), chosen)
        say(
            f"{title}: each point's source",
            quantiles(brief),
            f"{brief[-1] / plain[-1]:.1f} x bare query",
            "(p95 10 ms)",
        )
        say(f"{title}: every report", quantiles(now), f"{now[-1] / plain[-1]:.1f} x bare query", "(wanted p95 10 ms)")
        say(f"{title}: as of a day", quantiles(then), f"{then[-1] / plain[-1]:.1f} x bare query", "(wanted p95 20 ms)")
    compared = timed(lambda key: store.compare(key[2], date(2024, 12, 31), areas="2024"), keys[:40])
    say("compare, 63 provinces", quantiles(compared), "", "(wanted 100 ms)")
    found = timed(store.search, ["bao hiem", "tuyen truyen", "dai ly thu", "ke hoach"])
    say("search", quantiles(found), "", "")


def bare_series(db: sqlite3.Connection, series_id: int) -> list[Any]:
    """Fetch the rows of a series with one query and nothing else."""
    return db.execute(
        "SELECT o.*, a.url, a.published, r.read_at FROM observations o JOIN readings r ON r.id = o.reading_id"
        " JOIN articles a ON a.id = r.article_id WHERE o.series_id = ? AND o.publish = 1 AND o.period_end IS NOT NULL",
        (series_id,),
    ).fetchall()


def timed(work: Callable[[Any], object], inputs: Sequence[Any]) -> tuple[float, float]:
    """Give the median and the 95th percentile of seconds of this process; each input runs once before, to be warm."""
    times = []
    for one in inputs:
        work(one)
        started = time.process_time()
        work(one)
        times.append(time.process_time() - started)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)]


def quantiles(pair: tuple[float, float]) -> str:
    """Write a median and a 95th percentile."""
    return f"p50 {1000 * pair[0]:.2f} ms, p95 {1000 * pair[1]:.2f} ms"


def sizes(store: Store) -> None:
    """Bytes of the file for each observation, beside the raw text they were read from."""
    db = store.connection
    figures = db.execute("SELECT count(*) FROM observations").fetchone()[0]
    text = db.execute("SELECT sum(length(CAST(text AS BLOB))) FROM articles").fetchone()[0]
    say("file", f"{store.size() / figures:,.0f} bytes a figure", f"raw text {text / figures:,.0f} bytes a figure", "")


def say(what: str, measured: str, ratio: str, wanted: str) -> None:
    """Print one line."""
    print(f"  {what:<46} {measured:<34} {ratio:<30} {wanted}")


if __name__ == "__main__":
    sys.exit(main())
