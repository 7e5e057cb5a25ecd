"""Tells the announcements of other articles by their build: a linked headline and a line of text in a small box."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Any

from extract.article.blocks import Block

_NEAR = 4
_MOST_BLOCKS = 4


def teasers(blocks: Sequence[Block]) -> frozenset[int]:
    """Give the orders of blocks that announce another article; one alone may be the article's own, and is none."""
    held: Counter[Any] = Counter()
    for block in blocks:
        held.update(_around(block))
    found = set()
    for headline, line in pairwise(blocks):
        if headline.kind != "heading" or headline.linked < 0.9 or line.linked > 0.9 or line.kind == "heading":
            continue
        outside = set(_around(headline))
        box = next((part for part in _around(line) if part in outside), None)
        if box is not None and held[box] <= _MOST_BLOCKS and box.tag not in ("body", "main"):
            found.add(line.order)
    return frozenset(found) if len(found) > 1 else frozenset()


def _around(block: Block) -> Iterator[Any]:
    yield block.node
    yield from islice(block.node.iterancestors(), _NEAR)
