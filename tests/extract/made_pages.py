"""Invented pages of every family of Vietnamese newspapers, with what each says: to try on what no page was kept of.

A page is a `Story` set in the build of a family (`FAMILIES`), dated in one of the ways pages write an instant (`DATES`),
with one hardship more (`HARDSHIPS`). All texts, names and figures are invented.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from html import escape

HOUR = timezone(timedelta(hours=7))
AUTHOR = "Minh Vân"


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """What a page is to say."""

    title: str = "Huyện Thạch Khê vượt chỉ tiêu phát triển người tham gia BHXH tự nguyện"
    lead: str = "Sáu tháng đầu năm, huyện Thạch Khê có thêm 412 người tham gia BHXH tự nguyện, đạt 103% kế hoạch được giao."
    paragraphs: tuple[str, ...] = (
        "Theo Quyết định số 546/QĐ-TTg ngày 29/4/2022, huyện được giao phát triển mới 400 người trong năm nay.",
        "Đến hết tháng 6/2023, toàn huyện có 2.318 người tham gia BHXH tự nguyện, tăng 412 người so với cuối năm trước.",
        "Ông Lò Văn Páo, Giám đốc BHXH huyện, cho biết: “Mỗi xã đều có nhân viên thu đến tận nhà vận động”.",
        "Nợ",
        "Tính đến 30/6/2023, số tiền chậm đóng là 3,2 tỷ đồng, bằng 2,1% số phải thu, giảm 0,4 tỷ đồng so với cùng kỳ.",
        "Thời gian tới, huyện tiếp tục giao chỉ tiêu cho từng xã và kiểm tra các đơn vị chậm đóng kéo dài.",
    )
    caption: str = "Nhân viên thu tư vấn cho người dân xã Nậm Lạnh."
    rows: tuple[tuple[str, ...], ...] = (("Xã", "Kế hoạch", "Thực hiện"), ("Nậm Lạnh", "40", "46"), ("Mường Và", "55", "51"))
    published: datetime = datetime(2023, 7, 7, 8, 5, tzinfo=HOUR)
    outlet: str = "Báo Vùng Cao"


@dataclass(slots=True)
class Page:
    """A page, and what is right on it."""

    name: str
    html: bytes
    url: str
    story: Story
    paragraphs: list[str]
    """Every paragraph in order, tables as their rows, captions among them."""
    captions: list[str]
    published: str | None
    """Instant or day in ISO form; None where the page says none."""


@dataclass(slots=True)
class Dated:
    """How a page writes its date: for eyes, and in the head."""

    shown: str = ""
    head: str = ""
    right: str | None = "2023-07-07T08:05:00+07:00"
    extra: str = ""
    """What stands elsewhere in the body."""


def _ld(when: str, *, change: str = "") -> str:
    told = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "{title}", "datePublished": when}
    if change:
        told["dateModified"] = change
    return f'<script type="application/ld+json">{json.dumps(told, ensure_ascii=False)}</script>'


DATES: dict[str, Dated] = {
    "weekday, comma, clock, zone": Dated("Thứ sáu, 7/7/2023, 08:05 (GMT+7)"),
    "weekday, dash, clock": Dated("Thứ sáu, 07/07/2023 - 08:05"),
    "wide space and long zone": Dated("07/07/2023   08:05 (GMT+07:00)"),
    "clock first": Dated("08:05 07/07/2023"),
    "changed at": Dated("Cập nhật lúc 08:05, Thứ Sáu, 07/07/2023 (GMT+7)"),
    "changed, comma": Dated("Cập nhật, 08:05, Thứ Sáu, 07/07/2023 (GMT+7)"),
    "bar": Dated("07/07/2023 | 08:05 GMT+7"),
    "dashes and AM": Dated("07-07-2023 - 08:05 AM"),
    "SharePoint": Dated("07/07/2023 08:05 AM"),
    "words": Dated("Thứ Sáu, ngày 07 tháng 07 năm 2023, 08:05"),
    "posted, with hours in letters": Dated("Đăng lúc: 08h05 ngày 07/07/2023"),
    "posted day only": Dated("Ngày đăng: 07/07/2023", right="2023-07-07"),
    "meta": Dated(head='<meta property="article:published_time" content="2023-07-07T08:05:00+07:00">'),
    "meta with entity": Dated(head='<meta property="article:published_time" content="2023-07-07T08:05:00&#x2B;07:00">'),
    "itemprop": Dated('<span itemprop="datePublished" content="2023-07-07T08:05:00+07:00">Hôm qua</span>'),
    "epoch": Dated(head='<meta name="its_publication" content="1688691900">'),
    "JSON-LD": Dated(head=_ld("2023-07-07T08:05:00+07:00")),
    "JSON-LD without zone": Dated(head=_ld("2023-07-07T08:05:00")),
    "JSON-LD with a space before the zone": Dated(head=_ld("2023-07-07T08:05:00.000 +07:00")),
    "JSON-LD with an entity": Dated(head=_ld("2023-07-07T08:05:00&#x2B;07:00")),
    "JSON-LD in UTC": Dated(head=_ld("2023-07-07T01:05:00Z")),
    "JSON-LD and a later change": Dated(head=_ld("2023-07-07T08:05:00+07:00", change="2023-07-09T17:40:00+07:00")),
    "time element": Dated('<time datetime="2023-07-07 08:05">thứ sáu</time>'),
    "American, hidden": Dated(
        "07/07/2023 08:05 GMT+7", extra='<span style="display:none">7/7/2023 8:05:00 AM</span>'
    ),
    "none": Dated(right=None),
}
"""Ways to write one and the same instant."""

TODAY = "Thứ Sáu, ngày 20 tháng 11 năm 2026"
FOOTER = (
    "<footer class='site-footer'><p>Giấy phép hoạt động báo điện tử số 118/GP-BTTTT cấp ngày 14/05/2021</p>"
    "<p>Tổng biên tập: Nguyễn Thị Thảo. Điện thoại: 0212.3555.111</p><p>© 2019 - 2026 Báo Vùng Cao</p></footer>"
)
MENU = (
    "<nav class='main-menu'><ul><li><a href='/'>Trang chủ</a></li><li><a href='/thoi-su'>Thời sự</a></li>"
    "<li><a href='/bhxh'>Bảo hiểm xã hội</a></li></ul></nav>"
)
OTHERS = (
    "Học sinh vùng lòng hồ được cấp thẻ BHYT mới",
    "Bản Pá Hốc có thêm 12 người tham gia BHXH tự nguyện",
    "Tuổi trẻ Thạch Khê ra quân tuyên truyền chính sách",
)


@dataclass(slots=True)
class Build:
    """How a family builds its pages."""

    url: str
    """With `{day}` for the day of publication as `YYYYMMDD` and `{month}` as `YYYYMM`."""
    head: Callable[[Story, str], str]
    """Headline, date and standfirst."""
    body: tuple[str, str]
    """What opens and closes the body."""
    picture: Callable[[str], str]
    related: Callable[[], str]
    """A box of other articles, as it may stand in the middle of the body."""
    after: str = ""
    """What follows the body."""
    clock: str = f"<div class='topdate'>{TODAY}</div>"
    paragraph: Callable[[str], str] = field(default=lambda text: f"<p>{escape(text)}</p>")


def _links(kind: str) -> str:
    items = "".join(f"<li><a href='/{number}.html'>{title}</a></li>" for number, title in enumerate(OTHERS))
    return f"<div class='{kind}'><h3>Tin liên quan</h3><ul>{items}</ul></div>"


def _figure(caption: str) -> str:
    return f"<figure class='image'><img src='a.jpg'><figcaption>{escape(caption)}</figcaption></figure>"


def _table_picture(caption: str) -> str:
    return f"<table class='image center'><tr><td><img src='a.jpg'></td></tr><tr><td class='desc_image'>{escape(caption)}</td></tr></table>"


def _credited(caption: str) -> str:
    credited = f"{caption.rstrip('.')}. Ảnh: {AUTHOR}"
    return f"<p style='text-align:center'><img src='a.jpg'></p><p style='text-align:center'>{escape(credited)}</p>"


def _plain_head(story: Story, dated: str, title: str, lead: str, date: str) -> str:
    return (
        f"<h1 class='{title}'>{escape(story.title)}</h1><div class='{date}'>{dated}</div>"
        f"<div class='{lead}'>{escape(story.lead)}</div>"
    )


FAMILIES: dict[str, Build] = {
    "month path": Build(
        "https://baovungcao.example.vn/xa-hoi/{month}/huyen-thach-khe-vuot-chi-tieu-4f21c3a/",
        lambda story, dated: (
            f"<div class='date'>{dated}</div><h1>{escape(story.title)}</h1><div class='desc'>{escape(story.lead)}</div>"
        ),
        ("<div id='content' class='content-detail'><div class='td-post-content'>", "</div></div>"),
        _table_picture, lambda: _links("othernews"), _links("othernews"),
    ),
    "-a id": Build(
        "https://baovungcao.example.vn/bhxh/huyen-thach-khe-vuot-chi-tieu-a91827.html",
        lambda story, dated: (
            f"<h1 class='title'>{escape(story.title)}</h1><span class='news-date'>{dated}</span>"
            f"<h4 class='sapo'>{escape(story.lead)}</h4>"
        ),
        ("<div class='content-fck'>", "</div>"), _figure, lambda: _links("box-lienquan"), _links("tin-khac"),
    ),
    "-post id": Build(
        "https://baovungcao.example.vn/huyen-thach-khe-vuot-chi-tieu-post318442.html",
        lambda story, dated: (
            f"<h1 class='article__title cms-title'>{escape(story.title)}</h1><div class='article__meta'>"
            f"<span class='author'>{AUTHOR}</span> <time class='time'>{dated}</time></div>"
            f"<div class='article__sapo cms-desc'>{escape(story.lead)}</div>"
        ),
        ("<div class='article__body zce-content-body cms-body'>", "</div>"), _table_picture,
        lambda: f"<div class='article__story'><a href='/x.html' class='cms-link'>{OTHERS[0]}</a></div>",
        "<div class='article__tag'><a href='/t/bhxh'>BHXH</a> <a href='/t/bhyt'>BHYT</a></div>" + _links("story-listing"),
    ),
    "b-grid": Build(
        "https://baovungcao.example.vn/huyen-thach-khe-vuot-chi-tieu-10275513.html",
        lambda story, dated: (
            f"<h1 class='sc-longform-header-title block-sc-title'>{escape(story.title)}</h1>"
            f"<span class='block-sc-publish-time'>{dated}</span><p class='block-sc-sapo'>{escape(story.lead)}</p>"
        ),
        ("<div class='b-maincontent entry'>", "</div>"), _figure,
        lambda: f"<div class='sc-empty-layer related-news'><a href='/2.html'>{OTHERS[1]}</a></div>",
        f"<div class='b-grid'><h3 class='b-grid__title'><a href='/3.html'>{OTHERS[2]}</a></h3></div>",
    ),
    "-id.htm": Build(
        "https://baovungcao.example.vn/huyen-thach-khe-vuot-chi-tieu-218553.htm",
        lambda story, dated: _plain_head(story, dated, "article__title", "article__sapo", "article-date"),
        ("<div class='article__content' id='content'>", "</div>"), _credited, lambda: _links("relate-news"),
        _links("newslist"),
    ),
    "-id.html, no h1": Build(
        "https://baovungcao.example.vn/huyen-thach-khe-vuot-chi-tieu-3126551.html",
        lambda story, dated: (
            f"<div class='tieude'>{escape(story.title)}</div><div class='ngaydang'>{dated}</div>"
            f"<p><strong>{escape(story.lead)}</strong></p>"
        ),
        ("<div class='noidung'>", "</div>"), _credited, lambda: _links("tinlienquan"), _links("tincungmuc"),
    ),
    "postid.bbg": Build(
        "https://baovungcao.example.vn/huyen-thach-khe-vuot-chi-tieu-postid408221.bbg",
        lambda story, dated: _plain_head(story, dated, "news_detail_title", "news_detail_sapo", "format_date"),
        ("<div class='news_detail_content'>", "</div>"), _table_picture, lambda: _links("news-other"), _links("news-other"),
    ),
    "VCCorp": Build(
        "https://baovungcao.example.vn/huyen-thach-khe-vuot-chi-tieu-188230707080512345.htm",
        lambda story, dated: (
            f"<h1 class='detail-title' data-role='title'>{escape(story.title)}</h1>"
            f"<div class='detail-time'><div data-role='publishdate'>{dated}</div></div>"
            f"<h2 class='detail-sapo' data-role='sapo'>{escape(story.lead)}</h2>"
        ),
        ("<div class='detail-cmain'><div class='detail-content afcbc-body' data-role='content'>", "</div></div>"),
        lambda caption: (
            "<figure class='VCSortableInPreviewMode' type='Photo'><div><img src='a.jpg'></div>"
            f"<figcaption class='PhotoCMS_Caption'><p data-placeholder='x'>{escape(caption)}</p></figcaption></figure>"
        ),
        lambda: (
            "<div class='VCSortableInPreviewMode alignJustify' type='RelatedOneNews'>"
            f"<a href='/4.htm'>{OTHERS[0]}</a><h3><a href='/4.htm'>{OTHERS[0]}</a></h3></div>"
        ),
        "<div class='detail-tab'><a href='/tag/bhxh.htm'>BHXH</a></div>" + _links("box-category"),
    ),
    "SharePoint": Build(
        "http://thachkhe.baohiemxahoi.example.vn/tintuc/Pages/tin-tuc.aspx?CateID=52&ItemID=9127",
        lambda story, dated: (
            f"<div class='title-news'>{escape(story.title)}</div><div class='date-time'>{dated}</div>"
            f"<div class='short-desc'>{escape(story.lead)}</div>"
        ),
        ("<div class='ExternalClass8F2A'>", "</div>"), _figure, lambda: _links("TinLienQuan"), _links("TinKhac"),
        paragraph=lambda text: f"<div><span style='font-size:13pt'>{escape(text)}</span></div>",
    ),
    "nothing named": Build(
        "https://baovungcao.example.vn/tin-bai/xa-hoi/huyen-thach-khe-vuot-chi-tieu",
        lambda story, dated: (
            f"<h1>{escape(story.title)}</h1><div>{dated}</div><p><b>{escape(story.lead)}</b></p>"
        ),
        ("<div>", "</div>"), _figure,
        lambda: f"<p><a href='/5'>{OTHERS[1]}</a></p>",
        "<div><h3>Các tin khác</h3>" + "".join(f"<p><a href='/{n}'>{title}</a></p>" for n, title in enumerate(OTHERS)) + "</div>",
    ),
}  # fmt: skip
"""Builds by family; the names of classes are those that such papers use."""


def _shown(text: str) -> str:
    return text


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table border='1'><tbody>{body}</tbody></table>"


def made(family: str, date: str = "weekday, dash, clock", hardship: str = "plain") -> Page:
    """Give one page."""
    build, dated, story = FAMILIES[family], DATES[date], Story()
    change = HARDSHIPS[hardship]
    page = _Set(build, dated, story, list(story.paragraphs), {"Nợ"})
    page = change(page)
    caption = page.caption
    if build.picture is _credited:
        caption = f"{caption.rstrip('.')}. Ảnh: {AUTHOR}"
    body = page.write()
    html = page.encode(
        f"<!DOCTYPE html><html lang='vi'><head>{page.charset}<title>{escape(story.title)} - {story.outlet}</title>"
        f"<meta property='og:title' content='{escape(story.title)}'><meta property='og:site_name' content='{story.outlet}'>"
        f"{dated.head.replace('{title}', story.title)}</head><body><div id='header'>{build.clock}</div>{MENU}"
        f"<div class='main'><div class='detail'>{build.head(story, dated.shown)}{dated.extra}{body}"
        f"<p style='text-align:right'><strong>{AUTHOR}</strong></p>{build.body[1]}</div>{build.after}{page.tail}</div>"
        f"{page.foot}</body></html>"
    )
    texts = [story.lead, *page.right(caption)]
    url = build.url.format(day=f"{story.published:%Y%m%d}", month=f"{story.published:%Y%m}")
    right = dated.right
    if right is None and "230707080512" in url:
        right = "2023-07-07"  # the id in the address is made of the day
    return Page(f"{family} / {date} / {hardship}", html, url, story, texts, [caption] * page.pictures, right)


@dataclass(slots=True)
class _Set:
    """A page being set."""

    build: Build
    dated: Dated
    story: Story
    paragraphs: list[str]
    headings: set[str]
    caption: str = Story().caption
    pictures: int = 1
    table: str = ""
    table_text: str = ""
    related: bool = False
    breaks: bool = False
    tail: str = ""
    foot: str = FOOTER
    charset: str = "<meta charset='utf-8'>"
    encode: Callable[[str], bytes] = str.encode
    first: str = ""

    def write(self) -> str:
        """Give the body."""
        pieces = []
        for number, text in enumerate(self.paragraphs):
            if text in self.headings:
                pieces.append(f"<h2>{text}</h2>" if self.build.picture is _figure else f"<p><strong>{text}</strong></p>")
            elif self.breaks:
                pieces.append(escape(text) + "<br><br>")
            else:
                pieces.append(self.build.paragraph(text))
            if number == 1:
                pieces.append(self.build.picture(self.caption) * self.pictures)
            if number == 2 and self.related:
                pieces.append(self.build.related())
            if number == 4:
                pieces.append(self.table)
        return self.build.body[0] + self.first + "".join(pieces)

    def right(self, caption: str) -> list[str]:
        """Give what is to be read, in order."""
        told: list[str] = []
        for number, text in enumerate(self.paragraphs):
            told.append(text)
            if number == 1:
                told += [caption] * self.pictures
            if number == 4 and self.table:
                told.append(self.table_text)
        return told


def _with_table(page: _Set) -> _Set:
    rows = page.story.rows
    return replace(page, table=_table(rows), table_text="\n".join(" | ".join(row) for row in rows))


def _with_spans(page: _Set) -> _Set:
    table = (
        "<table><thead><tr><th rowspan='2'>Xã</th><th colspan='2'>BHXH tự nguyện</th></tr><tr><th>Kế hoạch</th>"
        "<th>Thực hiện</th></tr></thead><tbody><tr><td>Nậm Lạnh</td><td>40</td><td>46</td></tr></tbody></table>"
    )
    text = "Xã | BHXH tự nguyện | \n | Kế hoạch | Thực hiện\nNậm Lạnh | 40 | 46"
    return replace(page, table=table, table_text=text)


def _commented(page: _Set) -> _Set:
    tail = (
        "<div class='comment-box'><h3>Ý kiến bạn đọc (2)</h3><div class='comment'><b>Hoàng Hà</b><p>Bài viết rất có ích, "
        "tôi đã tham gia BHXH tự nguyện được 3 năm.</p><span>08/07/2023 10:11</span></div></div>"
    )
    return replace(page, tail=tail)


def _listened(page: _Set) -> _Set:
    first = "<div class='audio-player'>Nghe đọc bài: giọng nữ miền Bắc 0:00 / 3:12</div><div class='fontsize'>A- A A+</div>"
    return replace(page, first=first)


HARDSHIPS: dict[str, Callable[[_Set], _Set]] = {
    "plain": lambda page: page,
    "a table": _with_table,
    "a table with spans": _with_spans,
    "related in the middle": lambda page: replace(page, related=True),
    "paragraphs by line breaks": lambda page: replace(page, breaks=True),
    "comments": _commented,
    "a player and sizes of type": _listened,
    "no footer": lambda page: replace(page, foot=""),
    "a gallery": lambda page: replace(page, pictures=1, caption="Ra quân tại chợ phiên xã Mường Và."),
}
"""What makes a page harder, besides the clock in its header and the licence at its foot."""


def all_pages() -> Iterator[Page]:
    """Give each family with each date, and each family with each hardship."""
    for family in FAMILIES:
        for date in DATES:
            yield made(family, date)
        for hardship in HARDSHIPS:
            if hardship != "plain":
                yield made(family, hardship=hardship)
