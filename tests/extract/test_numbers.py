"""Numbers in digits and in words, by themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.numbers.digits import LONGEST, Meaning, looks_english, read_numeral
from extract.numbers.words import read_fraction, read_spelled
from extract.text import lower_form


@pytest.mark.parametrize(
    ("digits", "meaning", "value"),
    [
        ("0", "bare", 0),
        ("27", "count", 27),
        ("8.475", "count", 8475),
        ("8.475", "bare", 8475),
        ("8.475", "percent", 8.475),
        ("8.475", "scaled", 8475),
        ("704,020", "count", 704020),
        ("704,020", "bare", 704.02),
        ("704,020", "alone", 704.02),
        ("890,250", "scaled", 890.25),
        ("98,9", "percent", 98.9),
        ("100.4", "percent", 100.4),
        ("1,85", "scaled", 1.85),
        ("1.85", "scaled", 1.85),
        ("01,10", "alone", 1.1),
        ("0.125", "bare", 0.125),
        ("0,125", "count", 0.125),
        ("1.109.733", "count", 1109733),
        ("4,680,000", "count", 4680000),
        ("9.920,8", "scaled", 9920.8),
        ("9,920.8", "scaled", 9920.8),
        ("10.000,50", "count", 10000.5),
        ("1.234,567", "count", 1234567),
        ("1.234,567", "bare", 1234.567),
        ("1000,50", "count", 1000.5),
        ("1.000.000.000.000.000.000", "alone", 10**18),
        ("31.10.2016", "bare", None),
        ("1.2.3", "bare", None),
        ("1,234.567,8", "bare", None),
        ("12.34.567", "count", None),
        ("9" * (LONGEST + 1), "count", None),
    ],
)
def test_digits_by_what_they_count(digits: str, meaning: Meaning, value: float | None) -> None:
    read = read_numeral(digits, meaning)
    assert (None if read is None else read.times(1)) == value


def test_the_manner_of_the_document_decides_where_nothing_else_does() -> None:
    plain, english = read_numeral("5,792", "bare"), read_numeral("5,792", "bare", english=True)
    assert plain is not None
    assert english is not None
    assert (plain.times(1), english.times(1)) == (5.792, 5792)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("có 255,490 người", True),
        ("đạt 100.4%", True),
        ("1,234,567", True),
        ("8.475 người, 98,9%", False),
        ("7,12%", False),
    ],
)
def test_english_manner_is_told_by_plain_cases(text: str, english: bool) -> None:
    assert looks_english(lower_form(text)) is english


def test_scaling_leaves_no_dust() -> None:
    read = read_numeral("1,85", "scaled")
    assert read is not None
    assert read.times(10**6) == 1850000
    assert isinstance(read.times(10**6), int)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("bốn mươi tám", 48),
        ("sáu mươi mốt", 61),
        ("ba lăm", 35),
        ("chín trăm linh bốn", 904),
        ("hai trăm lẻ bảy", 207),
        ("bốn trăm sáu", 460),
        ("bảy trăm mười hai", 712),
        ("một nghìn không trăm lẻ bảy", 1007),
        ("ba nghìn tư", 3400),
        ("mười hai nghìn sáu trăm bốn mươi", 12640),
        ("năm vạn", 50000),
        ("hai triệu ba", 2300000),
        ("hai triệu rưỡi", 2500000),
        ("bảy trăm rưỡi", 750),
        ("hai rưỡi", 2.5),
        ("bốn tỷ không trăm lẻ một triệu", 4001000000),
        ("hai nghìn ba trăm tỷ", 2300000000000),
        ("một nghìn hai trăm triệu", 1200000000),
        ("bảy phẩy hai lăm", 7.25),
        ("không phẩy không tám", 0.08),
        ("một phẩy sáu triệu", 1600000),
        ("âm bảy", -7),
        ("hai chục", 20),
        ("hai nghìn ba nghìn", None),
        ("trăm trăm", None),
        ("linh", None),
        ("phẩy năm", 0.5),
        ("phẩy", None),
        ("âm âm hai", None),
        ("người", None),
        ("", None),
    ],
)
def test_spelled(words: str, value: float | None) -> None:
    read = read_spelled(words.split())
    assert (None if read is None else read.value) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [("hai phần năm", 0.4), ("một trên tám", 0.125), ("ba chia bốn", 0.75), ("hai phần không", None)],
)
def test_spelled_fractions(words: str, value: float | None) -> None:
    read = read_fraction(words.split())
    assert (None if read is None else read.value) == value


UNITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def spell_below_thousand(number: int, *, full: bool) -> list[str]:
    hundreds, tens, units = number // 100, number // 10 % 10, number % 10
    words = [UNITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0 and units and words:
        words.append("linh")
    elif tens == 1:
        words.append("mười")
    elif tens:
        words += [UNITS[tens], "mươi"]
    if units:
        words.append("lăm" if units == 5 and tens else "mốt" if units == 1 and tens > 1 else UNITS[units])
    return words


def spell(number: int) -> list[str]:
    """Spell a number up to a billion the standard way."""
    words: list[str] = []
    for size, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, number = divmod(number, size)
        if group:
            words += spell_below_thousand(group, full=bool(words)) + ([name] if name else [])
    return words or ["không"]


@given(st.integers(0, 999_999_999))
def test_every_standard_spelling_reads_back(number: int) -> None:
    read = read_spelled(spell(number))
    assert read is not None
    assert read.value == number


WORDS = st.sampled_from(
    [
        *UNITS,
        "mười",
        "mươi",
        "trăm",
        "nghìn",
        "triệu",
        "tỷ",
        "vạn",
        "linh",
        "rưỡi",
        "phẩy",
        "âm",
        "tư",
        "lăm",
        "mốt",
        "chục",
    ]
)


@given(st.lists(WORDS, max_size=12))
def test_any_words_are_read_or_refused(words: list[str]) -> None:
    read = read_spelled(words)
    assert read is None or read.value == read.value
    read_fraction(words)
