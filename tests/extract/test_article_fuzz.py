"""Any bytes in, no exception out; the text is always the contract's, and every span holds."""

import gzip
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.article.read import read_article
from extract.pages.look import worth_reading
from extract.text import contract_text
from model.records import Article

PAGES = sorted((Path(__file__).parents[1] / "pages").glob("*/input.html"))
ODD_URLS = ["", "https://a.example.vn/x-20991399246199999.htm", "http://[::1", "//", "\x00"]
URLS = st.one_of(st.text(max_size=60), st.sampled_from(ODD_URLS))
TAGS = """
<p> | </p> | <div class='detail-content'> | <div class='related'>
</div> | <h1> | </h1> | <table> | <tr> | <td> | </table>
<td rowspan='9999'> | <td colspan=x> | <th> | <thead>
<li> | <ul> | <br> | <a href='/'> | </a> | <script> | </script> | <!--
--> | <time datetime='2026-02-30'> | <time datetime='2026-02-28'> | <figure>
<figcaption> | <b> | <title> | </title> | <html>
<meta property='article:published_time' content='2026-13-45T99:99:99'> | </html> | <body> | </body> | &#0; | &#x110000;
&#xD800; | &nbsp; | <form> | <svg> | <![CDATA[ | ]]> | <?php | <h1/> | <td/> | <base href=x> | <frameset> | <p hidden>
8.475 người | 07/03/2026 08:06 | Bình luận | Tin liên quan | Đến nay, toàn tỉnh có 8.475 người tham gia BHXH tự nguyện.
<script type='application/ld+json'>{"@type":"NewsArticle","datePublished":7,"headline":[],"publisher":[]}</script>
"""
PIECES = [piece.strip() for line in TAGS.splitlines() for piece in line.split(" | ") if piece.strip()]
SOUP = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=30)), max_size=60)


def check(article: Article) -> None:
    assert article.text == contract_text(article.text)
    assert article.lead is None or article.lead in article.text
    for start, end in (*article.captions, *((table.start, table.end) for table in article.tables)):
        assert 0 <= start <= end <= len(article.text)
    assert (article.published is None) == (article.published_evidence == "")


@given(st.binary(max_size=3000), URLS)
def test_any_bytes(body: bytes, url: str) -> None:
    worth_reading(body)
    check(read_article(body, url))


@given(st.text(max_size=2000), URLS)
def test_any_text(page: str, url: str) -> None:
    check(read_article(page, url))


@given(SOUP, URLS)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_tag_soup(pieces: list[str], url: str) -> None:
    page = "".join(pieces)
    worth_reading(page.encode("utf-8", "replace"))
    check(read_article(page, url))


@given(st.sampled_from(PAGES), st.floats(0, 1), st.binary(max_size=40), st.floats(0, 1))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_torn_pages(path: Path, cut: float, splinter: bytes, place: float) -> None:
    body = path.read_bytes()
    at = int(place * len(body))
    torn = (body[:at] + splinter + body[at:])[: int(cut * (len(body) + len(splinter)))]
    worth_reading(torn)
    check(read_article(torn, "https://a.example.vn/x.html"))


@given(st.sampled_from(PAGES), st.floats(0, 1))
@settings(max_examples=20)
def test_torn_archives(path: Path, cut: float) -> None:
    packed = gzip.compress(path.read_bytes())
    check(read_article(packed[: int(cut * len(packed))], ""))


MONSTERS = {
    "deep": b"<div>" * 100_000 + b"<p>x</p>",
    "deep inline": b"<b>" * 100_000 + b"8.475",
    "deep tables": b"<table><tr><td>" * 20_000 + b"1",
    "deep lists": b"<ul><li>" * 50_000 + b"1",
    "deep JSON-LD": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>",
    "many cells": b"<table>" + b"<tr>" + b"<td>1</td>" * 100_000 + b"</table>",
    "wide span": b"<table><tr><td colspan=99999999 rowspan=99999999>1<td>2<tr><td>3<td>4</table>",
    "many wide spans": b"<table>" + b"<tr><td colspan=1000 rowspan=1000>1" * 300 + b"</table>",
    "spans all the way down": b"<table>" + b"<tr><td rowspan=9>1" * 5_000 + b"</table>",
    "open tags": b"<" * 300_000,
    "one line of digits": b"<p>" + b"1" * 1_000_000,
    "dates without end": b"<h1>a b c d</h1><div class=date>" + b"1/1/2020 " * 50_000,
    "many times": b"<h1>a b c d</h1>" + b"<time datetime='2026-01-01T00:00'>x</time>" * 20_000,
    "comments": b"<!--" * 100_000,
    "entities": b"&#7875;" * 100_000,
    "attributes": b"<p " + b"class='a' " * 50_000 + b">x",
    "classes": b"<p class='" + b"related " * 50_000 + b"'>x",
    "scripts left open": b"<script>" * 100_000,
    "styles and comments left open": b"<style><!--" * 60_000,
    "times in one box": b"<div><div>" + b"<p><time datetime='2026-01-01T00:00'>x</time></p>" * 15_000,
    "spaces": b"<p>bao" + b" " * 2_000_000 + b"</p>",
    "separators": b"<title>" + b" - a" * 100_000 + b"</title>",
    "short lines": b"<p>" + b"a<br>" * 200_000,
    "empty lines": b"<p>a" + b"<br> " * 200_000 + b"</p>",
    "nothing": b"",
    "a cell alone": b"<td>",
    "zeros": b"\x00" * 100_000,
    "utf-16": "<p>Có 8.475 người tham gia BHXH tự nguyện trong toàn tỉnh.</p>".encode("utf-16"),
    "random": random.Random(7).randbytes(200_000),
}


@pytest.mark.parametrize("name", MONSTERS)
@pytest.mark.timeout(60)
def test_monsters(name: str) -> None:
    worth_reading(MONSTERS[name])
    check(read_article(MONSTERS[name], "https://a.example.vn/x.html"))


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_twenty_megabytes() -> None:
    paragraph = (
        "<div class='c'><p>Đến nay toàn tỉnh có 8.475 người tham gia.</p><a href='/x'>Tin khác</a></div>\n".encode()
    )
    check(read_article(b"<h1>a b c d</h1>" + paragraph * (20_000_000 // len(paragraph)), ""))
    check(read_article(b"<script>" + b"x" * 20_000_000 + "</script><p>Có 8.475 người tham gia.</p>".encode(), ""))
