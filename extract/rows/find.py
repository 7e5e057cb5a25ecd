"""Tables that a text holds as lines: `1 TP Bạc Liêu 132.480 88,90% 96,12%`, and what their columns are about.

A row is a name and figures in the order of the heading's columns; the heading stands before the rows, as a line of
labels or as a list in brackets. Rows without a heading that says what they count are left alone.
"""

import re
from collections.abc import Sequence

from extract.rows.cells import find_cells, may_hold_cells
from extract.rows.model import FEWEST, Row, Table, measure_of_label
from extract.rows.runs import find_runs

_NUMBER = r"[-–−+]?\d{1,3}(?:[.,]\d{3})*(?:[.,]\d{1,2})?(?:\s?%)?|\d+(?:[.,]\d+)?(?:\s?%)?|[-–—](?=\s|$)"
_GAP = r"(?:\s*[|;]\s*|\t+|\s+)"
_ROW = re.compile(
    rf"[ \t|]*(?:\d{{1,3}}[.)]?(?:\s*\|\s*|\t|\s)\s*)?(?P<name>[^\W\d_][^|\t\d\n:;]*?)\s*[|:]?{_GAP}"
    rf"(?P<cells>(?:{_NUMBER})(?:{_GAP}(?:{_NUMBER}))*)[ \t|]*"
)
_CELL = re.compile(_NUMBER)
_LINE = re.compile(r"[^\n]+")
_BRACKETS = re.compile(r"\(([^()\n]{8,240})\)")
_PARTS = re.compile(r"\s*[;|\t]\s*|\s{2,}")
_NUMBERING = re.compile(r"(?:stt|tt|số tt|số thứ tự)\b", re.I)
_CLOSED = re.compile(r"[^()|]+\([^()\n]{1,20}\)")
"""A label that ends in its unit: nothing else parts it from the next."""
_NAMES = re.compile(r"(?:(?:stt|tt|số tt)\s+)?(?:đơn vị|địa phương|địa bàn|huyện|xã|tên)(?:, \w+)*\s+", re.I)
_WIDEST = 160
_ENDS = frozenset("0123456789%|-–—")
"""A row ends in a figure, a dash or the table's edge: most lines need no closer look."""
_ROW_ENDS = re.compile(r"\n(?<=[0-9%|–—-]\n)")
"""Line ends behind such; the last row may end the text."""
_ABOVE = 3
"""So many lines above the rows may hold the heading."""
_WHOLE = re.compile(r"(?:toàn|cả|tổng|cộng|chung)\b", re.I)


def find_rows(text: str) -> list[Table]:
    """Give the tables of a text, in order. Linear: lines are looked at once."""
    runs = find_runs(text)
    return sorted([*_of_lines(text), *runs], key=lambda table: table.start) if runs else _of_lines(text)


def _of_lines(text: str) -> list[Table]:
    """Give the tables whose rows are lines."""
    if text.count("\n") < FEWEST:
        return []
    rows_end = sum(1 for _ in zip(range(FEWEST), _ROW_ENDS.finditer(text), strict=False))
    if rows_end < FEWEST - 1 and not may_hold_cells(text):
        return []
    lines = [(match.start(), match.end()) for match in _LINE.finditer(text)]
    found: list[Table] = []
    begun = 0
    rows: list[Row] = []
    for number, (start, end) in enumerate([*lines, (len(text), len(text))]):
        row = _row(text, start, end) if end - start < _WIDEST and text[end - 1 : end] in _ENDS else None
        if row and (not rows or len(row.cells) == len(rows[-1].cells)):
            begun = number if not rows else begun
            rows.append(row)
            continue
        if len(rows) >= FEWEST:
            table = _table(text, lines, begun, rows)
            found += [table] if table else []
        begun, rows = number, [row] if row else []
    return found or (find_cells(text, lines) if may_hold_cells(text) else [])


def _row(text: str, start: int, end: int) -> Row | None:
    match = _ROW.fullmatch(text, start, end)
    if match is None or not match["name"].strip():
        return None
    at = match.start("cells")
    cells = tuple(
        (at + cell.start(), at + cell.end()) if any(sign.isdigit() for sign in cell[0]) else (at + cell.start(),) * 2
        for cell in _CELL.finditer(match["cells"])
    )
    return Row(start, end, match.start("name"), match.end("name"), cells)


def _table(text: str, lines: list[tuple[int, int]], begun: int, rows: list[Row]) -> Table | None:
    """Find the heading of rows: a line of as many labels, or labels in brackets."""
    wanted = len(rows[0].cells)
    for number in range(begun - 1, max(-1, begun - 1 - _ABOVE), -1):
        start, end = lines[number]
        columns = _labels(text[start:end], wanted)
        if columns:
            return Table(start, rows[-1].end, columns, tuple(rows))
    return None


def _labels(line: str, wanted: int) -> tuple[str, ...]:
    for inside in _BRACKETS.findall(line):
        parts = [part for part in re.split(r"\s*[;|]\s*", inside) if part]
        parts = parts if len(parts) == wanted else [part.strip() for part in inside.split(",")]
        if len(parts) == wanted and all(measure_of_label(part) for part in parts):
            return tuple(parts)
    parts = [part for part in _PARTS.split(line.strip(" |\t")) if part and not _NUMBERING.fullmatch(part)]
    behind = parts[-wanted:]
    if len(parts) in (wanted, wanted + 1) and len(behind) == wanted and all(map(measure_of_label, behind)):
        return tuple(behind)
    closed = [part.strip() for part in _CLOSED.findall(line)]
    if len(closed) == wanted and line.rstrip().endswith(")"):
        closed[0] = _NAMES.sub("", closed[0])  # `TT Đơn vị BHXH tự nguyện (người) BHYT (người)`
        if all(map(measure_of_label, closed)):
            return tuple(closed)
    return ()


def is_whole(name: str) -> bool:
    """Whether a row is of the whole: `Toàn tỉnh`, `Tổng cộng`."""
    return _WHOLE.match(name.strip()) is not None


def inside(tables: Sequence[Table], start: int) -> bool:
    """Whether a place in the text lies in the rows of a table."""
    return any(table.rows[0].start <= start < table.end for table in tables)


__all__ = ["Row", "Table", "find_rows", "inside", "is_whole", "measure_of_label"]
