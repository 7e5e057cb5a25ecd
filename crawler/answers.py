"""From Scrapy's answers to the records that are kept: a fetch for every request, a page for a body worth keeping."""

import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawler.judge import Judgement
from crawler.robots import ROBOTS
from crawler.rounds import SourceRound
from crawler.urls import belongs, canonical, site_of, variants
from crawler.warc import body_digest
from model.fetches import Fetch, Outcome
from model.records import Page

_LIES = "validator lies"
_LINK = re.compile(rb"(?i)<link\s[^>]{0,1000}>")
_REL = re.compile(rb"(?i)rel\s*=\s*[\"']?canonical\b")
_HREF = re.compile(rb"(?i)href\s*=\s*[\"']?([^\"'\s>]+)")


def headers_of(response: Response) -> dict[str, str]:
    """Give response headers with names in lower case; repeated ones joined by `, `."""
    return {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }


def settled(response: Response, judged: Judgement, sites: frozenset[str], last: Fetch | None) -> tuple[Outcome, str]:
    """Give the outcome of a page's fetch and why: what came back, where it came from, and whether it was known."""
    status, kind = response.status, judged.kind
    if status in {404, 410}:
        return "gone", f"HTTP {status}"
    if status in {401, 403, 429} or kind in {"challenge", "login"}:
        return "blocked", judged.reason or f"HTTP {status}"
    if status >= 400 or kind in {"error", "shell", "truncated"}:
        return "failed", judged.reason or f"HTTP {status}"
    if not belongs(response.url, sites):
        return "skipped", f"redirected to {site_of(response.url)}"
    if status >= 300:
        return "failed", f"HTTP {status} that leads nowhere"
    if kind == "soft-404":
        return "gone", judged.reason
    if kind == "list":
        return "list", judged.reason
    if kind != "article":
        return "skipped", judged.reason
    if last is None or not last.digest or last.outcome not in {"new", "changed", "same", "not-modified"}:
        return "new", ""
    return ("same", "") if last.digest == body_digest(response.body) else ("changed", "")


def fetch_of(
    answer: Response | Request, state: SourceRound, now: datetime, outcome: Outcome, *, reason: str = "",
    last: Fetch | None = None,
) -> Fetch:  # fmt: skip
    """Make the record of a request's end; `answer` is the response, or the request where none came."""
    meta: dict[str, Any] = answer.meta
    seconds = float(meta.get("download_latency") or 0.0) or monotonic() - meta["at"]
    state.counts["ms"] += int(seconds * 1000)
    if isinstance(answer, Request):
        return Fetch(
            url=meta["asked"], source=state.source.id, at=now, outcome=outcome, robots=meta.get(ROBOTS, ""),
            reason=reason[:300], seconds=round(seconds, 3),
        )  # fmt: skip
    headers = headers_of(answer)
    etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
    digest = body_digest(answer.body) if answer.body else ""
    if outcome == "not-modified" and last is not None:
        etag, modified, digest = etag or last.etag, modified or last.last_modified, last.digest
    elif last is not None and digest and _lies(last, etag, modified, digest):
        etag = modified = ""
        reason = reason or _LIES
    return Fetch(
        url=meta["asked"], source=state.source.id, at=now, outcome=outcome, status=answer.status,
        robots=meta.get(ROBOTS, ""), reason=reason[:300], seconds=round(seconds, 3), bytes=len(answer.body),
        etag=etag[:200], last_modified=modified[:100], digest=digest,
    )  # fmt: skip


def _lies(last: Fetch, etag: str, modified: str, digest: str) -> bool:
    """True where a validator stayed while the body changed, or was found lying before: it is not asked again."""
    if last.reason == _LIES:
        return True
    same = (etag and etag == last.etag) or (not etag and modified and modified == last.last_modified)
    return bool(same) and bool(last.digest) and digest != last.digest


def own_name(response: Response, asked: str, sites: frozenset[str]) -> str:
    """Give the address that names an answered article: where it led to, or what its own `rel=canonical` says.

    The page's word counts only for another form of the same article on the same site (AMP, print, a section's copy):
    the last part of the path, or the article's number, must be the same. Many sites name their home page everywhere.
    """
    final = canonical(response.url) if response.url != asked else asked
    head = response.body[:40_000]
    if b"canonical" not in head:
        return final
    link = next((found for found in _LINK.findall(head) if _REL.search(found)), b"")
    href = _HREF.search(link)
    said = canonical(href.group(1).decode("utf-8", errors="replace"), final) if href else ""
    if not said or said in {final, *variants(final)} or not belongs(said, sites):
        return final
    return said if _same_article(said, final) else final


def _same_article(one: str, other: str) -> bool:
    paths = [urlsplit(url).path.rstrip("/") for url in (one, other)]
    stems = [re.sub(r"\.\w{2,5}$|[-_.]amp$", "", path.removesuffix("/amp").rpartition("/")[2]) for path in paths]
    numbers = [re.findall(r"\d{5,}", path)[-1:] for path in paths]
    return bool(stems[0]) and (stems[0] == stems[1] or (bool(numbers[0]) and numbers[0] == numbers[1]))


def page_of_response(response: Response, state: SourceRound, judged: Judgement, fetch: Fetch) -> Page:
    """Make the page of an answer, under the address that names it (see `own_name`)."""
    found = response.meta["found"]
    return Page(
        url=own_name(response, found.url, state.sites) if judged.kind == "article" else found.url,
        fetched_url=response.url,
        source=state.source.id,
        fetched_at=fetch.at,
        status=response.status,
        headers=headers_of(response),
        body=response.body,
        kind=judged.kind,
        reason=judged.reason,
        robots=fetch.robots,
        digest=fetch.digest or body_digest(response.body),
        published=found.published,
        title=found.title,
        area=state.source.area,
    )


def retry_after(text: str, now: datetime) -> datetime | None:
    """Read a Retry-After header, seconds or a date; never more than a week ahead; None where it says nothing."""
    text = text.strip()
    if re.match(r"^\d{1,9}$", text):
        return now + min(timedelta(seconds=int(text)), timedelta(days=7))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    return min(max(moment, now), now + timedelta(days=7))
