"""A workbook: points with Vietnamese headings and number formats, every report, and what the columns say."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from model.errors import MissingExtraError
from model.records import Point
from store.days import written
from store.exports.rows import columns, flat

_WIDTHS = {"sentence": 80, "source_url": 50, "area_name": 22, "indicator": 24, "quote": 22, "terms": 40, "outlet": 22}
_REPORT_HEADINGS = (
    "Đến ngày",
    "Giá trị",
    "Đứng",
    "Nguồn tin",
    "Ngày đăng",
    "Số như viết",
    "Câu",
    "Địa chỉ",
    "Nhóm",
    "Tính đến ngày biết",
)


def workbook(points: Sequence[Point], vintage: str) -> bytes:
    """Write the workbook; every text is written as text, so that none is taken for a formula or a link."""
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtraError("XLSX", "xlsx") from None
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    forms = {
        "head": book.add_format({"bold": True, "bg_color": "#E8EEF4", "text_wrap": True, "valign": "top"}),
        "whole": book.add_format({"num_format": "#,##0"}),
        "number": book.add_format({"num_format": "#,##0.##"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
    }
    _points(book.add_worksheet("Số liệu"), forms, flat(points, vintage))
    _reports(book.add_worksheet("Nguồn"), forms, points, vintage)
    notes = book.add_worksheet("Chú giải")
    for place, column in enumerate(columns()):
        for cell, text in enumerate((column.heading, column.name, column.says)):
            notes.write_string(place, cell, text, forms["head"] if cell == 0 else None)
    notes.set_column(0, 1, 22)
    notes.set_column(2, 2, 90)
    book.close()
    return out.getvalue()


def _points(sheet: Any, forms: dict[str, Any], rows: Sequence[dict[str, Any]]) -> None:
    for place, column in enumerate(columns()):
        sheet.write_string(0, place, column.heading, forms["head"])
        sheet.set_column(place, place, _WIDTHS.get(column.name, 13))
        for line, row in enumerate(rows, 1):
            _cell(sheet, forms, (line, place), row[column.name], column.type)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(columns()) - 1)


def _cell(sheet: Any, forms: dict[str, Any], at: tuple[int, int], value: Any, kind: str) -> None:
    if value is None or value == "":
        return
    if kind in ("number", "whole"):
        sheet.write_number(*at, value, forms["whole" if float(value).is_integer() else "number"])
    elif kind == "day":
        sheet.write_datetime(*at, date.fromisoformat(value), forms["day"])
    else:
        sheet.write_string(*at, str(value))


def _reports(sheet: Any, forms: dict[str, Any], points: Sequence[Point], vintage: str) -> None:
    for place, heading in enumerate(_REPORT_HEADINGS):
        sheet.write_string(0, place, heading, forms["head"])
    line = 0
    for point in points:
        for report in point.reports:
            line += 1
            end = point.period_end.isoformat() if point.period_end else None
            cells = (
                (end, "day"), (report.obs_value, "number"), ("x" if report.stands else None, "text"),
                (report.outlet, "text"), (written(report.published), "text"), (report.quote, "text"),
                (report.sentence, "text"), (report.url or report.doc, "text"), (report.group, "text"),
                (vintage, "text"),
            )  # fmt: skip
            for place, (value, kind) in enumerate(cells):
                _cell(sheet, forms, (line, place), value, kind)
    sheet.set_column(0, 5, 16)
    sheet.set_column(6, 7, 70)
    sheet.freeze_panes(1, 0)
