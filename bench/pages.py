"""The pages' speed: p95 with 8 readers while a crawl writes, beside the same questions bare and Datasette.

    python -m bench.pages                                   100,000 observations in a temporary folder
    python -m bench.pages --observations 1000000 --folder DIR    years of the whole country's press; keeps the file

Each page is asked for once (`first`: what is counted for it is counted then, unless the service counted it when it
began), then by eight readers at once while another process saves readings and settles. Printed: the first answer, the
median and p95 in milliseconds, the ratio to a bare Starlette route that asks the store the same and sends JSON, in the
same run, and what one answer costs the server's processor (with what it counts behind): that much is the page's own,
what the clock says beside is also the machine's other work. Then Datasette over the same file, the bytes of a first
load, the largest paint in Chromium, the digest.
"""

import argparse
import gzip
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.office_life import live
from bench.paints import paints
from bench.store import batches, fill
from bench.store_made import Maker
from model.home import Home
from store import Store, open_store
from store.json_forms import point_row

READERS, ROUNDS = 8, 12


def main() -> int:
    """Fill a store, serve it, measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--observations", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--writing", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.writing:
        return write(asked.writing)
    with tempfile.TemporaryDirectory() as temporary:
        home = Home(root=asked.folder or Path(temporary))
        if not home.database.exists():
            fill(home.database, asked.observations)
        with open_store(home.database) as store:
            live(store)
            store.settle()
            pages, last = questions(store)
        measure(home, pages)
        digest(home, last)
    return 0


def questions(store: Store) -> tuple[dict[str, Callable[[Store], Any]], str]:
    """Give the pages with what each asks of the store, and the last day read."""
    area, indicator = "2024:20", "BHXH_TN.participants"
    (read,), (last,) = store.articles(limit=1), store.days_read(limit=1)
    doc, source = read["doc"], read["source"]
    waits = store.review(limit=1)[0].obs_id
    day, query = date.fromisoformat(last), f"area={area}&indicator={indicator}"
    asked: dict[str, Callable[[Store], Any]] = {
        "/": lambda s: [s.day_facts(day).figures, s.review_counts(), s.totals(), s.articles(limit=15), s.series_told()],
        "/ban-tin": lambda s: s.days_read(limit=120),
        f"/ban-tin/{last}": lambda s: s.day_facts(day).figures,
        f"/ban-tin/{last}/moi": lambda s: s.day_facts(day).figures,
        "/ban-tin.atom": lambda s: s.days_read(limit=30),
        "/canh-bao": lambda s: s.day_facts(day).figures,
        "/ban-do": lambda s: len(s.ranking(indicator, on=day, brief=True)),
        "/ban-do?ds=63": lambda s: len(s.ranking(indicator, on=day, areas="2024", brief=True)),
        "/dia-phuong": lambda s: s.areas_told(),
        f"/dia-phuong/{area}": lambda s: s.points_in([area, "2025:20"]),
        "/dia-phuong/VN": lambda s: s.points_in(["VN"]),
        f"/chuoi?{query}": lambda s: [point_row(one) for one in s.series(area, indicator)],
        "/chuoi?area=VN&indicator=BHYT.participants": lambda s: [
            point_row(one) for one in s.series("VN", "BHYT.participants")
        ],
        "/bai-bao": lambda s: s.articles(limit=100),
        f"/bai?id={quote(doc, safe='')}": lambda s: len(s.leaf(doc).figures),  # type: ignore[union-attr]
        "/tham-dinh": lambda s: [s.review_counts(), [one.as_dict() for one in s.review(limit=100)]],
        "/tham-dinh?loai=held": lambda s: [one.as_dict() for one in s.review(kind="held", limit=100)],
        f"/tham-dinh/{waits}": lambda s: [one.as_dict() for one in s.review(limit=200)],
        "/nguon": lambda s: s.health(),
        f"/nguon/{source}": lambda s: [s.articles(source=source, limit=30), s.unclaimed(source=source, limit=20)],
        "/quy-tac": lambda s: [s.rule_yield(), s.unclaimed(limit=60)],
        "/tim?q=tham+gia": lambda s: [len(s.search("tham gia")), len(s.search("tham gia", figures=True))],
        "/tim?q=lang+son": lambda s: [len(s.search("lang son")), len(s.search("lang son", figures=True))],
        "/nhat-ky": lambda s: [len(s.deeds(limit=300)), len(s.runs(limit=400))],
        "/vao": lambda s: [],
        "/api": lambda s: [],
    }  # fmt: skip
    return asked, last


def measure(home: Home, pages: dict[str, Callable[[Store], Any]]) -> None:
    """Print a line a page, then what the pages are compared with."""
    with served(["-m", "monitor.main", "serve"], home) as (port, pid), bare(home, pages) as plain:
        first = {path: ask(port, path) for path in pages}
        alone = {path: [ask(plain, f"/bare?of={quote(path, safe='')}") for _ in range(3)] for path in pages}
        with writing(home):
            for path in pages:
                spent = processor(pid)
                found = sorted(by_readers(port, path))
                spent = 1000 * (processor(pid) - spent) / len(found)
                middle, late = statistics.median(found), found[int(len(found) * 0.95)]
                ratio = middle / statistics.median(alone[path])
                print(
                    f"{path[:44]:<45} first {first[path]:7.0f} ms   median {middle:6.1f}   p95 {late:6.1f} ms"
                    f"   {ratio:6.2f} × bare   {spent:5.2f} ms of processor", flush=True,
                )  # fmt: skip
        print(f"first load, compressed: {first_load(port) / 1000:.0f} kB")
        paints(port, [path for path in pages if not path.endswith(".atom")])
    datasette(home)


@contextmanager
def served(command: list[str], home: Home) -> Iterator[tuple[int, int]]:
    """Run a server as people do, in a process of its own; give its port and its process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, *command, "--port", str(port)], env=os.environ | {"ANSINH_HOME": str(home.root)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(300):
            try:
                ask(port, "/suc-khoe", any_status=True)
                break
            except OSError:
                time.sleep(0.2)
        time.sleep(8)  # what the service counts when it begins
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


def processor(pid: int) -> float:
    """Give the processor's seconds that a process has used: what a page costs whatever else the machine does."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def in_thread(app: Any) -> Iterator[int]:
    """Serve an application beside the measuring; gives its port."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield int(server.servers[0].sockets[0].getsockname()[1])
    server.should_exit = True
    thread.join(10)


@contextmanager
def bare(home: Home, pages: dict[str, Callable[[Store], Any]]) -> Iterator[int]:
    """Serve one bare route that asks the store what a page asks, and sends it as JSON."""
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    from monitor.web.reads import Reads

    reads = Reads(home.database)

    def answer(request: Request) -> JSONResponse:
        return JSONResponse(pages[request.query_params["of"]](reads.store()))

    app = Starlette(routes=[Route("/bare", answer)])
    with in_thread(app) as port:
        yield port


@contextmanager
def writing(home: Home) -> Iterator[None]:
    """Have another process save readings and settle, as a crawl does, until the block ends."""
    process = subprocess.Popen([sys.executable, "-m", "bench.pages", "--writing", str(home.database)])
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def write(path: Path) -> int:
    """Save a few readings every second and settle them, for as long as nobody ends it."""
    with open_store(path) as store:
        for part in batches(Maker(seed=int(time.time())).readings(10**9), 5):
            store.save_readings(part)
            store.settle()
            time.sleep(1.0)
    return 0


def ask(port: int, path: str, *, any_status: bool = False) -> float:
    """Ask for a path once; give the milliseconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    began = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    assert any_status or answer.status == 200, (path, answer.status)
    connection.close()
    return (time.perf_counter() - began) * 1000


def by_readers(port: int, path: str) -> list[float]:
    """Ask for a path from eight readers at once; give each answer's milliseconds."""
    found: list[float] = []

    def reader() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for _ in range(ROUNDS):
            began = time.perf_counter()
            connection.request("GET", path)
            connection.getresponse().read()
            found.append((time.perf_counter() - began) * 1000)
        connection.close()

    readers = [threading.Thread(target=reader) for _ in range(READERS)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    return found


def first_load(port: int) -> int:
    """Give the compressed bytes of the home page with its style sheet, script and the fonts it uses."""
    from monitor.web.shell import FOLDER

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/", headers={"Accept-Encoding": "gzip"})
    total = len(connection.getresponse().read())
    for path in ("static/ansinh.css", "vendor/htmx/htmx.min.js"):
        total += len(gzip.compress((FOLDER / path).read_bytes()))
    return total + sum(path.stat().st_size for path in (FOLDER / "vendor" / "be-vietnam-pro").glob("*.woff2"))


def datasette(home: Home) -> None:
    """Print Datasette's time for a page of the points of one place, on the same file."""
    with served(["-m", "datasette", "serve", str(home.database)], home) as (port, _):
        path = "/ansinh/current_points?area=2024:20&indicator=BHXH_TN.participants&_size=100"
        ask(port, path)
        found = sorted(by_readers(port, path))
    late = found[int(len(found) * 0.95)]
    print(f"Datasette, points of one series: median {statistics.median(found):.1f}   p95 {late:.1f} ms")


def digest(home: Home, day: str) -> None:
    """Print how long the digest of the last day takes, by the clock, with the start of the command."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "monitor.main", "digest", "--date", day], check=True, stdout=subprocess.DEVNULL,
        env=os.environ | {"ANSINH_HOME": str(home.root)},
    )  # fmt: skip
    print(f"digest of {day}: {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    raise SystemExit(main())
