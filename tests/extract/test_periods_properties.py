"""What holds for any text: no exception, spans in order, days in order; every way to write a date reads back."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.periods.find import base_end, complete, count_day, find_periods, parse_periods, with_years

REFERENCE = date(2022, 7, 10)
DAYS = st.dates(date(1990, 1, 1), date(2049, 12, 31))
WORDS = (
    "đến hết tính từ kể cuối đầu giữa trong riêng ngày tháng năm quý tuần kỳ cùng nay này trước sau tới qua ngoái vừa "
    "rồi nửa học mùa hè thứ hai ba tư sáu bảy chín mười mươi một linh nghìn không trăm giai đoạn nhiệm đợt I II III và "
    "hoặc so với hiện thời điểm chủ nhật hôm mồng giêng 1 2 3 6 9 12 15 28 29 30 31 99 2019 2020 2021 1/8 30/6 6/2022 "
    "30/6/2022 29/2 31-12 10.2018 2016-2020 1-15/6 Luật Nghị quyết số sinh , . ; ( ) - – / % người xã \n \xa0"
)
SOUP = st.lists(st.sampled_from(WORDS.split(" ")), max_size=40).map(" ".join)
DAY_FORMS = (
    "{d}/{m}/{y}", "ngày {d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{d}.{m}.{y}", "{y}-{m:02}-{d:02}", "ngày {d}/{m} năm {y}",
    "ngày {d} tháng {m} năm {y}", "ngày {d} tháng {m}, {y}", "{d} tháng {m} năm {y}", "Ngày {d} Tháng {m} Năm {y}",
)  # fmt: skip
MONTH_FORMS = (
    "tháng {m}/{y}", "tháng {m:02}/{y}", "tháng {m}-{y}", "tháng {m}.{y}", "tháng {m} năm {y}", "{m:02}/{y}", "{m}/{y}",
    "tháng {m} của năm {y}", "tháng{m}/{y}",
)  # fmt: skip
FAR = (
    "99 năm trước", "9 tháng tới", "tuần trước", "năm ngoái", "cùng kỳ", "quý tới", "năm học này", "hết năm",
    "thứ hai vừa qua", "tháng 12", "từ tháng 11 đến tháng 2", "hôm qua", "cuối năm trước",
)  # fmt: skip
REFERENCES = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2090, 12, 31)))


def check(text: str, reference: date | None) -> None:
    found = find_periods(text, reference)
    last = 0
    for period in found:
        assert 0 <= period.lead <= period.span_start < period.span_end <= len(text)
        assert last <= period.span_start
        last = period.span_end
        assert period.start is None or period.end is None or period.start <= period.end
        assert period.kind not in ("now", "round", "lunar") or (period.start, period.end) == (None, None)
        base_end(REFERENCE, period)
        count_day(period)
        complete(period, 2020)
    assert len(with_years(found, 2020)) == len(found)


@given(st.text(max_size=200), REFERENCES)
def test_any_text(text: str, reference: date | None) -> None:
    check(text, reference)


@settings(max_examples=600)
@given(SOUP, REFERENCES)
def test_any_mixture_of_its_words(text: str, reference: date | None) -> None:
    check(text, reference)


@given(st.text(alphabet="0123456789/-. ,–", max_size=60), REFERENCES)
def test_any_figures(text: str, reference: date | None) -> None:
    check(text, reference)


@pytest.mark.parametrize("reference", [date.min, date.max, date(1, 3, 1), date(9999, 11, 30)])
def test_references_at_the_ends_of_the_calendar(reference: date) -> None:
    for text in FAR:
        for period in parse_periods(text, reference):
            base_end(reference, period)


@given(DAYS, st.sampled_from(DAY_FORMS))
def test_days_read_back(day: date, form: str) -> None:
    (period,) = parse_periods(f"Đến {form.format(d=day.day, m=day.month, y=day.year)}, toàn tỉnh đạt 9%.", REFERENCE)
    assert (period.start, period.end, period.completed) == (day, day, "none")


@given(DAYS, st.sampled_from(MONTH_FORMS))
def test_months_read_back(day: date, form: str) -> None:
    (period,) = parse_periods(f"Hết {form.format(m=day.month, y=day.year)} có 9 người", REFERENCE)
    assert period.start == day.replace(day=1)
    assert period.end is not None
    assert (period.end.year, period.end.month) == (day.year, day.month)


@given(DAYS, DAYS)
def test_stretches_read_back(one: date, other: date) -> None:
    first, last = sorted((one, other))
    text = f"từ ngày {first.day}/{first.month}/{first.year} đến ngày {last.day}/{last.month}/{last.year}"
    (period,) = parse_periods(text, REFERENCE)
    assert (period.start, period.end) == (first, last)


@given(DAYS)
def test_without_a_year_the_same_day_or_none(day: date) -> None:
    (period,) = parse_periods(f"tính đến ngày {day.day}/{day.month}, xã có 9 thẻ", REFERENCE)
    assert period.end is None or (period.end.month, period.end.day) == (day.month, day.day)
    assert period.end is None or period.end.year in (2021, 2022)


@given(SOUP)
def test_capitals_change_nothing(text: str) -> None:
    upper = text.upper()
    if len(upper) == len(text) and upper.lower() == text.lower():
        mine = [(p.span_start, p.span_end, p.start, p.end) for p in parse_periods(text, REFERENCE)]
        assert [(p.span_start, p.span_end, p.start, p.end) for p in parse_periods(upper, REFERENCE)] == mine


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "piece",
    ["1", "1/", "1/1-", "12/5, ", "năm ", "tháng ", "ngày 1, ", "1, 2, ", "một hai ba ", "đến hết ", "tháng 5 và ",
     "2019, 2020, ", "quyết định ", "Luật số 1 ", " ", "tháng" + " " * 40, "từ ", "so với số liệu đến hết cuối ", "(",
     "cùng kỳ ", "hiện "],
)  # fmt: skip
def test_no_text_is_a_trap(piece: str) -> None:
    """One line of 300,000 characters of the worst kinds comes back; cost that grew with the square would not."""
    text = piece * (300_000 // len(piece))
    check_size = len(find_periods(text, REFERENCE))
    assert check_size <= len(text)
