"""Words of the period grammar: data only, lower case, single spaces. What they mean together is `grammar`'s."""

NUMBERS = {
    "không": 0, "linh": 0, "lẻ": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9, "lăm": 5, "nhăm": 5, "mười": 10, "mươi": 10, "trăm": 100, "nghìn": 1000,
    "ngàn": 1000,
}  # fmt: skip
"""Number words; `năm` (five) is the word for year as well and is added where only a number can stand."""

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
"""Quarters; longer numerals are regions and congresses."""

ORDINALS = {"nhất": 1, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4}

UNITS = {
    "ngày": "day",
    "tuần": "week",
    "tháng": "month",
    "quý": "quarter",
    "quí": "quarter",
    "qúy": "quarter",
    "năm": "year",
}

SHIFTS = {
    "này": 0, "nay": 0, "hiện tại": 0, "hiện nay": 0, "trước": -1, "ngoái": -1, "qua": -1, "vừa qua": -1,
    "vừa rồi": -1, "rồi": -1, "trước đó": -1, "liền trước": -1, "liền kề": -1, "trước liền kề": -1, "sau": 1,
    "tới": 1, "tiếp": 1, "tiếp theo": 1, "kế tiếp": 1, "sắp tới": 1, "tới đây": 1,
}  # fmt: skip
"""After a unit: how many units away from the reference (`năm ngoái` is -1)."""

COUNTED = {
    "qua": "past", "vừa qua": "past", "vừa rồi": "past", "gần đây": "past", "trở lại đây": "past", "gần nhất": "past",
    "trước": "ago", "trước đây": "ago", "trước đó": "", "tới": "coming", "tiếp theo": "coming", "sắp tới": "coming",
    "tới đây": "coming", "sau": "hence", "nữa": "hence", "sau đó": "", "kế tiếp": "coming",
}  # fmt: skip
"""After a number and a unit: `3 năm qua` is a stretch up to now, `3 năm trước` a unit that far away; `""` is counted
from something else that was told."""

DAYS = {
    "hôm nay": 0, "bữa nay": 0, "hôm qua": -1, "hôm kia": -2, "ngày mai": 1, "ngày kia": 2, "ngày mốt": 2,
    "sáng nay": 0, "trưa nay": 0, "chiều nay": 0, "tối nay": 0, "đêm nay": 0, "sáng qua": -1, "chiều qua": -1,
    "tối qua": -1, "đêm qua": -1, "sáng mai": 1, "chiều mai": 1, "tối mai": 1,
}  # fmt: skip
"""Days by their distance from the reference."""

NOW = (
    "hiện nay", "hiện tại", "hiện giờ", "bây giờ", "đến nay", "tới nay", "cho đến nay", "cho tới nay", "tính đến nay",
    "tính tới nay", "đến thời điểm này", "tính đến thời điểm này", "đến thời điểm hiện tại", "đến thời điểm hiện nay",
    "tính đến thời điểm hiện tại", "tính đến thời điểm hiện nay", "tới thời điểm này", "đến hiện tại", "đến hiện nay",
    "đến giờ", "đến bây giờ", "đến lúc này", "thời điểm này", "thời điểm hiện tại", "thời điểm hiện nay",
)  # fmt: skip
"""The day of the report: never a period by itself."""

PREPOSITIONS = {
    "tính đến": "until", "tính tới": "until", "đến": "until", "tới": "until", "đến hết": "until", "tới hết": "until",
    "tính đến hết": "until", "tính tới hết": "until", "hết": "until", "tính hết": "until", "đến thời điểm": "until",
    "tính đến thời điểm": "until", "cho đến": "until", "cho đến hết": "until", "cho tới": "until", "kết thúc": "until",
    "khép lại": "until", "trước": "until", "từ": "from", "kể từ": "from", "bắt đầu từ": "from", "tính từ": "from",
    "sau": "from", "trong": "in", "riêng": "in", "riêng trong": "in", "suốt": "in", "qua": "in", "trong cả": "in",
    "cả": "in", "sang": "in", "bước sang": "in", "vào": "at", "thời điểm": "at", "tại thời điểm": "at",
}  # fmt: skip
"""Before a period: what the sentence makes of it."""

REPORTING = {
    "tính đến": 15, "tính tới": 15, "tính đến hết": 15, "tính tới hết": 15, "tính hết": 15, "tính đến thời điểm": 15,
    "kết thúc": 15, "khép lại": 15, "đến thời điểm": 15, "đến hết": 75, "tới hết": 75, "hết": 75, "cho đến hết": 75,
}  # fmt: skip
"""Prepositions of a report, and how many days after the reference a day without a year may lie all the same."""

COMPARED = ("so với", "so", "cao hơn", "thấp hơn", "hơn")

EDGES = {
    "đầu": "start", "giữa": "middle", "cuối": "end", "gần cuối": "end", "thượng tuần": "start", "trung tuần": "middle",
    "hạ tuần": "end",
}  # fmt: skip

LINKS = (
    "số liệu", "số liệu tại", "số dư", "mức", "kết quả", "con số", "của", "các", "khoảng", "ngày", "lúc", "hồi", "mốc",
)  # fmt: skip
"""May stand between a preposition and the period (`so với số liệu của năm 2019`)."""

NAMES = (
    "số", "phường", "xã", "quận", "tổ", "khóa", "khoá", "đường", "phố", "hẻm", "ngõ", "ngách", "kiệt", "lô", "nhà",
    "bệnh viện", "công viên", "quảng trường", "khu phố", "tiểu khu", "trường", "nhà máy", "mục",
)  # fmt: skip
"""Figures right after these are names and numbers of things (`đường 3/2`), no dates."""

WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5, "2": 0, "3": 1, "4": 2, "5": 3,
            "6": 4, "7": 5}  # fmt: skip

HOLIDAYS = {
    "giáng sinh": (12, 25), "noel": (12, 25), "quốc tế lao động": (5, 1), "quốc khánh": (9, 2),
    "tết dương lịch": (1, 1), "quốc tế phụ nữ": (3, 8), "quốc tế thiếu nhi": (6, 1),
    "giải phóng miền nam": (4, 30), "nhà giáo việt nam": (11, 20), "phụ nữ việt nam": (10, 20),
    "thương binh liệt sĩ": (7, 27),
}  # fmt: skip
"""Days of the solar calendar that are known by name."""

SELF_SPEAKING = ("giáng sinh", "noel", "quốc tế lao động", "quốc khánh", "tết dương lịch")
"""Names that mean the day also without `ngày`, `lễ` (`phụ nữ việt nam` is a society)."""

SEASONS = {"xuân": ((3, 21), (6, 20)), "hè": ((6, 21), (9, 23)), "hạ": ((6, 21), (9, 23)),
           "thu": ((9, 24), (12, 20)), "đông": ((12, 21), (3, 20))}  # fmt: skip
"""Astronomical seasons, first and last day."""

DAYTIMES = ("sáng", "trưa", "chiều", "tối", "đêm", "hôm", "sáng ngày", "chiều ngày", "tối ngày", "rạng sáng")

FUTURE = (
    "phấn đấu", "mục tiêu", "dự kiến", "sẽ", "dự báo", "hướng tới", "hướng đến", "lộ trình", "phải", "cần", "từ nay",
    "đề ra", "đặt ra", "thời hạn", "chậm nhất", "hoàn thành trước", "chỉ tiêu đến", "kế hoạch đến",
    "yêu cầu", "đề nghị", "đặt mốc", "nhiệm vụ", "không quá", "không vượt quá", "không để",
)  # fmt: skip
"""Words that keep a day without a year from being read as last year's. `kế hoạch` alone is not among them: `đến 30-9
đạt 70% kế hoạch` is a report."""

COUNTS = (
    "người", "đại lý", "đồng", "tỷ", "tỉ", "triệu", "nghìn", "ngàn", "trường hợp", "hộ", "thẻ", "sổ", "đơn vị", "lượt",
    "doanh nghiệp", "lao động", "em", "học sinh", "sinh viên", "xã", "huyện", "tỉnh", "phường", "thôn", "ấp", "bản",
    "tiêu chí", "cơ sở", "công ty", "hồ sơ", "cán bộ", "hội viên", "dân số", "số", "điểm", "tuổi", "khẩu", "thành viên",
    "đối tượng", "chỉ tiêu", "km", "kg", "m2", "ha", "usd", "khách", "chi", "ngày", "tháng", "năm", "tuần", "giờ",
    "phút", "lần", "suất", "phần", "căn", "cái", "chiếc", "điều", "khoản", "địa phương", "thị", "thành phố", "trường",
    "lớp", "bệnh", "ca", "tổ", "hội", "câu", "nhóm", "mô hình", "khu", "buổi", "cuộc", "nhân viên", "giáo viên",
)  # fmt: skip
"""What a bare number before it counts: then it is no date and no year."""

COUNTS_MONTHLY = (
    "người", "lần", "triệu", "nghìn", "ngàn", "tỷ", "tỉ", "đồng", "trường hợp", "buổi", "hộ", "em", "ca", "cuộc", "thẻ",
    "ngày", "tuần", "đơn vị", "lượt", "hồ sơ",
)  # fmt: skip
"""What makes `tháng 5 người` a monthly count instead of May."""

LAWS = (
    "nghị quyết", "nghị định", "quyết định", "chỉ thị", "thông tư", "thông báo", "công văn", "công điện", "kết luận",
    "hướng dẫn", "tờ trình", "văn bản", "luật", "bộ luật", "pháp lệnh", "hiến pháp", "kế hoạch", "quy chế", "đề án",
    "chương trình", "báo cáo", "giấy phép", "thông tri", "quy định", "lệnh", "sắc lệnh", "công lệnh",
)  # fmt: skip
"""Documents that carry a number and a day of issue."""
