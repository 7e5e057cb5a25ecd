"""Numbers below the line: `778/1.200 người` of a plan is a count and the plan; of people there are, a count alone."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.period.choose import settle_period

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

SLASH = re.compile(r"[^\W\d_]*\s*/\s*")
BEHIND = 5
"""How many words behind the figure may name the plan."""


def with_plans(reader: "SentenceReader") -> list[Draft]:
    """Give the drafts of a sentence, and behind each count out of a plan the plan."""
    found: list[Draft] = []
    for draft in reader.drafts:
        found.append(draft)
        plan = _plan_of(reader, draft) if draft.whole and draft.measure in ("level", "gain") else None
        if plan is not None:
            found.append(plan)
    return found


def _plan_of(reader: "SentenceReader", draft: Draft) -> Draft | None:
    if not (_shared(reader, draft) or _named(reader, draft)):
        return None
    quantity = reader.stream.figure_at(draft.index)
    cut = reader.stream.start + quantity.number_end
    slash = SLASH.match(reader.layers.text, cut)
    if slash is None or draft.whole is None:
        return None
    plan = replace(
        draft, start=slash.end(), value=draft.whole, whole=None, qualifier="=", measure="target",
        of="gain" if draft.measure == "gain" else "level", head=None, period=None, base=None, flags=set(),
        slots={name: how for name, how in draft.slots.items() if name != "period"},
    )  # fmt: skip
    draft.end = cut
    settle_period(reader, plan)
    return plan


def _shared(reader: "SentenceReader", draft: Draft) -> bool:
    """`đạt 64,8% kế hoạch, với 778/1.200 người`: both numbers make the percentage of a plan."""
    made = 100 * abs(draft.value) / draft.whole if draft.whole else 0.0
    return any(
        one.measure == "target_pct" and one.schemes == draft.schemes and abs(one.value - made) <= 1.1 * one.precision
        for one in reader.drafts
    )


def _named(reader: "SentenceReader", draft: Draft) -> bool:
    """`778/1.200 người theo kế hoạch`, `51/80 người so với chỉ tiêu giao`: the plan is named right behind."""
    for token in reader.stream.tokens[draft.index + 1 : draft.index + 1 + BEHIND]:
        if token.code in ",;.:()0123456":
            return False
        if reader.names.get(token.code) in ("PLAN", "ASSIGN"):
            return True
    return False
