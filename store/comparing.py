"""All areas side by side: the latest value of each at a day, and the progress of each against its target."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Unpack

from model.areas import Area, load_areas
from model.records import Point
from store.area_names import areas_of, territory
from store.boundaries import Gap
from store.days import published_of, written
from store.json_forms import number
from store.latest import latest_sum, newest_sum
from store.progress import Progress, Target, progress, ranked
from store.series import SeriesOptions, SeriesStore


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """One area's line: its latest point up to the day asked for; empty where it has none."""

    area: str
    name: str
    period_start: date | None
    period_end: date | None
    obs_value: float | None
    unit: str | None
    qualifier: str | None
    status: str | None
    flags: str
    """JSON list."""
    groups: int
    """Independent reports."""
    doc: str | None
    url: str | None
    published: str | None
    quote: str | None
    sentence: str | None
    issuer: str | None = None
    of: str | None = None
    denominator: str | None = None
    base_kind: str | None = None
    terms: tuple[str, ...] = ()
    """For a sum over predecessors: what it was made of."""
    missing: tuple[str, ...] = ()
    """For a unit without a figure: the predecessors that did not report for the latest period of which some did."""
    missing_end: date | None = None
    """The last day of that period."""


_LATEST = """
SELECT p.period_start, p.period_end, p.obs_value, q.unit, p.qualifier, p.status, p.flags, p.groups, o.doc, a.url,
  a.published, o.quote, o.sentence, q.issuer, q."of", q.denominator, q.base_kind
FROM series q
JOIN points p ON p.series_id = q.id AND p.period_end = (
  SELECT max(period_end) FROM points WHERE series_id = q.id AND period_end <= :on)
LEFT JOIN observations o ON o.id = p.obs_id
LEFT JOIN readings r ON r.id = o.reading_id
LEFT JOIN articles a ON a.id = r.article_id
WHERE q.area IN ({codes}) AND q.indicator = :indicator AND q.measure = :measure AND q.scope IS NULL
ORDER BY p.period_end DESC, p.groups DESC, q.id LIMIT 1
"""


class ComparingStore(SeriesStore):
    """Comparing areas."""

    def compare(
        self, indicator: str, on: date, measure: str = "level", *, areas: str = "2025", within: str = "VN",
        as_of: date | None = None, fetched_by: date | None = None,
    ) -> list[Compared]:  # fmt: skip
        """Give one line for each province (of a list, of the country or a region) or each unit inside `within`.

        The latest point up to `on`, from the settled points: call `settle` before, where something was read since. A
        province of the 34 that tells nothing itself is the sum of its predecessors where all of them reported.
        `as_of` and `fetched_by` as for `series`; such an answer is right also before `settle`.
        """
        if as_of or fetched_by:
            options: SeriesOptions = {"as_of": as_of, "fetched_by": fetched_by, "brief": True}
            return [self._as_told(unit, indicator, measure, on, options) for unit in _units(within, areas)]
        with self.reading() as db:
            lines = []
            for unit in _units(within, areas):
                codes = ", ".join(f"'{code}'" for code in load_areas().same_territory(unit.code))
                row = db.execute(
                    _LATEST.format(codes=codes), {"on": on.isoformat(), "indicator": indicator, "measure": measure}
                ).fetchone()
                lines.append(_line(unit, row) if row else _summed(unit, *latest_sum(db, unit, indicator, measure, on)))
            return lines

    def _as_told(self, unit: Area, indicator: str, measure: str, on: date, options: SeriesOptions) -> Compared:
        """Give the line of one unit as it was told or known on a day."""

        def ask(codes: Sequence[str], wanted: str) -> list[Point]:
            points = self._points(codes, indicator, wanted, options)
            return [point for point in points if point.period_end and point.period_end <= on]

        own = ask(load_areas().same_territory(unit.code), measure)
        latest = max(own, key=lambda point: (point.period_end or date.min, point.group_count), default=None)
        return _of_point(unit, latest) if latest else _summed(unit, *newest_sum(unit, measure, ask, on))

    def progress(
        self, area: str, indicator: str, *, on: date, year: int | None = None, **options: Unpack[SeriesOptions]
    ) -> list[Progress]:
        """Give where a place stands against each issuer's target of the year (default: that of `on`).

        `options` as for `series`: `areas`, `as_of`, `fetched_by`.
        """
        year = year or on.year
        shares = self.series(area, indicator, "target_pct", **options)
        result = []
        series: dict[str, list[Point]] = {}
        for target in self._targets(area, indicator, year, options):
            points = series.get(target.of)
            if points is None:
                points = series[target.of] = self.series(area, indicator, target.of, **options)
            mine = (_of_territory(target.area, some) for some in (points, shares))
            result.append(progress(target, *mine, on=on))
        return result

    def ranking(
        self, indicator: str, *, on: date, year: int | None = None, planned: str = "level",
        **options: Unpack[SeriesOptions],
    ) -> list[Progress]:  # fmt: skip
        """Give every province's progress, ranked by share; an area with several issuers counts by the office's plan.

        `areas` chooses the list (default 2025); `as_of` and `fetched_by` as for `series`.
        """
        chosen = []
        listed = options.setdefault("areas", "2025") or "2025"
        for unit in _units("VN", listed):
            found = self.progress(unit.code, indicator, on=on, year=year, **options)
            mine = [one for one in found if one.target.of == planned]
            if mine:
                chosen.append(max(mine, key=lambda one: (one.target.imported, one.period_end or date.min)))
        return ranked(chosen)

    def _targets(self, area: str, indicator: str, year: int, options: SeriesOptions) -> list[Target]:
        """Give the year's targets, one for each issuer and thing planned; the office's own before the press's word.

        A name may stand for several territories (before and after a merger): each has its own.
        """
        found: dict[tuple[str, str | None, str, str], Target] = {}
        for point in self.series(area, indicator, "target", **options):
            if point.period_end != date(year, 12, 31) or point.status == "held" or point.unit == "percent":
                continue
            said = point.reports[0]
            code = load_areas().same_territory(point.area or "")[-1]
            target = Target(
                area=code, indicator=indicator, year=year,
                value=point.obs_value, unit=point.unit, of=point.of or "level", issuer=point.issuer,
                document=said.url or said.doc, imported=said.group.startswith("office:"),
            )  # fmt: skip
            found[code, target.issuer, target.of, target.unit] = target
        return sorted(found.values(), key=lambda one: (not one.imported, one.issuer or "", one.of))


def _of_territory(code: str, points: Sequence[Point]) -> list[Point]:
    """Keep the points of one territory: a plan of the province before a merger says nothing of the one after it."""
    return [point for point in points if territory(point.area or "") == territory(code)]


def _units(within: str, of_list: str) -> list[Area]:
    """Give the provinces of a list, or the units inside a place or region."""
    gazetteer = load_areas()
    if within == "VN":
        return list(gazetteer.provinces("2024" if of_list == "2024" else "2025"))
    found = areas_of(within)
    inside = [child for area in found for child in (
        gazetteer.members(area) if area.level == "region" else gazetteer.children(area))]  # fmt: skip
    return list({child.code: child for child in inside}.values())


def _line(unit: Area, row: Any) -> Compared:
    return Compared(
        area=unit.code, name=unit.name, period_start=_day(row[0]), period_end=_day(row[1]), obs_value=number(row[2]),
        unit=row[3], qualifier=row[4], status=row[5], flags=row[6], groups=row[7], doc=row[8], url=row[9] or None,
        published=row[10], quote=row[11], sentence=row[12], issuer=row[13], of=row[14], denominator=row[15],
        base_kind=row[16],
    )  # fmt: skip


def _summed(unit: Area, point: Point | None, gap: Gap | None) -> Compared:
    """Give the line of a unit that tells nothing itself: the sum of its predecessors, else what is missing to one."""
    if point is not None:
        return _of_point(unit, point)
    empty = _empty(unit)
    return replace(empty, missing=gap.missing, missing_end=gap.period_end) if gap else empty


def _empty(unit: Area) -> Compared:
    return Compared(
        area=unit.code, name=unit.name, period_start=None, period_end=None, obs_value=None, unit=None, qualifier=None,
        status=None, flags="[]", groups=0, doc=None, url=None, published=None, quote=None, sentence=None,
    )  # fmt: skip


def _of_point(unit: Area, point: Point) -> Compared:
    """Give the line of a unit from the point that is its latest."""
    said = point.reports[0]
    return replace(
        _empty(unit), period_start=point.period_start, period_end=point.period_end, obs_value=number(point.obs_value),
        unit=point.unit, qualifier=point.qualifier, status=point.status, flags=json.dumps(list(point.flags)),
        groups=point.group_count, doc=said.doc or None, url=said.url, published=written(said.published),
        quote=said.quote, sentence=said.sentence, issuer=point.issuer, of=point.of, denominator=point.denominator,
        base_kind=point.base_kind, terms=point.terms,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    found = published_of(text)
    return found if found is None or not hasattr(found, "hour") else found.date()  # type: ignore[attr-defined]
