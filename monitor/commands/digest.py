"""`ansinh digest`: what a day brought."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.commands.asked import OUTPUT, single
from monitor.language import say


def app() -> typer.Typer:
    """Make the command."""
    return single(
        digest,
        vi="In bản tin của một ngày: số mới, thay đổi, mâu thuẫn, nơi im lặng, nguồn hỏng.",
        en="Print a day's digest: what is new, changed, contradicted, silent or broken.",
    )


DATE = typer.Option("--date", help=say("Ngày cần in; mặc định hôm nay.", "The day; default today."))


def digest(
    date: Annotated[str | None, DATE] = None,
    form: Annotated[str, typer.Option("--format", help="text, html, json")] = "text",
    output: Annotated[Path | None, OUTPUT] = None,
) -> None:
    """Print the digest."""
    import json
    from dataclasses import asdict
    from datetime import datetime

    from model.home import default_home
    from monitor import digest as digests
    from monitor.commands.asked import open_home_store, parse_day
    from monitor.printing import check_format, emit, plain
    from monitor.words import VIETNAM

    check_format(form, ("text", "html", "json"), output)
    day = parse_day(date, "--date") or datetime.now(VIETNAM).date()
    with open_home_store(default_home()) as store:
        found = digests.digest_of(store, day)
    if form == "json":
        emit(json.dumps(asdict(found), ensure_ascii=False, indent=1, default=plain) + "\n", output)
    else:
        emit(digests.html(found) if form == "html" else digests.plain_text(found), output)
