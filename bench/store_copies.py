"""How well copies are told from other articles: real articles against themselves, and copies cut from them.

python -m bench.store_copies        needs ../shared (or `$ANSINH_SHARED`)
"""

import gzip
import json
import os
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path

from store.copies import SHINGLE, THRESHOLD, similarities, similarity, sketch

SHARED = Path(os.environ.get("ANSINH_SHARED") or Path(__file__).parents[1] / ".." / "shared")


def main() -> int:
    """Print how similarities of real pairs spread, how far off they are, and how many cut copies are found."""
    path = SHARED / "articles" / "bhxh.jsonl.gz"
    if not path.exists():
        print(f"  {path.name} is absent: set ANSINH_SHARED")
        return 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    started = time.process_time()
    drawn = [sketch(text) for text in texts]
    print(f"  {1000 * (time.process_time() - started) / len(texts):.2f} ms an article")
    pairs = [
        (alike, one, one + 1 + place)
        for one in range(len(texts))
        for place, alike in enumerate(similarities(drawn[one], drawn[one + 1 :]))
        if alike >= 0.3
    ]
    spread = Counter(int(alike * 10) / 10 for alike, _, _ in pairs)
    print("  pairs by similarity: " + ", ".join(f"{start:.1f}: {count}" for start, count in sorted(spread.items())))
    errors = [alike - exact(texts[one], texts[other]) for alike, one, other in pairs]
    print(f"  error of the estimate (rms): {(sum(e * e for e in errors) / max(1, len(errors))) ** 0.5:.3f}")
    for kept in (0.9, 0.7, 0.5):
        print(f"  copies that keep {kept:.0%} of the sentences: {recall(texts, kept):.1%} found at {THRESHOLD}")
    return 0


def shingles(text: str) -> set[tuple[str, ...]]:
    """Give the shingles themselves, for the exact similarity."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[place : place + SHINGLE]) for place in range(len(words) - SHINGLE + 1)}


def exact(one: str, other: str) -> float:
    """Give the Jaccard similarity itself."""
    a, b = shingles(one), shingles(other)
    return len(a & b) / max(1, len(a | b))


def recall(texts: list[str], kept: float) -> float:
    """Give the share of cut copies that are found."""
    rng = random.Random(1)
    found = []
    for text in rng.sample(texts, min(300, len(texts))):
        sentences = [one for one in re.split(r"(?<=[.!?])\s+", text) if one]
        if len(sentences) >= 6:
            cut = " ".join(sentences[: int(len(sentences) * kept)]) + " (Theo hãng tin)"
            found.append(similarity(sketch(text), sketch(cut)) >= THRESHOLD)
    return sum(found) / max(1, len(found))


if __name__ == "__main__":
    sys.exit(main())
