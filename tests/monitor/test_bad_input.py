"""Whatever is handed in: one line, exit 2, and a store that is as it was."""

import gzip
import json
import os
import random
import sqlite3

import pytest

import store.connection
from monitor.documents import LONGEST
from store import open_store

GOOD = {"id": "good", "text": "Đến hết tháng 4/2020, tỉnh Lạng Sơn có 8.475 người tham gia BHXH tự nguyện."}

NOISE = random.Random(2020).randbytes(9999).replace(b"\n", b"n")
"""Bytes that no packer makes shorter."""


@pytest.fixture
def kept(home, ansinh, tmp_path):
    """A store that holds one document; gives a function that says what the store holds."""
    path = tmp_path / "good.jsonl"
    path.write_text(json.dumps(GOOD), "utf-8")
    assert ansinh("ingest", path)[0] == 0

    def contents():
        with open_store(home / "ansinh.db", readonly=True) as opened:
            return opened.contents()["all"], opened.connection.execute("PRAGMA integrity_check").fetchone()

    return contents


FILES = {
    "binary.txt": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 40,
    "binary.html": bytes(range(256)) * 30,
    "binary.jsonl": b"\0\1\2\3" * 400,
    "empty.txt": b"",
    "empty.html": b"",
    "empty.jsonl": b"",
    "line.txt": b"9 " * (10 * 2**20),
    "line.jsonl": b'{"id": "x", "text": "' + b"9 " * (10 * 2**20) + b'"}',
    "line.html": b"<p>" + b"9 " * (10 * 2**20),
    "cut.txt.gz": gzip.compress(b"tin " * 99999 + NOISE)[:-500],
    "cut.jsonl.gz": gzip.compress(json.dumps(GOOD).encode() + NOISE)[:-500],
    "broken.jsonl": b"{not json\n",
    "folder.txt": None,
    "news.docx": b"x",
}


@pytest.mark.parametrize("command", ["extract", "ingest"])
@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_one_line_and_changes_nothing(ansinh, kept, tmp_path, command, name):
    path = tmp_path / name
    if FILES[name] is None:
        path.mkdir()
    else:
        path.write_bytes(FILES[name])
    before = kept()
    status, out, err = ansinh(command, path, "--format", "jsonl")
    assert status == 2
    assert err.count("\n") == 1 and name in err and len(err) < 500
    assert "Traceback" not in err
    assert command == "ingest" or out == ""
    assert kept() == before


@pytest.mark.parametrize("command", ["extract", "ingest"])
def test_missing_and_unreadable_paths(ansinh, kept, tmp_path, command):
    status, out, err = ansinh(command, tmp_path / "nowhere.txt")
    assert (status, out, err.count("\n")) == (2, "", 1)
    if os.geteuid() == 0:
        return
    path = tmp_path / "closed.txt"
    path.write_text("x")
    path.chmod(0)
    status, out, err = ansinh(command, path)
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_one_broken_line_does_not_hide_the_others(ansinh, kept, tmp_path):
    path = tmp_path / "mixed.jsonl"
    rows = [json.dumps({**GOOD, "id": "one"}), "{broken", json.dumps({**GOOD, "id": "two"})]
    path.write_text("\n".join(rows), "utf-8")
    status, out, err = ansinh("extract", path)
    assert status == 1
    assert {json.loads(line)["doc"] for line in out.splitlines()} == {"one", "two"}
    assert err.count("\n") == 1 and "line 2" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["series", "--area", "Lạng Sơm", "--indicator", "BHXH_TN.participants"], "Lạng Sơn"),
        (["series", "--area", "2024:99", "--indicator", "BHXH_TN.participants"], "2024:99"),
        (["series", "--area", "Lạng Sơn", "--indicator", "BHXH_TN.participant"], "BHXH_TN.participants"),
        (["series", "--area", "Lạng Sơn", "--indicator", "BHXH_TN.participants", "--measure", "levels"], "level"),
        (["series", "--area", "Lạng Sơn", "--indicator", "BHXH_TN.participants", "--as-of", "hôm qua"], "30/4/2020"),
        (["series", "--area", "Lạng Sơn", "--indicator", "BHXH_TN.participants", "--areas", "1999"], "2025"),
        (["series", "--area", "Lạng Sơn", "--indicator", "BHXH_TN.participants", "--format", "xml"], "csv"),
        (["series", "--area", "Châu Thành", "--indicator", "BHXH_TN.participants"], "Châu Thành"),
        (["series", "--indicator", "BHXH_TN.participants"], "--area"),
        (["series", "--colour", "red"], "--help"),
        (["serie"], "series"),
        ([], "--help"),
        (["sources"], "--help"),
        (["extract"], "--help"),
        (["crawl", "nosuchnewspaper"], "nosuchnewspaper"),
        (["digest", "--date", "2020-13-45"], "2020-13-45"),
        (["compare", "--indicator", "BHXH.x"], "BHXH"),
        (["review", "--kind", "odder"], "odd"),
        (["--lang", "fr", "review"], "fr"),
        (["plan", "import", "nowhere.csv"], "nowhere.csv"),
    ],
)
def test_wrong_use_is_one_line_with_its_cure(ansinh, kept, arguments, said):
    before = kept()
    status, out, err = ansinh(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("ansinh: ") and said in err
    assert kept() == before


@pytest.mark.parametrize(
    "command",
    [["series", "--area", "Lạng Sơn", "--indicator", "BHXH_TN.participants"], ["review"], ["digest"]],
)
def test_asking_a_home_that_was_never_used_answers_nothing(ansinh, command):
    """Contract 6: a known area without points is an empty result, a day with nothing still has its digest."""
    status, _, err = ansinh(*command)
    assert (status, err) == (0, "")


@pytest.mark.parametrize(
    "arguments", [["ingest", "good.jsonl"], ["review"], ["crawl", "vtcnews"], ["serve", "--port", "0"]]
)
def test_a_newer_database_is_left_alone(ansinh, home, kept, tmp_path, arguments, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with sqlite3.connect(home / "ansinh.db") as database:
        database.execute("PRAGMA user_version = 9999")
    before = (home / "ansinh.db").read_bytes()
    status, out, err = ansinh(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "newer" in err
    assert (home / "ansinh.db").read_bytes() == before


def test_a_damaged_database_is_told(ansinh, home, kept):
    (home / "ansinh.db").write_bytes(b"not a database at all" * 500)
    status, out, err = ansinh("review")
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_a_full_disk_keeps_what_was_stored(ansinh, kept, tmp_path, monkeypatch):
    opened = store.connection._open

    def full(path, *, readonly):
        connection = opened(path, readonly=readonly)
        connection.execute("PRAGMA max_page_count = 1")  # SQLite answers with the size it has: no page more
        return connection

    before = kept()
    path = tmp_path / "more.jsonl"
    rows = ({**GOOD, "id": f"{n}", "text": GOOD["text"] + f" Bản {n}. " * 300} for n in range(99))
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    monkeypatch.setattr(store.connection, "_open", full)
    status, _, err = ansinh("ingest", path)
    monkeypatch.undo()
    assert status == 2
    assert err.count("\n") == 1 and "full" in err
    assert kept()[1] == ("ok",)
    assert before[1] == ("ok",)


def test_a_document_at_the_limit_is_read(ansinh, tmp_path):
    path = tmp_path / "long.txt"
    path.write_bytes(b"a" * 999 + b"\n" + b"chu " * 1000)
    assert LONGEST > 10 * 2**20
    assert ansinh("extract", path)[0] == 0
