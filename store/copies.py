"""Copies: a sketch of each article's text, and how alike two texts are. Pure.

Method: shingles of 5 syllables (lower case, punctuation dropped), one hash each, one-permutation MinHash into 128 bins
of 16 bits. The share of equal bins estimates the Jaccard similarity of the two sets of shingles to about ±0.04; bins
that both texts leave empty do not count. Only articles that report the same cell are compared.

Measured on 1,261 real insurance articles (`bench/store_copies.py`): of 38 pairs with 0.5 and more all are copies or
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

MOST_WORDS = 200_000
"""Words whose hashes are kept."""

_WORD = re.compile(r"\w+")
_STEP, _MIX, _NONE = 0x100000001B3, 0x9E3779B97F4A7C15, (1 << 64) - 1


class _Hashes(dict[str, int]):
    """Hashes of words, each made once; a language's syllables are few."""

    def __missing__(self, word: str) -> int:
        if len(self) > MOST_WORDS:
            self.clear()
        self[word] = made = crc32(word.encode("utf-8", "surrogatepass"))
        return made


_HASHES = _Hashes()


def sketch(text: str) -> bytes:
    """Give the sketch of a text: `2 * BINS` bytes, `b""` for one with fewer than `SHINGLE` syllables."""
    import numpy as np  # costs a tenth of a second, which no reader of series should wait for

    words = _WORD.findall(text.lower())
    if len(words) < SHINGLE:
        return b""
    hashed = np.array(list(map(_HASHES.__getitem__, words)), np.uint64)
    mixed = np.zeros(len(words) - SHINGLE + 1, np.uint64)
    for place in range(SHINGLE):
        mixed = mixed * np.uint64(_STEP) + hashed[place : place + len(mixed)]
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(_MIX)
    least = np.full(BINS, _NONE, np.uint64)
    np.minimum.at(least, (mixed >> np.uint64(57)).astype(np.intp), mixed >> np.uint64(16) & np.uint64(0xFFFFFFFFFF))
    # 0 stands for an empty bin, so the 16 bits kept of a filled one are never 0.
    kept = np.where(least == _NONE, 0, least % np.uint64(0xFFFF) + np.uint64(1))
    return kept.astype("<u2").tobytes()


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
