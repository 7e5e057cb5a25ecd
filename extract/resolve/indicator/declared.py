"""Indicators of an office's own: which of them a figure is, told by the words that their declarations name.

The shipped concepts are told apart by the rules' cues (`concept`). A declared one has only its words, its unit
and its range, and that is enough: the nearest of its words decides, where no other figure stands in between.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from extract.confidence.weigh import PLAIN, judge
from extract.context import Draft
from extract.sentences import Span
from extract.text import lowered, matching_form
from model.indicators import Indicator, Indicators
from model.records import Observation

SIZED = ("level", "gain", "change", "target", "uncovered", "target_gap")
"""Measures that have the unit of their indicator, where they are no percentage."""
CLAUSE = re.compile(r"[,;:.](?!\d)")
STAND_IN = "BHXH"


def settle_declared(
    text: str, spans: Sequence[Span], drafts: Sequence[Draft], indicators: Indicators
) -> tuple[list[Draft], list[tuple[int, int, str]]]:
    """Give the drafts, those of schemes with indicators of one's own named by their words, and what is refused.

    Refused as (start, end, reason) is what would be an indicator that nobody declared.
    """
    kept: list[Draft] = []
    refused: list[tuple[int, int, str]] = []
    own = [indicators.get(key) for key in indicators.own]
    for draft in drafts:
        known = [one for one in own if one.schemes == draft.schemes]
        if known:
            draft.concept = _concept(text, spans, drafts, draft, known, indicators) or draft.concept
            draft.flow = indicators.concepts[draft.concept].kind == "flow"
        if indicators.knows(draft.schemes, draft.concept):
            kept.append(draft)
        else:
            refused.append((draft.start, draft.end, "no indicator"))
    return kept, refused


def _concept(
    text: str,
    spans: Sequence[Span],
    drafts: Sequence[Draft],
    draft: Draft,
    known: Sequence[Indicator],
    indicators: Indicators,
) -> str:
    """Give the concept whose words stand nearest, else that of the count before; `""` where none is told."""
    span = spans[bisect_right([one.start for one in spans], draft.start) - 1]
    sentence = lowered(matching_form(text[span.start : span.end]))
    near = []
    for one in known:
        if draft.measure in SIZED and draft.unit not in ("percent", one.unit):
            continue
        for found in _words((*indicators.concepts[one.concept].words, *one.words)).finditer(sentence):
            away = _distance(text, drafts, draft, (found.start() + span.start, found.end() + span.start))
            if away is not None:
                near.append((away, one.concept))
    if near:
        if draft.slots.get("indicator") == "sentence":
            draft.slots["indicator"] = "clause"  # the scheme is named in the sentence, its words beside the figure
        return min(near)[1]
    follows = draft.measure not in PLAIN or draft.schemes[0] in indicators.own_schemes
    head = draft.head.concept if draft.head is not None and follows else ""
    return head if head in {one.concept for one in known} else ""


def _distance(text: str, drafts: Sequence[Draft], draft: Draft, words: tuple[int, int]) -> int | None:
    """How far words stand from a figure; None where another figure stands between or has them to itself."""
    start, end = words
    if start < draft.end and draft.start < end:
        return 0
    behind = start >= draft.end
    first, last = (draft.end, start) if behind else (end, draft.start)
    for other in drafts:
        if other is draft:
            continue
        if first <= other.start and other.end <= last:
            return None
        speaks_of = other is draft.head and draft.measure not in PLAIN
        has_them = not behind and other.start < end and not CLAUSE.search(text, other.end, max(other.end, start))
        if has_them and not speaks_of and other.end > start - 60:
            return None
    return last - first


@lru_cache(maxsize=256)
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    """Find any of some words, in the matching form and lower case."""
    forms = sorted((lowered(matching_form(word)).split() for word in words), key=lambda form: -len("".join(form)))
    patterns = [r"\s+".join(map(re.escape, form)) for form in forms]
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")


def judge_declared(observations: list[Observation], indicators: Indicators) -> list[Observation]:
    """Judge figures; a scheme of one's own stands in its sentence for as much as an insurance would."""
    named = [word for scheme in indicators.own_schemes for word in indicators.schemes[scheme].words]
    if not named:
        return judge(observations)
    words = re.compile("|".join(re.escape(word) for word in sorted(named, key=lambda word: -len(word))), re.IGNORECASE)
    judged = judge([replace(one, sentence=words.sub(STAND_IN, one.sentence)) for one in observations])
    return [replace(one, sentence=was.sentence) for one, was in zip(judged, observations, strict=True)]
