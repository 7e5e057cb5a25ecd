"""`ansinh compare`: one indicator, all areas, one line each."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.commands.asked import AS_OF, DATE, FETCHED, FORM, INDICATOR, LISTED, MEASURE, OUTPUT, single
from monitor.language import say

if TYPE_CHECKING:
    from store.comparing import Compared

COLUMNS = (
    "area", "name", "period_end", "obs_value", "unit", "qualifier", "status", "groups", "published", "quote", "missing",
)  # fmt: skip


def app() -> typer.Typer:
    """Make the command."""
    return single(
        compare,
        vi="So sánh một chỉ số giữa các địa phương: số mới nhất của từng nơi đến một ngày.",
        en="Compare one indicator over all areas: the latest figure of each up to a day.",
    )


WITHIN = typer.Option("--within", help=say("Chỉ các đơn vị của nơi này.", "Only the units inside this place."))


def compare(
    indicator: Annotated[str, INDICATOR],
    date: Annotated[str | None, DATE] = None,
    measure: Annotated[str, MEASURE] = "level",
    as_of: Annotated[str | None, AS_OF] = None,
    fetched_by: Annotated[str | None, FETCHED] = None,
    areas: Annotated[str | None, LISTED] = None,
    within: Annotated[str, WITHIN] = "VN",
    form: Annotated[str, FORM] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> None:
    """Print one line an area."""
    import json
    from dataclasses import asdict

    from model.home import default_home
    from monitor.commands.asked import (
        asked_date,
        asked_days,
        check_areas,
        check_indicator,
        check_measure,
        list_in_force,
        open_home_store,
    )
    from monitor.printing import check_format, chosen, emit_rows
    from store.series import vintage_of

    check_format(form, output=output)
    check_indicator(indicator)
    check_measure(measure)
    days = asked_days(as_of, fetched_by)
    on = asked_date(date, days)
    listed = check_areas(areas) or list_in_force(on)
    with open_home_store(default_home()) as store:
        lines = store.compare(indicator, on, measure, areas=listed, within=within, **days)
    vintage = vintage_of({"as_of": days["as_of"], "fetched_by": days["fetched_by"]})
    rows: list[dict[str, Any]] = [
        {**asdict(line), "flags": json.loads(line.flags), "vintage": vintage} for line in lines
    ]
    if form == "table":
        rows = [{**row, "missing": missing_text(line)} for row, line in zip(rows, lines, strict=True)]
    emit_rows(rows, form, output, chosen(form, COLUMNS, rows))


def missing_text(line: "Compared") -> str:
    """Say what is missing of a place without a figure: all, or parts of the sum; of a sum what it was made of."""
    from monitor import names, words

    if line.terms:
        return say(f"tổng của {len(line.terms)} tỉnh", f"sum of {len(line.terms)} provinces")
    if line.period_end is not None:
        return ""
    if not line.missing:
        return say("chưa có số", "no figure")
    parts = ", ".join(map(names.old_or_new, line.missing))
    return say(f"{words.day(line.missing_end)}: chưa có {parts}", f"{words.day(line.missing_end)}: {parts} missing")
