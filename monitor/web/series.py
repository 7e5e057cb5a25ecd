"""The page of one series: a chart whose points open their sentence, the table beside it, vintages and downloads."""

from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from model.areas import load_areas
from model.errors import AnsinhError
from model.records import MEASURES, Point
from monitor import charts, names, words
from monitor.language import say
from monitor.web.reads import Reads
from monitor.web.shell import area_name, article_link, as_day, missing, page

DOWNLOADS = {
    "xlsx": (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (".csv", "text/csv; charset=utf-8"),
    "parquet": (".parquet", "application/vnd.apache.parquet"),
    "json": (".json", "application/json"),
    "sdmx-csv": (".sdmx.csv", "application/vnd.sdmx.data+csv; charset=utf-8"),
}
"""Form → suffix and media type of a file to take away."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which series the address asks for."""

    area: str
    indicator: str
    measure: str
    as_of: date | None
    areas: str | None


class SeriesPages:
    """Pages that show series."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads

    def asked(self, request: Request) -> Asked:
        """Read what is asked for from the address; what is not understood is left out."""
        params = request.query_params
        measure = params.get("measure", "level")
        day = as_day(params.get("as_of"))
        return Asked(
            area=params.get("area", ""),
            indicator=params.get("indicator", ""),
            measure=measure if measure in MEASURES else "level",
            as_of=words.civil_day(day) if day else None,
            areas=params.get("areas") if params.get("areas") in ("2024", "2025") else None,
        )

    def points(self, asked: Asked, measure: str | None = None) -> list[Point]:
        """Give the points asked for; AnsinhError says what is wrong."""
        return self.reads.store().series(
            asked.area, asked.indicator, measure or asked.measure, as_of=asked.as_of, areas=asked.areas
        )

    def one(self, request: Request) -> Response:
        """One series: `/chuoi?area=2024:20&indicator=BHXH_TN.participants&measure=level`."""
        asked = self.asked(request)
        try:
            points = self.points(asked)
            area = load_areas().resolve(asked.area)[0]
            targets = self._targets(asked) if asked.measure == "level" else []
        except AnsinhError as error:
            return missing(request, say("Không có chuỗi này", "No such series"), str(error))
        name = names.indicator(asked.indicator)
        unit = points[-1].unit if points else "person"
        marks = [
            charts.Mark(day=p.period_end, value=p.obs_value, label=_label(p), href=_link(p), kind=_kind(p))
            for p in points
            if p.period_end and p.unit == unit
        ]
        steps = [(first, last, value) for first, last, value, its in targets if its == unit]
        frame = charts.Frame(width=760, height=300)
        chart = charts.line_chart(marks, unit=unit, title=name, targets=steps, frame=frame)
        title = f"{name} · {area_name(area.code)}"
        return page(
            request, "series.html", title=title, asked=asked, points=points[::-1], area=area, chart=chart,
            measures=MEASURES, downloads=DOWNLOADS,
        )  # fmt: skip

    def download(self, request: Request) -> Response:
        """The points asked for as a file: `/chuoi/tep/csv?area=...`."""
        from store.exports import export

        form = request.path_params["form"]
        asked = self.asked(request)
        if form not in DOWNLOADS:
            return missing(request, say("Không có dạng tệp này", "No such form"), ", ".join(DOWNLOADS))
        try:
            body = export(self.points(asked), form, vintage=f"as_of {asked.as_of}" if asked.as_of else "now")
        except AnsinhError as error:
            return missing(request, say("Chưa tải được", "Not possible now"), str(error))
        suffix, kind = DOWNLOADS[form]
        name = f"{asked.indicator}-{asked.area}-{asked.measure}{suffix}"
        safe = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "-" for letter in name)
        return Response(body, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{safe}"'})

    def _targets(self, asked: Asked) -> list[tuple[date, date, float, str]]:
        """Give the plans for the level, as steps over their periods."""
        return [
            (p.period_start or date(p.period_end.year, 1, 1), p.period_end, p.obs_value, p.unit)
            for p in self.points(asked, "target")
            if p.period_end and p.of in (None, "level")
        ]


def _label(point: Point) -> str:
    """Word a point for hovering and for the screen reader: value, day, who, sentence."""
    first = point.reports[0] if point.reports else None
    said = f" – {first.outlet or ''}: “{words.excerpt(first.sentence, first.quote)}”" if first else ""
    return f"{words.amount(point.obs_value, point.unit, point.qualifier)}, {words.day(point.period_end)}{said}"


def _link(point: Point) -> str | None:
    return article_link(point.reports[0].doc) if point.reports else None


def _kind(point: Point) -> str:
    if point.status == "held":
        return "held"
    return "revised" if point.revisions else "settled"
