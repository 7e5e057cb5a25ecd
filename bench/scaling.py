"""Web archives read by one process and by two: the ratio of their speeds, and memory against the size of the input.

    python -m bench.scaling                    4,000 and 16,000 records, 2 % of them articles that name insurance
    python -m bench.scaling --records 50000 --share 0.002

Two workers are to read at 1.8 times one. Wall clock says so only on a machine with two processors to spare; so beside
it stands what the processors' seconds allow: those of the single process by those of the busiest of the others.
Seconds are counted from the first piece stored, so that the start of processes (once a run) is not in them.
Pages come from `../shared/pages` (or `$ANSINH_SHARED`), without it from the project's own invented ones.
"""

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.reading import load_pages

SENTENCE = "</p><p>Đến hết tháng 4/2020 có %d người tham gia BHXH."


def make(path: Path, records: int, share: float) -> None:
    """Write an archive: `share` of its pages name insurance, each with an address and a figure of its own."""
    silent, speaking = load_pages()
    step = max(1, round(1 / share))
    packed = {}
    with path.open("wb") as out:
        for number in range(records):
            if number % step:
                at = number % len(silent)
                packed[at] = packed.get(at) or gzip.compress(record(f"https://bao.example/x{at}.html", silent[at]), 6)
                out.write(packed[at])
            else:
                body = speaking[number % len(speaking)].replace(b"</p>", (SENTENCE % (1000 + number)).encode(), 1)
                out.write(gzip.compress(record(f"https://bao.example/{number}.html", body), 6))


def record(url: str, body: bytes) -> bytes:
    """Give one response, unpacked."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2020-05-18T03:00:00Z\r\nWARC-Target-URI: {url}\r\n"
    return f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def measured(path: Path, workers: int) -> dict[str, Any]:
    """Ingest the archive into a new home in a fresh process."""
    command = [sys.executable, "-m", "bench.scaling", "--run", str(path), "--workers", str(workers)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, cwd=Path(__file__).parents[1])
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def run(path: Path, workers: int) -> None:
    """Ingest once and print what it took."""
    from model.home import Home
    from monitor.scaling.writer import Taken, ingest_archives
    from store import open_store

    first: list[tuple[float, int]] = []

    def told(taken: Taken) -> None:
        if not first:
            first.append((time.perf_counter(), taken.records))

    with tempfile.TemporaryDirectory() as folder:
        home = Home(root=Path(folder))
        with open_store(home.database) as store:
            began, cpu = time.perf_counter(), time.process_time()
            taken, harvest = ingest_archives(home, store, [str(path)], workers=workers, told=told)
            ended, cpu = time.perf_counter(), time.process_time() - cpu
            digest = store.contents()["all"]
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    row = {
        "records": taken.records,
        "articles": harvest.read,
        "seconds": ended - began,
        "rate": (taken.records - first[0][1]) / max(ended - first[0][0], 1e-9),
        "writer_cpu": cpu,
        "workers_cpu": children.ru_utime + children.ru_stime,
        "writer_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "worker_mb": children.ru_maxrss / 1024,
        "digest": digest,
    }
    print(json.dumps(row))


def show(title: str, row: dict[str, Any], size: int) -> None:
    """Print one line."""
    print(
        f"  {title:<28} {row['rate']:8,.0f} records/s {row['rate'] * size / row['records'] / 1e6:6.1f} MB/s packed"
        f"   processor: writer {row['writer_cpu']:6.1f} s, workers {row['workers_cpu']:6.1f} s"
        f"   memory: writer {row['writer_mb']:4.0f} MB, a worker {row['worker_mb']:4.0f} MB",
        flush=True,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=4_000)
    parser.add_argument("--share", type=float, default=0.02)
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, default=1, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.run:
        run(asked.run, asked.workers)
        return 0
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.warc.gz"
        for records in (asked.records, 4 * asked.records):
            make(path, records, asked.share)
            size = path.stat().st_size
            load = os.getloadavg()[0]
            print(f"{records:,} records, {asked.share:.1%} articles, {size / 1e6:.0f} MB packed; load {load:.1f}")
            for workers in (1, 2):
                rows[records, workers] = measured(path, workers)
                show(f"{workers} process{'es' if workers > 1 else ''}", rows[records, workers], size)
    compare(rows[asked.records, 1], rows[4 * asked.records, 1], rows[asked.records, 2], rows[4 * asked.records, 2])
    return 0


def compare(few: dict[str, Any], many: dict[str, Any], few2: dict[str, Any], many2: dict[str, Any]) -> None:
    """Print what two are worth: by the clock, and by processor time, of what the larger input costs more."""
    more = many["records"] - few["records"]
    alone = (many["writer_cpu"] - few["writer_cpu"]) / more
    writer = (many2["writer_cpu"] - few2["writer_cpu"]) / more
    reading = (many2["workers_cpu"] - few2["workers_cpu"]) / more
    print(f"  processor time a record       alone {alone * 1e3:.2f} ms; of two: writer {writer * 1e3:.2f} ms, "
          f"workers {reading * 1e3:.2f} ms together")  # fmt: skip
    print(f"  two by one, wall clock        {many2['rate'] / many['rate']:.2f}   (wanted 1.8)")
    print(f"  two by one, processor time    {alone / max(writer, reading / 2):.2f}   (with processors to spare)")
    print(f"  same contents                 {many['digest'] == many2['digest']}")


if __name__ == "__main__":
    sys.exit(main())
