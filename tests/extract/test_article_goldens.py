"""Each folder of `tests/pages` is one page: what came (`input.html`, `url.txt`) and what it says (`expected.json`).

The pages are invented; each follows the build of one family of Vietnamese newspapers, with that family's faults.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from extract.article.read import read_article
from extract.pages.look import worth_reading
from extract.text import contract_text
from model.records import Article

PAGES = Path(__file__).parents[1] / "pages"
CASES = sorted(path.name for path in PAGES.iterdir() if (path / "input.html").exists())


def told(article: Article) -> dict[str, Any]:
    """Give an article as a golden file tells it."""
    return {
        "title": article.title,
        "lead": article.lead,
        "outlet": article.outlet,
        "published": article.published.isoformat() if article.published else None,
        "published_evidence": article.published_evidence,
        "modified": article.modified.isoformat() if article.modified else None,
        "paragraphs": article.text.split("\n\n") if article.text else [],
        "captions": [article.text[start:end] for start, end in article.captions],
        "tables": [{"headings": table.headings, "rows": [list(row) for row in table.rows]} for table in article.tables],
    }


def read(case: str) -> Article:
    return read_article(
        (PAGES / case / "input.html").read_bytes(), (PAGES / case / "url.txt").read_text("utf-8").strip()
    )


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str) -> None:
    assert told(read(case)) == json.loads((PAGES / case / "expected.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES)
def test_shape(case: str) -> None:
    article = read(case)
    assert article.text == contract_text(article.text)
    assert article.lead is None or article.lead in article.text
    for start, end in article.captions:
        assert article.text[start:end].strip() == article.text[start:end] != ""
    for table in article.tables:
        lines = article.text[table.start : table.end].split("\n")
        assert lines == [" | ".join(row) for row in table.rows]
        assert 0 <= table.headings < len(table.rows)


@pytest.mark.parametrize("case", CASES)
def test_first_look_lets_it_pass(case: str) -> None:
    body = (PAGES / case / "input.html").read_bytes()
    told_case = json.loads((PAGES / case / "expected.json").read_text("utf-8"))
    speaks = any(word in "\n".join(told_case["paragraphs"]).lower() for word in ("bhxh", "bhyt", "bhtn", "bảo hiểm"))
    assert worth_reading(body) or not speaks


@pytest.mark.parametrize("case", CASES)
def test_reading_twice_and_as_text_is_the_same(case: str) -> None:
    body = (PAGES / case / "input.html").read_bytes()
    url = (PAGES / case / "url.txt").read_text("utf-8").strip()
    assert read_article(body, url) == read_article(body, url)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return
    assert read_article(text, url) == read_article(body, url)
