"""Web archives handed in: our own and foreign ones, whole and damaged, twice."""

import gzip
import json
import os
from datetime import UTC, datetime

import pytest

from crawler.archive import Archive
from model.records import Page
from store import open_store

FIGURE = "Đến hết tháng 4/2020, tỉnh Lạng Sơn có 8.475 người tham gia BHXH tự nguyện."
PADDING = "Cán bộ đi từng nhà, nói từng điều về quyền lợi khi về già của người lao động. " * 8


def html(text):
    return (
        f"<html><head><title>Tin</title></head><body><h1>Tin</h1><p>{text}</p><p>{PADDING}</p></body></html>".encode()
    )


def foreign(url, body, *, status=200, headers="", day=18):
    """One record as a foreign crawler writes it."""
    head = f"HTTP/1.1 {status} OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n".encode()
    block = head + body
    fields = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"WARC-Date: 2020-05-{day}T03:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(fields.encode() + block + b"\r\n\r\n")


@pytest.fixture
def warc(tmp_path):
    path = tmp_path / "CC-NEWS.warc.gz"
    path.write_bytes(
        foreign("https://www.baoquangninh.vn/bai-1-3001.html?utm_source=x", html(FIGURE))
        + foreign("https://bao.example/bong-da-2.html", html("Đội chủ nhà thắng 3-1."))
        + foreign("https://bao.example/gone.html", html(FIGURE), status=404)
        + foreign("https://bao.example/goi-3.html", gzip.compress(html(FIGURE)), headers="Content-Encoding: gzip\r\n")
    )
    return path


def documents(home):
    with open_store(home / "ansinh.db", readonly=True) as store:
        return {row["doc"]: row for row in store.articles()}, store.contents()["all"]


def test_a_foreign_archive_yields_its_articles_on_insurance(ansinh, home, warc):
    status, out, err = ansinh("ingest", warc, "--format", "json")
    assert (status, err) == (0, "")
    assert json.loads(out)[0]["documents"] == 2
    found, before = documents(home)
    assert (
        set(found) == {"https://www.baoquangninh.vn/bai-1-3001.html", "https://bao.example/goi-3.html"}
        or len(found) == 2
    )
    assert all(row["observations"] == 1 for row in found.values())
    assert any(row["source"] == "baoquangninh" for row in found.values())
    assert list(Archive(home / "archive").verify()) == []
    status, out, _ = ansinh("ingest", warc, "--format", "json")
    assert (status, json.loads(out)[0]["documents"]) == (0, 0)
    assert documents(home)[1] == before


def test_a_cut_archive_is_told_and_what_is_whole_is_read(ansinh, home, warc):
    warc.write_bytes(warc.read_bytes()[:-30])
    status, _, err = ansinh("ingest", warc)
    assert status == 2
    assert err.count("\n") == 1 and "cut off or damaged" in err
    assert len(documents(home)[0]) == 1


@pytest.mark.parametrize("content", [b"", b"no gzip", gzip.compress(b"no warc")])
def test_what_is_no_archive_is_one_line(ansinh, home, tmp_path, content):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    status, _, err = ansinh("ingest", path)
    assert (status, err.count("\n")) == (2, 1)
    assert "Traceback" not in err


def test_our_own_archive_brings_its_sources_along(ansinh, home, tmp_path):
    page = Page(
        url="https://bao.example/bai-1.html",
        fetched_url="https://bao.example/bai-1.html",
        source="baoquangninh",
        fetched_at=datetime(2020, 5, 18, 3, tzinfo=UTC),
        status=200,
        headers={"content-type": "text/html"},
        body=html(FIGURE),
        kind="article",
        area="Quảng Ninh",
    )
    with Archive(tmp_path / "other") as archive:
        name = archive.open_run("run", datetime(2020, 5, 18, 3, tzinfo=UTC))
        archive.append(page)
    status, _, _ = ansinh("ingest", tmp_path / "other" / name, "--workers", "1")
    assert status == 0
    (row,) = documents(home)[0].values()
    assert (row["source"], row["observations"]) == ("baoquangninh", 1)


def test_a_later_capture_that_says_the_same_is_no_version(tmp_path, home, ansinh):
    """Whether both captures lie in one file, in two, or in two runs; an edit between them is kept."""

    def capture(day, clock, text=FIGURE):
        body = html(text).replace(b"<body>", f"<body><div>{clock}</div>".encode())
        return foreign("https://bao.example/bai-9.html", body, day=day)

    files = []
    for number, records in enumerate(
        ([capture(18, "sang"), capture(19, "trua")], [capture(20, "chieu")], [capture(21, "toi", FIGURE + " Đã sửa.")])
    ):
        files.append(tmp_path / f"{number}.warc.gz")
        files[-1].write_bytes(b"".join(records))
    assert ansinh("ingest", str(files[0]), str(files[1]))[0] == 0
    assert ansinh("ingest", str(files[1]), str(files[2]))[0] == 0
    with open_store(home / "ansinh.db", readonly=True) as store, store.reading() as db:
        assert db.execute("SELECT count(*), count(DISTINCT digest) FROM articles").fetchone() == (2, 2)
        assert db.execute("SELECT count(*) FROM pages").fetchone() == (2,)
    assert ansinh("rebuild", "--check")[0] == 0


def test_what_a_killed_rebuild_left_is_removed_and_what_another_makes_is_not(home, ansinh):
    assert ansinh("sql", "SELECT 1")[0] == 0
    dead, alive = home / ".rebuild-99999999", home / f".rebuild-{os.getppid()}"
    for left in (dead, alive):
        left.mkdir()
        (left / "ansinh.db").write_bytes(b"half")
    assert ansinh("rebuild", "--check")[0] == 0
    assert not dead.exists() and alive.exists()


def test_points_that_wait_are_not_compared_and_that_is_said(home, ansinh, tmp_path):
    row = {"id": "x", "text": FIGURE, "published": "2020-05-05", "area": "Lạng Sơn"}
    (tmp_path / "x.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    assert ansinh("ingest", tmp_path / "x.jsonl")[0] == 0
    with open_store(home / "ansinh.db") as store, store.transaction() as db:  # as a killed ingest leaves it
        db.execute("INSERT INTO unsettled (series_id, period_end) SELECT series_id, period_end FROM points")
    status, tables, told = ansinh("rebuild", "--check")
    assert (status, "points" in tables, "ansinh read" in told) == (0, False, True)
    assert ansinh("read")[0] == 0
    status, tables, told = ansinh("rebuild", "--check")
    assert (status, "points" in tables, "ansinh read" in told) == (0, True, False)
