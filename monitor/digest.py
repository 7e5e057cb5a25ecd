"""The day's digest: the facts of a day put into words, then laid out as plain text and as HTML.

Everything is a function of the day's facts, which are a function of what the store held at the day's end: the digest
of any past day comes out the same, byte for byte, whenever it is made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from monitor import counted, names, paces, words
from monitor.alerting import alerts_of, for_digest
from monitor.language import Language, language, say
from monitor.links import alert_link, place_link, series_link, source_link
from monitor.notes import evidence, reason
from monitor.standing import standing

if TYPE_CHECKING:
    from model.fetches import SourceRun
    from model.records import Point, Report
    from monitor.alerting import Raised
    from store import Store
    from store.day import Change, DayFacts, Silence
    from store.progress import Progress

MOST = 40
"""Lines of one section in the mail and on the day's page; what is more is counted, and stands on a page of its own."""

PARTS = {
    "canh-bao": "⚑", "moi": "●", "thay-doi": "↻", "mau-thuan": "≠", "het-mau-thuan": "=", "tien-do": "▲",
    "im-lang": "○", "nguon": "✕",
}  # fmt: skip
"""The sections by the last part of their pages' addresses: `/ban-tin/2020-07-07/moi`."""

ODD = ("fell", "ytd-fell", "jumped")
"""Flags that are said beside the figure: alerts that need no line of their own."""

ORDER = ("level", "gain", "target_pct", "coverage_pct", "change", "change_pct", "target_gap", "target")
"""What is told of a place first; other measures come last."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One thing that is told."""

    area: str
    texts: tuple[str, ...]
    """What is told, with its numbers; several where one sentence says several things."""
    sentence: str = ""
    """The sentence that says it; `""` where none does."""
    source: str = ""
    """Newspaper and day."""
    url: str = ""
    doc: str = ""
    """Document that says it, and the figure as written there: for a link to the archived article."""
    quote: str = ""
    page: str = ""
    """Address on the pages that shows more where no sentence does; `""` where none does."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """Lines under one heading."""

    mark: str
    """A sign beside the heading's word, so that colour alone says nothing."""
    title: str
    lines: tuple[Line, ...]
    count: int
    """Things told, those left out too."""
    more: int = 0
    """Lines left out."""

    @property
    def part(self) -> str:
        """The last part of the address of the page that holds all its lines."""
        return next(part for part, mark in PARTS.items() if mark == self.mark)

    @property
    def see(self) -> str:
        """What the link of a line without a sentence is called: it leads to the sources of a clash, to a cure."""
        named = {"≠": say("xem các nguồn", "its sources"), "✕": say("cách sửa", "what to do")}
        return named.get(self.mark, say("xem", "see"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """A day in words."""

    day: date
    language: Language
    title: str
    subject: str
    """Subject of the mail: it carries the news."""
    looked: str
    """What was looked at: why an empty day can be believed."""
    headline: tuple[str, ...]
    """Where the whole country stands."""
    nothing: str
    """Where the day brought no figure: that it did not, and whether that can be believed; else `""`."""
    sections: tuple[Section, ...]
    remarks: tuple[str, ...]
    """Backfills, re-readings, what waits."""


def digest_of(store: "Store", day: date, most: int | None = MOST) -> Digest:
    """Give the digest of a day (Vietnam) in the language in force, with at most `most` lines a section; None: all."""
    facts = store.day_facts(day)
    return word(facts, store.outlet_names(), alerts_of(store, day, facts), standing(store, day), most)


def word(
    facts: "DayFacts", outlets: Mapping[str, str], alerts: "Sequence[Raised]" = (), headline: Sequence[str] = (),
    most: int | None = MOST,
) -> Digest:  # fmt: skip
    """Put the facts of a day into words.

    `outlets` gives sources their names, `alerts` are those that the day raised, `headline` says where the country is,
    `most` how many lines a section has.
    """
    troubled = _troubled([run for run in facts.source_verdicts if run.source not in facts.hushed], outlets)
    told = paces.distinct(facts.progress)
    raised = for_digest(alerts)
    said = {(one.where, one.text) for one in raised}
    unsaid = [one for one in told if (one.area, paces.of_indicator(one)) not in said]
    sections = [
        _section("⚑", say("Cảnh báo", "Alerts"), [_alert(one) for one in raised]),
        _section("●", say("Mới", "New"), [_told(change) for change in sorted(facts.new, key=_order)]),
        _section("↻", say("Thay đổi, đính chính", "Changed, corrected"), [_told(change) for change in facts.changed]),
        _section("≠", say("Mâu thuẫn số liệu", "Contradictions"), [_held(change) for change in facts.contradictions]),
        _section("=", say("Hết mâu thuẫn", "Resolved"), [_told(change) for change in facts.resolved]),
        _section("▲", say("Tiến độ kế hoạch", "Progress against plans"), [_progress(one) for one in unsaid]),
        _section("○", say("Địa phương im lặng quá hạn", "Silent areas"), [_silence(one) for one in facts.silent]),
        _section("✕", say("Nguồn tin cần xem lại", "Sources that need a look"), troubled),
    ]
    paced = headline or any(paces.expected(one) is not None for one in told)
    title = f"{say('An sinh · Bản tin', 'An sinh · Digest of')} {words.weekday(facts.day)} {words.day(facts.day)}"
    return Digest(
        day=facts.day,
        language=language(),
        title=title,
        subject=counted.subject(facts, len(troubled), len(raised)),
        looked=counted.looked(facts),
        headline=tuple(headline),
        nothing=counted.nothing(facts),
        sections=tuple(_short(section, most) for section in sections if section.count),
        remarks=(*counted.remarks(facts), *counted.muted(alerts), *((paces.explained(),) if paced else ())),
    )


def _order(change: "Change") -> tuple[bool, str, int]:
    """Tell the country first, then place by place, of each first the counts."""
    point = change.point
    rank = ORDER.index(point.measure) if point.measure in ORDER else len(ORDER)
    return point.area != "VN", point.area or "", rank


def _section(mark: str, title: str, told: Sequence[Line]) -> Section:
    return Section(mark=mark, title=title, lines=tuple(_together(told)), count=len(told))


def _short(section: Section, most: int | None) -> Section:
    shown = section.lines[:most]
    return replace(section, lines=shown, more=len(section.lines) - len(shown))


def _together(lines: Sequence[Line]) -> list[Line]:
    """Bring together what one sentence says of one area."""
    found: dict[tuple[str, str, str], Line] = {}
    for line in lines:
        key = (line.area, line.sentence, line.url or line.source)
        first = found.get(key) if line.sentence else None
        found[key if line.sentence else (line.area, str(len(found)), "")] = (
            replace(first, texts=(*first.texts, *line.texts)) if first else line
        )
    return list(found.values())


def _told(change: "Change") -> Line:
    """Say a point, beside what it was or the one before."""
    point = change.point
    when = words.period(point.period_start, point.period_end)
    value = words.amount(point.obs_value, point.unit, point.qualifier)
    if point.measure in ("change", "change_pct"):
        since = f" {say('so với', 'since')} {names.base(point.base_kind)}" if point.base_kind else ""
        value = words.grown(point.obs_value, point.unit, point.qualifier) + since
        what = names.series(point.indicator, "level", scope=point.scope)
        return _line(point, f"{what} {value} ({when})")
    what = names.series(point.indicator, point.measure, point.issuer, point.scope)
    if change.before is not None:
        old = words.amount(change.before.obs_value, point.unit, change.before.qualifier)
        return _line(point, f"{what}: {old} → {value} ({when}){_odd(change)}")
    return _line(point, f"{what}: {_before(change)}{value}{_growth(change)} ({when}){_odd(change)}")


def _odd(change: "Change") -> str:
    """Say what is odd about a figure that it was not before; `""` where nothing is."""
    was = change.before.flags if change.before else ()
    odd = [flag for flag in change.point.flags if flag in ODD and flag not in was]
    return "".join(f" · ⚑ {reason(flag)}" for flag in odd)


def _before(change: "Change") -> str:
    """Say the level before, with its arrow; `""` for other measures and where there is none."""
    if change.previous is None or change.point.measure != "level" or change.previous.period_end is None:
        return ""
    if change.point.unit == "VND":
        return ""
    return words.amount(change.previous.obs_value, change.point.unit).rsplit(" ", 1)[0] + " → "


def _growth(change: "Change") -> str:
    """Say by how much a level grew since the point before."""
    old = change.previous
    if old is None or change.point.measure != "level" or change.point.unit in ("VND", "percent") or not old.obs_value:
        return ""
    share = (change.point.obs_value / old.obs_value - 1) * 100
    sign = "+" if share > 0 else ""
    since = say(f"so với {words.day(old.period_end)}", f"since {words.day(old.period_end)}")
    return f", {sign}{words.percent(share, 1)} {since}"


def _held(change: "Change") -> Line:
    """Say a point on which reports disagree, with all their values."""
    point = change.point
    values = dict.fromkeys(words.amount(one.obs_value, point.unit, one.qualifier) for one in point.reports)
    what = names.series(point.indicator, point.measure, point.issuer, point.scope)
    when = words.period(point.period_start, point.period_end)
    said = words.against(list(values)) if len(values) > 1 else ", ".join([*values, *map(reason, point.flags)])
    both = series_link(point.area, point.indicator, point.measure) if point.area else ""
    return replace(_line(point, f"{what}: {said} ({when})"), page=both)


def _line(point: "Point", text: str) -> Line:
    """Give a line with the sentence that it stands on."""
    said = point.reports[0] if point.reports else None
    return Line(
        area=names.area(point.area, point.period_end),
        texts=(text,),
        sentence=words.excerpt(said.sentence, said.quote) if said else "",
        source=_who(said) if said else "",
        url=(said.url or "") if said else "",
        doc=said.doc if said else "",
        quote=said.quote if said else "",
    )


def _who(said: "Report") -> str:
    """Name the newspaper and its day; the day is left out where the article tells none."""
    named = said.outlet or said.doc
    return f"{named}, {words.day(said.published)}" if said.published else named


def _progress(one: "Progress") -> Line:
    """Say where a place stands against its target, at the figure's own day."""
    page = series_link(one.area, one.indicator, one.target.of)
    return Line(area=names.area(one.area, one.period_end), texts=(paces.of_indicator(one),), page=page)


def _alert(one: "Raised") -> Line:
    said = one.evidence if one.doc else ""
    why = f" · {one.evidence}" if one.evidence and not said else ""
    return Line(
        area=one.place,
        texts=(f"{one.title or one.alert} · {one.text}{why}",),
        sentence=said,
        doc=one.doc or "",
        quote=one.quote,
        page="" if one.doc else alert_link(one),
    )


def _silence(one: "Silence") -> Line:
    days, usual = words.number(one.days), words.number(one.usual)
    text = say(
        f"{days} ngày không có số mới (thường {usual}), số cuối {words.day(one.last)}",
        f"{days} days without a new figure (usually {usual}), the last on {words.day(one.last)}",
    )
    return Line(area=names.area(one.area), texts=(text,), page=place_link(one.area))


def _troubled(runs: "Sequence[SourceRun]", outlets: Mapping[str, str]) -> list[Line]:
    """Give the sources whose last round needs a person."""
    return [
        Line(
            area=outlets.get(run.source, run.source),
            texts=(f"{reason(run.verdict)}: {evidence(run.evidence)}" if run.evidence else reason(run.verdict),),
            page=source_link(run.source),
        )
        for run in runs
        if run.verdict not in ("ok", "new")
    ]
