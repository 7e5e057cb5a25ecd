"""Every form is read back by another library and compared with the store."""

import csv
import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import openpyxl
import pytest

from model.cells import DANGEROUS, tamed
from model.errors import InputError, MissingExtraError
from model.records import Point
from store import Store
from store.exports import FORMS, export, write_package
from store.exports.rows import columns, flat
from store.exports.sdmx import structure_xml, time_period
from tests.store.made import figure, reading, total

EVIL = '=HYPERLINK("http://x.example";"a")'


@pytest.fixture
def points(store: Store) -> list[Point]:
    store.save_reading(reading("a", figure(8475, sentence="Có 8.475 người; “đủ” \n\tdấu.")))
    store.save_reading(reading("b", figure(8490), published=date(2020, 5, 9), outlet=EVIL))
    share = figure(-4.6, "4,6%", unit="percent", measure="change_pct", base_end=date(2019, 4, 30), start=90)
    store.save_reading(reading("c", share, total(44.5e9, date(2020, 1, 1), date(2020, 4, 30), "44,5 tỷ đồng")))
    ask = ("Lạng Sơn", "BHXH_TN.participants")
    return store.series(*ask) + store.series(*ask, "change_pct") + store.series("Lạng Sơn", "BHXH.revenue")


def test_csv_opens_in_a_vietnamese_spreadsheet(points: list[Point]) -> None:
    raw = export(points, "csv", vintage="as-of 2020-06-01")
    assert raw.startswith(b"\xef\xbb\xbf") and b"\r\n" in raw
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert csv.Sniffer().sniff(raw.decode("utf-8-sig").splitlines()[0]).delimiter == ";"
    assert [row["obs_value"] for row in rows] == ["8490", "-4,6", "44500000000"]
    assert rows[0]["outlet"] == "'" + EVIL and rows[0]["vintage"] == "as-of 2020-06-01"
    assert rows[0]["quote"] == "8.490 người" and rows[0]["source_url"] == "https://bao.example/b"
    texts = {column.name for column in columns() if column.type == "text"}
    free = texts - {"qualifier"}
    assert not [cell for row in rows for name, cell in row.items() if name in free and cell.startswith(DANGEROUS)]


@pytest.mark.parametrize("text", [*(f"{letter}cmd" for letter in DANGEROUS), "-1+1"])
def test_no_text_is_taken_for_a_formula(text: str) -> None:
    assert tamed(text) == "'" + text and tamed("Lạng Sơn") == "Lạng Sơn"


def test_xlsx_is_read_back_by_openpyxl(points: list[Point]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(points, "xlsx")))
    sheet = book["Số liệu"]
    heads = [cell.value for cell in sheet[1]]
    assert heads == [column.heading for column in columns()]
    for line, row in enumerate(flat(points), 2):
        got = {column.name: sheet.cell(line, place).value for place, column in enumerate(columns(), 1)}
        assert {name: _plain(value) for name, value in got.items()} == {
            name: value or None if isinstance(value, str) else value for name, value in row.items()
        }
    assert sheet.cell(2, heads.index("Giá trị") + 1).number_format == "#,##0"
    assert sheet.cell(2, heads.index("Đến ngày") + 1).number_format == "dd/mm/yyyy"
    assert sheet.cell(2, heads.index("Nguồn tin") + 1).data_type == "s"
    reports = list(book["Nguồn"].iter_rows(min_row=2, values_only=True))
    assert len(reports) == sum(len(point.reports) for point in points)
    assert {"8.475 người", "8.490 người"} <= {row[5] for row in reports}
    assert book["Chú giải"].max_row == len(columns())


def _plain(value: Any) -> Any:
    return value.date().isoformat() if isinstance(value, datetime) else value


def test_parquet_is_read_back_by_duckdb_and_polars(points: list[Point], tmp_path: Path) -> None:
    duckdb, polars = pytest.importorskip("duckdb"), pytest.importorskip("polars")
    path = tmp_path / "series.parquet"
    path.write_bytes(export(points, "parquet"))
    names = [column.name for column in columns()]
    found = duckdb.sql(f"SELECT * FROM '{path}'").fetchall()
    expected = [tuple(row[name] for name in names) for row in flat(points)]
    assert [tuple(cell.isoformat() if isinstance(cell, date) else cell for cell in row) for row in found] == expected
    frame = polars.read_parquet(path)
    assert frame.schema["obs_value"] == polars.Float64 and frame.schema["period_end"] == polars.Date


def test_json_is_the_contracts(points: list[Point]) -> None:
    rows = json.loads(export(points, "json"))
    assert [row["obs_value"] for row in rows] == [8490, -4.6, 44500000000]
    assert rows[0]["revisions"][0]["quote"] == "8.475 người" and len(rows[0]["reports"]) == 2
    lines = export(points, "jsonl").decode().splitlines()
    assert [json.loads(line) for line in lines] == rows


def test_sdmx_csv_follows_its_structure(points: list[Point]) -> None:
    raw = export(points, "sdmx-csv")
    rows = list(csv.DictReader(io.StringIO(raw.decode(), newline="")))
    assert list(rows[0])[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    assert [row["TIME_PERIOD"] for row in rows] == ["2020-04-30", "2020-04-30", "2020-01-01/P121D"]
    assert [float(row["OBS_VALUE"]) for row in rows] == [point.obs_value for point in points]
    root = Xml.fromstring(structure_xml())
    space = {"s": "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure"}
    dimensions = [one.get("id") for one in root.iterfind(".//s:DimensionList/*", space)]
    attributes = [one.get("id") for one in root.iterfind(".//s:Attribute", space)]
    assert list(rows[0])[3:] == [*dimensions, "OBS_VALUE", *attributes]
    measures = {one.get("id") for one in root.iterfind(".//s:Codelist[@id='CL_MEASURE']/s:Code", space)}
    assert {row["MEASURE"] for row in rows} <= measures
    assert {row["OBS_STATUS"] for row in rows} == {"A"}


def test_sdmx_is_read_back_by_an_sdmx_library(points: list[Point], tmp_path: Path) -> None:
    sdmx = pytest.importorskip("sdmx", reason="sdmx1 is not installed: pip install sdmx1")
    (tmp_path / "structure.xml").write_bytes(structure_xml())
    message = sdmx.read_sdmx(tmp_path / "structure.xml")
    [structure] = message.structure.values()
    assert structure.id == "SERIES" and [one.id for one in structure.measures] == ["OBS_VALUE"]
    (tmp_path / "series.csv").write_bytes(export(points, "sdmx-csv"))
    data = sdmx.read_sdmx(tmp_path / "series.csv", structure=structure).data[0]
    assert [float(one.value) for one in data.obs] == [point.obs_value for point in points]


def test_time_periods_of_totals_without_a_start() -> None:
    assert time_period({"period_start": None, "period_end": "2020-04-30"}) == "2020-04-30"


def test_a_data_package_is_read_back_by_pandas(points: list[Point], tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    files = write_package(points, tmp_path / "package", vintage="now")
    assert {path.name for path in files} == {"datapackage.json", "points.csv", "reports.csv", "LICENCE.md"}
    descriptor = json.loads((tmp_path / "package" / "datapackage.json").read_text("utf-8"))
    assert descriptor["licenses"] and descriptor["sources"]
    for resource in descriptor["resources"]:
        frame = pandas.read_csv(tmp_path / "package" / resource["path"])
        assert list(frame.columns) == [field["name"] for field in resource["schema"]["fields"]]
    frame = pandas.read_csv(tmp_path / "package" / "points.csv")
    assert list(frame["obs_value"]) == [point.obs_value for point in points]
    reports = pandas.read_csv(tmp_path / "package" / "reports.csv")
    assert sorted(reports["role"].unique()) == ["reports", "revision", "stands"]


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_series_is_an_empty_table(form: str) -> None:
    assert export([], form) is not None


def test_an_unknown_form_lists_the_known(points: list[Point]) -> None:
    with pytest.raises(InputError, match="sdmx-csv"):
        export(points, "dbf")


def test_a_missing_package_names_its_extra(points: list[Point], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(MissingExtraError, match=r"ansinh\[xlsx\]"):
        export(points, "xlsx")
