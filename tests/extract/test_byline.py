"""How a byline is chosen where a page says several things, or the wrong thing, about its date."""

from datetime import date, datetime

import pytest

from extract.article.byline import decide
from extract.article.byline_forms import VIETNAM, Stamp, machine_stamp
from extract.article.byline_page import Claim, url_claims, url_month
from extract.article.read import read_article

BODY = (
    "<div class='detail-content'><p>Đến hết tháng 6, toàn huyện có 1.204 người tham gia BHXH tự nguyện, đạt 61%.</p>"
    "<p>Cơ quan bảo hiểm xã hội huyện phấn đấu có thêm 300 người trong quý III, theo lãnh đạo cơ quan.</p></div>"
)
TITLE = "<h1>Huyện miền núi có 1.204 người tham gia</h1>"


def page(before: str = "", between: str = "", after: str = "", head: str = "") -> str:
    top = "<div class='header'><div class='header-date'>Chủ nhật, 22/11/2026 08:30</div></div>"
    foot = "<footer><p>Giấy phép số 118/GP-BTTTT cấp ngày 14/05/2021</p><p>© 2020 - 2026</p></footer>"
    shown = f"<div class='main'>{before}{TITLE}{between}{BODY}{after}</div>"
    return f"<html><head>{head}</head><body>{top}{shown}{foot}</body></html>"


def ld(published: str, modified: str | None = None, headline: str = "Huyện miền núi có 1.204 người tham gia") -> str:
    changed = f',"dateModified":"{modified}"' if modified else ""
    told = f'{{"@type":"NewsArticle","headline":"{headline}","datePublished":"{published}"{changed}}}'
    return f'<script type="application/ld+json">{told}</script>'


def meta(published: str, name: str = "article:published_time") -> str:
    return f'<meta property="{name}" content="{published}">'


def at(*parts: int) -> datetime:
    year, month, day, hour, minute, *second = parts
    return datetime(year, month, day, hour, minute, *second, tzinfo=VIETNAM)


NO_URL = "https://bao.example.vn/huyen-mien-nui-1204.html"
URL_ID = "https://bao.example.vn/huyen-mien-nui-119260307080612345.htm"
URL_LATE = "https://bao.example.vn/huyen-mien-nui-119260306235912345.htm"
URL_MONTH = "https://bao.example.vn/xa-hoi/202603/huyen-mien-nui-1a2b3c4/"

CASES = {
    # nothing that can be trusted
    "header and footer only": (page(), NO_URL, None, ""),
    "a decree's date below the headline": (page(between="<p>Quyết định số 595 ngày 14/4/2017</p>"), NO_URL, None, ""),
    "a law's date": (page(between="<p>Luật số 41 ngày 29/6/2024, hiệu lực 01/07/2025</p>"), NO_URL, None, ""),
    "a licence below the body": (page(after="<p>Giấy phép số 12/GP-TTĐT cấp ngày 03/02/2020</p>"), NO_URL, None, ""),
    "a comment's date": (
        page(after="<div class='comment-list'><span class='time'>10/08/2026 09:00</span><p>Hay quá</p></div>"),
        NO_URL, None, "",
    ),
    "a related article's date": (
        page(after="<div class='related'><a href='/x'>Tin khác</a> <span class='date'>10/08/2026 09:00</span></div>"),
        NO_URL, None, "",
    ),
    "related articles under the standfirst": (
        page(between="<ul class='tinlienquan'><li><a href='/x'>Tin</a> <i>10/08/2026 09:00</i></li></ul>"),
        NO_URL, None, "",
    ),
    "a date inside a sentence of the body": (
        page(between="<p>Ngày 12/02/2026, hội nghị giao ban của ngành diễn ra tại huyện với sự tham dự của 40 xã.</p>"),
        NO_URL, None, "",
    ),
    "only a month in the address": (page(), URL_MONTH, None, ""),
    # one source
    "below the headline": (page(between="<div>07/03/2026 08:06 GMT+7</div>"), NO_URL, at(2026, 3, 7, 8, 6), "visible"),
    "above the headline": (
        page(before="<span class='date'>Thứ bảy, 7/3/2026, 00:05 (GMT+7)</span>"),
        NO_URL, at(2026, 3, 7, 0, 5), "visible",
    ),
    "below the body, labelled": (
        page(after="<p class='date'>Ngày đăng: 07/03/2026</p>"),
        NO_URL, date(2026, 3, 7), "visible",
    ),
    "with the author": (page(between="<p>Ban Xã hội - 07/03/2026 08:06</p>"), NO_URL, at(2026, 3, 7, 8, 6), "visible"),
    "epoch seconds": (page(head=meta("1772816700", "its_publication")), NO_URL, at(2026, 3, 7, 0, 5), "meta"),
    "entity in meta": (page(head=meta("2026-03-07T08:06:00&#x2B;07:00")), NO_URL, at(2026, 3, 7, 8, 6), "meta"),
    "a time element": (
        page(between="<time datetime='2026-03-07 08:06'>2 giờ trước</time>"), NO_URL, at(2026, 3, 7, 8, 6), "time",
    ),
    "itemprop": (
        page(between="<span itemprop='datePublished' content='2026-03-07T08:06:00'></span>"),
        NO_URL, at(2026, 3, 7, 8, 6), "time",
    ),
    "only the id in the address": (page(), URL_ID, date(2026, 3, 7), "url"),
    "a dated path": (page(), "https://bao.example.vn/2026/03/07/huyen.html", date(2026, 3, 7), "url"),
    # agreement
    "UTC that the page shows as Vietnam's": (
        page(head=ld("2026-03-07T08:06:00Z"), between="<div>07/03/2026 08:06</div>"),
        NO_URL, at(2026, 3, 7, 8, 6), "json-ld",
    ),
    "true UTC": (
        page(head=ld("2026-03-07T01:06:00Z"), between="<div>07/03/2026 08:06</div>"),
        NO_URL, at(2026, 3, 7, 8, 6), "json-ld",
    ),
    "a day in JSON-LD, the hour on the page": (
        page(head=ld("2026-03-07"), between="<div>07/03/2026 - 08:06</div>"),
        NO_URL, at(2026, 3, 7, 8, 6), "visible",
    ),
    "midnight in meta, the hour on the page": (
        page(head=meta("2026-03-07T00:00:00+07:00"), between="<div>07/03/2026 - 08:06</div>"),
        NO_URL, at(2026, 3, 7, 8, 6), "visible",
    ),
    "an id made the evening before": (
        page(head=ld("2026-03-07T00:04:00+07:00")), URL_LATE, at(2026, 3, 7, 0, 4), "json-ld",
    ),
    # conflict
    "meta of the rendering, page and address agree": (
        page(head=meta("2026-11-22T06:00:00+07:00"), between="<div>07/03/2026 08:06</div>"),
        URL_MONTH, at(2026, 3, 7, 8, 6), "visible",
    ),
    "JSON-LD of the rendering, page and id agree": (
        page(head=ld("2026-11-22T06:00:00+07:00"), between="<div>07/03/2026 08:06</div>"),
        URL_ID, at(2026, 3, 7, 8, 6), "visible",
    ),
    "the page shows the change": (
        page(head=ld("2026-03-07T08:06:00+07:00", "2026-03-12T10:00:00+07:00"), between="<div>12/03/2026 10:00</div>"),
        NO_URL, at(2026, 3, 7, 8, 6), "json-ld",
    ),
    "labelled as a change, nothing else": (
        page(between="<div>Cập nhật lúc 15:39, Thứ Năm, 22/03/2018 (GMT+7)</div>"),
        NO_URL, at(2018, 3, 22, 15, 39), "visible",
    ),
    "posted and changed": (
        page(between="<div>Đăng lúc 08:06 07/03/2026</div><div>Cập nhật lúc 10:00 12/03/2026</div>"),
        NO_URL, at(2026, 3, 7, 8, 6), "visible",
    ),
    "two strangers, no way to tell": (
        page(head=ld("2026-03-07T08:06:00+07:00"), between="<div>25/09/2024 10:00</div>"), NO_URL, None, "",
    ),
    "another article's JSON-LD beside the own": (
        page(head=ld("2024-01-01T07:00:00+07:00", headline="Một tin khác hẳn") + ld("2026-03-07T08:06:00+07:00")),
        NO_URL, at(2026, 3, 7, 8, 6), "json-ld",
    ),
    "a month in the address that denies the meta": (page(head=meta("2024-03-07T08:06:00+07:00")), URL_MONTH, None, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_byline(name: str) -> None:
    html, url, published, evidence = CASES[name]
    article = read_article(html, url)
    assert (article.published, article.published_evidence) == (published, evidence)
    assert "1.204 người" in article.text


def test_modified() -> None:
    told = ld("2026-03-07T08:06:00+07:00", "2026-03-12T10:00:00+07:00")
    assert read_article(page(head=told), NO_URL).modified == at(2026, 3, 12, 10, 0)
    posted = "<div>Đăng lúc 08:06 07/03/2026</div><div>Cập nhật lúc 10:00 12/03/2026</div>"
    assert read_article(page(between=posted), NO_URL).modified == at(2026, 3, 12, 10, 0)
    assert (
        read_article(page(head=ld("2026-03-07T08:06:00+07:00", "2020-01-01T10:00:00+07:00")), NO_URL).modified is None
    )


def test_date_lines_are_not_text() -> None:
    article = read_article(page(between="<div>07/03/2026 08:06 GMT+7</div>"), NO_URL)
    assert "2026" not in article.text


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://bao.example.vn/x-196260307080612345.htm", date(2026, 3, 7)),
        ("https://bao.example.vn/x-20260307080612345.htm", date(2026, 3, 7)),
        ("https://bao.example.vn/d20260307080612345.htm", date(2026, 3, 7)),
        ("https://bao.example.vn/2026/3/7/x.html", date(2026, 3, 7)),
        ("https://bao.example.vn/x-4954454.html", None),
        ("https://bao.example.vn/x-196269907080612345.htm", None),
        ("https://bao.example.vn/x-0979123456789012345678.htm", None),
        ("https://bao.example.vn/xa-hoi/202603/x-1a2b3c4/", None),
        ("", None),
        ("http://[::1", None),
    ],
)
def test_day_of_an_address(url: str, day: date | None) -> None:
    assert next((claim.stamp.day for claim in url_claims(url)), None) == day


def test_month_of_an_address() -> None:
    assert url_month("https://bao.example.vn/xa-hoi/202603/x-1a2b3c4/") == (2026, 3)
    assert url_month("https://bao.example.vn/xa-hoi/209913/x/") is None


def test_no_claims_no_byline() -> None:
    assert decide([], None) == (None, "")
    stamp = machine_stamp("2026-03-07T00:00:00+07:00")
    assert stamp is not None
    assert decide([Claim("meta", stamp)], None) == (date(2026, 3, 7), "meta")
    assert decide([Claim("visible", Stamp(date(2026, 3, 7)))], (2024, 1)) == (None, "")
