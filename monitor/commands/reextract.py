"""`ansinh reextract`: what today's rules would change, before anything is adopted."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.commands.asked import OUTPUT, single
from monitor.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.reextract import Reread
    from store.rereading import Difference

COLUMNS = ("kind", "doc", "quote", "indicator", "measure", "before", "after", "slots", "sentence")


def app() -> typer.Typer:
    """Make the command."""
    return single(
        reextract,
        vi="Đọc lại kho lưu bằng quy tắc hôm nay, in số liệu được thêm, mất, đổi; chỉ nhận khi có --adopt.",
        en="Read the archive again with today's rules, print figures gained, lost, changed; adopt only with --adopt.",
    )


SOURCE = typer.Option("--source", help=say("Chỉ nguồn này.", "Only this source."))
SINCE = typer.Option("--since", help=say("Chỉ bài đọc từ ngày này.", "Only what was read since that day."))
WORKERS = typer.Option("--workers", min=1, help=say("Số tiến trình đọc.", "Processes that read; default all."))
ADOPT = typer.Option("--adopt", help=say("Nhận kết quả đọc lại vào kho.", "Adopt the new readings."))


def reextract(
    source: Annotated[str | None, SOURCE] = None,
    since: Annotated[str | None, SINCE] = None,
    adopt: Annotated[bool, ADOPT] = False,
    workers: Annotated[int | None, WORKERS] = None,
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl, csv")] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> int:
    """Print one line a difference."""
    from datetime import UTC, datetime

    from model.home import default_home
    from monitor.commands.asked import open_home_store, parse_day
    from monitor.deeds import note
    from monitor.printing import check_format
    from monitor.progress import ProgressLine
    from monitor.reextract import stage
    from monitor.streaming import emit_stream

    check_format(form, output=output)
    day = parse_day(since, "--since")
    home = default_home()
    counts = dict.fromkeys(("gained", "lost", "changed"), 0)
    with open_home_store(home, readonly=False) as store, ProgressLine() as line:
        done = stage(
            home, store, now=lambda: datetime.now(UTC), source=source, since=day, workers=workers,
            told=lambda count: line.show(say(f"đã đọc lại {count} bài", f"{count} articles read again")),
        )  # fmt: skip
        emit_stream(map(row_of, _counted(store.staged_differences(done.rules), counts)), form, output, COLUMNS)
        if adopt:
            store.adopt_staged(done.rules)
            note(store, "reextract", f"{done.rules}, {sum(counts.values())}")
            store.settle()
    _tell(done, counts)
    return 1 if done.broken or (any(counts.values()) and not adopt) else 0


def _counted(found: "Iterable[Difference]", counts: dict[str, int]) -> "Iterator[Difference]":
    """Count differences by kind as they pass."""
    for difference in found:
        counts[difference.kind] += 1
        yield difference


def _tell(done: "Reread", counts: dict[str, int]) -> None:
    """Say on standard error what was read again and what came of it."""
    gained, lost, changed = counts["gained"], counts["lost"], counts["changed"]
    said = say(
        f"{done.staged} bài đọc lại ({done.handed} không nằm trong kho lưu); số liệu: {gained} thêm, {lost} mất,"
        f" {changed} đổi",
        f"{done.staged} articles read again ({done.handed} in no archive); figures: {gained} gained, {lost} lost,"
        f" {changed} changed",
    )
    typer.echo(said, err=True)
    for broken in done.broken:
        typer.echo(f"{broken.doc}: {broken.fault}", err=True)


def row_of(difference: "Difference") -> dict[str, Any]:
    """Give a difference as one row."""
    figure = difference.after or difference.before
    assert figure is not None
    told = difference.slots or ("obs_value",)
    return {
        "kind": difference.kind,
        "doc": difference.doc,
        "quote": figure.quote,
        "indicator": figure.indicator,
        "measure": figure.measure,
        "before": {name: getattr(difference.before, name) for name in told} if difference.before else None,
        "after": {name: getattr(difference.after, name) for name in told} if difference.after else None,
        "slots": list(difference.slots),
        "sentence": figure.sentence,
    }
