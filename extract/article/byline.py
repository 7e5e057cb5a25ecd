"""Decides when an article was published: by agreement of what the page says, and None rather than a wrong one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from extract.article.blocks import Block
from extract.article.body import is_prose
from extract.article.byline_forms import Stamp
from extract.article.byline_page import Claim, head_claims, time_claims, url_claims, url_month, visible_claims
from extract.article.page import PageTree

_RANK = ("json-ld", "meta", "time", "visible", "url")
_LATE = timedelta(days=4)
_MIDNIGHT = time(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Byline:
    """When the page says it was published and last changed, and which blocks say so."""

    published: date | datetime | None = None
    evidence: str = ""
    modified: datetime | None = None
    blocks: frozenset[int] = frozenset()


def find_byline(page: PageTree, url: str, title: Block | None, body: Any) -> Byline:
    """Weigh all evidence of a page; never fails."""
    nodes = set(body.iter())
    after = title.order if title is not None else -1
    inside = [block for block in page.blocks if block.node in nodes and block.order > after]
    first = next((block for block in inside if is_prose(block)), inside[0] if inside else None)
    claims = [
        *head_claims(page, title.text if title is not None else None),
        *time_claims(page, title, first),
        *visible_claims(page, title, first, inside[-1] if inside else None),
        *url_claims(url),
    ]
    claims = _in_one_zone(claims)
    published, evidence = decide(claims, url_month(url))
    modified = _modified(claims, published)
    # Other dated lines are the hours of a report in parts, and text.
    meant = {_minute(published), _minute(modified), _civil(published), _civil(modified)}
    shown = {claim.order for claim in claims if claim.kind == "visible" and _minute(claim.stamp.value()) in meant}
    return Byline(published, evidence, modified, frozenset(shown))


def _minute(value: date | datetime | None) -> date | datetime | None:
    return value.replace(second=0) if isinstance(value, datetime) else value


def _civil(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def _in_one_zone(claims: Sequence[Claim]) -> list[Claim]:
    """Read an instant given as UTC as Vietnam's where a visible line shows the very same clock."""
    shown = {
        (claim.stamp.day, claim.stamp.clock.replace(second=0))
        for claim in claims
        if claim.kind == "visible" and claim.stamp.clock is not None and claim.stamp.zone is None
    }
    fixed = []
    for claim in claims:
        stamp = claim.stamp
        if claim.kind != "visible" and stamp.zone is not None and stamp.clock is not None:
            naive = (stamp.day, stamp.clock.replace(second=0))
            if naive in shown and stamp.zone.utcoffset(None) != timedelta(hours=7):
                fixed.append(replace(claim, stamp=replace(stamp, zone=None)))
                continue
        fixed.append(claim)
    return fixed


def decide(claims: Sequence[Claim], month: tuple[int, int] | None) -> tuple[date | datetime | None, str]:
    """Give the published day or instant and its evidence; `(None, "")` where evidence is missing or at odds."""
    candidates = _candidates(claims)
    if not candidates:
        return None, ""
    days: dict[date, set[str]] = {}
    for claim in candidates:
        days.setdefault(_day(claim.stamp), set()).add(claim.kind)
    url_days = [day for day, kinds in days.items() if "url" in kinds]
    scored = sorted(((_support(day, kinds, url_days, month), day) for day, kinds in days.items()), reverse=True)
    scored = [entry for entry in scored if entry[1] not in url_days or len(days[entry[1]]) > 1] or scored
    best = scored[0]
    rivals = [day for score, day in scored[1:] if score == best[0]]
    day = best[1] if not rivals else _break_tie([best[1], *rivals], days, claims)
    if day is None or (month and _support(day, days[day], url_days, month) < 1):
        return None, ""
    return _finest([claim for claim in candidates if _day(claim.stamp) == day])


def _candidates(claims: Iterable[Claim]) -> list[Claim]:
    """Give one claim per kind and day that may be the publication; a change counts only where nothing else is said."""
    told = list(claims)
    plain = [claim for claim in told if not claim.updated]
    visible = sorted(
        (claim for claim in plain if claim.kind == "visible"), key=lambda claim: (claim.near, claim.stamp.clock is None)
    )
    times = sorted((claim for claim in plain if claim.kind == "time"), key=lambda claim: claim.near)
    found = [claim for claim in plain if claim.kind in ("json-ld", "meta", "url")] + times[:1] + visible[:1]
    found += [claim for claim in visible[1:] if _day(claim.stamp) == _day(visible[0].stamp)]
    if not any(claim.kind != "url" for claim in found):
        found += [claim for claim in told if claim.updated and claim.kind == "visible"][:1]
    return found


def _day(stamp: Stamp) -> date:
    value = stamp.value()
    return value.date() if isinstance(value, datetime) else value


def _support(day: date, kinds: set[str], url_days: Sequence[date], month: tuple[int, int] | None) -> float:
    score = float(len(kinds - {"url"}))
    if any(timedelta(0) <= day - made <= _LATE for made in url_days):
        score += 1
    elif url_days:
        score -= 0.5
    if month is not None:
        near = {(near.year, near.month) for near in (day - timedelta(days=2), day, day + timedelta(days=2))}
        score += 1 if month in near else -1
    return score


def _break_tie(rivals: Sequence[date], days: dict[date, set[str]], claims: Sequence[Claim]) -> date | None:
    """Between days with equal support: the one that a change explains the other, or days in a row; else None."""
    structured = sorted(
        (day for day in rivals if days[day] & {"json-ld", "meta", "time"}), key=lambda day: _first_rank(days[day])
    )
    if not structured:
        return None
    changed = {_day(claim.stamp) for claim in claims if claim.updated}
    first = structured[0]
    others = [day for day in rivals if day != first]
    if all(day in changed or abs(day - first) <= timedelta(days=1) for day in others):
        return first
    return None


def _first_rank(kinds: set[str]) -> int:
    return min(_RANK.index(kind) for kind in kinds)


def _finest(agreeing: Sequence[Claim]) -> tuple[date | datetime, str]:
    """Of claims for one day give the best ranked that has a true clock, else the day."""
    ranked = sorted(agreeing, key=lambda claim: _RANK.index(claim.kind))
    for claim in ranked:
        clock = claim.stamp.clock
        if claim.kind != "url" and clock is not None and clock != _MIDNIGHT:
            return claim.stamp.value(), claim.kind
    return _day(ranked[0].stamp), ranked[0].kind


def _modified(claims: Sequence[Claim], published: date | datetime | None) -> datetime | None:
    for claim in claims:
        value = claim.stamp.value()
        if not claim.updated or not isinstance(value, datetime) or (claim.kind == "visible" and value == published):
            continue
        if isinstance(published, datetime) and value < published:
            continue
        if published is None or value.date() >= (published.date() if isinstance(published, datetime) else published):
            return value
    return None
