"""A hundred verdicts in a row with keys alone, in real Chromium: what of a reviewer's time is the machine's.

    python -m bench.reviewing                               30,000 observations, 150 of them waiting
    python -m bench.reviewing --observations 300000

A key is pressed, the verdict is written and settled, the next figure is on the screen: the clock runs from the key to
the moment the next figure is drawn and takes keys. Accepting, rejecting and correcting a value (key, typing, Enter) in
turn; each tenth is taken back with `z` and given again. The figures wait in a store of the size asked for, while
another process saves readings and settles. Also printed: the same with a bare form that answers with a redirect and an
empty page, for what Chromium and the clock cost by themselves.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from bench.pages import in_thread, served, writing
from bench.paints import FLAGS
from bench.store import batches
from bench.store_made import Maker
from model.home import Home
from model.records import Reading
from monitor.users import save_user
from store import open_store

VERDICTS, WAITING = 100, 150
KEYS = ("a", "a", "x", "a", "3", "a", "x", "a", "a", "3")
DRAWN = "was => document.querySelector('main form') && location.pathname !== was && document.readyState === 'complete'"


def main() -> int:
    """Fill a store, decide a hundred figures, print the machine's share."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--observations", type=int, default=30_000)
    asked = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        print("reviewing: not measured, no Chromium here")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        home = Home(root=Path(folder))
        fill(home, asked.observations)
        save_user(home, "lan", "reviewer", "mat-khau-dai")
        from playwright.sync_api import sync_playwright

        with sync_playwright() as started, served(["-m", "monitor.main", "serve"], home) as (port, _), bare() as plain:
            browser = started.chromium.launch(executable_path=chromium, args=FLAGS)
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{plain}/0")
            empty = [once(page, "a") for _ in range(30)]
            page.goto(f"http://127.0.0.1:{port}/vao?tiep=/tham-dinh")
            page.wait_for_function("document.activeElement.name === 'ten'")
            for name in ("lan", "Tab", "mat-khau-dai", "Enter"):
                page.keyboard.press(name) if name in ("Tab", "Enter") else page.keyboard.type(name)
            page.wait_for_selector("[data-key=n]")
            page.keyboard.press("n")
            page.wait_for_selector(".sentence")
            with writing(home):
                took, undone = decide(page)
            browser.close()
        with open_store(home.database, readonly=True) as store:
            written = len(store.verdicts())
    tell(took, undone, empty, written)
    return 0


def fill(home: Home, observations: int) -> None:
    """Fill a store in which nothing waits, then let figures of its last articles wait."""
    readings = Maker().readings(10**9)
    with open_store(home.database) as store:
        for part in batches((published(one, True) for one in _about(readings, observations)), 5_000):
            store.save_readings(part)
        for one in islice(readings, WAITING):
            store.save_reading(published(replace(one, observations=one.observations[:1]), False))
        store.settle()


def _about(readings: Iterator[Reading], observations: int) -> Iterator[Reading]:
    made = 0
    while made < observations:
        one = next(readings)
        made += len(one.observations)
        yield one


def published(reading: Reading, publish: bool) -> Reading:
    """Give a reading of which all figures are published, or none is."""
    return replace(reading, observations=tuple(replace(one, publish=publish) for one in reading.observations))


def decide(page: Any) -> tuple[dict[str, list[float]], list[float]]:
    """Give the milliseconds of each verdict by its key, and those of taking one back."""
    took: dict[str, list[float]] = {}
    undone: list[float] = []
    for number in range(VERDICTS):
        key = KEYS[number % len(KEYS)]
        took.setdefault(key, []).append(once(page, key))
        if number % 10 == 9:
            undone.append(once(page, "z"))
            once(page, key)
    return took, undone


def once(page: Any, key: str) -> float:
    """Press a key as a reviewer does; give the milliseconds until the next figure takes keys."""
    was = page.evaluate("location.pathname")
    if key == "3":
        page.keyboard.press("3")
        page.keyboard.type("8.475")
        key = "Enter"
    began = time.perf_counter()
    page.keyboard.press(key)
    page.wait_for_function(DRAWN, arg=was, polling="raf")
    return (time.perf_counter() - began) * 1000


@contextmanager
def bare() -> Iterator[int]:
    """Serve a form that redirects to the next empty page, with one line of script for its key."""
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import HTMLResponse, RedirectResponse, Response
    from starlette.routing import Route

    def answer(request: Request) -> Response:
        number = request.path_params["number"]
        if request.method == "POST":
            return RedirectResponse(f"/{number + 1}", 303)
        script = "document.onkeydown = () => document.forms[0].requestSubmit()"
        return HTMLResponse(f"<main>{number}<form method=post action=/{number}></form></main><script>{script}</script>")

    app = Starlette(routes=[Route("/{number:int}", answer, methods=["GET", "POST"])])
    with in_thread(app) as port:
        yield port


def tell(took: dict[str, list[float]], undone: list[float], empty: list[float], written: int) -> None:
    """Print the machine's share of ten minutes, and what an empty form costs."""
    every = sorted(one for found in took.values() for one in found)
    words = {"a": "accept", "x": "reject", "3": "correct a value"}
    for key, found in sorted(took.items()):
        print(f"{words[key]:<22} median {statistics.median(found):6.0f} ms   slowest {max(found):6.0f} ms")
    print(f"{'take back':<22} median {statistics.median(undone):6.0f} ms   slowest {max(undone):6.0f} ms")
    late, seconds = every[int(len(every) * 0.95)], sum(every) / 1000
    ratio = statistics.median(every) / statistics.median(empty)
    print(f"of an empty form       median {statistics.median(empty):6.0f} ms   ours is {ratio:.1f} times it")
    print(f"{len(every)} verdicts: median {statistics.median(every):.0f} ms, p95 {late:.0f} ms, {written} rows written")
    print(f"the machine's share of ten minutes: {seconds:.1f} s; {600 - seconds:.0f} s are the reader's, "
          f"{(600 - seconds) / len(every):.1f} s a figure")  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
