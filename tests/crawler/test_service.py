"""In a process that lives on: rounds as scheduled jobs on one loop, beside everything else that runs there."""

import os
import subprocess
import sys
from pathlib import Path

from tests.crawler.hostile import Press, Site, answer, article, feed

ROOT = Path(__file__).parents[2]
PATHS = [f"/bai-viet-so-{n}-a{1000 + n}.html" for n in range(5)]
SERVICE = """
import asyncio, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from crawler.archive import Archive
from crawler.registry import make_source
from crawler.run import crawl_round
from crawler.scratch import ScratchMemory

async def main(home, folder):
    source = make_source({"id": "b", "name": "B", "home": home, "feeds": ["/rss"], "interval": 0}, where="b")
    memory, archive, rounds, ticks = ScratchMemory(), Archive(Path(folder)), [], []
    done = asyncio.Event()

    async def job():
        result = await crawl_round([source], memory=memory, archive=archive, now=lambda: datetime.now(UTC))
        rounds.append(result.totals.get("new", 0))
        if len(rounds) == 3:
            done.set()

    async def tick():
        while not done.is_set():
            ticks.append(1)
            await asyncio.sleep(0.02)

    scheduler = AsyncIOScheduler()
    scheduler.add_job(job, "interval", seconds=0.3, max_instances=1, next_run_time=datetime.now(UTC))
    scheduler.start()
    await asyncio.gather(done.wait(), tick())
    scheduler.shutdown(wait=False)
    print(rounds, len(ticks) > 3)

asyncio.run(main(*sys.argv[1:]))
"""


def test_rounds_are_jobs_on_one_loop_and_the_process_ends(tmp_path):
    press = Press()
    pages = {path: answer(article(f"Bài ở {path}")) for path in PATHS}
    site = press.open(Site("báo", pages | {"/rss": answer(feed(*PATHS), kind="text/xml")}))
    environment = os.environ | {"ANSINH_ALLOW_PRIVATE": f"127.0.0.1:{site.port}", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", SERVICE, site.home, str(tmp_path)]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=90, check=False)
    press.close()
    assert done.stdout.strip() == "[5, 0, 0] True", done.stderr
