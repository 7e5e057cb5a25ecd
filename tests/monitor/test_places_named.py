"""Pages name a place in one way: `Lạng Sơn`; a town of its province's name is told apart; the open one is said open."""

import json
from dataclasses import replace

import pytest

from store import open_store
from tests.monitor.test_web import client, home, reading

__all__ = ["client", "home"]
TOWN = "Thành phố Lạng Sơn, tỉnh Lạng Sơn"


@pytest.fixture
def town(home):
    """Add a town that bears its province's name, once published and once held back, and a place that stays open."""
    with open_store(home.database) as store:
        for doc, value, area, name, publish in (
            ("t", 1204, "2024:178", "Lạng Sơn, Lạng Sơn", True), ("u", 1205, "2024:178", "Lạng Sơn, Lạng Sơn", False),
            ("v", 1206, None, None, False),
        ):  # fmt: skip
            one = reading(
                doc, f"Đến hết tháng 4/2020, có {value} người tham gia BHXH tự nguyện.", value, publish=publish
            )
            figure = replace(
                one.observations[0], area=area, area_name=name, area_candidates=() if area else ("2024:24",)
            )
            store.save_reading(replace(one, observations=(figure,)))
        store.settle()
        return {row.quote: row.obs_id for row in store.review(limit=50)}


@pytest.mark.parametrize("path", ["/tim?q=1204", "/bai?id=t", "/tham-dinh", "/ban-tin/2020-05-18"])
def test_a_town_of_its_province_s_name_is_named_alike_on_all_pages(client, town, path):
    said = client.get(path).text
    assert TOWN in said
    assert "Lạng Sơn, Lạng Sơn" not in said


def test_a_province_is_named_without_its_rank_beside_its_figures(client):
    for path in ("/tim?q=8.475", "/bai?id=a", "/chuoi?area=2024:20&indicator=BHXH_TN.participants", "/"):
        said = client.get(path).text
        assert "Lạng Sơn" in said and "tỉnh Lạng Sơn" not in said.replace("toàn tỉnh", ""), path


def test_a_place_that_stays_open_is_said_open_with_the_names_of_its_candidates(client, town):
    assert "chưa rõ nơi" in client.get("/tham-dinh").text
    assert "chưa rõ nơi: Bắc Giang (2024:24)" in client.get(f"/tham-dinh/{town['1206 người']}").text


def test_programs_get_the_code_beside_the_name(client):
    found = json.loads(client.get("/api/search?q=8.475").text)["figures"][0]
    assert (found["area"], found["area_name"], found["measure"]) == ("2024:20", "Lạng Sơn", "level")
