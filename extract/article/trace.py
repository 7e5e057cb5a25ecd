"""The way back: where a stretch of an article's text stands in the page it was read from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, takewhile
from typing import Any, NamedTuple

from lxml import etree

from extract.article.blocks import PICTURES, UNREAD, Block
from extract.article.marked import Node, Place, Sign, places, signs, spelled
from extract.article.page import PageTree, parse_tree
from extract.article.read import CELLS, settle
from extract.article.tables import cell_text, cells_of, nodes
from extract.pages.characters import page_text
from extract.text import contract_text

_JOINTS = ("", "\n\n", "\n", ": ", " ")
"""What may stand between two blocks in an article's text."""

_PATH = re.compile(r"(?:/[A-Za-z*][\w-]*(?:\[\d+\])?)+", re.ASCII)

Placed = dict[Node, list[tuple[str, Place | None]]]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stretch of an article's text stands in its page."""

    xpath: str | None
    """The smallest block or cell that holds all of it, as `lxml.html` reads the source; None where that is not sure."""
    start: int | None
    """Where it begins in the page's decoded source; None where that is not sure."""
    end: int | None
    """Where it ends there; references (`&agrave;`), tags and comments may stand in between."""


class _Part(NamedTuple):
    """What one character of the text is made of: a sign, the block or cell that shows it, its place in the source."""

    char: str
    holder: Any
    place: Place | None


class Trace:
    """An article and the way from its text back to the page.

    `article` is what `read_article` gives of the page, `source` the page's decoded text, to which offsets refer.
    """

    def __init__(self, html: bytes | str, url: str) -> None:
        self.article, self._page, self._chosen = settle(html, url)
        self.source = page_text(html)

    def locate(self, start: int, end: int) -> Origin | None:
        """Say where `article.text[start:end]` stands; None where nothing sure can be said, never a wrong place."""
        characters = [self._parts[at] for at in range(max(0, start), end) if at in self._parts]
        if not characters or any(
            spelled(char) and at not in self._parts and char not in "|:"
            for at, char in enumerate(self.article.text[start:end], start)
        ):
            return None
        parts = [part for character in characters for part in character]
        path = self._path(parts)
        known = [part.place for part in parts if part.place is not None]
        begins = (
            [min(part.place[0] for part in one if part.place is not None) for one in characters]
            if len(known) == len(parts)
            else []
        )
        if begins and begins == sorted(begins):
            return Origin(path, begins[0], max(place[1] for place in known))
        return Origin(path, None, None) if path is not None else None

    @cached_property
    def _parts(self) -> dict[int, list[_Part]]:
        """What each visible character of the text is made of, where that is known."""
        found: dict[int, list[_Part]] = {}
        if self._page is None:
            return found
        shown = _shown(self._page, places(self.source, self._page.root) or {})
        for at, piece, key in _laid(self.article.text, self._chosen):
            holder, there = shown.get(key, (None, []))
            mine = signs([(char, at + index) for index, char in enumerate(piece)])
            if [one.char for one in mine] == [one.char for one in there]:
                for one, other in zip(mine, there, strict=True):
                    found.setdefault(one.at, []).append(_Part(one.char, holder, other.at))
        return found

    @cached_property
    def _plain(self) -> Any:
        return parse_tree(self.source)

    def _path(self, parts: Sequence[_Part]) -> str | None:
        """Give the path of what holds all these parts, tried on the page as anyone would parse it."""
        if self._plain is None:
            return None
        held = [
            (holder, "".join(part.char for part in some)) for holder, some in groupby(parts, lambda one: one.holder)
        ]
        lines = [[*reversed(list(holder.iterancestors())), holder] for holder, _ in held]
        common = [level[0] for level in takewhile(lambda level: len(set(level)) == 1, zip(*lines, strict=False))]
        if not common:
            return None
        path: str = common[-1].getroottree().getpath(common[-1])
        if not _PATH.fullmatch(path):
            return None  # of a tag with an odd name, which XPath would read as an expression
        there = self._plain.getroottree().xpath(path)
        words = spelled("".join(_words(there[0]))) if len(there) == 1 else ""
        at = 0
        for _, asked in held:
            found = words.find(asked, at)
            if found < 0:
                return None
            at = found + len(asked)
        return path


def trace_article(html: bytes | str, url: str) -> Trace:
    """Read a page as `read_article` does and keep the way back from its text to the page; no page raises."""
    return Trace(html, url)


def _shown(page: PageTree, known: Placed) -> dict[tuple[int, int], tuple[Any, list[Sign]]]:
    """Give, by block and cell (-1: no table), the element that shows it and its signs, placed in the source.

    What the blocks hold and what the walk over the page shows must be the same throughout, else nothing is given.
    """
    found: dict[tuple[int, int], tuple[Any, list[Sign]]] = {}
    tables = {block.node: block for block in page.blocks if block.grid is not None}
    shown = signs([pair for node in _walk(page.root, tables) for pair in _of(node, known)])
    at = 0
    for block in page.blocks:
        if block.grid is not None:
            cells = [cell for row in cells_of(block.node) for cell in row if cell_text(cell)]
            for number, cell in enumerate(cells):
                inside = [pair for node in nodes(cell) if node[0] is not None for pair in _of(node, known)]
                found[block.order, number] = cell, signs(inside)
            continue
        words = spelled(block.text)
        here = shown[at : at + len(words)]
        if "".join(one.char for one in here) != words:
            return {}
        found[block.order, -1] = block.node, here
        at += len(words)
    return found if at == len(shown) else {}


def _of(node: Node, known: Placed) -> list[tuple[str, Place | None]]:
    """Give the characters of a text node, placed where the source was read in step with it."""
    return known.get(node) or [(char, None) for char in (node[0].tail if node[1] else node[0].text) or ""]


def _walk(root: Any, tables: dict[Any, Block]) -> Iterator[Node]:
    """Give the text nodes that the blocks of a page are made of, in order (see `page_blocks`); not those of tables."""
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            if element is not root:
                yield element, True
        elif element.tag in UNREAD or element in tables:
            walk.skip_subtree()
        elif isinstance(element.tag, str) and element.tag != "br" and element.tag not in PICTURES:
            yield element, False


def _laid(text: str, chosen: Sequence[Block]) -> Iterator[tuple[int, str, tuple[int, int]]]:
    """Give the pieces of a text with where they begin: the blocks it was made of, tables cell by cell."""
    at = 0
    for block in chosen:
        rows = [[contract_text(cell) for cell in row] for row in block.grid.rows] if block.grid is not None else []
        whole = "\n".join(CELLS.join(row) for row in rows) if rows else contract_text(block.text)
        joint = next((joint for joint in _JOINTS if text.startswith(joint + whole, at)), None)
        if joint is None:
            return
        at += len(joint)
        if not rows:
            yield at, whole, (block.order, -1)
        number, begun = 0, at
        for cell, ends in (
            (cell, 1 if index == len(row) - 1 else len(CELLS)) for row in rows for index, cell in enumerate(row)
        ):
            if cell:
                yield begun, cell, (block.order, number)
                number += 1
            begun += len(cell) + ends
        at += len(whole)


def _words(element: Any) -> Iterator[str]:
    """Give what an element shows."""
    for node, tail in nodes(element):
        yield (node.tail if tail else node.text) if node is not None else ""
