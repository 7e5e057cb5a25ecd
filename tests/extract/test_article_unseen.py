"""Pages of newspapers nobody has named: the known ones again, with every class and id made meaningless."""

import gzip
import json
import re
import zlib

import pytest

from extract.article.read import read_article
from tests.extract.test_article_goldens import CASES, PAGES
from tests.extract.test_article_real import KNOWN
from tests.extract.test_article_real import PAGES as REAL

_NAMES = re.compile(r"""((?:class|id)\s*=\s*["'])([^"']*)(["'])""")
NEEDS_NAMES = {
    "poster": "a picture alone, beside announcements that read like a text",
    "longform": "the makers' names at the end are no signature by their build",
    "windows-1258": "its bytes are not UTF-8, which this test rewrites",
}
REAL_NEEDS_NAMES = {
    "extractus__vnn-article": "related titles without links",
    "dmt0411__vietnamnet": "one announcement without a heading",
}


def nameless(page: bytes) -> str:
    """Give a page with every class and id replaced by a number."""

    def hidden(match: re.Match[str]) -> str:
        names = (f"n{zlib.crc32(name.encode()) % 99_991}" for name in match[2].split())
        return match[1] + " ".join(names) + match[3]

    return _NAMES.sub(hidden, page.decode("utf-8", "replace"))


@pytest.mark.parametrize("case", [case for case in CASES if case not in NEEDS_NAMES])
def test_invented_pages_without_names(case: str) -> None:
    body = (PAGES / case / "input.html").read_bytes()
    url = (PAGES / case / "url.txt").read_text("utf-8").strip()
    known, unseen = read_article(body, url), read_article(nameless(body), url)
    assert unseen.text == known.text
    assert unseen.title == known.title
    assert unseen.published == known.published
    assert unseen.tables == known.tables


@pytest.mark.skipif(not (REAL / "index.jsonl").exists(), reason="../shared/pages is absent")
@pytest.mark.parametrize("file", [row["file"] for row in KNOWN if not row["file"].startswith(tuple(REAL_NEEDS_NAMES))])
def test_real_pages_without_names(file: str) -> None:
    rows = (json.loads(line) for line in (REAL / "index.jsonl").read_text("utf-8").splitlines())
    url = next(row["url"] for row in rows if row["file"] == file)
    body = gzip.decompress((REAL / file).read_bytes())
    known, unseen = read_article(body, url), read_article(nameless(body), url)
    assert unseen.text == known.text
    assert unseen.title == known.title
    assert unseen.published == known.published
