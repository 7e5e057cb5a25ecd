"""`ansinh compare`: one indicator, all areas, one line each."""

from pathlib import Path
from typing import Annotated, Any

import typer

from monitor.commands.asked import INDICATOR, MEASURE, OUTPUT, single
from monitor.language import say

COLUMNS = ("area", "name", "period_end", "obs_value", "unit", "qualifier", "status", "groups", "published", "quote")


def app() -> typer.Typer:
    """Make the command."""
    return single(
        compare,
        vi="So sánh một chỉ số giữa các địa phương: số mới nhất của từng nơi đến một ngày.",
        en="Compare one indicator over all areas: the latest figure of each up to a day.",
    )


DATE = typer.Option("--date", help=say("Đến hết ngày này; mặc định hôm nay.", "Up to that day; default today."))
AREAS = typer.Option("--areas", help=say("Danh mục 2024 hoặc 2025.", "List of 2024 or 2025."))
WITHIN = typer.Option("--within", help=say("Chỉ các đơn vị của nơi này.", "Only the units inside this place."))


def compare(
    indicator: Annotated[str, INDICATOR],
    date: Annotated[str | None, DATE] = None,
    measure: Annotated[str, MEASURE] = "level",
    areas: Annotated[str, AREAS] = "2025",
    within: Annotated[str, WITHIN] = "VN",
    form: Annotated[str, typer.Option("--format", help="table, csv, json, jsonl")] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> None:
    """Print one line an area."""
    import json
    from dataclasses import asdict
    from datetime import datetime

    from model.errors import InputError
    from model.home import default_home
    from monitor.commands.asked import check_indicator, check_measure, open_home_store, parse_day
    from monitor.printing import check_format, emit_rows
    from monitor.words import VIETNAM

    check_format(form, output=output)
    check_indicator(indicator)
    check_measure(measure)
    if areas not in ("2024", "2025"):
        raise InputError(f"unknown list of areas '{areas}'", cure="use --areas 2024 or --areas 2025")
    on = parse_day(date, "--date") or datetime.now(VIETNAM).date()
    with open_home_store(default_home()) as store:
        lines = store.compare(indicator, on, measure, areas=areas, within=within)
    rows: list[dict[str, Any]] = [{**asdict(line), "flags": json.loads(line.flags)} for line in lines]
    if form == "table":
        rows = [row for row in rows if row["period_end"] is not None]
    emit_rows(rows, form, output, COLUMNS if form == "table" else tuple(rows[0]) if rows else COLUMNS)
