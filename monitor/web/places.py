"""Pages of places: the map with its ranking, the list of localities, one locality."""

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from model.areas import Area, ProvinceList, load_areas
from model.errors import AmbiguousNameError, UnknownNameError
from model.fold import fold
from model.indicators import load_indicators
from monitor import charts, names
from monitor.language import say
from monitor.web.reads import Reads
from monitor.web.shell import area_name, as_day, missing, page, series_link
from monitor.words import civil_day

SHAPES = Path(__file__).parent / "map" / "shapes.json"
MEASURES = ("target_pct", "level", "coverage_pct", "gain", "change_pct")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    """One province in the ranking; `value` is None where nothing is told."""

    area: Area
    value: float | None = None
    unit: str = "person"
    qualifier: str = "="
    period_end: date | None = None
    distance: float | None = None
    """Points ahead (+) of or behind (-) the straight line through the year at the figure's own date."""
    shade: int = 0
    """0 nothing told, 1 lowest … 5 highest fifth."""
    spark: str = ""
    link: str = ""


@cache
def shapes() -> dict[str, Any]:
    """Give the province shapes of both lists."""
    loaded: dict[str, Any] = json.loads(SHAPES.read_text("utf-8"))
    return loaded


def pace(day: date) -> float:
    """Give the percentage of the year that has passed at the end of a day: the straight line of a yearly plan."""
    start = date(day.year, 1, 1)
    return 100.0 * ((day - start).days + 1) / ((date(day.year + 1, 1, 1) - start).days)


def _one(area: Area, rows: list[dict[str, Any]], measure: str) -> Ranked:
    """Rank one province by its latest settled point."""
    rows = [row for row in rows if row["status"] == "settled" and row["period_end"]]
    if not rows:
        return Ranked(area=area)
    last = rows[-1]
    at = as_day(last["period_end"])
    day = civil_day(at) if at else None
    # A stock held most of its target when the year began: only the total of a period runs from nothing to its plan.
    paced = measure == "target_pct" and day is not None and _is_flow(last["indicator"])
    behind = round(last["obs_value"] - pace(day), 1) if paced and day else None
    spark = charts.sparkline([row["obs_value"] for row in rows[-12:]], title=area.name)
    return Ranked(
        area=area, value=last["obs_value"], unit=last["unit"], qualifier=last["qualifier"], period_end=day,
        distance=behind, spark=spark, link=series_link(last["area"], last["indicator"], measure),
    )  # fmt: skip


def _is_flow(indicator: str) -> bool:
    """Tell whether an indicator is the total of a period; an unknown one is not."""
    try:
        return load_indicators().get(indicator).kind == "flow"
    except UnknownNameError:
        return False


def shaded(rows: list[Ranked]) -> list[Ranked]:
    """Give each province its fifth among those that are told (for shares of the plan: by distance to the pace)."""
    told = sorted((row for row in rows if row.value is not None), key=_weight)
    fifth = {row.area.code: 1 + 5 * place // len(told) for place, row in enumerate(told)}
    return [replace(row, shade=fifth.get(row.area.code, 0)) for row in rows]


def _name(area: Area) -> str:
    return fold(area.name)


def _weight(row: Ranked) -> float:
    return row.distance if row.distance is not None else row.value or 0.0


class PlacePages:
    """Pages that show places."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads

    def map(self, request: Request) -> Response:
        """Map and ranking of one indicator and measure on one list of provinces."""
        params = request.query_params
        wanted: ProvinceList = "2024" if params.get("ds") == "63" else "2025"
        told = self.reads.lately("all series", lambda store: store.series_told())
        known = {row["indicator"] for row in told}
        indicator = params.get("chi-tieu") or (told[0]["indicator"] if told else "BHXH_TN.participants")
        measure = params.get("do") if params.get("do") in MEASURES else "level"
        provinces = load_areas().provinces(wanted)
        key = ("ranked", wanted, indicator, measure)
        rows = list(self.reads.lately(key, lambda _: self._ranked(provinces, indicator, str(measure))))
        if params.get("xep") == "ten":
            rows.sort(key=lambda row: _name(row.area))
        else:
            rows.sort(key=lambda row: (row.value is None, -_weight(row)))
        return page(
            request, "map.html", title=say("Bản đồ và xếp hạng", "Map and ranking"), rows=rows, wanted=wanted,
            indicator=indicator, measure=measure, measures=MEASURES, indicators=sorted(known | {indicator}),
            shapes=shapes()[wanted], islands=shapes()["islands"], by_code={row.area.code: row for row in rows},
        )  # fmt: skip

    def _ranked(self, provinces: tuple[Area, ...], indicator: str, measure: str) -> list[Ranked]:
        codes = {code: area.code for area in provinces for code in load_areas().same_territory(area.code)}
        codes |= {area.code: area.code for area in provinces}
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self.reads.store().points_in(list(codes), indicator=indicator, measure=measure):
            found[codes[row["area"]]].append(row)
        for some in found.values():
            some.sort(key=lambda row: row["period_end"])
        return shaded([_one(area, found[area.code], measure) for area in provinces])

    def places(self, request: Request) -> Response:
        """Every province of both lists, with how much is told of it; a name asked for leads straight to it."""
        asked = request.query_params.get("ten", "").strip()
        if asked:
            return self._lookup(request, asked)
        told = self.reads.lately("areas", lambda store: store.areas_told())
        gazetteer = load_areas()
        named: tuple[tuple[ProvinceList, str], ...] = (
            ("2025", say("34 tỉnh, thành phố (từ 1/7/2025)", "34 provinces (since 1 July 2025)")),
            ("2024", say("63 tỉnh, thành phố (đến 30/6/2025)", "63 provinces (to 30 June 2025)")),
        )
        lists = [
            (title, [(area, told.get(area.code, 0)) for area in sorted(gazetteer.provinces(which), key=_name)])
            for which, title in named
        ]
        return page(request, "places.html", title=say("Địa phương", "Localities"), lists=lists, found=None, asked="")

    def _lookup(self, request: Request, asked: str) -> Response:
        gazetteer = load_areas()
        try:
            found = gazetteer.resolve(asked)
        except AmbiguousNameError:
            found = gazetteer.by_name(asked)[:60]
        except UnknownNameError as error:
            near = " · ".join(error.near)
            what = say(f"Không có địa phương tên “{asked}”", f"No locality named “{asked}”")
            return missing(request, what, say(f"Tên gần giống: {near}", f"Near names: {near}") if near else "")
        title = say("Địa phương", "Localities")
        return page(request, "places.html", title=title, lists=[], found=found, asked=asked)

    def place(self, request: Request) -> Response:
        """One locality: its series as small multiples, what it was and is, its units, its latest articles."""
        gazetteer = load_areas()
        code = request.path_params["code"]
        if code not in gazetteer:
            return missing(request, say("Không có mã này", "No such code"), "/dia-phuong")
        area = gazetteer.get(code)
        codes = sorted({code, *gazetteer.same_territory(code)})
        series: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in self.reads.store().points_in(codes):
            series[row["indicator"], row["measure"]].append(row)
        cards = [_card(area, *key, rows) for key, rows in sorted(series.items(), key=lambda pair: -len(pair[1]))]
        told = self.reads.lately("areas", lambda store: store.areas_told())
        return page(
            request, "place.html", title=area_name(code), area=area, cards=cards,
            before=gazetteer.predecessors(area), after=gazetteer.successors(area),
            above=gazetteer.ancestors(area), below=[(one, told.get(one.code, 0)) for one in gazetteer.children(area)],
        )  # fmt: skip


def _card(area: Area, indicator: str, measure: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Give one small multiple: the latest point and a line of all."""
    rows = sorted(rows, key=lambda row: row["period_end"])
    last = rows[-1]
    line = charts.sparkline([row["obs_value"] for row in rows], title=names.indicator(indicator), width=180, height=36)
    return {
        "indicator": indicator, "measure": measure, "last": last, "count": len(rows), "line": line,
        "link": series_link(area.code, indicator, measure),
    }  # fmt: skip
