"""Faults on the pages are told in the language of their reader."""

import pytest

from model.areas import load_areas
from model.errors import AnsinhError, InputError, StoreError
from monitor.faults import outcome, spoken
from monitor.language import choose_language
from store.judging import checked_slots


@pytest.fixture(autouse=True)
def back():
    yield
    choose_language("vi")


def fault(ask):
    with pytest.raises(AnsinhError) as caught:
        ask()
    return caught.value


def test_an_unknown_name_offers_its_likes_and_no_long_list():
    told = spoken(fault(lambda: load_areas().resolve("Lang Sonn")))
    assert told.startswith("Không có địa phương “Lang Sonn”: gần giống:")
    assert "Lạng Sơn" in told
    assert spoken(fault(lambda: load_areas().resolve(""))) == "Chưa chọn địa phương: chọn trong danh sách."


def test_a_name_of_several_places_lists_their_codes():
    told = spoken(fault(lambda: load_areas().resolve("Châu Thành")))
    assert told.startswith("“Châu Thành” là tên của nhiều nơi, hãy dùng mã: ")


def test_a_wrong_slot_is_told_with_its_cure():
    assert "không phải số: viết như 8.475" in spoken(fault(lambda: checked_slots({"obs_value": "abc"})))
    assert "chọn một trong các giá trị" in spoken(fault(lambda: checked_slots({"measure": "abc"})))


def test_english_stays_english_and_a_fault_without_words_is_told_as_it_is():
    odd = StoreError("the moon is full", cure="wait")
    assert spoken(odd) == str(odd)
    choose_language("en")
    wrong = InputError("'x' is no number", cure="write digits")
    assert spoken(wrong) == str(wrong)


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("3 sources, 2 new, 0 changed; 2 pages, 5 figures, 1 held",
         "3 nguồn, 2 bài mới, 0 bài đổi; đọc 2 trang, 5 số liệu, 1 giữ lại"),
        ("no source was due; 0 pages, 0 figures, 0 held", "chưa nguồn nào đến lượt; đọc 0 trang, 0 số liệu, 0 giữ lại"),
        ("backed up to /x/b.db, 860160 bytes", "đã sao lưu vào /x/b.db, 860160 byte"),
        ("a@b.vn: [Errno 111] Connection refused: mend [mail], [[readers]] or webhook in ansinh.toml and send again.",
         "a@b.vn: bên nhận không mở cổng: sửa [mail], [[readers]] hoặc webhook trong ansinh.toml rồi gửi lại."),
        ("stuck: ended after 45m", "quá lâu: bị dừng sau 45m"),
        ("its process ended before it did", "tiến trình dừng trước khi xong"),
        ("<urlopen error [Errno 111] Connection refused>", "bên nhận không mở cổng"),
        ("HTTP Error 302: Found", "bên nhận trả lời HTTP 302"),
        ("a@b.vn: timed out", "a@b.vn: bên nhận không trả lời kịp"),
        ("(535, b'5.7.8 Authentication credentials invalid')",
         "máy chủ thư từ chối đăng nhập (535: 5.7.8 Authentication credentials invalid)"),
        ("a word nobody knows", "a word nobody knows"),
    ],
)  # fmt: skip
def test_how_a_job_ended_is_told_in_the_reader_s_language(kept, told):
    assert outcome(kept) == told
    choose_language("en")
    try:
        assert outcome(kept) == kept
    finally:
        choose_language("vi")
