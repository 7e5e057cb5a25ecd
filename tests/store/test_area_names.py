"""What a name with a rank stands for."""

import pytest

from store.area_names import areas_of


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("thành phố Huế", ["2024:46", "2025:46"]),
        ("TP. Huế", ["2024:46", "2025:46"]),
        ("Huế", ["2024:46", "2025:46"]),
        ("tỉnh Thừa Thiên Huế", ["2024:46", "2025:46"]),
        ("thành phố Huế, Thừa Thiên Huế", ["2023:474"]),
        ("thành phố Huế, tỉnh Thừa Thiên Huế", ["2023:474"]),
        ("TP. Thủ Đức", ["2024:769"]),
        ("quận Thủ Đức", ["2020:762"]),
        ("Thủ Đức", ["2020:762", "2024:769"]),
        ("thị xã Phú Mỹ", ["2024:754"]),
        ("thành phố Phú Mỹ", ["2024:754"]),
        ("huyện Tân Thành, Bà Rịa - Vũng Tàu", ["2024:754"]),
        ("thành phố Lạng Sơn", ["2024:178"]),
        ("tỉnh Lạng Sơn", ["2024:20", "2025:20"]),
        ("thành phố Hải Dương", ["2024:288"]),
        ("tỉnh Hải Dương", ["2024:30"]),
        ("thành phố Đồng Nai", ["2025:75"]),
    ],
)
def test_a_rank_decides_what_is_meant(name: str, codes: list[str]) -> None:
    """Never a city beside the province in which it lay."""
    assert [area.code for area in areas_of(name)] == codes
