"""Results on standard output or into a file, in the form that was asked for; nothing else goes there."""

import csv
import io
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from model.cells import BOM, SEPARATOR, csv_cell
from model.errors import InputError
from monitor.cells import cell
from monitor.headings import heading
from monitor.words import steady

FORMATS = ("table", "json", "jsonl", "csv")
BINARY = ("parquet", "xlsx")
Row = Mapping[str, Any]


def check_format(name: str, known: Sequence[str] = FORMATS, output: Path | None = None) -> str:
    """Give the format's name; unknown ones and binary ones bound for a terminal are an InputError."""
    if name not in known:
        raise InputError(f"unknown format '{name}'", cure=f"use --format with one of {', '.join(known)}")
    if name in BINARY and output is None and sys.stdout.isatty():
        raise InputError(f"{name} is a binary format", cure="add --output FILE, or send it into a pipe")
    return name


def emit_rows(
    rows: Sequence[Row], form: str, output: Path | None = None, columns: Sequence[str] = (), *, named: bool = True
) -> None:
    """Print rows as `table`, `json`, `jsonl` or `csv`; `columns` chooses and orders what table and CSV show.

    A table speaks the reader's language, over its columns and in them, but where the columns are the asker's own
    (`named=False`).
    """
    shown = list(columns) or list(rows[0] if rows else ())
    if form == "json":
        emit(json.dumps(list(rows), ensure_ascii=False, indent=1, default=plain) + "\n", output)
    elif form == "jsonl":
        emit("".join(json_line(row) for row in rows), output)
    elif form == "csv":
        emit(csv_text(rows, shown), output)
    else:
        emit(table_text(rows, shown, named=named), output)


def chosen(form: str, columns: Sequence[str], rows: Sequence[Row]) -> tuple[str, ...]:
    """Give the columns to show: a table's own, in CSV everything that the rows hold."""
    return tuple(columns) if form == "table" or not rows else tuple(rows[0])


def json_line(row: Row) -> str:
    """Give one row as one line of JSON."""
    return json.dumps(row, ensure_ascii=False, default=plain) + "\n"


def plain(value: Any) -> Any:
    """Turn what JSON does not know into what it does: days and instants into ISO text, the rest into text."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    return str(value)


def emit(content: str | bytes, output: Path | None = None) -> None:
    """Write a result to standard output, or whole or not at all into a file; an unwritable file is an InputError."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        write_whole(output, data)
    except OSError as error:
        raise InputError(
            f"{output} cannot be written ({error.strerror})", cure="choose another --output FILE or free space"
        ) from None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader, or a restart after a crash, finds all of it or what stood there before.

    What a killed process left half written beside it has a fixed name, and the next writing takes it over.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def csv_text(rows: Iterable[Row], columns: Sequence[str]) -> str:
    """Give CSV as Excel in Vietnamese opens it, as the exports of series are written."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=SEPARATOR, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell_text(row.get(column)) for column in columns])
    return BOM + buffer.getvalue()


def cell_text(value: Any) -> str:
    """Make one CSV cell; what is no text and no number stands on one line."""
    return csv_cell(value if value is None or isinstance(value, str | int | float) else _flat(value))


def _flat(value: Any) -> str:
    """Give a value on one line."""
    if isinstance(value, (list, tuple, set, frozenset)):
        return "; ".join(_flat(item) for item in value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=plain)
    return str(plain(value)) if isinstance(value, (date, datetime)) else str(value)


def table_text(rows: Sequence[Row], columns: Sequence[str], *, named: bool = True) -> str:
    """Give a plain table: columns by width as seen, numbers to the right, one line a row; `""` without columns."""
    if not columns:
        return ""
    cells = [[_shown(cell(c, row.get(c)) if named else row.get(c)) for c in columns] for row in rows]
    right = [bool(rows) and all(isinstance(row.get(c), (int, float, type(None))) for row in rows) for c in columns]
    over = [heading(column) if named else column for column in columns]
    widths = [max([width(over[i]), *(width(line[i]) for line in cells)]) for i in range(len(columns))]
    lines = [_padded(over, widths, right), *(_padded(line, widths, right) for line in cells)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _shown(value: Any) -> str:
    """Give a value as a table's cell: on one line, and nothing in it commands the terminal."""
    if value is None:
        return ""
    return steady(" ".join(_flat(value).split(" ")).replace("\n", " ").replace("\t", " ").replace("\r", " "))


def _padded(line: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    """Pad one line of cells."""
    parts = (
        " " * (size - width(cell)) + cell if to_right else cell + " " * (size - width(cell))
        for cell, size, to_right in zip(line, widths, right, strict=True)
    )
    return "  ".join(parts)


def width(text: str) -> int:
    """Count the columns a text takes: combining marks and zero-width characters take none, wide ones two."""
    total = 0
    for character in text:
        if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
            continue
        total += 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
    return total
