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
        vi="Đưa tài liệu (.txt, .html, .jsonl, -) vào kho; đọc lại lần nữa không làm thay đổi gì.",
        en="Read documents (.txt, .html, .jsonl, -) into the store; reading one again changes nothing.",
    )


PATHS = typer.Argument(metavar="PATH...", help=say("Tệp cần đọc, hoặc -.", "Files, or -."))


def ingest(
    paths: Annotated[list[str], PATHS],
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl, csv")] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> int:
    """Store what the documents say and print what was done."""
    from model.home import default_home
    from monitor.commands.asked import open_home_store
    from monitor.documents import check_paths, complain
    from monitor.ingest import ingest_documents
    from monitor.printing import check_format, emit_rows

    check_format(form, output=output)
    check_paths(paths)
    home = default_home()
    with open_home_store(home, readonly=False) as store:
        harvest, troubles = ingest_documents(home, store, paths)
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
    return max(complain(troubles, harvest.read), 1 if harvest.broken else 0)
