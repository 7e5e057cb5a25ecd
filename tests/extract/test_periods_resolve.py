"""Years in force, bases of comparison, days of stocks."""

from datetime import date

import pytest

from extract.periods.find import Period, base_end, complete, count_day, find_periods, parse_periods, with_years


def one(text: str, reference: date | None = None) -> Period:
    (period,) = find_periods(text, reference)
    return period


@pytest.mark.parametrize(
    ("text", "force", "expected"),
    [
        ("so với cùng kỳ", "2020-04-30", "2019-04-30"),
        ("so với cùng kỳ năm 2019", "2020-04-30", "2019-04-30"),
        ("so với cùng kỳ năm trước", "2021-11-30", "2020-11-30"),
        ("so với cùng kỳ 2018", "2020-02-29", "2018-02-28"),
        ("so với cùng kỳ năm ngoái", "2021-02-28", "2020-02-29"),
        ("so với cùng kỳ", "2021-11-23", "2020-11-23"),
        ("so với cùng kỳ tháng trước", "2022-06-30", "2022-05-31"),
        ("so với cùng kỳ tháng 6/2021", "2022-06-30", "2021-06-30"),
        ("so với số liệu đến hết năm 2019", "2020-04-30", "2019-12-31"),
        ("so với cuối năm 2019", "2020-04-30", "2019-12-31"),
        ("so với năm 2020", "2022-06-30", "2020-12-31"),
        ("so với năm trước", "2018-12-31", "2017-12-31"),
        ("so với cuối năm trước", "2012-12-31", "2011-12-31"),
        ("so với cuối năm", "2022-06-30", "2021-12-31"),
        ("so với đầu năm", "2022-06-30", "2021-12-31"),
        ("so với đầu năm 2022", "2022-06-30", "2021-12-31"),
        ("so với tháng trước", "2022-07-31", "2022-06-30"),
        ("so với tháng trước", "2022-03-31", "2022-02-28"),
        ("so với tháng 12", "2022-03-31", "2021-12-31"),
        ("so với tháng 12/2020", "2021-06-30", "2020-12-31"),
        ("so với tháng 12 năm trước", "2022-03-31", "2021-12-31"),
        ("so với quý trước", "2022-06-30", "2022-03-31"),
        ("so với quý I", "2022-06-30", "2022-03-31"),
        ("so với thời điểm 30/6/2025", "2025-10-31", "2025-06-30"),
        ("so với thời điểm 30/6", "2025-10-31", "2025-06-30"),
        ("so với 31/12", "2025-10-31", "2024-12-31"),
        ("so với giữa năm 2020", "2021-10-31", "2020-06-30"),
        ("so với hiện nay", "2021-10-31", None),
        ("so với đợt I/2014", "2014-10-31", None),
    ],
)
def test_base(text: str, force: str, expected: str | None) -> None:
    found = base_end(date.fromisoformat(force), one(text))
    assert (found and found.isoformat()) == expected


def test_base_takes_a_period_too() -> None:
    force, mention = parse_periods("6 tháng đầu năm 2022 tăng so với cùng kỳ", date(2022, 7, 10))
    assert base_end(force, mention) == date(2021, 6, 30)
    assert (mention.start, mention.end) == (date(2021, 1, 1), date(2021, 6, 30))


def test_base_without_a_period_in_force() -> None:
    open_period = one("từ năm 2016 đến nay")
    assert base_end(open_period, one("so với cùng kỳ")) is None
    assert base_end(open_period, one("so với năm 2015")) == date(2015, 12, 31)


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("đến hết tháng 6", 2020, "2020-06-01..2020-06-30"),
        ("đến hết tháng 2", 2020, "2020-02-01..2020-02-29"),
        ("đến ngày 29/2", 2020, "2020-02-29..2020-02-29"),
        ("đến ngày 29/2", 2021, "None..None"),
        ("quý III", 2020, "2020-07-01..2020-09-30"),
        ("6 tháng đầu năm", 2020, "2020-01-01..2020-06-30"),
        ("đến cuối năm", 2020, "2020-01-01..2020-12-31"),
        ("năm ngoái", 2020, "2019-01-01..2019-12-31"),
        ("từ 1/8 đến 30/9", 2020, "2020-08-01..2020-09-30"),
        ("từ tháng 11 đến tháng 2", 2020, "2019-11-01..2020-02-29"),
        ("từ đầu năm đến nay", 2020, "2020-01-01..None"),
        ("tuần đầu tháng 9", 2017, "2017-09-04..2017-09-10"),
        ("tháng 6/2018", 2020, "2018-06-01..2018-06-30"),
        ("tháng trước", 2020, "None..None"),
        ("cùng kỳ năm trước", 2020, "None..None"),
    ],
)
def test_complete(text: str, year: int, expected: str) -> None:
    period = complete(one(text), year)
    assert f"{period.start}..{period.end}" == expected


def test_without_reference_only_what_the_text_fixes() -> None:
    found = find_periods("Năm 2020: đến hết tháng 4 có 8.475 người, hôm qua thêm 3 người.", None)
    assert [(p.kind, p.end) for p in found] == [("year", date(2020, 12, 31)), ("month", None), ("relative", None)]
    assert [p.year_known for p in found] == [True, False, False]


def test_years_in_force() -> None:
    text = "Năm 2018 thu tăng 20% so với năm 2017. Số nợ đến 31/12 còn 52 tỷ. Theo Luật BHXH năm 2014, quý I tăng."
    found = with_years(find_periods(text, None))
    assert [p.end for p in found if p.kind == "day"] == [date(2018, 12, 31)]
    assert [p.end for p in found if p.kind == "quarter"] == [date(2018, 3, 31)]
    assert with_years(find_periods("hết tháng 6", None), 2022)[0].end == date(2022, 6, 30)


def test_a_stage_leaves_no_year_behind() -> None:
    found = with_years(find_periods("Giai đoạn 2016-2020 tăng. Đến hết tháng 6 có 12 nghìn người.", None))
    assert found[1].end is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("đến giữa năm 2017", "2017-06-30"),
        ("đến cuối năm 2017", "2017-12-31"),
        ("giữa tháng 6/2017", "2017-06-15"),
        ("đến hết tháng 6/2017", "2017-06-30"),
    ],
)
def test_count_day(text: str, expected: str) -> None:
    assert str(count_day(one(text))) == expected


@pytest.mark.parametrize(
    ("reference", "text", "end"),
    [
        # reports look back, plans forward, a day close ahead is this year's
        ("2022-07-05", "Đến hết tháng 6, toàn tỉnh có 35.150 người.", "2022-06-30"),
        ("2022-01-10", "Đến hết tháng 12, toàn tỉnh có 35.150 người.", "2021-12-31"),
        ("2022-01-10", "Tính đến 31/12, toàn tỉnh có 35.150 người.", "2021-12-31"),
        ("2022-06-28", "Tính đến hết tháng 6, toàn tỉnh có 35.150 người.", "2022-06-30"),
        ("2022-06-28", "Đến hết 30/6, toàn tỉnh có 35.150 người.", "2022-06-30"),
        ("2022-02-10", "Tháng 10, toàn tỉnh thu 300 tỷ đồng.", "2021-10-31"),
        ("2022-06-28", "Từ tháng 7, lương hưu tăng.", "2022-07-31"),
        ("2022-03-10", "Phấn đấu đến hết tháng 9 đạt 95%.", "2022-09-30"),
        ("2022-11-20", "Phấn đấu trong quý I tăng 500 người.", "2023-03-31"),
        ("2019-01-10", "Hết năm, toàn tỉnh có 123.480 người.", "2018-12-31"),
        ("2019-11-10", "Đến hết năm, toàn tỉnh phấn đấu có 123.480 người.", "2019-12-31"),
        ("2022-02-10", "10 tháng, số thu là 15.268 tỷ đồng.", "2021-10-31"),
        ("2022-02-10", "Trong 9 tháng đầu năm, thu 1.000 tỷ đồng.", "2021-09-30"),
        ("2022-06-28", "Trong 6 tháng đầu năm, thu 1.000 tỷ đồng.", "2022-06-30"),
    ],
)
def test_year_from_the_byline(reference: str, text: str, end: str) -> None:
    (period,) = parse_periods(text, date.fromisoformat(reference))
    assert (str(period.end), period.completed) == (end, "year")
