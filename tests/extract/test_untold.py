"""What a sentence does not say of a place, and what was read wrong beside it: dealt lists, asides, sums."""

from pathlib import Path

import pytest

from extract.figures.find import find_figures

TABLE = Path(__file__).parent / "tables" / "untold.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
DAY = "2023-07-10"


@pytest.mark.parametrize(("text", "wanted"), ROWS, ids=[row[0][:60] for row in ROWS])
def test_untold(text: str, wanted: str) -> None:
    told = [f"{one.quote} = {one.measure}" for one in find_figures(text, published=DAY)]
    assert told == ([] if wanted == "-" else wanted.split(" ; "))


def test_who_draws_what_was_paid() -> None:
    text = (
        "6 tháng đầu năm 2023, BHXH tỉnh Hòa Bình chi 640 tỷ đồng lương hưu, trợ cấp BHXH hằng tháng cho 31.200 người."
    )
    assert [one.indicator for one in find_figures(text, published=DAY)] == ["BHXH.payouts", "BHXH.beneficiaries"]


def test_an_aim_of_new_people_is_of_a_gain() -> None:
    text = "Năm 2024, tỉnh Hòa Bình phấn đấu phát triển mới 5.500 người tham gia BHXH tự nguyện."
    assert [(one.measure, one.of) for one in find_figures(text, published=DAY)] == [("target", "gain")]


def test_the_part_that_are_women() -> None:
    text = "Đến 30/6/2023, tỉnh Hòa Bình có 41.200 người tham gia BHXH tự nguyện, trong đó 62,3% là phụ nữ."
    assert [one.scope for one in find_figures(text, published=DAY)] == [None, "phụ nữ"]


@pytest.mark.parametrize("aside", ["(tính đến 30/6/2023)", "(số liệu đến ngày 30/6/2023)"])
def test_a_date_in_brackets_behind_says_when_now_is(aside: str) -> None:
    text = f"Tỉnh Hòa Bình hiện có 41.200 người tham gia BHXH tự nguyện {aside}."
    assert [str(one.period_end) for one in find_figures(text, published=DAY)] == ["2023-06-30"]


def test_a_bracket_names_the_parent_of_a_dealt_list() -> None:
    text = (
        "Đến 30/6/2023, các huyện Lạc Sơn, Tân Lạc và Mai Châu (Hòa Bình) lần lượt có "
        "1.210, 1.320 và 1.430 người tham gia BHXH tự nguyện."
    )
    assert [one.area_name for one in find_figures(text, published=DAY)] == [
        "Lạc Sơn, Hòa Bình",
        "Tân Lạc, Hòa Bình",
        "Mai Châu, Hòa Bình",
    ]


@pytest.mark.parametrize(("count", "dealt"), [("ba", True), ("các", True), ("hai", False)])
def test_places_of_the_sentence_before_are_dealt_to(count: str, dealt: bool) -> None:
    text = (
        "Đến 30/6/2023, các huyện Lạc Sơn, Tân Lạc và Mai Châu (Hòa Bình) dẫn đầu. "
        f"Về BHXH tự nguyện, {count} huyện lần lượt có 1.210, 1.320 và 1.430 người."
    )
    names = [one.area_name for one in find_figures(text, published=DAY)]
    assert (names == ["Lạc Sơn, Hòa Bình", "Tân Lạc, Hòa Bình", "Mai Châu, Hòa Bình"]) is dealt


@pytest.mark.parametrize(("whole", "flag"), [("43.000", "identity-holds"), ("53.000", "identity-broken")])
def test_parts_that_do_not_make_up_their_whole_are_flagged(whole: str, flag: str) -> None:
    text = (
        f"Đến 30/6/2023, tỉnh Hòa Bình có {whole} người tham gia BHXH, trong đó BHXH bắt buộc 31.500 người, "
        "BHXH tự nguyện 11.500 người."
    )
    assert {flag in one.flags for one in find_figures(text, published=DAY)} == {True}
