"""Feeds, sitemaps, list pages and the dates in them: invented rows, and the real files where they lie at hand."""

import gzip
import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dates import VIETNAM, month_comes_first, read_date
from crawler.feeds import read_feed
from crawler.judge import judge
from crawler.listpages import feed_links, looks_like_article, parse_page, read_list
from crawler.sitemaps import name_date, read_sitemap

SHARED = Path(os.environ.get("ANSINH_SHARED", Path(__file__).parents[3] / "shared"))
needs_shared = pytest.mark.skipif(not (SHARED / "feeds").is_dir(), reason="needs ../shared (or ANSINH_SHARED)")

DATES = [
    ("Fri, 20 Nov 2026 08:15:00 +0700", datetime(2026, 11, 20, 1, 15, tzinfo=UTC)),
    ("Mon, 17 Aug 2026 10:55:51 GMT", datetime(2026, 8, 17, 10, 55, 51, tzinfo=UTC)),
    ("Sat, 21 Nov 2026 09:00:00 GMT+7", datetime(2026, 11, 21, 2, tzinfo=UTC)),
    ("20 Nov 2026 08:15", datetime(2026, 11, 20, 1, 15, tzinfo=UTC)),
    ("2026-11-20T08:15:00+07:00", datetime(2026, 11, 20, 1, 15, tzinfo=UTC)),
    ("2026-11-20T08:15:11.000 +07:00", datetime(2026, 11, 20, 1, 15, 11, tzinfo=UTC)),
    ("2026-11-20 08:15", datetime(2026, 11, 20, 1, 15, tzinfo=UTC)),
    ("2026-11-20T01:15:00Z", datetime(2026, 11, 20, 1, 15, tzinfo=UTC)),
    ("2026-11-20", date(2026, 11, 20)),
    ("2026-11", date(2026, 11, 1)),
    ("1784543714", datetime.fromtimestamp(1784543714, UTC)),
    ("1784543714000", datetime.fromtimestamp(1784543714, UTC)),
    ("/Date(1784543714000)/", datetime.fromtimestamp(1784543714, UTC)),
    ("20/11/2026", date(2026, 11, 20)),
    ("20/11/2026, 08:15 (GMT+7)", datetime(2026, 11, 20, 1, 15, tzinfo=UTC)),
    ("Thứ sáu, 20/11/2026 - 08:15", datetime(2026, 11, 20, 1, 15, tzinfo=UTC)),
    ("08:15 20/11/2026", datetime(2026, 11, 20, 1, 15, tzinfo=UTC)),
    ("Cập nhật lúc 08:15, Thứ Sáu, 20/11/2026 (GMT+7)", datetime(2026, 11, 20, 1, 15, tzinfo=UTC)),
    ("17/12/2019 01:52 PM", datetime(2019, 12, 17, 6, 52, tzinfo=UTC)),
    ("9/26/2026 9:20:00 AM", datetime(2026, 9, 26, 2, 20, tzinfo=UTC)),
    ("9/26/2026 12:20:00 AM", datetime(2026, 9, 25, 17, 20, tzinfo=UTC)),
    ("hôm qua", None), ("", None), ("31/02/2026", None), ("2026-13-40", None), (None, None), ("0", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), DATES)
def test_dates_of_lists(text, meant):
    assert read_date(text) == meant


def test_ambiguous_dates_are_read_as_the_whole_list_writes_them():
    american = ["3/7/2026 8:01:53 AM", "9/26/2026 9:20:00 AM"]
    assert month_comes_first(american)
    assert read_date(american[0], month_first=True) == datetime(2026, 3, 7, 8, 1, 53, tzinfo=VIETNAM)
    assert not month_comes_first(["3/7/2026 8:01:53 AM", "17/12/2019 01:52 PM"])
    assert not month_comes_first(["03/07/2026 08:01"])


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_dates(text):
    read_date(text)


@given(st.binary(max_size=400))
def test_no_bytes_break_the_readers(body):
    for read in (read_feed, read_sitemap):
        read(body, "https://bao.vn/x")
        read(b"<?xml version='1.0'?><rss><channel><item><link>" + body, "https://bao.vn/x")
    read_list(body, "https://bao.vn/", sites=frozenset({"bao.vn"}))
    judge(200, {}, body, "https://bao.vn/x")


ITEM = "<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate></item>"
DAY = "Fri, 20 Nov 2026 08:15:00 +0700"
GOOD = ITEM.format(title="Bài", link="https://bao.vn/a-1.html", date=DAY)


def rss(items, head="<?xml version='1.0' encoding='utf-8'?>"):
    return f"{head}<rss version='2.0'><channel><title>Báo</title>{items}</channel></rss>"


FEEDS = {
    "plain": (rss(GOOD).encode(), 1, ()),
    "bom": (b"\xef\xbb\xbf" + rss(GOOD).encode(), 1, ("bom",)),
    "blank lines": (("\n\n\n\n" + rss(GOOD)).encode(), 1, ("leading-space",)),
    "no declaration": (rss(GOOD, head="").encode(), 1, ("no-declaration",)),
    "says utf-16, is utf-8": (rss(GOOD, "<?xml version='1.0' encoding='utf-16'?>").encode(), 1, ("wrong-encoding",)),
    "is utf-16": (rss(GOOD).encode("utf-16"), 1, ("bom",)),
    "windows-1258": (rss(GOOD, "<?xml version='1.0' encoding='windows-1258'?>").encode("cp1258", "replace"), 1, ()),
    "html entities": (rss(GOOD.replace("Bài", "B&agrave;i &nbsp; R&D")).encode(), 1, ()),
    "control signs": (rss(GOOD.replace("Bài", "B\x08ài")).encode(), 1, ("control-signs",)),
    "cut": (rss(GOOD * 3)[:-60].encode(), 1, ("broken-xml",)),
    "us dates": (rss(GOOD.replace(DAY, "11/20/2026 8:15:00 AM")).encode(), 1, ("us-dates",)),
    "link in guid": (rss("<item><title>B</title><guid>https://bao.vn/a-1.html</guid></item>").encode(), 1, ()),
    "relative": (rss(GOOD.replace("https://bao.vn", "")).encode(), 1, ()),
    "line breaks in link": (rss(GOOD.replace("https://bao.vn/a", "\n https://bao.vn/a")).encode(), 1, ()),
    "no link": (rss("<item><title>B</title><link/></item>").encode(), 0, ("empty",)),
    "twins": (rss(GOOD * 4).encode(), 1, ()),
    "no item": (rss("").encode(), 0, ("empty",)),
    "html": (b"<!DOCTYPE html><html><body>x</body></html>", 0, ("html-instead",)),
    "nothing": (b"", 0, ("empty",)),
    "spaces": (b" \n ", 0, ("empty",)),
    "json, broken": (b"{'a': ", 0, ("broken-json",)),
    "json": (json.dumps({"data": {"items": [{"url": "/a-1.html", "title": "B", "date": 1784543714}]}}).encode(), 1, ()),
    "atom": (b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>B</title><link rel='self' href='/s'/>"
             b"<link href='/a-1.html'/><updated>2026-11-20T08:15:00+07:00</updated></entry></feed>", 1, ()),
    "rdf": (b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
            b"<item><title>B</title><link>https://bao.vn/a-1.html</link></item></rdf:RDF>", 1, ()),
}  # fmt: skip


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_yields_what_it_holds(name):
    body, count, faults = FEEDS[name]
    listing = read_feed(body, "https://bao.vn/rss")
    assert [one.url for one in listing.entries] == ["https://bao.vn/a-1.html"] * count
    assert set(faults) <= set(listing.faults)


REAL = {
    "ftsnews__cafef_list_response.json": 5, "ftsnews__dantri_bom.rss": 100, "ftsnews__tnck_zone_response.json": 40,
    "ftsnews__vietnambiz_utf16.rss": 30, "ftsnews__vietstock_feed.xml": 27, "ftsnews__vneconomy_capture_feed.xml": 3,
    "ftsnews__vneconomy_feed.xml": 50, "vanpho93__vnexpress_tin-moi-nhat_2017-07-26.rss": 25,
    "vanpho93__vnexpress_tin-moi-nhat_2017-11-14.rss": 24,
}  # fmt: skip


@needs_shared
@pytest.mark.parametrize("name", REAL)
def test_real_feeds_yield_all_their_articles_dated_and_titled(name):
    listing = read_feed((SHARED / "feeds" / name).read_bytes(), "https://bao.vn/rss")
    assert len(listing.entries) == REAL[name]
    assert all(one.published and one.title and "<" not in one.title for one in listing.entries)


def urlset(*rows):
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{''.join(rows)}</urlset>".encode()


def row(number, modified=""):
    stamp = f"<lastmod>{modified}</lastmod>" if modified else ""
    return f"<url><loc>\n https://bao.vn/bai-{number}.html </loc>{stamp}</url>"


def test_sitemaps_plain_packed_and_with_news():
    plain = urlset(row(1, "2026-11-20"), row(2))
    for body in (plain, gzip.compress(plain), b"\xef\xbb\xbf" + plain):
        listing = read_sitemap(body, "https://bao.vn/sitemap.xml")
        assert [one.url for one in listing.entries] == ["https://bao.vn/bai-1.html", "https://bao.vn/bai-2.html"]
        assert listing.entries[0].modified == date(2026, 11, 20)
    news = (
        "<url><loc>https://bao.vn/a</loc><news:news xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>"
        "<news:publication_date>2026-11-20T08:15:00+07:00</news:publication_date><news:title>Tít</news:title></news:news>"
        "<image:image xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'><image:loc>https://bao.vn/i.jpg"
        "</image:loc><image:title>Ảnh</image:title></image:image></url>"
    )
    (one,) = read_sitemap(urlset(news), "https://bao.vn/news.xml").entries
    assert one.via == "news-sitemap" and one.title == "Tít" and one.url == "https://bao.vn/a"
    assert one.published == datetime(2026, 11, 20, 1, 15, tzinfo=UTC)


def test_a_lastmod_that_is_the_same_for_all_says_nothing():
    listing = read_sitemap(urlset(*(row(n, "2026-11-20T00:00:00Z") for n in range(9))), "https://bao.vn/s.xml")
    assert "frozen-lastmod" in listing.faults and not any(one.modified for one in listing.entries)


@pytest.mark.parametrize(
    ("names", "first"),
    [
        (["news-2025-12.xml", "news-2026-9.xml", "news-2026-10.xml"], "news-2026-10.xml"),
        (["2026-9-21-25.xml", "2026-9-26-30.xml", "2026-10-1-5.xml"], "2026-10-1-5.xml"),
        (["sitemap-post/2026-11-19.xml", "sitemap-post/2026-11-20.xml"], "sitemap-post/2026-11-20.xml"),
        (["news-2026-9.xml", "latest-news-sitemap.xml"], "latest-news-sitemap.xml"),
        (["sitemap-category.xml", "sitemap-news.xml", "sitemap-tags.xml"], "sitemap-news.xml"),
    ],
)
def test_an_index_gives_its_newest_files_first(names, first):
    rows = "".join(f"<sitemap><loc>https://bao.vn/{name}</loc></sitemap>" for name in names)
    listing = read_sitemap(f"<sitemapindex>{rows}</sitemapindex>".encode(), "https://bao.vn/sitemap.xml")
    assert listing.form == "index" and listing.children[0] == f"https://bao.vn/{first}"


def test_the_day_in_a_sitemap_s_name():
    assert name_date("https://x/news-2026-9.xml") == date(2026, 10, 1)
    assert name_date("https://x/news-2026-12.xml") == date(2027, 1, 1)
    assert name_date("https://x/2026-09-26.xml") == date(2026, 9, 26)
    assert name_date("https://x/sitemap.xml") is None


ARTICLES = [
    "/xa-hoi/202603/boi-duong-nghiep-vu-du-lich-0301103/", "/chinh-sach-moi-ve-bao-hiem-a196558.html",
    "/mot-so-diem-moi-post317660.html", "/de-xuat-phat-co-so-554711.html", "/ban-do-so-tinh-258512.htm",
    "/tintuc/Pages/hoat-dong.aspx?CateID=0&ItemID=35024", "/slug-dai-khong-co-so-hieu-nao/",
    "/x%C3%A3-h%E1%BB%99i/x%C3%A2y-d%E1%BB%B1ng-n%C3%B4ng-th%C3%B4n-m%E1%BB%9Bi",
    "/news/452/85025/gia-keo-giong-tang-cao",
]  # fmt: skip
OTHERS = [
    "/", "/xa-hoi", "/xa-hoi/", "/xa-hoi?page=2", "/tag/bao-hiem-xa-hoi-tu-nguyen-cho-nguoi-dan", "/rss/xa-hoi.rss",
    "/anh/bai-viet-rat-la-dai.jpg", "/lien-he", "/dang-nhap", "/tim-kiem?q=bao-hiem", "/page/2",
]  # fmt: skip


@pytest.mark.parametrize("path", ARTICLES)
def test_addresses_of_articles(path):
    assert looks_like_article("https://bao.vn" + path)


@pytest.mark.parametrize("path", OTHERS)
def test_addresses_of_anything_else(path):
    assert not looks_like_article("https://bao.vn" + path)


PAGE = """<html><head><base href="https://bao.vn/xa-hoi/">
<link rel="alternate" type="application/rss+xml" href="/rss/xa-hoi.rss"></head></html><body>
<div class="tin"><a href="bai-viet-thu-nhat-a1001.html"><img></a>
<a href="bai-viet-thu-nhat-a1001.html">Bài thứ nhất</a><span>20/11/2026 08:15</span></div>
<div class="tin"><h3><a href="/bai-viet-thu-hai-a1002.html?utm_source=x">Bài thứ hai</a></h3></div>
<a href="https://khac.vn/bai-viet-ngoai-le-a1.html">Ngoài</a><a href="/xa-hoi?page=2">2</a></body>"""


def test_a_list_page_names_articles_dates_and_the_next_page():
    listing = read_list(PAGE.encode(), "https://bao.vn/xa-hoi", sites=frozenset({"bao.vn"}))
    assert [(one.url, one.title) for one in listing.entries] == [
        ("https://bao.vn/xa-hoi/bai-viet-thu-nhat-a1001.html", "Bài thứ nhất"),
        ("https://bao.vn/bai-viet-thu-hai-a1002.html", "Bài thứ hai"),
    ]
    assert listing.entries[0].published == datetime(2026, 11, 20, 8, 15, tzinfo=VIETNAM)
    assert listing.next_page == "https://bao.vn/xa-hoi?page=2"
    assert feed_links(parse_page(PAGE.encode()), "https://bao.vn/xa-hoi") == ("https://bao.vn/rss/xa-hoi.rss",)


def pages(kind):
    index = SHARED / "pages" / "index.jsonl"
    rows = [json.loads(line) for line in index.read_text("utf-8").splitlines()] if index.exists() else []
    return [row for row in rows if (row["kind"] == "article") == (kind == "article") and row["url"]]


def body_of(row):
    return gzip.decompress((SHARED / "pages" / row["file"]).read_bytes())


@needs_shared
@pytest.mark.parametrize("row", pages("article"), ids=lambda row: row["file"][:40])
def test_real_articles_are_articles(row):
    assert judge(200, {"content-type": "text/html"}, body_of(row), row["url"]).kind == "article"


@needs_shared
@pytest.mark.parametrize("row", [r for r in pages("list") if "list" in r["file"]], ids=lambda row: row["file"][:40])
def test_real_lists_are_lists(row):
    body = body_of(row)
    assert judge(200, {}, body, row["url"]).kind == "list"
    site = urlsplit(row["url"]).netloc.removeprefix("www.")
    assert len(read_list(body, row["url"], sites=frozenset({site})).entries) >= 1
