"""`ansinh crawl`: one round of the sources that are due, or of those named; what it brings is read and stored."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.commands.asked import OUTPUT, single
from monitor.language import say
from monitor.notes import evidence

if TYPE_CHECKING:
    from model.fetches import SourceRun

COLUMNS = ("source", "found", "fetched", "new", "changed", "refused", "blocked", "failed", "verdict", "evidence")


def app() -> typer.Typer:
    """Make the command."""
    return single(
        crawl,
        vi="Chạy một vòng các nguồn đến hạn (hoặc các nguồn nêu tên), đọc bài mới và lưu số liệu.",
        en="Crawl the sources that are due (or those named) once, read what is new and store its figures.",
    )


SOURCES = typer.Argument(metavar="[SOURCE...]", help=say("Mã, tên hoặc địa chỉ nguồn.", "Id, name or host."))


def crawl(
    names: Annotated[list[str] | None, SOURCES] = None,
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl, csv")] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> int:
    """Make one trip and print a line a source."""
    from datetime import UTC, datetime

    from crawler.settings import Limits
    from model.home import default_home
    from monitor.collect import Telling, collect
    from monitor.commands.asked import open_home_store
    from monitor.config import load_config
    from monitor.printing import check_format, emit_rows
    from monitor.progress import ProgressLine
    from monitor.sources import due, home_sources

    check_format(form, output=output)
    home = default_home()
    crawling = load_config(home).crawl
    limits = Limits(contact=crawling.contact)
    sources = home_sources(home)
    with open_home_store(home, readonly=False) as store, ProgressLine() as line:
        chosen = due(sources, store, names or [], datetime.now(UTC))
        telling = Telling(
            crawled=lambda progress: line.show(
                say(
                    f"{progress.source}: {progress.fetched} lượt tải, {progress.new} bài mới, còn {progress.waiting}",
                    f"{progress.source}: {progress.fetched} fetched, {progress.new} new, {progress.waiting} waiting",
                )
            ),
            read=lambda harvest: line.show(say(f"đã đọc {harvest.read} trang", f"{harvest.read} pages read")),
        )
        trip = collect(home, store, chosen, now=lambda: datetime.now(UTC), limits=limits, telling=telling)
    emit_rows([run_row(run) for run in trip.round.runs], form, output, COLUMNS)
    if chosen and crawling.unreachable:
        typer.echo(f"ansinh: {crawling.unreachable}", err=True)
    for broken in trip.harvest.broken:
        typer.echo(f"{broken.doc}: {broken.fault}", err=True)
    return 1 if trip.troubled or trip.harvest.broken else 0


def run_row(run: "SourceRun") -> dict[str, Any]:
    """Give a source's round as a row."""
    counts = {key: run.counts.get(key, 0) for key in COLUMNS[1:8]}
    counts["failed"] += run.counts.get("timeout", 0)
    return {"source": run.source, **counts, "verdict": run.verdict, "evidence": evidence(run.evidence)}
