"""Asking for series: one place and indicator, as it is known now or as it was told on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypedDict, Unpack, cast

from model.areas import Area
from model.records import MEASURES, Point
from store.area_names import areas_of, territory
from store.boundaries import Gap
from store.claim import Claim
from store.claims import Asked, load_claims
from store.connection import Connected
from store.days import ZONE
from store.derive import derive
from store.falls import owner, told_falls
from store.history import FLAGGED, flag_history
from store.kept import Kept, kept_points, stale_cells, whole
from store.keys import SeriesKey, series_keys
from store.rolling import rolled, speaking
from store.settle import BUSY, MOST_BEFORE, settle
from store.tally import SHOWN
from store.yearly import join_yearly

BREAK = "boundary-break"
"""Flag of the first point after a place's territory changed."""


class SeriesOptions(TypedDict, total=False):
    """What may be said beside area, indicator and measure; a key left out does not narrow."""

    as_of: date | None
    """Only what reports published by the end of that day (Vietnam) said."""
    fetched_by: date | None
    """Only what this store had read by the end of that day."""
    areas: str | None
    """`2024` or `2025`: the list of units to speak in; None takes every unit that bears the name."""
    inside: bool
    """Also sums over the districts or communes of the place, where every one of them reported."""
    brief: bool
    """Each point with only the report that stands, and no revisions: for charts and lists."""
    every_report: bool
    """All reports and revisions of each point also in busy series, which else show the telling ones."""
    most_reports: int
    """From how many reports on a series is busy; default `settle.BUSY`, which keeps the answer quick."""
    derived: bool
    """Also points computed from others, marked as such."""
    scope: str | None
    """The part counted; left out or None: the whole."""
    unit: str | None
    of: str | None
    denominator: str | None
    issuer: str | None
    base_kind: str | None


_NARROWING = ("unit", "of", "denominator", "issuer", "base_kind")


class SeriesStore(Connected):
    """Reading series."""

    def series(
        self, area: str, indicator: str, measure: str = "level", **options: Unpack[SeriesOptions]
    ) -> list[Point]:
        """Give the points of a place's series, oldest first; of several series (issuers, bases) each point says which.

        `area` is a code or a name. Raises UnknownNameError, AmbiguousNameError for a name. A known place without
        points gives an empty list. Scoped figures only where `scope` is given.
        """
        return self.series_and_gaps(area, indicator, measure, **options)[0]

    def series_gaps(
        self, area: str, indicator: str, measure: str = "level", **options: Unpack[SeriesOptions]
    ) -> list[Gap]:
        """Give the periods for which `series` with the same arguments has no sum, and which parts are missing."""
        return self.series_and_gaps(area, indicator, measure, **options)[1]

    def series_and_gaps(
        self, area: str, indicator: str, measure: str = "level", **options: Unpack[SeriesOptions]
    ) -> tuple[list[Point], list[Gap]]:
        """Give both in one answer."""
        found = areas_of(area)
        of_list, inside = options.get("areas"), bool(options.get("inside"))
        points, gaps = list[Point](), list[Gap]()
        if of_list == "2025" or inside:
            named = [one for one in found if inside and one.code == area]
            for one in named or _one_each(speaking(found, of_list)):
                more, missing = rolled(
                    one, measure, lambda codes, asked: self._points(codes, indicator, asked, options), inside=inside
                )
                points, gaps = points + more, gaps + missing
            codes = [one.code for one in speaking(found, of_list)]
        else:
            codes = [one.code for one in speaking(found, of_list)]
            points = self._points(codes, indicator, measure, options)
        if options.get("derived"):
            points += self._derived(codes, indicator, measure, options)
        return _with_breaks(sorted(points, key=_order)), gaps

    def rows(
        self, area: str, indicator: str, measure: str = "level", **options: Unpack[SeriesOptions]
    ) -> list[dict[str, Any]]:
        """Give a series as flat rows, one a point, as the exports write it: what pandas and polars take at once."""
        from store.exports.rows import flat

        return flat(self.series(area, indicator, measure, **options), vintage_of(options))

    def _derived(self, codes: Sequence[str], indicator: str, measure: str, options: SeriesOptions) -> list[Point]:
        """Give what other measures of each territory allow to compute; the options narrow what comes of it."""
        result = []
        wide = cast("SeriesOptions", {name: value for name, value in options.items() if name not in _NARROWING})
        for own in dict.fromkeys(map(territory, codes)):
            mine = [code for code in codes if territory(code) == own]
            series = {name: self._points(mine, indicator, name, wide) for name in MEASURES}
            result += derive(measure, series)
        wanted = {name: options.get(name) for name in _NARROWING if options.get(name) is not None}
        return [one for one in result if all(getattr(one, name) == value for name, value in wanted.items())]

    def _points(self, codes: Sequence[str], indicator: str, measure: str, options: SeriesOptions) -> list[Point]:
        """Give the points of some codes, those of one territory together: as they are kept, else from their claims."""
        asked = Asked(as_of=options.get("as_of"), fetched_by=options.get("fetched_by"))
        keys = self._keys(codes, indicator, measure, options)
        if not keys:
            return []
        every, brief = bool(options.get("every_report")), bool(options.get("brief"))
        points: list[Point] = []
        with self.reading() as db:
            if every or asked.fetched_by:
                kept, claims = Kept(), load_claims(db, list(keys), asked)
            else:
                most = options.get("most_reports") or BUSY
                kept = kept_points(db, keys, asked.as_of, brief=brief, most=most)
                claims = load_claims(db, stale_cells(keys, kept), asked) if kept.stale else {}
                every = sum(map(len, claims.values())) <= most
            for key, together in merged(keys, claims):
                stood = join_yearly(db, key, together, asked)
                made = settle(key, stood, at=asked.at, history=False, every=every)
                mine = [*(shortened(point, every, brief) for point in made), *kept.points.get(whole(key), ())]
                unshown = told_falls(stood, asked.at) if measure in FLAGGED and (brief or not every) else set()
                falls = kept.told_falls | unshown
                points += flag_history(sorted(mine, key=_order), owner(db, key, falls, asked))
        return points

    def _keys(self, codes: Sequence[str], indicator: str, measure: str, options: SeriesOptions) -> dict[int, SeriesKey]:
        """Give the series of these areas that the options leave."""
        where = [f"area IN ({', '.join('?' * len(codes))})", "indicator = ?", "measure = ?"]
        values: list[object] = [*codes, indicator, measure]
        where.append("ifnull(scope, '') = ?")
        values.append(options.get("scope") or "")
        for name in _NARROWING:
            if options.get(name) is not None:
                where.append(f'"{name}" = ?')
                values.append(options.get(name))
        with self.reading() as db:
            return series_keys(db, " AND ".join(where), tuple(values))


def vintage_of(options: SeriesOptions) -> str:
    """Name the state of knowledge that is asked for; without one, what this store had read by today (Vietnam)."""
    asked = {"as_of": options.get("as_of"), "fetched_by": options.get("fetched_by")}
    said = [f"{name} {day}" for name, day in asked.items() if day]
    return " ".join(said) or f"fetched_by {datetime.now(ZONE).date()}"


def shortened(point: Point, every: bool, brief: bool) -> Point:
    """Give a point with no more of its reports and revisions than are asked for."""
    if brief:
        return replace(point, reports=point.reports[:1], revisions=())
    if every or point.report_count <= SHOWN:
        return point
    return replace(point, revisions=point.revisions[-MOST_BEFORE:])


def _one_each(areas: Sequence[Area]) -> list[Area]:
    """Keep one area of each territory, the last one: the list that is in force."""
    return list({territory(area.code): area for area in areas}.values())


def merged(keys: dict[int, SeriesKey], claims: dict[int, list[Claim]]) -> Iterable[tuple[SeriesKey, list[Claim]]]:
    """Bring series of one territory under several codes together: `2024:20` and `2025:20` are one."""
    together: dict[SeriesKey, tuple[SeriesKey, list[Claim]]] = {}
    for id, key in keys.items():
        one = whole(key)
        first, mine = together.setdefault(one, (key, []))
        mine += [replace(claim, area=key.area) for claim in claims.get(id, ())] if first != key else claims.get(id, [])
    return together.values()


def _with_breaks(points: list[Point]) -> list[Point]:
    """Mark, in each series, the first point that speaks of another territory than the one before it."""
    last: dict[tuple[Any, ...], str] = {}
    result = []
    for point in points:
        key = (point.measure, point.unit, point.scope, point.of, point.denominator, point.issuer, point.base_kind)
        here = territory(point.area or "")
        broken = last.setdefault(key, here) != here
        last[key] = here
        result.append(replace(point, flags=tuple(sorted({*point.flags, BREAK}))) if broken else point)
    return result


def _order(point: Point) -> tuple[Any, ...]:
    return (
        point.period_end, point.period_start or date.min, point.area or "", point.unit, point.of or "",
        point.denominator or "", point.issuer or "", point.base_kind or "",
    )  # fmt: skip
