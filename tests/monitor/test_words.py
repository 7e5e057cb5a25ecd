from datetime import UTC, date, datetime

import pytest

from monitor import names, words
from monitor.digest_layout import sparked
from monitor.language import choose_language


@pytest.fixture(autouse=True)
def vietnamese():
    choose_language("vi")
    yield
    choose_language("vi")


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "vi", "en"),
    [
        (8475, "person", "=", "8.475 người", "8,475 people"),
        (1850000, "person", "~", "khoảng 1,85 triệu người", "about 1.85 million people"),
        (1187432, "person", "=", "1.187.432 người", "1,187,432 people"),
        (98.9, "percent", "=", "98,9\u202f%", "98.9%"),
        (-4.6, "percent", "=", "\u22124,6\u202f%", "\u22124.6%"),
        (383.9e9, "VND", "=", "383,9 tỷ đồng", "383.9 billion đồng"),
        (44.5e9, "VND", ">", "hơn 44,5 tỷ đồng", "over 44.5 billion đồng"),
        (7.5e6, "VND", "=", "7,5 triệu đồng", "7.5 million đồng"),
        (700, "VND", "=", "700 đồng", "700 đồng"),
        (21, "agent", "=", "21 đại lý", "21 agents"),
        (0, "person", "=", "0 người", "0 people"),
        (3.66, "percent", ">=", "ít nhất 3,66\u202f%", "at least 3.66%"),
        (5, "unheard", "=", "5 unheard", "5 unheard"),
    ],
)
def test_amounts(value, unit, qualifier, vi, en):
    assert words.amount(value, unit, qualifier) == vi
    choose_language("en")
    assert words.amount(value, unit, qualifier) == en


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (None, None, "không rõ kỳ"),
        (date(2020, 4, 30), date(2020, 4, 30), "30/4/2020"),
        (None, date(2020, 4, 30), "đến 30/4/2020"),
        (date(2020, 3, 15), None, "từ 15/3/2020"),
        (date(2020, 4, 1), date(2020, 4, 30), "tháng 4/2020"),
        (date(2024, 2, 1), date(2024, 2, 29), "tháng 2/2024"),
        (date(2020, 1, 1), date(2020, 3, 31), "quý I/2020"),
        (date(2020, 7, 1), date(2020, 9, 30), "quý III/2020"),
        (date(2020, 1, 1), date(2020, 6, 30), "6 tháng đầu năm 2020"),
        (date(2020, 1, 1), date(2020, 12, 31), "năm 2020"),
        (date(2020, 1, 1), date(2021, 12, 31), "1/1/2020–31/12/2021"),
        (date(2020, 1, 1), date(2020, 6, 29), "1/1/2020–29/6/2020"),
        (date(2020, 9, 1), date(2021, 5, 31), "1/9/2020–31/5/2021"),
    ],
)
def test_periods(start, end, said):
    assert words.period(start, end) == said


def test_days_are_vietnam_s():
    late = datetime(2020, 5, 17, 20, 30, tzinfo=UTC)
    assert words.day(late) == "18/5/2020"
    assert words.moment(late) == "03:30 18/5/2020"
    assert words.weekday(date(2020, 5, 18)) == "Thứ hai"
    assert words.day(None) == "?"


def test_signed():
    assert words.signed(803, "person") == "+803 người"
    assert words.signed(-300, "person") == "\u2212300 người"
    assert words.signed(0, "person") == "0 người"
    assert words.grown(-300, "person") == "giảm 300 người"
    assert words.grown(0.5, "percent", ">") == "tăng hơn 0,5\u202f%"


def test_an_excerpt_keeps_the_figure_and_ends_at_words():
    sentence = "Theo báo cáo của cơ quan bảo hiểm, " * 6 + "toàn tỉnh có 8.475 người tham gia, " + "và còn nữa " * 20
    said = words.excerpt(sentence, "8.475 người", 80)
    assert "8.475 người" in said
    assert said.startswith("…") and said.endswith("…")
    assert len(said) <= 84
    assert words.excerpt("ngắn 5 người", "5 người", 80) == "ngắn 5 người"


def test_shorten_cuts_at_words():
    assert words.shorten("một hai ba bốn", 9) == "một hai…"
    assert words.shorten("một", 9) == "một"


def test_very_many_values_of_a_contradiction_are_told_as_a_few_and_a_count():
    assert words.against(["1", "2"]) == "1 ≠ 2"
    assert words.against([str(n) for n in range(1, 1207)]) == "1 ≠ 2 ≠ 3 ≠ 4 ≠ 5 … và 1.201 số khác"


def test_a_town_of_its_province_s_name_is_told_apart():
    assert names.area("2024:178") == "Thành phố Lạng Sơn, tỉnh Lạng Sơn"
    assert names.area("2024:205") == "Đông Triều, Quảng Ninh"


def test_a_change_bears_its_sign_where_its_measure_is_named_beside_it():
    assert words.valued(907, "person", "=", "change") == "+907 người"
    assert words.valued(-11.8, "percent", "=", "change_pct") == "−11,8 %"
    assert words.valued(907, "person", ">", "level") == "hơn 907 người"


def test_a_course_is_drawn_from_the_lowest_to_the_highest():
    assert words.course([1, 2, 3, 8]) == "▁▂▃█"
    assert words.course([5, 5, 5]) == words.course([1, 2]) == words.course([]) == ""
    assert len(words.course(range(40))) == 12
    assert str(sparked("<b> ▁▂▃█")) == '&lt;b&gt; <span class="course" aria-hidden="true">▁▂▃█</span>'
