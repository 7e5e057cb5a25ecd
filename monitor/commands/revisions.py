"""`ansinh revisions`: how the points of a series changed, with the quotes."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.commands.asked import AREA, AS_OF, FETCHED, FORM, INDICATOR, MEASURE, OUTPUT, single

COLUMNS = ("period_end", "published", "obs_value", "difference", "stands", "why", "outlet", "said")


def app() -> typer.Typer:
    """Make the command."""
    return single(
        revisions,
        vi="In từng lần một điểm của chuỗi đổi số: ngày đăng, số như viết, ai viết.",
        en="Print each time a point of a series changed: day told, number as written, who wrote it.",
    )


def revisions(
    area: Annotated[str, AREA],
    indicator: Annotated[str, INDICATOR],
    measure: Annotated[str, MEASURE] = "level",
    as_of: Annotated[str | None, AS_OF] = None,
    fetched_by: Annotated[str | None, FETCHED] = None,
    form: Annotated[str, FORM] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> None:
    """Print a line for each value that a point had, oldest first."""
    from model.home import default_home
    from monitor import words
    from monitor.commands.asked import asked_days, check_indicator, check_measure, open_home_store
    from monitor.printing import check_format, chosen, emit_rows
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
    emit_rows(rows, form, output, chosen(form, COLUMNS if form == "table" else COLUMNS[:-1], rows))
