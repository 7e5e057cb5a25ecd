"""Every written form of a date that Vietnamese pages are known to use, read one by one."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.article.byline_forms import VIETNAM, machine_stamp, visible_stamps


def at(year: int, month: int, day: int, hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=VIETNAM)


VISIBLE = [
    ("Thứ bảy, 7/3/2026, 00:05 (GMT+7)", at(2026, 3, 7, 0, 5)),
    ("Thứ bảy, 07/03/2026 - 08:07", at(2026, 3, 7, 8, 7)),
    ("07/03/2026   08:52 (GMT+07:00)", at(2026, 3, 7, 8, 52)),
    ("Thứ Bảy, 07/03/2026 - 08:52", at(2026, 3, 7, 8, 52)),
    ("07/03/2026 08:01 GMT+7", at(2026, 3, 7, 8, 1)),
    ("3/7/2026 8:01:53 AM", at(2026, 3, 7, 8, 1, 53)),
    ("9/26/2026 9:20:00 AM", at(2026, 9, 26, 9, 20)),
    ("12/31/2025 11:59:59 PM", at(2025, 12, 31, 23, 59, 59)),
    ("01/03/2026 09:51", at(2026, 3, 1, 9, 51)),
    ("17/08/2026", date(2026, 8, 17)),
    ("07-03-2026 - 00:01 AM", at(2026, 3, 7, 0, 1)),
    ("20-07-2026 - 14:04 PM", at(2026, 7, 20, 14, 4)),
    (" - 07/03/2026 08:47", at(2026, 3, 7, 8, 47)),
    ("Thứ Bảy, Ngày 07 tháng 03 năm 2026", date(2026, 3, 7)),
    ("Cập nhật lúc 15:39, Thứ Năm, 22/03/2018 (GMT+7)", at(2018, 3, 22, 15, 39)),
    ("Cập nhật, 13:54, Thứ Năm, 12/07/2018 (GMT+7)", at(2018, 7, 12, 13, 54)),
    ("Thứ sáu, 09/12/2022 09:24 (GMT+7)", at(2022, 12, 9, 9, 24)),
    ("09/11/2018 | 11:08 GMT+7", at(2018, 11, 9, 11, 8)),
    ("21:49 10/08/2020", at(2020, 8, 10, 21, 49)),
    ("23.11.2021", date(2021, 11, 23)),
    ("1-7-2023", date(2023, 7, 1)),
    ("17/12/2019 01:52 PM", at(2019, 12, 17, 13, 52)),
    ("05/12/2019 01:52 PM", at(2019, 12, 5, 13, 52)),
    ("08/01/2026 - 18:21", at(2026, 1, 8, 18, 21)),
    ("PHÒNG VIÊN • 08/01/2026", date(2026, 1, 8)),
    ("15:33, 17/08/2026", at(2026, 8, 17, 15, 33)),
    ("Thứ Hai, 06/07/2026 08:15", at(2026, 7, 6, 8, 15)),
    ("Ngày 2 tháng 9 năm 2021", date(2021, 9, 2)),
    ("10h30 ngày 05/06/2022", at(2022, 6, 5, 10, 30)),
    ("10 giờ 30 phút, ngày 5/6/2022", at(2022, 6, 5, 10, 30)),
    ("05/06/2022 lúc 10:30", at(2022, 6, 5, 10, 30)),
    ("Đăng lúc: 05/06/2022 10:30:45", at(2022, 6, 5, 10, 30, 45)),
    ("Thứ 2, 05/08/2019, 10:30", at(2019, 8, 5, 10, 30)),
    ("CN, 05/08/2018 07:00 SA", at(2018, 8, 5, 7, 0)),
    ("05/08/2018 07:00 CH", at(2018, 8, 5, 19, 0)),
    ("16:20 | 11/10/2023", at(2023, 10, 11, 16, 20)),
    ("Chủ Nhật, 04/08/2024 - 07:54", at(2024, 8, 4, 7, 54)),
    ("Thứ 3, 21/05/2024 | 07:15", at(2024, 5, 21, 7, 15)),
    ("12:30 AM 05/08/2018", at(2018, 8, 5, 0, 30)),
    ("Oct 22, 2025 | 19:25", at(2025, 10, 22, 19, 25)),
    ("January 12th, 2011", date(2011, 1, 12)),
    ("02/10/2025 14:20 [GMT +7]", at(2025, 10, 2, 14, 20)),
    ("Thứ ba, 12 Tháng 3 2015 08:15", at(2015, 3, 12, 8, 15)),
    ("Được đăng: 12 Tháng Mười Hai 2015", date(2015, 12, 12)),
    ("Ngày 5 tháng năm năm 2015", date(2015, 5, 5)),
    ("12/03/2015 9:15' SA", at(2015, 3, 12, 9, 15)),
    ("Thứ ba, 12/3/2015 | 09:15' GMT+7", at(2015, 3, 12, 9, 15)),
    ("10:05:23 AM 12/03/2015", at(2015, 3, 12, 10, 5, 23)),
    ("2015-03-12 08:15:00", at(2015, 3, 12, 8, 15)),
    ("09:12 | 01/09/2026", at(2026, 9, 1, 9, 12)),
    ("15-01-2024 13:04", at(2024, 1, 15, 13, 4)),
    ("22:00 UTC+0 07/03/2026", datetime(2026, 3, 8, 5, 0, tzinfo=VIETNAM)),
]

NOT_DATES = [
    "98,9%", "tỷ lệ 98.9.2", "31/13/2020", "40/10/2020", "Điện thoại: 0200.3555.111", "số 546/QĐ-TTg",
    "192.168.10.2021.5",
    "1/2", "tháng 4/2020", "07/03/20266", "năm 2021", "", "10/08/1890",
]  # fmt: skip

MACHINE = [
    ("2026-03-07T08:06:00+07:00", at(2026, 3, 7, 8, 6)),
    ("2026-03-07T08:52:11.000 +07:00", at(2026, 3, 7, 8, 52, 11)),
    ("2026-08-17T15:33:01&#x2B;07:00", at(2026, 8, 17, 15, 33, 1)),
    ("2026-08-17T15:33:01&amp;#x2B;07:00", at(2026, 8, 17, 15, 33, 1)),
    ("2026-03-07T01:06:00Z", at(2026, 3, 7, 8, 6)),
    ("2026-03-07T01:06:00.123Z", at(2026, 3, 7, 8, 6)),
    ("2026-05-19T06:30:00+0700", at(2026, 5, 19, 6, 30)),
    ("2026-03-07 08:07", at(2026, 3, 7, 8, 7)),
    ("2026-07-20T00:04:00", at(2026, 7, 20, 0, 4)),
    ("2026-01-08", date(2026, 1, 8)),
    ("2026/01/08 09:10", at(2026, 1, 8, 9, 10)),
    ("1772816700", at(2026, 3, 7, 0, 5)),
    ("1772816700000", at(2026, 3, 7, 0, 5)),
    ("20260307", date(2026, 3, 7)),
    ("20260307T080600", at(2026, 3, 7, 8, 6)),
    ("Sat, 07 Mar 2026 08:06:00 +0700", at(2026, 3, 7, 8, 6)),
    ("Sat, 07 Mar 2026 01:06:00 GMT", at(2026, 3, 7, 8, 6)),
    ("3/7/2026 8:01:53 AM", at(2026, 3, 7, 8, 1, 53)),
    ("07/03/2026 08:01:53", at(2026, 3, 7, 8, 1, 53)),
]

NOT_STAMPS = ["", "hôm qua", "0", "2026", "0000-00-00", "2026-13-40", "abc 123", "99999999999999", "8475 người"]


@pytest.mark.parametrize(("text", "value"), VISIBLE, ids=[text for text, _ in VISIBLE])
def test_visible(text: str, value: date | datetime) -> None:
    stamps = list(visible_stamps(text))
    assert [stamp.value() for stamp in stamps] == [value]


@pytest.mark.parametrize("text", NOT_DATES)
def test_no_visible_date(text: str) -> None:
    assert list(visible_stamps(text)) == []


@pytest.mark.parametrize(("text", "value"), MACHINE, ids=[text for text, _ in MACHINE])
def test_machine(text: str, value: date | datetime) -> None:
    stamp = machine_stamp(text)
    assert stamp is not None
    assert stamp.value() == value


@pytest.mark.parametrize("text", NOT_STAMPS)
def test_no_stamp(text: str) -> None:
    assert machine_stamp(text) is None


@given(st.datetimes(min_value=datetime(1996, 1, 1), max_value=datetime(2090, 1, 1)), st.integers(-12, 14))
def test_every_iso_instant_is_read(moment: datetime, hours: int) -> None:
    aware = moment.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))
    stamp = machine_stamp(aware.isoformat())
    assert stamp is not None
    assert stamp.value() == aware


@given(st.text(max_size=200))
def test_any_text_is_safe(text: str) -> None:
    machine_stamp(text)
    for stamp in visible_stamps(text):
        assert 0 <= stamp.start < stamp.end <= len(text)
        stamp.value()
