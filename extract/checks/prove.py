"""Arithmetic between the figures of one text: identities that prove them or accuse them.

Every value is an interval: what rounding (half of the last digit written) and the qualifier leave open. An identity
holds where both sides overlap. A broken one holds back the difference and the ratio in it; a level or target stated on
its own stays, unless another identity accuses it too.
"""

from collections.abc import Sequence
from dataclasses import replace

from extract.checks.identities import identities
from extract.context import Draft
from model.records import Observation

DERIVED = ("change", "change_pct", "target_pct", "target_gap", "share_pct", "rate", "coverage_pct", "uncovered")
"""Measures that only mean something beside another figure."""


def check(observations: list[Observation], drafts: Sequence[Draft]) -> list[Observation]:
    """Flag the figures that identities prove (`identity-holds`) or accuse (`identity-broken`)."""
    proven: set[int] = set()
    accused: dict[int, int] = {}
    for identity in identities(observations, drafts):
        if identity.proves():
            proven.update(identity.parts)
        elif identity.accuses():
            for part in identity.parts:
                accused[part] = accused.get(part, 0) + (2 if identity.closed else 1)
    return [_flagged(number, one, proven, accused) for number, one in enumerate(observations)]


def _flagged(number: int, one: Observation, proven: set[int], accused: dict[int, int]) -> Observation:
    flags = set(one.flags)
    count = accused.get(number, 0)
    if count and (one.measure in DERIVED or count > 1) and number not in proven:
        flags.add("identity-broken")
    elif number in proven:
        flags.add("identity-holds")
    return replace(one, flags=tuple(sorted(flags))) if flags != set(one.flags) else one
