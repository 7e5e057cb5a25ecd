"""Gathers what a page says of its own date: JSON-LD, meta, time elements, visible lines, the address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from extract.article.blocks import Block
from extract.article.byline_forms import EARLIEST, LATEST, Stamp, machine_stamp, visible_stamps
from extract.article.page import PageTree
from extract.article.sites import is_part, names, sites
from extract.article.title import agree, squash

PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "article:published", "its_publication", "pubdate",
    "datepublished", "dc.date.issued", "dc.date", "dcterms.created", "dc.created", "publishdate", "publish_date",
    "publish-date", "parsely-pub-date", "cxenseparse:recs:publishtime", "sailthru.date", "article_date_original",
    "date", "og:published_time", "published_time", "published-date", "citation_publication_date",
)  # fmt: skip
MODIFIED_META = ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified", "dc.modified")

_FOREIGN = re.compile(
    r"relat|lien-?quan|comment|binh-?luan|other|khac|list|news-?item|card|sidebar-right|footer|copyright|weather|most|hot"
)
_TODAY = re.compile(r"top|now|clock|current|today|dongho|hom-?nay|header(?!-content)|menu|nav")
_DOCUMENT = re.compile(
    r"(?:quyết định|nghị quyết|nghị định|thông tư|công văn|luật|giấy phép|giấy xác nhận|kế hoạch|chỉ thị|văn bản|"
    r"số\s+\d|"
    r"cấp(?: ngày)?|ban hành|ký|hiệu lực|sinh(?: ngày)?|từ(?: ngày)?|đến(?: ngày)?|hết(?: ngày)?|QĐ|GP|NQ|©|copyright|"
    r"hạn(?: nộp)?|trước ngày|sau ngày|kể từ|tính đến)[^|•]{0,40}$",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"cập nhật|sửa|chỉnh|update|modif", re.IGNORECASE)
_POSTED = re.compile(r"đăng|xuất bản|publish|post|ngày tạo", re.IGNORECASE)
_LABEL = re.compile(r"(?:ngày|thứ|chủ nhật|cập nhật|lúc|đăng|giờ|gmt|am|pm|lượt xem|\d+|\W)+", re.IGNORECASE)
_VCCORP = re.compile(r"(?<!\d)\d{3}(\d{2})(\d{2})(\d{2})([01]\d|2[0-3])([0-5]\d)([0-5]\d)\d{3}(?!\d)")
_LONG_ID = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})([01]\d|2[0-3])([0-5]\d)([0-5]\d)(?:\d{3})?(?!\d)")
_PATH_DAY = re.compile(r"/((?:19|20)\d{2})[/\-](\d{1,2})[/\-](\d{1,2})/|/((?:19|20)\d{2})([01]\d)([0-3]\d)/")
_PATH_MONTH = re.compile(r"/((?:19|20)\d{2})/?(0[1-9]|1[0-2])/")
_LONGEST_LINE = 160
_NEAR = 18


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing the page says of its date."""

    kind: str
    """`json-ld`, `meta`, `time`, `visible` or `url`."""
    stamp: Stamp
    updated: bool = False
    """It speaks of a change, or may."""
    order: int = -1
    """The block that shows it; -1 where none does."""
    near: int = 0
    """Smaller is nearer to the headline."""


def head_claims(page: PageTree, title: str | None) -> Iterator[Claim]:
    """Give what JSON-LD and meta fields say."""
    item = _own_object(page, title)
    for key, updated in (("datePublished", False), ("dateModified", True)):
        told = item.get(key) if item else None
        stamp = machine_stamp(told) if isinstance(told, str) else None
        if stamp is not None:
            yield Claim("json-ld", stamp, updated)
    for keys, updated in ((PUBLISHED_META, False), (MODIFIED_META, True)):
        for key in keys:
            for told in page.meta.get(key, ())[:1]:
                stamp = machine_stamp(told)
                if stamp is not None:
                    yield Claim("meta", stamp, updated)


def _own_object(page: PageTree, title: str | None) -> dict[str, Any] | None:
    """Give the JSON-LD article that is this page's: by its headline, else the only one."""
    dated = [item for item in page.linked_data if "datePublished" in item or "dateModified" in item]
    plain = squash(title or "")
    for item in dated:
        headline = item.get("headline")
        if isinstance(headline, str) and agree(squash(unescape(headline)), plain):
            return item
    days = {str(item.get("datePublished"))[:10] for item in dated}
    return dated[0] if dated and len(days) == 1 else None


def time_claims(page: PageTree, title: Block | None, first: Block | None) -> Iterator[Claim]:
    """Give `time` elements and marked dates between the headline and the body, foreign boxes left out."""
    home = _home(page, title)
    places = {element: place for place, element in enumerate(page.root.iter())}
    head = places.get(title.node, 0) if title is not None else 0
    start = max(places.get(first.node, head) if first is not None else head, head)
    told: list[Claim] = []
    for element, place in places.items():
        if not isinstance(element.tag, str) or element.tag == "meta":
            continue
        marked = (element.get("itemprop") or "").lower()
        value = element.get("datetime") or (
            element.get("content") if "date" in marked or is_part(element, sites().date) else ""
        )
        if not value or not (element.tag == "time" or "date" in marked or is_part(element, sites().date)):
            continue
        stamp = machine_stamp(value)
        if stamp is None or _is_foreign(home, element):
            continue
        updated = "modif" in marked or "update" in " ".join(names(element))
        distance = 0 if head <= place <= start + 40 else min(abs(place - head), abs(place - start))
        told.append(Claim("time", stamp, updated, near=distance))
    close = [claim for claim in told if claim.near <= 60]
    days = {claim.stamp.day for claim in told}
    yield from close or (told if len(days) == 1 else [])


def visible_claims(page: PageTree, title: Block | None, first: Block | None, last: Block | None) -> Iterator[Claim]:
    """Give dated lines around the headline and, with a label, right after the body."""
    home = _home(page, title)
    head = title.order if title is not None else (first.order if first is not None else 0)
    start = max(first.order if first is not None else head, head)
    for block in page.blocks[max(0, head - 5) : min(start, head + 40) + 3]:
        for stamp in _dated(block):
            before = block.order < head
            if before and not _may_precede(home, block, stamp):
                continue
            if _is_foreign(home, block.node):
                continue
            yield Claim(
                "visible", stamp, _speaks_of_change(block.text, stamp), block.order, head - block.order if before else 0
            )
    end = last.order if last is not None else start
    for block in page.blocks[max(start + 3, end - 1) : end + 6]:
        for stamp in _dated(block):
            labelled = _POSTED.search(block.text) or _UPDATED.search(block.text) or is_part(block.node, sites().date)
            if labelled and not _is_foreign(home, block.node):
                yield Claim("visible", stamp, _speaks_of_change(block.text, stamp), block.order, 500)


def _dated(block: Block) -> Iterator[Stamp]:
    """Give the dates of a line that is hardly more than a date."""
    if len(block.text) > _LONGEST_LINE or block.linked > 0.5 or block.grid is not None:
        return
    for stamp in visible_stamps(block.text):
        rest = block.text[: stamp.start] + " " + block.text[stamp.end :]
        words = _LABEL.sub(" ", rest).split()
        if len(words) <= 12 and sum(map(len, words)) <= 60 and not _DOCUMENT.search(block.text[: stamp.start]):
            yield stamp


def _home(page: PageTree, title: Block | None) -> frozenset[Any]:
    """Give the elements around the headline: whatever their names, they are the article's."""
    return page.headed | frozenset(title.node.iterancestors()) if title is not None else page.headed


def _may_precede(home: frozenset[Any], block: Block, stamp: Stamp) -> bool:
    """Tell whether a date above the headline can be the article's: it has an hour and is not the header's clock."""
    for part in (block.node, *block.node.iterancestors()):
        if part.tag in ("header", "nav") and part not in home:
            return False
        if part.tag in ("body", "form"):
            break
        if part not in home and any(_TODAY.search(name) for name in names(part)):
            return False
    return stamp.clock is not None or is_part(block.node, sites().date)


def _is_foreign(home: frozenset[Any], element: Any) -> bool:
    for part in (element, *element.iterancestors()):
        if part.tag in ("footer", "nav", "aside"):
            return True
        if part.tag in ("body", "main", "form") or part in home:
            return False
        if any(_FOREIGN.search(name) for name in names(part)):
            return True
    return False


def _speaks_of_change(text: str, stamp: Stamp) -> bool:
    before = text[max(0, stamp.start - 30) : stamp.start]
    return bool(_UPDATED.search(before)) and not _POSTED.search(before)


def url_claims(url: str) -> Iterator[Claim]:
    """Give the day that the address bears: an id made of the time of creation, or a dated path."""
    path = unquote(urlsplit(url).path) if url.isprintable() and "[" not in url else ""
    for match in (*_VCCORP.finditer(path), *_LONG_ID.finditer(path), *_PATH_DAY.finditer(path)):
        year, month, day, *rest = (int(part) for part in match.groups() if part is not None)
        year += 2000 if year < 100 else 0
        if not EARLIEST <= year <= LATEST:
            continue
        try:
            when = date(year, month, day)
        except ValueError:
            continue
        clock = time(rest[0], rest[1], rest[2]) if len(rest) >= 3 else None
        yield Claim("url", Stamp(when, clock))
        return


def url_month(url: str) -> tuple[int, int] | None:
    """Give year and month of a path like `/202603/`; None where there is none."""
    match = _PATH_MONTH.search(url)
    return (int(match[1]), int(match[2])) if match else None
