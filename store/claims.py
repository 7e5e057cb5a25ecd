"""Loading what reports say on given series, on the axis of publication or on that of this store's knowledge."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

from model.records import Report
from store.claim import ACCEPTED, OFFICIAL, PORTAL, PRESS, Claim
from store.days import NEVER, day_of, end_of, moment_of, published_of

OFFICE_HOSTS = ("baohiemxahoi.gov.vn", "vss.gov.vn", "chinhphu.vn", "mof.gov.vn", "moh.gov.vn", "molisa.gov.vn")
"""Hosts (and all below them) where an office itself speaks."""

CORRECTS = re.compile(
    r"\b(?:đính|cải) chính\b|\bnói lại cho rõ\b|\bxin sửa lại\b|\bkhông phải(?: là)? \d", re.IGNORECASE
)
"""Words by which an article sets a figure right."""

_HINTS = ("hính", "hÍnh", "ại", "ông phải", "HÍNH", "ẠI", "ÔNG PHẢI")
"""Parts of those words, in both cases."""

_SELECT = """
SELECT o.id, o.doc, s.url, coalesce(s.outlet, w.name), s.published, s.read_at, o.quote, o.sentence,
  {figure}, s.told, {axis}, o.flags,
  s.corrects OR EXISTS (SELECT 1 FROM corrections x WHERE x.obs_id = o.id AND x.at <= :at), w.official, c.leader,
  s.reading_id
FROM json_each(:wanted) n
{tables}
LEFT JOIN outlets w ON w.source = s.source
LEFT JOIN copies c ON c.doc = o.doc
WHERE s.told <= :told AND {stood}
"""
_MACHINE = "o.obs_value, o.qualifier, o.period_start AS first, o.period_end, o.series_id, NULL"
_HUMAN = (
    "coalesce(j.obs_value, o.obs_value), coalesce(j.qualifier, o.qualifier), j.period_start AS first, j.period_end,"
    " j.series_id, j.verdict"
)
_LAST = "9999-12-30"
"""After every verdict so far, before `NEVER`."""

_TOLD_FIRST = " CROSS JOIN standing s ON s.reading_id = o.reading_id"
_TOLD_AGAIN = " CROSS JOIN standing s ON s.reading_id = k.reading_id"
_UNJUDGED = "NOT EXISTS (SELECT 1 FROM judged j WHERE j.obs_id = o.id AND j.at <= :at AND j.until > :at)"
_OWN = "CROSS JOIN observations o ON o.series_id = {id} AND o.publish = 1 AND {end} AND " + _UNJUDGED
_AGAIN = (
    "CROSS JOIN carried k ON k.series_id = {id} AND {end} CROSS JOIN observations o ON o.id = k.obs_id AND " + _UNJUDGED
)
_JUDGED = (
    "CROSS JOIN judged j ON j.series_id = {id} AND {end} AND j.at <= :at AND j.until > :at"
    " AND j.verdict IN ('accept', 'correct') CROSS JOIN observations o ON o.id = j.obs_id"
)
_ADDED = _OWN + " AND o.id > json_extract(n.value, '$[2]')"
_OF_DOC = (
    # `+` keeps the index of the series out: a document has few figures, a cell may have thousands.
    _OWN.replace("o.series_id", "o.doc = json_extract(n.value, '$[2]') AND +o.series_id"),
    "CROSS JOIN observations o ON o.doc = json_extract(n.value, '$[2]') CROSS JOIN carried k ON k.obs_id = o.id"
    " AND +k.series_id = {id} AND {end} AND " + _UNJUDGED,
)
_PARTS = (
    (_MACHINE, _OWN + _TOLD_FIRST, "o"),
    (_MACHINE, _AGAIN + _TOLD_AGAIN, "k"),
    (_HUMAN, _JUDGED + _TOLD_FIRST, "j"),
    (_HUMAN, _JUDGED + " CROSS JOIN carried k ON k.obs_id = o.id" + _TOLD_AGAIN,
     "j"),
)  # fmt: skip
"""Columns, tables and the table that holds the cell: figures as read, told again, as judged, judged and told again."""

_TOLD = "s.told AS since, s.told_until AS until", "s.told < s.told_until"
_KNOWN = "s.known AS since, s.known_until AS until", "s.known < s.known_until AND s.known <= :at"


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


Cells = Mapping[int, Sequence[str]]
"""Series → last days of the periods wanted."""


def load_claims(db: sqlite3.Connection, wanted: Iterable[int] | Cells, asked: Asked = NOW) -> dict[int, list[Claim]]:
    """Give the claims on each series, by its id: the press's and the office's own.

    `wanted` are series, or for each series the cells that are wanted. A claim that no longer stands is among them with
    the end of its time.
    """
    cells = [[id, end] for id, ends in wanted.items() for end in ends] if isinstance(wanted, Mapping) else None
    values = {
        "wanted": json.dumps(cells if cells is not None else list(wanted)), "told": _told(asked),
        "at": end_of(asked.fetched_by) if asked.fetched_by else _LAST,
    }  # fmt: skip
    result: dict[int, list[Claim]] = {id: [] for id in wanted}
    for sql in _statements(asked.fetched_by is not None, cells is not None):
        for row in db.execute(sql, values):
            result[row[12]].append(_claim(row))
    for series_id, claim in _office_claims(db, values["wanted"], cells is not None, asked):
        result[series_id].append(claim)
    return result


def stands(db: sqlite3.Connection, cells: Cells, first: str, asked: Asked) -> bool:
    """Say whether something is claimed of one of these cells, for the period that begins on the day `first`."""
    at = asked.at or NEVER
    values = {
        "wanted": json.dumps([[id, end] for id, ends in cells.items() for end in ends]), "told": _told(asked),
        "at": end_of(asked.fetched_by) if asked.fetched_by else _LAST, "first": first, "moment": at,
    }  # fmt: skip
    return any(
        db.execute(
            f"SELECT 1 FROM ({sql}) WHERE first = :first AND since <= :moment"
            f" AND (until > :moment OR until = '{NEVER}') LIMIT 1",
            values,
        ).fetchone()
        for sql in _statements(asked.fetched_by is not None, True)
    ) or any(
        str(claim.period_start) == first and claim.since <= at and (claim.until > at or claim.until == NEVER)
        for _, claim in _office_claims(db, values["wanted"], True, asked)
    )


def load_added(db: sqlite3.Connection, cells: Iterable[tuple[int, str, int]]) -> dict[int, list[Claim]]:
    """Give the claims on some cells (series, end of the period) by observations after a given one, by series.

    Only for cells to which new documents added: neither verdicts nor documents that were read again are looked at.
    """
    sql = _statement(_MACHINE, _ADDED + _TOLD_FIRST, "o")
    result: dict[int, list[Claim]] = {}
    for row in db.execute(sql, {"wanted": json.dumps(list(cells)), "told": NEVER, "at": _LAST}):
        result.setdefault(row[12], []).append(_claim(row))
    return result


def load_of_docs(db: sqlite3.Connection, wanted: Iterable[tuple[int, str, str]]) -> dict[int, list[Claim]]:
    """Give what some documents claim of some cells (series, end of the period, document), by series."""
    values = {"wanted": json.dumps(list(wanted)), "told": NEVER, "at": _LAST}
    result: dict[int, list[Claim]] = {}
    for tables, table in ((_OF_DOC[0] + _TOLD_FIRST, "o"), (_OF_DOC[1] + _TOLD_AGAIN, "k")):
        for row in db.execute(_statement(_MACHINE, tables, table), values):
            result.setdefault(row[12], []).append(_claim(row))
    for tables in (_TOLD_FIRST, " CROSS JOIN carried k ON k.obs_id = o.id" + _TOLD_AGAIN):
        own = " AND o.doc = json_extract(n.value, '$[2]')"
        for row in db.execute(_statement(_HUMAN, _JUDGED + own + tables, "j"), values):
            result.setdefault(row[12], []).append(_claim(row))
    return result


@cache
def _statement(figure: str, tables: str, table: str) -> str:
    axis, stood = _TOLD
    return _SELECT.format(figure=figure, axis=axis, stood=stood, tables=tables.format(**_place(table, True)))


@cache
def _statements(known: bool, by_cell: bool) -> tuple[str, ...]:
    """Give the four queries, always the same texts, so that SQLite prepares each once."""
    axis, stood = _KNOWN if known else _TOLD
    return tuple(
        _SELECT.format(figure=figure, axis=axis, stood=stood, tables=tables.format(**_place(table, by_cell)))
        for figure, tables, table in _PARTS
    )


def _place(table: str, by_cell: bool) -> dict[str, str]:
    """Give how `json_each` names a series and, by cell, the end of a period."""
    if by_cell:
        return {"id": "json_extract(n.value, '$[0]')", "end": f"{table}.period_end = json_extract(n.value, '$[1]')"}
    return {"id": "n.value", "end": f"{table}.period_end IS NOT NULL"}


def _told(asked: Asked) -> str:
    return asked.as_of.isoformat() if asked.as_of else NEVER


def _claim(row: Sequence[Any]) -> Claim:
    """Make a claim of a row."""
    report = Report(
        doc=row[1], url=row[2], outlet=row[3], published=published_of(row[4]), fetched_at=moment_of(row[5]),
        quote=row[6], sentence=row[7], obs_value=plain_number(row[8]), qualifier=row[9], group=row[20] or row[1],
    )  # fmt: skip
    rank = ACCEPTED if row[13] else PORTAL if row[19] or is_office(row[2]) else PRESS
    corrects = bool(row[18]) or corrects_something(row[7]) or "correction" in row[17]
    return Claim(
        id=row[0], report=report, period_start=_day(row[10]), period_end=date.fromisoformat(row[11]), rank=rank,
        told=row[14], since=row[15], until=row[16], corrects=corrects, reading=row[21],
    )  # fmt: skip


def corrects_something(text: str) -> bool:
    """Say whether a headline or sentence sets something right; a look for a syllable spares most texts the pattern."""
    return any(hint in text for hint in _HINTS) and CORRECTS.search(text) is not None


@lru_cache(maxsize=65536)
def is_office(url: str | None) -> bool:
    """Say whether an office itself speaks at this address."""
    if not url or not any(office in url for office in OFFICE_HOSTS):
        return False
    host = urlsplit(url).hostname or ""
    return any(host == office or host.endswith("." + office) for office in OFFICE_HOSTS)


_OFFICE = (
    "SELECT f.id, f.series_id, f.period_start, f.period_end, f.obs_value, f.document, f.published, f.note,"
    " f.imported_at, s.issuer, f.kind FROM office_figures f JOIN series s ON s.id = f.series_id WHERE "
)


def _office_claims(db: sqlite3.Connection, wanted: str, by_cell: bool, asked: Asked) -> Iterator[tuple[int, Claim]]:
    """Give the office's own figures as claims of the first rank; of two for one cell the later import stands."""
    rows = db.execute(
        _OFFICE
        + (
            "(f.series_id, f.period_end) IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]')"
            " FROM json_each(?))"
            if by_cell
            else "f.series_id IN (SELECT value FROM json_each(?))"
        )
        + " ORDER BY f.id DESC",
        (wanted,),
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
        yield row[1], Claim(
            id=-row[0], report=_office_report(row), period_start=date.fromisoformat(row[2]), rank=OFFICIAL,
            period_end=date.fromisoformat(row[3]), told=day, since=since, until=until,
        )  # fmt: skip


def office_reports(db: sqlite3.Connection, ids: Sequence[int]) -> dict[int, Report]:
    """Give the office's own figures as reports, by id."""
    rows = db.execute(f"{_OFFICE}f.id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)) if ids else ()
    return {row[0]: _office_report(row) for row in rows}


def _office_report(row: Sequence[Any]) -> Report:
    return Report(
        doc=row[5], url=None, outlet=row[9], published=published_of(row[6]), fetched_at=moment_of(row[8]),
        quote=_plain(row[4]), sentence=row[7] or row[5], obs_value=plain_number(row[4]), qualifier="=",
        group=f"office:{row[0]}",
    )  # fmt: skip


def _plain(value: float) -> str:
    return str(plain_number(value))


def plain_number(value: float) -> float:
    """Give whole numbers as such, so that 8475 never prints as 8475.0."""
    return int(value) if float(value).is_integer() else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
