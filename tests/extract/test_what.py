"""What a figure is, of what, in which unit: one row of the table for each family of wording (`test_what_rows.tsv`)."""

from pathlib import Path

import pytest

from extract.figures.find import find_figures
from model.records import Observation

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "test_what_rows.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def told(one: Observation) -> str:
    """Write down a figure as the table does."""
    value = f"{one.obs_value:g}" if abs(one.obs_value) < 1e6 else str(round(one.obs_value))
    return f"{one.quote} = {one.indicator} {one.measure} {value} {one.unit} {one.area_name or '-'}"


@pytest.mark.parametrize(("published", "area", "text", "wanted"), ROWS, ids=[row[2][:48] for row in ROWS])
def test_what_a_figure_is(published: str, area: str, text: str, wanted: str) -> None:
    found = find_figures(text.replace("\\n", "\n"), published=published, area=area)
    assert [told(one) for one in found] == wanted.split(" ; ")
