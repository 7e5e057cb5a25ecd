"""Indicators of one's own need words, unit and range, and no Python; what cannot be is never published."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.figures.asked import day_of
from extract.figures.find import Declared, find_figures, read_text
from model.indicators import load_indicators

OWN = """
[schemes.TCMR]
name_vi = "tiêm chủng mở rộng"
name_en = "immunisation"
words = ["tiêm chủng mở rộng", "tiêm chủng"]

[concepts.children]
name_vi = "số trẻ được tiêm"
name_en = "vaccinated children"
unit = "person"
kind = "flow"
words = ["trẻ được tiêm", "trẻ em được tiêm"]
range = [0, 3_000_000]

[concepts.app_accounts]
name_vi = "số tài khoản ứng dụng"
name_en = "accounts of the app"
unit = "person"
kind = "stock"
words = ["cài đặt ứng dụng"]
range = [0, 110_000_000]

[indicators."TCMR.children"]
gold = "Năm 2022, toàn tỉnh có 12.345 trẻ được tiêm chủng mở rộng."

[indicators."BHXH.app_accounts"]
gold = "Đến hết tháng 6/2022, toàn tỉnh có 120.500 người tham gia BHXH cài đặt ứng dụng."
"""
AT = "Năm 2022, toàn tỉnh Lạng Sơn có"


@pytest.fixture
def declared(tmp_path: Path) -> Declared:
    (tmp_path / "own.toml").write_text(OWN, "utf-8")
    return Declared(indicators=tmp_path)


def read(text: str, declared: Declared) -> list[tuple[str, str, str]]:
    return [(one.quote, one.indicator, one.measure) for one in find_figures(text, declared=declared)]


def test_the_words_of_a_declaration_tell_what_is_counted(declared: Declared) -> None:
    text = f"{AT} 12.345 trẻ được tiêm chủng mở rộng, tăng 300 trẻ so với năm 2021."
    level, change = find_figures(text, declared=declared)
    assert (level.indicator, change.indicator, change.measure) == ("TCMR.children", "TCMR.children", "change")
    assert str(level.period_start) == "2022-01-01"
    assert level.publish
    assert level.sentence == text
    assert not find_figures(text)


def test_old_and_new_tone_marks_and_case_do_not_matter(tmp_path: Path) -> None:
    own = OWN.replace('"trẻ được tiêm", "trẻ em được tiêm"', '"Trẻ khỏe mạnh"')
    (tmp_path / "own.toml").write_text(own, "utf-8")
    text = f"{AT} 12.345 trẻ khoẻ mạnh nhờ tiêm chủng mở rộng."
    assert read(text, Declared(indicators=tmp_path)) == [("12.345 trẻ", "TCMR.children", "level")]


def test_a_figure_that_no_declared_word_names_is_unclaimed(declared: Declared) -> None:
    text = f"{AT} 2.150 người tham gia tiêm chủng mở rộng."
    observations, unclaimed = read_text(text, declared=declared)
    assert not observations
    assert [(one.quote, one.reason) for one in unclaimed] == [("2.150 người", "no indicator")]


@pytest.mark.parametrize(
    "rest",
    [
        "120.500 người tham gia BHXH cài đặt ứng dụng, 150.000 người tham gia BHXH.",
        "150.000 người tham gia BHXH, trong đó 120.500 người cài đặt ứng dụng.",
    ],
)
def test_a_concept_of_ones_own_leaves_the_shipped_ones_of_its_scheme_alone(rest: str, declared: Declared) -> None:
    assert sorted(read(f"{AT} {rest}", declared)) == [
        ("120.500 người", "BHXH.app_accounts", "level"),
        ("150.000 người", "BHXH.participants", "level"),
    ]


@pytest.mark.parametrize("key", list(load_indicators().declared))
def test_the_gold_sentence_of_every_indicator_is_read_as_it(key: str) -> None:
    indicator = load_indicators().get(key)
    assert indicator.gold
    found = find_figures(indicator.gold, published="2025-01-10", area="Lạng Sơn")
    assert [(one.indicator, one.unit) for one in found] == [(key, indicator.unit)]


@pytest.mark.parametrize(
    ("figure", "possible"),
    [
        ("731.200 người tham gia BHYT", True),
        ("850.000.000 người tham gia BHYT", False),
        ("98,4% dân số tham gia BHYT", True),
        ("147,5% dân số tham gia BHYT", False),
    ],
)
def test_what_cannot_be_is_read_and_held_back(figure: str, possible: bool) -> None:
    (one,) = find_figures(f"Đến hết tháng 6/2022, toàn tỉnh Lạng Sơn có {figure}.")
    assert ("out-of-range" not in one.flags) is possible
    assert one.publish is possible


def test_the_range_of_ones_own_indicator_holds(declared: Declared) -> None:
    (one,) = find_figures(f"{AT} 12.345.000 trẻ được tiêm chủng mở rộng.", declared=declared)
    assert one.flags == ("out-of-range",) and not one.publish


def test_a_publication_s_day_is_vietnam_s() -> None:
    assert str(day_of("2022-12-31T18:00:00Z")) == "2023-01-01"
    assert str(day_of(datetime(2022, 12, 31, 18, tzinfo=UTC))) == "2023-01-01"
    assert str(day_of("2022-12-31T23:00:00")) == "2022-12-31"
    assert day_of("hôm qua") is None
