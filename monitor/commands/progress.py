"""`ansinh progress`: where places stand against the year's targets, each measured at its figure's own day."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.commands.asked import AS_OF, DATE, FETCHED, FORM, INDICATOR, LISTED, OUTPUT, single
from monitor.language import say

if TYPE_CHECKING:
    from store.progress import Progress

COLUMNS = (
    "name", "issuer", "target", "period_end", "value", "reported_share", "computed_share", "expected", "pace_of_past",
    "forecast", "forecast_basis", "state", "rank",
)  # fmt: skip


def app() -> typer.Typer:
    """Make the command."""
    return single(
        progress,
        vi="Tiến độ so với chỉ tiêu năm: tỷ lệ báo chí nêu, tỷ lệ tính được, nhịp phải có, dự báo, xếp hạng.",
        en="Progress against the year's targets: share reported and computed, expected pace, forecast, rank.",
    )


PLACE = typer.Option("--area", help=say("Chỉ nơi này; mặc định mọi tỉnh.", "Only that place; default all provinces."))
YEAR = typer.Option("--year", help=say("Năm của chỉ tiêu; mặc định năm của ngày.", "Year of the target."))
OF = typer.Option("--of", help=say("Chỉ tiêu về cái gì: level, gain...", "What is planned: level, gain, ..."))


def progress(
    indicator: Annotated[str, INDICATOR],
    area: Annotated[str | None, PLACE] = None,
    date: Annotated[str | None, DATE] = None,
    year: Annotated[int | None, YEAR] = None,
    of: Annotated[str, OF] = "level",
    as_of: Annotated[str | None, AS_OF] = None,
    fetched_by: Annotated[str | None, FETCHED] = None,
    areas: Annotated[str | None, LISTED] = None,
    form: Annotated[str, FORM] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> None:
    """Print a line for each target: of one place one for each issuer, of all provinces the office's first."""
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

    check_format(form, output=output)
    check_indicator(indicator)
    check_measure(of)
    listed = check_areas(areas)
    days = asked_days(as_of, fetched_by)
    on = asked_date(date, days)
    with open_home_store(default_home()) as store:
        found = store.ranking(indicator, on=on, year=year, planned=of, areas=listed or list_in_force(on), **days)
        if area is not None:
            mine = store.progress(area, indicator, on=on, year=year, areas=listed, **days)
            found = _with_rank(mine, found)
    rows = [row_of(one) for one in found]
    if form == "table":
        rows = [{**row, "state": _said(row["state"]), "forecast_basis": _said(row["forecast_basis"])} for row in rows]
    emit_rows(rows, form, output, chosen(form, COLUMNS, rows))


def _with_rank(mine: "Sequence[Progress]", all_places: "Sequence[Progress]") -> "list[Progress]":
    """Give a place's targets with its rank where the ranking counts it by that very target."""
    from dataclasses import replace

    ranks = {one.target: one for one in all_places}
    return [
        replace(one, rank=ranks[one.target].rank, of_areas=ranks[one.target].of_areas) if one.target in ranks else one
        for one in mine
    ]


def row_of(one: "Progress") -> dict[str, Any]:
    """Give one target's progress as one row; shares in percent with two digits."""
    from monitor import names
    from store.json_forms import number

    target = one.target
    numbers = {
        name: None if (value := getattr(one, name)) is None else number(round(value, 2))
        for name in ("value", "reported_share", "computed_share", "expected", "pace", "pace_from_base", "pace_of_past",
                     "forecast")
    }  # fmt: skip
    return {
        "area": one.area, "name": names.area(one.area), "indicator": one.indicator, "of": target.of,
        "issuer": target.issuer, "year": target.year, "target": number(target.value), "unit": target.unit,
        "period_end": one.period_end, **numbers, "past_years": one.past_years, "forecast_basis": one.forecast_basis,
        "state": one.state, "habit_days": one.habit_days, "age_days": one.age_days, "rank": one.rank,
        "of_areas": one.of_areas, "document": target.document, "imported": target.imported,
    }  # fmt: skip


def _said(code: str) -> str:
    """Say a state of progress, or what a forecast rests on, in words."""
    words = {
        "reached": "đạt", "ahead": "nhanh", "on pace": "đúng nhịp", "behind": "chậm", "old": "số cũ",
        "unknown": "chưa rõ", "own past years": "các năm trước của chính nơi ấy", "straight line": "đường thẳng",
        "straight line from base": "đường thẳng từ cuối năm trước",
    }  # fmt: skip
    return say(words.get(code, code), code)
