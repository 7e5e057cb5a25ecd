"""Invented pages of every family of Vietnamese newspapers, with what each says: to try on what no page was kept of.

A page is a `Story` set in the build of a family (`FAMILIES`), dated in one of the ways that pages write an instant
(`DATES`), with one hardship more (`HARDSHIPS`).
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from html import escape

from tests.extract.made_builds import FAMILIES, FOOTER, MENU, OTHERS, Build, credited, figure
from tests.extract.made_story import AUTHOR, DATES, Dated, Page, Story


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
    if build.picture is credited:
        caption = f"{caption.rstrip('.')}. Ảnh: {AUTHOR}"
    body = page.write()
    html = page.encode(
        f"<!DOCTYPE html><html lang='vi'><head>{page.charset}<title>{escape(story.title)} - {story.outlet}</title>"
        f"<meta property='og:title' content='{escape(story.title)}'>"
        f"<meta property='og:site_name' content='{story.outlet}'>"
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
    between: str = ""
    between_text: list[str] = field(default_factory=list)
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
                heading = f"<h2>{text}</h2>" if self.build.picture is figure else f"<p><strong>{text}</strong></p>"
                pieces.append(heading)
            elif self.breaks:
                pieces.append(escape(text) + "<br><br>")
            else:
                pieces.append(self.build.paragraph(text))
            if number == 1:
                pieces.append(self.build.picture(self.caption) * self.pictures)
            if number == 2 and self.related:
                pieces.append(self.build.related())
            if number == 4:
                pieces += [self.table, self.between]
        return self.build.body[0] + self.first + "".join(pieces)

    def right(self, caption: str) -> list[str]:
        """Give what is to be read, in order."""
        told: list[str] = []
        for number, text in enumerate(self.paragraphs):
            told.append(text)
            if number == 1:
                told += [caption] * self.pictures
            if number == 4:
                told += [*([self.table_text] if self.table else []), *self.between_text]
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
        "<div class='comment-box'><h3>Ý kiến bạn đọc (2)</h3><div class='comment'><b>Hoàng Hà</b><p>Bài rất có ích, "
        "tôi đã tham gia BHXH tự nguyện được 3 năm.</p><span>08/07/2023 10:11</span></div></div>"
    )
    return replace(page, tail=tail)


def _listened(page: _Set) -> _Set:
    first = (
        "<div class='audio-player'>Nghe đọc bài: giọng nữ miền Bắc 0:00 / 3:12</div><div class='fontsize'>A- A A+</div>"
    )
    return replace(page, first=first)


def _pointed(page: _Set) -> _Set:
    first = f"<p>&gt;&gt; <a href='/6.html'>{OTHERS[1]}</a></p>"
    return replace(page, between=f"{first}<p>Xem thêm: <a href='/7.html'>{OTHERS[2]}</a></p>")


def _introduced(page: _Set) -> _Set:
    tail = (
        f"<div class='author-info'><img src='a.jpg'><h4>{AUTHOR}</h4><p>Phóng viên tại vùng cao, viết về an sinh "
        "xã hội và đời sống đồng bào.</p></div>"
    )
    return replace(page, tail=tail)


def _quoted(page: _Set) -> _Set:
    said = "Chúng tôi giao mỗi nhân viên thu vận động 5 người một tháng, xã nào chậm thì huyện xuống cùng làm."
    return replace(page, between=f"<blockquote><p>{said}</p></blockquote>", between_text=[said])


def _listed(page: _Set) -> _Set:
    items = ("Xã Nậm Lạnh: 46 người", "Xã Mường Và: 51 người", "Thị trấn Thạch Khê: 120 người")
    told = "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    return replace(page, between=told, between_text=["\n".join(items)])


def _unwrapped(page: _Set) -> _Set:
    return replace(page, build=replace(page.build, paragraph=lambda text: f"<div><div>{escape(text)}</div></div>"))


def _in_spans(page: _Set) -> _Set:
    def paragraph(text: str) -> str:
        first, _, rest = escape(text).partition(" ")
        return f"<p><span style='font-family:Arial'><span>{first}</span>&nbsp;<em>{rest}</em></span></p>"

    return replace(page, build=replace(page.build, paragraph=paragraph))


def _invited(page: _Set) -> _Set:
    tail = (
        "<p>Theo dõi Báo Vùng Cao trên <a href='https://news.google.example/x'>Google News</a></p>"
        "<div class='banner-ads'><p>Quảng cáo: phòng khám đa khoa nhận khám BHYT cả thứ bảy, chủ nhật.</p></div>"
    )
    return replace(page, tail=tail)


def _old_news(page: _Set) -> _Set:
    """Other articles with dates of their own beside the headline."""
    beside = "".join(
        f"<li><a href='/{number}.html'>{title}</a> <span class='time'>0{number + 1}/07/2023 10:00</span></li>"
        for number, title in enumerate(OTHERS)
    )
    return replace(page, tail=f"<div class='sidebar'><h3>Tin mới nhất</h3><ul>{beside}</ul></div>")


def windows_1258(text: str) -> bytes:
    """Write text in windows-1258: letters with their tone as a sign of its own."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    signs = []
    for sign in text:
        parts = unicodedata.normalize("NFD", sign)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        signs.append(base + "".join(part for part in parts if part in tones))
    return "".join(signs).encode("cp1258", "xmlcharrefreplace")


def _cut(text: str) -> bytes:
    """A page whose last bytes never came."""
    end = text.find("</footer>")
    return text[: end - 40].encode()


HARDSHIPS: dict[str, Callable[[_Set], _Set]] = {
    "plain": lambda page: page,
    "a table": _with_table,
    "a table with spans": _with_spans,
    "related in the middle": lambda page: replace(page, related=True),
    "pointers in the middle": _pointed,
    "a quotation": _quoted,
    "a list": _listed,
    "paragraphs by line breaks": lambda page: replace(page, breaks=True),
    "paragraphs in boxes": _unwrapped,
    "paragraphs in spans": _in_spans,
    "comments": _commented,
    "the author introduced": _introduced,
    "invitations and advertisements": _invited,
    "dated news beside": _old_news,
    "a player and sizes of type": _listened,
    "no footer": lambda page: replace(page, foot=""),
    "cut": lambda page: replace(page, encode=_cut),
    "two pictures": lambda page: replace(page, pictures=2),
    "letters taken apart": lambda page: replace(page, encode=lambda text: unicodedata.normalize("NFD", text).encode()),
    "entities": lambda page: replace(page, encode=lambda text: text.encode("ascii", "xmlcharrefreplace")),
    "no charset": lambda page: replace(page, charset=""),
    "UTF-16": lambda page: replace(page, charset="", encode=lambda text: text.encode("utf-16")),
    "windows-1258": lambda page: replace(page, charset="<meta charset='windows-1258'>", encode=windows_1258),
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
