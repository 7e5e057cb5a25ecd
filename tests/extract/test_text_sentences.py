"""Sentences and paragraphs as spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.sentences import paragraphs, sentences

CASES = [
    ["Toàn tỉnh có 8.475 người.", "Đạt 98,9% kế hoạch."],
    ["TP. Bắc Giang có 300 người, TX. Đông Triều có 200 người.", "Huyện Yên Dũng có 100 người."],
    ["Thu 1.234 tỷ đồng; nợ 3 tỷ đồng; chi 2 tỷ đồng.", "Tăng 5%."],
    ["Nghị quyết của T.Ư nêu rõ mục tiêu.", "Th.S. Dược nói tiếp."],
    ["Ông N. V. A. ở xã Tân Lập cho biết đã đóng 5 năm.", "Bà vui mừng."],
    ["Có 10. 600 người tham gia.", "Trong đó 300 người mới."],
    ["Năm 2020.", "15 xã hoàn thành."],
    ["Kế hoạch đạt 95%.", "3 huyện còn lại chưa đạt."],
    ["Chỉ tiêu được giao (theo Quyết định số 12. Phụ lục kèm theo) là 300 người.", "Đã đạt."],
    ["“Chúng tôi đã vận động từng hộ.”", "Cán bộ xã nói."],
    ["Đạt kế hoạch.Trong đó có 5 xã dẫn đầu.", "Hết!", "Vậy sao?", "Rồi…", "Tiếp tục"],
    ["- Bảo hiểm xã hội: 300 người", "- Bảo hiểm y tế: 400 người", "+ Khác"],
    ["1. Huyện A đạt 95%.", "2. Huyện B đạt 96%."],
    ["### 12. Mức đóng của hộ gia đình là 4,5%.", "Câu hai."],
    ["Ngày 31.10.2016, huyện có 5 đại lý.", "Sau đó có 7."],
    ["Trang baotinh.vn đưa tin v.v. và nhiều nơi khác.", "Hết."],
    ["Lương 1,5 triệu đồng/tháng. hưởng thêm phụ cấp"],
    ["Mở ngoặc ( không đóng.", "Câu sau vẫn tách."],
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0][:30])
def test_sentences(case: list[str]) -> None:
    """Each case is written out sentence by sentence, joined as a paper would."""
    glue = [" " if not later.startswith(("-", "+")) else "\n" for later in case[1:]]
    text = case[0] + "".join(space + later for space, later in zip(glue, case[1:], strict=True))
    text = text.replace("kế hoạch. Trong", "kế hoạch.Trong")
    found = [text[span.start : span.end] for span in sentences(text)]
    expected = [part for piece in case for part in piece.replace("hoạch.Trong", "hoạch.\x00Trong").split("\x00")]
    assert found == expected


def test_lines_end_sentences_and_blank_lines_paragraphs() -> None:
    text = "Một dòng\nhai dòng\n\n \nđoạn hai. Câu hai.\n"
    assert [text[a:b] for a, b in sentences(text)] == ["Một dòng", "hai dòng", "đoạn hai.", "Câu hai."]
    assert [text[a:b] for a, b in paragraphs(text)] == ["Một dòng\nhai dòng", "đoạn hai. Câu hai."]


@given(st.text(st.one_of(st.characters(), st.sampled_from('.!?…()"”\n ATPx19;')), max_size=200))
def test_spans_lie_apart_and_hold_all_that_is_written(text: str) -> None:
    for cut in (sentences, paragraphs):
        behind, held = 0, 0
        for start, end in cut(text):
            assert behind <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
            held += len("".join(text[start:end].split()))
            behind = end
        assert held == len("".join(text.split()))


@pytest.mark.parametrize("piece", ["a. (", "() A. ", "A. ", "...", "\n", "(", "TP. B"])
def test_long_runs_are_no_trap(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert all(span.end <= len(text) for span in sentences(text))
