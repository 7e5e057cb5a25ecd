"""Points and reports as JSON-ready rows (contract 6)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from model.records import Point, Report


def point_row(point: Point) -> dict[str, Any]:
    """Give a point as the contract prints it; `revisions` and `terms` only where there are any."""
    row: dict[str, Any] = {
        "indicator": point.indicator, "measure": point.measure, "area": point.area, "scope": point.scope,
        "of": point.of, "denominator": point.denominator, "issuer": point.issuer, "base_kind": point.base_kind,
        "period_start": _iso(point.period_start), "period_end": _iso(point.period_end),
        "obs_value": number(point.obs_value), "unit": point.unit, "qualifier": point.qualifier,
        "status": point.status, "why": point.why, "flags": list(point.flags),
        "report_count": reports_of(point), "group_count": groups_of(point),
        "reports": [report_row(report) for report in point.reports],
    }  # fmt: skip
    if point.revisions:
        row["revisions"] = [report_row(report) for report in point.revisions]
    if point.terms:
        row["terms"] = list(point.terms)
    return row


def report_row(report: Report) -> dict[str, Any]:
    """Give a report; `doc` always, `url` where it has one."""
    row: dict[str, Any] = {"doc": report.doc}
    if report.url:
        row["url"] = report.url
    return row | {
        "outlet": report.outlet, "published": _iso(report.published), "quote": report.quote,
        "sentence": report.sentence, "obs_value": number(report.obs_value), "qualifier": report.qualifier,
        "group": report.group, "fetched_at": _iso(report.fetched_at), "stands": report.stands,
    }  # fmt: skip


def reports_of(point: Point) -> int:
    """Count the reports of a point, also those that it does not list."""
    return max(point.report_count, len(point.reports))


def groups_of(point: Point) -> int:
    """Count the independent reports of a point: copies count once."""
    return point.group_count or len({report.group for report in point.reports})


def revision_rows(points: Iterable[Point]) -> list[dict[str, Any]]:
    """Give how points changed, a row for each value in the order in which it was told, with its quote.

    Points that never changed are left out. `difference` is from the value before.
    """
    rows = []
    for point in points:
        before: float | None = None
        for place, report in enumerate((*point.revisions, *point.reports[:1]) if point.revisions else (), 1):
            rows.append({
                "indicator": point.indicator, "measure": point.measure, "area": point.area, "issuer": point.issuer,
                "of": point.of, "base_kind": point.base_kind, "period_start": _iso(point.period_start),
                "period_end": _iso(point.period_end), "vintage": place, "published": _iso(report.published),
                "obs_value": number(report.obs_value), "unit": point.unit, "qualifier": report.qualifier,
                "difference": None if before is None else number(round(report.obs_value - before, 6)),
                "stands": report.stands, "status": point.status if report.stands else None,
                "why": point.why if report.stands else None, "quote": report.quote, "outlet": report.outlet,
                "doc": report.doc, "url": report.url, "sentence": report.sentence,
            })  # fmt: skip
            before = report.obs_value
    return rows


def number(value: float) -> float | int:
    """Give whole numbers as such: 8475, not 8475.0."""
    return int(value) if float(value).is_integer() else value


def _iso(day: date | datetime | None) -> str | None:
    return day.isoformat() if day else None
