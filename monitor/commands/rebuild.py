"""`ansinh rebuild`: the database anew from archive, rules and verdicts; `--check` only proves that it says the same."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.commands.asked import OUTPUT, single
from monitor.language import say


def app() -> typer.Typer:
    """Make the command."""
    return single(
        rebuild,
        vi="Dựng lại kho từ kho lưu trang, quy tắc và các quyết định thẩm định; --check chỉ so sánh.",
        en="Build the database anew from archive, rules and verdicts; --check only compares.",
    )


CHECK = typer.Option("--check", help=say("Chỉ so sánh, không thay kho.", "Compare only; replace nothing."))


def rebuild(
    check: Annotated[bool, CHECK] = False,
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl, csv")] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> int:
    """Build beside the database, compare table by table, and put it in place unless only checking."""
    import tempfile
    from datetime import UTC, datetime

    from model.home import default_home
    from monitor import rebuild as building
    from monitor.commands.asked import open_home_store
    from monitor.printing import check_format, emit_rows
    from monitor.progress import ProgressLine
    from store.contents import CONTENTS
    from store.keeping import restore

    check_format(form, output=output)
    home = default_home()
    with tempfile.TemporaryDirectory(dir=home.root, prefix=".rebuild-") as folder:
        path = Path(folder) / "ansinh.db"
        with open_home_store(home, readonly=check) as old, ProgressLine() as line:
            done = building.rebuild(
                home, old, path, now=lambda: datetime.now(UTC),
                told=lambda count: line.show(say(f"đã đọc {count} bài", f"{count} articles read")),
            )  # fmt: skip
        if not check:
            restore(path, home.database)
    rows = [{"table": table, "same": table not in done.differs} for table in CONTENTS]
    emit_rows(rows, form, output, ("table", "same"))
    for broken in done.broken:
        typer.echo(f"{broken.doc}: {broken.fault}", err=True)
    if done.lost_verdicts:
        lost = done.lost_verdicts
        typer.echo(say(f"{lost} quyết định mất con số của nó", f"{lost} verdicts lost their figure"), err=True)
    return 1 if done.differs or done.broken or done.lost_verdicts else 0
