"""`ansinh doctor`, `backup`, `restore`, `archive verify`, `sql`: keeping the store, and asking it in SQL."""

from pathlib import Path
from typing import Annotated, Any

import typer

from monitor.commands.asked import OUTPUT, group, single
from monitor.language import report, say

FORM = typer.Option("--format", help="table, json, jsonl, csv")
FILE = typer.Argument(metavar="FILE", help=say("Tệp sao lưu.", "The backup's file."))


def doctor_app() -> typer.Typer:
    """Make `doctor`."""
    vi, en = "Khám kho dữ liệu; mỗi điều bất thường kèm cách chữa.", "Look the store over; a cure for each finding."
    return single(doctor, vi=vi, en=en)


def backup_app() -> typer.Typer:
    """Make `backup`."""
    return single(
        backup, vi="Sao lưu kho dữ liệu, kể cả khi đang thu thập.", en="Copy the database, also while crawling."
    )


def restore_app() -> typer.Typer:
    """Make `restore`."""
    vi = "Khôi phục từ bản sao lưu; kho cũ được giữ lại bên cạnh."
    return single(restore, vi=vi, en="Put a backup in place of the database; the old one is kept beside it.")


def archive_app() -> typer.Typer:
    """Make the group `archive`."""
    made = group(vi="Kho lưu các trang.", en="The archive of pages.")
    made.command("verify", help=say("Soát từng bản ghi, kể cả một byte sai.", "Check every record's digest."))(verify)
    return made


def sql_app() -> typer.Typer:
    """Make `sql`."""
    return single(sql, vi="Hỏi kho bằng SQL, chỉ đọc.", en="Ask the store in SQL, read-only.")


def datasette_app() -> typer.Typer:
    """Make `datasette`."""
    vi = "In mô tả các bảng, cột và câu hỏi soạn sẵn để Datasette mở kho, chỉ đọc."
    return single(datasette, vi=vi, en="Print titles, descriptions and canned questions for Datasette.")


QUICK = typer.Option("--quick", help=say("Bỏ qua phần đọc cả tệp.", "Leave out what reads the whole file."))
REPAIR = typer.Option("--repair", help=say("Dựng lại chỉ mục và đuôi kho lưu.", "Build indexes and the tail again."))


def doctor(
    quick: Annotated[bool, QUICK] = False,
    repair: Annotated[bool, REPAIR] = False,
    form: Annotated[str, FORM] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> int:
    """Print a line a finding."""
    from dataclasses import asdict

    from model.home import default_home
    from monitor.commands.asked import open_home_store
    from monitor.declared import examine_declared
    from monitor.findings import cure, finding
    from monitor.printing import check_format, emit_rows

    check_format(form, output=output)
    home = default_home()
    if repair:
        _repair()
    exists = home.database.is_file()
    with open_home_store(home, readonly=not exists) as store:  # opened for writing, it is brought to today's shape
        findings = [*store.doctor(quick=quick), *examine_declared(home)]
    rows = [asdict(one) for one in findings]
    if form == "table":
        rows = [{**row, "says": finding(row["says"]), "cure": cure(row["cure"])} for row in rows]
    emit_rows(rows, form, output, ("check", "state", "says", "cure"))
    return 1 if any(one.state != "ok" for one in findings) else 0


def _repair() -> None:
    """Build the indexes again, close what a killed crawl left open, and settle what waits."""
    from model.home import default_home
    from monitor import collect
    from monitor.commands.asked import open_home_store
    from store.keeping import repair_indexes

    home = default_home()
    if home.database.is_file():
        repair_indexes(home.database)
    with open_home_store(home, readonly=False) as store:
        collect.repair(home, store)
        store.settle()


TARGET = typer.Argument(
    metavar="[FILE]", help=say("Tệp sao lưu; mặc định backups/ trong ANSINH_HOME.", "Default: backups/ in ANSINH_HOME.")
)


def backup(file: Annotated[Path | None, TARGET] = None) -> None:
    """Copy the database to a new file."""
    from datetime import datetime

    from model.home import default_home
    from monitor.commands.asked import open_home_store
    from monitor.words import VIETNAM

    home = default_home()
    file = file or home.root / "backups" / f"ansinh-{datetime.now(VIETNAM):%Y-%m-%dT%H%M%S}.db"
    with open_home_store(home) as store:
        size = store.backup(file)
    typer.echo(report(f"đã sao lưu vào {file}, {size} byte", f"backed up to {file}, {size} bytes"))


def restore(file: Annotated[Path, FILE]) -> None:
    """Put a backup in the place of the database."""
    from model.home import default_home
    from store.keeping import restore as put_back

    home = default_home()
    moved = put_back(file, home.database)
    kept = say(f"; kho cũ nằm ở {moved}", f"; the old one lies at {moved}") if moved else ""
    typer.echo(say(f"đã khôi phục {home.database}", f"restored {home.database}") + kept)


def verify(form: Annotated[str, FORM] = "table", output: Annotated[Path | None, OUTPUT] = None) -> int:
    """Read every record of the archive and print those that fail."""
    from dataclasses import asdict

    from crawler.archive import Archive
    from model.home import default_home
    from monitor.commands.asked import open_home_store
    from monitor.printing import check_format, emit_rows
    from monitor.progress import ProgressLine

    check_format(form, output=output)
    home = default_home()
    archive = Archive(home.archive)
    files = archive.files()
    rows: list[dict[str, Any]] = []
    if home.database.exists():
        with open_home_store(home) as store:
            gone = [name for name in store.archive_files() if name not in set(files)]
        told = say("tệp không còn, mà kho còn trỏ tới", "the file is gone, though the database names it")
        rows += [{"warc_file": name, "warc_offset": 0, "fault": told} for name in gone]
    with ProgressLine() as line:
        for number, name in enumerate(files, 1):
            line.show(f"{number}/{len(files)} {name}")
            rows += [asdict(damage) for damage in archive.verify(name)]
    emit_rows(rows, form, output, ("warc_file", "warc_offset", "fault"))
    said = say(
        f"{len(files)} tệp đã soát, {len(rows)} bản ghi hỏng", f"{len(files)} files, {len(rows)} damaged records"
    )
    typer.echo(said, err=True)
    return 1 if rows else 0


QUESTION = typer.Argument(metavar="SELECT", help=say("Câu hỏi SQL; xem docs/tables.md.", "SQL; see docs/tables.md."))


def sql(
    question: Annotated[str, QUESTION],
    form: Annotated[str, FORM] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> None:
    """Print the answer to one question."""
    from model.home import default_home
    from monitor.commands.asked import open_home_store
    from monitor.printing import check_format, emit_rows

    check_format(form, output=output)
    with open_home_store(default_home()) as store:
        answer = store.sql(question)
    emit_rows(answer.as_dicts(), form, output, answer.columns, named=False)


def datasette(output: Annotated[Path | None, OUTPUT] = None) -> None:
    """Print the metadata as JSON, and on standard error how Datasette is started with it."""
    import json

    from model.home import default_home
    from monitor.printing import emit
    from store.described import datasette_metadata

    home = default_home()
    emit(json.dumps(datasette_metadata(home.database.stem), ensure_ascii=False, indent=1) + "\n", output)
    file = output or "metadata.json"
    command = f"datasette {home.database} --metadata {file} --setting suggest_facets off"
    typer.echo(say(f"mở bằng: {command}", f"open it with: {command}"), err=True)
