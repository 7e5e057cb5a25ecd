"""`ansinh ingest`: documents and archives into the store."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.commands.asked import OUTPUT, single
from monitor.language import say


def app() -> typer.Typer:
    """Make the command."""
    return single(
        ingest,
        vi="Đưa tài liệu (.txt, .html, .jsonl, -) và kho web (.warc.gz) vào kho; đọc lại không làm thay đổi gì.",
        en="Read documents (.txt, .html, .jsonl, -) and .warc.gz into the store; reading one again changes nothing.",
    )


PATHS = typer.Argument(metavar="PATH...", help=say("Tệp cần đọc, hoặc -.", "Files, or -."))


WORKERS = typer.Option("--workers", min=1, help=say("Số tiến trình đọc trang.", "Processes that read pages."))
DASK = typer.Option(
    "--dask", metavar="ADDRESS", help=say("Bộ điều phối Dask, tcp://máy:8786.", "Dask scheduler, tcp://host:8786.")
)


def ingest(
    paths: Annotated[list[str], PATHS],
    workers: Annotated[int | None, WORKERS] = None,
    dask: Annotated[str | None, DASK] = None,
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl, csv")] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> int:
    """Store what the documents say and print what was done."""
    from model.errors import InputError
    from model.home import default_home
    from monitor.commands.asked import open_home_store
    from monitor.documents import SUFFIXES, check_paths, complain
    from monitor.ingest import ingest_documents, is_archive
    from monitor.printing import check_format, emit_rows
    from monitor.progress import ProgressLine

    if workers is not None and dask is not None:
        raise InputError("--workers and --dask exclude each other", cure="leave one of them out")
    check_format(form, output=output)
    check_paths(paths, (*SUFFIXES, ".warc"))
    home = default_home()
    archives = [name for name in paths if is_archive(name)]
    stored = 0
    with open_home_store(home, readonly=False) as store, ProgressLine() as line:
        harvest, troubles = ingest_documents(home, store, [name for name in paths if name not in archives])
        if archives:
            from monitor.scaling.writer import ingest_archives

            told = say("bản ghi", "records")
            shown = lambda taken: line.show(f"{taken.records} {told}")  # noqa: E731
            taken, more = ingest_archives(home, store, archives, workers=workers, dask=dask, told=shown)
            harvest.merge(more)
            troubles += taken.troubles
            stored = taken.stored
        store.settle()
    row = {
        "documents": harvest.read,
        "new": harvest.new,
        "figures": harvest.figures,
        "held": harvest.held,
        "unclaimed": harvest.unclaimed,
        "broken": len(harvest.broken),
    }
    emit_rows([row], form, output)
    return max(complain(troubles, harvest.read + stored), 1 if harvest.broken else 0)
