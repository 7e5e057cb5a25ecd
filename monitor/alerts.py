"""Alerts as data: what they watch, which were declared, which are muted and why.

[[alert]]
id = "slow-at-half-year"
on = "condition"
when = "BHXH_TN.participants target_pct < 60 at 30/6"
vi = "chưa được 60 % kế hoạch khi hết nửa năm"
en = "under 60 % of the plan at mid-year"

[[mute]]
alert = "area-silent"
area = "2025:20"
until = 2027-01-31
reason = "toà soạn đang chuyển hệ thống"
"""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, StringConstraints, model_validator

from model.declarations import Declaration, declare, read_toml
from model.errors import AnsinhError, DeclarationError, UnknownNameError
from model.fetches import Verdict
from model.records import MEASURES
from monitor.names import known_area

SHIPPED = Path(__file__).with_name("alerts.toml")
_CONDITION = re.compile(
    r"(?P<indicator>\S+)\s+(?P<measure>\w+)\s*(?P<sign><=|>=|<|>|=)\s*(?P<value>-?\d+(?:[.,]\d+)?)"
    r"(?:\s+at\s+(?P<day>\d{1,2})/(?P<month>\d{1,2}))?"
)
STATES: dict[str, tuple[str, ...]] = {
    "progress": ("reached", "ahead", "on pace", "behind"),
    "point": ("fell", "ytd-fell", "jumped", "revised", "corrected"),
    "source": tuple(verdict for verdict in get_args(Verdict) if verdict not in ("ok", "new")),
}
"""What `states` may name, by what is watched; the other kinds have none."""
_SIGNS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """A numeric condition on points of one indicator and measure, maybe only at one day of the year."""

    indicator: str
    measure: str
    sign: str
    value: float
    at: tuple[int, int] | None = None
    """Day and month that the point must speak of."""

    def holds(self, value: float) -> bool:
        """Tell whether a value meets it."""
        return _SIGNS[self.sign](value, self.value)

    def speaks_of(self, indicator: str, measure: str, day: date | None) -> bool:
        """Tell whether a point is one that it watches."""
        at = self.at is None or (day is not None and (day.day, day.month) == self.at)
        return at and (indicator, measure) == (self.indicator, self.measure)


def condition(text: str) -> Condition:
    """Read a condition, its indicator unlooked up; ValueError says what is wrong."""
    found = _CONDITION.fullmatch(text.strip())
    if not found:
        raise ValueError("write it as BHXH_TN.participants target_pct < 60 at 30/6")
    if found["measure"] not in MEASURES:
        raise ValueError(f"unknown measure '{found['measure']}'; known: {', '.join(MEASURES)}")
    at = None
    if found["day"]:
        at = int(found["day"]), int(found["month"])
        date(2024, at[1], at[0])
    value = float(found["value"].replace(",", "."))
    return Condition(indicator=found["indicator"], measure=found["measure"], sign=found["sign"], value=value, at=at)


class AlertRule(Declaration):
    """One thing to watch."""

    id: str = Field(min_length=1)
    on: Literal["progress", "point", "contradiction", "identity", "silence", "source", "rule", "condition"]
    """What it watches: progress against plans, flags of points, contradictions, broken identities, silent areas,
    verdicts on sources, rules that stopped matching, a numeric condition."""
    states: tuple[str, ...] = ()
    """States, flags or verdicts that raise it; empty for any."""
    when: str = ""
    """For conditions: `INDICATOR MEASURE < VALUE [at DAY/MONTH]`."""
    indicators: tuple[str, ...] = ()
    """Only these; empty for all."""
    areas: tuple[str, ...] = ()
    """Only these codes; empty for all."""
    vi: str
    en: str

    @property
    def wanted(self) -> tuple[str, ...]:
        """The states that raise it."""
        return self.states or STATES.get(self.on, ())

    @model_validator(mode="after")
    def _condition_is_readable(self) -> Self:
        if (self.on == "condition") != bool(self.when):
            raise ValueError("`when` belongs to alerts on a condition, and only to them")
        if self.when:
            condition(self.when)
        return self


class Mute(Declaration):
    """What shall be silent until a day, and why."""

    alert: str
    area: str | None = None
    """Only for this area (code), source or rule (id), as the alert speaks of the one or the other; None for all."""
    until: date
    """Last day of silence."""
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3)]


class AlertFile(Declaration):
    """One file of alerts."""

    alert: tuple[AlertRule, ...] = ()
    mute: tuple[Mute, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """All that is declared."""

    rules: tuple[AlertRule, ...]
    mutes: tuple[Mute, ...]

    def muted(self, alert: str, where: str, day: date) -> Mute | None:
        """Give the mute that silences an alert at a place on a day; None where it may speak."""
        for mute in self.mutes:
            if mute.alert == alert and day <= mute.until and (mute.area is None or same_place(mute.area, where)):
                return mute
        return None


def same_place(one: str, other: str) -> bool:
    """Tell whether two codes name one place: a province of the same territory bears one in each list."""
    from model.areas import load_areas

    return one == other or (one in load_areas() and other in load_areas().same_territory(one))


def load_alerts(own: Path | None = None) -> Watched:
    """Load the shipped alerts and those in the folder `own` (`$ANSINH_HOME/alerts`).

    Twins, unknown keys, unreadable conditions, mutes of unknown alerts, and states, indicators or areas that nobody
    knows (those of the folder `indicators` beside `own` are known) stop the load with a DeclarationError.
    """
    rules: dict[str, AlertRule] = {}
    mutes: list[Mute] = []
    for path in [SHIPPED, *(sorted(own.glob("*.toml")) if own and own.is_dir() else [])]:
        file = declare(AlertFile, read_toml(path), where=path.name)
        for rule in file.alert:
            if rule.id in rules:
                raise DeclarationError(f"{path.name}: alert '{rule.id}' is declared twice", cure="give it another id")
            rules[rule.id] = rule
            if path != SHIPPED:
                _known(rule, own, path.name)
        mutes += file.mute
    for mute in mutes:
        if mute.alert not in rules:
            raise _names_nothing("a mute", UnknownNameError("alert", mute.alert, list(rules)))
    return Watched(rules=tuple(rules.values()), mutes=tuple(mutes))


def _known(rule: AlertRule, own: Path | None, file: str) -> None:
    """Refuse what an alert would wait for in vain: states, indicators, areas that do not exist."""
    from model.indicators import load_indicators

    where = f"{file}: alert '{rule.id}'"
    states = STATES.get(rule.on, ())
    for state in rule.states:
        if state not in states:
            cure = f"known: {', '.join(states)}" if states else "take `states` out"
            raise DeclarationError(f"{where}: '{state}' is no state of {rule.on}", cure=cure)
    indicators = load_indicators(own.parent / "indicators" if own else None)
    watched = (condition(rule.when).indicator,) if rule.when else ()
    try:
        for key in (*rule.indicators, *watched):
            indicators.get(key)
        for code in rule.areas:
            known_area(code)
    except AnsinhError as error:
        raise DeclarationError(f"{where}: {error.fault}", cure=error.cure) from None


def checked_alerts(own: Path | None = None) -> Watched:
    """Load the alerts, and refuse mutes of areas, sources or rules that nobody knows.

    It is asked before the service starts. A source that is taken out while it runs stops no digest by its old mute.
    """
    watched = load_alerts(own)
    on = {rule.id: rule.on for rule in watched.rules}
    for mute in watched.mutes:
        try:
            if mute.area is not None:
                _place_of(on[mute.alert], mute.area, own)
        except UnknownNameError as error:
            raise _names_nothing(f"a mute of '{mute.alert}'", error) from None
    return watched


def _names_nothing(what: str, error: UnknownNameError) -> DeclarationError:
    return DeclarationError(f"{what} names the {error.fault}", cure=error.cure)


def _place_of(on: str, name: str, own: Path | None) -> None:
    """Pass the code of an area, or the id of a source or rule where an alert speaks of those."""
    if on == "source":
        from crawler.registry import source_ids

        if name not in (known := source_ids(own.parent / "sources" if own else None)):
            raise UnknownNameError("source", name, known)
    elif on == "rule":
        from extract.rules import load_rules

        folder = own.parent / "rules" if own else None
        known = list(load_rules(folder if folder and folder.is_dir() else None).by_id)
        if name not in known:
            raise UnknownNameError("rule", name, known)
    else:
        known_area(name)
