"""`parse_quantities` on a table of invented expressions, and what must hold for any text."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import parse_quantities
from extract.quantities.record import Quantity
from extract.text import contract_text
from model.records import UNITS

TABLE = Path(__file__).parent / "tables" / "quantities.tsv"


def shown(text: str, quantity: Quantity) -> str:
    """Write a quantity as the table does."""
    parts = [] if quantity.qualifier == "=" else [quantity.qualifier]
    value = f"{quantity.value:.12g}" + ("" if quantity.upper is None else f"..{quantity.upper:.12g}")
    parts += [value] + ([] if quantity.whole is None else [f"of {quantity.whole:.12g}"])
    parts += [quantity.unit or "", f"/{quantity.per}" if quantity.per else ""]
    parts += [f"@{quantity.kind}" if quantity.kind != "digits" else "", *(f"!{flag}" for flag in quantity.flags)]
    return f"{text[quantity.start : quantity.end]} = {' '.join(part for part in parts if part)}"


def rows() -> list[object]:
    cases: list[object] = []
    for line in TABLE.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        marks = pytest.mark.xfail(strict=True) if line.startswith("xfail\t") else ()
        text, _, expected = line.removeprefix("xfail\t").partition("\t")
        cases.append(pytest.param(text, expected, marks=marks, id=text))
    return cases


@pytest.mark.parametrize(("text", "expected"), rows())
def test_table(text: str, expected: str) -> None:
    assert " ; ".join(shown(text, quantity) for quantity in parse_quantities(text)) == expected


@pytest.mark.parametrize(("text", "expected"), [row for row in rows() if not row.marks])  # type: ignore[attr-defined]
def test_table_inside_a_sentence(text: str, expected: str) -> None:
    """What stands in a longer text reads the same, but for numbers that were all the text."""
    before, after = "Theo báo cáo của cơ quan Bảo hiểm xã hội, ", " , nguồn tin cho biết thêm"
    whole = before + text + after
    found = [shown(whole, quantity) for quantity in parse_quantities(whole)]
    if parse_quantities(text) and len(text.split()) > 3 and not text[0].isdigit() and not text[0].isupper():
        assert " ; ".join(found) == expected


def test_fields_of_one_quantity() -> None:
    text = "Toàn tỉnh có hơn 1,85 triệu người tham gia"
    (one,) = parse_quantities(text)
    assert text[one.start : one.end] == "1,85 triệu người"
    assert text[one.number_start : one.number_end] == "1,85 triệu"
    assert (one.value, one.upper, one.unit, one.qualifier) == (1850000, None, "person", ">")
    assert (one.noun, one.per, one.whole, one.precision) == ("người", "", None, 5000)


def test_the_manner_of_the_document_reaches_its_parts() -> None:
    assert [one.value for one in parse_quantities("5,792")] == [5.792]
    assert [one.value for one in parse_quantities("5,792", english=True)] == [5792]
    assert [one.value for one in parse_quantities("tăng 5,792 so với", english=True)] == [5792]
    assert [one.value for one in parse_quantities("5,79", english=True)] == [5.79]


def test_a_range_says_where_its_upper_end_stands() -> None:
    text = "từ 85% đến 90%"
    (one,) = parse_quantities(text)
    assert one.upper_start is not None
    assert text[one.upper_start : one.end] == "90%"
    assert text[one.number_start : one.number_end] == "85"


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("từ 85% đến 90%", [("85%", ">=", 85), ("90%", "<=", 90)]),
        ("80,2 đến 89,3%", [("80,2", ">=", 80.2), ("89,3%", "<=", 89.3)]),
        ("từ 1 đến 5 tỷ đồng", [("1", ">=", 10**9), ("5 tỷ đồng", "<=", 5 * 10**9)]),
        ("8.475 người", [("8.475 người", "=", 8475)]),
        ("hai ba người", [("hai ba người", "~", 2)]),
    ],
)
def test_a_range_gives_its_ends(text: str, ends: list[tuple[str, str, float]]) -> None:
    (one,) = parse_quantities(text)
    assert [(text[end.start : end.end], end.qualifier, end.value) for end in one.ends()] == ends
    assert all(end.start <= end.number_start < end.number_end <= end.end for end in one.ends())


def test_a_fraction_says_what_stands_above_the_line() -> None:
    text = "có 51/80 trường hợp"
    (one,) = parse_quantities(text)
    assert text[one.number_start : one.number_end] == "51"
    assert (one.value, one.whole) == (51, 80)


@pytest.mark.parametrize(
    ("text", "precision"),
    [("8.475 người", 0.5), ("98,9%", 0.05), ("383,9 tỷ đồng", 5e7), ("44 tỷ 500 triệu đồng", 5e5), ("2 nghìn hộ", 500)],
)
def test_precision_is_half_of_the_last_digit(text: str, precision: float) -> None:
    assert parse_quantities(text)[0].precision == pytest.approx(precision)


OTHER_UNITS = {
    "year", "month", "day", "hour", "minute", "age", "place", "school", "clinic", "event", "paper", "point", "measure",
    "USD", "thing", None,
}  # fmt: skip
PIECES = st.sampled_from([
    "8.475", "98,9", "704,020", "1.2.3", "10. 600", "0912", "2020", "51/80", "30/4", "7h30", "-5", "1tr5", "1e9",
    "٣", "²", " ", "\n", "\u00a0", "\u200b", ",", ".", ";", "-", "–", "/", "(", ")", "%", "％", "₫", "İ", "ẞ", "Ð",
    "e\u0323\u0302", "người", "đồng", "tỷ", "triệu", "nghìn", "trăm", "mươi", "mười", "một", "hai", "năm", "linh",
    "rưỡi", "phẩy", "không", "phần", "nửa", "gấp", "đôi", "đến", "và", "giữa", "từ", "hơn", "gần", "khoảng",
    "trở lên", "tháng", "ngày", "quận", "lần", "lượt", "hộ", "đại lý", "VND", "QĐ-TTg", "BHYT", "tăng", "giảm",
    "đạt", "kế hoạch",
])  # fmt: skip


def holds(text: str) -> None:
    """Whatever stands in `text`: spans lie inside it, in order, apart, and the values are numbers."""
    behind = 0
    for one in parse_quantities(text):
        assert behind <= one.start <= one.number_start < one.number_end <= one.end <= len(text)
        assert one.unit in UNITS or one.unit in OTHER_UNITS
        assert one.qualifier in ("=", "~", ">", "<", ">=", "<=")
        assert one.value == one.value
        assert abs(one.value) < float("inf")
        assert one.upper is None or one.upper > one.value
        assert one.upper_start is None or one.number_end <= one.upper_start < one.end
        assert one.precision >= 0
        assert tuple(sorted(one.flags)) == one.flags
        behind = one.end


@given(st.text(max_size=120))
def test_any_text(text: str) -> None:
    holds(text)


@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_any_mix_of_words(text: str) -> None:
    holds(text)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_mix_of_glued_words(text: str) -> None:
    holds(text)


@given(st.integers(1, 999_999_999))
def test_grouped_counts_read_back(number: int) -> None:
    written = f"{number:,}".replace(",", ".") + " người"
    (one,) = parse_quantities("có " + written + " tham gia")
    assert (one.value, one.end - one.start, one.unit) == (number, len(written), "person")


@given(st.integers(0, 40_000))
def test_percentages_read_back(hundredths: int) -> None:
    written = f"{hundredths / 100:.2f}%".replace(".", ",")
    (one,) = parse_quantities("đạt " + written + " kế hoạch")
    assert one.value == pytest.approx(hundredths / 100)
    assert one.unit == "percent"


@given(st.lists(PIECES, max_size=20).map(" ".join))
def test_contract_text_only_is_not_asked_for(text: str) -> None:
    """Text in another Unicode form is read without fault too; in contract form it gives the same values."""
    decomposed = unicodedata.normalize("NFD", text)
    holds(decomposed)
    whole = contract_text(decomposed)
    assert [one.value for one in parse_quantities(whole)] == [
        one.value for one in parse_quantities(contract_text(text))
    ]


@pytest.mark.parametrize(
    "piece",
    [
        "7",
        "1.",
        "1,",
        "1 ",
        "123 ",
        "một ",
        "mười một ",
        "một phẩy ",
        "1 tỷ ",
        "5%-",
        "5-",
        "5/",
        "(1) ",
        "1 đến ",
        "trăm ",
        "1tr",
    ],
)
def test_long_runs_are_no_trap(piece: str) -> None:
    """A tenth of a megabyte of the same piece is read; that it is read in linear time is measured in bench/."""
    holds(piece * (100_000 // len(piece)))
