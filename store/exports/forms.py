"""The forms in which series leave the store, each written by its own function from the same rows."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from model.cells import BOM, SEPARATOR, csv_cell
from model.errors import InputError, MissingExtraError
from model.records import Point
from store.exports.rows import columns, flat
from store.exports.sdmx import sdmx_csv
from store.json_forms import point_row


def export(points: Sequence[Point], form: str, *, vintage: str = "now") -> bytes:
    """Write points in one of `FORMS`; raises InputError for an unknown form, MissingExtraError without its package."""
    writer = FORMS.get(form)
    if writer is None:
        raise InputError(f"unknown format '{form}'", cure=f"formats: {', '.join(FORMS)}")
    return writer(points, vintage)


def _csv(points: Sequence[Point], vintage: str) -> bytes:
    """CSV as Excel in Vietnamese opens it: UTF-8 with BOM, `;` between cells, decimal comma, CRLF."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=SEPARATOR, lineterminator="\r\n")
    table.writerow([column.name for column in columns()])
    for row in flat(points, vintage):
        table.writerow([csv_cell(row[column.name]) for column in columns()])
    return (BOM + out.getvalue()).encode()


def _json(points: Sequence[Point], vintage: str) -> bytes:
    rows = [{**point_row(point), "vintage": vintage} for point in points]
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def _jsonl(points: Sequence[Point], vintage: str) -> bytes:
    rows = ({**point_row(point), "vintage": vintage} for point in points)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _parquet(points: Sequence[Point], vintage: str) -> bytes:
    """Parquet with typed columns; the words of each column stand in the schema's metadata."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError("Parquet", "analyst") from None
    from datetime import date

    types = {"text": pa.string(), "moment": pa.string(), "number": pa.float64(), "whole": pa.int32(),
             "day": pa.date32()}  # fmt: skip
    rows = flat(points, vintage)
    arrays, fields = [], []
    for column in columns():
        cells = [row[column.name] for row in rows]
        if column.type == "day":
            cells = [date.fromisoformat(cell) if cell else None for cell in cells]
        fields.append(pa.field(column.name, types[column.type], metadata={"description": column.says}))
        arrays.append(pa.array(cells, types[column.type]))
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), sink, compression="zstd")
    return sink.getvalue()


def _xlsx(points: Sequence[Point], vintage: str) -> bytes:
    from store.exports.xlsx import workbook

    return workbook(points, vintage)


def write_package(points: Sequence[Point], folder: Path, *, vintage: str = "now") -> list[Path]:
    """Write a Frictionless data package into a folder: data, schema, sources, licence notes; gives the files."""
    from store.exports.package import package_files

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in package_files(points, vintage).items():
        path = folder / name
        path.write_bytes(content)
        written.append(path)
    return written


FORMS: dict[str, Callable[[Sequence[Point], str], bytes]] = {
    "csv": _csv, "json": _json, "jsonl": _jsonl, "parquet": _parquet, "xlsx": _xlsx, "sdmx-csv": sdmx_csv,
}  # fmt: skip
"""Form → writer of (points, vintage)."""
