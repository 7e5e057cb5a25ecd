"""`ansinh revisions`: how the points of a series changed, with the quotes."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.commands.asked import AREA, INDICATOR, MEASURE, OUTPUT, single
from monitor.language import say

COLUMNS = ("period_end", "published", "obs_value", "difference", "stands", "why", "outlet", "said")


def app() -> typer.Typer:
    """Make the command."""
    return single(
        revisions,
        vi="In từng lần một điểm của chuỗi đổi số: ngày đăng, số như viết, ai viết.",
        en="Print each time a point of a series changed: day told, number as written, who wrote it.",
    )


AS_OF = typer.Option("--as-of", help=say("Chỉ tính bài đăng đến hết ngày này.", "What reports published by then said."))
FETCHED = typer.Option("--fetched-by", help=say("Chỉ tính bài đã đọc đến hết ngày này.", "What was read by then."))


def revisions(
    area: Annotated[str, AREA],
    indicator: Annotated[str, INDICATOR],
    measure: Annotated[str, MEASURE] = "level",
    as_of: Annotated[str | None, AS_OF] = None,
    fetched_by: Annotated[str | None, FETCHED] = None,
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl, csv")] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> None:
    """Print a line for each value that a point had, oldest first."""
    from model.home import default_home
    from monitor import words
    from monitor.commands.asked import asked_days, check_indicator, check_measure, open_home_store
    from monitor.printing import check_format, emit_rows
    from store.json_forms import revision_rows

    home = default_home()
    check_format(form, output=output)
    check_measure(measure)
    days = asked_days(as_of, fetched_by)
    with open_home_store(home) as store:
        points = store.series(area, indicator, measure, every_report=True, **days)
    if not points:
        check_indicator(indicator, home)
    rows = revision_rows(points)
    if form == "table":
        rows = [{**row, "said": words.excerpt(row["sentence"], row["quote"], 90)} for row in rows]
    emit_rows(rows, form, output, COLUMNS if form == "table" else tuple(rows[0]) if rows else COLUMNS[:-1])
