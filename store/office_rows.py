"""The office's own plans and official figures as rows of CSV and XLSX: checked before anything is stored. Pure."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from model.errors import InputError, MissingExtraError, UnknownNameError
from model.fold import fold
from model.indicators import load_indicators
from model.records import MEASURES, UNITS
from store.area_names import areas_of

HEADINGS = {
    "area": ("area", "dia phuong", "don vi hanh chinh", "tinh"),
    "indicator": ("indicator", "chi tieu", "ma chi tieu", "chi so", "ma chi so"),
    "measure": ("measure", "loai so", "loai"),
    "of": ("of", "cua"),
    "year": ("year", "nam"),
    "period_start": ("period_start", "tu ngay", "start"),
    "period_end": ("period_end", "den ngay", "end", "period", "ky", "ngay"),
    "value": ("value", "gia tri", "so", "obs_value"),
    "unit": ("unit", "don vi", "don vi tinh"),
    "issuer": ("issuer", "co quan giao", "don vi giao", "co quan ban hanh", "nguon"),
    "document": ("document", "van ban", "tai lieu"),
    "published": ("published", "ngay ban hanh"),
    "scope": ("scope", "pham vi"),
    "denominator": ("denominator", "mau so"),
    "note": ("note", "ghi chu"),
}
"""Columns and the headings (folded) that name them."""

REQUIRED = ("area", "indicator", "value", "unit", "document")
"""Columns that every row fills; and one of `year`, `period_end`; plans an `issuer` as well."""

UNIT_WORDS = {
    "nguoi": ("person", 1.0), "nghin nguoi": ("person", 1e3), "trieu nguoi": ("person", 1e6), "%": ("percent", 1.0),
    "phan tram": ("percent", 1.0), "dong": ("VND", 1.0), "vnd": ("VND", 1.0), "nghin dong": ("VND", 1e3),
    "trieu dong": ("VND", 1e6), "ty dong": ("VND", 1e9), "don vi": ("employer", 1.0), "dai ly": ("agent", 1.0),
    "diem thu": ("collection_point", 1.0), "ho": ("household", 1.0), "ho gia dinh": ("household", 1.0),
    "so": ("book", 1.0), "the": ("card", 1.0), "luot": ("visit", 1.0),
}  # fmt: skip
"""Units as an office writes them (folded), and how many base units one is."""

_INDICATOR = re.compile(r"[A-Z_]+(?:\+[A-Z_]+)*\.[a-z_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficeRow:
    """One plan or official figure, checked."""

    area: str
    """Code."""
    indicator: str
    measure: str
    of: str | None
    unit: str
    scope: str | None
    denominator: str | None
    issuer: str | None
    period_start: date
    period_end: date
    value: float
    document: str
    published: date | None
    note: str


def read_rows(path: Path, kind: str) -> list[OfficeRow]:
    """Read and check a file of plans or official figures (`kind`: `plan`, `official`).

    Raises InputError that names the row and the column; then no row is good. An area's code is resolved in the list in
    force at the period.
    """
    rows = _xlsx(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _csv(path)
    heads = [_column(cell) for cell in rows[0]] if rows else []
    missing = [name for name in REQUIRED if name not in heads]
    if missing:
        columns = (f"{name} ({HEADINGS[name][1]})" for name in HEADINGS)
        raise InputError(f"{path.name} has no column {', '.join(missing)}", cure=f"columns: {', '.join(columns)}")
    if "year" not in heads and "period_end" not in heads:
        raise InputError(f"{path.name} says neither year nor period_end", cure="add a column `year` or `period_end`")
    result = []
    for number, cells in enumerate(rows[1:], 2):
        if any(str(cell or "").strip() for cell in cells):
            named = {name: cell for name, cell in zip(heads, cells, strict=False) if name}
            result.append(_row(named, kind, f"{path.name}, row {number}"))
    return result


def _column(heading: Any) -> str | None:
    wanted = fold(str(heading or ""))
    return next((name for name, heads in HEADINGS.items() if wanted == name or wanted in heads), None)


def _csv(path: Path) -> list[list[Any]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8", cure="save it as `CSV UTF-8`") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror})", cure="check the path and its rights") from None
    lines = [line for line in text.splitlines() if not line.lower().startswith("sep=")]
    first = lines[0] if lines else ""
    delimiter = max(";,\t", key=first.count)
    return list(csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter))


def _xlsx(path: Path) -> list[list[Any]]:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise MissingExtraError("reading XLSX", "xlsx") from None
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # noqa: BLE001 - openpyxl lets any of a dozen errors through for a bad file
        raise InputError(f"{path} is no XLSX file ({error})", cure="save it from the spreadsheet again") from None
    sheet = book.worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    book.close()
    return rows


def _row(cells: Mapping[str, Any], kind: str, where: str) -> OfficeRow:
    text = {name: str(cell).strip() for name, cell in cells.items() if cell is not None and str(cell).strip()}
    for name in REQUIRED:
        if name not in text:
            raise InputError(f"{where}: no {name}", cure=f"fill column `{name}`")
    if kind == "plan" and "issuer" not in text:
        raise InputError(f"{where}: no issuer", cure="say in column `issuer` who set the plan")
    if not _INDICATOR.fullmatch(text["indicator"]):
        raise InputError(f"{where}: '{text['indicator']}' is no indicator", cure="write it as BHXH_TN.participants")
    measure = text.get("measure", "target" if kind == "plan" else "level")
    _one_of(measure, MEASURES, "measure", where)
    if kind == "plan" and measure != "target":
        raise InputError(f"{where}: a plan is a target, not {measure}", cure="use `ansinh official import` for figures")
    unit, scale = UNIT_WORDS.get(fold(text["unit"]), (text["unit"], 1.0))
    _one_of(unit, UNITS, "unit", where)
    start, end = _period(cells, text, measure, where)
    value = round(_value(cells["value"], unit, where) * scale, 6)
    _plausible(text["indicator"], measure, unit, value, where)
    return OfficeRow(
        area=_area(text["area"], end, where), indicator=text["indicator"], measure=measure,
        of=text.get("of") or ("level" if measure == "target" else None), unit=unit, scope=text.get("scope"),
        denominator=text.get("denominator"), issuer=text.get("issuer"), period_start=start, period_end=end,
        value=value, document=text["document"],
        published=_day(cells["published"], where) if "published" in text else None, note=text.get("note", ""),
    )  # fmt: skip


def _plausible(indicator: str, measure: str, unit: str, value: float, where: str) -> None:
    """Refuse a count below zero or beyond what its indicator can hold; changes and gaps may be negative."""
    if measure in ("change", "change_pct", "target_gap"):
        return
    try:
        known = load_indicators().get(indicator)
        most = known.range[1] if unit == known.unit else 1_000.0 if unit == "percent" else known.range[1]
    except UnknownNameError:  # an indicator of one's own that this command was not told of: only its sign is known
        most = float("inf")
    if not 0 <= value <= most:
        raise InputError(f"{where}: {value:g} is not plausible for {indicator} ({unit})", cure="check the cell")


def _one_of(value: str, known: Iterable[str], name: str, where: str) -> None:
    if value not in known:
        raise InputError(f"{where}: '{value}' is no {name}", cure=f"known: {', '.join(known)}")


def _area(name: str, on: date, where: str) -> str:
    """Give the code in the list that was in force at the end of the period."""
    try:
        found = areas_of(name)
    except InputError as error:
        raise InputError(f"{where}: {error.fault}", cure=error.cure) from None
    if any(area.code == name for area in found):
        return name
    wanted = "2025" if on >= date(2025, 7, 1) else "2024"
    listed = [area for area in found if area.list in (wanted, "")] or found
    return listed[0].code


def _period(cells: Mapping[str, Any], text: Mapping[str, str], measure: str, where: str) -> tuple[date, date]:
    if "period_end" in text:
        end = _day(cells["period_end"], where)
        start = _day(cells["period_start"], where) if "period_start" in text else end
    else:
        year = re.fullmatch(r"(\d{4})(?:\.0)?", text.get("year", ""))
        if not year:
            raise InputError(f"{where}: '{text.get('year', '')}' is no year", cure="write it as 2026")
        end = date(int(year[1]), 12, 31)
        start = date(int(year[1]), 1, 1) if measure in ("target", "gain") else end
    if start > end:
        raise InputError(f"{where}: the period ends before it begins", cure="check period_start and period_end")
    return start, end


def _day(cell: Any, where: str) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = str(cell).strip()
    try:
        if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        return date.fromisoformat(text[:10])
    except ValueError:
        raise InputError(f"{where}: '{text}' is no day", cure="write it as 31/12/2026 or 2026-12-31") from None


def _value(cell: Any, unit: str, where: str) -> float:
    """Read a number: `17.000`, `17,000`, `98,9`; three digits after a sign are thousands unless a percentage."""
    if isinstance(cell, int | float):
        return float(cell)
    text = re.sub(r"[\s\u00a0%]", "", str(cell))
    if not re.fullmatch(r"[+-]?\d[\d.,]*", text):
        raise InputError(f"{where}: '{cell}' is no number", cure="write digits, e.g. 17.000 or 98,9")
    signs = re.findall(r"[.,]", text)
    if len(set(signs)) == 2:
        text = text.replace(signs[0], "").replace(signs[-1], ".")
    elif signs:
        groups = re.fullmatch(r"[+-]?\d{1,3}(?:[.,]\d{3})+", text)
        thousands = groups and (unit != "percent" or len(signs) > 1)
        if len(signs) > 1 and not groups:
            raise InputError(f"{where}: '{cell}' is no number", cure="write digits, e.g. 17.000 or 98,9")
        text = re.sub(r"[.,]", "" if thousands else ".", text)
    return float(text)


def same_series(rows: Sequence[OfficeRow]) -> dict[tuple[Any, ...], OfficeRow]:
    """Give the rows by series and period; raises InputError where two rows of one file contradict each other."""
    seen: dict[tuple[Any, ...], OfficeRow] = {}
    for row in rows:
        key = (row.area, row.indicator, row.measure, row.of, row.unit, row.scope, row.denominator, row.issuer,
               row.period_start, row.period_end)  # fmt: skip
        other = seen.setdefault(key, row)
        if other.value != row.value:
            raise InputError(
                f"two rows give {other.value:g} and {row.value:g} for {row.indicator} in {row.area}",
                cure="keep one of them",
            )
    return seen
