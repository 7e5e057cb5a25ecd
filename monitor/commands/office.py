"""`ansinh plan import` and `ansinh official import`: the office's own figures, beside the press."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.commands.asked import OUTPUT, group
from monitor.language import say


def plan() -> typer.Typer:
    """Make the group `plan`."""
    return _importer("plan", group(vi="Kế hoạch của cơ quan.", en="The office's plans."))


def official() -> typer.Typer:
    """Make the group `official`."""
    return _importer("official", group(vi="Số liệu chính thức của cơ quan.", en="The office's official figures."))


FILE = typer.Argument(metavar="FILE", help=say("Tệp CSV hoặc XLSX.", "A CSV or XLSX file."))


def _importer(kind: str, made: typer.Typer) -> typer.Typer:
    """Give a group its one command."""

    @made.command("import", help=say("Nhập tệp; mọi dòng hoặc không dòng nào.", "Import a file, all rows or none."))
    def import_file(
        file: Annotated[Path, FILE],
        form: Annotated[str, typer.Option("--format", help="table, json, jsonl, csv")] = "table",
        output: Annotated[Path | None, OUTPUT] = None,
    ) -> None:
        _import(kind, file, form, output)

    return made


def _import(kind: str, file: Path, form: str, output: Path | None) -> None:
    """Import a file and print what was done."""
    from dataclasses import asdict

    from model.errors import InputError
    from model.home import default_home
    from monitor.commands.asked import open_home_store
    from monitor.deeds import note, who
    from monitor.printing import check_format, emit_rows

    check_format(form, output=output)
    if not file.is_file():
        raise InputError(f"there is no file {file}", cure="name a CSV or XLSX file")
    with open_home_store(default_home(), readonly=False) as store:
        done = store.import_office(file, kind, who())
        note(store, f"import-{kind}", file.name)
        store.settle()
    emit_rows([{"kind": kind, **asdict(done)}], form, output)
