"""The first look passes every page that names insurance, in any form that can be read, and few others."""

import gzip
import json
import os
import unicodedata
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.article.read import read_article
from extract.pages.look import worth_reading

SHARED = Path(os.environ.get("ANSINH_SHARED") or Path(__file__).parents[2] / ".." / "shared")
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """Write text in windows-1258: letters with their tone as a sign of its own."""
    signs = []
    for sign in text:
        parts = unicodedata.normalize("NFD", sign)
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        signs.append(base + "".join(part for part in parts if part in TONES))
    return "".join(signs).encode("cp1258", "xmlcharrefreplace")


FORMS: dict[str, Callable[[str], bytes]] = {
    "NFC": lambda text: text.encode(),
    "NFD": lambda text: unicodedata.normalize("NFD", text).encode(),
    "vowels composed, tones apart": lambda text: windows_1258(text).decode("cp1258").encode(),
    "decimal entities": lambda text: text.encode("ascii", "xmlcharrefreplace"),
    "hexadecimal entities": lambda text: "".join(s if s < "\x7f" else f"&#x{ord(s):X};" for s in text).encode(),
    "lower hexadecimal entities": lambda text: "".join(s if s < "\x7f" else f"&#x{ord(s):x};" for s in text).encode(),
    "NFC and entities": lambda text: "".join(f"&#{ord(s)};" if s in "ảểẢỂ" else s for s in text).encode(),
    "windows-1258": windows_1258,
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "UTF-8 twice": lambda text: text.encode().decode("latin-1").encode(),
}
NAMES = ["bảo hiểm xã hội", "Bảo hiểm y tế", "BẢO HIỂM THẤT NGHIỆP", "Bảo Hiểm", "BHXH", "BHYT", "BHTN", "Bhxh", "bhyt"]
PAGE = "<head><title>Tin</title></head><body><h1>Tin của huyện</h1><p>Hiện nay huyện có {} và tiền.</p></body>"
SPACES = [
    "bảo\u00a0hiểm",
    "bảo  hiểm",
    "bảo\nhiểm",
    "bảo&nbsp;hiểm",
    "<b>bảo</b> hiểm",
    "Bảo <i>hiểm</i>",
    "bảo \u200bhiểm",
]
OLD = {
    "TCVN3": b"<body>B\xb6o hi\xd3m x\xb7 h\xe9i",
    "VNI": b"<body>Ba\xfbo hie\xe5m xa\xf5 ho\xe4i",
    "TCVN3 shown as UTF-8": "<body>B¶o hiÓm x· héi".encode(),
    "VNI shown as UTF-8": "<body>Baûo hieåm xaõ hoäi".encode(),
    "diacritics lost": b"<body>so nguoi tham gia bao hiem y te",
}
OTHERS = [
    "Nguy hiểm trên đường đèo",
    "Công ty báo lỗ; hiện tại",
    "Hồ sơ kiểm điểm",
    "bh xh",
    "&agrave;&ecirc;",
    "tabhost",
    "",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", FORMS)
def test_named_in_any_form(name: str, form: str) -> None:
    assert worth_reading(FORMS[form](PAGE.format(name)))


@pytest.mark.parametrize("name", SPACES)
def test_named_with_any_space(name: str) -> None:
    assert worth_reading(PAGE.format(name).encode())
    assert worth_reading(gzip.compress(PAGE.format(name).encode()))


@pytest.mark.parametrize("name", OLD)
def test_named_in_old_encodings(name: str) -> None:
    assert worth_reading(OLD[name])


@pytest.mark.parametrize("text", OTHERS)
def test_other_pages_are_not_worth_it(text: str) -> None:
    assert not worth_reading(PAGE.format(text).encode())


def test_scripts_and_head_do_not_count() -> None:
    head = "<head><title>BHXH</title></head><body><script>var a='BHXH';</script><p>Hồ sơ của hiệu may.</p>"
    assert not worth_reading(head.encode())


@given(st.sampled_from(NAMES), st.text(max_size=200), st.text(max_size=200))
def test_what_the_text_names_passes(name: str, before: str, after: str) -> None:
    body = f"<body><p>Hiện {escape(before)} {name} {escape(after)}</p></body>".encode("utf-8", "replace")
    text = read_article(body, "").text.lower()
    assert worth_reading(body) or not any(word in text for word in ("bhxh", "bhyt", "bhtn", "bảo hiểm"))


@pytest.mark.skipif(not (SHARED / "articles" / "bhxh.jsonl.gz").exists(), reason="../shared/articles is absent")
@pytest.mark.parametrize("form", FORMS)
def test_no_real_article_is_lost(form: str) -> None:
    lost = []
    with gzip.open(SHARED / "articles" / "bhxh.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in list(lines)[::5]:
            row = json.loads(line)
            if not worth_reading(FORMS[form](PAGE.format(escape(row["text"])))):
                lost.append(row["id"])
    assert lost == []
