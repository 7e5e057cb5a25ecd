import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.precision import half_width, interval, is_rough


@pytest.mark.parametrize(
    ("quote", "value", "half"),
    [
        ("8.475 người", 8475, 0.5),
        ("8475 người", 8475, 0.5),
        ("17.000 đối tượng", 17000, 340),
        ("1,85 triệu người", 1_850_000, 5_000),
        ("1.85 triệu người", 1_850_000, 5_000),
        ("1,2 triệu", 1_200_000, 50_000),
        ("2 triệu người", 2_000_000, 100_000),
        ("383,9 tỷ đồng", 383_900_000_000, 50_000_000),
        ("44 tỷ 500 triệu đồng", 44_500_000_000, 500_000),
        ("818.152 triệu đồng", 818_152_000_000, 500_000),
        ("1.197.279 triệu đồng", 1_197_279_000_000, 500_000),
        ("30.000 người", 30000, 600),
        ("203 nghìn người", 203_000, 500),
        ("98,9%", 98.9, 0.05),
        ("98,98%", 98.98, 0.005),
        ("95%", 95, 0.5),
        ("hai nghìn người", 2000, 40),
        ("704,020 người", 704_020, 0.5),
        ("-300 người", -300, 0.5),
        ("", 0, 0.5),
    ],
)
def test_half_the_step_in_which_a_figure_is_written(quote: str, value: float, half: float) -> None:
    assert half_width(quote, value) == pytest.approx(half)


@pytest.mark.parametrize(
    ("value", "qualifier", "half", "inside", "outside"),
    [
        (1_200_000, "<", 50_000, (1_187_432, 1_199_999), (1_260_000, 900_000)),
        (17_000, ">", 500, (17_001, 17_900), (16_000, 25_000)),
        (8_475, "=", 0.5, (8_475,), (8_476, 8_474)),
        (8_500, "~", 50, (8_475, 8_600), (9_000, 8_000)),
        (1_000_000, ">", 500_000, (1_187_432,), (1_600_000,)),
        (90, ">=", 0.5, (95,), (80,)),
        (90, "<=", 0.5, (85,), (95,)),
    ],
)
def test_what_a_qualifier_allows(
    value: float, qualifier: str, half: float, inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    low, high = interval(value, qualifier, half)
    assert all(low <= true <= high for true in inside)
    assert not any(low <= true <= high for true in outside)


@pytest.mark.parametrize(
    ("value", "qualifier", "half", "unit", "rough"),
    [
        (8_475, "=", 0.5, "person", False), (1_850_000, "=", 5_000, "person", True), (8_475, ">", 0.5, "person", True),
        (98.9, "=", 0.05, "percent", False), (383_900_000_000, "=", 5e7, "VND", False), (50, "=", 0.5, "agent", False),
    ],
)  # fmt: skip
def test_what_is_told_roughly(value: float, qualifier: str, half: float, unit: str, rough: bool) -> None:
    assert is_rough(value, qualifier, half, unit) is rough


@given(st.text(max_size=40), st.floats(-1e15, 1e15), st.sampled_from(["=", "~", ">", "<", ">=", "<="]))
def test_any_figure_has_an_interval_that_holds_it(quote: str, value: float, qualifier: str) -> None:
    half = half_width(quote, value)
    low, high = interval(value, qualifier, half)
    assert half >= 0 and low <= value <= high
