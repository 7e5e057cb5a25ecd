"""The office's own plans and official figures: imported, kept beside the press, first in rank."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from store.connection import Connected
from store.days import instant
from store.keys import SeriesKey, series_id
from store.office_rows import OfficeRow, read_rows, same_series
from store.unsettled import ANEW


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What an import did."""

    new: int
    """Rows stored."""
    known: int
    """Rows that were there already, word for word."""
    revised: int
    """Rows among the new that give another value than an earlier import did; the later one stands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficeFigure:
    """A stored plan or official figure."""

    id: int
    kind: str
    area: str
    indicator: str
    measure: str
    of: str | None
    unit: str
    issuer: str | None
    period_start: date
    period_end: date
    obs_value: float
    document: str
    published: date | None


class OfficeStore(Connected):
    """Importing and giving the office's figures."""

    def import_office(self, path: Path, kind: str, author: str = "") -> Imported:
        """Import a CSV or XLSX file of plans (`plan`) or official figures (`official`), all rows or none.

        A row that is there already changes nothing. Raises InputError that names the row and the column.
        """
        rows = list(same_series(read_rows(path, kind)).values())
        new = known = revised = 0
        with self.transaction() as db:
            now = instant(datetime.now(UTC))
            for row in rows:
                series = series_id(db, _key(row))
                before = db.execute(
                    "SELECT obs_value, document FROM office_figures WHERE kind = ? AND series_id = ?"
                    " AND period_start = ? AND period_end = ? ORDER BY id DESC LIMIT 1",
                    (kind, series, row.period_start.isoformat(), row.period_end.isoformat()),
                ).fetchone()
                if before == (row.value, row.document):
                    known += 1
                    continue
                new, revised = new + 1, revised + int(bool(before) and before[0] != row.value)
                db.execute(
                    "INSERT INTO office_figures (kind, series_id, period_start, period_end, obs_value, document,"
                    " published, note, imported_at, author) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        kind, series, row.period_start.isoformat(), row.period_end.isoformat(), row.value,
                        row.document, row.published.isoformat() if row.published else None, row.note, now, author,
                    ),
                )  # fmt: skip
                db.execute(f"{ANEW} VALUES (?, ?)", (series, row.period_end.isoformat()))
        return Imported(new=new, known=known, revised=revised)

    def office_figures(self, kind: str, *, area: str | None = None, indicator: str | None = None) -> list[OfficeFigure]:
        """Give the figures in force of one kind (the last import of each series and period)."""
        with self.reading() as db:
            rows = db.execute(
                'SELECT f.id, f.kind, q.area, q.indicator, q.measure, q."of", q.unit, q.issuer, f.period_start,'
                " f.period_end, f.obs_value, f.document, f.published FROM office_figures f JOIN series q"
                " ON q.id = f.series_id WHERE f.kind = ? AND (? IS NULL OR q.area = ?)"
                " AND (? IS NULL OR q.indicator = ?) AND f.id = (SELECT max(g.id) FROM office_figures g WHERE"
                " g.kind = f.kind AND g.series_id = f.series_id AND g.period_start = f.period_start"
                " AND g.period_end = f.period_end) ORDER BY f.id",
                (kind, area, area, indicator, indicator),
            ).fetchall()
        return [
            OfficeFigure(
                id=row[0], kind=row[1], area=row[2], indicator=row[3], measure=row[4], of=row[5], unit=row[6],
                issuer=row[7], period_start=date.fromisoformat(row[8]), period_end=date.fromisoformat(row[9]),
                obs_value=row[10], document=row[11], published=date.fromisoformat(row[12]) if row[12] else None,
            )
            for row in rows
        ]  # fmt: skip


def _key(row: OfficeRow) -> SeriesKey:
    return SeriesKey(
        indicator=row.indicator, measure=row.measure, unit=row.unit, area=row.area, scope=row.scope, of=row.of,
        denominator=row.denominator, issuer=row.issuer if row.measure == "target" else None,
    )  # fmt: skip
