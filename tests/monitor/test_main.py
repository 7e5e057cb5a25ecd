"""The command line as a process: its ends, its streams, its speed-giving laziness."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.registry import load_sources
from monitor import main
from monitor.commands import COMMANDS, make
from monitor.reference import describe

ROOT = Path(__file__).parents[2]
GOOD = {"id": "good", "text": "Đến hết tháng 4/2020, tỉnh Lạng Sơn có 8.475 người tham gia BHXH tự nguyện."}


def process(tmp_path, *arguments, **more):
    environment = {**os.environ, "ANSINH_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "monitor.main", *arguments]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.PIPE,
        **more,
    )


def test_help_lists_every_command_and_only_those(ansinh):
    status, out, err = ansinh("--help")
    assert (status, err) == (0, "")
    listed = [line.split()[0] for line in out.partition("Lệnh:")[2].splitlines() if line.startswith("  ")]
    assert listed == list(COMMANDS)


def test_every_command_explains_itself_in_both_languages(ansinh):
    for name in COMMANDS:
        assert make(name) is not None
        status, vi, _ = ansinh(name, "--help")
        assert status == 0
        assert ansinh("--lang", "en", name, "--help")[1] != vi, name
    assert all(one.help and all(meaning for _, meaning in one.options) for one in describe("en"))


def test_help_imports_nothing_heavy(tmp_path):
    code = (
        "import sys; from monitor.main import run; run(['--help']); heavy = 'scrapy spacy trafilatura sqlite3 lxml';"
        "bad = {*heavy.split(), 'pydantic', 'jinja2', 'asyncio'} & set(sys.modules);"
        "print(sorted(bad), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_series_imports_nothing_heavy(tmp_path):
    code = (
        "import sys; from monitor.main import run; run(['series', '--area', 'VN', '--indicator', 'x']);"
        "bad = {'scrapy', 'spacy', 'trafilatura', 'lxml', 'jinja2', 'asyncio', 'typer._adapters'} & set(sys.modules);"
        "print(sorted(bad))"
    )
    environment = {**os.environ, "ANSINH_HOME": str(tmp_path)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment, check=False)
    assert done.stdout.strip() == "[]"


def test_the_language_may_stand_anywhere(ansinh):
    assert ansinh("--lang", "en", "series", "--help")[1] == ansinh("series", "--help", "--lang=en")[1]
    assert "Print one series" in ansinh("series", "-h", "--lang", "en")[1]


def test_a_reader_who_leaves_is_no_fault(tmp_path):
    rows = "\n".join(json.dumps({**GOOD, "id": str(n)}) for n in range(300))
    running = process(tmp_path, "extract", "-")
    running.stdout.close()
    assert finish(running, rows) == b""
    assert running.returncode == 0


def finish(running, text):
    try:
        running.stdin.write(text.encode())
        running.stdin.close()
    except BrokenPipeError:
        pass
    running.wait(60)
    return running.stderr.read()


def test_ctrl_c_is_one_line(tmp_path):
    # A runner in the background ignores SIGINT, and its children would too.
    heeding = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    running = process(tmp_path, "extract", "-", start_new_session=True, **heeding)
    running.stdin.write((json.dumps(GOOD) + "\n").encode())
    running.stdin.flush()
    assert running.stdout.readline()
    os.killpg(running.pid, signal.SIGINT)
    assert running.wait(30) == main.INTERRUPTED
    assert running.stderr.read().count(b"\n") == 1


def test_a_bug_is_one_line_and_its_trace_is_kept(ansinh, home, monkeypatch):
    monkeypatch.setattr("store.open_store", lambda *_, **__: 1 / 0)
    status, out, err = ansinh("review")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "ansinh-errors.log" in err
    assert "ZeroDivisionError" in (home / "ansinh-errors.log").read_text("utf-8")


@pytest.mark.parametrize(("number", "said"), [(28, "disk is full"), (13, "no right")])
def test_what_the_system_refuses_has_a_cure(ansinh, monkeypatch, number, said):
    def refuse(*_, **__):
        raise OSError(number, os.strerror(number), "/some/file")

    monkeypatch.setattr("store.open_store", refuse)
    status, _, err = ansinh("review")
    assert (status, err.count("\n")) == (2, 1)
    assert said in err and "/some/file" in err


def test_documents_come_through_a_pipe(tmp_path):
    running = process(tmp_path, "extract", "-")
    out, err = running.communicate((json.dumps(GOOD) + "\n").encode(), timeout=60)
    assert (running.returncode, err) == (0, b"")
    (row,) = [json.loads(line) for line in out.decode().splitlines()]
    assert (row["doc"], row["quote"], row["obs_value"]) == ("good", "8.475 người", 8475)
    assert GOOD["text"][row["start"] : row["end"]] == row["quote"]


def test_extract_prints_texts_and_unclaimed_numbers(ansinh, tmp_path):
    path = tmp_path / "bai.html"
    path.write_text(
        f"<html><body><h1>Tít</h1><p>{GOOD['text']}</p><p>{'Câu đệm cho dài. ' * 30}</p></body></html>", "utf-8"
    )
    status, text, _ = ansinh("extract", path, "--text")
    assert status == 0
    _, out, _ = ansinh("extract", path)
    for line in out.splitlines():
        row = json.loads(line)
        assert row["doc"] == "bai"
        assert text[row["start"] : row["end"]] == row["quote"]
    assert ansinh("extract", path, "--unclaimed", "--format", "json")[0] == 0
    assert ansinh("extract", path, "--format", "table")[1].splitlines()[0].startswith("tài liệu")


def test_extract_leads_from_a_figure_to_its_place_in_the_page(ansinh, tmp_path):
    path = tmp_path / "bai.html"
    told = GOOD["text"].replace("8.475 người", "<b>8.475</b>&nbsp;người")
    page = f"<html><body><h1>Tít</h1><p>{told}</p><p>{'Câu đệm cho dài. ' * 30}</p></body></html>"
    path.write_text(page, "utf-8")
    (row,) = [json.loads(line) for line in ansinh("extract", path, "--origin")[1].splitlines()]
    assert page[row["source_start"] : row["source_end"]] == "8.475</b>&nbsp;người"
    assert row["xpath"] == "/html/body/p[1]"
    (plain,) = [json.loads(line) for line in ansinh("extract", path)[1].splitlines()]
    assert plain == {key: value for key, value in row.items() if key not in ("xpath", "source_start", "source_end")}
    text = tmp_path / "bai.txt"
    text.write_text(GOOD["text"], "utf-8")
    (row,) = [json.loads(line) for line in ansinh("extract", text, "--origin")[1].splitlines()]
    assert (row["xpath"], row["source_start"], row["source_end"]) == (None, None, None)


def test_unclaimed_numbers_are_listed_over_the_store_and_by_source(ansinh, tmp_path):
    path = tmp_path / "rows.jsonl"
    rows = [{"id": name, "text": "Hội trao 312 suất quà và thẻ BHYT cho hộ nghèo."} for name in ("a", "b")]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert ansinh("ingest", path)[0] == 0
    (row,) = json.loads(ansinh("unclaimed", "--format", "json")[1])
    assert (row["quotes"], row["reason"], row["docs"]) == ("312 suất quà", "unknown unit", 2)
    status, out, err = ansinh("unclaimed", "--source", "khong-co")
    assert (status, out, err.count("\n")) == (2, "", 1)
    known = next(iter(load_sources()))
    assert json.loads(ansinh("unclaimed", "--source", known, "--format", "json")[1]) == []


def test_an_area_that_nobody_knows_is_told_and_the_document_is_read(ansinh, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({**GOOD, "area": "Lạng Sởn Tây"}), "utf-8")
    status, out, err = ansinh("extract", path)
    assert (status, out.count("\n"), err.count("\n")) == (0, 1, 1)
    assert "Lạng Sởn Tây" in err and "did you mean" in err
    path.write_text(json.dumps({**GOOD, "area": "Lạng Sơn (mới)"}), "utf-8")
    assert ansinh("extract", path)[0::2] == (0, "")


def test_reading_again_changes_nothing(ansinh, home, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({**GOOD, "title": None, "published": "2020-05-18", "area": "Lạng Sơn"}), "utf-8")
    first = json.loads(ansinh("ingest", path, "--format", "json")[1])
    again = json.loads(ansinh("ingest", path, "--format", "json")[1])
    assert (first[0]["new"], again[0]["new"]) == (1, 0)
    assert again[0]["documents"] == 1


def test_an_empty_series_is_an_empty_result(ansinh, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(GOOD), "utf-8")
    ansinh("ingest", path)
    asked = ["series", "--area", "Cao Bằng", "--indicator", "BHXH_TN.participants"]
    assert ansinh(*asked) == (0, "", "")
    assert ansinh(*asked, "--format", "json") == (0, "[]\n", "")


def test_a_digest_of_a_quiet_day_says_so(ansinh, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(GOOD), "utf-8")
    ansinh("ingest", path)
    status, out, _ = ansinh("digest", "--date", "2019-01-01")
    assert status == 0
    assert "Không có số liệu mới trong ngày." in out
    assert json.loads(ansinh("digest", "--date", "1/1/2019", "--format", "json")[1])["day"] == "2019-01-01"
    assert ansinh("digest", "--date", "2019-01-01", "--format", "html")[1].startswith("<!DOCTYPE html>")
