import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.copies import BINS, THRESHOLD, similarities, similarity, sketch

WORDS = [
    "một",
    "hai",
    "ba",
    "bốn",
    "năm",
    "sáu",
    "bảy",
    "tám",
    "chín",
    "mười",
    "người",
    "tỉnh",
    "huyện",
    "xã",
    "bảo",
    "hiểm",
    "tham",
    "gia",
    "kế",
    "hoạch",
    "thu",
    "chi",
    "nợ",
    "đóng",
]


def text(seed: int, sentences: int = 40) -> list[str]:
    rng = random.Random(seed)
    return [" ".join(rng.choices(WORDS, k=18)) + "." for _ in range(sentences)]


def test_a_text_is_a_copy_of_itself_and_of_nothing_else() -> None:
    own, other = sketch(" ".join(text(1))), sketch(" ".join(text(2)))
    assert len(own) == 2 * BINS
    assert similarity(own, own) == 1.0 and similarity(own, other) < 0.1


@pytest.mark.parametrize("kept", [0.9, 0.8, 0.7])
def test_a_wire_story_cut_at_its_end_is_still_a_copy(kept: float) -> None:
    found = 0
    for seed in range(20):
        sentences = text(seed)
        cut = " ".join(sentences[: int(len(sentences) * kept)]) + " Theo hãng tin An Dân."
        found += similarity(sketch(" ".join(sentences)), sketch(cut)) >= THRESHOLD
    assert found == 20


def test_case_and_punctuation_do_not_count() -> None:
    plain = " ".join(text(3))
    assert similarity(sketch(plain), sketch(plain.upper().replace(".", " – "))) == 1.0


def test_texts_too_short_have_no_sketch() -> None:
    assert sketch("") == sketch("một hai ba") == b"" and similarity(b"", sketch(" ".join(text(1)))) == 0.0


def test_many_at_once_is_the_same_as_one_by_one() -> None:
    drawn = [sketch(" ".join(text(seed))) for seed in range(5)] + [b""]
    assert similarities(drawn[0], drawn) == [similarity(drawn[0], other) for other in drawn]
    assert similarities(b"", drawn) == [0.0] * 6 and similarities(drawn[0], []) == []


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_have_a_similarity(one: str, other: str) -> None:
    assert 0.0 <= similarity(sketch(one), sketch(other)) <= 1.0
    assert similarity(sketch(one), sketch(other)) == similarity(sketch(other), sketch(one))
