"""Year-to-date totals that do not say where they begin: joined with 1 January only where the plan is yearly."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from store.claim import Claim
from store.claims import NOW, Asked
from store.days import NEVER, end_of
from store.keys import SeriesKey

FLAG = "start-by-yearly-plan"
"""Flag of a point whose first day was set so."""

FLOW_CONCEPTS = ("revenue", "payouts", "visits")
"""Concepts whose level is the total of a period."""


def join_yearly(db: sqlite3.Connection, key: SeriesKey, claims: Sequence[Claim], asked: Asked = NOW) -> list[Claim]:
    """Give the claims, those of a flow without a first day begun on 1 January where a plan for that year is known.

    Only plans known in the state that is asked for count.
    """
    if not is_flow_key(key) or all(claim.period_start for claim in claims):
        return list(claims)
    years = {claim.period_end.year for claim in claims if claim.period_start is None}
    planned = {year for year in years if _has_yearly_plan(db, key, year, asked)}
    return [
        replace(claim, period_start=date(claim.period_end.year, 1, 1), flags=(*claim.flags, FLAG))
        if claim.period_start is None and claim.period_end.year in planned
        else claim
        for claim in claims
    ]


def is_flow_key(key: SeriesKey) -> bool:
    """Say whether a series holds totals of periods rather than counts at dates."""
    return key.measure == "gain" or (key.measure == "level" and key.indicator.rsplit(".", 1)[-1] in FLOW_CONCEPTS)


def _has_yearly_plan(db: sqlite3.Connection, key: SeriesKey, year: int, asked: Asked) -> bool:
    """Say whether the office or the press names a plan for the whole year, for this place and indicator."""
    first, last = f"{year}-01-01", f"{year}-12-31"
    found = db.execute(
        """
        WITH targets AS (
          SELECT id FROM series WHERE area = :area AND indicator = :indicator AND measure = 'target' AND scope IS NULL)
        SELECT 1 FROM office_figures WHERE period_start = :first AND period_end = :last
          AND series_id IN targets AND imported_at <= :known
          AND substr(coalesce(published, imported_at), 1, 10) <= :told
        UNION ALL
        SELECT 1 FROM observations o JOIN standing s ON s.reading_id = o.reading_id
          WHERE o.period_start = :first AND o.period_end = :last AND o.publish = 1 AND o.series_id IN targets
          AND s.known <= :known AND s.told <= :told
        LIMIT 1""",
        {
            "area": key.area, "indicator": key.indicator, "first": first, "last": last,
            "known": end_of(asked.fetched_by) if asked.fetched_by else NEVER,
            "told": asked.as_of.isoformat() if asked.as_of else NEVER,
        },
    ).fetchone()  # fmt: skip
    return found is not None
