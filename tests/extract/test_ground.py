"""What keeps a figure out, what part it is of, and which day it has: families met in articles about firms and audits.

Every text is invented; each family has hits and near misses.
"""

import pytest

from extract.figures.find import find_figures

FIRMS = [
    # One firm, named once: `công ty`, `số nợ` later are still its own.
    ("", "Công ty cổ phần May Sao Khuê nợ BHXH 12,4 tỷ đồng. Công nhân cho biết, số tiền nợ nay lên 14 tỷ đồng.", []),
    ("Hoàng Lộc xin khoanh khoản nợ bảo hiểm", "Tập đoàn Hoàng Lộc vừa gửi đơn đến UBND tỉnh. Đến ngày 30/6/2019, "
     "Hoàng Lộc nợ BHXH, BHYT 35 tỷ đồng. Trong số này, nợ gốc bảo hiểm xã hội là 30 tỷ đồng.", []),
    ("", "Ví dụ: Doanh nghiệp A đóng BHXH theo tháng. Đến hết tháng 2/2020, doanh nghiệp này nợ tiền đóng BHXH là "
     "420 triệu đồng.", []),
    ("", "Bệnh viện đa khoa Hòa Tiến nợ BHXH 6 tỷ đồng. Số nợ BHXH này kéo dài từ năm 2017, nay là 7,5 tỷ đồng.", []),
    # Firms together, an area, the country end it.
    ("", "Công ty cổ phần May Sao Khuê nợ BHXH 12,4 tỷ đồng. Đến hết tháng 6/2019, toàn tỉnh Hòa Bình nợ BHXH 96 tỷ "
     "đồng.", ["96 tỷ đồng"]),
    ("", "Công ty cổ phần May Sao Khuê nợ BHXH 12,4 tỷ đồng. Các doanh nghiệp trên địa bàn tỉnh Hòa Bình nợ BHXH "
     "96 tỷ đồng.", ["96 tỷ đồng"]),
    ("", "Trên địa bàn tỉnh Hòa Bình có 215 đơn vị nợ BHXH với số tiền 96 tỷ đồng.", ["96 tỷ đồng"]),
]  # fmt: skip
OTHERS = [
    # Audits, recovered and refused sums, balances, rates, criteria, people affected, other countries.
    ("Năm 2015, cơ quan kiểm toán điều chỉnh tăng thu quỹ BHXH bắt buộc 120 tỷ đồng.", []),
    ("Đến cuối năm 2018, quỹ bảo hiểm thất nghiệp có 79.000 tỷ đồng.", []),
    ("Đến cuối năm 2018, cả nước thu bảo hiểm thất nghiệp 17.000 tỷ đồng.", ["17.000 tỷ đồng"]),
    ("BHXH tỉnh Hòa Bình đã khởi kiện nhiều đơn vị nợ BHXH, thu được 8 tỷ đồng.", []),
    ("Các khoản phải nộp gồm BHXH: 8%, BHYT: 1,5%, BHTN: 1%.", []),
    ("Cần giám sát những địa phương có tỷ lệ bao phủ BHYT dưới 80%.", []),
    ("Năm 2019, tỷ lệ bao phủ BHYT của tỉnh Hòa Bình đạt gần 80%.", ["80%"]),
    ("Việc nợ BHXH ảnh hưởng đến quyền lợi của 1.900 lao động tham gia BHXH ở tỉnh Hòa Bình.", []),
    ("Cơ quan BHXH tỉnh Hòa Bình đã thanh tra 214 đơn vị về đóng BHXH.", []),
    ("Ở các nước phát triển, tỷ lệ người tham gia bảo hiểm y tế gần như 100%.", []),
    ("Năm 2018, tỷ lệ bao phủ BHYT của tỉnh Hòa Bình đạt 86%, tỷ lệ che phủ rừng đạt 51%.", ["86%"]),
    ("Người chưa có thẻ BHYT chiếm khoảng 20% số bệnh nhân nội trú.", []),
]  # fmt: skip
PARTS = [
    ("Tỉnh Hòa Bình có 96 doanh nghiệp nợ BHXH trên 6 tháng với số tiền 23 tỷ đồng.", "nợ BHXH trên 6 tháng"),
    ("Đến hết năm 2019, tỉnh Hòa Bình nợ BHXH 96 tỷ đồng.", None),
    ("Đến hết năm 2019, tỉnh Hòa Bình có 14 tỷ đồng là khoản nợ BHXH không thể đòi.", "nợ BHXH không thể đòi"),
    ("Doanh nghiệp Nhà nước của tỉnh Hòa Bình nợ BHXH 23 tỷ đồng.", "Doanh nghiệp Nhà nước"),
    ("Năm 2019, tỉnh Hòa Bình chi khám chữa bệnh BHYT 823 tỷ đồng.", "khám chữa bệnh"),
    ("Năm 2019, tỉnh Hòa Bình chi BHYT 823 tỷ đồng.", None),
    ("Năm 2019, các bệnh viện tư nhân của tỉnh Hòa Bình có 82.300 lượt khám chữa bệnh BHYT.", "bệnh viện tư nhân"),
]  # fmt: skip
DAYS = [
    # A year in passing dates nothing said of now, nor what comes far behind it.
    ("Năm 2010, cả nước có 52 triệu người tham gia BHYT. Hiện nay, hơn 82% dân số cả nước tham gia BHYT.", "82%", None),
    ("Tính đến hết tháng 6/2017, cả nước có 76 triệu người tham gia BHYT. Hiện còn 18% dân số chưa tham gia BHYT.",
     "18%", "2017-06-30"),
    ("Cần nâng tỷ lệ bao phủ BHYT đến năm 2021. Hiện cả nước có 14 triệu người tham gia BHXH.", "14 triệu người", None),
    ("Sáng 19/1, lãnh đạo BHXH Việt Nam cho biết, tỉnh Đắk Lắk có 184.000 người tham gia BHYT.", "184.000 người", None),
    ("Mỗi năm cả nước chi BHXH khoảng 100.000 tỷ đồng.", "100.000 tỷ đồng", None),
]  # fmt: skip
MOODS = [
    ("Theo kế hoạch, đến năm 2020, cả nước sẽ có trên 90% dân số tham gia BHYT.", "90%", "target"),
    ("Hết năm 2019, cả nước có trên 90% dân số tham gia BHYT.", "90%", "coverage_pct"),
    ("Số còn lại là 17,6% dân số của tỉnh Hòa Bình tuy khá giả nhưng chưa tham gia BHYT.", "17,6%", "uncovered"),
    ("Người tham gia BHYT của cả nước đã vượt 77,8 triệu người.", "77,8 triệu người", "level"),
    ("Các chỉ tiêu chủ yếu của năm 2019: tỷ lệ thất nghiệp dưới 4%; số giường bệnh đạt 27 giường; tỷ lệ dân số cả nước "
     "tham gia bảo hiểm y tế đạt 88,1%; tỷ lệ che phủ rừng đạt 41,85%.", "88,1%", "target"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "wanted"), FIRMS, ids=[text[:40] for _, text, _ in FIRMS])
def test_debts_of_one_firm_are_no_figures(title: str, text: str, wanted: list[str]) -> None:
    assert [one.quote for one in find_figures(text, title=title or None)] == wanted


@pytest.mark.parametrize(("text", "wanted"), OTHERS, ids=[text[:40] for text, _ in OTHERS])
def test_what_only_looks_like_a_figure(text: str, wanted: list[str]) -> None:
    assert [one.quote for one in find_figures(text)] == wanted


@pytest.mark.parametrize(("text", "scope"), PARTS, ids=[text[:40] for text, _ in PARTS])
def test_a_part_has_its_scope(text: str, scope: str | None) -> None:
    assert [one.scope for one in find_figures(text) if one.measure == "level"][-1:] == [scope]


@pytest.mark.parametrize(("text", "quote", "day"), DAYS, ids=[text[:40] for text, _, _ in DAYS])
def test_now_is_dated_by_a_report_only(text: str, quote: str, day: str | None) -> None:
    found = [str(one.period_end) if one.period_end else None for one in find_figures(text) if one.quote == quote]
    assert found == [day]


@pytest.mark.parametrize(("text", "quote", "measure"), MOODS, ids=[text[:40] for text, _, _ in MOODS])
def test_mood_tells_aims_from_counts(text: str, quote: str, measure: str) -> None:
    assert [one.measure for one in find_figures(text) if one.quote == quote] == [measure]


def test_a_literal_debt_is_of_what_it_names() -> None:
    text = "BHXH tỉnh Hòa Bình cho biết: đến hết tháng 3/2019, có 74 đơn vị nợ số tiền 97 tỷ đồng."
    told = find_figures(text, title="Hàng loạt đơn vị chây ì nợ BHXH")
    assert [one.indicator for one in told if one.unit == "VND"] == ["BHXH.arrears"]


def test_an_estimate_before_a_list_is_of_each_count() -> None:
    text = (
        "Đến 31/5/2017, ước số người tham gia BHXH bắt buộc của tỉnh Hòa Bình là 13.160 người; BHTN là 11.240 người; "
        "BHYT là 763.900 người."
    )
    assert {one.qualifier for one in find_figures(text)} == {"~"}


def test_nothing_is_published_of_a_size_that_its_area_cannot_have() -> None:
    huge = "Đến hết năm 2019, huyện Kim Bôi, tỉnh Hòa Bình nợ BHXH 14.000 tỷ đồng."
    told = [(one.obs_value, one.publish) for one in find_figures(huge)]
    assert told == [(14_000_000_000_000, False)]


def test_one_figure_of_two_places_is_not_published() -> None:
    text = "Đến hết năm 2019, Hà Nội và Hải Phòng có 8.512.000 người tham gia BHYT."
    assert [one.publish for one in find_figures(text)] == [False]


@pytest.mark.parametrize(
    ("text", "of", "end"),
    [
        ("Trong tháng 5/2020, tỉnh Hòa Bình được giao phát triển mới 80 người tham gia BHXH tự nguyện.", "gain", 5),
        ("Năm 2020, tỉnh Hòa Bình được giao phát triển mới 80 người tham gia BHXH tự nguyện.", "gain", 12),
        ("Năm 2020, tỉnh Hòa Bình được giao 8.000 người tham gia BHXH tự nguyện.", "level", 12),
    ],
)
def test_people_to_be_won_are_a_plan_of_gain_for_their_own_months(text, of, end):
    (found,) = find_figures(text)
    assert (found.measure, found.of, found.period_end.month) == ("target", of, end)


@pytest.mark.parametrize("words", ["toàn tỉnh", "trên địa bàn tỉnh", "toàn thành phố"])
def test_a_province_that_no_one_names_stays_open(words: str) -> None:
    text = f"Đến hết tháng 6/2022, {words} có 9.120 người tham gia BHXH tự nguyện."
    (alone,) = find_figures(text, published="2022-07-05")
    assert (alone.area, alone.publish) == (None, False)


@pytest.mark.parametrize(
    ("words", "area", "flags"),
    [
        ("toàn tỉnh", "Lạng Sơn", ("area-by-outlet",)),
        ("huyện Châu Thành", "Bến Tre", ("area-by-outlet",)),
        ("tỉnh Lạng Sơn", "Lạng Sơn", ()),
        ("huyện Chi Lăng", "Lạng Sơn", ()),
    ],
)
def test_what_the_outlet_decides_is_flagged(words: str, area: str, flags: tuple[str, ...]) -> None:
    text = f"Đến hết tháng 6/2022, {words} có 9.120 người tham gia BHXH tự nguyện."
    (one,) = find_figures(text, published="2022-07-05", area=area)
    assert one.area is not None
    assert one.flags == flags


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Buổi đối thoại về BHYT ở huyện Chi Lăng ngày 9/6/2022 có 85 người tham gia.", False),
        ("Đến ngày 9/6/2022, huyện Chi Lăng có 68.500 người tham gia BHYT.", True),
        ("Đến ngày 9/6/2022, tỉnh Lạng Sơn có 240 người tham gia BHXH.", False),
        ("Trước năm 2018, tỉnh Lạng Sơn có 3.100 người tham gia BHXH tự nguyện.", False),
        ("Đến hết năm 2018, tỉnh Lạng Sơn có 3.100 người tham gia BHXH tự nguyện.", True),
    ],
)
def test_what_no_area_and_no_day_can_have_waits(text: str, shown: bool) -> None:
    assert [one.publish for one in find_figures(text, published="2022-07-05")] == [shown]


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("Nhiệm kỳ 2023-2028, tỉnh Lạng Sơn có 8.312 người tham gia BHXH tự nguyện.", True),
        ("Hết quý II/2023, tỉnh Lạng Sơn có 8.312 người tham gia BHXH tự nguyện.", False),
        ("Năm học 2023-2024, tỉnh Lạng Sơn có 98,2% học sinh tham gia BHYT.", False),
    ],
)
def test_no_count_is_published_before_its_day(text: str, ahead: bool) -> None:
    (one,) = find_figures(text, published="2023-06-15")
    assert ("period-ahead" in one.flags) == ahead
    assert not (ahead and one.publish)
