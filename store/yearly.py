"""Year-to-date totals that do not say where they begin: joined with 1 January only where the plan is yearly."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from store.area_names import codes_of
from store.claim import Claim
from store.claims import NOW, Asked, stands
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
    rows = db.execute(
        "SELECT id FROM series WHERE area IN (SELECT value FROM json_each(?)) AND indicator = ? AND measure = 'target'"
        " AND scope IS NULL",
        (json.dumps(codes_of(key.area)), key.indicator),
    )
    plans = {row[0]: [f"{year}-12-31"] for row in rows}
    return bool(plans) and stands(db, plans, f"{year}-01-01", asked)
