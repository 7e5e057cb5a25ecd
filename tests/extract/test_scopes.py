# ruff: noqa: E501
"""Which part of the people or the money a figure counts, and from which day on: one row for each family of wording."""

import pytest

from extract.figures.find import find_figures

SCOPES = [
    ("Hết tháng 8/2022, bưu điện vận động được 735 người tham gia BHXH tự nguyện, 8.523 người tham gia BHYT hộ gia đình.",
     ["bưu điện", "bưu điện"]),
    ("Bưu điện huyện Tân Lạc đạt 112% kế hoạch phát triển BHXH tự nguyện, Bưu điện huyện Mai Châu đạt 104%.",
     ["bưu điện", "bưu điện"]),
    ("Năm học 2021-2022, tỷ lệ học sinh tham gia BHYT khối tiểu học đạt 99,9%, THCS 99,4%.", ["khối tiểu học", "THCS"]),
    ("Toàn tỉnh có 312 đơn vị chậm đóng BHXH từ 3 tháng trở lên với số tiền 96,7 tỷ đồng.", ["chậm đóng BHXH từ 3 tháng trở lên"]),
    ("Diện bắt buộc là 412.300 người tham gia BHXH.", [None]),
    ("Toàn tỉnh nợ BHXH 86,4 tỷ đồng. Trong đó:\n+ Doanh nghiệp nhà nước: 6 đơn vị, 9,2 tỷ đồng.\n+ Khối khác: 3,3 tỷ đồng.",
     [None, "Doanh nghiệp nhà nước", "Khối khác"]),
    ("Nhờ đó đã có 89.100 hội viên nông dân tham gia BHYT.", ["hội viên"]),
    ("Toàn huyện có 612 người tham gia BHXH tự nguyện, trong đó 400 người là tiểu thương chợ.", [None, "tiểu thương chợ"]),
]  # fmt: skip
STARTS = [
    ("Trong 6 tháng đầu năm 2022, BHXH tỉnh đã cấp 192.400 thẻ BHYT.", "2022-01-01"),
    ("Năm học 2021-2022, toàn tỉnh có 165.400 học sinh tham gia BHYT.", "2021-09-01"),
    ("Đến hết tháng 8/2022, toàn tỉnh có 12.022 người tham gia BHXH tự nguyện.", "2022-08-31"),
]


@pytest.mark.parametrize(("text", "wanted"), SCOPES, ids=[row[0][:40] for row in SCOPES])
def test_scopes(text: str, wanted: list[str | None]) -> None:
    assert [one.scope for one in find_figures(text, published="2022-09-15", area="Hòa Bình")] == wanted


@pytest.mark.parametrize(("text", "wanted"), STARTS, ids=[row[0][:40] for row in STARTS])
def test_starts(text: str, wanted: str) -> None:
    assert [str(one.period_start) for one in find_figures(text, published="2022-09-15", area="Hòa Bình")] == [wanted]
