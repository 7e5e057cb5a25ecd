"""Which day a figure is of: one row of the table for each family of wording (`test_when_rows.tsv`)."""

from pathlib import Path

import pytest

from extract.figures.find import find_figures

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "test_when_rows.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
PLACES = [
    ("Bình Dương", "Chị Ngân, 35 tuổi, quê Trà Vinh, nghỉ việc đã hai tháng. Đến hết tháng 2/2023, toàn tỉnh có "
     "1.020.000 người tham gia BHTN. BHXH tự nguyện có 9.300 người.", ["Bình Dương", "Bình Dương"]),
    ("An Giang", "Đến ngày 31/7/2025, tỉnh An Giang (mới) có 4.186.300 người tham gia BHYT, trong đó địa bàn Kiên "
     "Giang (cũ) 1.561.200 người; tỷ lệ bao phủ chung 90,7%.", ["An Giang", "Kiên Giang", "An Giang"]),
    ("Yên Bái", "Hết tháng 9/2019, số người tham gia BHXH tự nguyện nhiều nhất là huyện Văn Yên với 412 người, Trấn "
     "Yên 388 người; ít nhất là Mù Cang Chải, 47 người.",
     ["Văn Yên, Yên Bái", "Trấn Yên, Yên Bái", "Mù Căng Chải, Yên Bái"]),
    ("Tiền Giang", "Hết tháng 9/2022, thị xã Cai Lậy có 290 người tham gia BHXH tự nguyện, huyện Cai Lậy 260 người.",
     ["2024:817", "2024:820"]),
]  # fmt: skip

TITLES = [
    ("2023-07-10", "Hòa Bình: 6 tháng đầu năm, thu bảo hiểm đạt 48% dự toán", "2023-06-30"),
    ("2023-10-10", "BHXH Hòa Bình: Nhìn lại 9 tháng", "2023-09-30"),
    ("2023-10-10", "Chín tháng nhiều nỗ lực của ngành BHXH", "2023-09-30"),
    ("2023-10-10", "Hòa Bình tổng kết 9 tháng, triển khai nhiệm vụ quý IV/2023", "2023-09-30"),
    ("2023-04-10", "Quý I/2023: BHXH Hòa Bình giữ nhịp", "2023-03-31"),
    ("2024-01-10", "BHXH Hòa Bình năm 2023: Vượt khó", "2023-12-31"),
    ("2023-04-10", "Hòa Bình: Chín tháng chạy đua với chỉ tiêu BHXH", None),
    ("2024-01-10", "BHXH Hòa Bình triển khai nhiệm vụ năm 2024", None),
    ("2023-08-10", "BHXH Hòa Bình phấn đấu hoàn thành chỉ tiêu năm 2023", None),
    ("2023-08-10", "Người nghỉ việc sau năm 2022 và BHXH tự nguyện", None),
    ("2024-09-10", "Chuyện BHXH ở Hòa Bình năm 2023", None),
]
"""A title that tells of what period its report is dates a text that names none; what it only mentions does not."""


@pytest.mark.parametrize(("published", "title", "wanted"), TITLES, ids=[row[1][:40] for row in TITLES])
def test_days_of_a_title(published: str, title: str, wanted: str | None) -> None:
    text = "Toàn tỉnh có 20.870 người tham gia BHXH tự nguyện, đạt 62,5% kế hoạch."
    found = find_figures(text, title=title, published=published, area="Hòa Bình")
    assert [str(one.period_end or "") or None for one in found] == [wanted, wanted]
    assert not any(one.publish for one in found)


@pytest.mark.parametrize(("published", "area", "text", "wanted"), ROWS, ids=[row[2][:40] for row in ROWS])
def test_days(published: str, area: str, text: str, wanted: str) -> None:
    found = find_figures(text.replace(" // ", "\n\n"), published=published, area=area)
    assert " ".join(f"{one.quote}={one.period_end or '-'}" for one in found) == wanted


BASES = [
    ("Cuối năm 2021 có 14.870 người tham gia BHXH tự nguyện, đến 31/7/2022 còn 13.954 người tham gia BHXH tự nguyện, "
     "giảm 916 người.", ("2022-07-31", "2021-12-31")),
    ("Cuối năm 2021 có 14.870 người tham gia BHXH tự nguyện, đến 31/7/2022 còn 13.954 người tham gia BHXH tự nguyện, "
     "giảm 870 người.", ("2022-07-31", None)),
    ("Năm 2018, toàn tỉnh có 512.300 người tham gia BHYT; đến cuối năm 2021 là 801.450 người tham gia BHYT, tức tăng "
     "289.150 người.", ("2021-12-31", "2018-12-31")),
    ("Trong tháng 4/2022, số người tham gia BHXH bắt buộc giảm 1.146 người.", ("2022-04-30", "2022-03-31")),
    ("BHXH bắt buộc (đến 30/9/2022, so với 31/12/2021)\n\nBHXH bắt buộc: 52.430 người, tăng 1.390 người.",
     ("2022-09-30", "2021-12-31")),
    ("Đến hết tháng 6/2022, tỉnh có 14.210 người tham gia BHXH tự nguyện, nhiều hơn cuối năm 2021; quý I/2021 giảm 96 "
     "người.", ("2021-03-31", "2020-12-31")),
    ("Đến ngày 14/10/2022, xã có 498 người tham gia BHXH tự nguyện. So với tuần trước đó, BHXH tự nguyện tăng 17 "
     "người.", ("2022-10-14", "2022-10-07")),
]  # fmt: skip
"""The last change of each text: its own day, and that of what it is compared with."""


@pytest.mark.parametrize(("text", "wanted"), BASES, ids=[row[0][-48:] for row in BASES])
def test_bases(text: str, wanted: tuple[str, str | None]) -> None:
    found = [one for one in find_figures(text, published="2022-10-14", area="Hòa Bình") if one.measure == "change"]
    assert (str(found[-1].period_end), found[-1].base_end and str(found[-1].base_end)) == wanted


STARTS = [
    ("Đến hết tháng 9/2022, tỉnh đang chi trả lương hưu, trợ cấp BHXH hằng tháng cho 31.874 người.", "2022-09-30"),
    ("Trong 9 tháng đầu năm 2022, tỉnh giải quyết cho 1.126 người hưởng trợ cấp thất nghiệp.", "2022-01-01"),
    ("Trong 9 tháng đầu năm 2022, tỉnh giải quyết cho 3.870 người hưởng BHXH một lần.", "2022-01-01"),
    ("Năm 2021, huyện phát hành 103.640 thẻ BHYT.", "2021-01-01"),
    ("Đến hết năm 2021, huyện có 103.640 thẻ BHYT.", "2021-12-31"),
    ("Tính đến hết tháng 4/2022, các đại lý phát triển mới được 803 người tham gia BHXH tự nguyện.", None),
    ("Từ đầu năm đến hết tháng 9, tỉnh phát triển mới 2.310 người tham gia BHXH tự nguyện.", "2022-01-01"),
]
"""A stock stands at one day; what was paid, settled, issued or won has a time of its own, if the text tells it."""


@pytest.mark.parametrize(("text", "wanted"), STARTS, ids=[row[0][-48:] for row in STARTS])
def test_starts(text: str, wanted: str | None) -> None:
    found = find_figures(text, published="2022-10-14", area="Hòa Bình")
    assert [one.period_start and str(one.period_start) for one in found] == [wanted]


@pytest.mark.parametrize(("area", "text", "wanted"), PLACES, ids=[row[1][:40] for row in PLACES])
def test_places(area: str, text: str, wanted: list[str]) -> None:
    found = find_figures(text, published="2025-08-05" if "2025" in text else "2023-03-14", area=area)
    assert [one.area if wanted[0].startswith("2024:") else one.area_name for one in found] == wanted
