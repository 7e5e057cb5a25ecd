"""The contract's text, its matching form and the way back."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.text import contract_text, lower_form, matching_form

TOUCHY = (
    "aeouyAEOUYươđÐð19.,%-\u2013\r\n \u00a0\u200b\ufeff\u0300\u0301\u0303\u0309\u0323\u031b\u0302"
    "İẞǅ가\u1100\u1161\u11a8\u09c7\u09be"
)
RAW = st.text(st.one_of(st.characters(), st.sampled_from(TOUCHY)), max_size=60)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("Ba\u0309o hie\u0302\u0309m", "Bảo hiểm"),
        ("ngươ\u0300i", "người"),
        ("tha\u0323\u0302t", "thật"),
        ("8.475\u00a0người \u200b– hoà", "8.475\u00a0người \u200b– hoà"),
        ("Ðông", "Ðông"),
        ("", ""),
    ],
)
def test_contract_text(raw: str, text: str) -> None:
    assert contract_text(raw) == text


@given(RAW)
def test_contract_text_is_nfc_and_settled(raw: str) -> None:
    text = contract_text(raw)
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert contract_text(text) == text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("8.475\u00a0người", "8.475 người"),
        ("8.475\u200bngười\ufeff", "8.475 người "),
        ("95–96,9％", "95-96,9%"),
        ("８.４７５", "8.475"),
        ("Ðông Tháp, ðồng", "Đông Tháp, đồng"),
        ("Khánh Hoà, hoà bình, HOÀ", "Khánh Hòa, hòa bình, HÒA"),
        ("thuỷ, khoẻ, loè", "thủy, khỏe, lòe"),
        ("quý, quỹ, toàn, hoàn, huỳnh", "quý, quỹ, toàn, hoàn, huỳnh"),
        ("ВНХН", "BHXH"),
        ("tab\tand\nline", "tab\tand\nline"),
    ],
)
def test_matching_form(text: str, form: str) -> None:
    assert matching_form(text) == form


@given(RAW)
def test_matching_forms_keep_every_offset(raw: str) -> None:
    text = contract_text(raw)
    assert len(matching_form(text)) == len(lower_form(text)) == len(text)
    assert matching_form(matching_form(text)) == matching_form(text)


def test_no_character_grows_in_lower_form() -> None:
    grown = [code for code in range(sys.maxunicode + 1) if len(lower_form(chr(code))) != 1]
    assert grown == []
