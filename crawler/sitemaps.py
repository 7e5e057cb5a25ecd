"""Sitemaps: url sets, news sitemaps and indexes, with monthly or daily files and lastmod that may be worth nothing."""

import gzip
import io
import re
from datetime import UTC, date, datetime, time
from typing import Any

from crawler.dates import read_date
from crawler.feeds import decode_xml, local, parse_xml, plain
from crawler.found import Found, Listing
from crawler.urls import canonical

_DATED_NAME = re.compile(r"(?<!\d)(20\d{2})[-/_.]?(\d{1,2})?(?:[-/_.](\d{1,2}))?(?:[-/_.](\d{1,2}))?(?!\d)")
_NOT_NEWS = re.compile(r"(?i)categor|chuyen-?muc|tag|author|image|video|static|page-sitemap|event|topic|menu")
_NEWS = re.compile(r"(?i)news|article|post|bai-?viet|tin")
_MAX_ENTRIES = 50_000
_MAX_UNPACKED = 50 * 1024 * 1024


def read_sitemap(body: bytes, url: str) -> Listing:
    """Read a sitemap or an index, gzipped or not: `url` resolves addresses. Never raises; `form` `none` if neither."""
    faults: list[str] = []
    body = unpacked(body, faults)
    if re.match(rb"(?is)^\s*(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html)", body):
        return Listing(form="none", faults=(*faults, "html-instead"))
    text = decode_xml(body, faults)
    if not text.strip():
        return Listing(form="none", faults=(*faults, "empty"))
    if not text.lstrip().startswith("<"):
        return _plain_list(text, url, faults)
    root = parse_xml(text, faults)
    name = local(root) if root is not None else ""
    if name == "sitemapindex":
        return _index(root, url, faults)
    if name == "urlset":
        return _urlset(root, url, faults)
    return Listing(form="none", faults=(*faults, "not-a-sitemap"))


def unpacked(body: bytes, faults: list[str]) -> bytes:
    """Unpack a gzipped file, up to 50 MB; what a cut one holds is kept and said in `faults`."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    out = io.BytesIO()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as packed:
            while chunk := packed.read(1 << 16):
                out.write(chunk)
                if out.tell() > _MAX_UNPACKED:
                    faults.append("too-large")
                    break
    except (EOFError, OSError):
        faults.append("cut-gzip")
    return out.getvalue()


def _plain_list(text: str, url: str, faults: list[str]) -> Listing:
    lines = [canonical(line, url) for line in text.split() if line.startswith("http")]
    entries = tuple(Found(url=line, via="sitemap") for line in dict.fromkeys(lines) if line)
    return Listing(form="urlset" if entries else "none", entries=entries[:_MAX_ENTRIES], faults=tuple(faults))


def _parts(node: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for child in node.iter():
        name = local(child)
        # an image's own <loc> and <title> are not the article's
        if child is node or not name or "image" in str(child.tag).rpartition("}")[0]:
            continue
        text = (child.text or "").strip()
        if text:
            found.setdefault(name, text)
    return found


def _index(root: Any, url: str, faults: list[str]) -> Listing:
    ranked: list[tuple[datetime, str]] = []
    rows = [_parts(node) for node in root if local(node) == "sitemap"]
    stamps = {row.get("lastmod", "") for row in rows}
    # one stamp for all is the moment of building, and says nothing of any one file
    meaningless = len(rows) > 2 and len(stamps) == 1
    for row in rows:
        address = canonical(row.get("loc", ""), url)
        if not address or (_NOT_NEWS.search(address) and not _NEWS.search(address)):
            continue
        stamp = None if meaningless else read_date(row.get("lastmod"))
        named = name_date(address)
        moment = datetime.combine(named, time(), UTC) if named else instant(stamp)
        ranked.append((moment or _undated(address), address))
    newest_first = sorted(ranked, key=lambda pair: pair[0], reverse=True)
    children = tuple(dict.fromkeys(address for _, address in newest_first))
    return Listing(form="index", children=children, faults=tuple(faults if children else [*faults, "empty"]))


def _undated(address: str) -> datetime:
    """Files that say `news` or `latest` and no date hold the newest; all others come last."""
    latest = re.search(r"(?i)latest|news-sitemap|google|sitemap-news|daily|moi-nhat", address)
    return datetime.max.replace(tzinfo=UTC) if latest else datetime.min.replace(tzinfo=UTC)


def name_date(address: str) -> date | None:
    """Give the last day that a sitemap's name speaks of (`news-2026-9.xml`, `2026-09-26.xml`), or None."""
    matches = list(_DATED_NAME.finditer(address))
    if not matches:
        return None
    year, month, day, last_day = (int(part) if part else 0 for part in matches[-1].groups())
    try:
        if not month:
            return date(year, 12, 31)
        # block of days 2026-9-21-25: the second day is its end
        if last_day or day:
            return date(year, month, last_day or day)
        return date(year + (month == 12), month % 12 + 1, 1)
    except ValueError:
        return None


def instant(stamp: date | datetime | None) -> datetime | None:
    """Give the instant of a stamp; a bare day counts from its first hour in UTC."""
    if stamp is None or isinstance(stamp, datetime):
        return stamp
    return datetime.combine(stamp, time(), UTC)


def _urlset(root: Any, url: str, faults: list[str]) -> Listing:
    rows = [_parts(node) for node in root if local(node) == "url"][:_MAX_ENTRIES]
    stamps = [row["lastmod"] for row in rows if row.get("lastmod")]
    frozen = len(stamps) > 5 and len(set(stamps)) == 1
    if frozen:
        faults.append("frozen-lastmod")
    entries: dict[str, Found] = {}
    refused = 0
    for row in rows:
        address = canonical(row.get("loc", ""), url)
        if not address:
            refused += 1
            continue
        news = "publication_date" in row
        entries.setdefault(
            address,
            Found(
                url=address,
                title=plain(row.get("title", "")) or None if news else None,
                published=read_date(row.get("publication_date")),
                modified=None if frozen else read_date(row.get("lastmod")),
                via="news-sitemap" if news else "sitemap",
            ),
        )
    if not entries:
        faults.append("empty")
    return Listing(form="urlset", entries=tuple(entries.values()), faults=tuple(faults), refused=refused)
