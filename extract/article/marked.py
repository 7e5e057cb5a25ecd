"""Where the characters of a parsed page stand in its decoded source.

The source is parsed a second time with a mark before each stretch of text behind a tag; a mark in a text node says
where that stretch began, and from there source and node are read in step. What does not agree has no place.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any, NamedTuple

from lxml import etree

from extract.article.page import LONG, LONGEST_PAGE, NEVER_SHOWN, STRAY, parse_tree, without_scripts

_FIRST_MARK = 0xF0000
_MOST_MARKS = 65_000
_MARK = re.compile("[\U000f0000-\U000ffffd]")
_STRETCH = re.compile(r">\s*(?=[^<\s])")
_REFERENCE = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#\d{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_UNSEEN = re.compile(
    r"[\s\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00a0\u00ad\u1680\u2000-\u200f\u202a-\u202f\u205f-\u2064\u3000\ufeff]"
)


class Sign(NamedTuple):
    """One visible sign: a letter or mark as Unicode takes them apart, and where it came from."""

    char: str
    at: Any


def signs(pairs: Sequence[tuple[str, Any]]) -> list[Sign]:
    """Take characters apart (NFD, in the canonical order), blanks and unseen ones left out; each keeps its origin."""
    found: list[Sign] = []
    for char, at in pairs:
        if not _UNSEEN.match(char):
            parts = char if char.isascii() else unicodedata.normalize("NFD", char)
            found += [Sign(part, at) for part in parts]
    begun = 0
    for index in range(len(found) + 1):
        if index < len(found) and unicodedata.combining(found[index].char):
            continue
        if index - begun > 2:
            found[begun + 1 : index] = sorted(found[begun + 1 : index], key=lambda one: unicodedata.combining(one.char))
        begun = index
    return found


def spelled(text: str) -> str:
    """Give the visible signs of a text."""
    return "".join(one.char for one in signs([(char, None) for char in text]))


Node = tuple[Any, bool]
"""A text node: the element and whether it is its tail."""
Place = tuple[int, int]
"""Span in the source."""


def places(source: str, root: Any) -> dict[Node, list[tuple[str, Place | None]]] | None:
    """Give the characters of each text node of `root`, each with its place; None where the page parses otherwise."""
    if len(source) > LONGEST_PAGE or _MARK.search(source):
        return None
    starts: list[int] = []
    pieces, at = [], 0
    for stretch in _STRETCH.finditer(source):
        if len(starts) == _MOST_MARKS:
            break
        pieces += [source[at : stretch.end()], chr(_FIRST_MARK + len(starts))]
        starts.append(stretch.end())
        at = stretch.end()
    marked = "".join([*pieces, source[at:]])
    twin = parse_tree(STRAY.sub(" ", without_scripts(marked) if len(source) > LONG else marked))
    if twin is None:
        return None
    etree.strip_elements(twin, *NEVER_SHOWN, with_tail=False)
    elements, twins = list(root.iter()), list(twin.iter())
    if [one.tag for one in elements] != [one.tag for one in twins]:
        return None
    known: dict[Node, list[tuple[str, Place | None]]] = {}
    for one, other in zip(elements, twins, strict=True):
        for tail in (False, True):
            text = (one.tail if tail else one.text) or ""
            placed = list(_placed((other.tail if tail else other.text) or "", source, starts))
            if "".join(char for char, _ in placed) != text:
                return None
            known[one, tail] = placed
    return known


def _placed(text: str, source: str, starts: list[int]) -> Iterator[tuple[str, Place | None]]:
    """Read a node's marked text and the source in step."""
    at: int | None = None
    place: Place | None = None
    pending = ""  # what is left of a reference that stands for several characters
    for char in text:
        if _MARK.match(char):
            at, pending = starts[ord(char) - _FIRST_MARK], ""
            continue
        if pending.startswith(char):
            pending = pending[1:]
        elif pending or at is None:
            at, place, pending = None, None, ""
        else:
            end, pending = _read(char, source, at)
            place = (at, end) if end is not None else None
            at = end
        yield char, place


def _read(char: str, source: str, at: int) -> tuple[int | None, str]:
    """Read one character of the source; give where it ends (None: another stands there), and what it is besides."""
    reference = _REFERENCE.match(source, at)
    if reference is not None and (meant := unescape(reference[0])) != reference[0] and meant.startswith(char):
        return reference.end(), meant[1:]
    if char == "\n" and source.startswith("\r\n", at):
        return at + 2, ""
    return (at + 1, "") if source.startswith(char, at) else (None, "")
