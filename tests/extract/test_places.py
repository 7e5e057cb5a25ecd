from datetime import date

import pytest

from extract.places.context import reads_new_list
from extract.places.find import find_number_names, find_places, prior_area

OLD, NEW = date(2021, 6, 1), date(2026, 1, 15)


def names(text, **about):
    """Names of what is found, without the units that only say where another lies."""
    return [mention.name for mention in find_places(text, **about) if not mention.qualifies]


def one(text, part, **about):
    """The mention that holds a part of the text."""
    at = text.index(part)
    return next(mention for mention in find_places(text, **about) if mention.start <= at < mention.end)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lạng Sơn có thêm 120 người", ["Lạng Sơn"]),
        ("Tại tỉnh Khánh Hoà và Ðồng Nai", ["Khánh Hòa", "Đồng Nai"]),
        ("Ở TP.HCM, TPHCM, TP. Hồ Chí Minh và Sài Gòn", ["Hồ Chí Minh"] * 4),
        ("Đăk Lăk, Dak Lak và Đắc Lắc", ["Đắk Lắk"] * 3),
        ("Kontum, Bắc Cạn, BR-VT, Thừa Thiên - Huế", ["Kon Tum", "Bắc Kạn", "Bà Rịa - Vũng Tàu", "Huế"]),
        ("thị xã Đông Triều (Quảng Ninh) có", ["Đông Triều, Quảng Ninh"]),
        ("Đông Triều (Quảng Ninh) có", ["Đông Triều, Quảng Ninh"]),
        ("huyện Tam Bình, tỉnh Vĩnh Long", ["Tam Bình, Vĩnh Long"]),
        ("huyện Tam Bình, Vĩnh Long", ["Tam Bình, Vĩnh Long"]),
        ("huyện Tam Bình thuộc tỉnh Vĩnh Long", ["Tam Bình, Vĩnh Long"]),
        ("xã Loan Mỹ (Tam Bình, Vĩnh Long) đạt", ["Loan Mỹ, Tam Bình, Vĩnh Long"]),
        ("xã Loan Mỹ, huyện Tam Bình, tỉnh Vĩnh Long", ["Loan Mỹ, Tam Bình, Vĩnh Long"]),
        ("phường 11, quận 3, TP.HCM", ["Phường 11, Quận 3, Hồ Chí Minh"]),
        ("Q.3 và P.11 của TP.HCM", ["Quận 3, Hồ Chí Minh", "Phường 11, Quận 3, Hồ Chí Minh"]),
        ("TX. Tịnh Biên và TP. Sa Đéc", ["Tịnh Biên, An Giang", "Sa Đéc, Đồng Tháp"]),
        ("các huyện Chi Lăng, Hữu Lũng và Cao Lộc", ["Chi Lăng, Lạng Sơn", "Hữu Lũng, Lạng Sơn", "Cao Lộc, Lạng Sơn"]),
        (
            "thành phố Bắc Giang, các huyện Yên Thế (120 người), Sơn Động (95 người)",
            ["Bắc Giang, Bắc Giang", "Yên Thế, Bắc Giang", "Sơn Động, Bắc Giang"],
        ),
        ("các huyện Châu Thành và Long Mỹ, tỉnh Hậu Giang", ["Châu Thành, Hậu Giang", "Long Mỹ, Hậu Giang"]),
        ("phường Linh Chiểu, quận Thủ Đức", ["Linh Chiểu, Thủ Đức, Hồ Chí Minh"]),
        ("phường 6, quận 3, TP.HCM", ["Phường 6, Quận 3, Hồ Chí Minh"]),
        ("huyện Đắk Hà và huyện Đăk Hà", ["Đăk Hà, Kon Tum"] * 2),
        ("số 2 Trần Bình Trọng, quận Đống Đa, Hà Nội", ["Đống Đa, Hà Nội"]),
        ("TP Buôn Ma Thuột và TP Buôn Mê Thuột", ["Buôn Ma Thuột, Đắk Lắk"] * 2),
        ("TỈNH LẠNG SƠN CÓ THÊM NGƯỜI THAM GIA", ["Lạng Sơn"]),
        ("NGƯỜI DÂN BẮC GIANG HƯỞNG LỢI", ["Bắc Giang"]),
        ("Quảng Nam - Đà Nẵng", ["Quảng Nam", "Đà Nẵng"]),
        (
            "cả nước; toàn quốc; ĐBSCL; vùng Tây Nguyên",
            ["Việt Nam", "Việt Nam", "Đồng bằng sông Cửu Long", "Tây Nguyên"],
        ),
        ("13 tỉnh đồng bằng sông Cửu Long", ["Đồng bằng sông Cửu Long"]),
        ("Thủ đô đạt 97%", ["Hà Nội"]),
        ("quận 9 và quận Thủ Đức", ["Quận 9, Hồ Chí Minh", "Thủ Đức, Hồ Chí Minh"]),
        ("huyện Hoành Bồ", ["Hoành Bồ, Quảng Ninh"]),
    ],
)
def test_names(text, found):
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Ông Nguyễn Văn Hòa, Giám đốc Lê Tam Bình, bà Hà Nam và chị Vũ Thị An Giang",
        "Nguyễn Hòa Bình và Trần Quảng Trị cùng dự",
        "vì an sinh xã hội, hội An sinh, nông thôn mới, bảo hiểm xã hội",
        "Thái Bình Dương, hòa bình, thống nhất",
        "các huyện, thị xã, thành phố; 13 xã, thị trấn; mỗi xã, từng huyện, cấp tỉnh, tuyến huyện",
        "tỉnh lộ 8, quốc lộ 1A, thành viên, xã hội hóa, huyện đội",
        "BHYT, BHTN, UBND, VssID, KCN, P.V",
        "",
        "8.475 người",
    ],
)
def test_what_is_no_place(text):
    assert [mention.text for mention in find_places(text) if mention.kind != "agency"] == []


@pytest.mark.parametrize(
    ("text", "agency", "name", "gives"),
    [
        ("BHXH tỉnh Lạng Sơn cho biết", "bhxh", "Lạng Sơn", False),
        ("BHXH Lạng Sơn cho biết", "bhxh", "Lạng Sơn", False),
        ("Bảo hiểm xã hội TP.HCM cho biết", "bảo hiểm xã hội", "Hồ Chí Minh", False),
        ("BHXH thị xã Đông Triều (Quảng Ninh) cho biết", "bhxh", "Đông Triều, Quảng Ninh", False),
        ("kế hoạch BHXH Việt Nam giao", "bhxh", "Việt Nam", True),
        ("chỉ tiêu UBND tỉnh Hà Nam giao", "ubnd", "Hà Nam", True),
        ("BHXH khu vực XXII báo cáo", "bhxh", "BHXH khu vực XXII", False),
        ("BHXH khu vực 22 báo cáo", "bhxh", "BHXH khu vực XXII", False),
        ("Trường Đại học Cần Thơ mở lớp", "đại học", "Cần Thơ", False),
        ("Bệnh viện Đa khoa tỉnh Hà Nam khám", "bệnh viện", "Hà Nam", False),
        ("Ngân hàng Nhà nước Việt Nam ra thông tư", "ngân hàng", "Việt Nam", False),
        ("trên đường Lạng Sơn có chợ", "đường", "Lạng Sơn", False),
    ],
)
def test_agencies_and_bodies(text, agency, name, gives):
    (mention,) = [mention for mention in find_places(text) if not mention.qualifies]
    assert (mention.kind, mention.agency, mention.name, mention.gives) == ("agency", agency, name, gives)


def test_the_ground_of_an_insurance_office_is_its_own() -> None:
    text = "BHXH cơ sở Cẩm Khê cho biết, trên địa bàn có 9.120 người. Trên địa bàn cũng có 40 đại lý."
    first, ground, later = find_places(text, published=NEW, prior="Phú Thọ")
    assert (ground.name, ground.areas, ground.level) == (first.name, (), "district")
    assert later.name == "Phú Thọ"


def test_office_below_the_province():
    (mention,) = find_places("BHXH cơ sở Cẩm Khê quản lý", published=NEW, prior="Phú Thọ")
    assert (mention.kind, mention.areas, mention.name, mention.level) == ("agency", (), "Cẩm Khê, Phú Thọ", "district")
    assert mention.part == "Cẩm Khê"


@pytest.mark.parametrize(
    ("text", "part", "about", "name", "how"),
    [
        ("Đến nay, toàn tỉnh có 90%.", "toàn", {"title": "BHXH Lạng Sơn về đích"}, "Lạng Sơn", "title"),
        ("Đến nay, toàn tỉnh có 90%.", "toàn", {"prior": "Lạng Sơn"}, "Lạng Sơn", "prior"),
        ("Ở Bắc Giang, toàn tỉnh có 90%.", "toàn", {"prior": "Lạng Sơn"}, "Bắc Giang", "context"),
        ("Nhiều người đi Bình Dương.\n\nCả tỉnh có 90%.", "Cả", {"prior": "Lạng Sơn"}, "Lạng Sơn", "prior"),
        ("Huyện Cao Lộc đông dân. Toàn huyện có 90%.", "Toàn", {}, "Cao Lộc, Lạng Sơn", "context"),
        ("Cao Lộc đạt 90%, huyện còn nợ.", "huyện", {"prior": "Lạng Sơn"}, "Cao Lộc, Lạng Sơn", "context"),
        ("Toàn thành phố có 90%.", "Toàn", {"prior": "TP Hải Phòng"}, "Hải Phòng", "prior"),
        ("Toàn thành phố có 90%.", "Toàn", {"title": "TP Vĩnh Long vượt"}, "Vĩnh Long, Vĩnh Long", "title"),
        ("Lao động trên địa bàn tăng.", "trên", {"title": "Huyện Tam Bình vượt"}, "Tam Bình, Vĩnh Long", "title"),
        ("Trên địa bàn huyện có 90%.", "Trên", {"prior": "huyện Tam Bình"}, "Tam Bình, Vĩnh Long", "prior"),
        ("Năm tỉnh Tây Nguyên khó. Toàn vùng có 90%.", "Toàn", {}, "Tây Nguyên", "context"),
        ("Xã Loan Mỹ nghèo. BHXH huyện hỗ trợ.", "BHXH", {}, "Tam Bình, Vĩnh Long", "context"),
        ("Toàn tỉnh có 90%.", "Toàn", {}, None, "unknown"),
    ],
)  # fmt: skip
def test_descriptions(text, part, about, name, how):
    mention = one(text, part, **about)
    assert (mention.name, mention.how) == (name, how)
    assert mention.kind in ("described", "agency")


@pytest.mark.parametrize(
    ("text", "part", "about", "name"),
    [
        ("huyện Châu Thành có 90%", "Châu", {"prior": "Bến Tre"}, "Châu Thành, Bến Tre"),
        ("huyện Châu Thành, Trà Vinh có 90%", "Châu", {"prior": "Bến Tre"}, "Châu Thành, Trà Vinh"),
        ("Ở An Giang, Châu Thành có 90%", "Châu", {}, "Châu Thành, An Giang"),
        ("Quế Sơn (100,12%) và Nam Giang", "Nam Giang", {"prior": "Quảng Nam"}, "Nam Giang, Quảng Nam"),
        ("Mỹ Lộc đạt 93%", "Mỹ Lộc", {"title": "Huyện Tam Bình vượt"}, "Mỹ Lộc, Tam Bình, Vĩnh Long"),
        ("xã Biển Bạch Đông có 90%", "Biển", {"prior": "Cà Mau"}, "Biển Bạch Đông, Thới Bình, Cà Mau"),
        ("xã Biển Bạch có 90%", "Biển", {"prior": "Cà Mau"}, "Biển Bạch, Thới Bình, Cà Mau"),
        ("huyện Hồng Ngự có 90%", "Hồng", {}, "Hồng Ngự, Đồng Tháp"),
        ("Huyện Vĩnh Thạnh có 90%", "Vĩnh", {"prior": "Cần Thơ"}, "Vĩnh Thạnh, Cần Thơ"),
        ("Huyện Vĩnh Thạnh có 90%", "Vĩnh", {"prior": "Bình Định"}, "Vĩnh Thạnh, Bình Định"),
        ("huyện Hòa Bình có 90%", "Hòa", {"prior": "Bạc Liêu"}, "Hòa Bình, Bạc Liêu"),
        ("huyện Ninh Hải, thị xã Ninh Hòa", "Ninh Hòa", {}, "Ninh Hòa, Khánh Hòa"),
        ("phường Quang Trung có 90%", "Quang", {"prior": "Thái Nguyên"}, "Quang Trung, Thái Nguyên, Thái Nguyên"),
        ("Long Mỹ là huyện đứng đầu", "Long", {"prior": "Hậu Giang"}, "Long Mỹ, Hậu Giang"),
    ],
)  # fmt: skip
def test_namesakes_are_decided_by_context(text, part, about, name):
    mention = one(text, part, published=OLD, **about)
    assert mention.name == name
    assert mention.area is not None


@pytest.mark.parametrize(
    ("text", "part", "about", "count"),
    [
        ("huyện Châu Thành có 90%", "Châu", {}, 9),
        ("Chợ Mới và huyện Chợ Mới", "huyện", {}, 2),
        ("Hồng Ngự đạt 90%", "Hồng", {"prior": "Đồng Tháp"}, 2),
        ("xã Tân Thành có 90%", "Tân", {"prior": "Cà Mau"}, 1),
    ],
)
def test_what_stays_open_keeps_its_candidates(text, part, about, count):
    mention = one(text, part, published=OLD, **about)
    assert len(mention.areas) >= count
    assert (mention.how == "open") == (len(mention.areas) > 1)
    assert mention.area is None or len(mention.areas) == 1


@pytest.mark.parametrize(
    ("text", "published", "code"),
    [
        ("Lạng Sơn có 90%", OLD, "2024:20"),
        ("Lạng Sơn có 90%", NEW, "2025:20"),
        ("Lạng Sơn có 90%", date(2025, 6, 30), "2024:20"),
        ("Lạng Sơn có 90%", date(2025, 7, 1), "2025:20"),
        ("An Giang có 90%", OLD, "2024:89"),
        ("An Giang có 90%", NEW, "2025:91"),
        ("An Giang (cũ) có 90%", NEW, "2024:89"),
        ("tỉnh Hòa Bình (cũ) có 90%", NEW, "2024:17"),
        ("tỉnh Bắc Giang có 90%", NEW, "2024:24"),
        ("phường Bắc Giang có 90%", NEW, "2025:07210"),
        ("huyện Hiệp Hòa có 90%", NEW, "2024:223"),
        ("thành phố Bắc Ninh có 90%", OLD, "2024:256"),
        ("thành phố Bắc Ninh có 90%", date(2025, 12, 1), "2024:256"),
        ("thành phố Bắc Ninh có 90%", date(2026, 10, 1), "2025:24"),
        ("tỉnh Thừa Thiên Huế có 90%", OLD, "2024:46"),
        ("thành phố Huế có 90%", OLD, "2023:474"),
        ("thành phố Huế có 90%", date(2025, 3, 1), "2024:46"),
        ("thành phố Huế có 90%", NEW, "2025:46"),
        ("đặc khu Phú Quốc có 90%", NEW, "2025:31078"),
        ("huyện Phú Quốc có 90%", date(2019, 1, 1), "2024:911"),
        ("quận 2 có 90%", date(2019, 1, 1), "2020:769"),
    ],
)
def test_the_list_is_chosen_by_date_and_rank(text, published, code):
    mention = find_places(text, published=published)[0]
    assert [area.code for area in mention.areas] == [code]


def test_list_without_a_date():
    assert find_places("Lạng Sơn có 90%")[0].areas[0].code == "2024:20"
    assert find_places("Theo BHXH cơ sở, Lạng Sơn có 90%")[-1].areas[0].code == "2025:20"


def test_communes_of_the_new_list_stand_under_the_province():
    text = "Ở cấp xã, Mai Châu 99%, phường Vĩnh Yên 94%. Địa bàn Hòa Bình (cũ) 92%."
    found = find_places(text, published=NEW, prior="Phú Thọ")
    assert [mention.name for mention in found] == ["Mai Châu, Phú Thọ", "Vĩnh Yên, Phú Thọ", "Hòa Bình"]
    assert [mention.level for mention in found] == ["commune", "commune", "province"]


def test_hamlets_have_a_name_and_no_code():
    text = "Phường Hoài Nhơn Đông có hai nơi: khu phố Bình Tân 1 và Bình Tân 2 đạt 99%. Riêng Bình Tân 2 tăng."
    found = find_places(text, published=NEW, prior="Gia Lai")
    assert [mention.part for mention in found] == [None, "Bình Tân 1", "Bình Tân 2", "Bình Tân 2"]
    assert found[1].name == "Bình Tân 1, Hoài Nhơn Đông, Gia Lai"
    assert found[1].areas == ()
    assert found[1].level == "commune"


def test_a_hamlet_lies_in_the_unit_named_behind_it():
    found = find_places("Ở ấp An Phong, xã Loan Mỹ (Tam Bình, Vĩnh Long), cả vùng Tây Nguyên và bản tin Hiến pháp")
    assert found[0].name == "An Phong, Loan Mỹ, Tam Bình, Vĩnh Long"
    assert found[-1].text == "cả vùng Tây Nguyên"
    assert found[-1].whole


def test_units_that_no_list_knows_keep_their_name():
    (mention, *_) = find_places("xã Vĩnh Tân Đông, huyện Tam Bình có 90%")
    assert (mention.areas, mention.name, mention.level) == ((), "Vĩnh Tân Đông, Tam Bình, Vĩnh Long", "commune")


def test_a_commune_of_that_name_elsewhere_is_not_taken():
    text = "Thị xã Đông Triều (Quảng Ninh) giao cho xã Tân Việt thêm 20 người."
    mention = one(text, "Tân Việt", published=date(2021, 3, 1))
    assert (mention.areas, mention.name) == ((), "Tân Việt, Đông Triều, Quảng Ninh")
    assert one("xã Loan Mỹ có 90%", "Loan", prior="Vĩnh Long").name == "Loan Mỹ, Tam Bình, Vĩnh Long"
    assert one("xã Loan Mỹ, huyện Tam Bình", "Loan", prior="Hà Nam").name == "Loan Mỹ, Tam Bình, Vĩnh Long"


def test_outlet_tags_serve_as_prior():
    found = find_places("(GLO)- Toàn tỉnh có 90%", published=OLD)
    assert [(mention.kind, mention.name) for mention in found] == [("outlet-tag", "Gia Lai"), ("described", "Gia Lai")]


@pytest.mark.parametrize(
    ("text", "known", "name"),
    [
        ("(QNO) - Toàn tỉnh có 90%", {}, "Quảng Nam"),
        ("(QNO) - Toàn tỉnh có 90%", {"prior": "Quảng Ngãi"}, "Quảng Ngãi"),
        ("(QNO) - Toàn tỉnh có 90%", {"title": "Quảng Ninh: Thẻ đến tay dân đảo"}, "Quảng Ninh"),
        ("(QNO) - Toàn tỉnh có 90%. Ở huyện Đức Phổ là 88%.", {}, "Quảng Ngãi"),
        ("(QNO) - Toàn tỉnh có 90%, Vân Đồn 88%.", {}, "Quảng Ninh"),
        ("(QNO) - BHXH Quảng Nam học cách làm của Quảng Ngãi. Toàn tỉnh có 90%.", {}, "Quảng Nam"),
        ("(BQN)- Toàn tỉnh có 90%", {}, "Quảng Ngãi"),
        ("(QBĐT) - Toàn tỉnh có 90%", {}, "Quảng Bình"),
        ("(HG) - Toàn tỉnh có 90%, Mèo Vạc 88%.", {}, "Hà Giang"),
        ("(GLO)- Toàn tỉnh có 90%. Ở huyện Đức Phổ là 88%.", {}, "Gia Lai"),
    ],
)
def test_letters_of_several_papers(text, known, name):
    whole = [one for one in find_places(text, published=OLD, **known) if one.kind == "described"]
    assert [one.name for one in whole] == [name]


def test_letters_yield_to_an_outlet_of_none_of_their_provinces():
    found = find_places("(QNO) - Toàn tỉnh có 90%", published=OLD, prior="Lạng Sơn")
    assert [one.name for one in found] == ["Lạng Sơn"]


def test_parents_are_marked():
    found = find_places("xã Loan Mỹ (Tam Bình, Vĩnh Long)")
    assert [mention.qualifies for mention in found] == [False, True, True]


@pytest.mark.parametrize(
    ("name", "published", "code"),
    [
        ("Lạng Sơn", OLD, "2024:20"), ("Lạng Sơn", NEW, "2025:20"), ("TP Đà Nẵng (mới)", None, "2025:48"),
        ("tỉnh BR-VT", NEW, "2024:77"), ("huyện Châu Thành", OLD, None), ("Nhiều tỉnh", OLD, None), (None, OLD, None),
        ("BHXH khu vực 22", None, "BHXH:KV22"), ("Việt Nam", None, "VN"),
    ],
)  # fmt: skip
def test_prior_area(name, published, code):
    area = prior_area(name, published=published)
    assert (area.code if area else None) == code


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Phường 11 là 31.669 người, quận 3, khu vực 22", ["11", "3", "22"]),
        ("xã khu vực III, huyện 30a, tổ 5, thôn 12", ["III", "30a", "5", "12"]),
        ("mỗi phường 5 người, tỉnh 12 xã, thôn 3,5%", []),
    ],
)
def test_numbers_in_names(text, numbers):
    assert [text[start:end] for start, end in find_number_names(text)] == numbers


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("Đến cuối tháng 2/2026, xã Mường Bú có 214 người tham gia.", True),
        ("Xã Long Hồ hết quý I/2026 có 31.225 người tham gia BHYT.", True),
        ("Ngày 8/11/2025, xã Diên Khánh ra quân.", True),
        ("Đến hết tháng 3/2025, xã Long Hồ có 225 người; mục tiêu đến năm 2026 là 300 người.", False),
        ("Đến 31/12/2026, huyện Long Hồ phấn đấu có 300 người tham gia.", False),
        ("Từ 1/7/2025, Luật mới có hiệu lực; đến 31/5/2025, xã Long Hồ có 225 người.", False),
    ],
)
def test_without_a_byline_months_since_the_merger_tell_the_list(text: str, new: bool) -> None:
    assert reads_new_list(text, None) is new


def test_a_ward_of_the_last_list_was_a_commune_before():
    text = "Xã Đồng Hóa (huyện Kim Bảng) thuần nông. Năm 2018, toàn xã có 6.812 người."
    assert one(text, "toàn xã", published=OLD, prior="Hà Nam").name == "Đồng Hóa, Kim Bảng, Hà Nam"
