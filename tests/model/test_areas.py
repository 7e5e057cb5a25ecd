from collections import Counter
from datetime import date

import pytest

from model.areas import load_areas
from model.areas_table import DATA, read_tables
from model.errors import AmbiguousNameError, DeclarationError, UnknownNameError

MERGED = {
    "01": "01", "02": "08", "04": "04", "06": "19", "08": "08", "10": "15", "11": "11", "12": "12", "14": "14",
    "15": "15", "17": "25", "19": "19", "20": "20", "22": "22", "24": "24", "25": "25", "26": "25", "27": "24",
    "30": "31", "31": "31", "33": "33", "34": "33", "35": "37", "36": "37", "37": "37", "38": "38", "40": "40",
    "42": "42", "44": "44", "45": "44", "46": "46", "48": "48", "49": "48", "51": "51", "52": "52", "54": "66",
    "56": "56", "58": "56", "60": "68", "62": "51", "64": "52", "66": "66", "67": "68", "68": "68", "70": "75",
    "72": "80", "74": "79", "75": "75", "77": "79", "79": "79", "80": "80", "82": "82", "83": "86", "84": "86",
    "86": "86", "87": "82", "89": "91", "91": "91", "92": "92", "93": "92", "94": "92", "95": "96", "96": "96",
}  # fmt: skip
UNCHANGED = {"01", "04", "11", "12", "14", "20", "22", "38", "40", "42", "46"}


@pytest.fixture(scope="module")
def areas():
    return load_areas()


@pytest.mark.parametrize(
    ("start", "length", "count"),
    [("2024:", 2, 63), ("2024:", 3, 696), ("2024:", 5, 10035), ("2025:", 2, 34), ("2025:", 5, 3321)],
)
def test_counts_of_both_lists(areas, start, length, count):
    codes = [code for code in areas.tables.units if code.startswith(start) and len(code) == 5 + length]
    assert len(codes) == count


@pytest.mark.parametrize(
    ("year", "rank", "count"),
    [("2025", "phường", 687 + 22), ("2025", "xã", 2621 - 22), ("2025", "đặc khu", 13), ("2024", "thị trấn", 617)],
)
def test_counts_of_ranks(areas, year, rank, count):
    codes = [code for code in areas.tables.units if code.startswith(year) and len(code) == 10]
    assert sum(areas.get(code).rank == rank for code in codes) == count


@pytest.mark.parametrize(("old", "new"), MERGED.items())
def test_every_province_became_one(areas, old, new):
    before, after = areas.get(f"2024:{old}"), areas.get(f"2025:{new}")
    assert areas.successors(before) == (after,)
    assert before in areas.predecessors(after)
    alike = {before.code, after.code} if old in UNCHANGED else {before.code}
    assert set(areas.same_territory(before.code)) == alike


def test_provinces_hold_everything(areas):
    assert {p.code[5:]: areas.successors(p)[0].code[5:] for p in areas.provinces("2024")} == MERGED
    assert len(areas.provinces("2025")) == 34
    assert sum(len(areas.children(p)) for p in areas.provinces("2025")) == 3321
    districts = [d for p in areas.provinces("2024") for d in areas.children(p)]
    assert len(districts) == 696
    assert sum(len(areas.children(d)) for d in districts) == 10035


def test_every_unit_leads_on_and_comes_from_somewhere(areas):
    for code in areas.tables.units:
        area = areas.get(code)
        assert areas.successors(area) if code.startswith("2024") else areas.predecessors(area), code
    assert len(areas.split_communes()) == 471


def test_successors_stay_in_their_province(areas):
    for code in areas.tables.units:
        area = areas.get(code)
        if area.list == "2024":
            province = areas.successors(areas.province_of(area))[0]
            assert all(areas.province_of(after) == province for after in areas.successors(area)), code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("TP.HCM", "2025:79"), ("TPHCM", "2025:79"), ("TP. Hồ Chí Minh", "2025:79"), ("Sài Gòn", "2025:79"),
        ("Thừa Thiên Huế", "2025:46"), ("Thừa Thiên - Huế", "2025:46"), ("Huế", "2025:46"), ("BR-VT", "2024:77"),
        ("Bà Rịa-Vũng Tàu", "2024:77"), ("Đăk Lăk", "2025:66"), ("Dak Lak", "2025:66"), ("Đắc Lắc", "2025:66"),
        ("ĐắkLắk", "2025:66"), ("Kontum", "2024:62"), ("Bắc Cạn", "2024:06"), ("Qui Nhơn", "2024:540"),
        ("Hoà Bình", "2024:17"), ("Khánh Hoà", "2025:56"), ("Ðồng Nai", "2025:75"), ("lang son", "2025:20"),
        ("tỉnh  Lạng  Sơn", "2025:20"), ("ĐBSCL", "VN-DBSCL"), ("cả nước", "VN"), ("Việt Nam", "VN"),
        ("Hà Tây", "2008:28"),
        ("Buôn Mê Thuột", "2024:643"), ("M’Đrắk", "2024:652"), ("BHXH khu vực XXII", "BHXH:KV22"),
        ("Bảo hiểm xã hội khu vực 22", "BHXH:KV22"), ("Q.3", "2024:770"),
        ("Quận 03", "2024:770"), ("quận 2", "2020:769"),
    ],
)  # fmt: skip
def test_names_and_aliases(areas, name, code):
    assert code in [area.code for area in areas.resolve(name)]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Lạng Sơn", ["2024:20", "2025:20"]),
        ("An Giang", ["2024:89", "2025:91"]),
        ("Bắc Giang", ["2024:24"]),
        ("thành phố Bắc Giang", ["2024:213"]),
        ("phường Bắc Giang", ["2025:07210"]),
        ("Côn Đảo", ["2024:755", "2025:26732"]),
        ("thị xã Đông Triều", ["2024:205"]),
        ("thành phố Đông Triều", ["2024:205"]),
        ("huyện Hồng Ngự", ["2024:870"]),
        ("thị xã Hồng Ngự", ["2024:868"]),
        ("Thủ Đức", ["2020:762", "2024:769"]),
        ("Loan Mỹ, Tam Bình, Vĩnh Long", ["2024:29761"]),
        ("Phường 11, Quận 3", ["2024:27133"]),
        ("Tây Nguyên", ["VN-TN"]),
        ("2024:24", ["2024:24"]),
    ],
)
def test_resolve_gives_what_a_person_means(areas, name, codes):
    assert [area.code for area in areas.resolve(name)] == codes


@pytest.mark.parametrize("name", ["Châu Thành", "Hồng Ngự", "xã Tân Thành", "huyện Châu Thành"])
def test_ambiguous_names_list_their_candidates(areas, name):
    with pytest.raises(AmbiguousNameError) as caught:
        areas.resolve(name)
    assert len(caught.value.candidates) > 1
    assert all(":" in candidate for candidate in caught.value.candidates)


@pytest.mark.parametrize(("name", "near"), [("Lạng Sownn", "Lạng Sơn"), ("2024:999", "2024:9"), ("Atlantis", "")])
def test_unknown_names_offer_near_ones(areas, name, near):
    with pytest.raises(UnknownNameError) as caught:
        areas.resolve(name)
    assert near in str(caught.value)


@pytest.mark.parametrize("name", ["20255:01", "2025:99", "VN-XX", "BHXH:KV99", "Xyzzy", "Lạngson"])
def test_an_unknown_name_is_one_line_with_three_near_ones_and_the_way_to_all(areas, name):
    with pytest.raises(UnknownNameError) as caught:
        areas.resolve(name)
    assert len(caught.value.near) == 3
    said = str(caught.value)
    assert len(said) < 200 and all(one in said for one in caught.value.near)
    assert "'ansinh compare" in said
    if ":" in name:
        assert all(one == "VN" or ":" in one for one in caught.value.near)


def test_within_narrows(areas):
    province = areas.get("2024:86")
    assert [area.code for area in areas.by_name("Mỹ Lộc", within=province)] == ["2024:29746"]
    assert len(areas.by_name("Châu Thành", level="district")) == 10
    assert len(areas.by_name("huyện Châu Thành, Trà Vinh")) == 1


def test_path_names(areas):
    assert areas.path_name(areas.get("2024:205")) == "Đông Triều, Quảng Ninh"
    assert areas.path_name(areas.get("2024:29761")) == "Loan Mỹ, Tam Bình, Vĩnh Long"
    assert areas.path_name(areas.get("2024:29761"), ranks=True) == "xã Loan Mỹ, huyện Tam Bình, tỉnh Vĩnh Long"
    assert areas.path_name(areas.get("VN")) == "Việt Nam"
    assert areas.path_name(areas.get("VN-DBSCL")) == "Đồng bằng sông Cửu Long"
    assert areas.path_name(areas.get("2024:27133"), ranks=True) == "Phường 11, Quận 3, thành phố Hồ Chí Minh"


def test_regions(areas):
    highlands = areas.get("VN-TN")
    assert [area.name for area in areas.members(highlands, date(2024, 1, 1))] == [
        "Kon Tum", "Gia Lai", "Đắk Lắk", "Đắk Nông", "Lâm Đồng",
    ]  # fmt: skip
    delta = areas.get("VN-DBSCL")
    assert len(areas.members(delta, date(2024, 1, 1))) == 13
    assert len(areas.members(delta, date(2026, 1, 1))) == 5
    office = areas.get("BHXH:KV22")
    assert office.level == "region"
    assert {area.name for area in areas.members(office, date(2025, 5, 1))} == {"Quảng Nam", "Đà Nẵng"}
    assert [code for code in areas.tables.regions if code.startswith("BHXH:")] == [
        f"BHXH:KV{n:02}" for n in range(1, 36)
    ]


def test_six_regions_hold_each_province_once(areas):
    before = ["VN-TDMNPB", "VN-DBSH", "VN-BTBDHMT", "VN-TN", "VN-DNB", "VN-DBSCL"]
    after = ["VN-TDMNPB", "VN-DBSH", "VN-BTB", "VN-DHNTBTN", "VN-DNB", "VN-DBSCL"]
    offices = [f"BHXH:KV{n:02}" for n in range(1, 36)]
    for day, regions, size in (
        (date(2024, 1, 1), before, 63),
        (date(2026, 1, 1), after, 34),
        (date(2025, 5, 1), offices, 63),
        (date(2025, 8, 1), offices, 34),
    ):
        seen = Counter(member for code in regions for member in areas.members(areas.get(code), day))
        assert len(seen) == size
        assert set(seen.values()) == {1}


def test_wrong_data_file_is_told(tmp_path):
    for file in DATA.glob("areas*.[tc]sv"):
        (tmp_path / file.name).write_text(file.read_text("utf8"), encoding="utf8")
    (tmp_path / "areas_aliases.csv").write_text("codes,aliases\n2024:00,Nowhere\n", encoding="utf8")
    with pytest.raises(DeclarationError, match="2024:00"):
        read_tables(tmp_path)
    (tmp_path / "areas.tsv").unlink()
    with pytest.raises(DeclarationError, match=r"areas\.tsv"):
        read_tables(tmp_path)
