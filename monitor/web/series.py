"""The page of one series: a chart whose points open their sentence, the table beside it, vintages and downloads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from model.areas import Area, load_areas
from model.errors import AnsinhError, InputError, UnknownNameError
from model.home import Home
from model.indicators import load_indicators
from model.records import MEASURES, Point
from monitor import charts, names, words
from monitor.faults import spoken
from monitor.language import say
from monitor.links import article_link
from monitor.web.reads import Reads
from monitor.web.shell import as_day, missing, page
from store.json_forms import groups_of

DOWNLOADS = {
    "xlsx": (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (".csv", "text/csv; charset=utf-8"),
    "parquet": (".parquet", "application/vnd.apache.parquet"),
    "json": (".json", "application/json"),
    "jsonl": (".jsonl", "application/jsonl"),
    "sdmx-csv": (".sdmx.csv", "application/vnd.sdmx.data+csv; charset=utf-8"),
    "sdmx-structure": (".sdmx.xml", "application/vnd.sdmx.structure+xml"),
    "package": (".zip", "application/zip"),
}
"""Form → suffix and media type of a file to take away."""
WARMED = 3
"""Series that are drawn when the service begins."""
WIDE = charts.Frame(width=1232, height=320, left=76, right=96)
NARROW = charts.Frame(width=358, height=250, left=58, right=62)
"""The frame of a phone: the whole width is seen at once, the newest point in it."""
MOST_NARROW = 36
"""Points in the narrow drawing; all are in the wide one, in the table and under the button that zooms."""
ROWS = 12
"""Periods in the table at once; the others are a link away."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which series the address asks for."""

    area: str
    indicator: str
    measure: str
    as_of: date | None = None
    fetched_by: date | None = None
    areas: str | None = None
    before: date | None = None
    """The table shows what ends before this day; None: the newest."""
    period: date | None = None
    """The table shows the period that ends on this day, with all its reports; None: the last ones."""

    @property
    def vintage(self) -> str:
        """Name the state of knowledge for a file."""
        said = [f"as_of {self.as_of}" if self.as_of else "", f"fetched_by {self.fetched_by}" if self.fetched_by else ""]
        return " ".join(filter(None, said)) or "now"


class SeriesPages:
    """Pages that show series."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads

    def asked(self, request: Request) -> Asked:
        """Read what is asked for from the address; an AnsinhError says what nobody knows, and what is near it."""
        params = request.query_params
        measure, areas = params.get("measure") or "level", params.get("areas") or None
        if measure not in MEASURES:
            raise UnknownNameError("measure", measure[:80], MEASURES)
        if areas not in (None, "2024", "2025"):
            raise InputError(f"unknown list of areas '{areas[:40]}'", cure="use 2024 or 2025")

        def day(name: str) -> date | None:
            said = params.get(name, "").strip()
            found = as_day(said) if said else None
            if said and found is None:
                raise InputError(f"'{said[:40]}' is no day", cure="write it as 30/4/2020 or 2020-04-30")
            return words.civil_day(found) if found else None

        asked = Asked(
            area=params.get("area", "")[:120], indicator=params.get("indicator", "")[:120], measure=measure,
            as_of=day("as_of"), fetched_by=day("fetched_by"), areas=areas, before=day("truoc"), period=day("ky"),
        )  # fmt: skip
        self.known(asked.indicator)
        return asked

    def known(self, indicator: str) -> None:
        """Pass an indicator that is declared, or that the store tells of; another is an UnknownNameError."""
        try:
            load_indicators(Home(root=self.reads.path.parent).indicators).get(indicator)
        except UnknownNameError:
            told = self.reads.lately("all series", lambda store: store.series_told())
            if not any(row["indicator"] == indicator for row in told):
                raise

    def points(self, asked: Asked, measure: str | None = None, *, brief: bool = False) -> list[Point]:
        """Give the points asked for; AnsinhError says what is wrong."""
        return self.reads.store().series(
            asked.area, asked.indicator, measure or asked.measure, as_of=asked.as_of, fetched_by=asked.fetched_by,
            areas=asked.areas, brief=brief,
        )  # fmt: skip

    def one(self, request: Request) -> Response:
        """One series: `/chuoi?area=2024:20&indicator=BHXH_TN.participants&measure=level`."""
        try:
            asked = self.asked(request)
            area = load_areas().resolve(asked.area)[0]
            key = ("series", asked)
            chart, rows, earlier, count = self.reads.lately(key, lambda _: self._shown(asked, area), prompt=True)
        except AnsinhError as error:
            what = say("Không có chuỗi này", "No such series")
            return missing(request, what, spoken(error), ways=_ways(request, error))
        title = f"{names.indicator(asked.indicator)} · {names.area(area.code)}"
        return page(
            request, "series.html", title=title, asked=asked, points=rows, area=area, chart=chart, count=count,
            measures=MEASURES, downloads=DOWNLOADS, earlier=earlier, same=_same(area),
            first_known=first_known, groups_of=groups_of, told=() if rows else self._told(asked, area),
        )  # fmt: skip

    def _told(self, asked: Asked, area: Area) -> list[str]:
        """Give the measures of which this place and indicator have points: an empty page offers them."""
        found = self.reads.store().outlines(_same(area), indicator=asked.indicator)
        return sorted({one.measure for one in found}, key=MEASURES.index)

    def warm(self) -> None:
        """Draw behind the whole country's most told series."""
        told = self.reads.lately("all series", lambda store: store.series_told())
        country = load_areas().get("VN")
        for row in [row for row in told if row["measure"] == "level"][:WARMED]:
            self.known(row["indicator"])
            asked = Asked(area="VN", indicator=row["indicator"], measure="level")
            self.reads.expect(("series", asked), partial(self._drawn, asked, country))

    def _drawn(self, asked: Asked, area: Area, store: object) -> tuple[str, list[Point], date | None, int]:
        return self._shown(asked, area)

    def _shown(self, asked: Asked, area: Area) -> tuple[str, list[Point], date | None, int]:
        """Give the chart, the table's points (newest first), where the earlier ones begin, and how many there are."""
        points = self.points(asked)  # of a very busy series each with a few of its reports: looked up, not settled
        chart = self._chart(asked, points)
        ends = sorted({p.period_end for p in points if p.period_end})
        ends = [end for end in ends if asked.before is None or end < asked.before]
        shown = set(ends[-ROWS:])
        if asked.period:
            shown = {asked.period}
            points = self._whole(asked, area) or points
        rows = [p for p in points if p.period_end in shown][::-1]
        more = len(ends) > ROWS and not asked.period
        return chart, rows, min(shown) if more else None, len(points)

    def _whole(self, asked: Asked, area: Area) -> list[Point]:
        """Give the points of one period with all their reports; none where another vintage or list is asked for."""
        if asked.period is None or asked.as_of or asked.fetched_by or asked.areas:
            return []
        codes = sorted({one.code for one in load_areas().resolve(asked.area)} | set(_same(area)))
        after = asked.period + timedelta(days=1)
        return self.reads.store().recent(codes, asked.indicator, asked.measure, last=1, before=after)

    def _chart(self, asked: Asked, points: Sequence[Point]) -> str:
        unit = points[-1].unit if points else "person"
        marks = [
            charts.Mark(
                day=p.period_end,
                value=p.obs_value,
                label=_label(p),
                href=_link(p),
                kind=_kind(p),
                run=charts.run_of(p.period_start, p.period_end),
            )
            for p in points
            if p.period_end and p.unit == unit
        ]
        steps = [
            (p.period_start or date(p.period_end.year, 1, 1), p.period_end, p.obs_value)
            for p in (self.points(asked, "target", brief=True) if asked.measure == "level" else [])
            if p.period_end and p.of in (None, "level") and p.unit == unit and p.status != "held"
        ]
        return _drawn_twice(marks, steps, unit, names.indicator(asked.indicator))

    def download(self, request: Request) -> Response:
        """The points asked for as a file: `/chuoi/tep/csv?area=...`."""
        form = request.path_params["form"]
        if form not in DOWNLOADS:
            return missing(request, say("Không có dạng tệp này", "No such form"), ", ".join(DOWNLOADS))
        try:
            asked = self.asked(request)
            body = _file(self.points(asked), form, asked.vintage)
        except AnsinhError as error:
            return missing(request, say("Chưa tải được", "Not possible now"), spoken(error))
        suffix, kind = DOWNLOADS[form]
        name = f"{asked.indicator}-{asked.area}-{asked.measure}{suffix}"
        safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "-" for letter in name)
        return Response(body, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{safe}"'})


def _file(points: Sequence[Point], form: str, vintage: str) -> bytes:
    """Write one of `DOWNLOADS`; what belongs to no points (the structure) is the same for all."""
    from store.exports import export, packed_package
    from store.exports.sdmx import structure_xml

    if form == "sdmx-structure":
        return structure_xml()
    return packed_package(points, vintage) if form == "package" else export(points, form, vintage=vintage)


def _drawn_twice(marks: Sequence[charts.Mark], steps: Sequence[tuple[date, date, float]], unit: str, title: str) -> str:
    """Draw the whole for wide screens and the last points for narrow ones: the style sheet shows the one that fits."""
    wide = charts.line_chart(marks, unit=unit, title=title, targets=steps, frame=WIDE)
    last = sorted(marks, key=lambda mark: mark.day)[-MOST_NARROW:]
    since = [step for step in steps if last and step[1] >= last[0].day]
    narrow = charts.line_chart(last, unit=unit, title=title, targets=since, frame=NARROW)
    return f'<div class="wide">{wide}</div><div class="narrow">{narrow}</div>' if wide else ""


def first_known(point: Point) -> tuple[datetime | None, bool]:
    """Say when this store first read the value that a point shows, and whether that is sure.

    It is not where the point lists only some of its reports: then it may have been known earlier.
    """
    read = [one.fetched_at for one in point.reports if one.obs_value == point.obs_value]
    return min(read, default=None), point.report_count <= len(point.reports)


def _ways(request: Request, error: AnsinhError) -> list[tuple[str, str]]:
    """Give the series that may have been meant: the same address with a near name in it."""
    kind = error.fault.removeprefix("unknown ").partition(" ")[0] if isinstance(error, UnknownNameError) else ""
    if not isinstance(error, UnknownNameError) or kind not in ("indicator", "measure"):
        return []
    asked = dict(request.query_params)
    called = names.indicator if kind == "indicator" else words.measure
    near = dict.fromkeys((*error.near, *(MEASURES if kind == "measure" else ())))  # measures are few: all are offered
    return [(f"/chuoi?{urlencode(asked | {kind: name})}", f"{called(name)} · {name}") for name in near]


def _same(area: Area) -> list[str]:
    return [area.code, *load_areas().same_territory(area.code)]


def _label(point: Point) -> str:
    """Word a point for hovering and for the screen reader: value, day, who, sentence."""
    first = point.reports[0] if point.reports else None
    said = f" – {first.outlet or ''}: “{words.excerpt(first.sentence, first.quote, 110)}”" if first else ""
    return f"{words.amount(point.obs_value, point.unit, point.qualifier)}, {words.day(point.period_end)}{said}"


def _link(point: Point) -> str | None:
    return article_link(point.reports[0].doc, quoted=point.reports[0].quote) if point.reports else None


def _kind(point: Point) -> str:
    if point.status == "held":
        return "held"
    return "revised" if point.revisions or {"revised", "corrected"} & set(point.flags) else "settled"
