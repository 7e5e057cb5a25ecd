"""Which alerts a day raises: what became so on that day and was not so the day before.

Nothing is kept of what was said: the store knows what held at the end of each day, so an alert is said once, again when
it changes, and the alerts of any past day come out the same whenever they are asked for.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from model.areas import load_areas
from model.home import Home
from monitor import names, paces, words
from monitor.alerts import AlertRule, Watched, condition, load_alerts, same_place
from monitor.language import say
from monitor.notes import evidence, reason
from monitor.words import VIETNAM

if TYPE_CHECKING:
    from model.records import Point, Report
    from store import Store
    from store.day import Change, DayFacts
    from store.progress import Progress

LATELY, BEFORE = timedelta(days=14), timedelta(days=74)
"""A rule has stopped that claimed nothing lately but `LEAST` figures in the time before."""
LEAST = 20
GROWTH = ("change", "change_pct")


@dataclass(frozen=True, kw_only=True, slots=True)
class Raised:
    """One alert of one day."""

    alert: str
    """Id of its declaration."""
    title: str = ""
    """What it watches, in its declaration's words."""
    where: str
    """Code of the area, id of the source or rule."""
    place: str
    """Its name."""
    text: str
    """What is the matter."""
    evidence: str
    """Why it is so: the sentence, the numbers, the verdict's evidence."""
    doc: str | None = None
    """The article that shows it; None where none does."""
    quote: str = ""
    """The figure as written in that article; `""` where none is shown."""
    muted: str = ""
    """Why it is silent, and until when; `""` where it speaks."""


def alerts_of(
    store: "Store", day: date, facts: "DayFacts | None" = None, own: Path | None = None, only: Sequence[str] = ()
) -> list[Raised]:
    """Give what a day raises, muted ones included, in the order of the declarations; of these indicators `only`."""
    watched = load_alerts(own or Home(root=store.path.parent).alerts)
    facts = facts or store.day_facts(day)
    raised: list[Raised] = []
    for rule in _narrowed(watched.rules, only):
        found = _WATCHERS[rule.on](store, day, facts, rule)
        title = say(rule.vi, rule.en)
        raised += [
            replace(_muted(watched, one, day), title=title)
            for one in found
            if not rule.areas or any(same_place(code, one.where) for code in rule.areas)
        ]
    return raised


def _narrowed(rules: Sequence[AlertRule], only: Sequence[str]) -> list[AlertRule]:
    """Let the rules watch these indicators alone; one that watches none of them falls out."""
    if not only:
        return list(rules)
    wanted = [(rule, [key for key in rule.indicators or only if key in only]) for rule in rules]
    return [rule.model_copy(update={"indicators": tuple(keys)}) for rule, keys in wanted if keys]


IN_DIGEST = ("behind-pace", "target-reached", "identity-broken", "rule-stopped")
"""Shipped alerts that the digest tells under a heading of their own; the others it tells elsewhere."""


def for_digest(raised: Sequence[Raised]) -> list[Raised]:
    """Give what the digest tells as alerts: what none of its other sections says, and an office's own alerts."""
    shipped = {rule.id for rule in load_alerts().rules}
    return [one for one in raised if not one.muted and (one.alert in IN_DIGEST or one.alert not in shipped)]


def _muted(watched: Watched, one: Raised, day: date) -> Raised:
    mute = watched.muted(one.alert, one.where, day)
    return replace(one, muted=f"{mute.reason} ({say('đến', 'until')} {words.day(mute.until)})") if mute else one


def _about(rule: AlertRule, indicator: str) -> bool:
    return not rule.indicators or indicator in rule.indicators


def _on_points(rule: AlertRule, changes: "Iterable[Change]", text: "Callable[[Point], str]") -> list[Raised]:
    """Raise a rule for points, with their first report as evidence."""
    return [
        Raised(
            alert=rule.id, where=c.point.area or "", place=names.area(c.point.area, c.point.period_end),
            text=text(c.point), doc=c.point.reports[0].doc if c.point.reports else None,
            quote=c.point.reports[0].quote if c.point.reports else "",
            evidence=words.excerpt(c.point.reports[0].sentence, c.point.reports[0].quote) if c.point.reports else "",
        )
        for c in changes
    ]  # fmt: skip


def _worded(point: "Point") -> str:
    when = words.period(point.period_start, point.period_end)
    series = names.series(point.indicator, point.measure, point.issuer, point.scope)
    if point.measure in GROWTH:
        series = names.series(point.indicator, "level", scope=point.scope)
    return f"{_said(series, point.measure, point.obs_value, point.unit, point.qualifier)} ({when})"


def _said(series: str, measure: str, value: float, unit: str, qualifier: str) -> str:
    """Say a figure of a series: a change as people say it, `giảm 300 người`, other measures after a colon."""
    if measure in GROWTH:
        return f"{series} {words.grown(value, unit, qualifier)}"
    return f"{series}: {words.amount(value, unit, qualifier)}"


def _progress(store: "Store", day: date, facts: "DayFacts", rule: AlertRule) -> list[Raised]:
    """Places that came into one of the rule's states, by a figure or by a plan of that day."""
    raised = []
    yesterday = day - timedelta(days=1)
    for one in paces.distinct([*facts.progress, *_newly_planned(store, day, facts)]):
        if one.state not in rule.wanted or not _about(rule, one.indicator):
            continue
        before = store.progress(one.area, one.indicator, on=yesterday, fetched_by=yesterday)
        if any(paces.unaged(was) == one.state and was.target.value == one.target.value for was in before):
            continue
        shown = _shown_by(facts, one)
        raised.append(
            Raised(
                alert=rule.id, where=one.area, place=names.area(one.area),
                text=paces.of_indicator(one), doc=shown.doc if shown else None,
                quote=shown.quote if shown else "",
                evidence=words.excerpt(shown.sentence, shown.quote) if shown else one.target.document,
            )
        )  # fmt: skip
    return raised


def _newly_planned(store: "Store", day: date, facts: "DayFacts") -> "list[Progress]":
    """Measure the places whose target, and not its figure, is news of the day."""
    measured = {(one.area, one.indicator) for one in facts.progress}
    planned = {
        (c.point.area, c.point.indicator) for c in (*facts.new, *facts.changed) if c.point.measure == "target"
    } - measured  # fmt: skip
    found = []
    for area, indicator in sorted((area, indicator) for area, indicator in planned if area):
        found += store.progress(area, indicator, on=day, fetched_by=day)
    return [one for one in found if one.computed_share is not None]


def _shown_by(facts: "DayFacts", one: "Progress") -> "Report | None":
    """Give the report of the day that brought the figure or the target measured; None where none did."""
    near = {one.area, *load_areas().same_territory(one.area)}
    of_place = [
        c.point for c in (*facts.new, *facts.changed)
        if c.point.area in near and c.point.indicator == one.indicator and c.point.reports
    ]  # fmt: skip
    figure = [p for p in of_place if p.measure == one.target.of and p.period_end == one.period_end]
    found = figure or [p for p in of_place if p.measure == "target"]
    return found[0].reports[0] if found else None


def _points(store: "Store", day: date, facts: "DayFacts", rule: AlertRule) -> list[Raised]:
    """New or changed points that earned one of the rule's flags."""
    earned = [
        c for c in (*facts.new, *facts.changed)
        if _about(rule, c.point.indicator)
        and (set(c.point.flags) - set(c.before.flags if c.before else ())) & set(rule.wanted)
    ]  # fmt: skip
    return _on_points(rule, earned, _worded)


def _contradictions(store: "Store", day: date, facts: "DayFacts", rule: AlertRule) -> list[Raised]:
    """Points that came to be held because reports disagree."""

    def text(point: "Point") -> str:
        values = dict.fromkeys(words.amount(one.obs_value, point.unit, one.qualifier) for one in point.reports)
        what = names.series(point.indicator, point.measure, point.issuer, point.scope)
        return f"{what}: {words.against(list(values))} ({words.period(point.period_start, point.period_end)})"

    return _on_points(rule, (c for c in facts.contradictions if _about(rule, c.point.indicator)), text)


def _identities(store: "Store", day: date, facts: "DayFacts", rule: AlertRule) -> list[Raised]:
    """Figures read on that day whose article's own arithmetic does not hold."""
    return [
        Raised(
            alert=rule.id, where=row["area"] or "", place=names.area(row["area"]) or row["area_name"] or "",
            doc=row["doc"], quote=row["quote"],
            text=_said(
                names.series(row["indicator"], "level" if row["measure"] in GROWTH else row["measure"]),
                row["measure"], row["obs_value"], row["unit"], row["qualifier"],
            ),
            evidence=words.excerpt(row["sentence"], row["quote"]),
        )
        for row in store.flagged("identity-broken", day)
        if _about(rule, row["indicator"])
    ]  # fmt: skip


def _silences(store: "Store", day: date, facts: "DayFacts", rule: AlertRule) -> list[Raised]:
    """Areas that are silent now and were not the day before."""
    if not facts.silent:
        return []
    known = {one.area for one in store.silences(day - timedelta(days=1))}
    return [
        Raised(
            alert=rule.id, where=one.area, place=names.area(one.area),
            text=say(f"{one.days} ngày không có số mới", f"{one.days} days without a new figure"),
            evidence=say(f"thường {one.usual} ngày; số cuối {words.day(one.last)}",
                         f"usually {one.usual}; the last on {words.day(one.last)}"),
        )
        for one in facts.silent
        if one.area not in known
    ]  # fmt: skip


def _sources(store: "Store", day: date, facts: "DayFacts", rule: AlertRule) -> list[Raised]:
    """Sources whose verdict became another one."""
    start = datetime.combine(day, datetime.min.time(), VIETNAM)
    raised = []
    called = store.outlet_names()
    for run in facts.source_verdicts:
        before = next((old for old in store.source_runs(run.source, 300) if old.finished < start), None)
        if run.verdict in rule.wanted and (before is None or before.verdict != run.verdict):
            place = called.get(run.source, run.source)
            raised.append(
                Raised(
                    alert=rule.id,
                    where=run.source,
                    place=place,
                    text=reason(run.verdict),
                    evidence=evidence(run.evidence),
                )
            )
    return raised


def _rules(store: "Store", day: date, facts: "DayFacts", rule: AlertRule) -> list[Raised]:
    """Rules that claimed figures for two months and none for two weeks, on the day on which the fortnight is full."""
    now = store.rules_claimed(day - LATELY, day)
    was = store.rules_claimed(day - BEFORE, day - LATELY)
    before = store.rules_claimed(day - LATELY - timedelta(days=1), day - timedelta(days=1))
    return [
        Raised(
            alert=rule.id, where=name, place=name, text=say("14 ngày không đọc được số nào", "no figure for 14 days"),
            evidence=say(f"{count} số trong hai tháng trước đó", f"{count} figures in the two months before"),
        )
        for name, count in sorted(was.items())
        if now and count >= LEAST and name not in now and name in before
    ]  # fmt: skip


def _conditions(store: "Store", day: date, facts: "DayFacts", rule: AlertRule) -> list[Raised]:
    """New or changed points that meet a condition which their value before did not meet."""
    watched = condition(rule.when)

    def met(change: "Change") -> bool:
        point = change.point
        if not watched.speaks_of(point.indicator, point.measure, point.period_end) or not watched.holds(
            point.obs_value
        ):
            return False
        was = change.before or (None if watched.at else change.previous)
        return was is None or not watched.holds(was.obs_value)

    return _on_points(rule, filter(met, (*facts.new, *facts.changed)), _worded)


_WATCHERS: "dict[str, Callable[[Store, date, DayFacts, AlertRule], list[Raised]]]" = {
    "progress": _progress, "point": _points, "contradiction": _contradictions, "identity": _identities,
    "silence": _silences, "source": _sources, "rule": _rules, "condition": _conditions,
}  # fmt: skip
