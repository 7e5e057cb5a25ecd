import csv
import io
import json

import pytest

from model.errors import InputError
from monitor import printing, streaming

ROWS = [
    {"name": "Lạng Sơn", "value": 8475, "note": None},
    {"name": "=1+1", "value": 98.9, "note": ["a", "b"]},
]


def test_a_table_is_aligned_by_what_is_seen():
    text = printing.table_text([{"a": "Cao Bằng", "n": 1}, {"a": "Hồ\u0302", "n": 1200}], ("a", "n"))
    lines = text.splitlines()
    assert lines[0].startswith("a")
    assert [printing.width(line) for line in lines] == [printing.width(lines[0])] * 3


def test_nothing_in_a_table_commands_the_terminal():
    text = printing.table_text([{"a": "Tin \x1b[31mđỏ\x07 \u202eabc\rxóa"}], ("a",))
    assert text.splitlines() == ["a", "Tin [31mđỏ abc xóa"]


def test_csv_opens_in_a_vietnamese_spreadsheet_and_holds_no_formulas(capfdbinary):
    for text in (printing.csv_text(ROWS, ("name", "value", "note")), _streamed(capfdbinary)):
        assert text.startswith("\ufeff")
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
        assert rows == [["name", "value", "note"], ["Lạng Sơn", "8475", ""], ["'=1+1", "98,9", "a; b"]]


def _streamed(capfdbinary):
    streaming.emit_stream(ROWS, "csv", None, ("name", "value", "note"))
    return capfdbinary.readouterr().out.decode()


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_keeps_vietnamese(form, capfdbinary):
    printing.emit_rows(ROWS, form)
    text = capfdbinary.readouterr().out.decode()
    assert "Lạng Sơn" in text
    rows = json.loads(text) if form == "json" else [json.loads(line) for line in text.splitlines()]
    assert rows == json.loads(json.dumps(ROWS))


def test_no_rows_print_an_empty_result(capfdbinary):
    printing.emit_rows([], "json")
    assert json.loads(capfdbinary.readouterr().out) == []
    printing.emit_rows([], "jsonl")
    assert capfdbinary.readouterr().out == b""


def test_output_is_written_whole(tmp_path):
    target = tmp_path / "new" / "out.csv"
    printing.emit_rows(ROWS, "csv", target)
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [path.name for path in target.parent.iterdir()] == ["out.csv"]


def test_an_unwritable_output_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        printing.emit("x", tmp_path / "file" / "below")


def test_unknown_and_binary_formats_are_refused(monkeypatch):
    with pytest.raises(InputError, match="unknown format 'xml'"):
        printing.check_format("xml")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    with pytest.raises(InputError, match="binary"):
        printing.check_format("parquet", ("table", "parquet"))
