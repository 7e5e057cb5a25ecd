"""From invented sentences to observations: every measure, and what must hold of any text."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.figures.find import Declared, find_figures, read_text, rules_fingerprint
from model.indicators import load_indicators
from model.records import MEASURES, UNITS, Observation

Row = tuple[str, str, str, float]

CASES: list[tuple[str, list[Row]]] = [
    (
        "Tính đến ngày 30/9/2023, toàn tỉnh có 1.204.500 người tham gia BHYT, đạt tỷ lệ bao phủ "
        "92,1% dân số, vượt 0,1% "
        "so với chỉ tiêu được giao.",
        [
            ("1.204.500 người", "BHYT.participants", "level", 1204500),
            ("92,1%", "BHYT.participants", "coverage_pct", 92.1),
            ("0,1%", "BHYT.participants", "target_gap", -0.1),
        ],
    ),
    (
        "Đến hết quý I/2024, huyện Bình Gia có 1.215 người tham gia BHXH tự nguyện, đạt 71,2% kế "
        "hoạch năm; số người tham "
        "gia BHXH bắt buộc là 2.480 người (đạt 96,3% kế hoạch), BHTN 1.920 người (97,1%).",
        [
            ("1.215 người", "BHXH_TN.participants", "level", 1215),
            ("71,2%", "BHXH_TN.participants", "target_pct", 71.2),
            ("2.480 người", "BHXH_BB.participants", "level", 2480),
            ("96,3%", "BHXH_BB.participants", "target_pct", 96.3),
            ("1.920 người", "BHTN.participants", "level", 1920),
            ("97,1%", "BHTN.participants", "target_pct", 97.1),
        ],
    ),
    (
        "Số tiền chậm đóng BHXH, BHYT, BHTN đến 31/8/2023 là 214 tỷ đồng, giảm 15 tỷ đồng so với "
        "cùng kỳ, chiếm 3,2% số "
        "phải thu.",
        [
            ("214 tỷ đồng", "BHTN+BHXH+BHYT.arrears", "level", 214e9),
            ("15 tỷ đồng", "BHTN+BHXH+BHYT.arrears", "change", -15e9),
            ("3,2%", "BHTN+BHXH+BHYT.arrears", "rate", 3.2),
        ],
    ),
    (
        "Ngay trong ngày ra quân, các đại lý đã vận động được 126 người tham gia BHXH tự nguyện, "
        "trong đó, bưu điện 80 người.",
        [("126 người", "BHXH_TN.participants", "gain", 126), ("80 người", "BHXH_TN.participants", "gain", 80)],
    ),
    (
        "Hiện toàn huyện còn hơn 6.800 người chưa tham gia BHYT, tương đương 7,4% dân số.",
        [
            ("6.800 người", "BHYT.participants", "uncovered", 6800),
            ("7,4%", "BHYT.participants", "uncovered", 7.4),
        ],
    ),
    (
        "Phấn đấu đến cuối năm 2024, toàn tỉnh có 25.300 người tham gia BHXH tự nguyện, tỷ lệ bao phủ BHYT đạt 94%.",
        [("25.300 người", "BHXH_TN.participants", "target", 25300), ("94%", "BHYT.participants", "target", 94)],
    ),
    (
        "Năm 2020, huyện có 8.475 người tham gia BHXH tự nguyện, giảm 39 người (6,22%) so với năm 2019.",
        [
            ("8.475 người", "BHXH_TN.participants", "level", 8475),
            ("39 người", "BHXH_TN.participants", "change", -39),
            ("6,22%", "BHXH_TN.participants", "change_pct", -6.22),
        ],
    ),
    ("Người tham gia BHXH tự nguyện đóng 22% thu nhập, được Nhà nước hỗ trợ 30%, 25% và 10% mức đóng.", []),
    ("Công ty cổ phần Hòa Phú nợ BHXH 3,7 tỷ đồng trong 20 tháng.", []),
    ("Đính chính: toàn huyện không phải có 7.215 người tham gia BHYT.", []),
    ("Giá cà phê tăng 12% so với cùng kỳ, xuất khẩu đạt 3,1 triệu tấn.", []),
]


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text[:30] for text, _ in CASES])
def test_sentences(text: str, wanted: list[Row]) -> None:
    found = find_figures(text, published=date(2024, 7, 15), area="Lạng Sơn")
    assert [(one.quote, one.indicator, one.measure, one.obs_value) for one in found] == wanted


def test_slots_say_where_they_came_from() -> None:
    text = (
        "Đến hết tháng 6/2023, toàn tỉnh có 9.120 người tham gia BHXH tự nguyện. So với kế hoạch giao, mới đạt 61,2%."
    )
    level, share = find_figures(text, area="Lạng Sơn")
    assert level.slots == {
        "indicator": "clause", "period": "clause", "area": "outlet", "area_words": "clause", "measure": "rule",
        "unit": "clause",
    }  # fmt: skip
    assert (share.slots["period"], share.slots["plan"], share.slots["area"]) == ("paragraph", "sentence", "outlet")
    assert (level.period_end, share.period_end) == (date(2023, 6, 30), date(2023, 6, 30))
    assert level.area == share.area
    assert 0 < share.confidence < level.confidence < 1


SLOTS = [
    ("Tỉnh X tăng", "Đến hết tháng 6/2023, huyện Cẩm Khê có 9.120 người tham gia BHXH tự nguyện.", {"area": "clause"}),
    (
        "Lạng Sơn: thêm người tham gia BHXH tự nguyện",
        "Đến hết tháng 6/2023, toàn tỉnh có 9.120 người tham gia BHXH tự nguyện.",
        {"area": "title", "area_words": "clause"},
    ),
    (
        None,
        "Đến hết tháng 6/2023, tỉnh Lạng Sơn có 9.120 người tham gia BHXH tự nguyện, "
        "tăng 312 người so với cuối năm 2022.",
        {"base": "clause", "measure": "rule"},
    ),
    (
        None,
        "So với cuối năm 2022, số người tham gia BHXH tự nguyện của tỉnh Lạng Sơn tăng mạnh. "
        "Đến hết tháng 6/2023, toàn tỉnh có 9.120 người tham gia BHXH tự nguyện, tăng 312 người so với cuối năm 2022. "
        "Đến hết tháng 6/2023, BHYT có 700.120 người tham gia, tăng 3.012 người.",
        {"base": "paragraph"},
    ),
    (
        None,
        "Phấn đấu đến hết năm 2023, tỉnh Lạng Sơn có tỷ lệ bao phủ BHYT đạt 95,2% dân số.",
        {"measure": "mood", "of": "mood"},
    ),
    (
        None,
        "Đến hết tháng 6/2023, tỉnh Lạng Sơn có 9.120 người tham gia BHXH tự nguyện, "
        "đạt 61,2% kế hoạch BHXH Việt Nam giao.",
        {"issuer": "sentence", "plan": "sentence", "measure": "rule"},
    ),
]


@pytest.mark.parametrize(("title", "text", "slots"), SLOTS)
def test_the_last_figure_says_of_each_slot_where_it_came_from(
    title: str | None, text: str, slots: dict[str, str]
) -> None:
    last = find_figures(text, title=title)[-1]
    assert {name: last.slots.get(name) for name in slots} == slots, last.slots


def test_of_a_filled_slot_there_is_always_an_origin() -> None:
    for _, text, _ in SLOTS:
        for one in find_figures(text):
            filled = {"base": one.base_end, "of": one.of, "issuer": one.issuer, "period": one.period_end}
            named = {name for name, told in filled.items() if told}
            assert {"indicator", "measure", "unit"} | named <= one.slots.keys()


def test_nothing_unresolved_is_published() -> None:
    text = "Đến nay, có 9.120 người tham gia BHXH tự nguyện, đạt 61,2% kế hoạch."
    assert find_figures(text)
    assert not any(one.publish for one in find_figures(text))


def test_every_indicator_reads_its_own_sentence() -> None:
    """The sentence beside an indicator's declaration is read as that indicator."""
    wrong = []
    for indicator in load_indicators():
        found = find_figures(indicator.gold, area="Lạng Sơn")
        if not any(one.indicator == indicator.key and one.measure == "level" for one in found):
            wrong.append((indicator.key, [(one.quote, one.indicator, one.measure) for one in found]))
    assert not wrong


def check(text: str, found: list[Observation]) -> None:
    for one in found:
        assert text[one.start : one.end] == one.quote
        assert one.measure in MEASURES
        assert one.unit in UNITS
        assert one.quote in one.sentence


PIECES = st.sampled_from(
    [
        "BHXH tự nguyện", "BHYT", "BHXH, BHYT, BHTN", "toàn tỉnh", "huyện Bình Gia", "8.475 người", "98,9%",
        "44 tỷ đồng", "tăng",
        "giảm", "đạt", "kế hoạch", "(", ")", ",", ";", ":", ".", "so với cùng kỳ", "năm 2020",
        "đến hết tháng 4/2020", "trong đó",
        "lần lượt", "chiếm", "dân số", "chưa tham gia", "phấn đấu", "còn thiếu", "là", "có", "tham gia",
        "nợ", "thu", "chi",
        "51/80", "hơn", "%", "\n", "1.", "12", "thẻ", "đại lý", "\0", "\ud800",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40), st.sampled_from([None, "Lạng Sơn", "nơi không có"]))
def test_any_row_of_words_is_read_without_a_fault(words: list[str], area: str | None) -> None:
    text = " ".join(words)
    check(text, find_figures(text, area=area, published="2021-02-27"))


def test_a_zero_character_among_the_words_is_read_over() -> None:
    text = "Đến hết tháng 6/2022, tỉnh Lạng Sơn có 8.475 người\0 tham gia BHXH tự nguyện, \0 tăng 12%."
    assert [one.quote for one in find_figures(text)][:1] == ["8.475 người"]


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    read_text("BHYT " + text, title=text, published=text, area=text)


def test_the_fingerprint_is_stable() -> None:
    assert rules_fingerprint() == rules_fingerprint()
    assert rules_fingerprint().startswith("sha256:")


def test_an_indicator_of_ones_own_needs_no_python(tmp_path: Path) -> None:
    (tmp_path / "children.toml").write_text(
        '[schemes.TIEM]\nname_vi = "tiêm chủng"\nname_en = "vaccination"\nwords = ["tiêm chủng mở rộng"]\n'
        '[indicators."TIEM.participants"]\ngold = "Huyện có 1.250 trẻ tham gia tiêm chủng mở rộng."\n',
        "utf-8",
    )
    declared = Declared(indicators=tmp_path)
    text = "Đến hết tháng 6/2022, toàn huyện có 1.250 trẻ tham gia tiêm chủng mở rộng, đạt 92,4% kế hoạch."
    found = find_figures(text, area="Bình Gia, Lạng Sơn", declared=declared)
    assert [(one.indicator, one.measure) for one in found] == [
        ("TIEM.participants", "level"),
        ("TIEM.participants", "target_pct"),
    ]
    assert not find_figures(text)


def test_a_sentence_without_end_is_read_in_pieces() -> None:
    text = "toàn tỉnh có 5.120 người tham gia BHYT, " * 200
    found = find_figures(text, area="Lạng Sơn")
    assert len(found) == 200
    check(text, found)
    assert max(len(one.sentence) for one in found) <= 2000


PAY = "Với mức lương 5 triệu đồng, người lao động đóng BHXH 8% mức lương, tức 400.000 đồng.\n"


def test_a_long_text_of_pay_has_no_figure() -> None:
    text = PAY * 30
    assert find_figures(text) == []
    assert read_text(text)[0] == []


@pytest.mark.parametrize("before", [0, 15, 30])
def test_a_figure_among_sums_of_pay_is_found_wherever_it_stands(before: int) -> None:
    told = "Đến hết tháng 6/2023, toàn tỉnh có 8.475 người tham gia BHXH tự nguyện.\n"
    text = PAY * before + told + PAY * (30 - before)
    found = find_figures(text)
    assert [(one.quote, one.indicator) for one in found] == [("8.475 người", "BHXH_TN.participants")]
    assert read_text(text)[0] == found
