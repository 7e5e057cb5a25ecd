"""How fast pages and texts are read, as ratios to named peers in the same run.

    python -m bench.reading                     the whole table
    python -m bench.reading --documents 100000  memory over that many documents

Absolute figures depend on the machine; only the ratios are claims. Texts and pages come from `../shared` where it is
(or `$ANSINH_SHARED`); without it the project's own invented pages serve, which says less about real ones.
"""

import argparse
import gzip
import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("ANSINH_SHARED") or ROOT / ".." / "shared")
TOO_LONG = 4.0
SENTENCE = "Đến hết tháng 6, toàn tỉnh có 8.475 người tham gia BHXH tự nguyện, đạt 98,9% kế hoạch. "


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    seconds: float
    ratio: float
    """Times the peer's speed."""
    peer: str
    wanted: str = ""

    def __str__(self) -> str:
        wanted = f"   (wanted {self.wanted})" if self.wanted else ""
        return f"  {self.what:<58} {self.seconds:9.3f} s   {self.ratio:8.2f} x {self.peer}{wanted}"


def best_of(rounds: int, work: Callable[[], object]) -> float:
    """Give the shortest of several runs, in seconds of this process (others on the machine do not count)."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def load_texts() -> list[str]:
    """Give the real articles that mention insurance, else the invented ones many times over."""
    path = SHARED / "articles" / "bhxh.jsonl.gz"
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line in lines]
    say("  ../shared/articles is absent: the project's own pages serve as texts")
    from extract import read_article

    return [read_article(page, "").text for page in own_pages()] * 40


def own_pages() -> list[bytes]:
    """Give the invented pages of the tests."""
    return [path.read_bytes() for path in sorted((ROOT / "tests" / "pages").glob("*/input.html"))]


def load_pages() -> tuple[list[bytes], list[bytes]]:
    """Give pages that never name insurance, and the same with one sentence that does."""
    from extract import worth_reading

    index = SHARED / "pages" / "index.jsonl"
    if index.exists():
        rows = [json.loads(line) for line in index.read_text("utf-8").splitlines()]
        named = [row["file"] for row in rows if row["kind"] == "article" and row["bytes"] > 20_000]
        pages = [gzip.decompress((SHARED / "pages" / name).read_bytes()) for name in named]
    else:
        say("  ../shared/pages is absent: the project's own pages serve, their insurance words taken out")
        words = (("BHXH", "HTX"), ("BHYT", "HTX"), ("BHTN", "HTX"), ("ảo hiểm", "ản lĩnh"), ("hi&#7875;m", "linh"))
        pages = own_pages()
        for word, other in words:
            pages = [page.replace(word.encode(), other.encode()) for page in pages]
    silent = [page for page in pages if not worth_reading(page)]
    return silent, [page.replace(b"</p>", f" {SENTENCE}</p>".encode(), 12) for page in silent]


def text_rows(texts: Sequence[str]) -> list[Row]:
    """Time all layers over the texts against merely tokenizing them."""
    import spacy

    blank = spacy.blank("xx")
    tokens = best_of(2, lambda: [blank.tokenizer(text) for text in texts])
    rows = [Row(what="spacy.blank('xx'), tokens only", seconds=tokens, ratio=1.0, peer="itself")]
    find = door("find_figures")
    if find is not None:
        seconds = best_of(2, lambda: [find(text) for text in texts])
        wanted = "at least 0.5, aim 1"
        rows.append(
            Row(what="find_figures, all layers", seconds=seconds, ratio=tokens / seconds, peer="tokens", wanted=wanted)
        )
    for name, work in peers():
        few = texts[:: max(1, len(texts) // 60)]
        seconds = best_of(1, lambda few=few, work=work: [work(text) for text in few])  # type: ignore[misc]
        seconds *= sum(map(len, texts)) / sum(map(len, few))
        rows.append(
            Row(
                what=f"{name}, words only (from {len(few)} texts)",
                seconds=seconds,
                ratio=tokens / seconds,
                peer="tokens",
            )
        )
    return rows


def peers() -> Iterable[tuple[str, Callable[[str], object]]]:
    """Give the Vietnamese word segmenters that are installed."""
    for module, function in (("pyvi.ViTokenizer", "tokenize"), ("underthesea", "word_tokenize")):
        try:
            work: Callable[[str], object] = getattr(importlib.import_module(module), function)
        except ImportError:
            say(f"  {module.split('.')[0]} is not installed: left out (pip install it to see it beside)")
            continue
        yield module.split(".")[0], work


def page_rows(silent: Sequence[bytes], speaking: Sequence[bytes]) -> list[Row]:
    """Time the first look and the whole reading against trafilatura."""
    import trafilatura

    from extract import read_article, worth_reading

    find = door("find_figures") or (lambda text: text)
    bare = best_of(3, lambda: [trafilatura.bare_extraction(page, fast=True) for page in silent])
    usual = best_of(2, lambda: [trafilatura.bare_extraction(page, with_metadata=True) for page in silent])
    look = best_of(9, lambda: [worth_reading(page) for page in silent])
    article = best_of(3, lambda: [read_article(page, "") for page in silent])
    mix = [*list(silent) * (1 + 98 // len(silent))][:98] + list(speaking)[:2]

    def read(page: bytes) -> object:
        return find(read_article(page, "").text) if worth_reading(page) else None

    alone = best_of(2, lambda: [trafilatura.bare_extraction(page, fast=True) for page in mix])
    whole = best_of(3, lambda: [read(page) for page in mix])
    return [
        Row(what="trafilatura, fast, text only", seconds=bare, ratio=1.0, peer="itself"),
        Row(what="trafilatura, as it comes, with metadata", seconds=usual, ratio=bare / usual, peer="trafilatura fast"),
        Row(what=f"first look: {look / bare:.2%} of fast, {look / usual:.2%} of usual", seconds=look, ratio=bare / look,
            peer="trafilatura fast", wanted="under 2 %"),
        Row(what="read_article, all of it", seconds=article, ratio=bare / article, peer="trafilatura fast"),
        Row(what="a mix with 2 % relevant pages: trafilatura alone", seconds=alone, ratio=1.0, peer="itself"),
        Row(what="the same mix: the whole reading", seconds=whole, ratio=alone / whole, peer="trafilatura",
            wanted="at least 10"),
    ]  # fmt: skip


def lost_articles(texts: Sequence[str]) -> str:
    """Say how many texts that yield a figure the first look would throw away."""
    from extract import worth_reading

    find = door("find_figures")
    yielding = [text for text in texts if find is None or find(text)]
    lost = sum(not worth_reading(f"<body><p>{text}</p></body>".encode()) for text in yielding)
    return f"  lost by the first look: {lost} of {len(yielding)} articles that yield a figure"


def growth_rows() -> Iterable[str]:
    """Double inputs up to 1 MB, or until one takes too long: twice the length is to cost twice the time."""
    from extract import read_article

    works: dict[str, Callable[[str], object]] = {
        "read_article": lambda text: read_article(f"<h1>Tin</h1><p>{text}</p>", "")
    }
    find = door("find_figures")
    if find is not None:
        works["find_figures"] = find
    shapes = {
        "digits": "8",
        "one sentence": SENTENCE.replace(". ", ", "),
        "sentences": SENTENCE,
        "spaces": " ",
        "dots": "1.",
    }
    for name, work in works.items():
        for shape, piece in shapes.items():
            before, taken, size = 0.0, 0.0, 31_250
            while size <= 1_000_000 and taken < TOO_LONG:
                text = piece * (size // len(piece))
                before, taken = taken, best_of(1, lambda work=work, text=text: work(text))  # type: ignore[misc]
                size *= 2
            factor = f"{taken / before:5.2f} times its half" if before else "no half to compare"
            yield f"  {name} on {size // 2 / 1e6:5.3f} MB of {shape:<14} {taken:7.2f} s, {factor}"


def memory_lines(pages: Sequence[bytes], texts: Sequence[str], documents: int) -> Iterable[str]:
    """Read many documents and say how the memory of this process grows; texts are cut to 2,000 characters."""
    from extract import read_article

    find = door("find_figures") or (lambda text: text)
    for at in range(documents + 1):
        if at % max(1, documents // 4) == 0:
            yield f"  after {at:>7} documents {resident():7.1f} MB"
        if at % 10 == 0:
            find(read_article(pages[at % len(pages)], "").text[:2_000])
        else:
            find(texts[at % len(texts)][:2_000])


def resident() -> float:
    """Give this process's resident memory in MB, 0 where the system does not say."""
    try:
        told = Path("/proc/self/status").read_text("utf-8")
    except OSError:
        return 0.0
    line = next((line for line in told.splitlines() if line.startswith("VmRSS")), "VmRSS: 0 kB")
    return int(line.split()[1]) / 1024


def door(name: str) -> Any:
    """Give a door of the reading room, None (and a word) where it is not there."""
    try:
        return getattr(importlib.import_module("extract"), name)
    except (AttributeError, ImportError):
        say(f"  extract.{name} is not there: left out")
        return None


def say(line: object) -> None:
    """Print one line at once."""
    print(line, flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the whole table."""
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__)
    parser.add_argument("--documents", type=int, default=2_000, help="documents for the memory line (default 2000)")
    parser.add_argument("--memory", action="store_true", help="only the memory line, as a process of its own runs it")
    told = parser.parse_args(argv)
    if told.memory:
        for line in memory_lines([page for pages in load_pages() for page in pages], load_texts(), told.documents):
            say(line)
        return 0
    say("Texts")
    texts = load_texts()
    say(f"  {len(texts)} texts, {sum(map(len, texts)) / 1e6:.1f} million characters")
    for row in text_rows(texts):
        say(row)
    say(lost_articles(texts))
    say("Pages")
    silent, speaking = load_pages()
    say(f"  {len(silent)} pages without an insurance word, {sum(map(len, silent)) / len(silent) / 1e3:.0f} kB each")
    for row in page_rows(silent, speaking):
        say(row)
    say("Length")
    for line in growth_rows():
        say(line)
    say("Memory (a fresh process, pages and texts in turn; wanted under 300 MB and flat)")
    command = [sys.executable, "-m", "bench.reading", "--memory", "--documents", str(told.documents)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
