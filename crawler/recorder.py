"""Keeps what a round brings: archived first, then remembered, a batch at a time.

Packing and syncing happen in a thread, so that the crawl goes on meanwhile; a page is remembered only when its record
is on the disk. What a kill leaves between the two is found again by `Archive.repair`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from crawler.archive import Archive
from crawler.rounds import SourceRound
from model.fetches import Fetch, Memory
from model.records import Page

BATCH = 32
"""Pages that share one sync to the disk."""
GATHER = 0.05
"""Seconds that a page waits for others, so that they go to the disk together."""
WAITING = 256
"""Pages that may wait before the crawl itself has to."""


class Recorder:
    """The one writer of a round."""

    def __init__(
        self, memory: Memory, archive: Archive | None, finish: Callable[[SourceRound], None],
        seen: Callable[[Page, Fetch], None] | None = None,
    ) -> None:  # fmt: skip
        self._memory = memory
        self._archive = archive
        self._finish = finish
        self._seen = seen
        self._queue: asyncio.Queue[tuple[Page, Fetch] | SourceRound | None] = asyncio.Queue(WAITING)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write; needs a running loop."""
        self._task = asyncio.ensure_future(self._work())

    async def keep(self, page: Page, fetch: Fetch) -> None:
        """Take a page; waits where the disk is slower than the net. Raises what writing raised."""
        await self._put((page, fetch))

    async def finish(self, state: SourceRound) -> None:
        """Take a source whose round is over: it is recorded after all its pages."""
        await self._put(state)

    async def close(self) -> None:
        """Write all that waits; raises what writing raised."""
        await self._put(None)
        if self._task is not None:
            await self._task

    async def _put(self, item: tuple[Page, Fetch] | SourceRound | None) -> None:
        if self._task is None or not self._task.done():
            putting = asyncio.ensure_future(self._queue.put(item))
            waited: set[Awaitable[None]] = {putting, self._task} if self._task else {putting}
            await asyncio.wait([asyncio.ensure_future(one) for one in waited], return_when=asyncio.FIRST_COMPLETED)
            putting.cancel()
        if self._task is not None and self._task.done():
            self._task.result()

    async def _work(self) -> None:
        while True:
            batch = [await self._queue.get()]
            if isinstance(batch[0], tuple) and self._queue.qsize() < BATCH:
                await asyncio.sleep(GATHER)
            while len(batch) < BATCH and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            pages = [item for item in batch if isinstance(item, tuple)]
            if pages:
                await self._write(pages)
            for item in batch:
                if isinstance(item, SourceRound):
                    self._finish(item)
            if None in batch:
                return

    async def _write(self, pages: list[tuple[Page, Fetch]]) -> None:
        if self._archive is not None:
            archived = await asyncio.to_thread(archive_pages, self._archive, pages)
        else:
            archived = [page for page, _ in pages]
        kept = [(page, fetch) for page, (_, fetch) in zip(archived, pages, strict=True)]
        self._memory.add_pages(kept)
        if self._seen is not None:
            for page, fetch in kept:
                self._seen(page, fetch)


def archive_pages(archive: Archive, pages: list[tuple[Page, Fetch]]) -> list[Page]:
    """Append pages to the archive and bring them to the disk together; gives them with file and offset."""
    archived = [archive.append(page, fetch.outcome, flush=False) for page, fetch in pages]
    archive.flush()
    return archived


def fetch_of_archived(page: Page, outcome: str) -> Fetch:
    """Make again the record of a fetch whose page is in the archive and nowhere else."""
    return Fetch(
        url=page.url,
        source=page.source,
        at=page.fetched_at,
        outcome=outcome or "new",  # type: ignore[arg-type]
        status=page.status,
        robots=page.robots,
        reason="found in the archive",
        bytes=len(page.body),
        etag=page.headers.get("etag", ""),
        last_modified=page.headers.get("last-modified", ""),
        digest=page.digest,
    )


def recover(archive: Archive, memory: Memory) -> int:
    """Close what a killed round left in the archive and remember its pages; gives how many there were."""
    count = 0
    for page, outcome in archive.repair():
        memory.add_page(replace(page), fetch_of_archived(page, outcome))
        count += 1
    return count
