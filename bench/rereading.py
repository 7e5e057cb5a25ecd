"""Reading an archive again with today's rules: two workers beside one, memory along the way, and a million from there.

    python -m bench.rereading                     2,000 articles
    python -m bench.rereading --articles 20000    about ten minutes

One process reads a quarter of them (`--alone` says how many), then two workers read all. Each article is an archived
page with a figure of its own. Wall clock tells the workers' efficiency only on a machine
with two processors to spare; so beside it stands what the processors' seconds allow: those of reading in one process
by those of all processes together. Pages come from `../shared/pages` (or `$ANSINH_SHARED`), without it from the
project's own invented ones.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from bench.reading import load_pages
from crawler.archive import Archive
from model.home import Home
from model.records import Article, Page, Reading
from monitor.reextract import stage
from store import Store, open_store

NOW = datetime(2020, 5, 18, 3, tzinfo=UTC)
FIGURE = "</p><p>Đến hết tháng 4/2020, toàn tỉnh có {} người tham gia BHXH tự nguyện.</p>"


@dataclass(kw_only=True)
class Run:
    """What one re-reading took."""

    articles: int
    seconds: float = 0.0
    own: float = 0.0
    """Processor seconds of the process that leads."""
    workers: float = 0.0
    """Processor seconds of the workers, their start included."""
    memory: list[tuple[int, int]] = field(default_factory=list)
    """MiB of the leading process, and of its workers together, at each tenth of the way."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--alone", type=int, help="articles that one process reads; default a quarter")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        home = Home(root=Path(folder))
        fill(home, chosen.articles)
        alone = min(chosen.alone or max(500, chosen.articles // 4), chosen.articles)
        with open_store(home.database) as store:
            few = measured(home, store, alone, workers=1)
            many = measured(home, store, chosen.articles, workers=2)
            began = time.process_time()
            found = sum(1 for _ in store.staged_differences(rules_staged(store)))
            comparing = time.process_time() - began
    show(few, many)
    print(f"  comparing: {1000 * comparing / many.articles:.2f} ms an article, {found:,} differences")
    return 0


def show(few: Run, many: Run) -> None:
    """Print speeds, efficiency, memory and what a million articles would take."""
    one = few.seconds / few.articles
    two = many.seconds / many.articles
    alone = (few.own + few.workers) / few.articles
    together = (many.own + many.workers) / many.articles
    print(f"  one process:  {few.articles:,} articles, {1000 * one:.1f} ms each by the clock, {1000 * alone:.1f} ms of"
          " processor")  # fmt: skip
    print(f"  two workers:  {many.articles:,} articles, {1000 * two:.1f} ms each by the clock, {1000 * together:.1f} ms"
          f" of processor, of these {1000 * many.own / many.articles:.2f} ms of the leading process")  # fmt: skip
    print(f"  efficiency of two: {one / two / 2:.2f} by the clock, {alone / together:.2f} by the processors' seconds"
          " (wanted 0.85)")  # fmt: skip
    leading, working = zip(*many.memory, strict=True)
    print(f"  memory at each tenth, MiB: leading {', '.join(map(str, leading))}; its workers together"
          f" {', '.join(map(str, working))}")  # fmt: skip
    half = len(many.memory) // 2
    growth = [max(one[half:]) - max(one[:half]) for one in (leading, working)]
    print(
        f"  growth from the first half to the second: {growth[0]} MiB and {growth[1]} MiB (wanted flat;"
        " SQLite's cache of pages fills up to 64)"
    )
    print(f"  a million articles: {together * 1e6 / 3600:.1f} processor hours, {two * 1e6 / 3600:.1f} hours by this"
          f" clock, {together * 1e6 / 7200:.1f} hours on two free processors")  # fmt: skip


def rules_staged(store: Store) -> str:
    """Give the fingerprint of the rules under which readings are staged."""
    return str(store.sql("SELECT max(rules) FROM staged").rows[0][0])


def fill(home: Home, articles: int) -> None:
    """Archive pages and say that they were read long ago, under rules that found nothing."""
    _, bodies = load_pages()
    with Archive(home.archive) as archive, open_store(home.database) as store:
        archive.open_run("bench", NOW)
        for first in range(0, articles, 500):
            with store.transaction():
                for number in range(first, min(articles, first + 500)):
                    page = archive.append(page_of(number, bodies), flush=False)
                    archive_page(store, replace(page, body=b""))
            archive.flush()


def archive_page(store: Store, page: Page) -> None:
    """Remember a page and an empty reading of it."""
    store.add_archived_page(page)
    article = Article(doc=page.url, url=page.url, text="", published=date(2020, 5, 18), published_evidence="bench")
    store.save_reading(Reading(article=article, digest=page.digest, rules="none", read_at=NOW, source=page.source))


def page_of(number: int, bodies: Sequence[bytes]) -> Page:
    """Give a page with a figure of its own."""
    figure = f"{8000 + number:,}".replace(",", ".")
    body = bodies[number % len(bodies)].replace(b"</p>", FIGURE.format(figure).encode(), 1)
    url = f"https://bao.example/{number:07}.html"
    return Page(
        url=url, fetched_url=url, fetched_at=NOW, body=body, status=200, source="bench", kind="article",
        headers={"content-type": "text/html"},
    )  # fmt: skip


class _Some:
    """A store that names only its first documents."""

    def __init__(self, store: Store, most: int) -> None:
        self._store, self._most = store, most

    def standing_versions(self, **_: object) -> Iterator[tuple[str, str, str]]:
        """Give the first versions."""
        for place, version in enumerate(self._store.standing_versions()):
            if place == self._most:
                return
            yield version

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def measured(home: Home, store: Store, articles: int, *, workers: int) -> Run:
    """Read so many articles again and stage the readings."""
    run = Run(articles=articles)
    own, others = time.process_time(), children()
    began = time.perf_counter()

    def told(count: int) -> None:
        if count % max(1, articles // 10) == 0:
            run.memory.append((resident("self"), sum(map(resident, child_processes()))))

    stage(home, _Some(store, articles), now=lambda: NOW, told=told, workers=workers)  # type: ignore[arg-type]
    run.seconds = time.perf_counter() - began
    run.own, run.workers = time.process_time() - own, children() - others
    return run


def children() -> float:
    """Give the processor seconds of processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def child_processes() -> list[str]:
    """Give the numbers of this process's children."""
    return [child for task in Path("/proc/self/task").glob("*/children") for child in task.read_text().split()]


def resident(process: str) -> int:
    """Give the MiB that a process holds now of its own; pages of the database file, which it maps, are not its own."""
    try:
        said = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0  # it has ended
    own = [line for line in said.splitlines() if line.startswith("RssAnon:")]
    return int(own[0].split()[1]) >> 10 if own else 0


if __name__ == "__main__":
    sys.exit(main())
