"""Links to a sentence on an outlet's own page."""

from urllib.parse import unquote

import pytest

from monitor.links import sentence_link


@pytest.mark.parametrize(
    ("url", "sentence", "told"),
    [
        ("https://bao.example/1", "Có 8.475 người.", "https://bao.example/1#:~:text=Có 8.475 người."),
        ("https://bao.example/1#x", "Có 12 thẻ.", "https://bao.example/1#x:~:text=Có 12 thẻ."),
        ("https://bao.example/1", "a b c d e f\ng h i j k", "https://bao.example/1#:~:text=a b c d e,g h i j k"),
        ("https://bao.example/1", "", "https://bao.example/1"),
    ],
)
def test_a_sentence_is_pointed_at_by_its_words(url, sentence, told):
    assert unquote(sentence_link(url, sentence)) == told


def test_marks_that_part_a_fragment_are_written_out():
    assert sentence_link("https://bao.example/1", "2024-2025, tăng & giảm").endswith(
        "=2024%2D2025%2C%20t%C4%83ng%20%26%20gi%E1%BA%A3m"
    )
