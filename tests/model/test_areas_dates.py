from datetime import date, timedelta
from itertools import pairwise

import pytest

from model.areas import load_areas
from model.areas_table import DATA


@pytest.fixture(scope="module")
def areas():
    return load_areas()


@pytest.mark.parametrize(
    ("code", "day", "before", "after", "resolution"),
    [
        ("2025:75", date(2026, 4, 30), "tỉnh Đồng Nai", "thành phố Đồng Nai", "30/2026/QH16"),
        ("2025:22", date(2026, 9, 1), "tỉnh Quảng Ninh", "thành phố Quảng Ninh", "36/2026/QH16"),
        ("2025:24", date(2026, 9, 20), "tỉnh Bắc Ninh", "thành phố Bắc Ninh", "39/2026/QH16"),
        ("2024:46", date(2025, 1, 1), "tỉnh Thừa Thiên Huế", "thành phố Huế", "175/2024/QH15"),
        ("2024:205", date(2024, 11, 1), "thị xã Đông Triều", "thành phố Đông Triều", "1199/NQ-UBTVQH15"),
        ("2024:911", date(2021, 3, 1), "huyện Phú Quốc", "thành phố Phú Quốc", "1109/NQ-UBTVQH14"),
        ("2024:407", date(2020, 6, 1), "huyện Tĩnh Gia", "thị xã Nghi Sơn", "933/NQ-UBTVQH14"),
        ("2025:25363", date(2026, 4, 30), "xã Đồng Phú", "phường Đồng Phú", "237/NQ-UBTVQH16"),
        ("2025:09319", date(2026, 9, 20), "xã Tiên Du", "phường Tiên Du", "388/NQ-UBTVQH16"),
    ],
)
def test_names_and_ranks_change_on_their_day(areas, code, day, before, after, resolution):
    area = areas.get(code)
    eve = area.form(day - timedelta(days=1))
    form = area.form(day)
    assert f"{eve.rank} {eve.name}" == before
    assert f"{form.rank} {form.name}" == after
    assert form.resolution == resolution


@pytest.mark.parametrize(
    ("name", "code", "last", "heirs"),
    [
        ("Hoành Bồ", "2019:204", date(2019, 12, 31), ["2024:193"]),
        ("Quận 2", "2020:769", date(2020, 12, 31), ["2024:769"]),
        ("Quận 9", "2020:763", date(2020, 12, 31), ["2024:769"]),
        ("quận Thủ Đức", "2020:762", date(2020, 12, 31), ["2024:769"]),
        ("Hà Tây", "2008:28", date(2008, 7, 31), ["2024:01"]),
        ("huyện Nông Sơn", "2024:519", date(2024, 12, 31), ["2024:509"]),
        ("huyện Từ Liêm", "2014:021", date(2014, 3, 31), ["2024:019", "2024:021"]),
        ("huyện Đạ Tẻh", "2023:682", date(2024, 11, 30), ["2024:682"]),
    ],
)
def test_units_that_ended_early(areas, name, code, last, heirs):
    (area,) = areas.resolve(name)
    assert area.code == code
    assert area.valid_to == last
    assert [heir.code for heir in areas.successors(area)] == heirs
    assert all(area in areas.predecessors(heir) for heir in areas.successors(area))
    assert not area.stands(last + timedelta(days=1))
    assert areas.by_name(name, on=last + timedelta(days=1), level=area.level) == []


def test_names_on_a_day(areas):
    assert [area.code for area in areas.resolve("Lạng Sơn", on=date(2020, 4, 30))] == ["2024:20"]
    assert [area.code for area in areas.resolve("Lạng Sơn", on=date(2025, 7, 1))] == ["2025:20"]
    assert [area.code for area in areas.by_name("thành phố Bắc Ninh", on=date(2024, 1, 1))] == ["2024:256"]
    assert [area.code for area in areas.by_name("thành phố Bắc Ninh", on=date(2026, 9, 20))] == ["2025:24"]
    assert areas.path_name(areas.get("2024:481"), on=date(2020, 1, 1)) == "A Lưới, Thừa Thiên Huế"


def test_a_rank_that_units_of_two_levels_bore_means_both(areas):
    assert [area.code for area in areas.resolve("thành phố Bắc Ninh")] == ["2025:24", "2024:256"]
    assert [area.code for area in areas.resolve("thành phố Bắc Ninh", on=date(2024, 1, 1))] == ["2024:256"]
    assert [area.code for area in areas.resolve("Bắc Ninh")] == ["2024:27", "2025:24"]
    assert [area.code for area in areas.resolve("tỉnh Bắc Ninh")] == ["2024:27", "2025:24"]
    assert [area.code for area in areas.resolve("thành phố Đà Nẵng")] == ["2024:48", "2025:48"]


def test_a_city_is_not_meant_beside_the_province_in_which_it_lay(areas):
    assert [area.code for area in areas.resolve("thành phố Huế")] == ["2024:46", "2025:46"]
    assert [area.code for area in areas.resolve("thành phố Huế, Thừa Thiên Huế")] == ["2023:474"]


def test_every_override_has_its_resolution_and_dates_in_order(areas):
    for code, forms in areas.tables.forms.items():
        for form in forms:
            assert form.resolution, code
            assert form.valid_from is None or form.valid_to is None or form.valid_from <= form.valid_to, code
        for before, after in pairwise(forms):
            assert before.valid_to + timedelta(days=1) == after.valid_from, code
    for code, (parent, heirs) in areas.tables.ended.items():
        assert all(heir in areas for heir in heirs), code
        assert areas.get(code).parent == (f"2024:{parent}" if parent else "VN"), code
        year = areas.get(code).valid_to.year
        assert int(code[:4]) == year or (int(code[:4]) < year and f"{year}:{code[5:]}" in areas), code


def test_last_forms_agree_with_the_table(areas):
    for code in areas.tables.forms:
        if code.startswith("2024:") and code in areas.tables.units:
            row = areas.tables.row(code)
            assert (areas.get(code).name, areas.get(code).rank) == (row[1], row[2]), code


def test_data_says_where_it_comes_from():
    note = (DATA / "areas_LICENCE.md").read_text("utf8")
    assert "vietnamadminunits 1.0.4" in note
    assert "MIT License" in note
