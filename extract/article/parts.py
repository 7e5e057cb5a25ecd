"""Chooses, of what a page shows, the blocks that are the article."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from extract.article.blocks import Block
from extract.article.body import holds
from extract.article.page import PageTree
from extract.article.sites import is_never_body, is_noise_name, sites
from extract.article.title import squash

_MARKS = re.compile(r"[\u0300-\u036f]")
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_COUNT = re.compile(r"\s*\(?\d*\)?$")
_ENDED = re.compile(r"[.!?…;”\"]\W*$")
_RIGHT = re.compile(r"text-align\s*:\s*right|\bright\b", re.IGNORECASE)
_FIGURE = re.compile(r"^[~≈><+\-]?\s*\d[\d.,]*\s*(?:%|triệu|tỷ|tỉ|nghìn|ngàn)?\s*(?:đồng)?$")
_SIGNATURE = 60
_SHORT_ITEM = 200
_INVITATION = 160


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
    listing, box = False, None
    for block, following in zip_longest(inside, inside[1:]):
        again = len(kept) < 4 and block.kind != "caption" and squash(block.text) in opening
        if again or block.order in led or block.order in page.teasers:
            continue
        line = folded(block.text) if len(block.text) < 60 else ""
        if line in sites().comments and kept:
            break
        if line in sites().lists:
            box = _box(block, following, body)
        elif box is not None and not holds(box, block.node):
            listing, box = False, None
        listing = (listing or line in sites().lists) if line or block.linked > 0.5 else listing and block.linked > 0.2
        if _is_furniture(block, line, excused) or (listing and (block.linked > 0.2 or line)):
            continue
        repeats = block.kind == "heading" or (block.kind == "paragraph" and len(kept) < 3)
        if repeats and squash(block.text) in seen:
            continue
        kept.append(block)
    return [*lead, *_without_tail(kept)]


def _box(heading: Block, following: Block | None, body: Any) -> Any:
    """Give the element in which a list under its heading stands by itself; None where it stands in the body."""
    for above in heading.node.iterancestors():
        if above is body:
            return None
        if following is not None and holds(above, following.node):
            return above
    return None


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
    furniture = {part for block in inside for part in block.noise if is_never_body(part)}
    total = sum(len(block.text) for block in inside if block.linked < 0.5)
    held: dict[Any, int] = {}
    linked: dict[Any, float] = {}
    for block in inside:
        for part in block.noise:
            held[part] = held.get(part, 0) + (len(block.text) if block.linked < 0.5 else 0)
            linked[part] = linked.get(part, 0.0) + block.linked * len(block.text)
    boxes = {
        part for part in held if part.tag == "aside" and not is_noise_name(part) and linked[part] < 0.2 * held[part]
    }
    return excused | boxes | {part for part, size in held.items() if size > 0.5 * total and part not in furniture}


def _is_furniture(block: Block, line: str, excused: set[Any]) -> bool:
    if any(part not in excused for part in block.noise):
        return True
    if line and line in sites().furniture:
        return True
    if len(block.text) < _INVITATION and folded(block.text).startswith(sites().invitations):
        return True
    if not any(sign.isalnum() for sign in block.text) or all(word.startswith("#") for word in block.text.split()):
        return True
    if block.linked > 0.9 and block.kind != "table":
        return not _ENDED.search(block.text) or len(block.text) < 40
    if block.linked > 0.5:
        start = folded(block.text[:40])
        return start.startswith(sites().pointers) or block.text.lstrip().startswith((">>", "»"))
    return False


def _without_tail(kept: list[Block]) -> list[Block]:
    """Leave out headings that nothing follows (they headed a list that was left out) and signatures."""
    end = len(kept)
    while end > 1 and (
        (kept[end - 1].kind == "heading" and len(kept[end - 1].text) < 60) or _is_signature(kept[end - 1])
    ):
        end -= 1
    return kept[:end]


def _is_signature(block: Block) -> bool:
    """Tell whether a last line is who wrote it: a few words, no figure, no sentence, set bold or to the right."""
    text = block.text
    if block.kind != "paragraph" or len(text) > _SIGNATURE or any(sign.isdigit() for sign in text) or "\n" in text:
        return False
    if text[-1] in ".!?…:;" and not text.endswith(("(t/h).", "T.H.")):
        return False
    if len(text.split()) > 8 or not text.lstrip("(-–— ")[:1].isupper():
        return False
    return block.bold > 0.9 or any(
        _RIGHT.search(f"{part.get('style') or ''} {part.get('align') or ''} {part.get('class') or ''}")
        for part in (block.node, block.node.getparent())
        if part is not None
    )


def laid_out(blocks: Sequence[Block]) -> list[Block]:
    """Join what the page shows as one: short items of a list, a term and its value, a lone figure and its label."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        between = _between(last, block) if last is not None else None
        if last is None or between is None:
            joined.append(block)
        else:
            joined[-1] = replace(block, text=f"{last.text}{between}{block.text}")
    return joined


def _between(last: Block, block: Block) -> str | None:
    """Give what stands between two blocks that belong together; None where they do not."""
    if block.kind != last.kind:
        return None
    if block.kind == "paragraph":
        return " " if _FIGURE.match(last.text) and block.text[0].islower() else None
    if block.kind != "item" or len(block.text) > _SHORT_ITEM:
        return None
    if last.node.tag == "dt" and block.node.tag == "dd":
        return " " if last.text.endswith(":") else ": "
    one, other = _list_of(last.node), _list_of(block.node)
    return "\n" if one is not None and one is other and len(last.text) - last.text.rfind("\n") <= _SHORT_ITEM else None


def _list_of(node: Any) -> Any:
    return next(node.iterancestors("ul", "ol", "dl"), None)
