"""How sure an observation is, and whether it may be published unattended.

Evidence is declared by name (`rule:…`, `area:clause`, `identity-holds`, …) and weighed by `confidence.json`, which
`python -m extract.calibrate` learns from labelled documents. Nothing is published whose indicator, area or period is
unresolved or guessed, whatever its weight.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import exp
from pathlib import Path

from model.records import Observation

WEIGHTS = Path(__file__).with_name("confidence.json")
NEVER = frozenset({"identity-broken", "area-from-outlet", "area-assumed", "area-unnamed"})
"""Flags with which nothing is published."""
DATED = frozenset({"clause", "sentence", "paragraph", "earlier"})


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence weighs, in log odds, and from which confidence on a figure is published."""

    bias: float
    of: Mapping[str, float]
    threshold: float


def evidence(one: Observation) -> Iterator[str]:
    """Give the pieces of evidence that speak for or against a figure, by name."""
    yield f"rule:{one.rule}"
    yield f"measure:{one.measure}"
    yield f"unit:{one.unit}"
    yield f"concept:{one.indicator.partition('.')[2]}"
    for slot in ("indicator", "period", "area"):
        yield f"{slot}:{one.slots.get(slot, 'none')}"
    if "+" in one.indicator:
        yield "several schemes"
    if len(one.sentence) > 400:
        yield "long sentence"
    yield from one.flags


@cache
def load_weights(path: Path = WEIGHTS) -> Weights:
    """Read the calibrated weights."""
    table = json.loads(path.read_text("utf-8"))
    return Weights(bias=table["bias"], of=table["weights"], threshold=table["threshold"])


def confidence(one: Observation, weights: Weights) -> float:
    """Give the odds, 0..1, that all slots of a figure are right."""
    score = weights.bias + sum(weights.of.get(name, 0.0) for name in evidence(one))
    return round(1.0 / (1.0 + exp(-max(-30.0, min(30.0, score)))), 4)


def publishable(one: Observation) -> bool:
    """Whether every slot that a series needs is resolved by the text itself."""
    dated = one.period_end is not None and one.slots.get("period") in DATED
    compared = one.measure not in ("change", "change_pct") or one.base_end is not None
    counted = not one.quote[-1:].isdigit() or one.rule == "list.same" or "identity-holds" in one.flags
    return dated and compared and counted and one.area is not None and not NEVER & set(one.flags)


def judge(observations: list[Observation], weights: Weights | None = None) -> list[Observation]:
    """Give each observation its confidence, and say whether it may be published."""
    known = weights or load_weights()
    judged = []
    for one in observations:
        sure = confidence(one, known)
        judged.append(replace(one, confidence=sure, publish=sure >= known.threshold and publishable(one)))
    return judged
