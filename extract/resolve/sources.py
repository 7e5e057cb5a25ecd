"""Where the measure, unit and plan of a draft came from, in the words of `Observation.slots`."""

from extract.context import Draft, Held, provenance
from extract.rules import Rule

BY_LIST = ("same", "echo")
"""Measures of rules that take over what the figures before are."""


def note_measure(draft: Draft, rule: Rule, *, written: bool, begun: str) -> None:
    """Note what made measure and unit; `written`: the unit stands beside the number, `begun`: that begun with."""
    if "measure" not in draft.slots:
        declared = str(rule.measure)
        mood = draft.measure == "target" and declared not in BY_LIST
        how = "list" if declared in BY_LIST else "mood" if mood else "context"
        draft.slots["measure"] = "rule" if declared == draft.measure else how
    if written:
        draft.slots["unit"] = "clause"
    else:
        draft.slots["unit"] = "rule" if draft.unit == begun else "list"
    draft.slots["of"] = "rule" if rule.of else "mood" if draft.slots["measure"] == "mood" else "context"


def told_by(plan: "Held[bool] | None", sentence: int, paragraph: int) -> str:
    """Say where a plan in force came from; where none is, the rule's own words name it."""
    return provenance(plan, sentence, paragraph) if plan is not None else "rule"
