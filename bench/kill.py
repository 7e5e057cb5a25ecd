"""Kills a demo at random moments, runs it again, and looks whether anything was lost, doubled or left half.

    python -m bench.kill [--moments 50] [--seed N]

What is compared with a demo that nobody killed: the documents and their texts, the figures, the settled points, the
digests, and whether archive and store tell of the same pages. Ports are another each time; they are taken out first.
"""

import argparse
import difflib
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMAND = (sys.executable, "-m", "monitor.main", "demo")
FIGURES = 'doc, start, "end", quote, indicator, measure, obs_value, unit, area, period_start, period_end, publish'
ASKED = re.compile(r"[\d.]+ (lượt tải|bài đã đọc)")
"""What a killed round truly did more of: its lists are asked again, and a page that changed meanwhile is read again."""
POINTS = "area, indicator, measure, unit, period_start, period_end, obs_value, status, groups, reports, flags"


@dataclass(frozen=True)
class Found:
    """What a demo left behind, without its ports."""

    documents: Counter[str]
    figures: Counter[str]
    points: Counter[str]
    digests: dict[str, str]
    faults: list[str]
    """Disagreements between archive and store, damaged records, open files."""


def start(home: Path) -> subprocess.Popen[bytes]:
    """Start a demo in a home."""
    environment = {**os.environ, "ANSINH_HOME": str(home)}
    return subprocess.Popen(
        COMMAND, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def run(home: Path) -> float:
    """Run a demo to its end; gives the seconds it took."""
    begun = time.perf_counter()
    process = start(home)
    _, complaints = process.communicate(timeout=900)
    if process.returncode != 0:
        raise RuntimeError(f"the demo ended with {process.returncode}: {complaints.decode()[-2000:]}")
    return time.perf_counter() - begun


def kill_after(home: Path, seconds: float) -> None:
    """Run a demo and kill it, and all it started, after so long."""
    process = start(home)
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def look(home: Path) -> Found:
    """Look at what a demo left behind."""
    demo = home / "demo"
    ports = {str(port): name for name, port in json.loads((demo / "demo.json").read_text("utf-8"))["ports"].items()}

    def clean(text: str) -> str:
        for port, name in ports.items():
            text = text.replace(f"127.0.0.1:{port}", name)
        return text

    database = sqlite3.connect(f"file:{demo / 'ansinh.db'}?mode=ro", uri=True)
    try:

        def rows(sql: str) -> Counter[str]:
            return Counter(clean(repr(row)) for row in database.execute(sql))

        return Found(
            documents=rows("SELECT DISTINCT doc, title, published, text FROM articles"),
            figures=rows(f"SELECT {FIGURES} FROM observations"),
            points=rows(f"SELECT {POINTS} FROM points JOIN series ON series.id = points.series_id"),
            digests={
                path.name: ASKED.sub(r"\1", clean(path.read_text("utf-8")))
                for path in sorted((demo / "digests").glob("*"))
            },
            faults=list(_faults(demo, database)),
        )
    finally:
        database.close()


def _faults(demo: Path, database: sqlite3.Connection) -> Iterator[str]:
    """Compare archive and store, and check both."""
    sys.path.insert(0, str(ROOT))
    from crawler.archive import Archive

    archive = Archive(demo / "archive")
    yield from (f"{damage.warc_file}: {damage.fault}" for damage in archive.verify())
    yield from (f"left open: {path.name}" for path in (demo / "archive").rglob("*.open"))
    kept = {(page.url, page.digest) for page, _ in archive.records()}
    known = set(database.execute("SELECT url, digest FROM pages"))
    yield from (f"in the store, not in the archive: {one}" for one in known - kept)
    yield from (f"in the archive, not in the store: {one}" for one in kept - known)
    yield from (f"integrity: {row[0]}" for row in database.execute("PRAGMA integrity_check") if row[0] != "ok")
    same = 'doc, start, "end", quote, indicator, measure, reading_id'
    twice = f"SELECT {same} FROM observations GROUP BY {same} HAVING count(*) > 1"
    yield from (f"doubled: {row}" for row in database.execute(twice))


def differences(one: Found, other: Found) -> list[str]:
    """Say how a demo differs from one that nobody killed."""
    said = list(other.faults)
    for name in ("documents", "figures", "points"):
        a, b = getattr(one, name), getattr(other, name)
        said += [f"{name} lost: {row[:200]}" for row in a - b]
        said += [f"{name} more: {row[:200]}" for row in b - a]
    for name in sorted({*one.digests, *other.digests}):
        if one.digests.get(name) != other.digests.get(name):
            lines = difflib.ndiff(*(digests.get(name, "").splitlines() for digests in (one.digests, other.digests)))
            changed = [line.strip()[:160] for line in lines if line[:1] in "+-"]
            said.append(f"digest {name} differs: {' / '.join(changed[:4])}")
    return said


def trial(seconds: float, whole: Found) -> list[str]:
    """Kill one demo after so long, run it again, and say what differs."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        kill_after(home, seconds)
        run(home)
        return differences(whole, look(home))


def moments(count: int, seconds: float, seed: int) -> list[float]:
    """Give random moments of a demo that takes so long, the first one in each of as many stretches."""
    chance = random.Random(seed)
    return [(place + chance.random()) * seconds / count for place in range(count)]


def baseline() -> tuple[float, Found]:
    """Run one demo that nobody kills; gives its seconds and what it left."""
    with tempfile.TemporaryDirectory() as folder:
        seconds = run(Path(folder))
        return seconds, look(Path(folder))


def main(arguments: list[str] | None = None) -> int:
    """Try all moments and print the outcome."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--seed", type=int, default=2020)
    options = parser.parse_args(arguments)
    seconds, whole = baseline()
    print(f"a whole demo: {seconds:.1f} s, {len(whole.documents)} texts, {len(whole.figures)} figures")
    bad = 0
    for moment in moments(options.moments, seconds, options.seed):
        found = trial(moment, whole)
        bad += bool(found)
        print(f"killed after {moment:5.2f} s: {'; '.join(found[:3]) if found else 'nothing lost, doubled or half'}")
    print(f"{options.moments - bad} of {options.moments} moments without a difference")
    return 1 if bad or whole.faults else 0


if __name__ == "__main__":
    sys.exit(main())
