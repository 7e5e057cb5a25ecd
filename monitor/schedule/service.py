"""The service's one long-lived process: APScheduler and Scrapy on one asyncio loop; pages and readings in children.

What is due is asked of the ledger in the store, not of the scheduler's memory: a run is begun only if none of its job
is open and none was finished for the same due time. So a missed run is caught up once, none runs twice, none overlaps.
"""

import asyncio
import contextlib
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from model.errors import AnsinhError
from model.home import Home
from monitor.config import JOBS, Config, duration
from monitor.locks import held, one_crawl
from monitor.schedule.times import due_name, last_due, trigger_of
from monitor.words import VIETNAM
from store import Store, open_store

log = logging.getLogger("ansinh.service")
GRACE = 5.0
"""Seconds that a child is given to end before it is killed; the whole stop takes less than twice that."""
RESTART_AFTER = 3.0
"""Seconds before pages that ended by themselves are served again."""
TRY_AGAIN = timedelta(minutes=10)
"""How often a job that failed is tried again for the same due time: a mail server that is down at 06:30 may be back
at seven. What finished for that time is not run again."""


@contextmanager
def only_instance(home: Home) -> Iterator[None]:
    """Hold the home's lock; a second service is a BusyError. The lock goes with the process, however it ends."""
    busy, cure = f"a service already runs in {home.root}", "end that one first, or give this one another ANSINH_HOME"
    with held(home.root / "service.lock", busy=busy, cure=cure):
        yield


class Service:
    """Runs the jobs of one home until told to stop."""

    def __init__(self, home: Home, config: Config) -> None:
        self.home = home
        self.config = config
        self.store: Store = open_store(home.database)
        self.stopping = asyncio.Event()
        self.children: set[asyncio.subprocess.Process] = set()
        self.work: dict[str, Callable[[], Awaitable[str]]] = {
            "crawl": self._crawl,
            "digest": self._digest,
            "backup": lambda: self._command("backup"),
        }

    async def run(self) -> None:
        """Run until SIGTERM or SIGINT; then end children and open runs, within 10 s."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stopping.set)
        for run in self.store.runs(open_only=True):
            self.store.end_run(run.run, "abandoned", "its process ended before it did")
        scheduler = AsyncIOScheduler()
        tasks = {asyncio.create_task(self._pages())}
        for name in JOBS:
            trigger = trigger_of(self.config.job(name))
            scheduler.add_job(self.attempt, trigger, [name], coalesce=True, max_instances=1, misfire_grace_time=3600)
            scheduler.add_job(self.attempt, "interval", [name], seconds=TRY_AGAIN.total_seconds(), max_instances=1)
            tasks.add(asyncio.create_task(self.attempt(name)))
        scheduler.start()
        if self.config.crawl.unreachable:
            log.warning(self.config.crawl.unreachable)
        for doubt in self.config.mail.doubts if self.config.mail else ():
            log.warning(doubt)
        try:
            await self.stopping.wait()
        finally:
            log.info("stopping")
            scheduler.shutdown(wait=False)
            await self._end(tasks)
            self.store.close()

    async def attempt(self, name: str) -> None:
        """Run a job for its last due time, unless the ledger says that it ran, runs, or was never due."""
        job = self.config.job(name)
        due = last_due(job, datetime.now(UTC))
        if due is None or self.stopping.is_set():
            return
        run = self.store.start_run(name, due=due_name(due))
        if run is None:
            return
        log.info("%s begins, due %s", name, due_name(due))
        try:
            detail = await asyncio.wait_for(self.work[name](), duration(job.longest).total_seconds())
        except TimeoutError:
            self._ended(run, name, "failed", f"stuck: ended after {job.longest}")
        except asyncio.CancelledError:
            self._ended(run, name, "abandoned", "the service was stopped")
            raise
        except AnsinhError as error:
            self._ended(run, name, "failed", str(error))
        except Exception as error:  # a job that breaks must not take the service with it
            log.exception("%s broke", name)
            self._ended(run, name, "failed", f"{type(error).__name__}: {error}")
        else:
            self._ended(run, name, "finished", detail)

    def _ended(self, run: str, name: str, event: str, detail: str) -> None:
        self.store.end_run(run, event, detail)
        log.log(logging.INFO if event == "finished" else logging.WARNING, "%s %s: %s", name, event, detail)

    async def _crawl(self) -> str:
        """Crawl what is due on this loop; reading and settling are a child's, so that the loop stays free."""
        from crawler.archive import Archive
        from crawler.run import Watching, crawl_round
        from crawler.settings import Limits
        from monitor.collect import note_outlets, unchanged_in
        from monitor.sources import due, home_sources

        asked = home_sources(self.home)
        if self.config.crawl.sources:
            asked = {key: asked[key] for key in self.config.crawl.sources}
        sources = due(asked, self.store, [], datetime.now(UTC))
        told = "no source was due"
        if sources:
            note_outlets(self.store, sources)
            limits = Limits(contact=self.config.crawl.contact)
            archive = Archive(self.home.archive)
            with one_crawl(self.home):
                result = await crawl_round(
                    sources, memory=self.store, archive=archive, now=lambda: datetime.now(UTC), limits=limits,
                    watching=Watching(unchanged=unchanged_in(self.store)),
                )  # fmt: skip
            counts = result.totals
            told = f"{len(sources)} sources, {counts.get('new', 0)} new, {counts.get('changed', 0)} changed"
        return f"{told}; {await self._command('read')}"

    async def _digest(self) -> str:
        """Send the digest of the day before the one on which it was due, also where it is sent after midnight."""
        due = last_due(self.config.job("digest"), datetime.now(UTC)) or datetime.now(UTC)
        day = due.astimezone(VIETNAM).date() - timedelta(days=1)
        return await self._command("digest", "--send", "--date", day.isoformat())

    async def _command(self, *arguments: str) -> str:
        """Run one ansinh command in a child and give its last line; a failure is an AnsinhError."""
        process = await self._start(*arguments)
        try:
            out, err = await process.communicate()
        finally:
            await self._stop(process)
        said = (err or out).decode("utf-8", "replace").strip().splitlines()
        if process.returncode not in (0, 1):
            raise _failure(said[-1] if said else "", arguments)
        return said[-1] if said else "done"

    async def _start(self, *arguments: str, quiet: bool = False) -> asyncio.subprocess.Process:
        pipe = None if quiet else asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "monitor.schedule.child", *arguments,
            stdin=asyncio.subprocess.PIPE, stdout=pipe, stderr=pipe,
            env=os.environ | {"ANSINH_HOME": str(self.home.root), "ANSINH_SERVICE": str(os.getpid())},
        )  # fmt: skip
        self.children.add(process)
        return process

    async def _stop(self, process: asyncio.subprocess.Process) -> None:
        """End a child: SIGTERM, then SIGKILL."""
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            try:
                await asyncio.wait_for(process.wait(), GRACE)
            except TimeoutError:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        self.children.discard(process)

    async def _pages(self) -> None:
        """Serve the pages in a child, again whenever it ends by itself."""
        pages = self.config.pages
        while not self.stopping.is_set():
            process = await self._start("serve", "--host", pages.host, "--port", str(pages.port), quiet=True)
            try:
                await process.wait()
            finally:
                await self._stop(process)
            log.warning("the pages ended with status %s; again in %s s", process.returncode, RESTART_AFTER)
            await asyncio.sleep(RESTART_AFTER)

    async def _end(self, tasks: set["asyncio.Task[None]"]) -> None:
        """Cancel what runs and end the children."""
        running = asyncio.all_tasks() - {asyncio.current_task()}
        for task in (*running, *tasks):
            task.cancel()
        await asyncio.gather(*(self._stop(child) for child in list(self.children)), return_exceptions=True)
        await asyncio.wait(running, timeout=GRACE / 2) if running else None
        for run in self.store.runs(open_only=True):  # of a job too busy to hear that it was cancelled
            self._ended(run.run, run.job, "abandoned", "the service was stopped")


def _failure(said: str, arguments: Sequence[str]) -> AnsinhError:
    """Give a child's last line as the error that it was: with its own cure, where it told one."""
    fault, _, cure = said.removeprefix("ansinh: ").rpartition(": ")
    if fault and said.startswith("ansinh: "):
        return AnsinhError(fault, cure=cure)
    return AnsinhError(said or f"{arguments[0]} failed", cure=f"try ansinh {' '.join(arguments)}")


def run_service(home: Home, config: Config) -> None:
    """Run the whole service of a home until it is told to stop; the caller holds `only_instance`."""
    from crawler.run import run_on_loop

    run_on_loop(_run(home, config))


async def _run(home: Home, config: Config) -> None:
    await Service(home, config).run()
