"""From a bare address to a declaration; and trying a declared source without keeping anything."""

import time
import tomllib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.check import check
from crawler.discover import as_toml, declaration, discover_now, source_id
from crawler.registry import load_sources, make_source
from crawler.settings import Limits
from tests.crawler.hostile import NOT_FOUND, Press, Site, answer, article, feed, silence
from tests.crawler.misbehaviour import html, redirect, xml

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
FAST = Limits(timeout=6, interval=0, pages=5, list_pages=8)
PATHS = [f"/xa-hoi/nguoi-dan-tham-gia-bao-hiem-{n}-{100000 + n}.html" for n in range(8)]
LINKS = "".join(f"<h3><a href='{path}'>Người dân tham gia bảo hiểm {n}</a></h3>" for n, path in enumerate(PATHS))
MENU = (
    "<a href='/xa-hoi'>Xã hội</a><a href='/the-thao'>Thể thao</a><a href='/y-te'>Y tế</a><a href='/lien-he'>Liên hệ</a>"
)
NAME = "<meta property='og:site_name' content='Báo Xứ Lạng'>"
URLSET = "".join(
    f"<url><loc>{{home}}{path[1:]}</loc><lastmod>2026-11-0{n + 1}</lastmod></url>" for n, path in enumerate(PATHS)
)
ARTICLES = {path: answer(article(path)) for path in PATHS}


def page(body):
    return answer(html(NAME + body))


SITES = {
    "alternate": {
        "/": page(f"<link rel='alternate' type='application/rss+xml' href='/tin/xa-hoi.rss'>{LINKS}"),
        "/tin/xa-hoi.rss": xml(feed(*PATHS)),
    },
    "common": {"/": page("<p>Trang chủ</p>"), "/rss": xml(feed(*PATHS))},
    "page-of-feeds": {
        "/": page("<a href='/rss'>RSS</a>"),
        "/rss": page("<a href='/rss/the-thao.rss'>Thể thao</a><a href='/rss/xa-hoi.rss'>Xã hội</a>"),
        "/rss/xa-hoi.rss": xml(feed(*PATHS)),
    },
    "robots-sitemap": {
        "/": page("<p>Trang chủ</p>"),
        "/robots.txt": answer(b"Sitemap: http://127.0.0.1:{port}/ban-do.xml\n", kind="text/plain", length=""),
        "/ban-do.xml": answer(
            f"<urlset>{URLSET}</urlset>".replace("{home}", "http://127.0.0.1:{port}/").encode(), length=""
        ),
    },
    "sitemap-index": {
        "/": page("<p>Trang chủ</p>"),
        "/sitemap.xml": answer(
            b"<sitemapindex><sitemap><loc>http://127.0.0.1:{port}/news-2026-11.xml</loc></sitemap></sitemapindex>",
            length="",
        ),
        "/news-2026-11.xml": answer(
            f"<urlset>{URLSET}</urlset>".replace("{home}", "http://127.0.0.1:{port}/").encode(), length=""
        ),
    },
    "no-home": {"/rss": xml(feed(*PATHS))},
    "few-in-feed": {"/": page(LINKS), "/rss": xml(feed(*PATHS[:2]))},
    "sections": {"/": page(MENU + LINKS), "/xa-hoi": page(LINKS), "/y-te": page(LINKS)},
    "home-only": {"/": page(LINKS)},
    "moved-home": {"/": redirect("/trang-chu"), "/trang-chu": page(LINKS)},
}
CHOSEN = {
    "alternate": ("feeds", "/tin/xa-hoi.rss"),
    "common": ("feeds", "/rss"),
    "page-of-feeds": ("feeds", "/rss/xa-hoi.rss"),
    "robots-sitemap": ("sitemaps", "/ban-do.xml"),
    "sitemap-index": ("sitemaps", "/sitemap.xml"),
    "no-home": ("feeds", "/rss"),
    "few-in-feed": ("sections", "/"),
    "sections": ("sections", "/xa-hoi"),
    "home-only": ("sections", "/"),
    "moved-home": ("sections", "trang-chu"),
}


@pytest.fixture(scope="module")
def press():
    press = Press()
    yield press
    press.close()


@pytest.fixture
def opened(press, monkeypatch):
    def open_site(pages):
        site = press.open(Site("báo", ARTICLES | pages))
        monkeypatch.setenv("ANSINH_ALLOW_PRIVATE", f"127.0.0.1:{site.port}")
        return site

    return open_site


@pytest.mark.parametrize("name", SITES)
def test_a_site_is_discovered_declared_and_tried(opened, name, tmp_path):
    site = opened(SITES[name])
    found = discover_now(site.home, now=lambda: NOW, limits=FAST)
    assert not found.fault, found
    key, value = CHOSEN[name]
    assert any(value in one for one in found.chosen[key]), found.chosen
    assert len({one.url for one in found.entries}) == len(PATHS)
    assert found.name == ("Báo Xứ Lạng" if "/" in SITES[name] else site.home.split("/")[2])
    table = declaration(found, name="Báo Xứ Lạng", area="Lạng Sơn", today=NOW)
    text = as_toml(table)
    assert text.count("\n") <= 12 and tomllib.loads(text) == table
    (tmp_path / f"{source_id('Báo Xứ Lạng')}.toml").write_text(text, "utf-8")
    source = load_sources(tmp_path)["bao-xu-lang"]
    (checked,) = check([source], now=lambda: NOW, limits=FAST)
    assert checked.run.verdict == "ok" and len(checked.pages) == 5
    assert checked.run.counts["found"] == len(PATHS)


FORM = "<form action='/tim-kiem?x=1'><input type='hidden' name='loai' value='tin'><input name='q'></form>"
ASKED = "/tim-kiem?q=b%E1%BA%A3o%20hi%E1%BB%83m%20x%C3%A3%20h%E1%BB%99i&loai=tin"


@pytest.mark.parametrize(
    ("form", "result", "declared"),
    [
        (FORM, page(LINKS), "/tim-kiem?q={words}&loai=tin"),
        (FORM, page("<a href='/the-thao/tran-dau-toi-nay-o-san-tinh-100009.html'>Trận đấu</a>"), None),
        (FORM, answer(html("<div id='app'></div><script src='/a.js'></script>")), None),
        (FORM, answer(b"no", "403 Forbidden"), None),
        (FORM.replace("<form", "<form method='post'"), page(LINKS), None),
        (FORM.replace("name='q'", "name='email'").replace("tim-kiem", "dang-ky"), page(LINKS), None),
        (FORM.replace("/tim-kiem", "https://khac.vn/tim-kiem"), page(LINKS), None),
    ],
    ids=["works", "answers anything", "by script", "forbidden", "by post", "a newsletter", "elsewhere"],
)
def test_a_site_s_own_search_is_declared_where_it_finds_the_words(opened, form, result, declared):
    site = opened({"/": page(form + LINKS), "/rss": xml(feed(*PATHS[:4])), ASKED: result})
    found = discover_now(site.home, now=lambda: NOW, limits=FAST)
    table = declaration(found, name="Báo Xứ Lạng", today=NOW)
    assert table.get("search") == declared and make_source({"id": "b"} | table, where="b").search == (declared or "")


@pytest.mark.parametrize(
    ("pages", "says"),
    [
        ({"/": answer(b"no", "403 Forbidden")}, "403"),
        ({"/": silence}, "no whole answer in time"),
        ({"/": page("<p>Trang này không có bài nào cả.</p>")}, "no article"),
        ({"/": answer(html("<title>Just a moment...</title>"))}, "challenge"),
        ({"/": NOT_FOUND}, "no article"),
        ({"/": answer(b"%PDF-1.4", kind="application/pdf")}, "no web page: binary"),
        ({"/": answer(b'{"a": 1}', kind="application/json")}, "no web page: content type"),
        ({"/": page(LINKS), "/robots.txt": answer(b"User-agent: *\nDisallow: /", kind="text/plain")}, "robots"),
    ],
    ids=["forbidden", "silent", "empty", "challenge", "missing", "pdf", "json", "robots"],
)
def test_what_cannot_be_had_is_said(opened, pages, says):
    assert says in discover_now(opened(pages).home, now=lambda: NOW, limits=FAST).fault


def test_the_address_of_a_feed_will_do(opened):
    site = opened({"/": page("<p>Trang chủ</p>"), "/tin/moi.xml": xml(feed(*PATHS))})
    found = discover_now(site.home + "tin/moi.xml", now=lambda: NOW, limits=FAST)
    assert found.home == site.home and found.chosen["feeds"] == ("/tin/moi.xml",)


def test_a_private_address_that_is_not_listed_is_not_asked(press, monkeypatch):
    site = press.open(Site("báo", {"/": page(LINKS)}))
    monkeypatch.setenv("ANSINH_ALLOW_PRIVATE", "127.0.0.1:1")
    assert "ANSINH_ALLOW_PRIVATE" in discover_now(site.home, now=lambda: NOW, limits=FAST).fault
    assert not site.requests


@pytest.mark.parametrize("url", ["", "mailto:x@y", "http://[", "ftp://x.vn/"])
def test_no_address_at_all(url):
    assert discover_now(url, now=lambda: NOW).fault


def test_a_check_says_what_is_wrong_and_what_to_do(opened):
    site = opened({"/rss": answer(html("<title>Just a moment...</title>"))})
    source = make_source({"id": "bao", "name": "Báo", "home": site.home, "feeds": ["/rss"]}, where="bao")
    (checked,) = check([source], now=lambda: NOW, limits=FAST)
    assert checked.run.verdict == "blocked"
    assert checked.refused and checked.cure


def test_a_trial_ends_in_time_whatever_pause_a_site_asks_for(opened):
    pause = answer(b"User-agent: *\nCrawl-delay: 30", kind="text/plain")
    site = opened({"/": page(MENU + LINKS), "/rss": xml(feed(*PATHS)), "/xa-hoi": page(LINKS), "/robots.txt": pause})
    started = time.monotonic()
    found = discover_now(site.home, now=lambda: NOW, limits=FAST)
    assert found.fault or any("time" in way.fault for way in found.ways)
    limits = replace(FAST, round_seconds=1.5)
    source = make_source({"id": "bao", "name": "Báo", "home": site.home, "feeds": ["/rss", "/rss2"]}, where="bao")
    begun = time.monotonic()
    (checked,) = check([source], now=lambda: NOW, limits=limits)
    assert time.monotonic() - begun < 25 and time.monotonic() - started < 90
    assert checked.run.verdict == "failing" and "hết giờ" in checked.run.evidence
    assert sum(site.asked.values()) <= 3  # robots.txt for each, and the home page: the pause is kept
