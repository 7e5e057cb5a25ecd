"""What makes a series, and which series a figure belongs to."""

import sqlite3
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from model.records import Observation

BASE_SAME_PERIOD = "cùng kỳ"
BASE_YEAR_END = "cuối năm trước"
BASE_LAST_MONTH = "tháng trước"
BASE_LAST_QUARTER = "quý trước"

_COLUMNS = 'indicator, measure, unit, area, scope, "of", denominator, issuer, base_kind'


KeyWords = tuple[str, str, str, str, str | None, str | None, str | None, str | None, str | None]
"""The words of a key in the order of the columns of table `series`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SeriesKey:
    """The nine words that make a series (contract 2); None where a word does not apply or was not said."""

    indicator: str
    measure: str
    unit: str
    area: str
    scope: str | None = None
    of: str | None = None
    denominator: str | None = None
    issuer: str | None = None
    base_kind: str | None = None

    @classmethod
    def of_words(cls, words: "KeyWords") -> "SeriesKey":
        """Make a key of its words in the order of the columns."""
        return cls(
            indicator=words[0], measure=words[1], unit=words[2], area=words[3], scope=words[4], of=words[5],
            denominator=words[6], issuer=words[7], base_kind=words[8],
        )  # fmt: skip

    def values(self) -> tuple[str | None, ...]:
        """Give the words in the order of the columns of table `series`."""
        return (
            self.indicator, self.measure, self.unit, self.area, self.scope, self.of, self.denominator, self.issuer,
            self.base_kind,
        )  # fmt: skip


def base_kind(measure: str, period_end: date | None, base_end: date | None) -> str | None:
    """Name the kind of base of a change; None for other measures and where base or period is open.

    A base that is none of the usual ones is named by its own day (`mốc 2016-12-31`): such changes are one series only
    where they look back at the same day.
    """
    if measure not in ("change", "change_pct") or base_end is None or period_end is None:
        return None
    if _same_day_last_year(period_end, base_end):
        return BASE_SAME_PERIOD
    if base_end == date(period_end.year - 1, 12, 31):
        return BASE_YEAR_END
    month_start = period_end.replace(day=1)
    if base_end == month_start - timedelta(days=1) and _is_month_end(period_end):
        return BASE_LAST_MONTH
    quarter_start = date(period_end.year, 3 * ((period_end.month - 1) // 3) + 1, 1)
    if base_end == quarter_start - timedelta(days=1) and period_end.month % 3 == 0 and _is_month_end(period_end):
        return BASE_LAST_QUARTER
    return f"mốc {base_end.isoformat()}"


def base_end_of(kind: str | None, period_end: date) -> date | None:
    """Give the last day of the base that a kind of base means for a period; None where the kind is none."""
    if kind == BASE_SAME_PERIOD:
        if _is_month_end(period_end):
            return period_end.replace(day=1, year=period_end.year - 1) + timedelta(days=_month_length(period_end) - 1)
        return period_end.replace(year=period_end.year - 1)
    if kind == BASE_YEAR_END:
        return date(period_end.year - 1, 12, 31)
    if kind == BASE_LAST_MONTH:
        return period_end.replace(day=1) - timedelta(days=1)
    if kind == BASE_LAST_QUARTER:
        return date(period_end.year, 3 * ((period_end.month - 1) // 3) + 1, 1) - timedelta(days=1)
    return date.fromisoformat(kind.removeprefix("mốc ")) if kind else None


def _month_length(day: date) -> int:
    """Give the days of the same month one year earlier."""
    return monthrange(day.year - 1, day.month)[1]


def _is_month_end(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _same_day_last_year(day: date, base: date) -> bool:
    """Hold for 30/4 and 30/4, and for the ends of two Februaries."""
    if base.year != day.year - 1 or base.month != day.month:
        return False
    return base.day == day.day or (_is_month_end(day) and _is_month_end(base))


def key_words(figure: Observation) -> KeyWords | None:
    """Give the words of the series a figure belongs to; None where its area or the end of its period is open."""
    if figure.area is None or figure.period_end is None:
        return None
    return (
        figure.indicator, figure.measure, figure.unit, figure.area, figure.scope, figure.of, figure.denominator,
        figure.issuer, base_kind(figure.measure, figure.period_end, figure.base_end),
    )  # fmt: skip


def key_of(figure: Observation) -> SeriesKey | None:
    """Give the series a figure belongs to; None where its area or the end of its period is open."""
    words = key_words(figure)
    return SeriesKey.of_words(words) if words else None


def series_id(db: sqlite3.Connection, key: SeriesKey) -> int:
    """Give the id of a series, made where it is new; call inside a transaction."""
    known = find_series(db, key)
    if known is not None:
        return known
    cursor = db.execute(f"INSERT INTO series ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", key.values())
    return int(cursor.lastrowid or 0)


def find_series(db: sqlite3.Connection, key: SeriesKey) -> int | None:
    """Give the id of a series, or None where the store has none such."""
    row = db.execute(
        "SELECT id FROM series WHERE area = ? AND indicator = ? AND measure = ? AND unit = ? AND ifnull(scope, '') = ?"
        " AND ifnull(\"of\", '') = ? AND ifnull(denominator, '') = ? AND ifnull(issuer, '') = ?"
        " AND ifnull(base_kind, '') = ?",
        (
            key.area, key.indicator, key.measure, key.unit, key.scope or "", key.of or "", key.denominator or "",
            key.issuer or "", key.base_kind or "",
        ),
    ).fetchone()  # fmt: skip
    return int(row[0]) if row else None


def series_keys(db: sqlite3.Connection, where: str, values: tuple[object, ...]) -> dict[int, SeriesKey]:
    """Give the series that satisfy a condition on table `series`, by id."""
    rows = db.execute(f"SELECT id, {_COLUMNS} FROM series WHERE {where} ORDER BY +id", values)
    return {
        row[0]: SeriesKey(
            indicator=row[1], measure=row[2], unit=row[3], area=row[4], scope=row[5], of=row[6], denominator=row[7],
            issuer=row[8], base_kind=row[9],
        )
        for row in rows
    }  # fmt: skip
