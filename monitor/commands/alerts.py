"""`ansinh alerts`: what a day raises, with its evidence."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from monitor.commands.asked import OUTPUT, single
from monitor.language import say


def app() -> typer.Typer:
    """Make the command."""
    return single(
        alerts,
        vi="In các cảnh báo của một ngày, kèm bằng chứng; cảnh báo tắt tiếng được ghi rõ lý do.",
        en="Print a day's alerts with their evidence; muted ones say why.",
    )


DATE = typer.Option("--date", help=say("Ngày cần xem; mặc định hôm nay.", "The day; default today."))


def alerts(
    date: Annotated[str | None, DATE] = None,
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl, csv")] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> None:
    """Print what the day raises."""
    from datetime import datetime

    from model.home import default_home
    from monitor.alerting import alerts_of
    from monitor.commands.asked import open_home_store, parse_day
    from monitor.printing import check_format, emit_rows
    from monitor.words import VIETNAM

    check_format(form, output=output)
    day = parse_day(date, "--date") or datetime.now(VIETNAM).date()
    home = default_home()
    with open_home_store(home) as store:
        raised = alerts_of(store, day, own=home.alerts)
    rows = [asdict(one) for one in raised]
    emit_rows(rows, form, output, ("alert", "place", "text", "evidence", "muted"))
