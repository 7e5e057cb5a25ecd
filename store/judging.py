"""Verdicts of people on figures: which one is in force when, and where it puts the figure. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args

from model.errors import InputError
from model.records import MEASURES, UNITS, Observation, Qualifier
from store.days import NEVER

SLOTS = (
    "indicator", "measure", "obs_value", "unit", "qualifier", "area", "period_start", "period_end", "base_end",
    "scope", "of", "denominator", "issuer",
)  # fmt: skip
"""Slots of a figure that a person may correct."""

VERDICTS = ("accept", "correct", "reject")


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """One row of table `verdicts`."""

    id: int
    obs_id: int
    verdict: str
    """`accept`, `correct`, `reject`, `undo`."""
    slots: Mapping[str, Any]
    """The slots corrected and their values, JSON-ready; empty but for `correct`."""
    author: str
    reason: str
    at: str
    """Instant, UTC."""
    undoes: int | None = None
    """The verdict that an `undo` takes back."""
    replays: int | None = None
    """The verdict on an earlier reading that this one repeats."""


def in_force(verdicts: Sequence[Verdict]) -> list[tuple[Verdict, str, str]]:
    """Give (verdict, from, until) for each stretch of time in which a verdict on one figure is in force.

    An undone verdict gives way to the one before it, or to the machine's reading.
    """
    stack: list[Verdict] = []
    stretches: list[tuple[Verdict, str, str]] = []
    since = ""
    for verdict in verdicts:
        if stack and since < verdict.at:
            stretches.append((stack[-1], since, verdict.at))
        if verdict.verdict == "undo":
            stack = [one for one in stack if one.id != verdict.undoes]
        else:
            stack.append(verdict)
        since = verdict.at
    if stack:
        stretches.append((stack[-1], since, NEVER))
    return stretches


def checked_slots(slots: Mapping[str, Any]) -> dict[str, Any]:
    """Give corrected slots, checked and JSON-ready; raises InputError that names the slot and what it takes."""
    for name, value in slots.items():
        if name not in SLOTS:
            raise InputError(f"no slot '{name}' can be corrected", cure=f"slots: {', '.join(SLOTS)}")
        if name == "measure" and value not in MEASURES:
            raise InputError(f"'{value}' is no measure", cure=f"measures: {', '.join(MEASURES)}")
        if name == "unit" and value not in UNITS:
            raise InputError(f"'{value}' is no unit", cure=f"units: {', '.join(UNITS)}")
        if name == "qualifier" and value not in get_args(Qualifier):
            raise InputError(f"'{value}' is no qualifier", cure=f"qualifiers: {' '.join(get_args(Qualifier))}")
        if name == "obs_value" and not isinstance(value, int | float):
            raise InputError(f"'{value}' is no number", cure="give the value in base units, without separators")
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in slots.items()}


def corrected(figure: Observation, slots: Mapping[str, Any]) -> Observation:
    """Give a figure with its corrected slots; raises InputError where a day is no day."""
    values = dict(slots)
    for name in ("period_start", "period_end", "base_end"):
        if values.get(name):
            try:
                values[name] = date.fromisoformat(values[name])
            except ValueError:
                raise InputError(f"'{values[name]}' is no day", cure="write it as 2020-04-30") from None
    return replace(figure, **values)
