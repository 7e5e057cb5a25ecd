"""What invented pages say, and the ways in which they write the instant of their publication."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

HOUR = timezone(timedelta(hours=7))
AUTHOR = "Minh Vân"


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """What a page is to say."""

    title: str = "Huyện Thạch Khê vượt chỉ tiêu phát triển người tham gia BHXH tự nguyện"
    lead: str = "Sáu tháng đầu năm, huyện Thạch Khê có thêm 412 người tham gia BHXH tự nguyện, đạt 103% kế hoạch."
    paragraphs: tuple[str, ...] = (
        "Theo Quyết định số 546/QĐ-TTg ngày 29/4/2022, huyện được giao phát triển mới 400 người trong năm nay.",
        "Đến hết tháng 6/2023, toàn huyện có 2.318 người tham gia BHXH tự nguyện, tăng 412 người so với cuối 2022.",
        "Ông Lò Văn Páo, Giám đốc BHXH huyện, cho biết: “Mỗi xã đều có nhân viên thu đến tận nhà vận động”.",
        "Nợ",
        "Tính đến 30/6/2023, số tiền chậm đóng là 3,2 tỷ đồng, bằng 2,1% số phải thu, giảm 0,4 tỷ đồng so với cùng kỳ.",
        "Thời gian tới, huyện tiếp tục giao chỉ tiêu cho từng xã và kiểm tra các đơn vị chậm đóng kéo dài.",
    )
    caption: str = "Nhân viên thu tư vấn cho người dân xã Nậm Lạnh."
    rows: tuple[tuple[str, ...], ...] = (
        ("Xã", "Kế hoạch", "Thực hiện"),
        ("Nậm Lạnh", "40", "46"),
        ("Mường Và", "55", "51"),
    )
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
    "American, hidden": Dated("07/07/2023 08:05 GMT+7", extra='<span style="display:none">7/7/2023 8:05:00 AM</span>'),
    "none": Dated(right=None),
}
"""Ways to write one and the same instant."""
