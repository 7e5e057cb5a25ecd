"""Pages into readings: one process or several, whole, broken and deadly pages."""

from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crawler.archive import Archive
from model.home import Home
from model.records import Page, Reading
from monitor import reading
from monitor.documents import Document
from monitor.reading import Broken, read_archived, read_document, read_page, rules_of

NOW = datetime(2020, 5, 18, 15, tzinfo=UTC)
PADDING = "Cán bộ đi từng nhà, nói từng điều về quyền lợi khi về già của người lao động. " * 6


def page(number, text=None, **more):
    text = text or f"Đến hết tháng 4/2020, tỉnh Lạng Sơn có 8.{400 + number} người tham gia BHXH tự nguyện."
    body = f"<html><body><article><h1>Tin {number}</h1><p>{text}</p><p>{PADDING}</p></article></body></html>"
    known = {"status": 200, "source": "xu-lang", "kind": "article", "headers": {"content-type": "text/html"}}
    url = f"https://bao.example/tin-{number}.html"
    return Page(url=url, fetched_url=url, fetched_at=NOW, body=body.encode(), **{**known, **more})


@pytest.fixture
def home(tmp_path):
    return Home(root=tmp_path)


@pytest.fixture
def archived(home):
    with Archive(home.archive) as archive:
        archive.open_run("run", NOW)
        return [replace(archive.append(page(number)), body=b"") for number in range(40)]


def test_several_processes_read_what_one_reads(home, archived):
    rules = rules_of(home)
    alone = list(read_archived(archived, home.archive, rules, lambda: NOW, 1))
    together = list(read_archived(archived, home.archive, rules, lambda: NOW, 2))
    assert alone == together
    assert [one.article.doc for one in alone] == [one.url for one in archived]
    assert all(len(one.observations) == 1 and one.source == "xu-lang" for one in alone)


def test_a_broken_page_does_not_stop_the_others(home, archived):
    pages = [archived[0], replace(archived[1], warc_file="2020/missing.warc.gz"), archived[2]]
    found = list(read_archived(pages, home.archive, rules_of(home), lambda: NOW, 1))
    assert [type(one) for one in found] == [Reading, Broken, Reading]
    assert "missing.warc.gz" in found[1].fault


class DeadlyPool:
    """A pool whose process dies over one page."""

    deadly = "https://bao.example/tin-3.html"

    def __init__(self, *_, **__):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def submit(self, work, pages, *rest):
        class Answer:
            def result(self):
                asked = pages if isinstance(pages, list) else [pages]
                if any(one.url == DeadlyPool.deadly for one in asked):
                    raise BrokenProcessPool
                return work(pages, *rest)

        return Answer()


def test_a_page_that_ends_its_process_is_found_and_told(home, archived, monkeypatch):
    monkeypatch.setattr(reading, "ProcessPoolExecutor", DeadlyPool)
    found = list(read_archived(archived, home.archive, rules_of(home), lambda: NOW, 2))
    assert len(found) == 40
    assert [one.doc for one in found if isinstance(one, Broken)] == [DeadlyPool.deadly]
    assert len({one.article.doc for one in found if isinstance(one, Reading)}) == 39


def test_what_the_list_said_fills_what_the_page_leaves_open(home):
    bare = page(1, published=date(2020, 5, 17), title="Tít trên danh sách", area="Lạng Sơn")
    found = read_page(bare, rules_of(home), NOW)
    assert (found.article.published, found.article.published_evidence) == (date(2020, 5, 17), "list")
    assert found.article.title == "Tin 1"
    assert found.article.area == "Lạng Sơn"
    dated = page(2, text="Tin.", published=date(2020, 5, 17))
    meta = '<head><meta property="article:published_time" content="2020-05-18T07:45:00+07:00"></head><body>'
    body = dated.body.decode().replace("<body>", meta).replace("Tin.", "BHXH tự nguyện.")
    found = read_page(replace(dated, body=body.encode()), rules_of(home), NOW)
    assert found.article.published_evidence == "meta"


def test_a_page_that_never_names_insurance_is_read_as_empty(home):
    plain = replace(page(1), body=b"<html><body><p>" + "Đội chủ nhà thắng 3-1. ".encode() * 30 + b"</p></body></html>")
    found = read_page(plain, rules_of(home), NOW)
    assert (found.article.text, found.observations, found.unclaimed) == ("", (), ())


def test_a_document_keeps_its_own_id_and_words(home):
    text = "Đến hết tháng 4, toàn tỉnh có 8.475 người tham gia BHXH tự nguyện.\r\n"
    given = Document(doc="x", text=text, published=date(2020, 5, 18), area="Lạng Sơn", digest="sha256:1")
    found = read_document(given, rules_of(home), NOW)
    (figure,) = found.observations
    assert (figure.doc, figure.area, str(figure.period_end)) == ("x", "2024:20", "2020-04-30")
    assert found.article.text[figure.start : figure.end] == figure.quote
    assert found.article.published_evidence == "input"
    nothing = read_document(Document(doc="y", digest="sha256:2"), rules_of(home), NOW)
    assert (nothing.article.text, nothing.observations) == ("", ())


def test_rules_of_one_s_own_change_the_fingerprint(home):
    before = rules_of(home).fingerprint
    home.indicators.mkdir(parents=True)
    (home.indicators / "own.toml").write_text("", "utf-8")
    rules = rules_of(home)
    assert rules.own_indicators == home.indicators
    assert before.startswith("sha256:")
