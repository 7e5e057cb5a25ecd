"""`ansinh search`: articles or figures by words, with or without diacritics."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.commands.asked import FORM, OUTPUT, single
from monitor.language import say

COLUMNS = {
    False: ("published", "outlet", "title", "excerpt", "url"),
    True: ("published", "outlet", "area_name", "indicator", "quote", "excerpt", "url"),
}


def app() -> typer.Typer:
    """Make the command."""
    return single(
        search,
        vi="Tìm bài hoặc số liệu theo chữ, có dấu hay không dấu.",
        en="Find articles or figures by words, with or without diacritics.",
    )


WORDS = typer.Argument(metavar="WORDS...", help=say("Các chữ phải có.", "Words that must all stand."))
FIGURES = typer.Option("--figures", help=say("Tìm số liệu, không phải bài.", "Find figures, not articles."))
LIMIT = typer.Option("--limit", min=1, help=say("Nhiều nhất bao nhiêu dòng.", "At most so many lines."))


def search(
    words: Annotated[list[str], WORDS],
    figures: Annotated[bool, FIGURES] = False,
    limit: Annotated[int, LIMIT] = 20,
    form: Annotated[str, FORM] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> None:
    """Print one line a hit, first those whose headline or places hold the words, then the newest."""
    from dataclasses import asdict

    from model.home import default_home
    from monitor.commands.asked import open_home_store
    from monitor.printing import check_format, chosen, emit_rows

    check_format(form, output=output)
    with open_home_store(default_home()) as store:
        hits = store.search(" ".join(words), figures=figures, limit=limit)
    rows = [asdict(hit) for hit in hits]
    emit_rows(rows, form, output, chosen(form, COLUMNS[figures], rows))
