"""What parse_periods reads: a table of invented press wordings (`test_periods_rows.tsv`) and known failures.

A row is reference, text and the mentions it must yield: `words = first..last kind/mode[/edge][ base][ +completed]`,
apart by ` | `, `?` for an unknown day, `-` for no mention at all.
"""

from datetime import date, datetime
from pathlib import Path

import pytest

import extract
from extract.periods.find import Period, find_periods, parse_periods

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "test_periods_rows.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def shown(text: str, period: Period) -> str:
    parts = [f"{text[period.span_start : period.span_end]} = {period.start or '?'}..{period.end or '?'} {period.kind}"]
    parts += [f"/{period.mode}", f"/{period.edge}" if period.edge else "", " base" if period.compared else ""]
    parts += [f" +{period.completed}" if period.completed != "none" else ""]
    return "".join(parts)


@pytest.mark.parametrize(("reference", "text", "expected"), ROWS, ids=[f"{row[0]} {row[1][:40]}" for row in ROWS])
def test_row(reference: str, text: str, expected: str) -> None:
    found = parse_periods(text, date.fromisoformat(reference))
    assert (" | ".join(shown(text, period) for period in found) or "-") == expected


@pytest.mark.parametrize(
    ("reference", "text", "expected"),
    [
        ("2022-07-10", "rằm tháng 8", ""),
        ("2022-07-10", "từ tháng 01 tháng 2015", "2015-01-31"),
        ("2022-07-10", "6 tháng đầu và 6 tháng cuối năm 2021", "2021-06-30"),
    ],
)
@pytest.mark.xfail(strict=True, reason="known failures of the grammar")
def test_known_failures(reference: str, text: str, expected: str) -> None:
    found = parse_periods(text, date.fromisoformat(reference))
    assert [str(period.end) for period in found[:1]] == ([expected] if expected else [])


def test_doors() -> None:
    assert extract.parse_periods is parse_periods
    assert extract.find_periods is find_periods
    assert extract.Period is Period


def test_an_instant_counts_as_its_day() -> None:
    (period,) = parse_periods("hôm nay", datetime(2022, 7, 10, 23, 30))
    assert period.start == date(2022, 7, 10)


def test_spans_hold_in_the_given_text() -> None:
    text = "Tính đến\xa0hết tháng\xa06/2022, İstanbul cùng kỳ năm 2021"
    found = parse_periods(text, date(2022, 7, 10))
    assert [text[p.span_start : p.span_end] for p in found] == ["tháng\xa06/2022", "cùng kỳ năm 2021"]
    assert text[found[0].lead : found[0].span_start] == "Tính đến\xa0hết "


def test_fractions_in_a_report_are_no_dates() -> None:
    text = "Đến nay 9/12 xã, 3/18 huyện và 51/80 trường hợp đã xong, chiếm 2/3 dân số."
    assert [p.kind for p in parse_periods(text, date(2022, 7, 10))] == ["now"]


@pytest.mark.parametrize("text", ["Từ tháng\n\n6 năm 2022", "58 tuổi 4 tháng\n\n2031", "Năm\n\n2022"])
def test_no_expression_reaches_over_a_blank_line(text: str) -> None:
    assert all("\n" not in text[p.span_start : p.span_end] for p in parse_periods(text, date(2022, 7, 10)))


def test_a_wrapped_line_is_read_on() -> None:
    (period,) = parse_periods("Tính đến hết\ntháng 6 năm\n2022, toàn tỉnh", date(2023, 1, 1))
    assert (period.end, period.mode) == (date(2022, 6, 30), "until")
