"""Feeds: RSS, RDF, Atom and JSON listings, with the faults that Vietnamese sites serve them with."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from crawler.dates import month_comes_first, read_date
from crawler.found import Found, Listing
from crawler.urls import canonical

_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]+)", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]{0,500}>")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9A-Fa-f]+);)([A-Za-z][A-Za-z0-9]{1,30});|&(?![#A-Za-z])")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MAX_ENTRIES = 5000

_JSON_URL = ("url", "link", "LinkDetail", "Url", "URL", "external_url", "share_url", "href", "permalink", "slug_url")
_JSON_TITLE = ("title", "Title", "name", "headline", "Name")
_JSON_DATE = (
    "date_published", "published", "pubDate", "publish_date", "date", "DeployDate", "published_at", "PublishDate",
    "created_at", "time",
)  # fmt: skip


def read_feed(body: bytes, url: str) -> Listing:
    """Read a feed, however broken: `url` resolves relative links. Never raises; `form` is `none` for no feed."""
    faults: list[str] = []
    text = decode_xml(body, faults)
    start = text.lstrip()
    if not start:
        return Listing(form="none", faults=(*faults, "empty"))
    if start[0] in "{[":
        return _read_json(start, url, faults)
    if re.match(r"(?i)<!doctype html|<html", start):
        return Listing(form="none", faults=(*faults, "html-instead"))
    root = parse_xml(text, faults)
    if root is None:
        return Listing(form="none", faults=(*faults, "not-xml"))
    name = local(root)
    if name == "html":
        return Listing(form="none", faults=(*faults, "html-instead"))
    if name == "feed":
        return _listing("atom", list(_atom(root)), url, faults)
    if name in {"rss", "RDF", "channel"}:
        return _listing("rss", list(_rss(root)), url, faults)
    return Listing(form="none", faults=(*faults, f"root-{name[:30]}"))


def decode_xml(body: bytes, faults: list[str]) -> str:
    """Decode XML whose declaration may lie: byte-order mark first, then UTF-8 if it fits, then what is declared."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(mark):
            faults.append("bom")
            return body.decode(encoding, errors="replace").lstrip("\ufeff")
    declared = _ENCODING.search(body[:300].replace(b"\x00", b""))
    named = declared.group(1).decode("ascii").lower() if declared else ""
    if body[:4].count(b"\x00") == 2:
        return body.decode("utf-16-le" if body[1:2] == b"\x00" else "utf-16-be", errors="replace")
    try:
        text = body.decode("utf-8")
        if named and named.replace("_", "-") not in {"utf-8", "utf8", "us-ascii", "ascii"}:
            faults.append("wrong-encoding")
        return text
    except UnicodeDecodeError:
        try:
            return body.decode(named or "windows-1258", errors="replace")
        except LookupError:
            faults.append("unknown-encoding")
            return body.decode("utf-8", errors="replace")


def parse_xml(text: str, faults: list[str]) -> Any:
    """Parse XML text leniently (HTML entities, stray signs, cut ends); no entity is expanded, no file or net read."""
    raw = _CONTROL.sub("", text).lstrip()
    if raw != text:
        faults.append("leading-space" if text[:1].isspace() else "control-signs")
    if not raw.startswith("<?xml"):
        faults.append("no-declaration")
    stripped = _DECLARATION.sub(b"", raw.encode("utf-8", errors="replace"), count=1)
    stripped = _ENTITY.sub(_entity, stripped.decode("utf-8")).encode("utf-8")
    strict = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, encoding="utf-8")
    try:
        return etree.fromstring(stripped, strict)
    except etree.XMLSyntaxError:
        faults.append("broken-xml")
    lenient = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, encoding="utf-8")
    try:
        return etree.fromstring(stripped, lenient)
    except etree.XMLSyntaxError:
        return None


def _entity(match: re.Match[str]) -> str:
    name = match.group(1)
    if not name:
        return "&amp;"
    meant = html.unescape(f"&{name};")
    return meant if meant != f"&{name};" else f"&amp;{name};"


def local(node: Any) -> str:
    """Give an element's name without its namespace; `""` for comments and instructions."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _children(node: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for child in node:
        found.setdefault(local(child), []).append(child)
    return found


def _text(nodes: list[Any] | None) -> str:
    for node in nodes or ():
        text = "".join(node.itertext()).strip()
        if text:
            return str(text)
    return ""


Row = tuple[str, str, str, str]
"""Link, title, published, modified: as written."""


def _rss(root: Any) -> Iterator[Row]:
    for item in root.iter():
        if local(item) != "item":
            continue
        parts = _children(item)
        guid = _text(parts.get("guid"))
        link = _text(parts.get("link")) or _href(parts.get("link")) or (guid if guid.startswith("http") else "")
        published = _text(parts.get("pubDate")) or _text(parts.get("date")) or _text(parts.get("published"))
        yield link, _text(parts.get("title")), published, _text(parts.get("updated")) or _text(parts.get("modified"))


def _atom(root: Any) -> Iterator[Row]:
    for entry in root.iter():
        if local(entry) != "entry":
            continue
        parts = _children(entry)
        updated = _text(parts.get("updated"))
        yield _href(parts.get("link")), _text(parts.get("title")), _text(parts.get("published")) or updated, updated


def _href(nodes: list[Any] | None) -> str:
    ranked = sorted(nodes or (), key=lambda node: node.get("rel", "alternate") != "alternate")
    return next((str(node.get("href")) for node in ranked if node.get("href")), "")


def _read_json(text: str, url: str, faults: list[str]) -> Listing:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return Listing(form="none", faults=(*faults, "broken-json"))
    rows = [
        (_first(row, _JSON_URL), _first(row, _JSON_TITLE), _first(row, _JSON_DATE), _first(row, ("update_time",)))
        for row in _json_rows(data, 0)
    ]
    return _listing("json", rows, url, faults)


def _json_rows(data: Any, depth: int) -> list[dict[str, Any]]:
    """Find the longest list of objects that have an address: the listing, wherever the answer wraps it."""
    if depth > 6:
        return []
    if isinstance(data, list):
        rows = [row for row in data if isinstance(row, dict) and _first(row, _JSON_URL)]
        if rows:
            return rows
        branches = data
    elif isinstance(data, dict):
        branches = list(data.values())
    else:
        return []
    return max((_json_rows(branch, depth + 1) for branch in branches), key=len, default=[])


def _first(row: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next((str(row[key]) for key in keys if isinstance(row.get(key), str | int) and row.get(key)), "")


def _listing(form: Any, rows: list[Row], url: str, faults: list[str]) -> Listing:
    month_first = month_comes_first([row[2] for row in rows])
    entries: dict[str, Found] = {}
    refused = 0
    for link, title, published, modified in rows[:_MAX_ENTRIES]:
        address = canonical(html.unescape(link), url) if link else ""
        if not address:
            refused += 1
            continue
        entries.setdefault(
            address,
            Found(
                url=address,
                title=plain(title) or None,
                published=read_date(published, month_first=month_first),
                modified=read_date(modified, month_first=month_first),
                via="feed",
            ),
        )
    if month_first:
        faults.append("us-dates")
    if not entries:
        faults.append("empty")
    return Listing(form=form, entries=tuple(entries.values()), faults=tuple(faults), refused=refused)


def plain(text: str) -> str:
    """Give a title without mark-up and entities, white space folded."""
    return " ".join(_TAGS.sub(" ", html.unescape(html.unescape(text))).split())
