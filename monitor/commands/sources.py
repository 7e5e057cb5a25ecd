"""`ansinh sources`: the registry of newspapers."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.commands.asked import OUTPUT, group
from monitor.language import say

COLUMNS = ("id", "name", "kind", "area", "family", "home", "address", "verified", "verdict", "evidence", "last")


def app() -> typer.Typer:
    """Make the group of commands."""
    made = group(vi="Danh bạ nguồn tin.", en="The registry of sources.")
    made.command("list", help=say("Liệt kê các nguồn và tình trạng vòng cuối.", "List the sources and their state."))(
        list_sources
    )
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
                "verified": one.verified,
                "verdict": "blocked" if one.blocked else last.get("verdict", ""),
                "evidence": one.blocked or last.get("evidence", ""),
                "last": last.get("finished", ""),
            }
        )
    shown = COLUMNS if form != "table" else ("id", "name", "area", "home", "verdict", "evidence", "last")
    emit_rows(rows, form, output, shown)
    return 1 if any(row["verdict"] not in ("", "ok", "new", "blocked") for row in rows) else 0
