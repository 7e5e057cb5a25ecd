"""Tables of a page: which ones hold data, and their cells by row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_SPACE = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_UNSEEN = re.compile(r"[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_APART = frozenset(("p", "div", "br", "li", "td", "th", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr"))
_UNREAD = frozenset(("script", "style", "noscript", "template", "svg", "button", "select", "textarea", "iframe"))
_MOST_CELLS = 20_000
_LONGEST_CELL = 600
_MOST_LINES = 4
_MANY_LINES = 250
_LONGEST_MEAN = 220
_WIDEST_SPAN = 60


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells by row; a cell that spans several stands in its first place, the others are empty."""

    rows: tuple[tuple[str, ...], ...]
    headings: int
    """How many of the first rows are headings."""


def narrow(root: Any) -> None:
    """Take the spans off cells that say they fill more room than a table has: whoever lays them out would never end."""
    spans = [(cell, _span(cell, "colspan"), _span(cell, "rowspan")) for cell in root.iter("td", "th")]
    for cell, width, height in spans:
        for name, span in (("colspan", width), ("rowspan", height)):
            if cell.get(name) is not None:
                cell.set(name, str(span))
    if sum(width * height for _, width, height in spans if width * height > 1) > _MOST_CELLS:
        for cell, _, _ in spans:
            cell.attrib.pop("colspan", None)
            cell.attrib.pop("rowspan", None)


def clean(text: str) -> str:
    """Give the text as a browser shows it on one line: white space collapsed, unseen characters gone."""
    return _SPACE.sub(" ", _UNSEEN.sub("", text)).strip()


def cell_text(element: Any) -> str:
    """Give what an element shows as one line; its blocks and line breaks apart by a space."""
    return clean("".join(" " if node is None else (node.tail if tail else node.text) for node, tail in nodes(element)))


def nodes(element: Any) -> Iterator[tuple[Any, bool]]:
    """Give the text nodes that an element shows, each as its element and whether it is the tail; None for a gap."""
    pending = [(element, False)]
    while pending:
        node, left = pending.pop()
        apart = node.tag in _APART
        if left:
            if apart:
                yield None, False
            if node is not element and node.tail:
                yield node, True
            continue
        pending.append((node, True))
        if not isinstance(node.tag, str) or node.tag in _UNREAD:
            continue
        if apart:
            yield None, False
        if node.text:
            yield node, False
        pending.extend((child, False) for child in reversed(node))


def cells_of(table: Any) -> list[list[Any]]:
    """Give the cells of a table by row."""
    return [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]


def read_table(table: Any) -> Grid | None:
    """Give a data table's cells, or None where the table only lays out the page, a picture or links."""
    if any(inner is not table for inner in table.iter("table", "h1", "form", "article")):
        return None
    cells = cells_of(table)
    count = sum(map(len, cells))
    if not 2 <= count <= _MOST_CELLS:
        return None
    texts = [[cell_text(cell) for cell in row] for row in cells]
    filled = [text for row in texts for text in row if text]
    if not _is_data(table, texts, filled):
        return None
    grid, kept = _spread(cells, texts)
    if not grid:
        return None
    return Grid(tuple(grid), _headings([cells[index] for index in kept]))


def _is_data(table: Any, texts: list[list[str]], filled: list[str]) -> bool:
    if len(filled) < 2 or max(map(len, filled)) > _LONGEST_CELL or sum(map(len, filled)) > _LONGEST_MEAN * len(filled):
        return False
    longest = max(map(len, filled))
    if longest > 300 and longest > 0.6 * sum(map(len, filled)):
        return False
    if any(_is_page_like(cell) for cell in table.iter("td")):
        return False
    wide = [row for row in texts if sum(map(bool, row)) > 1]
    if not wide:
        return False
    if len(texts) == 1 and (len(filled) < 3 or max(map(len, filled)) > 100):
        return False
    pictures = sum(1 for _ in table.iter("img"))
    if pictures and len(filled) <= 2 * pictures:
        return False
    linked = sum(len(cell_text(link)) for link in table.iter("a"))
    return linked <= 0.7 * sum(map(len, filled))


def _is_page_like(cell: Any) -> bool:
    """Tell whether a cell holds paragraphs, as a column of a page does, and not a value."""
    lines = sum(1 for part in cell.iter("br", "p", "div") if part is not cell)
    return lines > _MOST_LINES and len(cell_text(cell)) > _MANY_LINES


def _spread(cells: list[list[Any]], texts: list[list[str]]) -> tuple[list[tuple[str, ...]], list[int]]:
    """Lay cells on a grid by their spans; rows without any text are left out (second value: rows kept)."""
    taken: dict[int, int] = {}
    grid: list[tuple[str, ...]] = []
    kept: list[int] = []
    for index, (row, words) in enumerate(zip(cells, texts, strict=True)):
        line: dict[int, str] = {}
        column = 0
        fresh: dict[int, int] = {}
        for cell, text in zip(row, words, strict=True):
            while taken.get(column, 0) > 0:
                column += 1
            line[column] = text
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            fresh.update(dict.fromkeys(range(column, column + width), height - 1))
            column += width
        taken = {place: left - 1 for place, left in taken.items() if left > 1} | {
            place: left for place, left in fresh.items() if left > 0
        }
        if any(line.values()):
            width = max((*line, *fresh), default=-1) + 1
            grid.append(tuple(line.get(place, "") for place in range(width)))
            kept.append(index)
    return grid, kept


def _span(cell: Any, name: str) -> int:
    told = (cell.get(name) or "1").strip()
    return max(1, min(int(told), _WIDEST_SPAN)) if told.isascii() and told.isdigit() else 1


def _headings(rows: list[list[Any]]) -> int:
    """Count the first rows that the page marks as headings: `thead`, all `th`, or all bold above plain rows."""
    marked = [_is_heading(row) for row in rows]
    count = next((index for index, heading in enumerate(marked) if not heading), len(marked))
    return count if count < len(rows) else 0


def _is_heading(row: list[Any]) -> bool:
    if not row:
        return False
    if any(above.tag == "thead" for above in row[0].iterancestors("thead", "table")):
        return True
    full = [cell for cell in row if cell_text(cell)]
    if not full:
        return False
    if all(cell.tag == "th" for cell in full):
        return True
    return len(full) > 1 and all(cell.tag == "th" or _is_bold(cell) for cell in full)


def _is_bold(cell: Any) -> bool:
    bold = "".join(cell_text(part) for part in cell.iter("b", "strong"))
    return len(bold) >= len(cell_text(cell)) > 0
