"""Series across changes of boundaries: a unit as the sum of its parts, only where every part reported. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from model.records import Point, Report

SUMS = ("level", "gain", "change", "target", "target_gap", "uncovered")
"""Measures that add up over areas, where they count (not where they are percentages)."""

Cell = tuple[date | None, date | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """A period for which some parts reported and others did not, so that there is no sum."""

    area: str
    period_start: date | None
    period_end: date | None
    reported: tuple[str, ...]
    """Codes of the parts that reported."""
    missing: tuple[str, ...]
    """Codes of the parts that did not."""
    why: str = "not reported"
    """`not reported`, or `no terms`: percentages whose counts are not known for every part."""


def roll_up(area: str, parts: Mapping[str, Sequence[Point]]) -> tuple[list[Point], list[Gap]]:
    """Give the sums over parts (code → points of one series), and the periods for which there is none."""
    points, gaps = [], []
    for cell, have in _by_cell(parts).items():
        if len(have) < len(parts):
            gaps.append(_gap(area, cell, have, parts))
            continue
        points.append(_sum(area, cell, have))
    return points, gaps


def roll_up_percent(
    area: str, parts: Mapping[str, Sequence[Point]], counts: Mapping[str, Sequence[Point]]
) -> tuple[list[Point], list[Gap]]:
    """Give percentages of the whole, recomputed from their terms; never an average.

    `counts` are the counts that the percentages speak of. Each part's base is its count divided by its share; the
    whole's share is the sum of the counts over the sum of the bases. For `change_pct` the count is the change itself.
    """
    points, gaps = [], []
    counted = _by_cell(counts)
    for cell, have in _by_cell(parts).items():
        terms = counted.get(cell, {})
        if len(have) < len(parts):
            gaps.append(_gap(area, cell, have, parts))
            continue
        if len(terms) < len(parts) or any(point.obs_value == 0 for point in have.values()):
            gaps.append(replace(_gap(area, cell, terms, parts), why="no terms"))
            continue
        base = sum(100 * terms[code].obs_value / have[code].obs_value for code in have)
        if base == 0:
            continue
        whole = _sum(area, cell, have)
        share = 100 * sum(point.obs_value for point in terms.values()) / base
        points.append(
            replace(whole, obs_value=round(share, 2), qualifier="~", why="recomputed from its terms",
                    terms=(*whole.terms, *(_term(code, terms[code]) for code in sorted(terms))))
        )  # fmt: skip
    return points, gaps


def _by_cell(parts: Mapping[str, Sequence[Point]]) -> dict[Cell, dict[str, Point]]:
    cells: dict[Cell, dict[str, Point]] = {}
    for code, points in parts.items():
        for point in points:
            cells.setdefault((point.period_start, point.period_end), {})[code] = point
    return dict(sorted(cells.items(), key=lambda item: (item[0][1] or date.min, item[0][0] or date.min)))


def _gap(area: str, cell: Cell, have: Mapping[str, Point], parts: Mapping[str, Sequence[Point]]) -> Gap:
    return Gap(
        area=area, period_start=cell[0], period_end=cell[1], reported=tuple(sorted(have)),
        missing=tuple(sorted(set(parts) - set(have))),
    )  # fmt: skip


def _sum(area: str, cell: Cell, have: Mapping[str, Point]) -> Point:
    """Add up; the sum is held where a term is, rough where a term is, and shows the standing report of each."""
    terms = [have[code] for code in sorted(have)]
    reports: list[Report] = [point.reports[0] for point in terms if point.reports]
    return replace(
        terms[0], area=area, period_start=cell[0], period_end=cell[1],
        obs_value=sum(point.obs_value for point in terms),
        qualifier="=" if all(point.qualifier == "=" for point in terms) else "~",
        status="held" if any(point.status == "held" for point in terms) else "settled",
        why="sum over its parts", reports=tuple(reports), revisions=(),
        report_count=sum(point.report_count for point in terms),
        group_count=min(point.group_count for point in terms),
        terms=tuple(_term(code, have[code]) for code in sorted(have)),
        flags=tuple(sorted({flag for point in terms for flag in point.flags} - {"fell", "jumped", "ytd-fell"})),
    )  # fmt: skip


def _term(code: str, point: Point) -> str:
    """Name a term: whose, which measure, how much, and where it is from."""
    said = point.reports[0] if point.reports else None
    value = int(point.obs_value) if float(point.obs_value).is_integer() else point.obs_value
    return f"{code} {point.measure} {value} {point.unit}" + (f" <{said.url or said.doc}>" if said else "")
