"""The demo press: what its newspapers answer, and that a stranger can add one with a file."""

import gzip
import re
import tomllib
import unicodedata
import urllib.error
import urllib.request
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.registry import load_sources
from model.errors import BusyError, DeclarationError
from model.home import Home
from monitor.demo import stories
from monitor.demo.play import DAYS, declare_sources
from monitor.demo.server import Clock, serve
from monitor.demo.site import Site
from monitor.demo.stories import PRESS, load_press
from monitor.words import VIETNAM


def evening(day):
    return datetime.combine(day, datetime.min.time().replace(hour=22), VIETNAM)


@pytest.fixture(scope="module")
def press():
    return load_press()


def site(press, name):
    return Site(press[name], "http://127.0.0.1:1")


def get(one, target, day=DAYS[-1], **headers):
    return one.answer(target, headers, evening(day))


def page(one, story, day=DAYS[-1], **headers):
    return get(one, one.address(story).removeprefix(one.origin), day, **headers)


def test_the_press_is_big_enough(press):
    assert len(press) >= 5
    assert len({paper.family for paper in press.values()}) >= 5
    assert sum(len(paper.stories) for paper in press.values()) >= 80
    assert any(not paper.area for paper in press.values())


def test_every_declaration_has_at_most_twelve_lines():
    for path in PRESS.glob("*.toml"):
        head = path.read_text("utf-8").partition("[[story]]")[0]
        assert len(head.strip().splitlines()) <= 12, path.name


def test_every_story_has_a_page_of_its_own_and_appears_in_its_time(press):
    for name in press:
        one = site(press, name)
        addresses = [one.address(story) for story in press[name].stories]
        assert len(set(addresses)) == len(addresses)
        for story in press[name].stories:
            if not (story.moved or story.gone):
                answer = page(one, story)
                assert answer.status == 200
                assert unicodedata.normalize("NFC", gunzip(answer)).count(story.title) >= 1
            if story.at.date() >= DAYS[0]:
                assert page(one, story, DAYS[0].replace(day=1)).status == 404


def gunzip(answer):
    body = gzip.decompress(answer.body) if answer.headers.get("content-encoding") == "gzip" else answer.body
    return body.decode("utf-8")


def test_new_articles_come_every_day(press):
    for before, day in pairwise(DAYS):
        fresh = [s for p in press.values() for s in p.stories if evening(before) < s.at <= evening(day)]
        assert len(fresh) >= 5, day


def peculiar(press, wanted):
    return [(name, story) for name, paper in press.items() for story in paper.stories if wanted(story)]


def test_an_edited_article_changes(press):
    ((name, story),) = peculiar(press, lambda story: story.edits)
    one = site(press, name)
    before, after = page(one, story, DAYS[0]), page(one, story, DAYS[2])
    assert "15.412 người" in gunzip(before)
    assert "15.421 người" in gunzip(after)
    assert before.headers["etag"] != after.headers["etag"]
    sitemap = get(one, "/sitemap-news.xml").body.decode()
    assert story.edits[0].at.isoformat() in sitemap


def test_a_wire_story_is_copied_by_three_newspapers(press):
    titles = [story.title for paper in press.values() for story in paper.stories]
    assert sum(titles.count(title) == 3 for title in set(titles)) >= 2


def test_a_correction_lowers_a_figure(press):
    texts = [story.text for story in press["xu-lang"].stories]
    assert any("9.862 người" in text and "đính chính" not in text for text in texts)
    assert any("9.682 người tham gia" in text and "không phải 9.862 người" in text for text in texts)


def test_lang_son_s_figures_are_among_them(press):
    text = "".join(story.text for story in press["xu-lang"].stories)
    assert "8.475 người" in text
    assert "giảm 300 người (4,6%) so với cuối năm 2019" in text


def test_headers_show_the_day_of_the_clock(press):
    for name in ("ba-be", "bhxh-lang-son"):
        one = site(press, name)
        html = page(one, press[name].stories[-1], DAYS[1]).body.decode()
        assert "19/05/2020" in unicodedata.normalize("NFC", html)


def test_a_decree_s_date_stands_before_the_byline(press):
    for name, story in peculiar(press, lambda story: story.decree):
        html = page(site(press, name), story).body.decode()
        byline = f"{story.at:%d/%m/%Y}"
        assert html.index(story.decree) < html.index(byline)


def test_an_nfd_page_and_a_gzip_page(press):
    ((name, story),) = peculiar(press, lambda story: story.form == "NFD")
    html = page(site(press, name), story).body.decode()
    assert unicodedata.is_normalized("NFD", html) and not unicodedata.is_normalized("NFC", html)
    name, story = peculiar(press, lambda story: story.gzip)[0]
    packed = page(site(press, name), story, **{"accept-encoding": "gzip, br"})
    assert packed.headers["content-encoding"] == "gzip"
    assert story.title in gunzip(packed)
    assert "content-encoding" not in page(site(press, name), story).headers


def test_a_forbidden_section_a_soft_404_and_a_redirect(press):
    ((name, story),) = peculiar(press, lambda story: story.closed)
    one = site(press, name)
    assert "Disallow: /noi-bo/" in get(one, "/robots.txt").body.decode()
    assert one.address(story).startswith(one.origin + "/noi-bo/")
    ((name, story),) = peculiar(press, lambda story: story.gone)
    gone = page(site(press, name), story)
    assert gone.status == 200 and "không tồn tại" in gone.body.decode()
    ((name, story),) = peculiar(press, lambda story: story.moved)
    one = site(press, name)
    answer = page(one, story)
    assert answer.status == 301
    assert get(one, answer.headers["location"].removeprefix(one.origin)).status == 200


def test_a_source_falls_silent(press):
    assert press["ba-be"].stories[0].at < evening(DAYS[2])
    assert "expect" in press["ba-be"].declaration


def test_lists_have_further_pages(press):
    one = site(press, "ba-be")
    first, second = get(one, "/xa-hoi/").body.decode(), get(one, "/xa-hoi/?page=2").body.decode()
    assert 'href="/xa-hoi/?page=2"' in first
    assert second.count('class="item"') >= 1
    assert 'rel="next"' not in second


def test_a_validator_spares_a_second_body(press):
    one = site(press, "xu-lang")
    feed = get(one, "/rss/home.rss")
    assert get(one, "/rss/home.rss", **{"if-none-match": feed.headers["etag"]}).status == 304
    assert get(one, "/nowhere").status == 404


def test_the_servers_listen_on_loopback_and_follow_the_clock(press, tmp_path):
    clock = Clock(evening(DAYS[0]))
    with serve(press, clock) as served:
        origin = served.sites["xu-lang"].origin
        assert origin.startswith("http://127.0.0.1:")
        before = urllib.request.urlopen(f"{origin}/rss/home.rss").read()
        clock.now = evening(DAYS[1])
        assert urllib.request.urlopen(f"{origin}/rss/home.rss").read() != before
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"{origin}/nowhere")
        sources = declare_sources(Home(root=tmp_path), served)
        assert {source.id for source in sources} == set(press)
        assert all(source.home_url.startswith("http://127.0.0.1:") for source in sources)
        with pytest.raises(BusyError, match="is taken"), serve(press, clock, served.ports):
            pass


SIXTH = """name = "Báo Sông Gâm"
kind = "provincial-paper"
area = "Cao Bằng"
home = "{origin}/"
family = "post-id"
feeds = ["/rss/home.rss"]
interval = 0
"""


@pytest.fixture
def folder(tmp_path):
    for path in PRESS.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def test_a_sixth_newspaper_is_one_file_and_prints_the_wire(folder):
    (folder / "song-gam.toml").write_text(SIXTH, "utf-8")
    papers = load_press(folder)
    assert len(papers["song-gam"].stories) == 2
    with serve(papers, Clock(evening(DAYS[-1]))) as served:
        home = Home(root=folder / "home")
        declare_sources(home, served)
        source = load_sources(home.sources, shipped=None)["song-gam"]
        assert source.area == "Cao Bằng"
        feed = urllib.request.urlopen(source.resolved(source.feeds)[0]).read().decode()
        assert "Cả nước có hơn 613 nghìn người" in feed


def test_its_stories_may_stand_in_the_same_file_or_in_a_folder(folder):
    story = '[[story]]\nat = 2020-05-19\ntitle = "Cao Bằng: {}"\ntext = "Toàn tỉnh có 5.120 người."\n'
    (folder / "song-gam.toml").write_text(SIXTH + story.format("một"), "utf-8")
    (folder / "song-gam").mkdir()
    (folder / "song-gam" / "hai.toml").write_text(story.format("hai"), "utf-8")
    paper = load_press(folder)["song-gam"]
    assert [one.title for one in paper.stories] == ["Cao Bằng: một", "Cao Bằng: hai"]
    assert tomllib.loads(paper.source_toml("http://127.0.0.1:80"))["home"] == "http://127.0.0.1:80/"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SIXTH + "[[story]]\nat = 2020-05-19\n", "title"),
        (SIXTH + '[[story]]\nat = 2020-05-19\ntitle = "x"\ntext = "y"\ncolour = "red"\n', "unknown key 'colour'"),
        (SIXTH + "[[story]]\nat = hôm qua\n", "not valid TOML"),
        (SIXTH.replace("interval = 0", "interval = "), "not valid TOML"),
    ],
)
def test_a_wrong_newspaper_is_told_in_one_line(folder, text, said):
    (folder / "song-gam.toml").write_text(text, "utf-8")
    with pytest.raises(DeclarationError, match=said):
        load_press(folder)


def test_an_unknown_family_names_those_there_are(folder):
    (folder / "song-gam.toml").write_text(SIXTH.replace("post-id", "b-lines"), "utf-8")
    with pytest.raises(DeclarationError, match="month-path"), serve(load_press(folder), Clock(evening(DAYS[0]))):
        pass


def test_no_press_text_names_a_person():
    named = re.compile(r"\b(?:ông|bà|anh|chị|cô|chú|em)\s+(\w)\w+", re.IGNORECASE)
    for path in [stories.WIRE, *Path(PRESS).rglob("*.toml")]:
        assert not [first for first in named.findall(path.read_text("utf-8")) if first.isupper()], path.name
