"""`ansinh series`: one series, each point with its article and its sentence."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.commands.asked import (
    AREA,
    AS_OF,
    FETCHED,
    INDICATOR,
    MEASURE,
    OUTPUT,
    asked_days,
    check_areas,
    check_indicator,
    check_measure,
    open_home_store,
    single,
)
from monitor.language import say

if TYPE_CHECKING:
    from model.records import Point
    from store.boundaries import Gap


def app() -> typer.Typer:
    """Make the command."""
    return single(
        series,
        vi="In một chuỗi số liệu: mỗi điểm kèm bài báo và câu văn đã viết ra nó.",
        en="Print one series: each point with the article and the sentence that it comes from.",
    )


AREAS = typer.Option("--areas", help=say("Danh mục địa giới: 2024 hoặc 2025.", "List of areas: 2024 or 2025."))
DERIVED = typer.Option("--derived", help=say("Kèm điểm suy ra.", "Also derived points."))
INSIDE = typer.Option(
    "--inside", help=say("Kèm tổng của các huyện, xã bên trong khi đủ cả.", "Also sums over its districts or communes.")
)
EVERY = typer.Option(
    "--all-reports", help=say("Mọi bài của mỗi điểm, cả ở chuỗi rất dày.", "All reports of each point, however many.")
)
SCOPE = typer.Option("--scope", help=say("Phần được đếm, đúng lời báo.", "The part counted, in the text's words."))
STRUCTURE = typer.Option(
    "--structure", help=say("Ghi cấu trúc SDMX vào tệp này.", "Write the SDMX structure to this file.")
)

FORMAT = typer.Option("--format", help="table, csv, json, jsonl, parquet, xlsx, sdmx-csv, package")


MOST_REPORTS = 3_000
"""A person waits a moment for all reports of a series, but not for a hundred thousand."""


def series(
    area: Annotated[str, AREA],
    indicator: Annotated[str, INDICATOR],
    measure: Annotated[str, MEASURE] = "level",
    as_of: Annotated[str | None, AS_OF] = None,
    fetched_by: Annotated[str | None, FETCHED] = None,
    areas: Annotated[str | None, AREAS] = None,
    inside: Annotated[bool, INSIDE] = False,
    scope: Annotated[str | None, SCOPE] = None,
    derived: Annotated[bool, DERIVED] = False,
    every: Annotated[bool, EVERY] = False,
    form: Annotated[str, FORMAT] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
    structure: Annotated[Path | None, STRUCTURE] = None,
) -> None:
    """Print one series."""
    from model.home import default_home
    from monitor.printing import check_format, emit

    home = default_home()
    check_format(form, FORMS, output)
    _check_together(form, output, structure)
    check_measure(measure)
    days = asked_days(as_of, fetched_by)
    with open_home_store(home) as store:
        points, gaps = store.series_and_gaps(
            area, indicator, measure, areas=check_areas(areas), inside=inside, scope=scope, derived=derived,
            every_report=every, most_reports=MOST_REPORTS, **days,
        )  # fmt: skip
    if not points:  # loading the declarations takes longer than the answer: only where it may be a misspelling
        check_indicator(indicator, home)
    if form == "table":
        emit(series_text(points) + gaps_text(gaps), output)
        return
    from store.exports import export, write_package
    from store.exports.sdmx import structure_xml
    from store.series import vintage_of

    vintage = vintage_of({"as_of": days["as_of"], "fetched_by": days["fetched_by"]})
    if form == "package" and output is not None:
        write_package(points, output, vintage=vintage)
    else:
        emit(export(points, form, vintage=vintage), output)
    if structure is not None:
        emit(structure_xml(), structure)
    typer.echo(gaps_text(gaps), err=True, nl=False)


FORMS = ("table", "csv", "json", "jsonl", "parquet", "xlsx", "sdmx-csv", "package")


def _check_together(form: str, output: Path | None, structure: Path | None) -> None:
    """Refuse options that do not fit the format."""
    from model.errors import InputError

    if form == "package" and (output is None or output.is_file()):
        raise InputError("a data package is a folder", cure="add --output FOLDER")
    if structure is not None and form != "sdmx-csv":
        raise InputError("--structure goes with SDMX-CSV", cure="add --format sdmx-csv")


def gaps_text(gaps: Sequence["Gap"]) -> str:
    """Say for which periods there is no sum, and which parts are missing to it."""
    from monitor import names, words

    lines = []
    for gap in gaps:
        parts = ", ".join(map(names.old_or_new, gap.missing))
        what = (
            say(f"không có tổng, chưa có {parts}", f"no sum, {parts} did not report")
            if gap.why == "not reported"
            else say("không tính lại được tỷ lệ, thiếu số gốc", "no percentage: its counts are not known")
            + (f" ({parts})" if parts else "")
        )
        lines.append(f"{words.period(gap.period_start, gap.period_end):<14} {names.area(gap.area)}: {what}")
    return "\n".join(lines) + "\n" if lines else ""


def series_text(points: Sequence["Point"]) -> str:
    """Give a series as a person reads it: a line a point, its sentence and source under it.

    Where points speak of several territories, each says of which.
    """
    from monitor import words
    from store.area_names import territory

    lines: list[str] = []
    several = len({territory(point.area or "") for point in points}) > 1
    for point in points:
        value = _value(point, [_where(point)] if several else [])
        lines.append(f"{words.period(point.period_start, point.period_end):<14} {value}")
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
    return "".join(f"{words.steady(line)}\n" for line in lines)


def _where(point: "Point") -> str:
    """Name a point's area by code, rank and what it lies in, as it was called at the point's day."""
    from model.areas import load_areas

    gazetteer, code = load_areas(), point.area or ""
    return f"{code} {gazetteer.path_name(gazetteer.get(code), on=point.period_end, ranks=True)}"


def _value(point: "Point", about: Sequence[str] = ()) -> str:
    """Give a point's value, and what is to be said about it."""
    from monitor import words
    from monitor.notes import reason

    notes = [*about, *(word for word in (point.issuer, point.of, point.denominator, point.base_kind) if word)]
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
    from store.json_forms import groups_of

    others = groups_of(point) - 1
    return f" (+{others} {say('nguồn khác', 'other reports')})" if others > 0 else ""
