"""Figures of tables that a text holds as lines: each cell by its column, its row's place and the heading."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.context import Draft
from extract.periods.find import find_periods
from extract.periods.model import Period
from extract.places.find import PlaceMention
from extract.quantities.parse import parse_quantities
from extract.quantities.record import Quantity
from extract.rows.columns import Column, columns_of
from extract.rows.find import Row, Table, is_whole
from model.areas import load_areas
from model.records import AreaLevel

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

_HEAD = 400
"""So far above the rows the heading's words may stand."""
RATES = re.compile(
    r"(?:[Tt]ỷ lệ|[Mm]ức|[Pp]hần trăm|[Tt]iền) (?:trích )?(?:đóng|nộp|hưởng)(?!\w)|[Qq]uỹ hưu trí"
    r"|(?:[Mm]ức|[Tt]iền) (?:tiền )?lương(?! hưu)|đồng ?/ ?(?:người ?/ ?)?tháng"
)
"""Words of lists that tell wages, or what is paid of them."""
_PERCENTS = ("coverage_pct", "target_pct", "rate")


def read_rows(reader: "SentenceReader", table: Table, text: str) -> list[Draft]:
    """Give the drafts of a table's cells, row by row; cells whose column or row says too little are left alone."""
    heading = text[max(0, table.rows[0].start - _HEAD) : table.rows[0].start].rpartition("\n\n\n")[2]
    if RATES.search(text, max(0, table.rows[0].start - len(heading)), table.rows[-1].end):
        return []
    columns = columns_of(reader, table, heading)
    period, base = _period(reader, heading), _base(reader, heading)
    drafts: list[Draft] = []
    placed = [_place(reader, row, text) for row in table.rows]
    level = _level([place for place, known in placed if known and place])
    for row, (named, known) in zip(table.rows, placed, strict=True):
        if not known:
            continue
        place = _of_level(named, level, [one for one, _ in placed if one]) if named and level else named
        head: Draft | None = None
        for column, span in zip(columns, row.cells, strict=True):
            draft = _cell(text, span, column) if column.schemes and span[1] > span[0] else None
            if draft is None:
                continue
            draft.schemes, draft.concept, draft.place, draft.period = column.schemes, column.concept, place, period
            draft.base = base if draft.measure in ("change", "change_pct") else None
            draft.head = head if draft.kind == "percent" else None
            draft.slots = {"indicator": "heading", "area": "clause", "period": "heading", "base": "heading"}
            draft.slots |= dict.fromkeys(("measure", "unit", "of", "plan"), "heading")
            head = draft if draft.measure == "level" else head
            drafts.append(draft)
    if drafts:
        reader.mind.drafts = drafts
        reader.mind.schemes = reader.held(drafts[-1].schemes)
        reader.mind.concept = drafts[-1].concept
        reader.mind.target = reader.held(False)
        if period is not None:
            reader.mind.period = reader.held(period)
    return drafts


def _level(places: list[PlaceMention]) -> AreaLevel | None:
    """The level of most rows."""
    levels = Counter(place.areas[0].level for place in places if place.areas and not place.whole)
    return levels.most_common(1)[0][0] if levels else None


def _of_level(place: PlaceMention, level: AreaLevel, others: list[PlaceMention]) -> PlaceMention:
    """`Hòa Bình` among the districts of Bạc Liêu is one of them."""
    if place.whole or not place.areas or place.areas[0].level == level:
        return place
    gazetteer = load_areas()
    above = {
        up.code
        for other in others
        if other.areas
        for up in gazetteer.ancestors(other.areas[0])
        if up.level != "country"
    }
    twins = gazetteer.by_name(place.areas[0].name, level=level)
    fitting = tuple(area for area in twins if any(up.code in above for up in gazetteer.ancestors(area)))
    if len(fitting) != 1:
        return place
    return replace(place, areas=fitting, name=gazetteer.path_name(fitting[0]), level=level)


def _cell(text: str, span: tuple[int, int], column: Column) -> Draft | None:
    """Read one figure; None where it does not fit its column."""
    measure = column.measure
    found = parse_quantities(text[span[0] : span[1]])
    if len(found) != 1 or not measure:
        return None
    quantity: Quantity = found[0]
    percent = quantity.unit == "percent" or measure in _PERCENTS or "%" in column.label
    if percent and measure in ("level", "change"):
        measure = "coverage_pct" if measure == "level" else "change_pct"
    if (measure == "coverage_pct" and quantity.value > 100) or (measure == "level" and quantity.value < 2):
        return None
    worth = 1.0
    if column.money and not percent:
        if column.worth is None:
            return None
        worth = column.worth
    unit = "percent" if percent else "VND" if column.money else "person"
    return Draft(
        index=0,
        start=span[0],
        end=span[1],
        kind="money" if unit == "VND" else unit,
        value=(-abs(quantity.value) if text[span[0]] in "-–−" else quantity.value) * worth,
        unit=unit,
        qualifier="=",
        precision=quantity.precision * worth,
        rule="table.cell",
        measure=measure,
        sure=0.8,
        of="level" if measure in ("target", "target_pct") else None,
    )


def _place(reader: "SentenceReader", row: Row, text: str) -> tuple[PlaceMention | None, bool]:
    """The place of a row, and whether it is known: that of its name, or of the whole."""
    places = reader.layers.places
    first = bisect_left(places, row.start, key=lambda place: place.start)
    if first < len(places) and places[first].start < row.name_end:
        return places[first], bool(places[first].areas or places[first].name) or is_whole(places[first].text)
    name = text[row.name_start : row.name_end]
    return (reader.mind.main, True) if is_whole(name) else (None, not places)


def _period(reader: "SentenceReader", heading: str) -> Period | None:
    """The time that a heading names last, else the one in force."""
    named = [one for one in find_periods(heading, reader.layers.reference) if one.end is not None and not one.compared]
    if named:
        return named[-1]
    return reader.mind.period.value if reader.mind.period else None


def _base(reader: "SentenceReader", heading: str) -> Period | None:
    """What a heading says its changes are compared with, else what the last sentence did."""
    named = [one for one in find_periods(heading, reader.layers.reference) if one.compared]
    if named:
        return named[-1]
    return reader.mind.base.value if reader.mind.base else None
