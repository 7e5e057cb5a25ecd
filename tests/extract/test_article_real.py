"""The saved pages of real newspapers in `../shared/pages`, judged by eye.

The texts belong to their publishers, so `real_pages.json` holds lengths and hashes of what stands there, never words.
"""

import gzip
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from extract.article.read import read_article
from model.records import Article

SHARED = Path(os.environ.get("ANSINH_SHARED") or Path(__file__).parents[2] / ".." / "shared")
PAGES = SHARED / "pages"
KNOWN: list[dict[str, Any]] = json.loads(Path(__file__).with_name("real_pages.json").read_text("utf-8"))

pytestmark = pytest.mark.skipif(not (PAGES / "index.jsonl").exists(), reason="../shared/pages is absent")


def fingerprint(text: str | None) -> str:
    return hashlib.sha256(" ".join((text or "").split()).encode()).hexdigest()[:16]


def sized(text: str) -> list[Any]:
    return [len(text), fingerprint(text)]


@pytest.fixture(scope="module")
def addresses() -> dict[str, str]:
    rows = [json.loads(line) for line in (PAGES / "index.jsonl").read_text("utf-8").splitlines()]
    return {row["file"]: row["url"] for row in rows}


@pytest.fixture(params=KNOWN, ids=[row["file"][:60] for row in KNOWN])
def known(request: pytest.FixtureRequest) -> dict[str, Any]:
    row: dict[str, Any] = request.param
    return row


def read(row: dict[str, Any], addresses: dict[str, str]) -> Article:
    return read_article(gzip.decompress((PAGES / row["file"]).read_bytes()), addresses[row["file"]])


def test_real_page(known: dict[str, Any], addresses: dict[str, str]) -> None:
    article = read(known, addresses)
    paragraphs = article.text.split("\n\n")
    assert fingerprint(article.title) == known["title"]
    assert article.published is not None
    assert (article.published.isoformat(), article.published_evidence) == (
        known["published"],
        known["published_evidence"],
    )
    assert sized(paragraphs[0]) == known["first"]
    assert sized(paragraphs[-1]) == known["last"]
    assert len(paragraphs) == known["paragraphs"]
    assert sized(article.text) == known["text"]
    assert len(article.captions) == known["captions"]
    assert [[len(table.rows), len(table.rows[0])] for table in article.tables] == known["tables"]


def test_every_article_page_is_judged(addresses: dict[str, str]) -> None:
    rows = [json.loads(line) for line in (PAGES / "index.jsonl").read_text("utf-8").splitlines()]
    assert {row["file"] for row in rows if row["kind"] == "article"} == {row["file"] for row in KNOWN}
