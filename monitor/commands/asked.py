"""What the commands ask for in the same words: days, formats, the store at home, one language for all help."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import typer

from model.errors import InputError, UnknownNameError
from model.home import Home, default_home
from monitor.language import say

if TYPE_CHECKING:
    from store import Store


AREA = typer.Option("--area", help=say("Mã hoặc tên địa phương.", "Code or name of the area."))
INDICATOR = typer.Option("--indicator", help=say("Chỉ số, ví dụ BHXH_TN.participants.", "SCHEME.concept."))
MEASURE = typer.Option("--measure", help=say("Phép đo: level, target, target_pct...", "level, target, target_pct, ..."))
OUTPUT = typer.Option("--output", help=say("Ghi vào tệp này.", "Write to this file."))
FORM = typer.Option("--format", help="table, json, jsonl, csv")
AS_OF = typer.Option("--as-of", help=say("Chỉ tính bài đăng đến hết ngày này.", "What reports published by then said."))
FETCHED = typer.Option("--fetched-by", help=say("Chỉ tính bài đã đọc đến hết ngày này.", "What was read by then."))
DATE = typer.Option(
    "--date",
    help=say(
        "Số tính đến hết ngày này; mặc định ngày của --as-of hoặc --fetched-by, không có thì hôm nay.",
        "Figures up to that day; default the day of --as-of or --fetched-by, else today.",
    ),
)
LISTED = typer.Option(
    "--areas", help=say("Danh mục 2024 hoặc 2025; mặc định theo ngày.", "List of 2024 or 2025; default by day.")
)


def single(function: Any, *, vi: str, en: str) -> typer.Typer:
    """Make the application of a command that stands alone."""
    made = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    made.command(help=say(vi, en), context_settings={"help_option_names": ["-h", "--help"]})(function)
    return made


def group(*, vi: str, en: str) -> typer.Typer:
    """Make the application of a command that has commands of its own."""
    made = typer.Typer(add_completion=False, rich_markup_mode=None, help=say(vi, en))

    @made.callback()
    def together() -> None:
        """Keep them apart even where there is only one."""

    return made


def parse_day(text: str | None, option: str) -> date | None:
    """Read a day as `2020-04-30` or `30/4/2020`; None for None, InputError for anything else."""
    if text is None:
        return None
    try:
        local = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip())
        if local:
            return date(int(local[3]), int(local[2]), int(local[1]))
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(f"{option} '{text}' is no day", cure="write 2020-04-30 or 30/4/2020") from None


def asked_days(as_of: str | None, fetched_by: str | None) -> dict[str, Any]:
    """Read `--as-of` and `--fetched-by` as the store takes them."""
    return {"as_of": parse_day(as_of, "--as-of"), "fetched_by": parse_day(fetched_by, "--fetched-by")}


def asked_date(text: str | None, days: Mapping[str, date | None]) -> date:
    """Read `--date`; by default the day of the vintage asked for, else today in Vietnam."""
    from monitor.words import VIETNAM

    vintage = [day for day in days.values() if day is not None]
    return parse_day(text, "--date") or min([*vintage, datetime.now(VIETNAM).date()])


def check_areas(name: str | None) -> str | None:
    """Give the list of areas asked for; an unknown one is an InputError."""
    if name not in (None, "2024", "2025"):
        raise InputError(f"unknown list of areas '{name}'", cure="use --areas 2024 or --areas 2025")
    return name


def list_in_force(on: date) -> str:
    """Give the list of areas that was in force on a day."""
    return "2025" if on >= date(2025, 7, 1) else "2024"


def check_measure(name: str) -> str:
    """Give the measure's name; an unknown one is an UnknownNameError."""
    from model.records import MEASURES

    if name not in MEASURES:
        raise UnknownNameError("measure", name, MEASURES)
    return name


def check_indicator(key: str, home: Home | None = None) -> str:
    """Give the indicator's key; an unknown one is an UnknownNameError."""
    from model.indicators import load_indicators

    load_indicators((home or default_home()).indicators).get(key)
    return key


def open_home_store(home: Home, *, readonly: bool = True) -> "Store":
    """Open the database of a home; where there is none yet, an empty one is made, so that asking answers "nothing"."""
    from store import open_store

    if readonly and not home.database.exists():
        open_store(home.database).close()
    return open_store(home.database, readonly=readonly)
