"""Long results, written row by row: nothing of them is held in memory but what a table can show."""

import csv
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from model.cells import BOM, SEPARATOR
from model.errors import InputError
from monitor.language import say
from monitor.printing import Row, cell_text, json_line, plain, table_text
from monitor.words import shorten

MOST_SHOWN = 200
"""Rows of a table; the other forms give all."""

WIDEST = 90
"""Columns of a table's cell."""


def emit_stream(rows: Iterable[Row], form: str, output: Path | None, columns: Sequence[str]) -> None:
    """Print rows as `table`, `json`, `jsonl` or `csv` while they come; all are taken, also those a table leaves out."""
    write = {"json": _json, "jsonl": _jsonl, "csv": _csv}.get(form, _table)
    _send(write(iter(rows), columns), output)


def _jsonl(rows: Iterator[Row], _columns: Sequence[str]) -> Iterator[str]:
    return map(json_line, rows)


def _json(rows: Iterator[Row], _columns: Sequence[str]) -> Iterator[str]:
    before = "["
    for row in rows:
        yield before + "\n" + json.dumps(row, ensure_ascii=False, default=plain)
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _csv(rows: Iterator[Row], columns: Sequence[str]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=SEPARATOR, lineterminator="\r\n")
    writer.writerow(columns)
    yield BOM + buffer.getvalue()
    for row in rows:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([cell_text(row.get(column)) for column in columns])
        yield buffer.getvalue()


def _table(rows: Iterator[Row], columns: Sequence[str]) -> Iterator[str]:
    shown = list(islice(rows, MOST_SHOWN))
    short = [{name: shorten(v, WIDEST) if isinstance(v, str) else v for name, v in row.items()} for row in shown]
    yield table_text(short, columns)
    more = sum(1 for _ in rows)
    if more:
        yield say(f"… và {more} dòng nữa: dùng --format jsonl", f"… and {more} more: use --format jsonl") + "\n"


def _send(parts: Iterator[str], output: Path | None) -> None:
    """Write to standard output, or whole or not at all into a file."""
    if output is None:
        sys.stdout.flush()
        for part in parts:
            sys.stdout.buffer.write(part.encode())
        sys.stdout.buffer.flush()
        return
    half = output.with_name(f".{output.name}.part")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as file:
            for part in parts:
                file.write(part.encode())
            file.flush()
            os.fsync(file.fileno())
        half.replace(output)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise InputError(
            f"{output} cannot be written ({error.strerror})", cure="choose another --output FILE or free space"
        ) from None
