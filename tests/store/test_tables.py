"""The words about the tables agree with the database and with docs/tables.md."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docs.tables import PATH, text
from store import Store
from store.described import datasette_metadata, questions, tables
from tests.store.made import figure, reading


def test_every_table_view_and_column_is_described(store: Store) -> None:
    found = {}
    for name, kind in store.connection.execute(
        "SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'"
        " AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'articles\\_fts\\_%' ESCAPE '\\'"
    ).fetchall():
        found[name] = kind, [row[1] for row in store.connection.execute(f"PRAGMA table_info({name})")]
    described = {one.name: ("view" if one.kind == "view" else "table", list(one.columns)) for one in tables()}
    assert described == found


def test_what_is_called_kept_is_held_by_triggers(store: Store) -> None:
    held = {
        row[0] for row in store.connection.execute("SELECT tbl_name FROM sqlite_schema WHERE name LIKE '%_no_delete'")
    }
    assert {one.name for one in tables() if one.kind == "kept"} == held


def test_the_page_agrees_with_the_code() -> None:
    assert PATH.read_text("utf-8") == text(), "run `python -m docs.tables`"


@pytest.mark.parametrize("name", [one.name for one in questions()])
def test_canned_questions_run(store: Store, name: str) -> None:
    store.save_reading(reading("a", figure()))
    store.settle()
    sql = next(one.sql for one in questions() if one.name == name)
    values = {"area": "2024:20", "indicator": "BHXH_TN.participants", "measure": "level", "words": "Tin"}
    rows = store.connection.execute(sql, values).fetchall()
    assert (len(rows) == 1) is (name not in ("contradictions", "unclaimed"))


def test_datasette_opens_the_file_as_it_is(store: Store, tmp_path: Path) -> None:
    if not shutil.which("datasette", path=str(Path(sys.executable).parent)):
        pytest.skip("datasette is not installed: pip install 'ansinh[analyst]'")
    store.save_reading(reading("a", figure()))
    store.settle()
    (tmp_path / "metadata.json").write_text(json.dumps(datasette_metadata()), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "datasette", str(store.path), "--metadata", str(tmp_path / "metadata.json"),
         "--get", "/ansinh/series.json?area=2024:20&indicator=BHXH_TN.participants&measure=level&_shape=array"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [row["obs_value"] for row in json.loads(done.stdout)] == [8475.0]
