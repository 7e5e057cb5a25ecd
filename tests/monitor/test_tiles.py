"""The grid map: every province of both lists has a tile of its own, the archipelagos too, and links keep the choice."""

import pytest
from lxml import html as dom

from model.areas import load_areas
from monitor.web.ranking import LISTS
from monitor.web.tiles import grid, two_lines
from tests.monitor.test_web import client, home, links

__all__ = ["client", "home"]


@pytest.mark.parametrize(("chosen", "wanted"), LISTS.items())
def test_every_province_has_a_tile_of_its_own_and_so_have_the_archipelagos(client, chosen, wanted):
    made = grid(wanted, load_areas().provinces(wanted))
    assert len({(tile.x, tile.y) for tile in made.tiles}) == len(made.tiles) == int(chosen) + 2
    page = dom.fromstring(client.get(f"/ban-do?ds={chosen}&kieu=o").text)
    tiles = page.xpath("//*[contains(@class, 'tiles')]//*[@data-area]")
    assert len(tiles) == int(chosen) + 2
    said = [" ".join(tile.itertext()) for tile in tiles]
    assert any("quần đảo Hoàng Sa" in one and "Đà Nẵng" in one for one in said)
    assert any("quần đảo Trường Sa" in one and "Khánh Hòa" in one for one in said)
    assert any("8.475" in one or "Lạng" in one for one in said)


def test_neighbours_lie_near_each_other(client):
    """The tiles follow the country: north above south, and what touches on the map is at most three tiles apart."""
    made = {tile.code: tile for tile in grid("2024", load_areas().provinces("2024")).tiles if not tile.isle}
    for one, other in (
        ("20", "24"),
        ("01", "33"),
        ("38", "40"),
        ("45", "46"),
        ("79", "74"),
        ("91", "96"),
        ("22", "31"),
    ):
        here, there = made[f"2024:{one}"], made[f"2024:{other}"]
        assert abs(here.x - there.x) <= 3 * 57 and abs(here.y - there.y) <= 3 * 43
    assert made["2024:04"].y < made["2024:01"].y < made["2024:48"].y < made["2024:79"].y < made["2024:96"].y


def test_the_choice_of_tiles_is_kept_by_every_link_of_the_page(client):
    kept = [link for link in links(client.get("/ban-do?kieu=o&ds=34&do=level").text) if link.startswith("/ban-do?")]
    assert len(kept) >= 5
    assert sum("kieu=o" not in link for link in kept) == 1  # the one that leads back to the map
    assert all("ds=" in link for link in kept)
    assert "map tiles" not in client.get("/ban-do").text


@pytest.mark.parametrize(
    ("name", "lines"),
    [("Lạng Sơn", ("Lạng", "Sơn")), ("Huế", ("Huế",)), ("Hồ Chí Minh", ("Hồ Chí", "Minh")),
     ("Bà Rịa - Vũng Tàu", ("Bà Rịa –", "Vũng Tàu"))],
)  # fmt: skip
def test_a_name_is_broken_into_two_lines(name, lines):
    assert two_lines(name) == lines
