"""`ansinh run`: the whole service; `ansinh read`: what is archived and unread; `ansinh config check`: the settings."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.commands.asked import OUTPUT, group, single
from monitor.language import report, say

LEFT_OVER = 5.0
"""Seconds in which the pages of a service that was killed end by themselves."""


def app() -> typer.Typer:
    """Make `ansinh run`."""
    return single(
        run,
        vi="Chạy toàn bộ dịch vụ: thu thập theo lịch, bản tin hằng ngày, các trang web; SIGTERM để dừng.",
        en="Run the whole service: scheduled crawls, the daily digest, the pages; SIGTERM ends it.",
    )


def read_app() -> typer.Typer:
    """Make `ansinh read`."""
    return single(
        read,
        vi="Đọc những trang đã lưu mà chưa ai đọc, rồi chốt lại các chuỗi.",
        en="Read archived pages that nobody has read, and settle the series.",
    )


def config_app() -> typer.Typer:
    """Make `ansinh config`."""
    made = group(vi="Cấu hình của dịch vụ (ansinh.toml).", en="The service's settings (ansinh.toml).")
    made.command("check", help=say("Kiểm tra tệp cấu hình và in giá trị đang dùng.", "Check the settings."))(check)
    return made


def run() -> None:
    """Run until told to stop."""
    from model.errors import MissingExtraError
    from model.home import default_home
    from monitor.alerts import checked_alerts
    from monitor.commands.serve import check_address
    from monitor.config import load_config
    from monitor.schedule.logs import log_as_json
    from monitor.schedule.service import only_instance, run_service

    try:
        import uvicorn  # noqa: F401 -- the pages' child needs it; better said now than in a restart loop
    except ImportError:
        raise MissingExtraError("serving pages", "web") from None
    home = default_home()
    config = load_config(home)
    checked_alerts(home.alerts)  # a slip in them is better said now than by a morning without a digest
    check_address(config.pages.host, config.pages.port, always=config.pages.always)
    with only_instance(home):
        _port_is_free(config.pages.host, config.pages.port)
        log_as_json()
        run_service(home, config)


def _port_is_free(host: str, port: int) -> None:
    """Refuse where another program holds the pages' port; what a killed service left there is given time to end."""
    import time

    from model.errors import BusyError
    from monitor.commands.serve import listen

    until = time.monotonic() + LEFT_OVER
    while True:
        try:
            listen(host, port, "end what listens there, or set another port under [pages] in ansinh.toml").close()
            return
        except BusyError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def read() -> int:
    """Read what is unread and say in one line what it brought."""
    from datetime import UTC, datetime

    from model.home import default_home
    from monitor.collect import read_unread, repair
    from monitor.commands.asked import open_home_store
    from monitor.sources import home_sources
    from monitor.yields import judge_yields

    home = default_home()
    with open_home_store(home, readonly=False) as store:
        repair(home, store)
        harvest = read_unread(home, store, now=lambda: datetime.now(UTC))
        store.settle()
        judge_yields(store, home_sources(home), datetime.now(UTC))
    for broken in harvest.broken:
        typer.echo(f"{broken.doc}: {broken.fault}", err=True)
    pages, figures, held = harvest.read, harvest.figures, harvest.held
    typer.echo(
        report(f"{pages} trang, {figures} số liệu, {held} giữ lại", f"{pages} pages, {figures} figures, {held} held")
    )
    return 1 if harvest.broken else 0


def check(
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl, csv")] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> int:
    """Print the settings in force, one a line, with when each job comes next; status 1 where one needs a person."""
    from datetime import UTC, datetime

    from model.home import default_home
    from monitor.alerts import checked_alerts, load_alerts
    from monitor.config import JOBS, load_config
    from monitor.printing import check_format, emit_rows
    from monitor.schedule.times import trigger_of
    from monitor.words import VIETNAM

    check_format(form, output=output)
    home = default_home()
    config, watched = load_config(home), checked_alerts(home.alerts)
    own = len(watched.rules) - len(load_alerts().rules)
    muted = sum(mute.until >= datetime.now(VIETNAM).date() for mute in watched.mutes)
    alerts = say(f"{own} của cơ quan; đang tắt tiếng {muted}", f"{own} of one's own; {muted} muted")
    rows = [{"key": "file", "value": str(home.config) + ("" if home.config.exists() else say(" (chưa có)", " (none)"))}]
    now = datetime.now(UTC)
    for name in JOBS:
        job = config.job(name)
        fire = trigger_of(job).get_next_fire_time(None, now)
        when = f"{job.cron or job.every}; {say('lần tới', 'next')} {fire.astimezone(VIETNAM):%Y-%m-%d %H:%M}"
        rows.append({"key": f"jobs.{name}", "value": when})
    mail = f"{config.mail.host}:{config.mail.port} ({config.mail.security})" if config.mail else say("không", "none")
    rows += [
        {"key": "mail", "value": mail},
        {"key": "readers", "value": ", ".join(reader.address for reader in config.readers) or say("không", "none")},
        {"key": "pages", "value": f"http://{config.pages.host}:{config.pages.port}/"},
        {"key": "pages.login", "value": config.pages.login},
        {"key": "crawl.contact", "value": config.crawl.contact or say("không", "none")},
        {"key": "alerts", "value": alerts},
        {"key": "webhook", "value": config.webhook or say("không", "none")},
    ]
    emit_rows(rows, form, output, ("key", "value"))
    doubts = config.mail.doubts if config.mail else []
    for doubt in doubts:
        typer.echo(f"ansinh: {doubt}", err=True)
    return 1 if doubts else 0
