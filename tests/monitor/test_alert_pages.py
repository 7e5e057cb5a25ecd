"""The page of alerts says all that the digests say, whatever day it came about; each thing is told once in a digest."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from lxml import html as dom

from model.areas import load_areas
from model.home import Home
from monitor.alerting import alerts_of, for_digest
from monitor.digest import digest_of
from monitor.digest_layout import plain_text
from monitor.web.alerted import grouped, shown_days
from store import open_store
from tests.monitor.test_alert_kinds import plan_and_base
from tests.monitor.test_alerts import DAY, run, told

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from monitor.web.app import make_app


def day(number):
    return DAY + timedelta(days=number)


@pytest.fixture
def home(tmp_path):
    """Weekly figures until day 35; silent since day 50; a source in trouble since day 53."""
    root = Home(root=tmp_path)
    with open_store(root.database) as store:
        for week in range(6):
            period = date(2020, 4, 30) + timedelta(days=week)
            store.save_reading(told(f"w{week}", 8000 + week, week * 7, period=period))
        store.settle()
        store.add_source_run(run("xu-lang", 52, "ok"))
        store.add_source_run(run("xu-lang", 53, "blocked"))
    return root


def page(home, path="/canh-bao"):
    return dom.fromstring(TestClient(make_app(home)).get(path).text)


def words(node):
    return " ".join(node.text_content().split())


def test_a_silence_that_began_on_a_day_without_reading_is_shown_with_evidence_and_link(home):
    with open_store(home.database, readonly=True) as store:
        assert day(50).isoformat() not in store.days_read()
        (silence,) = [one for one in alerts_of(store, day(50)) if one.alert == "area-silent"]
    (line,) = page(home).xpath(f"//h2[@id='n{day(50)}']/following-sibling::ul[1]/li")
    assert silence.place in words(line) and silence.text in words(line) and silence.evidence in words(line)
    assert line.xpath(".//a/@href") == ["/dia-phuong/2024%3A20"]


def test_every_alert_of_the_digests_is_on_the_page_with_evidence_and_link(home):
    with open_store(home.database) as store:
        plan_and_base(store)
        store.save_reading(told("m", 8475, 53, period=date(2020, 4, 30)))
        store.settle()
        days = [date.fromisoformat(one) for one in store.days_noted()]
        raised = [(one_day, one) for one_day in days for one in alerts_of(store, one_day)]
    assert {one.alert for _, one in raised} >= {"area-silent", "source-troubled", "behind-pace"}
    for one_day, one in raised:
        lines = page(home, f"/canh-bao?ngay={one_day}").xpath(f"//h2[@id='n{one_day}']/following-sibling::ul[1]/li")
        (line,) = [found for found in lines if " ".join(one.text.split()) in words(found)]
        assert one.evidence in words(line) and line.xpath(".//a/@href")


def test_what_goes_on_stands_first_with_the_day_since_which_it_does(home):
    lines = [words(one) for one in page(home).xpath("//section[1]//li")]
    assert len(lines) == 2
    assert "Lạng Sơn" in lines[0] and "6/7/2020" not in lines[0] and "7/7/2020" in lines[0]
    assert "bị chặn" in lines[1] and "vì thế" in lines[1]


def test_a_figure_s_alert_leads_to_its_sentence(home):
    with open_store(home.database) as store:
        store.save_reading(told("x", 300, 54, measure="change", flags=("identity-broken",), publish=False))
    (href,) = page(home, f"/canh-bao?ngay={day(54)}").xpath(f"//h2[@id='n{day(54)}']/following-sibling::ul[1]//a/@href")
    assert re.fullmatch(r"/bai\?id=x&so=300\+ng.*#so", href)
    assert page(home, href).xpath("//*[@id='so']")


@pytest.mark.parametrize("wrong", ["hom-qua", "2999-01-01", "31/2/2020"])
def test_a_day_that_is_none_or_yet_to_come_is_told(home, wrong):
    answer = TestClient(make_app(home)).get("/canh-bao", params={"ngay": wrong})
    assert answer.status_code == 404 and "30/4/2020" in answer.text


def test_quiet_days_are_told_together():
    a, b, c, d = (date(2020, 5, one) for one in (4, 3, 2, 1))
    assert [(days, raised) for days, raised in grouped([(a, []), (b, []), (c, None), (d, None)])] == [
        ([a, b], []), ([c, d], None),
    ]  # fmt: skip
    noted = [date(2020, 5, 30), date(2020, 5, 26), date(2020, 4, 1), date(2020, 3, 1)]
    assert shown_days(noted) == [*(date(2020, 5, one) for one in range(30, 23, -1)), *noted[2:]]
    assert shown_days([]) == []


def test_a_digest_says_once_what_put_a_place_behind(tmp_path):
    with open_store(tmp_path / "ansinh.db") as store:
        plan_and_base(store)
        store.save_reading(told("m", 8475, 0, period=date(2020, 4, 30)))
        store.settle()
        (behind,) = for_digest(alerts_of(store, DAY))
        said = plain_text(digest_of(store, DAY))
        assert said.count(behind.text) == 1 and "Cảnh báo" in said and "Tiến độ kế hoạch" not in said
        store.save_reading(told("n", 8962, 30, period=date(2020, 5, 31)))
        store.settle()
        later = plain_text(digest_of(store, day(30)))
    assert "Cảnh báo" not in later and "Tiến độ kế hoạch" in later  # it stays behind: state, not news


CHUOI = "/chuoi?area=2024:20&indicator="


@pytest.mark.parametrize(
    ("path", "says", "leads"),
    [
        (f"{CHUOI}BHXH_TN.participant", "BHXH_TN.participants", f"{CHUOI}BHXH_TN.participants"),
        (f"{CHUOI}lung-tung", "lung-tung", ""),
        (f"{CHUOI}BHXH_TN.participants&measure=levle", "levle", f"{CHUOI}BHXH_TN.participants&measure=level"),
        (f"{CHUOI}BHXH_TN.participants&measure=muc", "muc", f"{CHUOI}BHXH_TN.participants&measure=level"),
        (f"{CHUOI}BHXH_TN.participants&areas=2030", "2030", ""),
    ],
)
def test_a_series_of_an_unknown_name_is_404_with_near_names_in_vietnamese(home, path, says, leads):
    answer = TestClient(make_app(home)).get(path)
    assert answer.status_code == 404
    read = dom.fromstring(answer.text)
    assert read.get("lang") == "vi" and says in words(read) and "unknown" not in words(read)
    links = [href.replace("%3A", ":") for href in read.xpath("//main//a/@href")]
    assert not leads or leads in links


def test_the_files_and_the_api_of_an_unknown_series_are_404_too(home):
    client = TestClient(make_app(home))
    for path in ("/chuoi/tep/csv", "/api/series"):
        assert client.get(path, params={"area": "2024:20", "indicator": "BHXH_TN.cows"}).status_code == 404
        assert client.get(f"{path}?{CHUOI.partition('?')[2]}BHXH_TN.participants&measure=x").status_code == 404


def test_the_ranking_measures_a_place_on_either_list_alike(home):
    with open_store(home.database) as store:
        plan_and_base(store)
        store.save_reading(told("m", 8475, 53, period=date(2020, 4, 30)))
        store.settle()
    for which in ("63", "34"):
        row = page(home, f"/ban-do?ds={which}").xpath("//tr[.//a[text()='Lạng Sơn']]")[0]
        assert "8.005 / 17.000 người" in row.text_content().replace("\u00a0", " ")


def map_of(home, path):
    read = page(home, path)
    return read.xpath("string(//ul[@class='tabs']//a[@aria-current='page'])"), len(read.xpath("//tr[@data-area]"))


def test_the_map_opens_on_the_list_in_force_on_the_day_shown(home):
    assert map_of(home, "/ban-do") == ("63 tỉnh, thành phố (đến 30/6/2025)", 63)
    assert map_of(home, "/ban-do?ds=34")[1] == 34
    with open_store(home.database) as store:
        store.save_reading(told("late", 9000, 2000, period=date(2025, 10, 31)))
    assert map_of(home, "/ban-do")[1] == 34
    assert map_of(home, "/ban-do?nam=2024")[1] == 63
    assert map_of(home, "/ban-do?nam=2024&ds=34")[1] == 34


@pytest.fixture
def busy(tmp_path):
    """A day that tells of every province, more than a section holds, and raises an alert for each."""
    (tmp_path / "alerts").mkdir()
    rule = 'id = "own"\non = "condition"\nwhen = "BHXH_TN.participants level > 0"\nvi = "có"\nen = "some"\n'
    (tmp_path / "alerts" / "own.toml").write_text(f"[[alert]]\n{rule}", "utf-8")
    with open_store(tmp_path / "ansinh.db") as store:
        for number, area in enumerate(load_areas().provinces("2024")):
            one = told(f"p{number}", 8000 + number, 0)
            told_of = replace(one.observations[0], area=area.code, area_name=area.name)
            store.save_reading(replace(one, observations=(told_of,)))
        store.settle()
    return Home(root=tmp_path)


def test_what_a_section_leaves_out_has_a_page_that_the_day_links(busy, monkeypatch):
    monkeypatch.setattr("monitor.web.today.SHEET", 50)
    day_page = page(busy, f"/ban-tin/{DAY}")
    assert f"/ban-tin/{DAY}/moi" in day_page.xpath("//a/@href") and "xem cả 63 dòng" in words(day_page)
    found = [page(busy, f"/ban-tin/{DAY}/moi?trang={sheet}") for sheet in (1, 2, 9)]
    assert [len(one.xpath("//ul[@class='lines']/li")) for one in found] == [50, 13, 13]
    assert "?trang=2" in found[0].xpath("//a/@href") and "?trang=1" in found[1].xpath("//a/@href")
    told_of = {words(b) for one in found for b in one.xpath("//ul[@class='lines']/li/b")}
    assert len(told_of) == 63


@pytest.mark.parametrize("path", ["x", "%E2%97%8F", "moi?trang=-1", "moi?trang=99999999999", "het-mau-thuan"])
def test_a_section_asked_for_wrongly_is_a_page(busy, path):
    answer = TestClient(make_app(busy)).get(f"/ban-tin/{DAY}/{path}")
    assert answer.status_code == (200 if "mau" in path or "moi" in path else 404)


def test_alerts_of_a_day_beyond_the_first_sixty_have_a_page(busy):
    (more,) = [href for href in page(busy).xpath("//a/@href") if "trang=" in href]
    assert more == f"/canh-bao?ngay={DAY}&trang=2"
    assert len(page(busy, more).xpath("//ul[@class='lines']/li")) == 3
