"""Finds the element that holds an article's body.

trafilatura says what is text; the page's own tree says where it ends.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import trafilatura

from extract.article.blocks import Block
from extract.article.page import PageTree
from extract.article.sites import is_never_body, is_part, sites
from extract.article.title import squash

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_MOST_ELEMENTS = 60_000
_MOST_BLOCKS = 15_000
_PROBE = 80
_SURE = 0.8
"""Share of a page's prose in one element with a body's name that leaves no doubt."""
_PLENTY = 500
_FURNITURE_TAGS = ("nav", "footer")


def find_body(page: PageTree, said: Callable[[], str], spoken_for: Iterable[Block]) -> Any:
    """Give the element that holds the body.

    `said` gives what `main_text` takes for text, asked only where the page's own names leave a doubt; `spoken_for`
    (headline, standfirst) does not count.
    """
    told = list(spoken_for)
    apart = {block.order for block in told}
    home = {above for block in told for above in block.node.iterancestors()}
    blocks = [
        block
        for block in page.blocks
        if block.order not in apart
        and block.order not in page.teasers
        and not any(is_never_body(part) and part not in home for part in block.noise)
    ]
    after = max((block.order for block in told if block.kind == "heading"), default=-1)
    prose = {block.order: len(block.text) for block in blocks if is_prose(block) and block.order > after}
    sure = _named(blocks, prose, prose, _SURE) if sum(prose.values()) >= _PLENTY else None
    if sure is not None:
        return sure
    claimed = _claimed(said(), blocks)
    weights = claimed or prose
    if not weights:
        return _around(page.root, told)
    share = 0.85 if claimed else 0.6
    deepest = _deepest(page.root, blocks, weights, share)
    named = _named(blocks, weights, prose, 0.5)
    return _completed(named, weights, blocks) if named is not None else _grown(deepest, blocks)


def _around(root: Any, told: Sequence[Block]) -> Any:
    """Give the innermost element that holds headline and standfirst: a picture or film with no text of its own."""
    if not told:
        return root
    shared = [above for above in told[0].node.iterancestors() if all(holds(above, block.node) for block in told)]
    return shared[0] if shared else root


def is_prose(block: Block) -> bool:
    """Tell whether a block reads like text of an article: a sentence or a table, hardly any link, no furniture."""
    if any(part.tag in _FURNITURE_TAGS for part in block.noise) or block.linked > 0.3:
        return False
    return block.grid is not None or len(block.text) >= 60 or (len(block.text) >= 25 and block.text[-1] in '.!?…”"')


def _claimed(text: str, blocks: Sequence[Block]) -> dict[int, int]:
    """Give the blocks that trafilatura takes for text, with their lengths."""
    if len(text) < 80:
        return {}
    found: dict[int, int] = {}
    for block in (block for block in blocks[:_MOST_BLOCKS] if block.linked < 0.6):
        plain = squash(block.text if block.grid is None else block.grid.rows[-1][0])
        if len(plain) >= 20 and plain[:_PROBE] in text:
            found[block.order] = len(plain)
    return found


def main_text(page: PageTree) -> str:
    """Give the letters and digits that trafilatura takes for a page's text; `""` where it finds none."""
    if sum(1 for _, _ in zip(page.root.iter(), range(_MOST_ELEMENTS), strict=False)) >= _MOST_ELEMENTS:
        return ""
    try:
        found = trafilatura.bare_extraction(page.root, fast=True, include_comments=False, include_tables=True)
    except Exception:  # noqa: BLE001 - a foreign parser on any bytes; without it the page's own tree decides
        return ""
    text = getattr(found, "text", None)
    return squash(text) if isinstance(text, str) else ""


def _sums(blocks: Sequence[Block], weights: dict[int, int]) -> dict[Any, int]:
    sums: dict[Any, int] = defaultdict(int)
    for block in blocks:
        weight = weights.get(block.order)
        if weight:
            sums[block.node] += weight
            for above in block.node.iterancestors():
                sums[above] += weight
    return sums


def _deepest(root: Any, blocks: Sequence[Block], weights: dict[int, int], share: float) -> Any:
    """Give the deepest element that holds the share of all weight."""
    sums = _sums(blocks, weights)
    need = share * sum(weights.values())
    node = root
    while True:
        child = next((part for part in node if sums.get(part, 0) >= need), None)
        if child is None:
            break
        node = child
    if node.tag in ("p", "h1", "h2", "h3", "h4", "li", "tr", "tbody", "span", "table") and node is not root:
        return next((above for above in node.iterancestors("div", "section", "article", "main", "body", "td")), root)
    return node


def _named(blocks: Sequence[Block], weights: dict[int, int], prose: dict[int, int], share: float) -> Any:
    """Give the innermost element with a body's name that holds that share of the text; None where none does."""
    sums, read = _sums(blocks, weights), _sums(blocks, prose)
    need = share * sum(weights.values())
    best, best_depth = None, -1
    most = max((read.get(node, 0) for node in read if is_part(node, sites().body)), default=0)
    for node in read:
        if not is_part(node, sites().body) or node.tag == "html":
            continue
        if sums.get(node, 0) >= need and read[node] >= 0.9 * most:
            depth = sum(1 for _ in node.iterancestors())
            if depth > best_depth:
                best, best_depth = node, depth
    return best


def _completed(node: Any, weights: dict[int, int], blocks: Sequence[Block]) -> Any:
    """Climb to the parent where much of the text stands right beside an element with a body's name."""
    parent = node.getparent()
    if parent is None or parent.tag in ("body", "html", "form"):
        return node
    sums = _sums(blocks, weights)
    total = sum(weights.values())
    if sums.get(node, 0) >= 0.9 * total or sums.get(parent, 0) < 0.95 * total:
        return node
    return parent


def _grown(node: Any, blocks: Sequence[Block]) -> Any:
    """Climb while a neighbour goes on in the same way: prose without a single link."""
    for _ in range(4):
        parent = node.getparent()
        if parent is None or parent.tag in ("body", "html", "form"):
            return node
        inside = set(node.iter())
        around = [block for block in blocks if block.node not in inside and holds(parent, block.node)]
        more = [block for block in around if is_prose(block) and not block.noise]
        if len(more) < 2 or any(block.linked > 0.3 for block in around) or sum(len(block.text) for block in more) < 240:
            return node
        node = parent
    return node


def holds(outer: Any, inner: Any) -> bool:
    """Tell whether an element is another, or stands around it."""
    return outer is inner or any(above is outer for above in inner.iterancestors())
