"""Details of the pages: first known, colours, examples of rules, cures, corrections in words."""

import html
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from lxml import html as dom

from extract.rules import load_rules
from model.fetches import SourceRun
from model.indicators import load_indicators
from model.records import Point, Report
from monitor import slots
from monitor.web import shell
from monitor.web.series import first_known
from store import open_store
from tests.monitor.test_web import AT, client, home, log_in, reading, token

__all__ = ["client", "home"]


def test_a_series_says_when_a_figure_was_first_known(client, home):
    """The first reading of the value that stands counts, not of a later copy; a day of Vietnam, not of London."""
    later = "Tính đến hết tháng 4/2020, toàn tỉnh có 8.475 người tham gia BHXH tự nguyện, theo cơ quan bảo hiểm."
    with open_store(home.database) as store:
        one = reading("c", later, 8475, outlet="Báo Khác", url="https://khac.example/c")
        store.save_reading(replace(one, read_at=datetime(2020, 5, 25, 20, tzinfo=UTC)))
        store.settle()
    page = dom.fromstring(client.get("/chuoi?area=2024:20&indicator=BHXH_TN.participants").text)
    (cell,) = page.xpath('//td[@data-l="biết lần đầu"]')
    assert cell.text_content().strip() == "18/5/2020"
    assert "2 bài, 1 nguồn độc lập" in page.text_content()  # the second is a copy of the first


def test_a_point_that_lists_some_of_its_reports_may_have_been_known_before():
    point = Point(
        indicator="BHYT.cards", measure="level", unit="card", area="VN", period_start=None,
        period_end=date(2020, 4, 30), obs_value=5.0, qualifier="=", status="settled", why="", report_count=9,
        reports=(Report(doc="a", url=None, outlet=None, published=None, fetched_at=AT, quote="5", sentence="5",
                        obs_value=5.0, qualifier="=", group="a"),),
    )  # fmt: skip
    assert first_known(point) == (AT, False)
    assert first_known(replace(point, report_count=1)) == (AT, True)


def test_each_scheme_has_a_colour_of_its_own_in_both_lights():
    """Every class that a declared indicator can bear stands in the style sheet, for light and for dark."""
    sheet = (Path(shell.__file__).parent / "static" / "ansinh.css").read_text("utf-8")
    tones = {shell.tone(key) for key in (*load_indicators().declared, "BHTN+BHXH+BHYT.arrears")}
    assert {"tone-bhxh_tn", "tone-bhyt", "tone-bhtn", "tone-several"} <= tones
    assert shell.tone("BHYT_HGD.participants") == shell.tone("BHYT.participants") != shell.tone("BHTN.participants")
    for tone in tones:
        assert len(re.findall(rf"\.{tone}\b[^{{}}]*{{ --tone:", sheet)) == 2, tone


def test_a_rule_shows_what_it_must_read_and_its_near_misses(client):
    rule = next(rule for rule in load_rules().by_id.values() if rule.misses)
    row = dom.fromstring(client.get("/quy-tac").text).get_element_by_id(rule.id)
    shown = [one.text_content() for one in row.xpath(".//ul[@class='examples']/li")]
    plain = [one.replace("[", "").replace("]", "") for one in (*rule.hits, *rule.misses)]
    assert [one[2:] for one in shown] == plain
    assert [one[0] for one in shown] == ["●"] * len(rule.hits) + ["✕"] * len(rule.misses)


def test_a_source_in_trouble_says_what_to_do(client, home):
    run = SourceRun(source="x", run="1", started=AT, finished=AT, verdict="moved", evidence="chuyển hướng sang b.vn")
    with open_store(home.database) as store:
        store.add_source_run(run)
    said = client.get("/nguon/x").text
    assert "Cách sửa: sửa domains trong tệp nguồn theo địa chỉ mới." in html.unescape(said)
    assert "cách sửa ›" in client.get("/ban-tin/2020-05-18").text


def test_a_correction_is_told_in_words_in_the_audit_and_beside_the_figure(client, home):
    log_in(client, home, "reviewer")
    form = {
        "token": token(client),
        "verdict": "correct",
        "obs_value": "9.682",
        "period_end": "31/5/2020",
        "area": "Bắc Giang",
    }
    client.post("/tham-dinh/2", data=form)
    for path in ("/nhat-ky", "/tham-dinh/2"):
        said = html.unescape(client.get(path).text)
        assert all(one in said for one in ("Giá trị: 9.682", "Địa phương: Bắc Giang", "Đến ngày: 31/5/2020")), path
        assert "obs_value =" not in said


def test_slots_of_every_kind_are_told_in_words_and_what_cannot_be_read_stays():
    told = {
        "indicator": ("BHYT.participants", "số người tham gia BHYT"), "measure": ("gain", "phát triển mới"),
        "qualifier": (">=", "ít nhất"), "unit": ("person", "người"), "scope": ("người nghèo", "người nghèo"),
        "denominator": ("population", "dân số"), "base_end": ("2019-12-31", "31/12/2019"), "issuer": (None, "bỏ trống"),
        "obs_value": ("abc", "abc"), "period_start": ("x", "x"),
    }  # fmt: skip
    for key, (value, words) in told.items():
        assert slots.value(key, value) == words
    assert slots.changed("obs_value = 12345.0, scope = trẻ em, học sinh") == (
        "Giá trị: 12.345, Trong đó (phạm vi): trẻ em, học sinh"
    )


def test_the_list_of_sources_is_sorted_by_what_the_reader_asks(client, home):
    home.sources.mkdir(exist_ok=True)
    for key, name, area in (("zz", "Áo Dài", "Lạng Sơn"), ("yy", "Zê Ta", "An Giang"), ("xx", "Bê Ta", "Yên Bái")):
        text = f'name = "{name}"\ndomains = ["{key}.example"]\narea = "{area}"\n'
        (home.sources / f"{key}.toml").write_text(text, "utf-8")
    with open_store(home.database) as store:
        for key, day, verdict in (("zz", 3, "ok"), ("yy", 1, "ok"), ("xx", 2, "dead")):
            at = AT.replace(day=day)
            run = SourceRun(source=key, run=key, started=at, finished=at, verdict=verdict, evidence="")
            store.add_source_run(run)

    def order(query):
        page = dom.fromstring(client.get(f"/nguon{query}").text)
        found = [one.rpartition("/")[2] for one in page.xpath("//tbody/tr/td[1]/a/@href")]
        assert page.xpath("count(//th[@aria-sort])") == 1
        return [one for one in found if one in ("xx", "yy", "zz")]

    assert order("") == order("?xep=nonsense") == ["xx", "zz", "yy"]  # what is in trouble first, then by name
    assert order("?xep=ten") == ["zz", "xx", "yy"]
    assert order("?xep=noi") == ["yy", "zz", "xx"]
    assert order("?xep=luot") == ["yy", "xx", "zz"]
    assert order("?xep=luot&chi=sound") == ["yy", "zz"]
    kept = dom.fromstring(client.get("/nguon?xep=noi").text).xpath("//ul[@class='tabs']//a/@href")
    assert kept and all("xep=noi" in one for one in kept)


def test_an_empty_series_offers_the_measures_that_are_told(client):
    for address in ("&measure=rate", "&as_of=1/1/2019"):
        page = dom.fromstring(client.get(f"/chuoi?area=2024:20&indicator=BHXH_TN.participants{address}").text)
        (way,) = page.xpath("//main//p[contains(., 'Đã có số của')]/a")
        assert way.text == "số hiện có" and "measure=level" in way.get("href")
        assert "8.475 người" in client.get(way.get("href")).text
