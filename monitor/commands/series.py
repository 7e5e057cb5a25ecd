"""`ansinh series`: one series, each point with its article and its sentence."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.commands.asked import (
    AREA,
    INDICATOR,
    MEASURE,
    OUTPUT,
    check_indicator,
    check_measure,
    open_home_store,
    parse_day,
    single,
)
from monitor.language import say

if TYPE_CHECKING:
    from model.records import Point


def app() -> typer.Typer:
    """Make the command."""
    return single(
        series,
        vi="In một chuỗi số liệu: mỗi điểm kèm bài báo và câu văn đã viết ra nó.",
        en="Print one series: each point with the article and the sentence that it comes from.",
    )


AS_OF = typer.Option("--as-of", help=say("Chỉ tính bài đăng đến hết ngày này.", "What reports published by then said."))
FETCHED = typer.Option("--fetched-by", help=say("Chỉ tính bài đã đọc đến hết ngày này.", "What was read by then."))
AREAS = typer.Option("--areas", help=say("Danh mục địa giới: 2024 hoặc 2025.", "List of areas: 2024 or 2025."))
DERIVED = typer.Option("--derived", help=say("Kèm điểm suy ra.", "Also derived points."))

FORMAT = typer.Option("--format", help="table, csv, json, jsonl, parquet, xlsx, sdmx-csv")


def series(
    area: Annotated[str, AREA],
    indicator: Annotated[str, INDICATOR],
    measure: Annotated[str, MEASURE] = "level",
    as_of: Annotated[str | None, AS_OF] = None,
    fetched_by: Annotated[str | None, FETCHED] = None,
    areas: Annotated[str | None, AREAS] = None,
    derived: Annotated[bool, DERIVED] = False,
    form: Annotated[str, FORMAT] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> None:
    """Print one series."""
    from model.errors import InputError
    from model.home import default_home
    from monitor.printing import check_format, emit

    home = default_home()
    check_format(form, FORMS, output)
    check_measure(measure)
    if areas not in (None, "2024", "2025"):
        raise InputError(f"unknown list of areas '{areas}'", cure="use --areas 2024 or --areas 2025")
    days: dict[str, Any] = {
        "as_of": parse_day(as_of, "--as-of"),
        "fetched_by": parse_day(fetched_by, "--fetched-by"),
    }
    with open_home_store(home) as store:
        points = store.series(area, indicator, measure, areas=areas, derived=derived, **days)
    if not points:  # loading the declarations takes longer than the answer: only where it may be a misspelling
        check_indicator(indicator, home)
    if form == "table":
        emit(series_text(points), output)
        return
    from store.exports import export

    asked = {name: str(day) for name, day in days.items() if day}
    emit(export(points, form, vintage=" ".join(f"{name} {day}" for name, day in asked.items()) or "now"), output)


FORMS = ("table", "csv", "json", "jsonl", "parquet", "xlsx", "sdmx-csv")


def series_text(points: Sequence["Point"]) -> str:
    """Give a series as a person reads it: a line a point, its sentence and source under it."""
    from monitor import words

    lines: list[str] = []
    for point in points:
        lines.append(f"{words.period(point.period_start, point.period_end):<14} {_value(point)}")
        standing = point.reports[0] if point.reports else None
        if standing is not None:
            lines.append(f"    “{words.excerpt(standing.sentence, standing.quote, 200)}”")
            lines.append(f"    {_source(standing)}{_others(point)}")
        for old in point.revisions:
            said = words.amount(old.obs_value, point.unit, old.qualifier)
            lines.append(
                f"    {say('trước đó', 'before')}: {said} ({old.outlet or old.doc}, {words.day(old.published)})"
            )
        for term in point.terms:
            lines.append(f"    {say('gồm', 'of')}: {term}")
    return "\n".join(lines) + "\n" if lines else ""


def _value(point: "Point") -> str:
    """Give a point's value, and what is to be said about it."""
    from monitor import words
    from monitor.notes import reason

    notes = [word for word in (point.issuer, point.of, point.denominator, point.base_kind) if word]
    if point.status == "held":
        notes.append(say("chờ thẩm định", "waits for review"))
    if point.status == "derived":
        notes.append(say("suy ra", "derived"))
    notes += map(reason, point.flags)
    return words.amount(point.obs_value, point.unit, point.qualifier) + (f"  [{', '.join(notes)}]" if notes else "")


def _source(report: Any) -> str:
    """Name the article that a point stands on."""
    from monitor import words

    who = report.outlet or say("tài liệu", "document")
    return f"{who}, {words.day(report.published)}: {report.url or report.doc}"


def _others(point: "Point") -> str:
    """Count the other groups of reports."""
    others = len({report.group for report in point.reports}) - 1
    return f" (+{others} {say('nguồn khác', 'other reports')})" if others > 0 else ""
