"""What waits for a person: contradictions, verdicts that lost their sentence, odd points, figures held back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from store.connection import Connected
from store.days import NEVER

KINDS = ("contradiction", "verdict-lost", "identity-broken", "odd", "held")
"""Kinds of items, the most urgent first. `odd`: a point that fell or jumped; `held`: a figure not sure enough."""

_FIGURE = (
    "o.id, o.doc, a.url, a.title, coalesce(a.outlet, (SELECT w.name FROM outlets w WHERE w.source = r.source)),"
    " a.published, o.quote, o.sentence, o.indicator, o.measure, o.obs_value,"
    " o.unit, o.qualifier, o.area, o.area_name, o.period_start, o.period_end, o.confidence, o.flags, o.area_candidates"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewItem:
    """One thing to decide: the figure, and why it waits."""

    kind: str
    """One of `KINDS`."""
    obs_id: int
    doc: str
    url: str | None
    title: str | None
    outlet: str | None
    published: str | None
    quote: str
    sentence: str
    indicator: str
    measure: str
    obs_value: float
    unit: str
    qualifier: str
    area: str | None
    area_name: str | None
    period_start: str | None
    period_end: str | None
    confidence: float
    flags: tuple[str, ...]
    area_candidates: tuple[str, ...]
    reasons: tuple[str, ...]
    """Why: `area-open`, `period-open`, `confidence`, or flags of the figure or of its point."""
    series_id: int | None = None
    """The series of the point, for kinds that speak of one."""

    def as_dict(self) -> dict[str, Any]:
        """Give all fields, JSON-ready."""
        return {name: list(value) if isinstance(value := getattr(self, name), tuple) else value
                for name in self.__slots__}  # fmt: skip


class ReviewStore(Connected):
    """The queue of what waits."""

    def review(
        self, *, kind: str | None = None, area: str | None = None, indicator: str | None = None, limit: int = 100
    ) -> list[ReviewItem]:
        """Give what waits, the most urgent first, within a kind the latest first."""
        where = " AND (? IS NULL OR o.area = ?) AND (? IS NULL OR o.indicator = ?)"
        values = (area, area, indicator, indicator)
        items: list[ReviewItem] = []
        for one, sql in _QUERIES.items():
            if kind in (None, one) and len(items) < limit:
                with self.reading() as db:
                    rows = db.execute(sql.format(where=where), (*values, limit - len(items))).fetchall()
                items += [_item(one, row) for row in rows]
        return items

    def review_counts(self) -> dict[str, int]:
        """Give how many items of each kind wait."""
        with self.reading() as db:
            return {
                kind: db.execute(f"SELECT count(*) FROM ({sql.format(where='')})", (-1,)).fetchone()[0]
                for kind, sql in _QUERIES.items()
            }


_NOW = f"s.told_until = '{NEVER}'"
_UNJUDGED = f"NOT EXISTS (SELECT 1 FROM judged j WHERE j.obs_id = o.id AND j.until = '{NEVER}')"
_ARTICLE = "JOIN readings r ON r.id = o.reading_id JOIN articles a ON a.id = r.article_id"
_STANDS = (
    f"(EXISTS (SELECT 1 FROM standing s WHERE s.reading_id = o.reading_id AND {_NOW}) OR EXISTS (SELECT 1 FROM carried"
    f" k JOIN standing s ON s.reading_id = k.reading_id WHERE k.obs_id = o.id AND {_NOW}))"
)
_POINT = f"SELECT {_FIGURE}, p.flags, p.series_id FROM points p JOIN observations o ON o.id = p.obs_id {_ARTICLE}"
_HELD = f"SELECT {_FIGURE}, '[]', NULL FROM observations o {_ARTICLE} WHERE o.publish = 0 AND {_UNJUDGED} AND {_STANDS}"
_LAST = " ORDER BY o.id DESC LIMIT ?"
_QUERIES = {
    "contradiction": f"{_POINT} WHERE p.status = 'held'{{where}}{_LAST}",
    "verdict-lost": f"SELECT {_FIGURE}, '[]', NULL FROM judged j JOIN observations o ON o.id = j.obs_id {_ARTICLE}"
    f" WHERE j.until = '{NEVER}' AND NOT {_STANDS}"
    f" AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.replays = j.verdict_id){{where}}{_LAST}",
    "identity-broken": f"{_HELD} AND o.flags LIKE '%identity-broken%'{{where}}{_LAST}",
    "odd": f"{_POINT} WHERE (p.flags LIKE '%fell\"%' OR p.flags LIKE '%jumped%') AND {_UNJUDGED}{{where}}{_LAST}",
    "held": f"{_HELD} AND o.flags NOT LIKE '%identity-broken%'{{where}}{_LAST}",
}  # fmt: skip


def _item(kind: str, row: Sequence[Any]) -> ReviewItem:
    flags, candidates = tuple(json.loads(row[18])), tuple(json.loads(row[19]))
    reasons = list(json.loads(row[20])) if kind in ("contradiction", "odd") else []
    if kind == "held":
        reasons += ["area-open"] if row[13] is None else []
        reasons += ["period-open"] if row[16] is None else []
        reasons += [flag for flag in flags if not flag.endswith("-holds")]
        reasons = reasons or ["confidence"]
    return ReviewItem(
        kind=kind, obs_id=row[0], doc=row[1], url=row[2] or None, title=row[3], outlet=row[4], published=row[5],
        quote=row[6], sentence=row[7], indicator=row[8], measure=row[9], obs_value=row[10], unit=row[11],
        qualifier=row[12], area=row[13], area_name=row[14], period_start=row[15], period_end=row[16],
        confidence=row[17], flags=flags, area_candidates=candidates, reasons=tuple(reasons) or (kind,),
        series_id=row[21],
    )  # fmt: skip
