"""`ansinh unclaimed`: numbers beside an insurance word that no rule claims, over the store or of one source."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.commands.asked import FORM, OUTPUT, single
from monitor.language import say

COLUMNS = ("docs", "quotes", "reason", "sentence", "source", "doc")


def app() -> typer.Typer:
    """Make the command."""
    return single(
        unclaimed,
        vi="Những con số cạnh một chỉ tiêu mà chưa quy tắc nào nhận, câu được nhiều bài in nhất trước.",
        en="Numbers beside an insurance word that no rule claims; sentences that most articles print come first.",
    )


SOURCE = typer.Option("--source", help=say("Chỉ của nguồn này.", "Of this source only."))
LIMIT = typer.Option("--limit", min=1, help=say("Nhiều nhất bao nhiêu câu.", "At most so many sentences."))


def unclaimed(
    source: Annotated[str | None, SOURCE] = None,
    limit: Annotated[int, LIMIT] = 100,
    form: Annotated[str, FORM] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> None:
    """Print one line a sentence, with all its numbers that nothing claims."""
    from model.errors import UnknownNameError
    from model.home import default_home
    from monitor.commands.asked import open_home_store
    from monitor.printing import check_format, chosen, emit_rows
    from monitor.sources import home_sources

    check_format(form, output=output)
    home = default_home()
    with open_home_store(home) as store:
        if source is not None:
            known = {*home_sources(home), *store.outlet_names()}
            if source not in known:
                raise UnknownNameError("source", source, sorted(known))
        rows = store.unclaimed(source=source, limit=limit)
    emit_rows(rows, form, output, chosen(form, COLUMNS, rows))
