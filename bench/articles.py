"""How right pages are read, beside trafilatura and htmldate alone on the same pages.

    python -m bench.articles

Bylines: the day right, none, or wrong. Paragraphs: how many of the body's are there (recall), and how many of those
given are the body's (precision). Pages: the invented ones of `tests/extract/made_pages.py`, the goldens of
`tests/pages`, and the saved ones of `../shared/pages`, of whose texts `tests/extract/real_pages.json` holds lengths and
hashes (bylines only: what else they say is not ours to keep).
"""

import gzip
import json
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import htmldate
import trafilatura

from bench.reading import SHARED
from extract.article.read import read_article
from extract.article.title import squash
from extract.text import contract_text
from tests.extract.made_pages import all_pages

ROOT = Path(__file__).parents[1]
Read = Callable[[bytes, str], tuple[str | None, list[str]]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A page and what is right on it."""

    html: bytes
    url: str
    day: str | None
    paragraphs: tuple[str, ...] | None
    """None where only the byline is known."""


def made() -> Iterable[Judged]:
    """Give the invented pages of all families."""
    for page in all_pages():
        yield Judged(page.html, page.url, page.published and page.published[:10], tuple(page.paragraphs))


def goldens() -> Iterable[Judged]:
    """Give the pages that have a golden file."""
    for path in sorted((ROOT / "tests" / "pages").glob("*/expected.json")):
        told = json.loads(path.read_text("utf-8"))
        url = path.with_name("url.txt").read_text("utf-8").strip()
        day = told["published"][:10] if told["published"] else None
        yield Judged(path.with_name("input.html").read_bytes(), url, day, tuple(told["paragraphs"]))


def saved() -> Iterable[Judged]:
    """Give the saved pages of real newspapers, where they are."""
    index = SHARED / "pages" / "index.jsonl"
    if not index.exists():
        return
    urls = {row["file"]: row["url"] for row in map(json.loads, index.read_text("utf-8").splitlines())}
    known = json.loads((ROOT / "tests" / "extract" / "real_pages.json").read_text("utf-8"))
    for row in known:
        page = gzip.decompress((SHARED / "pages" / row["file"]).read_bytes())
        yield Judged(page, urls[row["file"]], row["published"][:10], None)


def ours(page: bytes, url: str) -> tuple[str | None, list[str]]:
    """Read a page with `read_article`."""
    article = read_article(page, url)
    return (article.published.isoformat()[:10] if article.published else None), article.text.split("\n\n")


def theirs(page: bytes, url: str) -> tuple[str | None, list[str]]:
    """Read a page with trafilatura, its date with htmldate (the day of publication, not of change)."""
    found = trafilatura.bare_extraction(page, url=url or None, include_comments=False, include_tables=True)
    text = (getattr(found, "text", None) or "") if found is not None else ""
    try:
        day = htmldate.find_date(page, url=url or None, original_date=True)
    except Exception:  # noqa: BLE001 - what it cannot parse it has no date for
        day = None
    return day, [line for line in contract_text(text).split("\n") if line.strip()]


def score(pages: Iterable[Judged], read: Read) -> str:
    """Give one line of the table."""
    days: Counter[str] = Counter()
    right = told = given = 0
    for page in pages:
        day, lines = read(page.html, page.url)
        days["right" if day == page.day else "none" if day is None else "wrong"] += 1
        if page.paragraphs is None:
            continue
        wanted = [squash(line) for text in page.paragraphs for line in text.split("\n") if squash(line)]
        shown = [squash(line) for text in lines for line in text.split("\n") if squash(line)]
        right += (Counter(wanted) & Counter(shown)).total()
        told, given = told + len(wanted), given + len(shown)
    dated = ", ".join(f"{kind} {days[kind]}" for kind in ("right", "none", "wrong"))
    if not told:
        return f"bylines: {dated}"
    return f"bylines: {dated}; paragraphs: recall {right / told:.3f}, precision {right / max(1, given):.3f}"


def main() -> None:
    """Print the table."""
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    for name, pages in (("invented, all families", made), ("goldens", goldens), ("saved", saved)):
        judged = list(pages())
        if not judged:
            print(f"{name}: skipped, ../shared/pages is absent")
            continue
        print(f"{name}: {len(judged)} pages")
        for reader, read in (("read_article", ours), ("trafilatura and htmldate", theirs)):
            print(f"  {reader:<26} {score(judged, read)}")


if __name__ == "__main__":
    main()
