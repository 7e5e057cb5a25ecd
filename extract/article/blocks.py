"""Walks a page once and gives what it shows as blocks: paragraphs, headings, items, captions, tables.

Nothing is judged here but what kind of block it is; what is noise is only noted (`Block.noise`), and decided later.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from lxml import etree

from extract.article.sites import is_noise_name, is_part, sites
from extract.article.tables import Grid, read_table
from extract.text import contract_text

BlockKind = Literal["paragraph", "heading", "item", "caption", "table"]

UNREAD = frozenset(
    ("script", "style", "noscript", "template", "svg", "math", "head", "title", "button", "select", "option",
     "textarea", "object", "embed", "video", "audio", "canvas", "map", "iframe", "input", "datalist", "dialog")
)  # fmt: skip
_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
     "ins", "kbd", "mark", "nobr", "o:p", "picture", "q", "rp", "rt", "ruby", "s", "samp", "small", "source", "span",
     "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "label", "st1:place", "amp-img")
)  # fmt: skip
PICTURES = frozenset(("img", "amp-img"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NOISE_TAGS = frozenset(("nav", "footer", "aside"))
_SPACE = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_UNSEEN = re.compile(r"[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACES = re.compile(r" {2,}")
_LINE = re.compile(r" *\n *")
_ENDED = re.compile(r"[.!?:;…”\")]\s*$")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:(?:^|[\s(.–-])(?:Ảnh|Nguồn|Đồ h(?:ọa|oạ)|Video|Clip|Infographic)\s*:\s*[^.:()\n]{2,50}|Ảnh minh h(?:ọa|oạ))"
    r"[).]{0,2}$"
)
"""Who took a picture, at the end of what is said of it."""
_LONG_LINE = 60
_LONGEST_CAPTION = 400


@dataclass(slots=True, eq=False)
class Block:
    """One paragraph, heading, list item, caption or table, in the order of the page."""

    kind: BlockKind
    text: str
    """As a browser shows it: white space collapsed, `\\n` for a line break."""
    node: Any
    """The element in which the text stands."""
    order: int
    """Place on the page."""
    linked: float = 0.0
    """Share of the text that is a link, 0..1."""
    bold: float = 0.0
    """Share of the text that is bold, 0..1."""
    level: int = 0
    """Rank of a heading, 1..6; else 0."""
    noise: tuple[Any, ...] = ()
    """Elements around it whose name says that they are not the article."""
    grid: Grid | None = None
    """The cells, for a table."""


@dataclass(slots=True)
class _Pen:
    """What is being written: the pieces of the block at hand and where the walk stands."""

    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    holders: list[tuple[Any, BlockKind, int]] = field(default_factory=list)
    noise: list[Any] = field(default_factory=list)
    links: int = 0
    slanted: int = 0
    heavy: int = 0
    linked: int = 0
    italic: int = 0
    bold: int = 0
    after_picture: bool = False

    def add(self, text: str | None) -> None:
        """Write what an element shows."""
        if not text:
            return
        if text.isspace():
            if self.pieces:
                self.pieces.append(" ")
            return
        piece = _UNSEEN.sub("", _SPACE.sub(" ", text))
        self.pieces.append(piece)
        weight = len(piece) - piece.count(" ")
        self.linked += weight if self.links else 0
        self.italic += weight if self.slanted else 0
        self.bold += weight if self.heavy else 0

    def line_break(self) -> None:
        """End a line; a second break, or the end of a long sentence, ends the paragraph."""
        at = len(self.pieces)
        while at and self.pieces[at - 1] != "\n":
            at -= 1
        line = "".join(self.pieces[at:]).strip()
        if not line or (len(line) > _LONG_LINE and _ENDED.search(line)):
            self.flush()
        else:
            self.pieces[at:] = [line, "\n"]

    def flush(self) -> None:
        """Close the block at hand."""
        if not self.pieces:
            return
        text = _LINE.sub("\n", _SPACES.sub(" ", "".join(self.pieces))).strip()
        weight = len(text) - text.count(" ")
        if text:
            text = contract_text(text)
            node, kind, level = self.holders[-1]
            if kind == "paragraph" and self.after_picture and len(text) < _LONGEST_CAPTION:
                kind = "caption" if self.italic >= 0.9 * weight or _CREDIT.search(text) else kind
            block = Block(kind, text, node, len(self.blocks), level=level, noise=tuple(self.noise))
            block.linked, block.bold = min(1.0, self.linked / max(1, weight)), min(1.0, self.bold / max(1, weight))
            self.blocks.append(block)
            self.after_picture = False
        self.pieces, self.linked, self.italic, self.bold = [], 0, 0, 0


def page_blocks(root: Any) -> list[Block]:
    """Give everything that the page shows, in order; linear in the page, never recursive."""
    pen = _Pen(holders=[(root, "paragraph", 0)])
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if not isinstance(tag, str):
            if event == "end":
                pen.add(element.tail)
        elif event == "start":
            _open(pen, element, tag, walk)
        else:
            _close(pen, element, tag)
            if element is not root:
                pen.add(element.tail)
    pen.flush()
    return pen.blocks


def _open(pen: _Pen, element: Any, tag: str, walk: Any) -> None:
    if tag in UNREAD:
        walk.skip_subtree()
        return
    if tag == "br":
        pen.line_break()
    elif tag in PICTURES:
        pen.after_picture = True
    elif tag in _INLINE:
        pen.links += tag == "a" and element.get("href") is not None
        pen.slanted += tag in ("em", "i", "cite")
        pen.heavy += tag in ("b", "strong")
        pen.add(element.text)
    else:
        pen.flush()
        if tag in _NOISE_TAGS or _is_hidden(element) or is_noise_name(element):
            pen.noise.append(element)
        if tag == "table" and _table(pen, element, walk):
            return
        pen.holders.append((element, *_kind(element, tag, pen.holders[-1])))
        pen.add(element.text)


def _table(pen: _Pen, element: Any, walk: Any) -> bool:
    grid = read_table(element)
    if grid is None:
        return False
    text = "\n".join(" | ".join(row) for row in grid.rows)
    pen.blocks.append(Block("table", text, element, len(pen.blocks), noise=tuple(pen.noise), grid=grid))
    pen.holders.append((element, "paragraph", 0))
    walk.skip_subtree()
    return True


def _close(pen: _Pen, element: Any, tag: str) -> None:
    if tag in UNREAD or tag == "br" or tag in PICTURES:
        return
    if tag in _INLINE:
        pen.links -= tag == "a" and element.get("href") is not None
        pen.slanted -= tag in ("em", "i", "cite")
        pen.heavy -= tag in ("b", "strong")
        return
    pen.flush()
    if len(pen.holders) > 1 and pen.holders[-1][0] is element:
        pen.holders.pop()
    if pen.noise and pen.noise[-1] is element:
        pen.noise.pop()


def _kind(element: Any, tag: str, outer: tuple[Any, BlockKind, int]) -> tuple[BlockKind, int]:
    """Tell what the text of an element is; what a caption, heading or item holds stays one."""
    if tag == "figcaption" or is_part(element, sites().caption):
        return "caption", 0
    if outer[1] == "caption":
        return "caption", 0
    if tag in _HEADINGS:
        return "heading", int(tag[1])
    if tag in ("li", "dd", "dt"):
        return "item", 0
    if outer[1] in ("heading", "item") and tag not in ("ul", "ol", "table", "td", "article", "section"):
        return outer[1], outer[2]
    return "paragraph", 0


def _is_hidden(element: Any) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None
