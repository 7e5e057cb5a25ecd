"""The ledger's law: a missed run is caught up once, none runs twice, none overlaps, a stuck one is ended and said."""

import asyncio
import json
import logging
import sys
from datetime import UTC, datetime, timedelta

import pytest

from model.errors import AnsinhError
from model.home import Home
from monitor.config import Config, Job
from monitor.schedule.logs import JsonLines
from monitor.schedule.service import Service, _failure
from monitor.schedule.times import due_name, last_due
from monitor.words import VIETNAM
from store import open_store


@pytest.fixture
def service(tmp_path):
    home = Home(root=tmp_path)
    config = Config(jobs={"crawl": Job(every="1h", longest="10m"), "digest": Job(cron="30 6 * * *", longest="10m")})
    made = Service(home, config)
    made.work = {}
    yield made
    made.store.close()


def events(service, job):
    return [run.event for run in service.store.runs(job)]


def test_a_due_time_runs_once_however_often_it_is_tried(service):
    async def work():
        return "done"

    async def morning():
        service.work["digest"] = work
        for _ in range(4):
            await service.attempt("digest")

    asyncio.run(morning())
    assert events(service, "digest") == ["finished"]


def test_of_runs_missed_for_days_one_is_caught_up(service):
    async def work():
        return "done"

    due = last_due(service.config.job("digest"), datetime.now(UTC))
    for days in (5, 4, 3):
        service.store.end_run(service.store.start_run("digest", due=due_name(due - timedelta(days=days))))
    service.work["digest"] = work
    asyncio.run(service.attempt("digest"))
    asyncio.run(service.attempt("digest"))
    runs = service.store.runs("digest")
    assert len(runs) == 4 and runs[0].due == due_name(due)


def test_two_attempts_at_once_do_not_overlap(service):
    inside, most = 0, 0

    async def work():
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.2)
        inside -= 1
        return "done"

    async def both():
        service.work["crawl"] = work
        await asyncio.gather(*(service.attempt("crawl") for _ in range(3)))

    asyncio.run(both())
    assert most == 1 and events(service, "crawl") == ["finished"]


def test_a_stuck_run_is_ended_and_said(service, caplog):
    async def work():
        await asyncio.Event().wait()
        return "never"

    service.config = Config(jobs={"crawl": Job(every="1h", longest="1s")})
    service.work["crawl"] = work
    with caplog.at_level(logging.INFO, "ansinh.service"):
        asyncio.run(asyncio.wait_for(service.attempt("crawl"), 240))
    (run,) = service.store.runs("crawl")
    assert run.event == "failed" and "stuck" in run.detail
    assert "stuck" in caplog.text


def test_a_run_that_failed_is_tried_again_for_the_same_time_and_a_crash_takes_nothing_with_it(service):
    tries = []

    async def work():
        tries.append(1)
        if len(tries) == 1:
            raise AnsinhError("no server", cure="mend it")
        if len(tries) == 2:
            raise ZeroDivisionError
        return "done"

    service.work["digest"] = work
    for _ in range(4):
        asyncio.run(service.attempt("digest"))
    assert events(service, "digest") == ["finished", "failed", "failed"]


def test_a_child_that_ignores_the_word_is_killed(service, monkeypatch):
    monkeypatch.setattr("monitor.schedule.service.GRACE", 0.5)

    async def stop():
        program = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE
        )  # fmt: skip
        await process.stdout.readline()
        await service._stop(process)
        return process.returncode

    assert asyncio.run(stop()) == -9


def test_logs_are_one_json_object_a_line_whatever_is_said():
    record = logging.LogRecord("ansinh.x", logging.WARNING, "f", 1, "tiếng Việt\n“%s”", ("\x00\u202e",), None)
    line = JsonLines().format(record)
    assert "\n" not in line
    told = json.loads(line)
    assert told["level"] == "warning" and told["message"].startswith("tiếng Việt\n") and told["time"].endswith("+00:00")


def test_a_morning_that_failed_is_tried_again_by_itself_for_the_same_day(service, monkeypatch):
    monkeypatch.setattr("monitor.schedule.service.TRY_AGAIN", timedelta(seconds=0.3))
    tries = []

    async def done():
        asyncio.get_running_loop().call_later(240, service.stopping.set)  # the end, whatever happens
        return "done"

    async def work():
        tries.append(1)
        if len(tries) < 3:
            raise AnsinhError("no mail server", cure="mend it")
        service.stopping.set()
        return "done"

    service._pages = done
    service.work = {"crawl": done, "backup": done, "digest": work}
    asyncio.run(service.run())
    with open_store(service.home.database, readonly=True) as store:
        assert [run.event for run in store.runs("digest")] == ["finished", "failed", "failed"]
        assert len({run.due for run in store.runs("digest")}) == 1


def test_the_digest_is_of_the_day_before_it_was_due_also_after_midnight(service):
    asked = []

    async def command(*arguments):
        asked.append(arguments)
        return "done"

    service._command = command
    asyncio.run(service._digest())
    due = last_due(service.config.job("digest"), datetime.now(UTC)).astimezone(VIETNAM).date()
    assert asked == [("digest", "--send", "--date", (due - timedelta(days=1)).isoformat())]


def test_a_child_s_failure_is_told_with_its_own_cure_and_no_second_one():
    told = "ansinh: a@b.vn: [Errno 111] Connection refused: mend [mail] and send again."
    assert str(_failure(told, ("digest", "--send"))) == told.removeprefix("ansinh: ")
    assert "try ansinh read" in str(_failure("Killed", ("read",))) and "read failed" in str(_failure("", ("read",)))
