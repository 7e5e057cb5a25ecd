"""One pass over a text for the words that can speak of a place: ranks, agencies, wholes, regions, capitalised runs."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Literal

from extract.places.words import PhraseKind, PlaceWords
from model.areas_names import name_key

AtomKind = PhraseKind | Literal["run", "number"]
_WORD = re.compile(r"([^\W_]+(?:['’‘`´ʼ][^\W_]+)*)")
_PLAIN_WORD = re.compile(r"(\w+)")
_ODD_WORD = re.compile(r"[_'’‘`´ʼ](?:(?<=_)|(?<=\w.)(?=\w))")
"""Without one of these, words are told by the plain pattern, in half the time."""
_UPPER = frozenset(chr(code) for code in range(0x41, 0x1EFA) if chr(code).isupper() and chr(code).isalpha())
_SPACE = frozenset((" ", "\u00a0", "  "))
_HYPHEN = re.compile(r"[ \u00a0]?[-‐‑–—][ \u00a0]?$")
_NO_NAME = re.compile(
    r"[.,/]\d|\s?%|\s(?:người|hộ|triệu|tỷ|tỉ|nghìn|ngàn|đơn vị|thẻ|đồng|đại lý|xã|thôn|phường|em|cán bộ)(?!\w)"
)
_LONGEST_RUN = 16
_MOST_HYPHENS = 2
_INSIDE = frozenset((" ", "\u00a0", ", ", " - ", " ("))
_NUMBERED = frozenset(("rank", "short-rank", "region-word"))
_NUMBER = re.compile(r"0?[0-9]{1,2}$|[IVX]{1,6}$")
_STOP = re.compile(r"[.!?…](?<!TP\.)(?<!Tp\.)(?<!TX\.)(?<!Tx\.)(?<!TT\.)(?<!\bQ\.)(?<!\bP\.)(?=[\s”\"’)»]|$)|\n")


@dataclass(slots=True)
class Atom:
    """One stretch of words that may be part of a place's mention."""

    kind: AtomKind
    first: int
    """Index of the first word."""
    last: int
    """Index after the last word."""
    value: str = ""
    """Rank, region's code, agency; of a run nothing."""


class Words:
    """The words of a text with their places, and where sentences and lines end."""

    def __init__(self, text: str) -> None:
        self.text = text
        pieces = (_WORD if _ODD_WORD.search(text) else _PLAIN_WORD).split(text)  # gap, word, gap, ..., word, gap
        ends = list(accumulate(map(len, pieces)))
        self.words: list[str] = pieces[1::2]
        self.starts: list[int] = ends[0:-1:2]
        self.ends: list[int] = ends[1::2]
        self._gaps: list[str] = ["\n", *pieces[2:-1:2], "\n"]
        self.count = len(self.words)

    def __len__(self) -> int:
        return self.count

    def gap(self, index: int) -> str:
        """Give the text between a word and the next one; a line end before the first and after the last word."""
        return self._gaps[index + 1] if -1 <= index < self.count else "\n"

    def lower(self, index: int) -> str:
        """Give a word in lower case; empty outside the text."""
        return self.words[index].lower() if 0 <= index < self.count else ""

    def key(self, first: int, last: int) -> str:
        """Give the name key of some words; hyphens between them count as words."""
        return self.keys(first, last)[-1]

    def keys(self, first: int, last: int) -> list[str]:
        """Give the name keys of the first word, the first two, ... all of some words."""
        keys = [word_key(self.words[first])]
        for index in range(first + 1, last):
            join = " " if self.gap(index - 1) in _SPACE else " - "
            keys.append(keys[-1] + join + word_key(self.words[index]))
        return keys


@lru_cache(maxsize=65536)
def word_key(word: str) -> str:
    """Give the name key of one word."""
    return name_key(word)


def is_upper(word: str) -> bool:
    """Tell whether a word begins with a capital."""
    return word[0] in _UPPER


def line_and_sentence_ends(text: str) -> list[int]:
    """Give where sentences end, roughly: good enough to tell what stands in the same one."""
    return [match.start() for match in _STOP.finditer(text)]


def scan(words: Words, known: PlaceWords) -> list[Atom]:
    """Give the atoms of a text in order; they do not overlap."""
    atoms: list[Atom] = []
    listed, leads = words.words, known.leads
    index, count = 0, len(listed)
    telling = {word for word in set(listed) if word in leads or word[0] in _UPPER}
    for at in [at for at, word in enumerate(listed) if word in telling]:
        if at < index:
            continue
        word = listed[at]
        atom = _phrase_at(words, known, at) if word in leads else None
        if atom is None and word[0] in _UPPER:
            atom = _run_at(words, known, at)
        if atom is None:
            continue
        atoms.append(atom)
        index = atom.last
        if index < count and (atom.kind in _NUMBERED or atom.value in known.numbered_parts):
            number = _number_at(words, index, roman=atom.kind != "short-rank")
            if number:
                atoms.append(number)
                index = number.last
    return atoms


def _phrase_at(words: Words, known: PlaceWords, index: int) -> Atom | None:
    following = words.lower(index + 1)
    for rest, kind, value in known.phrases[words.words[index].lower()]:
        if rest and (rest[0] != following or words.gap(index) not in _INSIDE or not _goes_on(words, index, rest)):
            continue
        last = index + 1 + len(rest)
        if _fits(words, known, kind, index, last):
            return Atom(kind, index, last, value)
    return None


def _goes_on(words: Words, index: int, rest: tuple[str, ...]) -> bool:
    """Tell whether the words behind the next are the others of a phrase."""
    if index + len(rest) >= words.count:
        return False
    for offset, word in enumerate(rest[1:], 1):
        if words.lower(index + 1 + offset) != word or words.gap(index + offset) not in _INSIDE:
            return False
    return True


def _fits(words: Words, known: PlaceWords, kind: PhraseKind, first: int, last: int) -> bool:
    """Tell whether the phrase is what it seems: `xã hội` is no rank, a region's name is written large."""
    after = words.lower(last) if words.gap(last - 1) in _SPACE else ""
    if kind == "rank":
        country = after == "việt" and words.lower(last + 1) == "nam"
        return after not in ("hội", "luận", "giao") and not country and words.lower(first - 1) != "tấn"
    if kind == "short-rank":
        dotted = words.gap(last - 1) in (". ", ".") and last < words.count
        return dotted and is_upper(words.words[first])
    if kind == "region":
        if not any(is_upper(word) for word in words.words[max(first, last - 2) : last]):
            return False
        if words.key(first, last) in known.guarded_regions:
            return words.lower(first - 1) in known.region_before
        return True
    if kind == "pre" and words.lower(first) in ("toàn", "cả", "khắp"):
        return any(k in ("rank", "region-word") for _, k, _ in known.phrases.get(words.lower(last), ()))
    if kind == "part":
        if words.gap(last - 1) not in _SPACE or last >= words.count or not is_name_word(words.words[last]):
            return False
        acronym = words.words[last].isupper() and len(words.words[last]) > 1
        if acronym or words.lower(first - 1) in known.not_parts_after:
            return False
        if is_upper(words.words[first]) and words.gap(first - 1) in _SPACE:
            return False  # `xã Bản Khoang`: a name that begins so
        return not (is_upper(words.words[first]) and words.key(first, last + 1) in known.like_parts)
    return True


def is_name_word(word: str) -> bool:
    """Tell whether a word can begin a name: a capital or a number."""
    return is_upper(word) or bool(_NUMBER.match(word))


def _number_at(words: Words, index: int, *, roman: bool) -> Atom | None:
    """Give the number that is a name: `Quận 3`, `P.11`, `khu vực XXII`."""
    if not roman and not words.words[index].isdigit():
        return None
    behind = words.gap(index - 1) in (" ", "\u00a0", ".", ". ")
    if behind and _NUMBER.match(words.words[index]) and not _NO_NAME.match(words.text, words.ends[index]):
        return Atom("number", index, index + 1, words.words[index])
    return None


def _run_at(words: Words, known: PlaceWords, index: int) -> Atom:
    """Give the run of capitalised words that begins here, up to a phrase of its own."""
    last, hyphens = index + 1, 0
    listed, stop = words.words, min(words.count, index + _LONGEST_RUN)
    while last < stop and listed[last][0] in _UPPER:
        gap = words.gap(last - 1)
        if gap not in _SPACE:
            hyphens += 1
            if hyphens > _MOST_HYPHENS or not _HYPHEN.match(gap):
                break
        if listed[last] in known.leads:
            phrase = _phrase_at(words, known, last)
            if phrase and phrase.kind in ("rank", "agency", "short-rank", "part", "region"):
                break
        last += 1
    return Atom("run", index, last)
