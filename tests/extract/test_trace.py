"""From an article's text back to its page: what is found in the source is what the text says, or nothing is said."""

import gzip
import os
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from extract import read_article, trace_article
from extract.article.marked import spelled
from extract.article.trace import Trace
from tests.extract.made_pages import all_pages

SHARED = Path(os.environ.get("ANSINH_SHARED") or Path(__file__).parents[2] / ".." / "shared") / "pages"
OURS = Path(__file__).parents[1] / "pages"
MADE = [(page.name, page.html, page.url) for page in all_pages()]
KEPT = [(str(path.relative_to(OURS)), path.read_bytes(), "") for path in sorted(OURS.rglob("*.htm*"))]
REAL = [(path.name, gzip.decompress(path.read_bytes()), "") for path in sorted(SHARED.glob("*.html.gz"))]
UNSHOWN = re.compile(
    r"<!--.*?-->|<(script|style|noscript|iframe|svg|button|select|template)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL
)


def shown(source: str) -> str:
    """What a stretch of source shows, written out by other means than the trace's own."""
    return spelled(unescape(UNSHOWN.sub("", source)))


def stretches(trace: Trace) -> Iterator[tuple[int, int]]:
    """Every line of a text; of a table every cell that is not empty."""
    article = trace.article
    for line in re.finditer(r"[^\n]+", article.text):
        if any(table.start <= line.start() < table.end for table in article.tables):
            at = line.start()
            for cell in line[0].split(" | "):
                if cell.strip():
                    yield at, at + len(cell)
                at += len(cell) + 3
        else:
            yield line.span()


def check(page: bytes | str, url: str) -> None:
    trace = trace_article(page, url)
    assert trace.article == read_article(page, url)
    plain = lxml_html.document_fromstring(trace.source.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    for start, end in [*stretches(trace), *trace.article.captions]:
        said = spelled(trace.article.text[start:end])
        origin = trace.locate(start, end)
        assert origin is not None, trace.article.text[start:end]
        assert origin.start is not None, trace.article.text[start:end]
        assert origin.end is not None
        assert shown(trace.source[origin.start : origin.end]) in (said, said.replace(":", "", 1))
        assert origin.xpath is not None
        (element,) = plain.xpath(origin.xpath)
        assert said.split(":")[0] in spelled("".join(element.itertext()))


@pytest.mark.parametrize(("page", "url"), [one[1:] for one in MADE + KEPT], ids=[one[0] for one in MADE + KEPT])
def test_every_paragraph_cell_and_caption_leads_back_to_its_page(page: bytes | str, url: str) -> None:
    check(page, url)


@pytest.mark.skipif(not REAL, reason="../shared/pages is absent")
@pytest.mark.parametrize(("page", "url"), [one[1:] for one in REAL], ids=[one[0][:60] for one in REAL])
def test_so_it_does_in_real_pages(page: bytes, url: str) -> None:
    check(page, url)


HARD = """<html><head><title>Tin</title></head><body>
<div class="related"><p>Toàn tỉnh có 8.475 người tham gia BHXH tự nguyện.</p></div>
<article><h1>Số người tham gia tăng</h1>
<p>To&agrave;n ti\u0309nh\r\n  co\u0301 <b>8.4</b><!-- x > y -->75&nbsp;ngươ\u0300i tham <i>gia</i> BHXH
tự nguyện, trong khi 3 < 5 &amp;
số c&#242;n l&#x1EA1;i chờ.<script>var a = "8.475";</script></p>
<table><caption>8.475</caption><tr><th>Xã</th><th>Người</th></tr><tr><td>An B&igrave;nh</td><td><p>8.475</p></td></tr>
<tr><td>An Lạc</td><td>8.475</td></tr></table>
<p>Toàn tỉnh có 8.475 người tham gia BHXH tự nguyện.</p></article></body></html>"""


def found(trace: Trace, start: int, end: int) -> str:
    origin = trace.locate(start, end)
    assert origin is not None
    assert origin.start is not None
    return trace.source[origin.start : origin.end]


def test_a_figure_is_found_through_references_tags_comments_and_marks_apart() -> None:
    trace = trace_article(HARD, "https://bao.example/1.html")
    text = trace.article.text
    at = text.index("8.475 người")
    assert found(trace, at, at + 11) == "8.4</b><!-- x > y -->75&nbsp;ngươ\u0300i"
    at = text.index("Toàn tỉnh")
    assert found(trace, at, at + 9) == "To&agrave;n ti\u0309nh"
    at = text.index("3 < 5 & số còn lại")
    assert found(trace, at, at + 18) == "3 < 5 &amp;\nsố c&#242;n l&#x1EA1;i"


def test_of_the_same_words_in_several_places_the_right_one_is_given() -> None:
    trace = trace_article(HARD, "https://bao.example/1.html")
    (table,) = trace.article.tables
    begins = [match.start() for match in re.finditer("8.475", trace.article.text)]
    cells = [at for at in begins if table.start <= at < table.end]
    paths = [origin.xpath for at in cells if (origin := trace.locate(at, at + 5))]
    assert paths == ["/html/body/article/table/tr[2]/td[2]", "/html/body/article/table/tr[3]/td[2]"]
    last = trace.locate(begins[-1], begins[-1] + 5)
    assert last is not None
    assert (last.xpath, last.start) == ("/html/body/article/p[2]", HARD.rindex("8.475"))


@pytest.mark.parametrize("span", [(-5, 0), (5, 5), (9, 3), (10**9, 10**9 + 5)])
def test_no_text_stands_nowhere(span: tuple[int, int]) -> None:
    assert trace_article(HARD, "").locate(*span) is None


def test_where_signs_of_the_way_stand_in_the_page_itself_nothing_is_said() -> None:
    trace = trace_article(HARD.replace("Tin", "Tin \U000f0001"), "")
    origin = trace.locate(0, 20)
    assert origin is None or origin.start is None


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(
    ["\x85", "<p>", "</p>", "<div>", "</div>", "<br>", "<b>", "</b>", "<td>", "<tr>", "<table>", "</table>", "<!--",
     "-->", "<", ">", "&", "&nbsp;", "&amp;amp;", "&aacute", "&notit;", "\u0301", "e", "số 8.475 người", " ", "\r\n",
     "\x00", "<script>", "</script>", "<a href='x>y'>", "</body>", "&#128;", "&#0;", "&#xD800;", "\ufeff",
     "Bảo hiểm xã hội. "]
), max_size=40))  # fmt: skip
def test_of_any_page_what_is_found_is_what_the_text_says(pieces: list[str]) -> None:
    trace = trace_article("".join(pieces), "")
    for start, end in stretches(trace):
        origin = trace.locate(start, end)
        if origin is not None and origin.start is not None:
            lost = "".join(sign for sign in spelled(trace.article.text[start:end]) if sign.isalnum())
            there = spelled(unescape(trace.source[origin.start : origin.end]))
            rest = iter(there)
            assert all(sign in rest for sign in lost)
