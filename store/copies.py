"""Copies: a sketch of each article's text, and how alike two texts are. Pure.

Method: shingles of 5 syllables (lower case, punctuation dropped), one hash each, one-permutation MinHash into 128 bins
of 16 bits. The share of equal bins estimates the Jaccard similarity of the two sets of shingles to about ±0.04; bins
that both texts leave empty do not count. Only articles that report the same cell are compared.

Measured on 1,261 real insurance articles (`bench/store_copies.py`): the 38 pairs with 0.5 and more are copies or
rewritings of one text, most of the 7 pairs between 0.4 and 0.5 one story told again; below that, articles on one event.
Copies that keep the first 70 % of the sentences are found 100 times in 100, those that keep half 84 times.
"""

import re
from collections.abc import Sequence
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


def similarities(own: bytes, others: Sequence[bytes]) -> list[float]:
    """Estimate the similarity of a text to each of many others, all at once."""
    import numpy as np

    filled = [place for place, other in enumerate(others) if other]
    result = [0.0] * len(others)
    if not own or not filled:
        return result
    mine = np.frombuffer(own, "<u2")
    theirs = np.frombuffer(b"".join(others[place] for place in filled), "<u2").reshape(len(filled), BINS)
    empty = ((theirs == 0) & (mine == 0)).sum(axis=1)
    alike = ((theirs == mine).sum(axis=1) - empty) / np.maximum(1, BINS - empty)
    for place, value in zip(filled, alike.tolist(), strict=True):
        result[place] = value
    return result


def similarity(one: bytes, other: bytes) -> float:
    """Estimate the Jaccard similarity of the texts behind two sketches, 0..1; 0 where one has none."""
    return similarities(one, [other])[0]
