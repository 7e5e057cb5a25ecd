"""Copies: a sketch of each article's text, and how alike two texts are. Pure.

Method: shingles of 5 syllables (lower case, punctuation dropped), one hash each, one-permutation MinHash into 128 bins
of 16 bits. The share of equal bins estimates the Jaccard similarity of the two sets of shingles to about ±0.04; bins
that both texts leave empty do not count. Only articles that report the same cell are compared.

Measured on 1,261 real insurance articles (`bench/store_copies.py`): of 26 pairs with 0.5 and more all are copies or
rewritings of one text, of the 5 pairs between 0.4 and 0.5 four are one story told again; below that, articles on one
event. Copies that keep the first 70 % of the sentences are found 100 times in 100, those that keep half 84 times.
"""

import re
from array import array
from operator import eq
from zlib import crc32

BINS = 128
"""Bins of a sketch; a sketch is twice as many bytes."""

SHINGLE = 5
"""Syllables of a shingle."""

THRESHOLD = 0.4
"""Least estimated similarity of a copy: a wire story that lost a third of its text is still above it."""

_WORD = re.compile(r"\w+")
_MIX = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


def sketch(text: str) -> bytes:
    """Give the sketch of a text: `2 * BINS` bytes, `b""` for one with fewer than `SHINGLE` syllables."""
    words = _WORD.findall(text.lower())
    if len(words) < SHINGLE:
        return b""
    least = [0] * BINS
    for place in range(len(words) - SHINGLE + 1):
        mixed = crc32(" ".join(words[place : place + SHINGLE]).encode()) * _MIX & _MASK
        slot, value = mixed >> 57, (mixed >> 16 & 0xFFFFFFFFFF) + 1
        if not least[slot] or value < least[slot]:
            least[slot] = value
    # 0 stands for an empty bin, so the 16 bits kept of a filled one are never 0.
    return array("H", [value % 0xFFFF + 1 if value else 0 for value in least]).tobytes()


def similarity(one: bytes, other: bytes) -> float:
    """Estimate the Jaccard similarity of the texts behind two sketches, 0..1; 0 where one has none."""
    if not one or not other:
        return 0.0
    a, b = array("H", one), array("H", other)
    if one == other:
        return 1.0
    both_empty = sum(1 for x, y in zip(a, b, strict=True) if not x and not y)
    same = sum(map(eq, a, b)) - both_empty
    return same / (BINS - both_empty) if both_empty < BINS else 0.0
