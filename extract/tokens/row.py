"""The words of a sentence between what the layers found, made tokens once their phrases are known."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from extract.rules import Rules
from extract.rules.pattern import MARKS
from extract.rules.words import SPLIT, spell

SIGNS = MARKS | {"|": ";"}
"""Marks, and the bar that parts the lines of a poster."""


@dataclass(slots=True)
class Token:
    """One token of the stream."""

    code: str
    """Character of its class (`extract.rules.pattern`)."""
    start: int
    """Where it begins in the document."""
    end: int
    """Where it ends."""
    load: Any = None
    """The quantity, period, place or scheme it stands for; of a cue or word, its words in lower case."""


class Row:
    """The words of a sentence between the marks of the layers, before phrases are looked for in them.

    Three lists side by side, not one of tokens: many words vanish in phrases, and a token costs as much as all else.
    """

    def __init__(self, text: str, start: int, end: int, marked: list[Token]) -> None:
        self.words: list[str] = []
        """As they are spelt; a zero character for a mark."""
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.marks: dict[int, Token] = {}
        position = start
        for mark in marked:
            if position < mark.start:
                self._split(text[position : mark.start], position)
            self.marks[len(self.words)] = mark
            self.words.append("\0")
            self.starts.append(mark.start)
            self.ends.append(mark.end)
            position = mark.end
        if position < end:
            self._split(text[position:end], position)

    def _split(self, piece: str, offset: int) -> None:
        parts = SPLIT.split(piece)  # gap, word, gap, ..., word, gap
        edges = list(accumulate(map(len, parts), initial=offset))
        self.words += map(spell, parts[1::2])
        self.starts += edges[1:-1:2]
        self.ends += edges[2::2]

    def tokens(self, rules: Rules) -> list[Token]:
        """Turn phrases of the rules' words into one token each, and all other words and marks into one of their own."""
        result: list[Token] = []
        done = 0
        for first, end, name in rules.words.find(self.words):
            self._plain(done, first, result)
            code = "w" if name == "WORD" else rules.alphabet[name]
            result.append(Token(code, self.starts[first], self.ends[end - 1], tuple(self.words[first:end])))
            done = end
        self._plain(done, len(self.words), result)
        return result

    def _plain(self, first: int, end: int, result: list[Token]) -> None:
        for at in range(first, end):
            word = self.words[at]
            if word == "\0" and at in self.marks:  # a page may hold the character itself
                result.append(self.marks[at])
            else:
                result.append(Token(SIGNS.get(word, "w"), self.starts[at], self.ends[at], word))


def left_bracket(codes: str) -> bool:
    """Whether a bracket closes in a stretch of tokens that was opened before it."""
    depth = 0
    for code in codes:
        depth += (code == "(") - (code == ")")
        if depth < 0:
            return True
    return False
