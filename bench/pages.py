"""The pages' speed: p95 at the server with 8 readers while a writer writes, beside a bare route with the same SQL.

    python -m bench.pages [--observations N]

Prints each page's median and p95 in milliseconds and its ratio to a bare Starlette route that runs the page's main
query and sends it as JSON, in the same run; then the bytes of a first load, compressed.
"""

import argparse
import gzip
import http.client
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.store import fill
from model.home import Home
from store import open_store

READERS, ROUNDS = 8, 12


def serve(app: Any) -> tuple[Any, int]:
    """Serve an app in a thread; give the server and its port."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.02)
    return server, server.servers[0].sockets[0].getsockname()[1]


def times(port: int, path: str) -> list[float]:
    """Ask for a path from eight readers at once; give each answer's milliseconds."""
    found: list[float] = []

    def reader() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for _ in range(ROUNDS):
            began = time.perf_counter()
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            found.append((time.perf_counter() - began) * 1000)
            assert answer.status == 200, (path, answer.status)
        connection.close()

    readers = [threading.Thread(target=reader) for _ in range(READERS)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    return found


def bare(home: Home) -> Any:
    """Give the bare app: the same read of a series, as JSON."""
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    from monitor.web.reads import Reads
    from store.json_forms import point_row

    reads = Reads(home.database)

    def series(request: Request) -> JSONResponse:
        asked = request.query_params
        points = reads.store().series(asked["area"], asked["indicator"])
        return JSONResponse([point_row(point) for point in points])

    return Starlette(routes=[Route("/series", series)])


def first_load(port: int) -> int:
    """Give the compressed bytes of the home page with its style sheet, script and the fonts it uses."""
    from monitor.web.shell import FOLDER

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/", headers={"Accept-Encoding": "gzip"})
    total = len(connection.getresponse().read())
    for path in ("static/ansinh.css", "vendor/htmx/htmx.min.js"):
        total += len(gzip.compress((FOLDER / path).read_bytes()))
    return total + sum(path.stat().st_size for path in (FOLDER / "vendor" / "be-vietnam-pro").glob("*.woff2"))


def main() -> int:
    """Fill a store, serve it, measure."""
    from monitor.web.app import make_app

    parser = argparse.ArgumentParser()
    parser.add_argument("--observations", type=int, default=100_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Home(root=Path(folder))
        fill(home.database, asked.observations)
        with open_store(home.database) as store:
            store.settle()
            points = store.connection.execute(
                "SELECT area, indicator FROM current_points WHERE measure = 'level' LIMIT 1"
            )
            area, indicator = points.fetchone()
            doc = store.articles(limit=1)[0]["doc"]
        server, port = serve(make_app(home))
        plain, plain_port = serve(bare(home))
        query = f"area={quote(area)}&indicator={quote(indicator)}"
        base = statistics.median(times(plain_port, f"/series?{query}"))
        print(f"bare route, same series: median {base:.1f} ms")
        pages = ["/", "/ban-do", "/dia-phuong", f"/dia-phuong/{quote(area)}", f"/chuoi?{query}", "/bai-bao"]
        pages += [f"/bai?id={quote(doc, safe='')}", "/tham-dinh", "/nguon", "/quy-tac", "/tim?q=tham+gia"]
        for path in pages:
            found = sorted(times(port, path))
            middle, late = statistics.median(found), found[int(len(found) * 0.95)]
            print(f"{path[:44]:<46} median {middle:7.1f} ms   p95 {late:7.1f} ms   {middle / base:5.1f} × bare")
        print(f"first load, compressed: {first_load(port) / 1000:.0f} kB")
        server.should_exit = plain.should_exit = True
        time.sleep(0.3)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
