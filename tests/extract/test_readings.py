"""Whole readings of invented reports, one row for each family of wording, and of texts that hold no figure of ours."""

from pathlib import Path

import pytest

from extract.figures.find import find_figures
from extract.headline import topic_of_address
from extract.rows.find import find_rows

TABLE = Path(__file__).parent / "tables" / "readings.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]

NOTHING = [
    ("Mỹ siết chương trình bảo hiểm y tế", "Chương trình này bảo hiểm y tế cho 38 triệu người Mỹ, chiếm 11% dân số."),
    ("Cách tính thuế từ tiền lương", "BHXH (8 %), BHYT (1,5 %), BHTN (1 %)."),
    ("Mức đóng mới", "Đối với bảo hiểm y tế 1,5%. Còn bảo hiểm thất nghiệp 1%."),
    ("Viện phí tăng", "Giá dịch vụ y tế áp dụng cho người có thẻ BHYT tăng 9,8% góp phần làm CPI tăng 0,3%."),
    ("Lương hưu mới", "Theo dự thảo, lương hưu, trợ cấp BHXH hằng tháng tăng 6,5% so với mức hiện hưởng."),
    ("Họp phụ huynh", "Trường nhắc đóng BHYT. Buổi họp có 312 phụ huynh, cả trường có 540 học sinh."),
    ("Nợ BHXH kéo dài", "Đây là các doanh nghiệp nợ BHXH từ 6 tháng với số tiền trên 200 triệu đồng."),
    ("Nợ BHXH kéo dài", "Đơn vị có số nợ BHXH cao nhất là 5 tỷ đồng."),
    ("Quỹ BHYT chi trả", "Quỹ BHYT đã chi trả cho anh Lâm hơn 1,3 tỷ đồng tiền thuốc."),
    ("Tuyển dụng", "Công ty đóng BHXH đầy đủ và cần thêm 12 nhân viên kế toán."),
    ("Thanh tra BHXH", "Năm 2018, cơ quan BHXH thanh tra việc đóng BHXH tại 380 đơn vị."),
    ("Tạm dừng đóng quỹ hưu trí", "Số lao động tham gia BHXH phải tạm thời nghỉ việc từ 50% trở lên."),
    ("Kinh tế quý I", "Tỷ lệ bao phủ BHYT được quan tâm; tỷ lệ rác thải được thu gom đạt 96,5%."),
    ("Dự toán BHYT", "Bệnh viện Đa khoa Lạc Sơn năm 2022 vượt dự toán BHYT 4,2 tỷ đồng."),
    ("Thi đua", "Đại lý nào vận động được 50 người tham gia BHXH tự nguyện sẽ được khen thưởng."),
    ("Ca bệnh nặng", "Quỹ BHYT đã thanh toán cho một bệnh nhân ở xã Tú Sơn 1,7 tỷ đồng trong năm 2022."),
    (
        "Ca bệnh hiếm",
        "6 tháng đầu năm 2023, quỹ BHYT đã thanh toán cho trường hợp một học sinh lớp 8 mắc bệnh máu 1,1 tỷ đồng.",
    ),
    ("Thu hồi nợ", "6 tháng đầu năm 2023, sau đôn đốc thu nợ, các đơn vị đã nộp 31 tỷ đồng tiền BHXH."),
    ("Nợ BHXH", "Việc nợ BHXH khiến 1.213 lao động bị treo quyền lợi."),
    ("Đính chính", "Bài viết về BHYT đã in: “Xã Tú Sơn đạt 92,4% dân số” xin đọc lại là “99,4%”."),
    ("Luật BHXH mới", "Mức phạt với hành vi trốn đóng BHXH tới 75 triệu đồng với cá nhân, 150 triệu đồng với tổ chức."),
    ("Giao chỉ tiêu BHXH tự nguyện", "Hằng quý, đơn vị đạt dưới 20% chỉ tiêu phải giải trình bằng văn bản."),
    ("BHYT học sinh", "Năm học 2023 - 2024, toàn tỉnh có 103.862 học sinh, sinh viên thuộc diện tham gia BHYT."),
    ("Nợ BHXH", "Có doanh nghiệp da giày nợ BHXH 14 tháng, 9,7 tỷ đồng; một xưởng gỗ nợ 2,2 tỷ đồng."),
    ("Phương hướng", "Toàn ngành phấn đấu hoàn thành 100% các chỉ tiêu BHXH, BHYT được giao."),
    ("Làm thẻ sinh viên", "Trường nhắc đóng BHYT. Lớp 10A: 100%. Lớp 10B: 98,2%."),
    ("BHYT toàn dân", "Hội nghị về BHYT\n120 người\ndự tại hội trường huyện."),
]
TABLE_TEXT = """Kết quả tham gia BHXH tự nguyện đến 30/6/2021 theo địa bàn (số người tham gia; so kế hoạch):
1 Tam Đảo 1.240 61,5%
2 Lập Thạch 1.815 70,2%
3 Sông Lô 990 -
Toàn tỉnh 4.045 66,0%
"""


@pytest.mark.parametrize(("published", "area", "text", "wanted"), ROWS, ids=[row[2][:48] for row in ROWS])
def test_readings(published: str, area: str, text: str, wanted: str) -> None:
    found = find_figures(
        text.replace(" // ", "\n\n").replace(" ⏎ ", "\n"), published=published or None, area=area or None
    )
    told = [
        f"{one.quote} = {one.indicator} {one.measure} {one.period_end or '-'} {one.area_name or '-'}" for one in found
    ]
    assert told == wanted.split(" ; ")


@pytest.mark.parametrize(("title", "text"), NOTHING, ids=[text[:40] for _, text in NOTHING])
def test_no_figure_of_ours(title: str, text: str) -> None:
    assert [one.quote for one in find_figures(text, title=title)] == []


def test_a_table_held_as_lines() -> None:
    found = find_figures(TABLE_TEXT, published="2021-07-10", area="Vĩnh Phúc")
    assert [(one.quote, one.measure, one.area_name) for one in found] == [
        ("1.240", "level", "Tam Đảo, Vĩnh Phúc"),
        ("61,5%", "target_pct", "Tam Đảo, Vĩnh Phúc"),
        ("1.815", "level", "Lập Thạch, Vĩnh Phúc"),
        ("70,2%", "target_pct", "Lập Thạch, Vĩnh Phúc"),
        ("990", "level", "Sông Lô, Vĩnh Phúc"),
        ("4.045", "level", "Vĩnh Phúc"),
        ("66,0%", "target_pct", "Vĩnh Phúc"),
    ]
    assert {one.indicator for one in found} == {"BHXH_TN.participants"}
    assert {str(one.period_end) for one in found} == {"2021-06-30"}


def test_rows_of_a_page_table() -> None:
    text = "STT | Đơn vị | Số người tham gia BHYT | Tỷ lệ bao phủ (%)\n1 | A Lưới | 52.100 | 98,7\n"
    text += "2 | Nam Đông | 26.400 | -\n"
    text += "3 | Phú Lộc | 131.000 | 97,1\n"
    (table,) = find_rows(text)
    assert table.columns == ("Số người tham gia BHYT", "Tỷ lệ bao phủ (%)")
    assert [text[row.name_start : row.name_end] for row in table.rows] == ["A Lưới", "Nam Đông", "Phú Lộc"]


@pytest.mark.parametrize(
    "text",
    ["Lịch thi đấu\n1 Hà Nội 3 1\n2 Nam Định 2 2\n3 Thanh Hóa 0 1\n", "a 1\nb 2\n", "", "1 2 3\n4 5 6\n7 8 9\n"],
)
def test_lines_that_are_no_table(text: str) -> None:
    assert find_rows(text) == []


@pytest.mark.parametrize(
    ("url", "topic"),
    [
        ("https://baovidu.vn/xa-hoi/phat-trien-nguoi-tham-gia-bhxh-tu-nguyen-120629.html", "BHXH tự nguyện"),
        ("https://baovidu.vn/bhxh-tinh-duoc-giao-phat-trien-bhxh-tu-nguyen-1.html", "BHXH tự nguyện"),
        ("https://baovidu.vn/c/99/to%C3%A0n-t%E1%BB%89nh-b%E1%BA%A3o-hi%E1%BB%83m-y-t%E1%BA%BF", "bảo hiểm y tế"),
        ("https://baovidu.vn/tag/bao-hiem-y-te", None),
        ("https://baovidu.vn/the-thao/bong-da-1.html", None),
        ("http://[", None),
        (None, None),
    ],
)
def test_what_an_address_is_about(url: str | None, topic: str | None) -> None:
    assert topic_of_address(url) == topic


def test_a_table_whose_labels_end_in_their_units() -> None:
    text = (
        "TT Đơn vị BHXH tự nguyện (người) BHYT (người) Bao phủ BHYT (%)\n1 Tam Đảo 240 61.310 87,9\n"
        "2 Lập Thạch 815 98.420 90,2\n3 Sông Lô 390 70.155 89,5\n"
    )
    told = [f"{one.quote} {one.indicator} {one.measure}" for one in find_figures(text, area="Vĩnh Phúc")]
    row = "BHXH_TN.participants level", "BHYT.participants level", "BHYT.participants coverage_pct"
    assert told[:3] == [f"{quote} {label}" for quote, label in zip(("240", "61.310", "87,9"), row, strict=True)]
    assert len(told) == 9


def test_a_minus_is_told_once() -> None:
    text = "Số người tham gia BHXH tự nguyện 6 tháng biến động: Đà Bắc +212 người, Lạc Sơn -1.204 người."
    found = find_figures(text, published="2023-07-10", area="Hòa Bình")
    assert [one.obs_value for one in found] == [212, -1204]


@pytest.mark.parametrize(
    ("title", "scheme"),
    [
        ("Năm học mới: Khó khăn thu BHYT ở trường nghề", "BHYT_HSSV"),
        ("Thẻ BHYT và nỗi lo học phí đầu năm", "BHYT_HSSV"),
        ("Thẻ BHYT ở vùng cao", "BHYT"),
    ],
)
def test_a_title_says_whose_insurance_lists_are_of(title: str, scheme: str) -> None:
    text = "Đến 30/10/2023, tỷ lệ tham gia đạt 91,4%.\n\nChia theo địa bàn, Lạc Sơn 99,1%, Kim Bôi 96,3%."
    found = find_figures(text, title=title, published="2023-11-10", area="Hòa Bình")
    assert [one.indicator for one in found[-2:]] == [f"{scheme}.participants"] * 2


def test_a_title_tells_the_year_of_a_month() -> None:
    text = "Đến hết tháng 2, cả nước còn nợ BHXH 6.120 tỷ đồng."
    ends = [
        find_figures(text, title=title)[0].period_end
        for title in ("Nợ BHXH đến tháng 3/2019 tăng mạnh", "Nợ BHXH tăng mạnh")
    ]
    assert [str(end) for end in ends] == ["2019-02-28", "None"]
