"""The commands, one module each. A module has `app()`, which makes its typer application."""

from typing import NamedTuple


class Listed(NamedTuple):
    """One command as `--help` lists it."""

    module: str
    """Module of this package."""
    vi: str
    en: str


COMMANDS = {
    "demo": Listed(
        "demo", "Chạy thử toàn bộ công việc trên báo chí giả lập.", "The whole job over invented newspapers."
    ),
    "series": Listed(
        "series", "In một chuỗi số liệu kèm câu văn của từng điểm.", "Print one series with its sentences."
    ),
}
"""By name, in the order in which `--help` lists them; only what works is here."""
