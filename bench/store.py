"""The store's speed, as ratios to plain sqlite3 doing the same insert or the same single query on the same file.

    python -m bench.store                          200,000 observations in a temporary folder
    python -m bench.store --observations 10000000 --folder DIR    ten years of the whole country; keeps the file
        --months N  all of them in so many months (120): a million in twelve is as dense as ten million in ten years
        --sample    settles only the series that are asked about: settling all of them takes an hour of processor

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
QUESTIONS, BARE = 200, 20
"""Series asked about, and of these the bare query, which takes seconds where a series has 100,000 reports."""
Key = tuple[int, str, str, str]
"""Id, area, indicator and measure of a series."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--observations", type=int, default=200_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--months", type=int, default=120)
    parser.add_argument("--sample", action="store_true")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "ansinh.db"
        if not path.exists():
            fill(path, chosen.observations, chosen.months)
        with open_store(path) as store:
            pools = questions(store)
            settle_some(store, pools) if chosen.sample else settle_all(store)
            ask(store, pools)
            for title, last in (("of the last three months", 3), ("of any month", 0)):
                settle_a_day(store, title, only_last=last, months=chosen.months)
            sizes(store)
    return 0


def fill(path: Path, observations: int, months: int = 120) -> None:
    """Write the observations through the store's own door; compare with bare executemany on the same tables."""
    compare_writing(path)
    with open_store(path) as store:
        started = time.perf_counter()
        done = 0
        for part in batches(Maker(months=months).readings(observations), 5_000):
            store.save_readings(part)
            done += sum(len(one.observations) for one in part)
            print(f"\r  {done:,} figures written", end="", file=sys.stderr)
        print(file=sys.stderr)
        say("filling", f"{done:,} figures in {time.perf_counter() - started:,.0f} s", "", "")


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


def settle_all(store: Store) -> None:
    """Settle what was written."""
    started = time.process_time()
    done = store.settle()
    took = time.process_time() - started
    if done.cells:
        each = f"{1e6 * took / done.cells:,.0f} µs a cell with its readings"
        say("settling all", f"{took:,.0f} s of this process, {done.cells:,} cells", each, "")


def settle_some(store: Store, pools: dict[str, list[Key]]) -> None:
    """Settle the series of the questions and those of one comparison; what else was read counts as indexed."""
    ids = {key[0] for pool in pools.values() for key in pool}
    started, cells = time.process_time(), 0
    with store.transaction() as db:
        db.execute(
            "INSERT INTO marks VALUES ('indexed_reading', (SELECT max(id) FROM readings)) ON CONFLICT (name)"
            " DO UPDATE SET value = excluded.value"
        )
        db.execute(f"DELETE FROM unsettled WHERE series_id NOT IN ({', '.join(map(str, ids))})")
    cells = store.settle().cells
    took = time.process_time() - started
    say(f"settling {len(ids):,} series", f"{took:,.0f} s of this process, {cells:,} cells",
        f"{1e6 * took / max(1, cells):,.0f} µs a cell", "")  # fmt: skip


def settle_a_day(store: Store, title: str, *, only_last: int, months: int) -> None:
    """Write and settle one day's 10,000 new observations, indexing their articles on the way."""
    day = list(Maker(seed=int(time.time()), only_last=only_last, months=months).readings(10_000))
    store.save_readings([rename(one, n) for n, one in enumerate(day)])
    started, began = time.process_time(), time.perf_counter()
    done = store.settle()
    took, passed = time.process_time() - started, time.perf_counter() - began
    say(f"settling a day's 10,000 figures {title}", f"{took:.2f} s of this process, {passed:.2f} in all",
        f"{done.cells:,} cells", "(wanted 10 s)")  # fmt: skip


def rename(reading: Reading, number: int) -> Reading:
    """Give a reading of a document that no earlier run wrote."""
    from dataclasses import replace

    doc = f"https://moi.example/{time.time_ns()}/{number}"
    return replace(
        reading, digest=doc, article=replace(reading.article, doc=doc, url=doc),
        observations=tuple(one.of_document(doc) for one in reading.observations),
    )  # fmt: skip


def questions(store: Store) -> dict[str, list[Key]]:
    """Choose series to ask about: any, as often as they are told of, the busiest, and those of one comparison."""
    db, rng = store.connection, random.Random(7)
    told = "FROM observations o JOIN series q ON q.id = o.series_id WHERE o.publish = 1 AND o.id"
    most, last = (db.execute(f"SELECT max(id) FROM {table}").fetchone()[0] for table in ("series", "observations"))
    names = "q.id, q.area, q.indicator, q.measure"
    some = rng.sample(range(1, most + 1), min(QUESTIONS, most))
    any_one = db.execute(f"SELECT {names} FROM series q WHERE q.id IN ({', '.join(map(str, some))})").fetchall()
    spread = rng.sample(range(1, last + 1), min(QUESTIONS, last))
    weighted = db.execute(f"SELECT {names} {told} IN ({', '.join(map(str, spread))})").fetchall()
    busiest = db.execute(f"SELECT {names} FROM series q WHERE area = 'VN' AND measure = 'level'"
                         " AND indicator IN ('BHYT.participants', 'BHXH_TN.participants')").fetchall()  # fmt: skip
    compared = db.execute(f"SELECT {names} FROM series q WHERE area GLOB '2024:[0-9][0-9]' AND measure = 'level'"
                          " AND indicator = 'BHTN.participants'").fetchall()  # fmt: skip
    return {"any series": any_one, "a series as often as it is told of": weighted, "the two busiest series": busiest,
            "compared": compared}  # fmt: skip


def ask(store: Store, pools: dict[str, list[Key]]) -> None:
    """Time series, vintages and comparisons beside the bare query that fetches the same rows."""
    db = store.connection
    for title, pool in list(pools.items())[:3]:
        plain = timed(lambda key: bare_series(db, key[0]), pool[:: max(1, len(pool) // BARE)])
        rows = (
            ("each point's source", lambda key: store.series(*key[1:], brief=True), "(p95 10 ms)"),
            ("with its sources", lambda key: store.series(*key[1:]), "(wanted p95 10 ms)"),
            ("as of a day", lambda key: store.series(*key[1:], as_of=date(2020, 6, 30)), "(wanted p95 20 ms)"),
        )  # fmt: skip
        for what, question, wanted in rows:
            took = timed(question, pool)
            say(f"{title}: {what}", quantiles(took), f"{took[-1] / plain[-1]:.2f} x bare query", wanted)
        say(f"{title}: bare query of all reports", quantiles(plain), "", "")
    days = [date(2024, 12 - n % 12, 28) for n in range(40)]
    compared = timed(lambda day: store.compare(pools["compared"][0][2], day, areas="2024"), days)
    say("compare, 63 provinces", quantiles(compared), "", "(wanted 100 ms)")
    compared = timed(lambda day: store.compare(pools["compared"][0][2], day, areas="2025"), days)
    say("compare, 34 provinces as sums", quantiles(compared), "", "(wanted 100 ms)")
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
    print(f"  {what:<62} {measured:<34} {ratio:<30} {wanted}")


if __name__ == "__main__":
    sys.exit(main())
