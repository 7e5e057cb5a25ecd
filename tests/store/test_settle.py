"""The table of cases: who wins when reports disagree."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.records import Point, Report
from store.days import NEVER
from store.keys import SeriesKey
from store.settle import ACCEPTED, OFFICIAL, PORTAL, PRESS, Claim, settle

KEY = SeriesKey(indicator="BHXH_TN.participants", measure="level", unit="person", area="2024:20")
END = date(2020, 4, 30)


@dataclass(frozen=True)
class Told:
    """One report of a case: day of May 2020, quote, value."""

    day: int
    quote: str
    value: float
    qualifier: str = "="
    rank: int = PRESS
    corrects: bool = False
    copy_of: int | None = None
    until: int | None = None
    sentence: str = ""
    end: date = END


def claim(place: int, told: Told) -> Claim:
    day = f"2020-05-{told.day:02}"
    report = Report(
        doc=f"d{place}", url=f"https://bao.example/{place}", outlet=f"Báo {place}", published=date(2020, 5, told.day),
        fetched_at=datetime(2020, 5, told.day, 3, tzinfo=UTC), quote=told.quote, sentence=told.sentence or told.quote,
        obs_value=told.value, qualifier=told.qualifier,  # type: ignore[arg-type]
        group=f"d{told.copy_of if told.copy_of is not None else place}",
    )  # fmt: skip
    return Claim(
        id=place, report=report, period_start=told.end, period_end=told.end, rank=told.rank, told=day, since=day,
        until=f"2020-05-{told.until:02}" if told.until else NEVER, corrects=told.corrects,
    )  # fmt: skip


def settled(*told: Told, key: SeriesKey = KEY, at: str | None = None) -> list[Point]:
    return settle(key, [claim(place, one) for place, one in enumerate(told)], at=at)


EXACT = Told(5, "1.187.432 người", 1_187_432)
CASES: dict[str, tuple[list[Told], int, str, str, tuple[str, ...]]] = {
    # name: reports, which stands, status, why, flags
    "one report": ([EXACT], 0, "settled", "only report", ()),
    "precision over rounding": (
        [EXACT, Told(9, "gần 1,2 triệu người", 1_200_000, "<")], 0, "settled", "exact figure", ()),
    "rounded first, exact later": (
        [Told(3, "gần 1,2 triệu người", 1_200_000, "<"), EXACT], 1, "settled", "latest report", ("revised",)),
    "over is agreement": ([Told(5, "17.345 người", 17_345), Told(6, "hơn 17.000 người", 17_000, ">")], 0, "settled",
                          "exact figure", ()),
    "about is agreement": ([Told(5, "17.345 người", 17_345), Told(6, "khoảng 17.000 người", 17_000, "~")], 0,
                           "settled", "exact figure", ()),
    "a finer decimal that agrees": (
        [Told(5, "98,91%", 98.91), Told(6, "98,9%", 98.9)], 0, "settled", "most precise of those that agree",
        ()),
    "a later vintage within tolerance": (
        [Told(5, "8.475 người", 8475), Told(20, "8.512 người", 8512)], 1, "settled", "latest report", ("revised",)),
    "a contradiction is held": (
        [Told(5, "8.475 người", 8475), Told(6, "9.875 người", 9875)], 1, "held", "latest report", ("contradiction",)),
    "rounding too far off is a contradiction": (
        [Told(5, "8.475 người", 8475), Told(6, "hơn 12.000 người", 12_000, ">")], 0, "held", "exact figure",
        ("contradiction",)),
    "a correction before what it corrects": (
        [Told(5, "8.775 người", 8775), Told(8, "8.475 người", 8475, corrects=True)], 1, "settled", "correction",
        ("corrected", "revised")),
    "a wide correction is no contradiction": (
        [Told(5, "7.215 người", 7215), Told(8, "4.215 người", 4215, corrects=True)], 1, "settled", "correction",
        ("corrected", "revised")),
    "who repeats what was corrected": (
        [Told(5, "7.215 người", 7215), Told(8, "4.215 người", 4215, corrects=True), Told(9, "7.215 người", 7215)],
        1, "settled", "correction", ("corrected", "repeats-corrected", "revised")),
    "who contradicts a correction anew": (
        [Told(5, "7.215 người", 7215), Told(8, "4.215 người", 4215, corrects=True), Told(9, "9.999 người", 9999)],
        1, "held", "correction", ("contradiction", "corrected")),
    "a correction of something else before it was told": (
        [Told(8, "8.475 người", 8475, corrects=True), Told(9, "8.476 người", 8476)], 0, "settled", "correction", ()),
    "the office's own figure": (
        [Told(5, "8.475 người", 8475, rank=OFFICIAL), Told(9, "9.875 người", 9875)], 0, "settled", "official figure",
        ("press-differs",)),
    "of two imports the later": (
        [Told(5, "8.475", 8475, rank=OFFICIAL), Told(9, "8.480", 8480, rank=OFFICIAL)], 1, "settled",
        "official figure", ("revised",)),
    "official over accepted": (
        [Told(5, "8.475", 8475, rank=OFFICIAL), Told(9, "8.480 người", 8480, rank=ACCEPTED)], 0, "settled",
        "official figure", ()),
    "a person's word over a later report": (
        [Told(5, "8.475 người", 8475, rank=ACCEPTED), Told(9, "9.875 người", 9875)], 0, "settled",
        "accepted by a person", ("press-differs",)),
    "an office's portal before newspapers": (
        [Told(5, "8.475 người", 8475, rank=PORTAL), Told(6, "8.480 người", 8480)], 0, "settled", "office portal", ()),
    "a portal that papers contradict is held": (
        [Told(5, "8.475 người", 8475, rank=PORTAL), Told(6, "9.875 người", 9875)], 0, "held", "office portal",
        ("contradiction",)),
    "copies are one report": (
        [Told(5, "8.475 người", 8475), Told(6, "8.475 người", 8475, copy_of=0)], 1, "settled", "only report", ()),
    "a dead version does not contradict": (
        [Told(5, "9.875 người", 9875, until=7), Told(7, "8.475 người", 8475)], 1, "settled", "only report",
        ("revised",)),
    "lead and body of one article": (
        [Told(5, "hơn 8.400 người", 8400, ">"), Told(5, "8.475 người", 8475, copy_of=0)], 1, "settled", "only report",
        ()),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_who_wins(name: str) -> None:
    told, stands, status, why, flags = CASES[name]
    key = replace(KEY, unit="percent") if "%" in told[0].quote else KEY
    [point] = settled(*told, key=key)
    assert (point.obs_value, point.status, point.why, point.flags) == (told[stands].value, status, why, flags)
    assert point.reports[0].doc == f"d{stands}" and point.reports[0].stands
    assert [report.stands for report in point.reports].count(True) == 1


def test_revisions_are_told_with_their_quotes() -> None:
    [point] = settled(
        Told(3, "gần 8.500 người", 8500, "<"), Told(5, "8.475 người", 8475), Told(20, "8.512 người", 8512)
    )
    assert [report.quote for report in point.revisions] == ["gần 8.500 người", "8.475 người"]


def test_as_it_was_told_on_a_day() -> None:
    told = (Told(5, "8.775 người", 8775), Told(8, "8.475 người", 8475, corrects=True))
    assert [p.obs_value for p in settled(*told, at="2020-05-04")] == []
    assert [p.obs_value for p in settled(*told, at="2020-05-07")] == [8775]
    assert [p.obs_value for p in settled(*told, at="2020-05-08")] == [8475]


def test_an_edited_article_as_it_was_before() -> None:
    told = (Told(5, "9.875 người", 9875, until=7), Told(7, "8.475 người", 8475))
    assert [(p.obs_value, p.revisions) for p in settled(*told, at="2020-05-06")] == [(9875, ())]


def month(end: tuple[int, int, int], value: float, sentence: str = "") -> Told:
    return Told(5, f"{value:,.0f} người".replace(",", "."), value, sentence=sentence, end=date(*end))


@pytest.mark.parametrize(
    ("points", "flags"),
    [
        ([((2020, 1, 31), 8000), ((2020, 2, 29), 7000)], ("fell",)),
        ([((2020, 1, 31), 8000), ((2020, 2, 29), 7000, "giảm 1.000 người so với tháng trước")], ()),
        ([((2020, 1, 31), 8000), ((2020, 2, 29), 7990)], ()),
        ([((2020, 1, 31), 8475), ((2020, 2, 29), 84750)], ("jumped",)),
        ([((2020, 1, 31), 8475), ((2020, 2, 29), 9100)], ()),
        (
            [((2020, 1, 31), 8000), ((2020, 2, 29), 8100), ((2020, 3, 31), 8150), ((2020, 4, 30), 8230),
             ((2020, 5, 31), 11000)],
            ("jumped",),
        ),
    ],
)  # fmt: skip
def test_flags_that_neighbours_give(points: list[tuple[object, ...]], flags: tuple[str, ...]) -> None:
    found = settled(*(month(*one) for one in points))  # type: ignore[arg-type]
    assert found[-1].flags == flags and all(point.flags == () for point in found[:-1])


def test_a_total_to_date_only_shrinks_in_january() -> None:
    key = replace(KEY, indicator="BHXH.revenue", unit="VND")

    def to_date(end: date, value: float) -> Claim:
        return replace(
            claim(end.month + 12 * end.year, Told(5, f"{value:g} tỷ đồng", value * 1e9, end=end)),
            period_start=date(end.year, 1, 1),
        )

    claims = [to_date(date(2020, 11, 30), 100), to_date(date(2020, 12, 31), 90), to_date(date(2021, 1, 31), 8)]
    assert [point.flags for point in settle(key, claims)] == [(), ("ytd-fell",), ()]


told = st.builds(
    Told,
    day=st.integers(1, 28),
    quote=st.sampled_from(["8.475 người", "1,2 triệu người", "98,9%", ""]),
    value=st.sampled_from([8475.0, 8500.0, 9875.0, 0.0, -300.0, 1_200_000.0]),
    qualifier=st.sampled_from(["=", "~", ">", "<", ">=", "<="]),
    rank=st.sampled_from([OFFICIAL, ACCEPTED, PORTAL, PRESS]),
    corrects=st.booleans(),
    until=st.none(),
)


@given(st.lists(told, min_size=1, max_size=8), st.randoms())
def test_the_order_in_which_reports_come_does_not_matter(reports: list[Told], random: object) -> None:
    claims = [claim(place, one) for place, one in enumerate(reports)]
    mixed = list(claims)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert settle(KEY, claims) == settle(KEY, mixed)


@given(st.lists(told, min_size=1, max_size=8))
def test_no_report_is_lost_and_exactly_one_stands(reports: list[Told]) -> None:
    [point] = settled(*reports)
    assert len(point.reports) == len(reports) and sum(report.stands for report in point.reports) == 1
