"""The doors of the reading room: what they refuse they refuse in one line that says how to mend it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import extract

WRONG: dict[str, Callable[[], Any]] = {
    "no text": lambda: extract.find_figures(None),  # type: ignore[arg-type]
    "bytes for a text": lambda: extract.find_figures(b"8.475"),  # type: ignore[arg-type]
    "a title that is none": lambda: extract.find_figures("x", title=5),  # type: ignore[arg-type]
    "a day that is none": lambda: extract.find_figures("x", published=2020),  # type: ignore[arg-type]
    "an area that is none": lambda: extract.find_figures("x", area=["Lạng Sơn"]),  # type: ignore[arg-type]
    "a number for a text": lambda: extract.parse_periods(3, reference=date(2020, 5, 1)),  # type: ignore[arg-type]
    "a reference in words": lambda: extract.parse_periods("tháng 4", reference="x"),  # type: ignore[arg-type]
    "no reference": lambda: extract.parse_periods("tháng 4", reference=None),  # type: ignore[arg-type]
    "no quantities' text": lambda: extract.parse_quantities(None),  # type: ignore[arg-type]
    "a number for a page": lambda: extract.read_article(5, "https://bao.example/1"),  # type: ignore[arg-type]
    "no address": lambda: extract.read_article(b"<p>", None),  # type: ignore[arg-type]
    "a page to trace that is none": lambda: extract.trace_article(None, ""),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_type_is_told_in_one_line_with_its_cure(name: str) -> None:
    with pytest.raises(TypeError, match=r"^\w+ is \w+, not [\w ]+: .{8,}\.$"):
        WRONG[name]()


def test_all_doors_are_named_and_open() -> None:
    assert extract.__all__ == sorted(extract._DOORS)
    assert all(getattr(extract, name) is not None for name in extract.__all__)
