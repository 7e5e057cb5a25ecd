"""Charts are drawn from values alone, are well-formed, and carry no script and no inline style."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from monitor.charts import Mark, line_chart, short, sparkline, ticks

DAY = date(2020, 1, 31)


def mark(days, value, **more):
    return Mark(day=DAY + timedelta(days), value=value, label=f"{value} <b>&</b>", **more)


# Figures have at most three decimals (contract 1: base units).
FIGURES = st.integers(-(10**18), 10**18).map(lambda thousandths: thousandths / 1000)


@given(FIGURES, FIGURES)
def test_ticks_cover_the_values(one, other):
    low, high = min(one, other), max(one, other)
    steps = ticks(low, high)
    slack = (steps[1] - steps[0]) * 1e-6
    assert steps[0] <= low + slack
    assert steps[-1] >= high - slack
    assert 2 <= len(steps) <= 8
    assert steps == sorted(steps)


@given(st.lists(st.tuples(st.integers(0, 4000), FIGURES), min_size=1, max_size=30))
def test_any_chart_is_well_formed_and_keeps_inside_its_frame(rows):
    svg = line_chart([mark(*row) for row in rows], unit="person", title='a "quoted" <title>', mail=True)
    tree = etree.fromstring(svg.encode())
    assert not tree.xpath("//@style")
    for dot in tree.iter("{*}circle"):
        assert 0 <= float(dot.get("cx")) <= 640
        assert 0 <= float(dot.get("cy")) <= 260


def test_points_link_to_their_sentence_on_screen_and_not_in_mail():
    marks = [mark(0, 8475, href="/bai/1#s"), mark(60, 9120, href="/bai/2#s", kind="held")]
    assert line_chart(marks, unit="person", title="x").count('href="/bai/') == 2
    assert "href" not in line_chart(marks, unit="person", title="x", mail=True)


def test_an_empty_series_draws_nothing():
    assert line_chart([], unit="person", title="x") == ""
    assert sparkline([1.0], title="x") == ""


@pytest.mark.parametrize(
    ("value", "unit", "says"),
    [
        (8475, "person", "8.475"),
        (1_850_000, "person", "1,85 triệu"),
        (383_900_000_000, "VND", "383,9 tỷ"),
        (98.9, "percent", "98,9\u202f%"),
        (-300, "person", "\u2212300"),
    ],
)
def test_axis_numbers_are_written_as_people_write_them(value, unit, says):
    assert short(value, unit) == says
