"""The demo from end to end: played once, looked at from many sides; then sources tried against the same press."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from crawler import check as trial
from crawler import discover
from crawler.archive import Archive
from model.errors import BusyError
from model.home import Home
from monitor.demo import play, state
from monitor.demo.server import Clock, serve
from monitor.demo.stories import load_press
from monitor.words import VIETNAM
from store import open_store

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    (home / "ansinh.db").write_bytes(b"the real one")
    environment = {**os.environ, "ANSINH_HOME": str(home), "ANSINH_ALLOW_PRIVATE": "10.0.0.1:80"}
    done = subprocess.run(
        [sys.executable, "-m", "monitor.main", "demo"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    return home, done


@pytest.fixture
def kept(played):
    home, _ = played
    with open_store(home / "demo" / "ansinh.db", readonly=True) as store:
        yield store


def test_it_ends_well_and_leaves_the_real_database_alone(played):
    home, done = played
    assert done.returncode == 0, done.stderr
    assert (home / "ansinh.db").read_bytes() == b"the real one"
    assert sorted(path.name for path in home.iterdir()) == ["ansinh.db", "demo"]


def test_it_says_what_was_crawled_found_and_held_back_and_where_it_lies(played):
    home, done = played
    for said in ("Thu thập", "Tìm thấy", "Giữ lại", "BHXH_TN.participants, Lạng Sơn", "bị robots.txt từ chối"):
        assert said in done.stdout
    for day in ("18/5/2020", "7/7/2020"):
        assert day in done.stdout and day in done.stderr
    for path in ("ansinh.db", "archive", "digests/2020-07-07.txt"):
        assert str(home / "demo" / path) in done.stdout
        assert (home / "demo" / path).exists()


def test_the_series_holds_each_point_with_its_sentence(kept):
    points = {str(point.period_end): point for point in kept.series("Lạng Sơn", "BHXH_TN.participants")}
    assert points["2020-04-30"].obs_value == 8475
    for point in points.values():
        assert point.reports[0].quote in point.reports[0].sentence


def test_a_correction_revises_the_point(kept):
    points = {str(point.period_end): point for point in kept.series("Lạng Sơn", "BHXH_TN.participants")}
    assert points["2020-06-30"].obs_value == 9682
    assert [old.obs_value for old in points["2020-06-30"].revisions] == [9862]
    told = kept.series("Lạng Sơn", "BHXH_TN.participants", as_of=datetime(2020, 7, 6, tzinfo=VIETNAM).date())
    assert told[-1].obs_value != 9682


def test_only_the_edited_article_has_two_versions(kept):
    with kept.reading() as db:
        versions, docs = db.execute("SELECT count(*), count(DISTINCT doc) FROM articles").fetchone()
        (around,) = db.execute("SELECT count(*) FROM fetches WHERE reason LIKE 'only the page around%'").fetchone()
    assert versions == docs + 1 and around > 20  # the press prints today's date and other news on every page


def test_the_broken_percentage_is_held_back(kept):
    broken = [item for item in kept.review(kind="identity-broken", limit=50) if item.quote == "4,6%"]
    assert [item.obs_value for item in broken] == [-4.6]


def test_what_robots_forbid_was_never_fetched(kept):
    with kept.reading() as db:
        refused = db.execute("SELECT url, status FROM fetches WHERE outcome = 'refused'").fetchall()
        texts = db.execute("SELECT count(*) FROM articles WHERE text LIKE '%9.999%'").fetchone()
    assert refused and all("/noi-bo/" in url and status == 0 for url, status in refused)
    assert texts == (0,)


def test_the_soft_404_is_no_article_and_the_redirect_is_followed(kept):
    with kept.reading() as db:
        titles = {row[0] for row in db.execute("SELECT title FROM articles")}
    assert "Lớp học xóa mù chữ ban đêm ở bản cao" not in titles
    assert "Thêm một tuyến buýt điện chạy thử ở đô thị lớn" in titles or any("buýt điện" in (t or "") for t in titles)


def test_bylines_are_the_article_s_own_day(kept, played):
    expected = {story.title: story.at for paper in load_press().values() for story in paper.stories}
    with kept.reading() as db:
        rows = db.execute("SELECT DISTINCT title, published FROM articles WHERE text <> ''").fetchall()
    wrong = []
    for title, published in rows:
        story = expected.get(title)
        if story is not None and (published is None or abs(_day(published) - story.date().toordinal()) > 0):
            wrong.append((title, published))
    assert wrong == []


def _day(text):
    return (
        datetime.fromisoformat(text).astimezone(VIETNAM).date().toordinal()
        if "T" in text
        else (datetime.fromisoformat(text).date().toordinal())
    )


def test_the_edited_article_s_new_figure_stands(kept):
    points = {str(point.period_end): point for point in kept.series("Bắc Giang", "BHXH_TN.participants")}
    assert points["2020-04-30"].obs_value == 15421


def test_the_silent_source_is_told(kept):
    verdicts = {row["source"]: row["verdict"] for row in kept.health()}
    assert verdicts["ba-be"] == "silent"
    assert {verdicts[name] for name in verdicts if name != "ba-be"} == {"ok"}


def test_a_wire_story_counts_once(kept):
    points = {str(point.period_end): point for point in kept.series("VN", "BHXH_TN.participants")}
    point = points["2020-04-30"]
    copies = [report for report in point.reports if "613.240" in report.quote]
    assert len(copies) == 3
    assert len({report.group for report in copies}) == 1


def test_every_page_of_the_store_is_in_the_archive(played, kept):
    home, _ = played
    archive = Archive(home / "demo" / "archive")
    assert list(archive.verify()) == []
    kinds = {page.warc_file for page in kept.pages(kind="")}
    assert kinds <= set(archive.files())


def test_every_day_has_its_digest_and_it_comes_out_the_same(played, kept):
    from monitor.digest import digest_of
    from monitor.digest_layout import html, plain_text

    home, _ = played
    for day in play.DAYS:
        folder = home / "demo" / "digests"
        assert (folder / f"{day}.txt").read_text("utf-8") == plain_text(digest_of(kept, day))
        assert (folder / f"{day}.html").read_text("utf-8") == html(digest_of(kept, day))


def test_the_command_it_suggests_works(played):
    home, done = played
    assert re.search(r"ANSINH_HOME=\S+/demo ansinh series", done.stdout)
    environment = {**os.environ, "ANSINH_HOME": str(home / "demo")}
    command = [sys.executable, "-m", "monitor.main", "series", "--area", "Lạng Sơn", "--indicator"]
    told = subprocess.run(
        [*command, "BHXH_TN.participants", "--format", "json"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows = json.loads(told.stdout)
    assert 8475 in [row["obs_value"] for row in rows]
    assert all({"url", "published", "quote", "sentence"} <= set(row["reports"][0]) for row in rows)


def test_two_demos_do_not_mix(tmp_path):
    home = state.demo_home(Home(root=tmp_path))
    with state.held(home), pytest.raises(BusyError, match="another demo"), state.held(home):
        pass


def test_a_database_that_no_demo_made_is_never_removed(tmp_path):
    from model.errors import InputError

    home = Home(root=tmp_path)
    home.database.write_bytes(b"precious")
    with pytest.raises(InputError, match="no demo made"):
        state.begin(home, "x")
    assert home.database.read_bytes() == b"precious"


@pytest.fixture
def press(monkeypatch):
    papers = load_press()
    with serve(papers, Clock(datetime(2020, 7, 7, 22, tzinfo=VIETNAM))) as served:
        monkeypatch.setenv("ANSINH_ALLOW_PRIVATE", served.allowed)
        yield served


@pytest.fixture
def at_once(monkeypatch):
    """Ask the press without the pauses that a real newspaper is owed."""
    for module in (discover, trial):
        monkeypatch.setattr(module, "TRIAL", replace(module.TRIAL, interval=0.0))


@pytest.mark.usefixtures("at_once")
def test_sources_add_shows_then_saves(ansinh, home, press):
    origin = press.sites["xu-lang"].origin
    status, out, err = ansinh("sources", "add", origin, "--name", "Báo Thử", "--area", "Lạng Sơn")
    assert status == 1 and not (home / "sources").exists()
    assert "rss/home.rss" in out and "--yes" in err
    status, out, _ = ansinh("sources", "add", origin, "--name", "Báo Thử", "--area", "Lạng Sơn", "--yes")
    declared = home / "sources" / "bao-thu.toml"
    assert len(declared.read_text("utf-8").splitlines()) <= 12
    status, out, err = ansinh("sources", "add", origin, "--yes")
    assert (status, out) == (2, "") and "bao-thu" in err
    declared.write_text(declared.read_text("utf-8") + "interval = 0\n", "utf-8")
    (row,) = json.loads(ansinh("sources", "check", "bao-thu", "--format", "json")[1])
    assert row["found"] > 10 and row["read"] > 0
    (row,) = json.loads(ansinh("crawl", "bao-thu", "--format", "json")[1])
    assert row["new"] > 10


def test_sources_add_refuses_what_nobody_allowed(ansinh, press, monkeypatch):
    monkeypatch.delenv("ANSINH_ALLOW_PRIVATE")
    status, out, err = ansinh("sources", "add", press.sites["xu-lang"].origin, "--yes")
    assert (status, out, err.count("\n")) == (2, "", 1)


SIXTH = """name = "Báo Sông Gâm"
area = "Cao Bằng"
home = "{origin}/"
family = "post-id"
feeds = ["/rss/home.rss"]
interval = 0

[[story]]
at = 2020-05-18
title = "Cao Bằng giữ chân người tham gia bảo hiểm"
text = "Đến hết tháng 4/2020, toàn tỉnh có 5.120 người tham gia BHXH tự nguyện. PADDING"
""".replace("PADDING", "Cán bộ đi từng nhà, nói từng điều về quyền lợi khi về già. " * 4)


def test_a_sixth_newspaper_needs_one_file(tmp_path, monkeypatch):
    (tmp_path / "song-gam.toml").write_text(SIXTH, "utf-8")
    assert len(SIXTH.strip().splitlines()) <= 12
    monkeypatch.setattr(play, "load_press", lambda: load_press(tmp_path))
    monkeypatch.setattr(play, "DAYS", play.DAYS[:1])
    monkeypatch.delenv("ANSINH_ALLOW_PRIVATE", raising=False)
    home = Home(root=tmp_path / "home")
    watcher = play.Watcher(crawled=lambda *_: None, read=lambda *_: None, day=lambda _: None)
    done = play.play(home, watcher)
    assert [day.trip.round.totals["new"] for day in done.days] == [1]
    assert "ANSINH_ALLOW_PRIVATE" not in os.environ
    with open_store(home.database, readonly=True) as store:
        (item,) = store.articles()
    assert item["outlet"] == "Báo Sông Gâm" and item["observations"] == 1
    assert "Cao Bằng" in (home.digests / "2020-05-18.txt").read_text("utf-8")
