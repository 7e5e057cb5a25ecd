import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.areas_names import name_key, split_rank
from model.fold import fold, same_spelling


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Đắk  Lắk", "dak lak"), ("ĐỒNG BẰNG SÔNG CỬU LONG", "dong bang song cuu long"), ("Ðông Triều", "dong trieu"),
        (" Huế\n", "hue"), ("thuỷ", "thuy"), ("Ấp Bắc", "ap bac"), ("", ""), ("TP.HCM", "tp.hcm"),
    ],
)  # fmt: skip
def test_fold(text, plain):
    assert fold(text) == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa Bình", "Hoà Bình"), ("Thúy", "Thuý"), ("khỏe", "khoẻ"), ("ủy ban", "uỷ ban"), ("Đồng Nai", "Ðồng Nai"),
        ("Hòa", "Ho\u0300a"), ("Lạng Sơn", "LẠNG  SƠN"),
    ],
)  # fmt: skip
def test_same_spelling(one, other):
    assert same_spelling(one) == same_spelling(other)


@pytest.mark.parametrize(("one", "other"), [("Hòa", "Hoa"), ("quý", "quy"), ("Cẩm Giang", "Cẩm Giàng")])
def test_other_words_stay_apart(one, other):
    assert same_spelling(one) != same_spelling(other)


def test_marks_inside_syllables_stay():
    assert same_spelling("Hoàn Kiếm quý báu ngoằn ngoèo khuỷu") == "hoàn kiếm quý báu ngoằn ngoèo khuỷu"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Qui Nhơn", "Quy Nhơn"), ("Mĩ Tho", "Mỹ Tho"), ("M'Đrắk", "M’Đrắk"), ("Bà Rịa-Vũng Tàu", "Bà Rịa – Vũng Tàu"),
        ("Phường IV", "phường 04"), ("Phường XII", "Phường 12"), ("quận 03", "Quận 3"),
    ],
)  # fmt: skip
def test_name_keys(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("name", "rank", "bare"),
    [
        ("TP.HCM", "thành phố", "HCM"), ("TP. Huế", "thành phố", "Huế"), ("thị xã Đông Triều", "thị xã", "Đông Triều"),
        ("TX Hồng Ngự", "thị xã", "Hồng Ngự"), ("P.11", "phường", "Phường 11"), ("Thủ Đức", None, "Thủ Đức"),
        ("Thị trấn Chi Lăng", "thị trấn", "Chi Lăng"), ("H. Củ Chi", "huyện", "Củ Chi"), ("Phú Thọ", None, "Phú Thọ"),
        ("Tỉnh Quảng Ninh", "tỉnh", "Quảng Ninh"), ("Xã", None, "Xã"), ("", None, ""),
    ],
)  # fmt: skip
def test_split_rank(name, rank, bare):
    assert split_rank(name) == (rank, bare)


@given(st.text())
def test_any_text_folds_once_and_for_all(text):
    assert fold(fold(text)) == fold(text)
    assert same_spelling(same_spelling(text)) == same_spelling(text)
    rank, bare = split_rank(text)
    assert rank is None or bare
