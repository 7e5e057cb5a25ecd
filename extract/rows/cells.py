"""Tables of which a text holds one cell a line: labels of the columns, then a name and its figures, row by row.

Pages that drop the borders of a table leave it so. Lines are told apart as figures, short texts and others; a table is
a run of labels followed by rows of one shape.
"""

import re
from collections.abc import Sequence

from extract.rows.model import FEWEST, Row, Table, measure_of_label

_FIGURE = re.compile(r"[ \t]*(?:\d{1,3}(?:[.,]\d{3})*(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)[ \t]?%?[ \t]*|[ \t]*[-–—][ \t]*")
_ALONE = re.compile(r"\n[ \t]*\d[\d.,]*[ \t]?%?[ \t]*(?=\n|\Z)")
"""A line that is a figure and nothing else: most texts have none."""
_LONGEST = 60
_WIDEST = 5
_SHAPES = tuple(
    (row * FEWEST, re.compile(rf"(?P<labels>T{{{width},}})(?P<rows>(?:{row}){{{FEWEST},}})(?!N)"))
    for width in range(1, _WIDEST + 1)
    for row in ("T" + "N" * width, "NT" + "N" * width)
)
"""Rows without and with a number in front, by how many columns of figures they have: the fewest, and all of them."""


def may_hold_cells(text: str) -> bool:
    """Whether a text has as many lines that are a figure and nothing else as a table needs."""
    return sum(1 for _ in zip(range(FEWEST), _ALONE.finditer(text), strict=False)) == FEWEST


def find_cells(text: str, lines: Sequence[tuple[int, int]]) -> list[Table]:
    """Give the tables whose cells are lines of their own, in order. Linear for each of few widths."""
    codes = "".join(_code(text, start, end) for start, end in lines)
    found: list[Table] = []
    for number, (fewest, shape) in enumerate(_SHAPES):
        if fewest not in codes:
            continue
        width, numbered = number // 2 + 1, number % 2 == 1
        for match in shape.finditer(codes):
            table = _table(text, lines, match, width, numbered=numbered)
            if table is not None:
                found.append(table)
    return sorted(found, key=lambda table: table.start)


def _code(text: str, start: int, end: int) -> str:
    if end - start > _LONGEST:
        return "x"
    return "N" if _FIGURE.fullmatch(text, start, end) else "T"


def _table(
    text: str, lines: Sequence[tuple[int, int]], match: re.Match[str], width: int, *, numbered: bool
) -> Table | None:
    begun = match.start("rows")
    labels = [text[start:end].strip() for start, end in lines[begun - width : begun]]
    if not all(map(measure_of_label, labels)):
        return None
    rows = []
    step = width + 1 + numbered
    for first in range(begun, match.end("rows"), step):
        name_start, name_end = lines[first + numbered]
        cells = tuple(_cell(text, *lines[at]) for at in range(first + numbered + 1, first + step))
        rows.append(Row(lines[first][0], lines[first + step - 1][1], name_start, name_end, cells))
    return Table(lines[begun - width][0], rows[-1].end, tuple(labels), tuple(rows))


def _cell(text: str, start: int, end: int) -> tuple[int, int]:
    own = text[start:end]
    inner = start + len(own) - len(own.lstrip())
    return (inner, inner + len(own.strip())) if any(sign.isdigit() for sign in own) else (inner, inner)
