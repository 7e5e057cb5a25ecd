"""Loading what reports say on given series, on the axis of publication or on that of this store's knowledge."""

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from model.records import Report
from store.days import NEVER, day_of, end_of, moment_of, published_of
from store.settle import ACCEPTED, OFFICIAL, PORTAL, PRESS, Claim

OFFICE_HOSTS = ("baohiemxahoi.gov.vn", "vss.gov.vn", "chinhphu.vn", "mof.gov.vn", "moh.gov.vn", "molisa.gov.vn")
"""Hosts (and all below them) where an office itself speaks."""

CORRECTS = re.compile(
    r"\b(?:đính|cải) chính\b|\bnói lại cho rõ\b|\bxin sửa lại\b|\bkhông phải(?: là)? \d", re.IGNORECASE
)
"""Words by which an article sets a figure right."""

_SELECT = """
SELECT o.id, o.doc, a.url, coalesce(a.outlet, w.name), a.published, r.read_at, o.quote, o.sentence,
  {value}, {qualifier}, {start}, {end}, {series}, s.told, s.told_until, s.known, s.known_until, o.flags, a.title,
  r.source, w.official, c.leader, {judged}
FROM {tables}
JOIN readings r ON r.id = s.reading_id
JOIN articles a ON a.id = r.article_id
LEFT JOIN outlets w ON w.source = r.source
LEFT JOIN copies c ON c.doc = o.doc
"""
_MACHINE = {
    "value": "o.obs_value", "qualifier": "o.qualifier", "start": "o.period_start", "end": "o.period_end",
    "series": "o.series_id", "judged": "NULL",
}  # fmt: skip
_HUMAN = {
    "value": "coalesce(j.obs_value, o.obs_value)", "qualifier": "coalesce(j.qualifier, o.qualifier)",
    "start": "j.period_start", "end": "j.period_end", "series": "j.series_id", "judged": "j.verdict",
}  # fmt: skip
_UNJUDGED = "NOT EXISTS (SELECT 1 FROM judged j WHERE j.obs_id = o.id AND j.at <= :at AND j.until > :at)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which state of knowledge is asked for; the default is all that is known now."""

    as_of: date | None = None
    """What reports published by the end of that day (Vietnam) said."""
    fetched_by: date | None = None
    """What this store had read by the end of that day."""

    @property
    def at(self) -> str | None:
        """The moment on the axis that counts: an instant with `fetched_by`, else a day; None is now."""
        if self.fetched_by is not None:
            return end_of(self.fetched_by)
        return self.as_of.isoformat() if self.as_of else None


NOW = Asked()


def load_claims(
    db: sqlite3.Connection, series: Sequence[int], asked: Asked = NOW, *, period_ends: Sequence[str] | None = None
) -> dict[int, list[Claim]]:
    """Give the claims on each series, by its id: the press's and the office's own.

    `period_ends` narrows to those cells. A claim that no longer stands is among them with the end of its time.
    """
    marks = ", ".join(map(str, series))
    cells = f" IN ({', '.join(repr(day) for day in period_ends)})" if period_ends is not None else " IS NOT NULL"
    values = {"at": end_of(asked.fetched_by) if asked.fetched_by else "9999-12-30", "told": _told(asked)}
    own = f"o.series_id IN ({marks}) AND o.publish = 1 AND o.period_end{cells} AND {_UNJUDGED}"
    judged = (
        f"j.series_id IN ({marks}) AND j.period_end{cells} AND j.at <= :at AND j.until > :at"
        " AND j.verdict IN ('accept', 'correct')"
    )
    stood = " AND s.told <= :told AND " + (
        "s.known < s.known_until AND s.known <= :at" if asked.fetched_by else "s.told < s.told_until"
    )
    parts = (
        (_MACHINE, "observations o JOIN standing s ON s.reading_id = o.reading_id", own),
        (_MACHINE, "observations o JOIN carried k ON k.obs_id = o.id JOIN standing s ON s.reading_id = k.reading_id",
         own),
        (_HUMAN, "judged j JOIN observations o ON o.id = j.obs_id JOIN standing s ON s.reading_id = o.reading_id",
         judged),
        (_HUMAN, "judged j JOIN observations o ON o.id = j.obs_id JOIN carried k ON k.obs_id = o.id"
         " JOIN standing s ON s.reading_id = k.reading_id", judged),
    )  # fmt: skip
    result: dict[int, list[Claim]] = {id: [] for id in series}
    for columns, tables, where in parts:
        for row in db.execute(f"{_SELECT.format(tables=tables, **columns)} WHERE {where}{stood}", values):
            claim = _claim(row, asked)
            if claim is not None:
                result[row[12]].append(claim)
    for series_id, claim in _office_claims(db, marks, cells, asked):
        result[series_id].append(claim)
    return result


def _told(asked: Asked) -> str:
    return asked.as_of.isoformat() if asked.as_of else NEVER


def _claim(row: Sequence[Any], asked: Asked) -> Claim | None:
    """Make a claim of a row; None where it has no time on the axis that is asked for."""
    since, until = (row[15], row[16]) if asked.fetched_by else (row[13], row[14])
    if since >= until:
        return None
    published = published_of(row[4])
    report = Report(
        doc=row[1], url=row[2] or None, outlet=row[3], published=published, fetched_at=moment_of(row[5]),
        quote=row[6], sentence=row[7], obs_value=_number(row[8]), qualifier=row[9], group=row[21] or row[1],
    )  # fmt: skip
    flags = json.loads(row[17]) if row[17] != "[]" else []
    rank = ACCEPTED if row[22] else PORTAL if row[20] or is_office(row[2]) else PRESS
    corrects = bool(CORRECTS.search(row[18] or "") or CORRECTS.search(row[7]) or "correction" in flags)
    return Claim(
        id=row[0], report=report, period_start=_day(row[10]), period_end=date.fromisoformat(row[11]), rank=rank,
        told=row[13], since=since, until=until, corrects=corrects,
    )  # fmt: skip


def is_office(url: str) -> bool:
    """Say whether an office itself speaks at this address."""
    host = urlsplit(url).hostname or "" if "gov.vn" in url or "chinhphu" in url else ""
    return any(host == office or host.endswith("." + office) for office in OFFICE_HOSTS)


def _office_claims(db: sqlite3.Connection, marks: str, cells: str, asked: Asked) -> Iterator[tuple[int, Claim]]:
    """Give the office's own figures as claims of the first rank; of two for one cell the later import stands."""
    rows = db.execute(
        "SELECT f.id, f.series_id, f.period_start, f.period_end, f.obs_value, f.document, f.published, f.note,"
        " f.imported_at, s.issuer, f.kind FROM office_figures f JOIN series s ON s.id = f.series_id"
        f" WHERE f.series_id IN ({marks}) AND f.period_end{cells} ORDER BY f.id DESC"
    )
    later: dict[tuple[Any, ...], str] = {}
    for row in rows:
        published, imported = published_of(row[6]), moment_of(row[8])
        day = day_of(published or imported).isoformat()
        since = row[8] if asked.fetched_by else day
        cell = (row[10], *row[1:4])
        until = later.get(cell, NEVER)
        if day <= _told(asked):
            later[cell] = since
        if day > _told(asked) or since >= until:
            continue
        report = Report(
            doc=row[5], url=None, outlet=row[9], published=published, fetched_at=imported, quote=_plain(row[4]),
            sentence=row[7] or row[5], obs_value=_number(row[4]), qualifier="=", group=f"office:{row[0]}",
        )  # fmt: skip
        yield row[1], Claim(
            id=-row[0], report=report, period_start=date.fromisoformat(row[2]), rank=OFFICIAL,
            period_end=date.fromisoformat(row[3]), told=day, since=since, until=until,
        )  # fmt: skip


def _plain(value: float) -> str:
    return str(_number(value))


def _number(value: float) -> float:
    """Give whole numbers as such, so that 8475 never prints as 8475.0."""
    return int(value) if float(value).is_integer() else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
