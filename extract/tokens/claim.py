"""Trying the rules at a figure."""

from collections.abc import Callable

from extract.rules import Rule, Rules
from extract.tokens.opening import is_opening
from extract.tokens.stream import Stream

AIMS = ("AIM", "PLAN", "ASSIGN")
"""Classes of words that can make a sentence one of aims."""


def claim(stream: Stream, index: int, rules: Rules, holds: Callable[[Rule], bool]) -> Rule | None:
    """Give the strongest rule whose words stand around the figure and whose conditions hold; None where none does."""
    return next((rule for rule in claimants(stream, index, rules) if holds(rule)), None)


def claimants(stream: Stream, index: int, rules: Rules) -> tuple[Rule, ...]:
    """Give the rules whose words stand around a figure, the strongest first, up to one that asks no more than that."""
    known = stream.claimants.get(index)
    if known is None:
        known = stream.claimants[index] = tuple(_claimants(stream.codes, stream.backwards, index, rules))
    return known


def _claimants(codes: str, backwards: str, index: int, rules: Rules) -> list[Rule]:
    found: list[Rule] = []
    present = set(codes)
    left, right = len(codes) - index, index + 1
    tried = rules.beside(codes[index], codes[index - 1] if index else "", codes[right : right + 1])
    for lacks_one, matches_left, matches_right, rule in tried:
        if not lacks_one(present) and matches_left(backwards, left) and matches_right(codes, right):
            found.append(rule)
            if not rule.when:
                break
    return found


def claimable(stream: Stream, rules: Rules, *, dated: bool) -> bool:
    """Whether any figure may be claimed as the first of ours, whatever the sentences before have put in force.

    `dated`: the report has a day, so that a period may lie ahead of it. Aims do not outlive their sentence: where none
    of its words speaks of one, rules for aims are out.
    """
    aims = {rules.alphabet[name] for name in AIMS} | ({rules.alphabet["PERIOD"]} if dated else set())
    aiming = not aims.isdisjoint(stream.codes)
    for index, code in enumerate(stream.codes):
        if code in rules.by_kind and is_opening(code, stream.tokens[index].load):
            found = claimants(stream, index, rules)
            if any(rule.measure != "none" and (aiming or "aiming" not in rule.when) for rule in found):
                return True
    return False
