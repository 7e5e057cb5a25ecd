"""`ansinh review`: what waits for a person."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.commands.asked import FORM, OUTPUT, single
from monitor.language import say

COLUMNS = ("kind", "obs_id", "quote", "indicator", "measure", "area_name", "period_end", "reasons", "outlet", "said")


def app() -> typer.Typer:
    """Make the command."""
    return single(
        review,
        vi="Liệt kê những gì chờ người thẩm định: mâu thuẫn, phép tính sai, số chưa chắc.",
        en="List what waits for a person: contradictions, broken arithmetic, unsure figures.",
    )


KIND = typer.Option("--kind", help="contradiction, verdict-lost, identity-broken, odd, held")
LIMIT = typer.Option("--limit", min=1, help=say("Nhiều nhất bao nhiêu dòng.", "At most so many lines."))
EXPORT = typer.Option(
    "--export",
    help=say(
        "Thay vì danh sách chờ, xuất các quyết định: gold (dòng chuẩn), docs (bài của chúng), examples (ví dụ).",
        "Instead of what waits, the verdicts given: gold rows, their docs, or examples for rules.",
    ),
)
INDICATOR = typer.Option("--indicator", help=say("Chỉ chỉ số này.", "Only this indicator."))


def review(
    kind: Annotated[str | None, KIND] = None,
    indicator: Annotated[str | None, INDICATOR] = None,
    limit: Annotated[int, LIMIT] = 100,
    export: Annotated[str | None, EXPORT] = None,
    form: Annotated[str, FORM] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> None:
    """Print one line an item, or the verdicts given in a form of their own."""
    from model.errors import UnknownNameError
    from model.home import default_home
    from monitor import words
    from monitor.commands.asked import check_indicator, open_home_store
    from monitor.printing import check_format, chosen, emit, emit_rows
    from monitor.verdict_files import FORMS, verdict_file
    from store.review import KINDS

    if export is not None:
        if export not in FORMS:
            raise UnknownNameError("form", export, tuple(FORMS))
        with open_home_store(default_home()) as store:
            emit(verdict_file(store, export), output)
        return
    check_format(form, output=output)
    if kind is not None and kind not in KINDS:
        raise UnknownNameError("kind", kind, KINDS)
    if indicator is not None:
        check_indicator(indicator)
    with open_home_store(default_home()) as store:
        items = store.review(kind=kind, indicator=indicator, limit=limit)
    rows = [item.as_dict() for item in items]
    if form == "table":
        rows = [{**row, "said": words.excerpt(row["sentence"], row["quote"], 90)} for row in rows]
    emit_rows(rows, form, output, chosen(form, COLUMNS if form == "table" else COLUMNS[:-1], rows))
