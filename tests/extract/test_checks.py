"""Identities between the figures of a text: proven, accused, and what neither side decides."""

import pytest

from extract.figures.find import find_figures

CASES = [
    # text, quotes that hold, quotes that are broken
    (
        "Đến 30/4/2020, toàn tỉnh có 747.712 người tham gia BHYT, đạt 98,9% kế hoạch (còn thiếu 8.492 người).",
        ["98,9%"],
        [],
    ),
    (
        "Đến 30/4/2020, tỉnh có 8.475 người tham gia BHXH tự nguyện, giảm 300 người (4,6%) so với "
        "số liệu đến hết năm 2019.",
        [],
        ["4,6%"],
    ),
    (
        "Đến 30/4/2020, tỉnh có 747.712 người tham gia BHYT, tăng 3.959 người (0,5%) so với cùng kỳ năm 2019.",
        ["747.712 người", "3.959 người", "0,5%"],
        [],
    ),
    (
        "Đến 31/12/2021, tỉnh có 206.810 người tham gia BHXH, trong đó BHXH bắt buộc 199.511 "
        "người, BHXH tự nguyện 7.299 người.",
        ["206.810 người", "199.511 người", "7.299 người"],
        [],
    ),
    (  # what it compares with stands between the count and its rise
        "Đến 31/12/2022, huyện Chi Lăng có 4.120 người tham gia BHXH tự nguyện; cùng kỳ năm 2021 là 3.560 người; "
        "tăng 560 người (15,7%).",
        ["4.120 người", "3.560 người", "560 người", "15,7%"],
        [],
    ),
    (  # the plan stands before its share, behind what was reached
        "Đến 30/6/2022, xã Vân Nham có 318 người tham gia BHXH tự nguyện, vượt 18 người so với chỉ tiêu 300 người mà "
        "UBND huyện giao, đạt 106% kế hoạch.",
        ["318 người", "106%"],
        [],
    ),
    (  # one gain, two plans, and a plan of another count: nothing to accuse
        "Năm 2022, huyện Chi Lăng phấn đấu có 5.000 người tham gia BHXH tự nguyện. Trong tháng 5/2022, huyện phát "
        "triển mới 300 người tham gia BHXH tự nguyện, bằng 150% kế hoạch tỉnh giao và 120% kế hoạch huyện giao.",
        [],
        [],
    ),
    (  # parts in one sentence
        "Đến 30/6/2022, toàn tỉnh nợ BHXH 41,8 tỷ đồng, trong đó nợ dưới 3 tháng 25,4 tỷ đồng, nợ trên 3 tháng 16,4 tỷ "
        "đồng.",
        ["41,8 tỷ đồng", "25,4 tỷ đồng", "16,4 tỷ đồng"],
        [],
    ),
    (  # shares of a whole told a sentence earlier
        "Đến 31/12/2015, toàn tỉnh Lạng Sơn nợ BHXH, BHYT, BHTN 992,1 tỷ đồng. Trong đó nợ BHXH 706,1 tỷ đồng, chiếm "
        "71,2% tổng nợ; nợ BHYT 254,8 tỷ đồng, chiếm 25,7%.",
        ["992,1 tỷ đồng", "71,2%", "25,7%"],
        [],
    ),
    (  # a plan of 91% is set so, not rounded
        "Đến 31/12/2022, BHYT của tỉnh Lạng Sơn phủ 86,5% dân số, hụt 4,5% so với chỉ tiêu 91%.",
        ["86,5%", "4,5%", "91%"],
        [],
    ),
    (
        "Đến 31/12/2022, BHYT của tỉnh Lạng Sơn phủ 86,5% dân số, hụt 5,5% so với chỉ tiêu 91%.",
        [],
        ["86,5%", "5,5%"],
    ),
]


@pytest.mark.parametrize(("text", "holding", "broken"), CASES)
def test_identities(text: str, holding: list[str], broken: list[str]) -> None:
    found = find_figures(text, area="Lạng Sơn")
    flags = {one.quote: one.flags for one in found}
    assert all("identity-holds" in flags[quote] for quote in holding), flags
    assert {quote for quote, some in flags.items() if "identity-broken" in some} >= set(broken)
    assert broken or not any("identity-broken" in some for some in flags.values()), flags
    assert not any(one.publish for one in found if "identity-broken" in one.flags)


def test_a_level_on_its_own_stays_where_its_difference_is_accused() -> None:
    text = CASES[1][0]
    level = next(one for one in find_figures(text, area="Lạng Sơn") if one.measure == "level")
    assert "identity-broken" not in level.flags


@pytest.mark.parametrize("share", ["4,9%", "35,2%"])
def test_a_share_that_its_whole_does_not_make_is_not_proven(share: str) -> None:
    text = f"Đến 31/12/2015, tỉnh nợ BHXH, BHYT, BHTN 992,1 tỷ đồng. Nợ BHTN 31,2 tỷ đồng, chiếm {share} tổng nợ."
    found = {one.quote: one.flags for one in find_figures(text, area="Lạng Sơn")}
    assert "identity-holds" not in found[share]
