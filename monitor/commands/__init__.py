"""The commands, one module each. A module has `app()`, which makes its typer application."""

from typing import NamedTuple


class Listed(NamedTuple):
    """One command as `--help` lists it."""

    module: str
    """Module of this package."""
    vi: str
    en: str


COMMANDS = {
    "series": Listed("series", "In một chuỗi số liệu, mỗi điểm kèm bài báo và câu văn.", "Print one series."),
}
"""By name, in the order in which `--help` lists them; only what works is here."""
