from datetime import date
from pathlib import Path

import openpyxl
import pytest

from model.errors import InputError
from store import Store
from store.office_rows import read_rows
from tests.store.made import figure, reading

HEAD = "area;indicator;of;year;value;unit;issuer;document\n"
ROW = "Lạng Sơn;BHXH_TN.participants;level;2020;17.000;person;HĐND tỉnh;NQ 12\n"


def plan(folder: Path, text: str, name: str = "plan.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_plan_becomes_a_target_beside_the_press(store: Store, tmp_path: Path) -> None:
    done = store.import_office(plan(tmp_path, HEAD + ROW), "plan", "duty")
    assert (done.new, done.known, done.revised) == (1, 0, 0)
    [point] = store.series("Lạng Sơn", "BHXH_TN.participants", "target")
    assert (point.obs_value, point.issuer, point.of, point.why) == (17000, "HĐND tỉnh", "level", "official figure")
    assert (point.period_start, point.period_end) == (date(2020, 1, 1), date(2020, 12, 31))
    assert point.reports[0].doc == "NQ 12" and point.reports[0].group.startswith("office:")
    assert store.connection.execute("SELECT count(*) FROM observations").fetchone() == (0,)


def test_importing_again_changes_nothing_and_a_new_value_is_a_new_row(store: Store, tmp_path: Path) -> None:
    store.import_office(plan(tmp_path, HEAD + ROW), "plan")
    assert store.import_office(plan(tmp_path, HEAD + ROW), "plan").known == 1
    done = store.import_office(plan(tmp_path, HEAD + ROW.replace("17.000", "18.000")), "plan")
    assert (done.new, done.revised) == (1, 1)
    [point] = store.series("Lạng Sơn", "BHXH_TN.participants", "target")
    assert (point.obs_value, len(point.reports)) == (18000, 1)
    assert [one.obs_value for one in store.office_figures("plan")] == [18000]


def test_official_figures_outrank_the_press(store: Store, tmp_path: Path) -> None:
    store.save_reading(reading("a", figure(9875)))
    path = plan(
        tmp_path,
        "Địa phương;Chỉ tiêu;Đến ngày;Giá trị;Đơn vị;Văn bản\n"
        "Lạng Sơn;BHXH_TN.participants;30/4/2020;8475;person;BC 1\n",
    )
    store.import_office(path, "official")
    [point] = store.series("Lạng Sơn", "BHXH_TN.participants")
    assert (point.obs_value, point.status, point.flags) == (8475, "settled", ("press-differs", "revised"))
    assert len(point.reports) == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff", "\ufeffsep={0}\n"])
def test_csv_in_the_forms_of_spreadsheets(tmp_path: Path, delimiter: str, start: str) -> None:
    text = start.format(delimiter) + (HEAD + ROW).replace(";", delimiter)
    assert read_rows(plan(tmp_path, text), "plan")[0].value == 17000


def test_headings_in_vietnamese(tmp_path: Path) -> None:
    head = "Địa phương;Chỉ số;Năm;Giá trị;Đơn vị;Đơn vị giao;Văn bản\n"
    [row] = read_rows(
        plan(tmp_path, head + "Lạng Sơn;BHXH_TN.participants;2020;17.000;người;HĐND tỉnh;NQ 12\n"), "plan"
    )
    assert (row.area, row.value, row.unit, row.issuer) == ("2024:20", 17000, "person", "HĐND tỉnh")
    with pytest.raises(InputError) as wrong:
        read_rows(plan(tmp_path, head.replace("Văn bản", "Giấy tờ")), "plan")
    assert "document" in wrong.value.fault and "document (van ban)" in str(wrong.value.cure)


def test_xlsx_with_typed_cells(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["area", "indicator", "period_end", "value", "unit", "document", "measure"])
    sheet.append(["2024:20", "BHXH_TN.participants", date(2020, 4, 30), 8475, "person", "BC 1", None])
    book.save(tmp_path / "o.xlsx")
    [row] = read_rows(tmp_path / "o.xlsx", "official")
    assert (row.area, row.period_start, row.period_end, row.value, row.measure) == (
        "2024:20", date(2020, 4, 30), date(2020, 4, 30), 8475.0, "level",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [("17.000", "person", 17000), ("17,000", "person", 17000), ("1.234.567", "VND", 1234567), ("98,9", "percent", 98.9),
     ("98.9%", "percent", 98.9), ("1.234,5", "VND", 1234.5), ("12.345", "percent", 12.345), ("0", "person", 0),
     ("17.000", "người", 17000), ("18,5", "Nghìn người", 18500),
     ("1,2", "triệu người", 1.2e6), ("0,5", "triệu đồng", 5e5), ("98,9", "%", 98.9)],
)  # fmt: skip
def test_numbers_as_offices_write_them(tmp_path: Path, written: str, unit: str, value: float) -> None:
    row = f"Lạng Sơn;BHXH_TN.participants;level;2020;{written};{unit};HĐND tỉnh;NQ 12\n"
    assert read_rows(plan(tmp_path, HEAD + row), "plan")[0].value == value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no column"), ("area;value\n", "no column indicator"),
        (HEAD.replace("year", "jahr") + ROW, "neither year nor period_end"),
        (HEAD + ROW.replace("Lạng Sơn", "Lạng Sơm"), "row 2: unknown area"),
        (HEAD + ROW.replace("17.000", "mười"), "row 2: 'mười' is no number"),
        (HEAD + ROW.replace("17.000", "17.00.0"), "is no number"),
        (HEAD + ROW.replace("person", "quả"), "is no unit"),
        (HEAD + ROW.replace("HĐND tỉnh", ""), "no issuer"),
        (HEAD + ROW.replace("2020", "năm nay"), "is no year"),
        (HEAD + ROW.replace("BHXH_TN.participants", "số người"), "is no indicator"),
        (HEAD + ROW + ROW.replace("17.000", "16.000"), "two rows give"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_whole_and_says_where(store: Store, tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        store.import_office(plan(tmp_path, text), "plan")
    assert store.office_figures("plan") == []


def test_files_that_are_no_tables(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xff\xfe\x00binary")
    (tmp_path / "a.xlsx").write_bytes(b"not a zip")
    for name in ("a.csv", "a.xlsx", "none.csv"):
        with pytest.raises(InputError):
            read_rows(tmp_path / name, "plan")


@pytest.mark.parametrize(
    ("written", "unit"), [("-5", "person"), ("5000000000000000000000000000000", "person"), ("120000", "percent")]
)
def test_nonsense_is_refused_and_names_its_row(tmp_path: Path, written: str, unit: str) -> None:
    row = f"Lạng Sơn;BHXH_TN.participants;level;2020;{written};{unit};HĐND tỉnh;NQ 12\n"
    with pytest.raises(InputError, match=r"row 2: .* not plausible"):
        read_rows(plan(tmp_path, HEAD + row), "plan")
