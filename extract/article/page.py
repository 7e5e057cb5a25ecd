"""Parses a page once and keeps what its head says: meta fields and JSON-LD."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml import etree, html

from extract.article.blocks import Block, page_blocks
from extract.article.tables import narrow
from extract.article.teasers import teasers
from extract.pages.characters import page_text

_OPENING = re.compile(r"<(?:script|style)\b[^>]{0,400}>|<!--(?!\[)", re.IGNORECASE)
_CLOSING = {"<sc": re.compile(r"</script", re.I), "<st": re.compile(r"</style", re.I), "<!-": re.compile("-->")}
STRAY = re.compile(r"</(?:html|body)\s*>|<\?xml[^>]*\?>|<!DOCTYPE[^>]*>", re.IGNORECASE)
_LD_TYPE = re.compile(r"ld\s*\+\s*json", re.IGNORECASE)
_LD_FIELD = re.compile(r'"(datePublished|dateModified|headline)"\s*:\s*"((?:[^"\\]|\\.){1,600})"')
_SPREAD = re.compile(r"(?:<[^<>]{0,2000}>\s*)+")
_ARTICLES = (
    "NewsArticle",
    "ReportageNewsArticle",
    "Article",
    "BlogPosting",
    "AnalysisNewsArticle",
    "SocialMediaPosting",
)
NEVER_SHOWN = ("script", "style", "noscript", "template", "svg", "iframe")
LONG = 400_000
LONGEST_PAGE = 6_000_000
_LONGEST_RAW = 60_000_000
_DEEPEST_JSON = 40


@dataclass(frozen=True, slots=True)
class PageTree:
    """A parsed page: its root, what it shows, and what its head says."""

    root: Any
    blocks: tuple[Block, ...]
    meta: dict[str, list[str]]
    """Values of `meta` by lower-cased name, property or itemprop."""
    linked_data: tuple[dict[str, Any], ...]
    """JSON-LD objects that are articles, in the order of the page."""
    publisher: str | None
    """Publisher's name in JSON-LD."""
    headed: frozenset[Any]
    """Elements that hold an `h1`."""
    teasers: frozenset[int]
    """Orders of the blocks that announce other articles."""


def parse_page(page: bytes | str) -> PageTree | None:
    """Parse any bytes or text; None where nothing can be read. Never raises for what a page holds."""
    text = page_text(page)[:_LONGEST_RAW]
    light = without_scripts(text) if len(text) > LONG else text
    light = STRAY.sub(" ", light)[:LONGEST_PAGE]
    root = parse_tree(light)
    if root is None:
        return None
    objects = tuple(_linked_data(root))
    etree.strip_elements(root, *NEVER_SHOWN, with_tail=False)
    narrow(root)
    blocks = page_blocks(root)
    if not blocks:
        # Nested deeper than the parser follows: what stands between the tags is still text.
        root = parse_tree("<p>" + _SPREAD.sub("</p><p>", light) + "</p>")
        blocks = page_blocks(root) if root is not None else []
    if root is None:
        return None
    meta = _meta(root)
    publisher = next((name for item in objects if (name := _publisher(item))), None)
    articles = tuple(item for item in objects if _is_article(item))
    headed = frozenset(above for heading in root.iter("h1") for above in heading.iterancestors())
    return PageTree(root, tuple(blocks), meta, articles, publisher, headed, teasers(blocks))


def without_scripts(text: str) -> str:
    """Give a long page without scripts (but for JSON-LD), styles and comments; linear also where none is closed."""
    parts, at = [], 0
    while (opening := _OPENING.search(text, at)) is not None:
        closing = _CLOSING[opening[0][:3].lower()].search(text, opening.end())
        if closing is None:
            break
        end = closing.end()
        parts.append(text[at : end if _LD_TYPE.search(opening[0]) else opening.start()])
        at = end
    parts.append(text[at:])
    return "".join(parts)


def parse_tree(text: str) -> Any:
    """Give the root of a page's tree; None where nothing can be parsed."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _meta(root: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in root.iter("meta"):
        value = unescape(tag.get("content") or "").strip()
        if not value:
            continue
        for key in ("name", "property", "itemprop", "http-equiv"):
            name = (tag.get(key) or "").strip().lower()
            if name:
                found.setdefault(name, []).append(value)
    return found


def _linked_data(root: Any) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        if _LD_TYPE.search(script.get("type") or "") and script.text:
            yield from _objects(script.text)


def _objects(text: str) -> Iterator[dict[str, Any]]:
    try:
        told = json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        loose = dict(reversed(_LD_FIELD.findall(text)))
        if loose:
            yield {**loose, "@type": "NewsArticle" if "Article" in text else "Thing"}
        return
    pending: list[tuple[Any, int]] = [(told, 0)]
    while pending:
        item, depth = pending.pop()
        if isinstance(item, dict):
            yield item
            inner: list[Any] = [item.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage")]
        else:
            inner = item if isinstance(item, list) else []
        if depth < _DEEPEST_JSON:
            pending.extend((part, depth + 1) for part in reversed(inner) if isinstance(part, dict | list))


def _is_article(item: dict[str, Any]) -> bool:
    told = item.get("@type")
    types = told if isinstance(told, list) else [told]
    return any(kind in _ARTICLES for kind in types if isinstance(kind, str))


def _publisher(item: dict[str, Any]) -> str | None:
    told = item.get("publisher")
    if isinstance(told, list):
        told = told[0] if told else None
    name = told.get("name") if isinstance(told, dict) else told
    return unescape(name).strip() or None if isinstance(name, str) else None
