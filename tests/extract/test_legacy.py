"""Old encodings: each is recognised and read, and no bytes make it fail."""

import builtins
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.pages.legacy import decode, repair

SENTENCE = (
    "Bảo hiểm xã hội tỉnh cho biết: đến hết tháng 6, toàn tỉnh có 8.475 người tham gia và được cấp thẻ; "
    "những người của các xã vùng cao không phải đóng, tỷ lệ bao phủ y tế là 98,9%."
)
PAGE = f'<html><body class="a">\n<p>{SENTENCE}</p>\n<p>{SENTENCE}</p></body></html>'

# The same sentence as TCVN3 and VNI fonts show it.
TCVN3 = (
    "B¶o hiÓm x· héi tØnh cho biÕt: ®Õn hÕt th¸ng 6, toµn tØnh cã 8.475 ng\xadêi tham gia vµ ®\xadîc cÊp thÎ; "
    "nh÷ng ng\xadêi cña c¸c x· vïng cao kh«ng ph¶i ®ãng, tû lÖ bao phñ y tÕ lµ 98,9%."
)
VNI = (
    "Baûo hieåm xaõ hoäi tænh cho bieát: ñeán heát thaùng 6, toaøn tænh coù 8.475 ngöôøi tham gia vaø ñöôïc caáp theû; "
    "nhöõng ngöôøi cuûa caùc xaõ vuøng cao khoâng phaûi ñoùng, tyû leä bao phuû y teá laø 98,9%."
)


def in_1258(text: str) -> bytes:
    """Write a text as windows-1258 does: tone marks apart from their vowels."""
    out = bytearray()
    for char in text:
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            whole = unicodedata.normalize("NFD", char)
            vowel = unicodedata.normalize(
                "NFC", "".join(mark for mark in whole if mark not in "\u0300\u0301\u0303\u0309\u0323")
            )
            tone = "".join(mark for mark in whole if mark in "\u0300\u0301\u0303\u0309\u0323")
            out += (vowel + tone).encode("cp1258")
    return bytes(out)


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("body", "declared", "name"),
    [
        (PAGE.encode(), None, "utf-8"),
        (PAGE.encode(), "utf-16", "utf-8"),
        (PAGE.encode(), "windows-1258", "utf-8"),
        (b"\xef\xbb\xbf" + PAGE.encode(), "iso-8859-1", "utf-8-sig"),
        (PAGE.encode("utf-16"), None, "utf-16"),
        (PAGE.encode("utf-16-le"), "utf-8", "utf-16-le"),
        (PAGE.encode("utf-16-be"), None, "utf-16-be"),
        (in_1258(PAGE), "windows-1258", "cp1258"),
        (in_1258(PAGE), "iso-8859-1", "cp1258"),
        (in_1258(PAGE), "utf-8", "cp1258"),
        (in_1258(PAGE), "no-such-codec", "cp1258"),
        (in_1258(PAGE), None, "cp1258"),
        (PAGE.encode().decode("latin-1").encode(), "utf-8", "utf-8-twice"),
    ],
)
def test_each_encoding_is_told_by_its_bytes_not_by_what_is_declared(
    body: bytes, declared: str | None, name: str
) -> None:
    text, found = decode(body, declared)
    assert found == name
    assert nfc(text) == PAGE


@pytest.mark.parametrize(("name", "shown"), [("tcvn3", TCVN3), ("vni", VNI)])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_font_coded_text_is_repaired(name: str, shown: str, encoding: str) -> None:
    pytest.importorskip("viparse")
    text, found = decode(PAGE.replace(SENTENCE, shown).encode(encoding), "utf-8")
    assert found == name
    assert nfc(text) == PAGE


@pytest.mark.parametrize(("name", "shown"), [("tcvn3", TCVN3), ("vni", VNI)])
def test_sound_text_on_a_font_coded_page_stays(name: str, shown: str) -> None:
    pytest.importorskip("viparse")
    menu = "<li>Thời sự</li>\n<li>Kinh tế</li>\n<li>Đời sống</li>\n"
    found = repair(menu + f"<p>{shown}</p><p>{shown}</p>")
    assert found is not None
    assert found[1] == name
    assert nfc(found[0]) == menu + f"<p>{SENTENCE}</p><p>{SENTENCE}</p>"


@pytest.mark.parametrize(("name", "shown"), [("tcvn3", TCVN3), ("vni", VNI)])
def test_without_the_extra_the_text_stays_and_says_so(name: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole: Callable[..., object] = builtins.__import__

    def without(module: str, *rest: object) -> object:
        if module == "viparse":
            raise ImportError(module)
        return whole(module, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    assert decode(shown.encode(), None) == (shown, f"{name}-unread")


@pytest.mark.parametrize(
    "text", [SENTENCE, "", "plain", "Ngày 5/6: ½ số hộ ® 2020 µm", "El Niño año señor caá", "naïve café vaø"]
)
def test_sound_text_needs_no_repair(text: str) -> None:
    assert repair(text) is None


def test_other_single_byte_pages_keep_what_they_declare() -> None:
    assert decode("Žluťoučký kůň".encode("cp1250"), "windows-1250") == ("Žluťoučký kůň", "cp1250")


def test_a_page_cut_inside_a_letter_is_utf8() -> None:
    text, name = decode(PAGE.encode()[: PAGE.encode().index("ể".encode()) + 1] + b"<p>" + PAGE.encode(), None)
    assert name == "utf-8"
    assert SENTENCE in text


@given(
    st.binary(max_size=400),
    st.one_of(st.none(), st.text(max_size=20), st.sampled_from(["hex", "rot13", "utf-7", "idna"])),
)
def test_any_bytes_become_text(body: bytes, declared: str | None) -> None:
    text, name = decode(body, declared)
    assert isinstance(text, str)
    assert name
