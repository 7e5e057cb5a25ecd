"""Sentences and paragraphs of contract text, as spans.

A line end always ends a sentence. A full stop does not where it stands in a number (`8.475`), an abbreviation
(`TP. Bắc Giang`, `T.Ư`, `Th.S`), initials (`N. V. A.`), a list number (`1. Huyện A`) or inside brackets that close
later on the line. A semicolon never does.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

from extract.text import plain_form


class Span(NamedTuple):
    """`text[start:end]`, without white space around it; never empty."""

    start: int
    end: int


_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_MARK = re.compile(r"[.!?…\n](?:(?<=\n)\n*|(?<![.!?…]{2})[.!?…]*+[\"'”’»)\]]*+(?=[^\S\n]|[^\W\d_]))")
"""Line ends, and stops that may end a sentence: what is glued to a digit or mark never does, nor is a line's last one
in question. Only the first stop of a run begins a match, and nothing is given back: a million full stops cost one
pass."""
_OPENS = re.compile(r"\s*[\"'“‘«(\[-]*\s*(\S)")
_WORD_BEFORE = re.compile(r"[^\s.,;:!?\"'“”‘’()\[\]/]*$")
_ITEM_NUMBER = re.compile(r"[\s#*+-]*(?:[0-9]{1,3}(?:\.[0-9]{1,2})*|[a-zđ]|[ivxIVX]{1,4})$")
_INITIALS = re.compile(r"[^\W\d_]\.\s?[^\W\d_]\.")
_BRACKETS = re.compile(r"[()]")

# Abbreviations written with a full stop after which the same sentence goes on.
_ABBREVIATIONS = frozenset({
    "tp", "tx", "tt", "tnhh", "q", "p", "h", "x", "kp", "th", "ths", "ts", "pgs", "gs", "bs", "ds", "ks", "kts",
    "cn", "ls", "bshk", "tr", "tk", "gđ", "pgđ", "pct", "ct", "ubnd", "stt", "st", "dr", "mr", "mrs", "ms", "no",
    "vs", "tel", "đt", "sđt", "vd", "ttg", "ng", "nxb", "đc", "tw", "cty", "mtv", "cp", "hđnd", "nđ", "qđ", "nq",
    "tl", "ql",
})  # fmt: skip
_LONGEST_WORD = 40
_LONGEST_ITEM = 12
_LONGEST_BRACKET = 400


def paragraphs(text: str) -> list[Span]:
    """Give the paragraphs: stretches apart by one or more blank lines."""
    spans: list[Span] = []
    start = 0
    for gap in _BLANK_LINE.finditer(text):
        _add_trimmed(spans, text, start, gap.start())
        start = gap.end()
    _add_trimmed(spans, text, start, len(text))
    return spans


def sentences(text: str) -> list[Span]:
    """Give the sentences in order; together they hold every character that is no white space. Linear in length."""
    spans: list[Span] = []
    view = plain_form(text)
    begun = line = 0
    closed: list[tuple[int, int]] | None = None
    for mark in _MARK.finditer(view):
        at, behind = mark.span()
        if view[at] == "\n":
            if begun < at:
                _add_trimmed(spans, text, begun, at)
            begun = line = behind
            closed = None
            continue
        if view[behind].islower() or not _ends_sentence(view, begun, mark):
            continue
        if closed is None:
            closed = _bracketed_in_line(view, line, behind)
        if closed:
            around = bisect_right(closed, (at, 0)) - 1
            if around >= 0 and behind <= closed[around][1]:
                continue
        _add_trimmed(spans, text, begun, behind)
        begun = behind
    _add_trimmed(spans, text, begun, len(text))
    return spans


def _add_trimmed(spans: list[Span], text: str, start: int, end: int) -> None:
    """Add `[start:end]` without white space around, unless nothing is left of it."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append(tuple.__new__(Span, (start, end)))  # in half the time of `Span(...)`


def _bracketed_in_line(view: str, start: int, at: int) -> list[tuple[int, int]]:
    """Give the bracketed stretches of the line that begins at `start` and goes on at `at`."""
    end = view.find("\n", at)
    end = end if end >= 0 else len(view)
    return _bracketed(view, start, end) if view.find("(", start, end) >= 0 else []


def _bracketed(view: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give the outermost bracketed stretches of a line that close, and soon enough to be one remark."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for bracket in _BRACKETS.finditer(view, start, end):
        if bracket[0] == "(":
            opened.append(bracket.start())
        elif opened:
            first = opened.pop()
            if bracket.start() - first <= _LONGEST_BRACKET:
                while pairs and pairs[-1][0] > first:
                    pairs.pop()
                pairs.append((first, bracket.start()))
    return pairs


def _ends_sentence(view: str, begun: int, stop: re.Match[str]) -> bool:
    """Say whether the stop found in `view` ends the sentence that begins at `begun`."""
    at, behind = stop.span()
    first = view[behind + 1 : behind + 2]
    if not (view[behind] == " " and first.isalnum()):
        follows = _OPENS.match(view, behind, behind + 12)
        if follows is None:
            return view[behind : behind + 1].isspace()
        if not view[behind].isspace():
            return _glued_end(view, stop)
        first = follows[1]
    if first.islower():
        return False
    if view[at] != "." or behind - at > 1:
        return True
    if at - begun >= _LONGEST_ITEM and view[at - 1].islower() and view[view.rfind(" ", begun, at) + 1 : at].islower():
        return True  # behind a word in small letters, as most sentences end
    if at - begun < _LONGEST_ITEM and _ITEM_NUMBER.fullmatch(view, begun, at):
        return False
    written = _word_before(view, begun, at)
    if written.isdigit() and first.isdigit():
        return not _split_number(view, stop, written)
    if len(written) == 1 and written.isupper() and _INITIALS.search(view[max(0, at - 5) : behind + 4]):
        return False
    return not written[:1].isupper() or written.lower() not in _ABBREVIATIONS


def _word_before(view: str, begun: int, at: int) -> str:
    """Give the word right before `at`, within the sentence; `""` where a blank or mark stands there."""
    pieces = view[max(begun, at - _LONGEST_WORD) : at].rsplit(None, 1)
    if not pieces or view[at - 1].isspace():
        return ""
    word = pieces[-1]
    if not word.isalpha():
        found = _WORD_BEFORE.search(word)
        word = found[0] if found else ""
    return word


def _glued_end(view: str, stop: re.Match[str]) -> bool:
    """`... kế hoạch.Trong đó`: no space, yet a lower-case word ends and a capitalised one begins."""
    at = stop.start()
    if stop[0] != "." or view[at + 1 : at + 3].islower() or not view[at + 1].isupper():
        return stop[0][0] in "!?…" and view[stop.end()].isupper()
    word = _WORD_BEFORE.search(view[max(0, at - _LONGEST_WORD) : at])
    written = word[0] if word else ""
    return len(written) >= 2 and written.islower() and view[at + 2 : at + 3].islower()


def _split_number(view: str, stop: re.Match[str], before: str) -> bool:
    """`10. 600 người`: three digits after the stop, three at most before, are one number torn apart."""
    return len(before) <= 3 and re.match(r" [0-9]{3}(?![0-9])", view[stop.end() : stop.end() + 5]) is not None
