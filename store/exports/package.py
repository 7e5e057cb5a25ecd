"""A Frictionless data package: two plain CSV tables, their schema, sources, licence notes."""

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from typing import Any

from model.records import Point
from store.days import written
from store.exports.rows import columns, flat

_TYPES = {"text": "string", "moment": "string", "number": "number", "whole": "integer", "day": "date"}

REPORT_FIELDS = (
    ("point", "integer", "Row of points.csv that the report speaks of, from 1"),
    ("doc", "string", "Id of the document"),
    ("url", "string", "Address of the article"),
    ("outlet", "string", "Who printed it"),
    ("published", "string", "When it was published: a day or an instant"),
    ("fetched_at", "string", "When this store read it, UTC"),
    ("obs_value", "number", "Its value, in base units"),
    ("qualifier", "string", "How exact it says it is"),
    ("quote", "string", "Number and unit as written"),
    ("sentence", "string", "The sentence that holds it"),
    ("group", "string", "Group of copies; copies count once"),
    ("role", "string", "stands, reports or revision (stood before)"),
    ("vintage", "string", "The state of knowledge shown"),
)
"""Columns of reports.csv: name, type, meaning."""

LICENCE = """# Licence notes

The figures are facts. Each row names the article it was read from (`source_url`, `doc`) and quotes the sentence that
holds it; the sentences belong to their publishers and are quoted as evidence. Names and codes of areas follow the
official lists (Tổng cục Thống kê). The tables themselves may be used under CC BY 4.0: name the source of each figure.
"""


def package_files(points: Sequence[Point], vintage: str) -> dict[str, bytes]:
    """Give the files of the package by name."""
    return {
        "datapackage.json": _descriptor(points, vintage),
        "points.csv": _table([c.name for c in columns()], [list(row.values()) for row in flat(points, vintage)]),
        "reports.csv": _table([name for name, _, _ in REPORT_FIELDS], _reports(points, vintage)),
        "LICENCE.md": LICENCE.encode(),
    }


def packed_package(points: Sequence[Point], vintage: str = "now") -> bytes:
    """Give the package as one ZIP file, the same bytes for the same points."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in package_files(points, vintage).items():
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(heads)
    table.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return out.getvalue().encode()


def _reports(points: Sequence[Point], vintage: str) -> list[list[Any]]:
    rows = []
    for place, point in enumerate(points, 1):
        told = [(r, "stands" if r.stands else "reports") for r in point.reports]
        for report, role in [*told, *((r, "revision") for r in point.revisions)]:
            rows.append([
                place, report.doc, report.url, report.outlet, written(report.published), report.fetched_at.isoformat(),
                report.obs_value, report.qualifier, report.quote, report.sentence, report.group, role,
                vintage,
            ])  # fmt: skip
    return rows


def _descriptor(points: Sequence[Point], vintage: str) -> bytes:
    outlets = sorted({report.outlet for point in points for report in point.reports if report.outlet})
    fields = [{"name": c.name, "type": _TYPES[c.type], "title": c.heading, "description": c.says} for c in columns()]
    reports = [{"name": name, "type": kind, "description": says} for name, kind, says in REPORT_FIELDS]
    descriptor = {
        "name": "ansinh-series",
        "title": "Số liệu bảo hiểm xã hội theo báo chí địa phương",
        "description": f"One row a point, with the sentence behind it. Vintage: {vintage}.",
        "profile": "tabular-data-package",
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0",
                      "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "sources": [{"title": outlet} for outlet in outlets],
        "resources": [_resource("points", fields), _resource("reports", reports)],
    }  # fmt: skip
    return (json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(name: str, fields: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "name": name, "path": f"{name}.csv", "profile": "tabular-data-resource", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "schema": {"fields": fields, "missingValues": [""]},
    }  # fmt: skip
