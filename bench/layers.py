"""The text layers on real articles, beside merely tokenizing the same texts with `spacy.blank("xx")`; and on traps.

python -m bench.layers      megabytes of UTF-8 a second by processor time, ratio to spaCy; seconds for 1 MB of each trap

The articles lie in ../shared (or `$ANSINH_SHARED`); without them only the traps are run. A trap is a megabyte of one
piece repeated; it is sprung where four times the length takes more than eight times as long.
"""

import gzip
import json
import time
from collections.abc import Callable, Iterable
from typing import Any

from bench.suites import shared
from extract.quantities.parse import parse_quantities
from extract.sentences import sentences
from extract.text import lower_form

MEGABYTE = 1_000_000
PIECES = (
    "7", "1.", "1,", "1 ", "123 ", "0 ", "5%-", "5-", "5/", "(1) ", "1 đến ", "1% đến ", "1 tỷ ", "1. 000 ", "một ",
    "mười một ", "một phẩy ", "gấp ", "trăm ", "(", "a. ()", "A. ", "...", "\n", "\u00a0", "e\u0323\u0302",
    "có 8.475 người tham gia, đạt 98,9% kế hoạch, ",
)  # fmt: skip
LAYERS: tuple[Callable[[str], Any], ...] = (lower_form, sentences, parse_quantities)


def seconds(layer: Callable[[str], Any], texts: Iterable[str]) -> float:
    """Give the processor time of one layer over all texts."""
    began = time.process_time()
    for text in texts:
        layer(text)
    return time.process_time() - began


def articles() -> list[str]:
    """Give the texts of the articles; none where they are absent."""
    folder = shared()
    path = folder / "articles" / "bhxh.jsonl.gz" if folder else None
    if path is None or not path.is_file():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def speeds(texts: list[str]) -> None:
    """Print the speeds on articles."""
    import spacy

    size = sum(len(text.encode()) for text in texts) / MEGABYTE
    peer = size / seconds(spacy.blank("xx").make_doc, texts)
    print(f"{'spacy.blank(xx) tokens':24} {peer:6.1f} MB/s")
    for layer in LAYERS:
        speed = size / min(seconds(layer, texts) for _ in range(3))
        print(f"{layer.__name__:24} {speed:6.1f} MB/s  {speed / peer:5.1f} times spaCy")


def traps() -> None:
    """Print how long a megabyte of each piece takes."""
    for piece in PIECES:
        text = piece * (MEGABYTE // len(piece.encode()))
        told = []
        for layer in (sentences, parse_quantities):
            quarter, whole = (max(seconds(layer, [part]), 0.001) for part in (text[: len(text) // 4], text))
            told.append(f"{layer.__name__} {whole:6.2f} s{' SPRUNG' if whole > 8 * max(quarter, 0.02) else ''}")
        print(f"{piece!r:50} {'  '.join(told)}")


def main() -> None:
    """Print both tables."""
    texts = articles()
    if texts:
        speeds(texts)
    else:
        print("skipped: articles/bhxh.jsonl.gz is in neither ../shared nor $ANSINH_SHARED")
    traps()


if __name__ == "__main__":
    main()
