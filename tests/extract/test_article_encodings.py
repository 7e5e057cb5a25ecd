"""One page in every encoding that Vietnamese pages have been served in gives one article."""

import gzip
import zlib
from collections.abc import Callable

import pytest

from extract.article.read import read_article
from extract.pages.look import worth_reading
from tests.extract.test_article_first_look import FORMS

PARAGRAPHS = [
    "Đến hết tháng 6/2023, toàn tỉnh có 1.204 người tham gia BHXH tự nguyện và 86.310 người có thẻ BHYT.",
    "Cơ quan bảo hiểm xã hội của tỉnh được giao thêm 300 người, các xã vùng cao là 45 người.",
]
TITLE = "Những xã vùng cao có thêm người tham gia BHXH"
PAGE = (
    f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div class='date'>Ngày 07 tháng 07 năm 2023</div>"
    f"<div class='noidung'>{''.join(f'<p>{paragraph}</p>' for paragraph in PARAGRAPHS)}</div></body></html>"
)
PACKINGS: dict[str, Callable[[bytes], bytes]] = {"plain": bytes, "gzip": gzip.compress, "zlib": zlib.compress}
FONTS = {
    "TCVN3": (
        "Toµn tØnh cã 1.204 ng\xadêi tham gia b¶o hiÓm x· héi tù nguyÖn, cña c¸c x· vïng cao lµ 310 ng\xadêi.",
        "Toàn tỉnh có 1.204 người tham gia bảo hiểm xã hội tự nguyện, của các xã vùng cao là 310 người.",
    ),
    "VNI": (
        "Toaøn tænh coù 1.204 ngöôøi tham gia baûo hieåm xaõ hoäi töï nguyeän, cuûa caùc xaõ vuøng cao laø 310 ngöôøi.",
        "Toàn tỉnh có 1.204 người tham gia bảo hiểm xã hội tự nguyện, của các xã vùng cao là 310 người.",
    ),
}


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_reads_the_same(form: str, packing: str) -> None:
    body = PACKINGS[packing](FORMS[form](PAGE))
    article = read_article(body, "")
    assert article.text.split("\n\n") == PARAGRAPHS
    assert article.title == TITLE
    assert str(article.published) == "2023-07-07"
    assert worth_reading(body)


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_fonts(font: str, encoding: str) -> None:
    pytest.importorskip("viparse", reason="the extra `legacy` is not installed")
    coded, proper = FONTS[font]
    body = f"<html><body><h1>Tin</h1><p>{coded}</p></body></html>".encode(encoding)
    assert worth_reading(body)
    assert read_article(body, "").text == proper
