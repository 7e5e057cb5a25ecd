"""How the families of Vietnamese newspapers build a page: classes and order are theirs, the words invented."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from tests.extract.made_story import AUTHOR, Story

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


def figure(caption: str) -> str:
    return f"<figure class='image'><img src='a.jpg'><figcaption>{escape(caption)}</figcaption></figure>"


def _table_picture(caption: str) -> str:
    rows = f"<tr><td><img src='a.jpg'></td></tr><tr><td class='desc_image'>{escape(caption)}</td></tr>"
    return f"<table class='image center'>{rows}</table>"


def credited(caption: str) -> str:
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
        ("<div class='content-fck'>", "</div>"), figure, lambda: _links("box-lienquan"), _links("tin-khac"),
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
        "<div class='article__tag'><a href='/t/bhxh'>BHXH</a> <a href='/t/bhyt'>BHYT</a></div>"
        + _links("story-listing"),
    ),
    "b-grid": Build(
        "https://baovungcao.example.vn/huyen-thach-khe-vuot-chi-tieu-10275513.html",
        lambda story, dated: (
            f"<h1 class='sc-longform-header-title block-sc-title'>{escape(story.title)}</h1>"
            f"<span class='block-sc-publish-time'>{dated}</span><p class='block-sc-sapo'>{escape(story.lead)}</p>"
        ),
        ("<div class='b-maincontent entry'>", "</div>"), figure,
        lambda: f"<div class='sc-empty-layer related-news'><a href='/2.html'>{OTHERS[1]}</a></div>",
        f"<div class='b-grid'><h3 class='b-grid__title'><a href='/3.html'>{OTHERS[2]}</a></h3></div>",
    ),
    "-id.htm": Build(
        "https://baovungcao.example.vn/huyen-thach-khe-vuot-chi-tieu-218553.htm",
        lambda story, dated: _plain_head(story, dated, "article__title", "article__sapo", "article-date"),
        ("<div class='article__content' id='content'>", "</div>"), credited, lambda: _links("relate-news"),
        _links("newslist"),
    ),
    "-id.html, no h1": Build(
        "https://baovungcao.example.vn/huyen-thach-khe-vuot-chi-tieu-3126551.html",
        lambda story, dated: (
            f"<div class='tieude'>{escape(story.title)}</div><div class='ngaydang'>{dated}</div>"
            f"<p><strong>{escape(story.lead)}</strong></p>"
        ),
        ("<div class='noidung'>", "</div>"), credited, lambda: _links("tinlienquan"), _links("tincungmuc"),
    ),
    "postid.bbg": Build(
        "https://baovungcao.example.vn/huyen-thach-khe-vuot-chi-tieu-postid408221.bbg",
        lambda story, dated: _plain_head(story, dated, "news_detail_title", "news_detail_sapo", "format_date"),
        ("<div class='news_detail_content'>", "</div>"), _table_picture, lambda: _links("news-other"),
        _links("news-other"),
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
        ("<div class='ExternalClass8F2A'>", "</div>"), figure, lambda: _links("TinLienQuan"), _links("TinKhac"),
        paragraph=lambda text: f"<div><span style='font-size:13pt'>{escape(text)}</span></div>",
    ),
    "nothing named": Build(
        "https://baovungcao.example.vn/tin-bai/xa-hoi/huyen-thach-khe-vuot-chi-tieu",
        lambda story, dated: (
            f"<h1>{escape(story.title)}</h1><div>{dated}</div><p><b>{escape(story.lead)}</b></p>"
        ),
        ("<div>", "</div>"), figure,
        lambda: f"<p><a href='/5'>{OTHERS[1]}</a></p>",
        "<div><h3>Các tin khác</h3>"
        + "".join(f"<p><a href='/{n}'>{title}</a></p>" for n, title in enumerate(OTHERS))
        + "</div>",
    ),
}  # fmt: skip
"""Builds by family; the names of classes are those that such papers use."""
