"""Which day a figure is of: one row of the table for each family of wording (`test_when_rows.tsv`)."""

from pathlib import Path

import pytest

from extract.figures import find_figures

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


@pytest.mark.parametrize(("published", "area", "text", "wanted"), ROWS, ids=[row[2][:40] for row in ROWS])
def test_days(published: str, area: str, text: str, wanted: str) -> None:
    found = find_figures(text.replace(" // ", "\n\n"), published=published, area=area)
    assert " ".join(f"{one.quote}={one.period_end or '-'}" for one in found) == wanted


@pytest.mark.parametrize(("area", "text", "wanted"), PLACES, ids=[row[1][:40] for row in PLACES])
def test_places(area: str, text: str, wanted: list[str]) -> None:
    found = find_figures(text, published="2025-08-05" if "2025" in text else "2023-03-14", area=area)
    assert [one.area if wanted[0].startswith("2024:") else one.area_name for one in found] == wanted
