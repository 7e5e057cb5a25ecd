"""Pages of places: the list of localities, one locality with what is told of it."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from crawler.registry import load_sources
from crawler.source import Source
from model.areas import Area, ProvinceList, load_areas
from model.errors import AmbiguousNameError, AnsinhError, UnknownNameError
from model.fold import fold
from model.home import Home
from monitor import charts, names, paces, words
from monitor.language import say
from monitor.links import series_link
from monitor.web.reads import Reads
from monitor.web.shell import area_name, missing, page
from store.recent import Outline

FRAME = charts.Frame(width=360, height=150, left=58, right=62, top=10, bottom=24)


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One indicator of a place: its line, and the last figure of each measure."""

    indicator: str
    link: str
    chart: str
    progress: str
    """Where it stands against the plan of its last figure's year; `""` without a plan."""
    latest: tuple[tuple[str, Outline, str], ...]
    """(measure, last point, link), the count first."""
    count: int


class PlacePages:
    """Pages that show places."""

    def __init__(self, reads: Reads, home: Home) -> None:
        self.reads = reads
        self.home = home

    def places(self, request: Request) -> Response:
        """Every province of both lists, with how much is told of it; a name asked for leads straight to it."""
        asked = request.query_params.get("ten", "").strip()[:80]
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
        whole = told.get("VN", 0)
        title = say("Địa phương", "Localities")
        return page(request, "places.html", title=title, lists=lists, found=None, asked="", whole=whole)

    def _lookup(self, request: Request, asked: str) -> Response:
        gazetteer = load_areas()
        try:
            found = gazetteer.resolve(asked)
        except AmbiguousNameError:
            found = gazetteer.by_name(asked)[:60]
        except UnknownNameError as error:
            near = " · ".join(error.near)
            what = say(f"Không có địa phương tên “{asked}”", f"No locality named “{asked}”")
            cure = say("Gõ tên tỉnh, huyện hoặc xã, có hay không có dấu.", "Type the name of a province or commune.")
            return missing(request, what, say(f"Tên gần giống: {near}", f"Near names: {near}") if near else cure)
        title = say("Địa phương", "Localities")
        return page(request, "places.html", title=title, lists=[], found=found, asked=asked, whole=0)

    def place(self, request: Request) -> Response:
        """One locality: its indicators, what it was and is, its units, its outlets."""
        gazetteer = load_areas()
        code = request.path_params["code"]
        if code not in gazetteer:
            cure = say("Tìm theo tên trong danh sách địa phương.", "Look it up in the list of localities.")
            return missing(request, say("Không có mã này", "No such code"), cure)
        area = gazetteer.get(code)
        told = self.reads.lately("areas", lambda store: store.areas_told())
        return page(
            request, "place.html", title=area_name(code), area=area,
            cards=self.reads.lately(("place", code), lambda _: self._cards(area), prompt=True),
            before=gazetteer.predecessors(area), after=gazetteer.successors(area),
            above=gazetteer.ancestors(area), below=[(one, told.get(one.code, 0)) for one in gazetteer.children(area)],
            outlets=self._outlets(area),
            health={row["source"]: row for row in self.reads.lately("health", lambda store: store.health())},
        )  # fmt: skip

    def warm(self) -> None:
        """Draw behind the place that is told most, and count what every place's page shows."""
        self.reads.expect("areas", lambda store: store.areas_told())
        self.reads.expect("health", lambda store: store.health())
        self.reads.expect(("place", "VN"), lambda _: self._cards(load_areas().get("VN")))

    def _cards(self, area: Area) -> list[Card]:
        codes = sorted({area.code, *load_areas().same_territory(area.code)})
        found: dict[str, list[Outline]] = defaultdict(list)
        for one in self.reads.store().outlines(codes):
            found[one.indicator].append(one)
        return sorted((self._card(area, key, points) for key, points in found.items()), key=lambda one: -one.count)

    def _card(self, area: Area, indicator: str, points: Sequence[Outline]) -> Card:
        by_measure: dict[str, list[Outline]] = defaultdict(list)
        for one in points:
            by_measure[one.measure].append(one)
        order = sorted(by_measure, key=lambda name: (name != "level", -len(by_measure[name])))
        latest = tuple((name, by_measure[name][-1], series_link(area.code, indicator, name)) for name in order)
        return Card(
            indicator=indicator, link=latest[0][2], latest=latest, count=len(points),
            chart=_chart(indicator, by_measure), progress=self._progress(area, indicator, by_measure),
        )  # fmt: skip

    def _progress(self, area: Area, indicator: str, by_measure: dict[str, list[Outline]]) -> str:
        levels = by_measure.get("level", [])
        planned = {one.period_end.year for one in by_measure.get("target", []) if one.period_end.month == 12}
        if not levels or levels[-1].period_end.year not in planned:
            return ""
        days = self.reads.lately("days read", lambda store: store.days_read(limit=30), 5.0)
        year_end = date(levels[-1].period_end.year, 12, 31)
        on = min(year_end, max(date.fromisoformat(days[0]), levels[-1].period_end)) if days else year_end
        try:
            found = self.reads.store().progress(area.code, indicator, on=on, brief=True)
        except AnsinhError:
            return ""
        mine = [one for one in paces.distinct(found) if one.target.of == "level" and one.computed_share is not None]
        return paces.told(mine[0]) if mine else ""

    def _outlets(self, area: Area) -> list[tuple[str, Source]]:
        """Give the outlets that serve a province, under its name of either list."""
        every = self.reads.lately("declared", lambda _: load_sources(self.home.sources), 60.0)
        here = {fold(area.name)} if area.level == "province" else set()
        return [(key, source) for key, source in every.items() if source.area and fold(source.area) in here]


def _chart(indicator: str, by_measure: dict[str, list[Outline]]) -> str:
    """Draw the count with its plans; another measure where no count is told."""
    points = by_measure.get("level") or max(by_measure.values(), key=len)
    unit = points[-1].unit
    shown = [one for one in points if one.unit == unit and one.area][-48:]
    marks = [
        charts.Mark(
            day=one.period_end, value=one.obs_value, kind=_kind(one),
            run=charts.run_of(one.period_start, one.period_end),
            label=f"{words.amount(one.obs_value, unit, one.qualifier)}, {words.day(one.period_end)}",
        )
        for one in shown
    ]  # fmt: skip
    steps = [
        (one.period_start or date(one.period_end.year, 1, 1), one.period_end, one.obs_value)
        for one in by_measure.get("target", [])
        if one.unit == unit and one.of in (None, "level") and one.status != "held" and points[0].measure == "level"
    ]
    first = marks[0].day if marks else date.min
    steps = [one for one in steps if one[1] >= first]
    if len({mark.day for mark in marks}) < 2 and not steps:
        return ""
    return charts.line_chart(marks, unit=unit, title=names.indicator(indicator), targets=steps, frame=FRAME)


def _kind(one: Outline) -> str:
    if one.status == "held":
        return "held"
    return "revised" if {"revised", "corrected"} & set(json.loads(one.flags)) else "settled"


def _name(area: Area) -> str:
    return fold(area.name)
