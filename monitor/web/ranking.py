"""The map and its ranking: provinces by progress against the pace of their plan, or by the latest of a measure."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from model.areas import Area, ProvinceList, load_areas
from model.areas_table import LIST_BEGAN
from model.errors import UnknownNameError
from model.fold import fold
from model.home import default_home
from model.indicators import load_indicators
from monitor import charts, paces, words
from monitor.language import say
from monitor.links import series_link
from monitor.web.reads import Reads
from monitor.web.shell import page
from monitor.web.tiles import grid
from store.progress import SLACK, Progress, State, gone
from store.recent import Outline

SHAPES = Path(__file__).parent / "map" / "shapes.json"
PROGRESS = "tien-do"
MEASURES = ("level", "target_pct", "coverage_pct", "gain", "change_pct")
BANDS = (-10.0, -SLACK, SLACK, 10.0)
"""Points of percent behind or ahead of the pace at which the map's colour changes."""
YEARS = 6
LISTS: dict[str, ProvinceList] = {"34": "2025", "63": "2024"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    """One province in the ranking; `value` is None where nothing is told."""

    area: Area
    value: float | None = None
    """What is ranked: the share of the plan, or the latest figure."""
    unit: str = "person"
    qualifier: str = "="
    period_end: date | None = None
    reached: str = ""
    """For progress: the count and the plan that the share is made of."""
    distance: float | None = None
    """Points ahead (+) of or behind (-) the pace of the plan at the figure's own date."""
    state: State = "unknown"
    shade: int = 0
    """0 nothing told or no pace, 1 lowest … 5 highest."""
    spark: str = ""
    link: str = ""


def in_force(on: date) -> ProvinceList:
    """Give the list of provinces that was in force on a day."""
    return "2025" if on >= LIST_BEGAN else "2024"


@cache
def shapes() -> dict[str, Any]:
    """Give the province shapes of both lists."""
    loaded: dict[str, Any] = json.loads(SHAPES.read_text("utf-8"))
    return loaded


class RankingPages:
    """The map."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads

    def map(self, request: Request) -> Response:
        """Map and ranking of one indicator on one list of provinces, by progress or by a measure.

        The list is the one that was in force on the day shown, unless the address asks for the other.
        """
        params = request.query_params
        told = self.reads.lately("all series", lambda store: store.series_told())
        known = {row["indicator"] for row in told}
        indicator = params.get("chi-tieu") or (told[0]["indicator"] if told else "BHXH_TN.participants")
        measure = params.get("do") if params.get("do") in MEASURES else PROGRESS
        last = self._last_day()
        year = int(params.get("nam", "")) if params.get("nam", "") in _years(last) else last.year
        on = min(last, date(year, 12, 31))
        chosen = LISTS.get(params.get("ds", ""))
        wanted: ProvinceList = chosen or in_force(on)
        rows = self._ranked(wanted, indicator[:80], str(measure), on)
        if measure == PROGRESS and "do" not in params and not any(row.value is not None for row in rows):
            measure = "level"  # no plan is known this year: the counts are
            rows = self._ranked(wanted, indicator[:80], "level", on)
        sort = params.get("xep") if params.get("xep") in ("ten", "gia-tri", "ngay") else ""
        return page(
            request, "map.html", title=say("Bản đồ và xếp hạng", "Map and ranking"), rows=_sorted(rows, sort or ""),
            wanted=wanted, indicator=indicator, measure=measure, measures=MEASURES, years=_years(last), year=year,
            sort=sort, indicators=sorted(known | {indicator}), shapes=shapes()[wanted], islands=shapes()["islands"],
            tiles=grid(wanted, [row.area for row in rows]) if params.get("kieu") == "o" else None,
            by_code={row.area.code: row for row in rows},
            shades={row.area.code: row.shade for row in rows}, legend=_legend(rows, str(measure)), progress=PROGRESS,
            states=_counted(rows), chosen=params["ds"] if chosen else "",
        )  # fmt: skip

    def warm(self) -> None:
        """Rank what the first reader of the map would wait for."""
        told = self.reads.lately("all series", lambda store: store.series_told())
        if told:
            self._ranked(in_force(self._last_day()), told[0]["indicator"], PROGRESS, self._last_day())

    def _ranked(self, wanted: ProvinceList, indicator: str, measure: str, on: date) -> list[Ranked]:
        key = ("ranked", wanted, indicator, measure, on)
        return self.reads.lately(key, lambda _: self._rows(wanted, indicator, measure, on), 60.0, prompt=True)

    def _last_day(self) -> date:
        days = self.reads.lately("days read", lambda store: store.days_read(limit=30), 5.0)
        return date.fromisoformat(days[0]) if days else date(2020, 12, 31)

    def _rows(self, wanted: ProvinceList, indicator: str, measure: str, on: date) -> list[Ranked]:
        provinces = load_areas().provinces(wanted)
        codes = {code: area.code for area in provinces for code in load_areas().same_territory(area.code)}
        codes |= {area.code: area.code for area in provinces}
        measures = ("level", "target_pct") if measure == PROGRESS else (measure,)
        found: dict[str, list[Outline]] = defaultdict(list)
        for one in self.reads.store().outlines(list(codes), indicator=indicator, measures=measures):
            if one.status == "settled" and one.period_end <= on:
                found[codes[one.area]].append(one)
        if measure != PROGRESS:
            return _fifths([_latest(area, found[area.code], measure) for area in provinces])
        ranking = self.reads.store().ranking(indicator, on=on, areas=wanted, brief=True)
        measured = {codes.get(one.area, one.area): one for one in ranking if one.computed_share is not None}
        return [_banded(_progress(area, measured.get(area.code), found[area.code], on)) for area in provinces]


def _progress(area: Area, one: Progress | None, points: Sequence[Outline], on: date) -> Ranked:
    """Rank a province by its measured progress; else by the share that the press printed this year."""
    counts = [p for p in points if p.measure == "level"]
    spark = charts.sparkline([p.obs_value for p in counts[-12:]], title=area.name)
    if one is not None and one.computed_share is not None:
        unit = f" {words.unit(one.target.unit)}"
        reached = words.amount(one.value or 0.0, one.target.unit).removesuffix(unit)  # said once, with the target
        return Ranked(
            area=area, value=one.computed_share, unit="percent", period_end=one.period_end, state=one.state,
            reached=f"{reached} / {words.amount(one.target.value, one.target.unit)}", distance=paces.distance(one),
            spark=spark, link=series_link(area.code, one.indicator),
        )  # fmt: skip
    shares = [p for p in points if p.measure == "target_pct" and p.period_end.year == on.year]
    if not shares:
        return Ranked(area=area, spark=spark)
    last = shares[-1]
    # Of a printed share only a flow's pace is known: a stock's runs from a base that nobody told.
    away = last.obs_value - 100 * gone(last.period_end) if _is_flow(last.indicator) else None
    return Ranked(
        area=area, value=last.obs_value, unit="percent", qualifier=last.qualifier, period_end=last.period_end,
        state=_state(last.obs_value, away), distance=away, spark=spark,
        link=series_link(area.code, last.indicator, "target_pct"),
    )  # fmt: skip


def _state(share: float, away: float | None) -> State:
    if share >= 100:
        return "reached"
    if away is None:
        return "unknown"
    return "ahead" if away >= SLACK else "behind" if away < -SLACK else "on pace"


def _is_flow(indicator: str) -> bool:
    """Tell whether an indicator is the total of a period; an unknown one is not."""
    try:
        return load_indicators(default_home().indicators).get(indicator).kind == "flow"
    except UnknownNameError:
        return False


def _latest(area: Area, points: Sequence[Outline], measure: str) -> Ranked:
    """Rank one province by its latest settled point."""
    if not points:
        return Ranked(area=area)
    last = points[-1]
    return Ranked(
        area=area, value=last.obs_value, unit=last.unit, qualifier=last.qualifier, period_end=last.period_end,
        spark=charts.sparkline([p.obs_value for p in points[-12:] if p.unit == last.unit], title=area.name),
        link=series_link(last.area, last.indicator, measure),
    )  # fmt: skip


def _banded(row: Ranked) -> Ranked:
    """Shade by the distance to the pace; what reached its plan is the darkest."""
    if row.state == "reached":
        return replace(row, shade=5)
    if row.distance is None or row.state == "old":
        return row
    return replace(row, shade=1 + sum(row.distance >= edge for edge in BANDS))


def _fifths(rows: list[Ranked]) -> list[Ranked]:
    """Shade each province by its fifth among those that are told."""
    told = sorted((row for row in rows if row.value is not None), key=lambda row: row.value or 0.0)
    fifth = {row.area.code: 1 + 5 * place // len(told) for place, row in enumerate(told)}
    return [replace(row, shade=fifth.get(row.area.code, 0)) for row in rows]


def _legend(rows: Sequence[Ranked], measure: str) -> list[tuple[int, str]]:
    """Say what each shade means."""
    if measure == PROGRESS:
        return [
            (1, say("chậm trên 10 điểm", "over 10 points behind")), (2, say("chậm 1–10 điểm", "1–10 behind")),
            (3, say("đúng nhịp", "on pace")), (4, say("nhanh 1–10 điểm", "1–10 ahead")),
            (5, say("nhanh trên 10 điểm hoặc đã đạt", "over 10 ahead, or reached")),
            (0, say("chưa có số hoặc chưa rõ nhịp", "nothing told, or no pace")),
        ]  # fmt: skip
    told = []
    for shade in range(1, 6):
        values = [(row.value or 0.0, row.unit) for row in rows if row.shade == shade]
        if values:
            low, high = min(values), max(values)
            said = {charts.short(low[0], low[1]): None, charts.short(high[0], high[1]): None}
            told.append((shade, " – ".join(said)))
    return [*told, (0, say("chưa có số", "nothing told"))]


def _counted(rows: Sequence[Ranked]) -> dict[str, int]:
    """Count the provinces in each state, those only that are told."""
    counts: dict[str, int] = {}
    for row in rows:
        if row.value is not None:
            counts[row.state] = counts.get(row.state, 0) + 1
    return counts


def _sorted(rows: Sequence[Ranked], by: str) -> list[Ranked]:
    if by == "ten":
        return sorted(rows, key=lambda row: fold(row.area.name))
    if by == "ngay":
        return sorted(rows, key=lambda row: (row.period_end is None, -(row.period_end or date.min).toordinal()))
    if by == "gia-tri" or not any(row.distance is not None for row in rows):
        return sorted(rows, key=lambda row: (row.value is None, -(row.value or 0.0)))
    return sorted(rows, key=lambda row: (row.value is None, row.distance is None, -(row.distance or 0.0)))


def _years(last: date) -> list[str]:
    return [str(year) for year in range(last.year, last.year - YEARS, -1)]
