"""Year-to-date totals that do not say where they begin: joined with 1 January only where the plan is yearly."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from store.keys import SeriesKey
from store.settle import Claim

FLAG = "start-by-yearly-plan"
"""Flag of a point whose first day was set so."""

FLOW_CONCEPTS = ("revenue", "payouts", "visits")
"""Concepts whose level is the total of a period."""


def join_yearly(db: sqlite3.Connection, key: SeriesKey, claims: Sequence[Claim]) -> list[Claim]:
    """Give the claims, those of a flow without a first day begun on 1 January where a plan for that year is known."""
    flow = key.measure == "gain" or (key.measure == "level" and key.indicator.rsplit(".", 1)[-1] in FLOW_CONCEPTS)
    if not flow or all(claim.period_start for claim in claims):
        return list(claims)
    years = {claim.period_end.year for claim in claims if claim.period_start is None}
    planned = {year for year in years if _has_yearly_plan(db, key, year)}
    return [
        replace(claim, period_start=date(claim.period_end.year, 1, 1), flags=(*claim.flags, FLAG))
        if claim.period_start is None and claim.period_end.year in planned
        else claim
        for claim in claims
    ]


def _has_yearly_plan(db: sqlite3.Connection, key: SeriesKey, year: int) -> bool:
    """Say whether the office or the press names a plan for the whole year, for this place and indicator."""
    first, last = f"{year}-01-01", f"{year}-12-31"
    targets = "SELECT id FROM series WHERE area = ? AND indicator = ? AND measure = 'target' AND scope IS NULL"
    found = db.execute(
        f"SELECT 1 FROM office_figures WHERE period_start = ? AND period_end = ? AND series_id IN ({targets})"
        " UNION ALL SELECT 1 FROM observations WHERE period_start = ? AND period_end = ? AND publish = 1"
        f" AND series_id IN ({targets}) LIMIT 1",
        (first, last, key.area, key.indicator, first, last, key.area, key.indicator),
    ).fetchone()
    return found is not None
