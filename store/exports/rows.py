"""Points as flat rows, one a point: the columns that every form shares."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from model.areas import load_areas
from model.records import Point
from store.days import written
from store.json_forms import groups_of, number, reports_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of a table that leaves the store."""

    name: str
    type: str
    """`text`, `number`, `whole`, `day`, `moment`."""
    heading: str
    """In Vietnamese, for spreadsheets."""
    says: str
    """In English, for data dictionaries."""


@cache
def columns() -> tuple[Column, ...]:
    """Give the declared columns in their order."""
    declared = tomllib.loads(resources.files("store.exports").joinpath("columns.toml").read_text("utf-8"))
    return tuple(Column(name=name, **words) for name, words in declared.items())


def flat(points: Iterable[Point], vintage: str = "now") -> list[dict[str, Any]]:
    """Give one row a point, keys as `columns`, days as ISO text, nothing known as None."""
    return [_row(point, vintage) for point in points]


def _row(point: Point, vintage: str) -> dict[str, Any]:
    said = point.reports[0] if point.reports else None
    return {
        "indicator": point.indicator, "measure": point.measure, "area": point.area, "area_name": name_of(point.area),
        "period_start": point.period_start.isoformat() if point.period_start else None,
        "period_end": point.period_end.isoformat() if point.period_end else None,
        "obs_value": number(point.obs_value), "unit": point.unit, "qualifier": point.qualifier,
        "status": point.status, "why": point.why, "flags": " ".join(point.flags), "scope": point.scope,
        "of": point.of, "denominator": point.denominator, "issuer": point.issuer, "base_kind": point.base_kind,
        "reports": reports_of(point), "groups": groups_of(point),
        "revisions": len(point.revisions), "doc": said.doc if said else None, "source_url": said.url if said else None,
        "outlet": said.outlet if said else None, "published": written(said.published) if said else None,
        "quote": said.quote if said else None, "sentence": said.sentence if said else None,
        "terms": "; ".join(point.terms) or None, "vintage": vintage,
    }  # fmt: skip


def name_of(code: str | None) -> str | None:
    """Give the name of an area; the code itself where nobody knows it."""
    gazetteer = load_areas()
    return gazetteer.get(code).name if code and code in gazetteer else code
