"""Figures that sound like an insurance's and are of something else, family by family, with near misses.

Every text is invented.
"""

import pytest

from extract.confidence.improbable import improbable
from extract.figures.find import find_figures

ALIEN = [
    # Wages, prices, names of things: numbers without a unit.
    ("Mức tiền lương đóng BHXH của từng vùng như sau (đồng/tháng):\n\nVùng I\n4.310.000\n4.611.700\n\nVùng II\n"
     "3.820.000", []),
    ("Mức thu nhập cao nhất để tham gia BHXH tự nguyện là 31 triệu / tháng.", []),
    ("Lương anh hơn 9 triệu đồng, đóng bảo hiểm hơn 2,7 triệu rồi còn tiền trọ.", []),
    ("Giá các dịch vụ không thuộc quỹ BHYT chi trả gồm 12 dịch vụ khám, 1.846 giá xét nghiệm.", []),
    ("Soạn tin TC BHXH 4712093 2018 gửi tổng đài.", []),
    ("Hết năm 2019, số lao động đóng BHXH của cả nước là 15,2 triệu.", ["15,2 triệu"]),
    # Other people than those of an insurance.
    ("Cả nước có bảo hiểm y tế toàn dân và khoảng 48 triệu người sử dụng internet, chiếm 51% dân số.", []),
    ("TP. HCM hỗ trợ BHYT và điều trị thay thế cho 29.800 người nghiện ma túy.", []),
    ("Nhà máy tuyển 150 công nhân may, được tham gia BHXH, BHYT.", []),
    ("Tháng 3/2018, trong 27 người nghèo được đề nghị cấp thẻ BHYT có vợ ông trưởng thôn.", []),
    ("Số lao động dừng đóng BHXH trong các năm 2017, 2018 lần lượt là 1.620; 1.744 lao động.", []),
    ("Báo cáo của Bộ Nội vụ về tinh giản biên chế và BHXH. Năm 2017 có 9.800 người hưởng chính sách về hưu trước tuổi.",
     []),
    ("Năm 2018, cả nước có 9.800 người hưởng lương hưu từ BHXH.", ["9.800 người"]),
    # Debts that were paid, of banks, of one debtor.
    ("Sau thanh tra, các đơn vị ở tỉnh Hòa Bình đã khắc phục số tiền nợ quỹ BHXH là 61 tỷ đồng.", []),
    ("Sau thanh tra, tỉnh Hòa Bình đã khắc phục nợ BHXH, hiện còn nợ BHXH 61 tỷ đồng.", ["61 tỷ đồng"]),
    ("Hãng này nợ BHXH, BHYT kéo dài. Trong đó, nợ tại Vietcombank là 512 tỷ đồng, tại BIDV là 430 tỷ đồng.", []),
    ("Cổ đông hỏi về khoản 6,4 tỷ đồng là nợ cá nhân của ông, không phải nợ BHXH.", []),
    ("Tới đây, các doanh nghiệp có số nợ BHXH từ 4 - 6 tỷ đồng cũng bị nêu tên.", []),
    ("Trong các đơn vị ở TP. HCM, đơn vị có số nợ BHXH cao nhất là gần 8 tỷ đồng.", []),
    ("Đến tháng 7, Brendhardt còn nợ BHXH TP. HCM trên 5 tỷ đồng tiền bảo hiểm.", []),
    ("Hội đồng quản trị Trường phổ thông Sao Khuê nợ gần 1,4 tỷ đồng tiền BHXH của giáo viên.", []),
    # Audits, abuse, running costs, assistance.
    ("Qua kiểm toán, chi KCB BHYT chưa xác định được tính hợp lệ là 22,6 tỷ đồng.", []),
    ("Kiểm toán phát hiện việc thanh toán chi phí KCB BHYT từ máy mượn năm 2016 lên tới 38 tỷ đồng.", []),
    ("Năm 2016, cả nước chi KCB BHYT 69.000 tỷ đồng.", ["69.000 tỷ đồng"]),
    ("Bốn tháng đầu năm 2018, những người đi khám BHYT từ 45 lần trở lên có 148.000 lượt.", []),
    ("Theo BHXH Việt Nam, số thẻ BHYT bị cấp trùng lên tới 98.500 thẻ.", []),
    ("Đã in và cấp gần 162.000 thẻ BHYT, trong đó có trên 41.000 thẻ bị in sai ngày sinh.", ["162.000 thẻ"]),
    ("Năm 2015, ngân sách phải chi 3.400 tỷ đồng trợ cấp xã hội cho người già không có lương hưu.", []),
    ("Với dân số của một xã khoảng 4.500 người thì tổng thu BHYT là trên 2,8 tỷ đồng.", []),
    ("Ví dụ một lao động nữ nghỉ hưu ở tuổi 55 thì tổng chi BHXH cho bà là 620 triệu đồng.", []),
    # Wishes, marks, means of payment, other funds.
    ("Năm học 2018-2019, 100% học sinh tham gia BHYT sẽ được cấp thẻ mẫu mới.", []),
    ("Năm học 2018-2019, tỉnh Hòa Bình có 100% học sinh tham gia BHYT.", ["100%"]),
    ("Việc học sinh tham gia BHYT đạt 100% là một trong những tiêu chí xét thi đua.", []),
    ("TP. HCM đặt mục tiêu 45% số người nhận lương hưu, trợ cấp BHXH qua tài khoản.", []),
    ("Kinh phí công đoàn được phân bổ là 68% tổng số thu, tính trên quỹ lương đóng BHXH.", []),
    ("Mức để lại bằng 2% tổng số tiền đóng bảo hiểm y tế của cơ quan.", []),
    ("Hộ nghèo được bảo hiểm y tế giảm 100% viện phí.", []),
    ("Dân số tham gia BHYT đạt 87%. Tỷ lệ khu công nghiệp có hệ thống xử lý nước thải phải đạt 83%.", ["87%"]),
    ("Tòa án làm việc với BHXH. Tổng số biên chế được giao của tòa án là hơn 14.800.", []),
    ("Nhiều nhất là tiền khám sức khỏe (540 triệu đồng), kế đến là tiền nợ BHXH (312 triệu đồng).", []),
    ("Theo Văn phòng Ngân sách, số người Mỹ có bảo hiểm y tế sẽ giảm 12 triệu người.", []),
    # One hospital, other books.
    ("Bệnh viện đa khoa Hòa Tiến có bảo hiểm y tế. Mỗi năm Bệnh viện đa khoa Hòa Tiến khám cho 210.000 lượt bệnh nhân.",
     []),
    ("Thông tư hướng dẫn thêm 12 sổ kế toán cho các cơ quan BHXH.", []),
]  # fmt: skip
SLOTS = [
    # What is drawn is told from who is insured, and of which insurance it is.
    ("Trong tháng 2/2020, số người nộp hồ sơ hưởng bảo hiểm thất nghiệp là 42.000 người, tăng 55% so với tháng 1/2020 "
     "(27.000 người).", "27.000 người", "BHTN.beneficiaries", "level"),
    ("Năm 2018, tổng số người hưởng chế độ BHXH của cả nước là 812.000 người.", "812.000 người", "BHXH.beneficiaries",
     "level"),
    ("Đến năm 2025, phấn đấu 35% lực lượng lao động tham gia bảo hiểm thất nghiệp; có khoảng 52% số người sau độ tuổi "
     "nghỉ hưu được hưởng lương hưu.", "52%", "BHXH.beneficiaries", "target"),
    ("Người hưởng BHXH một lần chiếm 64% tổng số người được giải quyết chế độ BHXH.", "64%", "BHXH.beneficiaries",
     "share_pct"),
    ("Năm 2016, tỉnh Hòa Bình có 1.140.000 lượt khám BHYT với số tiền đề nghị BHXH thanh toán 512 tỷ đồng.",
     "512 tỷ đồng", "BHYT.payouts", "level"),
    ("Năm 2017, cả nước có 13,6 triệu người tham gia BHXH, 79 triệu người tham gia BHYT. Hết năm 2018, con số tương "
     "ứng đã tăng lên 14,5 triệu người và 83 triệu người.", "83 triệu người", "BHYT.participants", "level"),
    ("Cả nước có 14,1 triệu người tham gia BHXH; trong đó, BHXH tự nguyện 262 nghìn người; chiếm 29,8% lực lượng lao "
     "động trong độ tuổi.", "29,8%", "BHXH.participants", "coverage_pct"),
    ("Mỗi năm cả nước giải quyết cho 9 triệu người hưởng BHXH và 160 triệu lượt người hưởng chế độ bảo hiểm y tế.",
     "160 triệu lượt người", "BHYT.visits", "level"),
    ("Tình trạng doanh nghiệp trốn đóng, chiếm dụng, nợ tiền BHXH ở cả nước lên tới 5.200 tỷ đồng (chiếm 3,1% số phải "
     "thu).", "5.200 tỷ đồng", "BHXH.arrears", "level"),
    ("Hiện cả nước có 6 triệu người thuộc nhóm người lao động đóng BHYT nhưng chưa tham gia.", "6 triệu người",
     "BHYT.participants", "uncovered"),
    ("Hằng năm, quỹ chi trả cho 165 triệu lượt người hưởng chế độ bảo hiểm y tế của cả nước.", "165 triệu lượt người",
     "BHYT.visits", "level"),
    # Points, rates of what is due, what has to be.
    ("Năm 2016, tỷ lệ dân số tham gia BHYT của tỉnh Hòa Bình đạt 71,2% dân số, vượt 0,7% chỉ tiêu, tăng 6,4% so với "
     "năm 2015.", "6,4%", "BHYT.participants", "change"),
    ("Năm 2018, TP. HCM nợ BHXH 2.540 tỷ đồng, chiếm 4,1% so với kế hoạch thu năm 2018.", "4,1%", "BHXH.arrears",
     "rate"),
    ("Đến năm 2021 phải có 35% người trong độ tuổi lao động tham gia BHXH, nay mới đạt 27%.", "35%",
     "BHXH.participants", "target"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), ALIEN, ids=[text[:40] for text, _ in ALIEN])
def test_figures_of_something_else_are_left_out(text: str, wanted: list[str]) -> None:
    assert [one.quote for one in find_figures(text)] == wanted


@pytest.mark.parametrize(("text", "quote", "indicator", "measure"), SLOTS, ids=[text[:40] for text, *_ in SLOTS])
def test_a_figure_is_of_what_its_words_say(text: str, quote: str, indicator: str, measure: str) -> None:
    assert [(one.indicator, one.measure) for one in find_figures(text) if one.quote == quote] == [(indicator, measure)]


def test_ends_of_a_rise_keep_their_years_across_brackets() -> None:
    text = (
        "Tỷ lệ bao phủ BHYT của cả nước từ 61% (tương ứng với 53 triệu người) vào năm 2010 đã tăng lên 76% (tương ứng "
        "gần 70 triệu người) năm 2015."
    )
    ends = [(one.quote, str(one.period_end)[:4]) for one in find_figures(text)]
    assert ends == [("61%", "2010"), ("53 triệu người", "2010"), ("76%", "2015"), ("70 triệu người", "2015")]


def test_the_day_of_a_pension_dates_no_count() -> None:
    text = (
        "Đến tháng 6/2015, cả nước có 2,2 triệu người hưởng lương hưu từ quỹ BHXH, trong đó có 640.000 người nghỉ hưu "
        "trước tháng 4/1993 và 1,56 triệu người nghỉ hưu sau đó."
    )
    assert {str(one.period_end) for one in find_figures(text)} == {"2015-06-30"}


def test_a_total_that_no_province_can_have_is_the_countrys() -> None:
    text = "Bộ trưởng thăm trạm y tế ở tỉnh Phú Thọ. Bộ trưởng nói: năm 2018, quỹ BHYT chi tại Phú Thọ {} tỷ đồng."
    areas = [[one.area_name for one in find_figures(text.format(sum_))] for sum_ in ("95.000", "950")]
    assert areas == [["Việt Nam"], ["Phú Thọ"]]


def test_voluntary_insurance_collects_no_sum_of_all_insurances() -> None:
    text = "Năm 2015, cả nước thu BHXH bắt buộc 147.000 tỷ đồng, thu BHXH tự nguyện {} tỷ đồng."
    assert [improbable(find_figures(text.format(sum_))[-1]) for sum_ in ("815.300", "815")] == [True, False]
