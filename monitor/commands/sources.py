"""`ansinh sources`: the registry of newspapers."""

from pathlib import Path
from time import monotonic
from typing import Annotated, Any

import typer

from monitor.commands.asked import OUTPUT, group
from monitor.language import say
from monitor.notes import evidence, left_alone

COLUMNS = ("id", "name", "kind", "area", "family", "home", "address", "verified", "verdict", "evidence", "last")


def app() -> typer.Typer:
    """Make the group of commands."""
    made = group(vi="Danh bạ nguồn tin.", en="The registry of sources.")
    made.command("list", help=say("Liệt kê các nguồn và tình trạng vòng cuối.", "List the sources and their state."))(
        list_sources
    )
    made.command("check", help=say("Thử nguồn, không lưu gì.", "Try sources; nothing is kept."))(check)
    made.command("add", help=say("Dò một trang báo và thêm làm nguồn.", "Look at a site and add it."))(add)
    return made


NAMES = typer.Argument(metavar="[SOURCE...]", help=say("Mã, tên hoặc địa chỉ nguồn.", "Id, name or host."))


def list_sources(
    names: Annotated[list[str] | None, NAMES] = None,
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl, csv")] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> int:
    """Print a line a source."""
    from crawler.registry import choose
    from model.home import default_home
    from monitor.commands.asked import open_home_store
    from monitor.printing import check_format, emit_rows
    from monitor.sources import home_sources

    check_format(form, output=output)
    home = default_home()
    sources = home_sources(home)
    chosen = choose(sources, names) if names else list(sources.values())
    health = {}
    if home.database.is_file():
        with open_home_store(home) as store:
            health = {row["source"]: row for row in store.health()}
    rows = []
    for one in chosen:
        last = health.get(one.id, {})
        declared = {key: getattr(one, key) for key in COLUMNS[:5]}
        rows.append(
            {
                **declared,
                "home": one.home_url,
                "address": one.address,
                "verified": _verified(one.verified, last),
                "verdict": "blocked" if one.blocked else last.get("verdict", ""),
                "evidence": left_alone(one) or evidence(last.get("evidence", "")),
                "last": last.get("finished", ""),
            }
        )
    shown = (
        COLUMNS
        if form != "table"
        else ("id", "name", "area", "home", "address", "verified", "verdict", "evidence", "last")
    )
    emit_rows(rows, form, output, shown)
    bad = (row for row, one in zip(rows, chosen, strict=True) if not one.blocked)
    return 1 if any(row["verdict"] not in ("", "ok", "new") for row in bad) else 0


def _verified(declared: str, last: dict[str, Any]) -> str:
    """Give the day on which an address was last seen to hold: declared, or that of a round here that read its lists."""
    held = last.get("verdict") in ("ok", "new", "silent", "thinner", "undated", "figureless", "slower")
    here = str(last.get("finished", ""))[:10] if held else ""
    return max(here, declared) if declared[:1].isdigit() else here or declared


ADDED_WITHIN = 44.0
"""Seconds after which adding asks nothing more; then the last answers are waited for and read."""
TRIED = ("source", "found", "dated", "read", "figures", "refused", "verdict", "evidence", "cure")


def check(
    names: Annotated[list[str] | None, NAMES] = None,
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl, csv")] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> int:
    """Try sources and print a line each: what they yield, the verdict, and what to do about it."""
    from model.home import default_home
    from monitor.printing import check_format, emit_rows
    from monitor.progress import ProgressLine
    from monitor.sources import home_sources, named, try_sources

    check_format(form, output=output)
    home = default_home()
    sources = home_sources(home)
    chosen = named(sources, names) if names else [one for one in sources.values() if not one.merged_into]
    with ProgressLine() as line:
        line.show(say(f"Đang thử {len(chosen)} nguồn…", f"Trying {len(chosen)} sources…"))
        trials = try_sources(home, chosen)
    rows = [trial.row() for trial in trials]
    if form == "table":
        rows = [{**row, "refused": len(row["refused"])} for row in rows]
    emit_rows(rows, form, output, TRIED)
    return 1 if any(trial.needs_a_person for trial in trials) else 0


URL = typer.Argument(metavar="URL", help=say("Địa chỉ trang báo.", "Address of the site."))
NAME = typer.Option("--name", help=say("Tên nguồn; mặc định theo trang.", "Its name; default: as it calls itself."))
PLACE = typer.Option("--area", help=say("Địa phương mà nguồn phục vụ.", "The area it serves."))
YES = typer.Option("--yes", help=say("Lưu mà không hỏi.", "Save without asking."))


def add(
    url: Annotated[str, URL],
    name: Annotated[str, NAME] = "",
    area: Annotated[str, PLACE] = "",
    yes: Annotated[bool, YES] = False,
    form: Annotated[str, typer.Option("--format", help="table, json")] = "table",
) -> int:
    """Show what a site would yield, then save it as a source."""
    from model.home import default_home
    from monitor import sources
    from monitor.printing import check_format, emit, emit_rows, table_text
    from monitor.progress import ProgressLine

    check_format(form, ("table", "json"))
    home = default_home()
    begun = monotonic()
    with ProgressLine() as line:
        line.show(say(f"Đang dò {url}…", f"Looking at {url}…"))
        found = sources.propose(home, url, name=name, area=area)
        (trial,) = sources.try_sources(home, [found.source], seconds=max(5.0, ADDED_WITHIN - (monotonic() - begun)))
    row = trial.row()
    if form == "table":
        emit(table_text(found.ways, ("kind", "url", "articles", "dated", "fault")) + "\n")
        emit(table_text([{**row, "refused": len(row["refused"])}], TRIED) + "\n")
        emit("".join(f"{reason}\n" for reason in row["refused"]))
        emit(found.toml)
    saved = sources.save(home, found) if yes or _agreed() else None
    if form == "json":
        emit_rows([{**row, "ways": found.ways, "toml": found.toml, "saved": saved}], form)
    unsaved = say("chưa lưu; chạy lại với --yes để lưu.", "not saved; run again with --yes to save it.")
    typer.echo(say(f"đã lưu {saved}", f"saved {saved}") if saved else unsaved, err=True)
    return 1 if trial.needs_a_person or saved is None else 0


def _agreed() -> bool:
    """Ask the person at the terminal; nobody there means no."""
    import sys

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return typer.confirm(say("Lưu nguồn này?", "Save this source?"), err=True)
