"""`ansinh rebuild`: the database anew from archive, rules and verdicts; `--check` only proves that it says the same."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
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
    with _room_beside(home.database) as path:
        with open_home_store(home, readonly=check) as old, ProgressLine() as line:
            done = building.rebuild(
                home, old, path, now=lambda: datetime.now(UTC),
                told=lambda count: line.show(say(f"đã đọc {count} bài", f"{count} articles read")),
            )  # fmt: skip
        if not check:
            restore(path, home.database)
    if done.uncompared:
        typer.echo(say("có điểm chờ chốt nên chưa so sánh bảng points: chạy `ansinh read` rồi so sánh lại",
                       "points wait to be settled and were not compared: run `ansinh read`, then compare"),
                   err=True)  # fmt: skip
    compared = [table for table in CONTENTS if table not in done.uncompared]
    rows = [{"table": table, "same": table not in done.differs} for table in compared]
    emit_rows(rows, form, output, ("table", "same"))
    for broken in done.broken:
        typer.echo(f"{broken.doc}: {broken.fault}", err=True)
    if done.lost_verdicts:
        lost = done.lost_verdicts
        typer.echo(say(f"{lost} quyết định mất con số của nó", f"{lost} verdicts lost their figure"), err=True)
    return 1 if done.differs or done.broken or done.lost_verdicts else 0


@contextmanager
def _room_beside(database: Path) -> Iterator[Path]:
    """Lend a path on the same disk for the new database; faults with it name the old one, which stays as it is.

    What a killed rebuild left there is removed: it may be as large as the database.
    """
    import shutil

    from store.connection import named, wording

    folder = database.parent / f"{_BESIDE}{os.getpid()}"
    with wording(database.parent):
        for left in database.parent.glob(f"{_BESIDE}*"):
            if not _alive(left.name.removeprefix(_BESIDE)):
                shutil.rmtree(left, ignore_errors=True)
        folder.mkdir(parents=True)
    try:
        path = folder / database.name
        with named(database, path):
            yield path
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_BESIDE = ".rebuild-"
"""Begin of the folder's name; the number of the process follows."""


def _alive(process: str) -> bool:
    """Say whether a process of that number runs."""
    try:
        os.kill(int(process), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
