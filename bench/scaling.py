"""Web archives read by one process and by two: the ratio of their speeds, and memory against the size of the input.

    python -m bench.scaling                    4,000 and 16,000 records, 2 % of them articles that name insurance
    python -m bench.scaling --records 50000 --share 0.002

Two workers are to read at 1.8 times one. The clock says so only on a machine with two processors to spare. So the runs
alternate, and each pair stands beside what two plain loops do against one in the same minute: that much the machine
gave. And beside the clock stands what the processors' seconds allow: those of the single process by those of the
busiest of the others.
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
from statistics import median
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


def loops(seconds: float, count: int) -> int:
    """Count turns of a plain loop in as many processes at once."""
    code = f"import time; n, end = 0, time.time() + {seconds}\nwhile time.time() < end: n += 1\nprint(n)"
    running = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(count)]
    return sum(int(process.communicate()[0]) for process in running)


def show(workers: int, row: dict[str, Any], size: int) -> None:
    """Print one line."""
    title = f"{workers} process{'es' if workers > 1 else ''}"
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
    parser.add_argument("--times", type=int, default=3, help="pairs of runs over the larger input")
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, default=1, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.run:
        run(asked.run, asked.workers)
        return 0
    few, pairs, given = list[dict[str, Any]](), list[list[dict[str, Any]]](), list[float]()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.warc.gz"
        size = described(path, asked.records, asked.share)
        for workers in (1, 2):
            few.append(measured(path, workers))
            show(workers, few[-1], size)
        size = described(path, 4 * asked.records, asked.share)
        for _ in range(asked.times):
            given.append(loops(3, 2) / loops(3, 1))
            pairs.append([measured(path, 1), measured(path, 2)])
            for workers, row in enumerate(pairs[-1], 1):
                show(workers, row, size)
    compare(few, pairs, given)
    return 0


def described(path: Path, records: int, share: float) -> int:
    """Make the archive and say what it is; gives its size."""
    make(path, records, share)
    size = path.stat().st_size
    print(f"{records:,} records, {share:.1%} articles, {size / 1e6:.0f} MB packed; load {os.getloadavg()[0]:.1f}")
    return size


def compare(few: list[dict[str, Any]], pairs: list[list[dict[str, Any]]], given: list[float]) -> None:
    """Print what two are worth: by the clock, and by processor time, of what the larger input costs more."""
    more = pairs[0][0]["records"] - few[0]["records"]

    def cost(workers: int, key: str) -> float:
        return (median(pair[workers - 1][key] for pair in pairs) - few[workers - 1][key]) / more

    alone, writer, reading = cost(1, "writer_cpu"), cost(2, "writer_cpu"), cost(2, "workers_cpu")
    clock, plain = median(two["rate"] / one["rate"] for one, two in pairs), median(given)
    print(f"  processor time a record       alone {alone * 1e3:.2f} ms; of two: writer {writer * 1e3:.2f} ms, "
          f"workers {reading * 1e3:.2f} ms together")  # fmt: skip
    print(f"  two by one, wall clock        {clock:.2f}   (wanted 1.8); two plain loops by one meanwhile {plain:.2f}")
    print(f"  two by one, processor time    {alone / max(writer, reading / 2):.2f}   (with processors to spare)")
    print(f"  same contents                 {all(one['digest'] == two['digest'] for one, two in pairs)}")


if __name__ == "__main__":
    sys.exit(main())
