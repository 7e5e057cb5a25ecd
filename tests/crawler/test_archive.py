"""The archive: what is written comes back, others can read it, and damage is found or mended."""

import gzip
import os
import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import Archive
from crawler.recorder import recover
from crawler.scratch import ScratchMemory
from model.errors import ArchiveError
from model.records import Page

NOW = datetime(2026, 11, 20, 2, 3, 4, 567890, tzinfo=UTC)


def page(number=1, body=None, **more):
    return Page(
        url=f"https://bao.vn/bai-{number}.html", fetched_url=f"https://bao.vn/bai-{number}.html?x=1", source="bao",
        fetched_at=NOW, status=200, headers={"content-type": "text/html", "etag": '"1"', "content-encoding": "gzip"},
        body=body if body is not None else f"<p>Bài số {number}: 8.475 người</p>".encode() * 50, kind="article",
        robots="allowed", title="Tiêu đề có dấu: ế ộ ự", published=date(2026, 11, 19), area="Lạng Sơn", **more,
    )  # fmt: skip


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path / "archive")


def filled(archive, count=5, run="chay-1"):
    archive.open_run(run, NOW)
    kept = [archive.append(page(number)) for number in range(count)]
    archive.close()
    return kept


def test_what_is_written_comes_back_whole(archive):
    for kept in filled(archive):
        assert archive.read(kept.warc_file, kept.warc_offset) == kept
        assert kept.digest.startswith("sha256:")


def test_warcio_and_fastwarc_read_it(archive):
    kept = filled(archive, 3)
    path = archive.folder / kept[0].warc_file
    with path.open("rb") as file:
        records = [
            (r.rec_type, r.rec_headers.get_header("WARC-Target-URI"), r.content_stream().read())
            for r in ArchiveIterator(file)
        ]
    assert [one[0] for one in records] == ["warcinfo", "response", "response", "response"]
    assert [one[2] for one in records[1:]] == [one.body for one in kept]
    fastwarc = pytest.importorskip("fastwarc.warc")
    with path.open("rb") as file:
        found = [
            (r.http_headers.status_code, r.verify_block_digest(), r.reader.read())
            for r in fastwarc.ArchiveIterator(file)
            if r.record_type == fastwarc.WarcRecordType.response
        ]
    assert len(found) == 3
    assert all(status == 200 for status, _, _ in found)


@given(body=st.binary(max_size=5000), title=st.text(max_size=80) | st.none(), status=st.integers(200, 599))
@settings(max_examples=60, deadline=None)
def test_any_body_title_and_status_come_back(tmp_path_factory, body, title, status):
    archive = Archive(tmp_path_factory.mktemp("archive"))
    archive.open_run("chay", NOW)
    kept = archive.append(replace(page(body=body), title=title, status=status))
    archive.close()
    again = archive.read(kept.warc_file, kept.warc_offset)
    assert again.body == body and again.status == status and again.title == (title or None)


def test_every_flipped_byte_of_a_record_is_found(archive):
    kept = filled(archive, 4)
    path = archive.folder / kept[0].warc_file
    good = path.read_bytes()
    assert not list(archive.verify())
    chance = random.Random(7)
    for place in [*range(12), *chance.sample(range(len(good)), 60)]:
        bad = bytearray(good)
        bad[place] ^= 1 << chance.randrange(8)
        path.write_bytes(bad)
        assert list(archive.verify()), place
    path.write_bytes(good)


def test_every_flipped_byte_of_an_index_is_found(archive):
    kept = filled(archive, 4)
    index = next(archive.folder.rglob("*.cdxj"))
    good = index.read_bytes()
    chance = random.Random(7)
    for place in [0, len(good) - 1, *chance.sample(range(len(good)), 20)]:
        bad = bytearray(good)
        bad[place] ^= 1 << chance.randrange(8)
        index.write_bytes(bad)
        (damage,) = archive.verify()
        assert index.name in damage.fault
    index.write_bytes(good[: len(good) // 2])
    assert list(archive.verify())
    index.unlink()
    assert not list(archive.verify())
    assert archive.find(kept[2].url) and index.read_bytes() == good


def test_the_index_of_a_file_that_is_being_written_is_no_damage(archive):
    archive.open_run("chay-1", NOW)
    archive.append(page())
    archive.append(page(2), flush=False)
    assert not list(Archive(archive.folder).verify())
    archive.close()
    assert not list(archive.verify())


def test_damage_in_one_record_does_not_hide_the_others(archive):
    kept = filled(archive, 5)
    path = archive.folder / kept[0].warc_file
    raw = bytearray(path.read_bytes())
    raw[kept[2].warc_offset + 60] ^= 255
    path.write_bytes(raw)
    assert next(archive.verify()).warc_offset == kept[2].warc_offset
    assert {one.url for one, _ in archive.records()} == {one.url for one in kept} - {kept[2].url}
    with pytest.raises(ArchiveError, match=str(kept[2].warc_offset)):
        archive.read(kept[2].warc_file, kept[2].warc_offset)


@pytest.mark.parametrize("lost", [1, 30, 200])
def test_an_interrupted_file_is_cut_to_its_last_whole_record(archive, lost):
    archive.open_run("chay-1", NOW)
    kept = [archive.append(page(number)) for number in range(5)]
    path = archive.folder / kept[0].warc_file
    archive._lock.close()  # the process died: its lock is gone, its marker is not
    os.truncate(path, path.stat().st_size - lost)
    again = Archive(archive.folder)
    memory = ScratchMemory()
    assert recover(again, memory) == 4
    assert {url for url, _ in memory.pages} == {one.url for one in kept[:4]}
    assert not list(again.verify()) and not list(archive.folder.rglob("*.open"))
    assert [entry.warc_offset for entry in again.find(kept[1].url)] == [kept[1].warc_offset]
    assert recover(again, memory) == 0


def test_a_file_that_is_being_written_is_left_alone(archive):
    archive.open_run("chay-1", NOW)
    kept = archive.append(page())
    other = Archive(archive.folder)
    assert not list(other.repair())
    archive.append(page(2))
    archive.close()
    assert other.read(kept.warc_file, kept.warc_offset) == kept


def test_a_run_without_pages_leaves_no_file(archive):
    archive.open_run("chay-1", NOW)
    archive.close()
    assert archive.files() == [] and not list(archive.folder.rglob("*.*"))


def test_records_are_found_by_url_and_time(archive):
    archive.open_run("chay-1", NOW)
    one = archive.append(page())
    archive.close()
    archive.open_run("chay-2", NOW)
    two = archive.append(replace(page(body=b"<p>moi</p>"), fetched_at=NOW.replace(day=21)), "changed")
    archive.close()
    assert [entry.digest for entry in archive.find(one.url)] == [one.digest, two.digest]
    assert [entry.digest for entry in archive.find(one.url, at=NOW)] == [one.digest]
    assert archive.find("https://bao.vn/khong-co.html") == []
    next(iter(archive.folder.rglob("*.cdxj"))).unlink()
    assert len(archive.find(one.url)) == 2


@pytest.mark.parametrize("name", ["../ngoai.warc.gz", "/etc/passwd", "khong-co.warc.gz"])
def test_a_file_outside_or_missing_is_one_line(archive, name):
    filled(archive)
    with pytest.raises(ArchiveError):
        archive.read(name, 0)


def test_a_foreign_archive_is_read(archive):
    """The forms of Common Crawl: WARC/1.0, sha1 in base 32, chunked bodies named in the headers, several members."""
    body = b"<html><p>tin</p></html>"
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Crawler-Transfer-Encoding: chunked\r\n\r\n" + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2020-05-01T00:00:00Z\r\nWARC-Target-URI: https://bao.vn/x\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    archive.folder.mkdir()
    (archive.folder / "cc.warc.gz").write_bytes(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    ((found, outcome),) = archive.records()
    assert found.url == "https://bao.vn/x" and found.body == body and found.status == 200 and outcome == ""
    assert found.fetched_at == datetime(2020, 5, 1, tzinfo=UTC)
