"""A file in pieces: nothing lost, nothing twice, wherever it is cut and whatever is broken."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.home import Home
from model.records import Reading
from monitor.reading import Broken, rules_of
from monitor.scaling import work
from monitor.scaling.gangs import Myself, Processes, WorkerDied
from monitor.scaling.order import results
from monitor.scaling.pieces import Mark, Terms, advanced, mark_of, name_of, pieces_of
from monitor.scaling.work import Kept, Result, offsets, read_piece
from tests.monitor.web_archive import figure, news_archive, page, response

NOW = datetime(2020, 5, 18, tzinfo=UTC)
RECORDS = list(news_archive("bao", 6))
URLS = [f"https://bao.example/bai-{number}.html" for number in range(6)]


@pytest.fixture(scope="module")
def terms(tmp_path_factory):
    return Terms(rules=rules_of(Home(root=tmp_path_factory.mktemp("home"))), sites={})


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(RECORDS))
    return path


def read(path, terms, size=4 << 20, mark=None, gang=None):
    """All that a file holds, and its mark afterwards."""
    mark, together = mark or Mark(), Result()
    for piece, result in results(pieces_of(path, mark, NOW, size), terms, gang or Myself()):
        mark = advanced(mark, piece, result.records, result.damaged)
        together.records += result.records
        together.kept += result.kept
        together.damaged += result.damaged
    return together, mark


def urls(result):
    return [one.page.url for one in result.kept]


@pytest.mark.parametrize("size", [1, 700, 3_000, 10_000, 4 << 20])
def test_any_cut_gives_the_same(archive, terms, size):
    whole, mark = read(archive, terms, size)
    assert urls(whole) == URLS
    assert (whole.records, whole.damaged, mark.until) == (24, [], archive.stat().st_size)
    assert all(isinstance(one.reading, Reading) and len(one.reading.observations) == 1 for one in whole.kept)
    pieces = list(pieces_of(archive, Mark(), NOW, size))
    assert [one.end for one in pieces[:-1]] == [one.start for one in pieces[1:]]


def test_a_stored_file_has_no_more_pieces(archive, terms):
    _, mark = read(archive, terms)
    assert list(pieces_of(archive, mark_of(archive, mark.written()), NOW)) == []


def test_a_mark_is_not_taken_for_another_file(archive, terms, tmp_path):
    _, mark = read(archive, terms)
    other = tmp_path / "other.warc.gz"
    other.write_bytes(b"".join([*RECORDS[:3], *RECORDS[4:], RECORDS[3], RECORDS[3]]))
    assert mark_of(other, mark.written()) == Mark()
    assert mark_of(archive, mark.written()) == mark
    assert name_of(other) != name_of(archive) or mark.check


def test_a_torn_end_is_told_each_time_and_mended_by_the_rest(archive, terms):
    whole = archive.read_bytes()
    archive.write_bytes(whole[: -len(RECORDS[-1]) - 40])
    first, mark = read(archive, terms, 3_000)
    assert [one.end for one in first.damaged] == [archive.stat().st_size]
    again, mark = read(archive, terms, mark=mark)
    assert (urls(again), len(again.damaged), again.records) == ([], 1, 0)
    archive.write_bytes(whole)
    rest, mark = read(archive, terms, mark=mark_of(archive, mark.written()))
    assert urls(first) + urls(rest) == URLS
    assert (first.records + rest.records, rest.damaged, mark.damaged) == (24, [], ())


def test_a_broken_record_is_passed_over_and_read_once_it_is_mended(archive, terms):
    at = archive.read_bytes().index(RECORDS[7])  # the second article
    broken = bytearray(archive.read_bytes())
    broken[at + len(RECORDS[7]) // 2] ^= 0xFF
    archive.write_bytes(broken)
    first, mark = read(archive, terms, 3_000)
    assert urls(first) == [one for one in URLS if one != URLS[1]]
    assert [(one.start, one.end) for one in first.damaged] == [(at, at + len(RECORDS[7]))]
    again, mark = read(archive, terms, mark=mark)
    assert (again.records, len(again.damaged)) == (0, 1)
    archive.write_bytes(b"".join(RECORDS))
    mended, mark = read(archive, terms, mark=mark)
    assert (urls(mended), mark.damaged) == ([URLS[1]], ())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, sum(map(len, RECORDS)) - 1), bit=st.integers(0, 7), size=st.sampled_from([900, 3_000, 90_000]))
def test_one_changed_bit_costs_one_record_at_most(archive, terms, at, bit, size):
    broken = bytearray(b"".join(RECORDS))
    broken[at] ^= 1 << bit
    archive.write_bytes(broken)
    found, _ = read(archive, terms, size)
    assert len(set(URLS) - set(urls(found))) <= 1
    assert set(urls(found)) <= set(URLS)
    assert found.records >= 23


def test_bytes_that_are_sent_give_what_the_file_gives(archive, terms):
    class Elsewhere(Myself):
        """A worker without the file."""

        def start(self, work, piece, terms):
            lost = piece.packed is None
            return lambda: Result(refused="file") if lost else work(replace(piece, path=archive / "none"), terms)

    here, _ = read(archive, terms, 3_000)
    there, _ = read(archive, terms, 3_000, gang=Elsewhere())
    assert [(one.page, one.reading) for one in there.kept] == [(one.page, one.reading) for one in here.kept]
    assert there.records == here.records == 24


def test_a_worker_with_other_rules_refuses(archive, terms):
    (piece,) = pieces_of(archive, Mark(), NOW)
    other = replace(terms, rules=replace(terms.rules, fingerprint="other"))
    assert read_piece(piece, other).refused == "rules"
    assert read_piece(replace(piece, path=archive / "none"), terms).refused == "file"
    assert read_piece(replace(piece, end=piece.end + 1), terms).refused == "file"


def test_a_record_that_ends_its_worker_is_found_and_left_out(archive, terms):
    start = archive.read_bytes().index(RECORDS[7])

    class Mortal(Myself):
        """Dies over the second article."""

        def start(self, work, piece, terms):
            def call():
                if piece.start <= start < piece.end:
                    raise WorkerDied
                return work(piece, terms)

            return call

        def alone(self, work, piece, terms):
            return self.start(work, piece, terms)()

    found, mark = read(archive, terms, 3_000, gang=Mortal())
    assert urls(found) == [one for one in URLS if one != URLS[1]]
    assert (found.records, len(mark.damaged)) == (24, 1)
    assert "ended the process" in found.damaged[0].fault


def test_a_page_that_breaks_the_reading_is_told(archive, terms, monkeypatch):
    honest = work.read_page

    def clumsy(one, *rest):
        if one.url == URLS[2]:
            raise RecursionError("too deep")
        return honest(one, *rest)

    monkeypatch.setattr(work, "read_page", clumsy)
    found, _ = read(archive, terms)
    kinds = {one.page.url: type(one.reading) for one in found.kept}
    assert kinds.pop(URLS[2]) is Broken
    assert set(kinds.values()) == {Reading}


def test_offsets_are_those_of_the_records(archive):
    (piece,) = pieces_of(archive, Mark(), NOW)
    assert [end - start for start, end in offsets(piece)] == [len(one) for one in RECORDS]
    cut = replace(piece, start=len(RECORDS[0]), packed=b"".join(RECORDS[1:]))
    assert offsets(cut) == offsets(piece)[1:]


def test_a_page_travels_without_its_body(tmp_path, terms):
    path = tmp_path / "b.warc.gz"
    path.write_bytes(response("https://bao.example/a.html", page("Tin", figure(8475))))
    (kept,) = read(path, terms)[0].kept
    assert isinstance(kept, Kept) and kept.page.body == b"" and kept.page.digest and len(kept.record) < 1_500


def test_processes_that_die_are_told_and_replaced():
    import os

    with Processes(1) as gang:
        begun = [gang.start(os._exit, 1), gang.start(len, "abc")]
        for one in begun:
            with pytest.raises(WorkerDied):
                gang.result(one)
        with pytest.raises(WorkerDied):
            gang.alone(os._exit, 1)
        assert gang.alone(len, "abcd") == 4
        assert gang.result(gang.start(len, "abc")) == 3
