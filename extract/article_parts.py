"""Chooses, of what a page shows, the blocks that are the article."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from extract.article_page import PageTree
from extract.article_sites import sites
from extract.article_title import squash
from extract.blocks import Block

_MARKS = re.compile(r"[\u0300-\u036f]")
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_COUNT = re.compile(r"\s*\(?\d*\)?$")
_ENDED = re.compile(r"[.!?…;”\"]\W*$")
_DATED = re.compile(r"^[\W\d]*(?:ngày|lúc|cập nhật|thứ|gmt|am|pm|[\W\d])*$", re.IGNORECASE)


def folded(text: str) -> str:
    """Give a line in lower case without diacritics, without signs and counts at its ends."""
    plain = _MARKS.sub("", unicodedata.normalize("NFD", text.casefold())).replace("đ", "d")
    return _EDGE.sub("", _COUNT.sub("", " ".join(plain.split())))


def choose_blocks(page: PageTree, body: Any, title: Block | None, lead: Sequence[Block]) -> list[Block]:
    """Give lead and body in the order of the page: no furniture, no lists of other articles, nothing twice."""
    inside = _inside(page, body, title)
    excused = _excused(inside, body)
    kept: list[Block] = []
    seen = {squash(title.text)} if title is not None else set()
    led = {block.order for block in lead}
    opening = {squash(block.text) for block in lead}
    listing = False
    for block in inside:
        if block.order in led or (len(kept) < 4 and squash(block.text) in opening):
            continue
        line = folded(block.text) if len(block.text) < 60 else ""
        if line in sites().comments and kept:
            break
        listing = (listing or line in sites().lists) if line or block.linked > 0.5 else listing and block.linked > 0.2
        if _is_furniture(block, line, excused) or (listing and (block.linked > 0.2 or line)):
            continue
        if block.kind == "heading" and squash(block.text) in seen:
            continue
        kept.append(block)
    return [*lead, *_without_tail(kept)]


def _inside(page: PageTree, body: Any, title: Block | None) -> list[Block]:
    nodes = set(body.iter())
    inside = [block for block in page.blocks if block.node in nodes]
    if title is not None and title.node in nodes:
        after = [block for block in inside if block.order > title.order]
        return after or inside
    return inside


def _excused(inside: Sequence[Block], body: Any) -> set[Any]:
    """Elements that are named like noise and yet hold the body or most of its text."""
    excused = {body, *body.iterancestors()}
    total = sum(len(block.text) for block in inside if block.linked < 0.5)
    held: dict[Any, int] = {}
    for block in inside:
        if block.linked < 0.5:
            for part in block.noise:
                held[part] = held.get(part, 0) + len(block.text)
    return excused | {part for part, size in held.items() if size > 0.5 * total}


def _is_furniture(block: Block, line: str, excused: set[Any]) -> bool:
    if any(part not in excused for part in block.noise):
        return True
    if line and line in sites().furniture:
        return True
    if not any(sign.isalnum() for sign in block.text):
        return True
    if block.linked > 0.9 and block.kind != "table":
        return not _ENDED.search(block.text) or len(block.text) < 40
    if block.linked > 0.5:
        start = folded(block.text[:40])
        return start.startswith(sites().pointers) or block.text.lstrip().startswith((">>", "»"))
    return False


def _without_tail(kept: list[Block]) -> list[Block]:
    """Leave out headings that nothing follows: they headed a list that was left out."""
    end = len(kept)
    while end and kept[end - 1].kind == "heading" and len(kept[end - 1].text) < 60:
        end -= 1
    return kept[:end] if end else kept
