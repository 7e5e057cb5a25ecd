"""How sure an observation is, and whether it may be published unattended.

Evidence is declared by name (`rule:…`, `area:clause`, `identity-holds`, …) and weighed by `weights.json`, which
`python -m extract.calibrate` learns from labelled documents. Nothing is published whose indicator, area or
period is unresolved or guessed, whatever its weight.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import exp
from pathlib import Path

from extract.confidence.improbable import improbable
from extract.text import lowered
from model.records import Observation

WEIGHTS = Path(__file__).with_name("weights.json")
NEVER = frozenset(
    {
        "identity-broken",
        "area-from-outlet",
        "area-assumed",
        "area-unnamed",
        "area-joint",
        "measure-open",
        "out-of-range",
        "period-ahead",
    }
)
"""Flags with which nothing is published."""
OWN = frozenset({"clause", "sentence", "unit"})
"""Where a slot comes from that the sentence itself fills."""
SCHEME = re.compile(r"bh(?:xh|yt|tn)|bảo hiểm (?:xã hội|y tế|thất nghiệp)|tự nguyện|bắt buộc|trợ cấp thất nghiệp")
AIM = re.compile(r"phấn đấu|sẽ (?:có|đạt|là)|phải (?:có|đạt)|mục tiêu|chỉ tiêu|kế hoạch|nghị quyết|đến năm|giao")
"""Both, like `DATE` and `BASE`, are for text in lower case, which costs less than to search in any case."""
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
PLAIN = frozenset({"level", "gain", "coverage_pct", "target", "uncovered"})
"""Measures that speak of no other figure."""
LOOSE = frozenset(
    {"share.bare", "plan.target.mood", "level.unit", "coverage.to", "level.to", "reach.bare", "echo.equals"}
    | {"gain.enrolled"}
)
"""Rules that claim a figure by few words; what they claim is published only where arithmetic proves it."""
DATE = re.compile(
    r"(?:tháng|quý|năm|ngày|năm học|nhiệm kỳ)\s+(?:\d|i)|\b\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?\b(?!%)|\d+ tháng"
    r"|(?:cuối|đầu|hết|giữa) (?:năm|tháng|quý)|\b20\d\d\b"
)
BASE = re.compile(r"(?:so (?:với )?|cùng (?:kỳ|thời điểm|thời gian) )[^,;.()]{0,25}$")
BASE_REACH = 50
"""No comparison begins further before its date."""
BYGONE = re.compile(r"(?<!\w)trước (?:đó, )?(?:năm|tháng|quý|ngày) \d|về trước(?!\w)")
"""`Trước năm 2018, ... chỉ có 300 người`: on no day that the words tell."""
CLAUSE_END = re.compile(r"[,;:.(](?!\d)")
FIGURE = re.compile(r"\d\s*(?:người|%|tỷ|tỉ|triệu|nghìn|em\b|lao động|đồng|học sinh|thẻ)|;")
UNTIL = re.compile(r"(?:tính đến|đến hết|đến ngày|đến cuối|tại thời điểm|đến|hết|cuối)\s*(?:ngày |hết |cuối )*$", re.I)
COUNTED = frozenset({"level", "coverage_pct", "rate", "uncovered"})
"""Measures of a count at a date."""
DATED = frozenset({"clause", "sentence", "paragraph", "earlier"})


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence weighs, in log odds, and from which confidence on a figure is published."""

    bias: float
    of: Mapping[str, float]
    threshold: float

    @property
    def surer(self) -> float:
        """From which confidence on wording that is unclear by itself may stand, two fifths of the way to certainty."""
        return self.threshold + 0.4 * (1.0 - self.threshold)


def evidence(one: Observation) -> Iterator[str]:
    """Give the pieces of evidence that speak for or against a figure, by name."""
    yield f"rule:{one.rule}"
    yield f"measure:{one.measure}"
    yield f"unit:{one.unit}"
    yield f"concept:{one.indicator.partition('.')[2]}"
    told = {slot: one.slots.get(slot) for slot in ("indicator", "period")} | {"area": _place_told(one)}
    yield from (f"{slot}:{how or 'none'}" for slot, how in told.items())
    inherited = sum(how not in OWN for how in told.values())
    yield f"inherited {inherited}"
    if "+" in one.indicator:
        yield "several schemes"
    if len(one.sentence) > 400:
        yield "long sentence"
    if one.unit == "VND" and one.slots.get("indicator") not in OWN:
        yield "money without its insurance"
    yield from _wording(one)
    yield from one.flags


def _place_told(one: Observation) -> str | None:
    """Where the words for the place stand, also where title or outlet tell which place they mean."""
    return one.slots.get("area_words", one.slots.get("area"))


def _wording(one: Observation) -> Iterator[str]:
    """What the sentence itself says of insurance, aims and years, and on which side of the figure."""
    before = one.sentence.partition(one.quote)[0].lower()
    told = one.measure in COUNTED and _dated_before(before)
    yield from (name for name in _sentence_says(one.sentence) if not (told and name == "several dates"))
    if not SCHEME.search(before) and SCHEME.search(one.sentence.lower()):
        yield "insurance named behind"
    if not one.measure.startswith("target") and AIM.search(before):
        yield "aim before"
    if one.scope:
        yield "scoped"
    if one.measure in PLAIN and one.unit != "visit" and not _beside(one):
        yield "insurance not beside"
    if one.rule == "list.same" and _place_told(one) not in OWN:
        yield "list without places"


@lru_cache(maxsize=256)
def _sentence_says(sentence: str) -> tuple[str, ...]:
    """What the wording of a sentence says of each figure in it."""
    low = sentence.lower()
    schemes = SCHEME.findall(low)
    said = {
        "no insurance in the sentence": not schemes,
        "several years": len(set(YEAR.findall(sentence))) > 1,
        "many insurances": len(set(schemes)) > 2,
        "several dates": _dates(low) > 1,
        "former area": "(cũ)" in sentence or "trước đây" in sentence,
    }
    return tuple(name for name, holds in said.items() if holds)


@cache
def load_weights(path: Path = WEIGHTS) -> Weights:
    """Read the calibrated weights."""
    table = json.loads(path.read_text("utf-8"))
    return Weights(bias=table["bias"], of=table["weights"], threshold=table["threshold"])


def confidence(one: Observation, weights: Weights) -> float:
    """Give the odds, 0..1, that all slots of a figure are right."""
    score = weights.bias + sum(weights.of.get(name, 0.0) for name in evidence(one))
    return round(1.0 / (1.0 + exp(-max(-30.0, min(30.0, score)))), 4)


def publishable(one: Observation, *, surer: bool = False) -> bool:
    """Whether every slot that a series needs is resolved by the text itself; `surer`: the evidence is plain enough
    for a number without its unit, or one behind the word for an aim."""
    dated = one.period_end is not None and one.slots.get("period") in DATED
    if one.scope is not None and one.scope.startswith("mỗi "):
        return False  # of each of many, none of which is named
    if one.measure in COUNTED and BYGONE.search(one.sentence.partition(one.quote)[0].lower()):
        return False
    compared = one.measure not in ("change", "change_pct") or one.base_end is not None
    counted = surer or not one.quote[-1:].isdigit() or one.rule == "list.same" or "identity-holds" in one.flags
    settled = dated and compared and counted and one.area is not None and not NEVER & set(one.flags)
    return (
        settled
        and told_here(one, surer=surer)
        and not improbable(one)
        and not one.sentence.rstrip("”\"' ").endswith("?")
    )


def _dates(low: str) -> int:
    """How many dates or periods a sentence in lower case names, besides what it compares with."""
    count, last = 0, -9
    for match in DATE.finditer(low):
        if match.start() - last > 6 and not BASE.search(low, max(0, match.start() - BASE_REACH), match.start()):
            count += 1
        last = match.end()
    return count


@lru_cache(maxsize=256)
def _dated_before(before: str) -> bool:
    """Whether the date nearest before a figure says up to when it was counted: `tính đến hết năm 2015`."""
    dates = [
        match for match in DATE.finditer(before) if not BASE.search(before, match.start() - BASE_REACH, match.start())
    ]
    if not dates:
        return False
    last = dates[-1]
    while len(dates) > 1 and last.start() - dates[-2].end() <= 6:
        dates.pop()
        last = dates[-1]
    return UNTIL.search(before[: last.start()]) is not None and ";" not in before[last.end() :]


def _beside(one: Observation) -> bool:
    """Whether the insurance stands right behind the figure, or before it with no other figure in between."""
    before, _, after = one.sentence.partition(one.quote)
    if SCHEME.search(CLAUSE_END.split(after, maxsplit=1)[0][:70].lower()):
        return True
    named = list(SCHEME.finditer(lowered(before)))
    return bool(named) and not FIGURE.search(before[named[-1].end() :])


def told_here(one: Observation, *, surer: bool = False) -> bool:
    """Whether the sentence itself tells the figure, or arithmetic proves it.

    On texts that no rule was tuned to, two in three figures were wrong whose sentence names no insurance, one in three
    whose period was taken from another paragraph, and half of those whose district or commune was.
    """
    wording = set(_wording(one))
    proven = "identity-holds" in one.flags
    unclear = {"no insurance in the sentence", "aim before", "several dates", "former area", "insurance not beside"}
    unclear -= {"aim before"} if surer else set()
    carried = unclear & wording or one.slots.get("indicator") != "clause"
    part = _place_told(one) == "earlier" and one.area_level in ("district", "commune")
    far = one.slots.get("period") == "earlier" or part
    late = "insurance named behind" in wording and one.measure not in PLAIN
    passed = one.rule == "plan.gap.over" and one.measure in ("level", "coverage_pct")
    loose = one.rule in LOOSE or passed or (one.rule == "list.same" and "list without places" in wording)
    return not carried and not far and not late and (proven or not loose)


def _of_held_back(one: Observation, before: Sequence[Observation]) -> bool:
    """Whether a difference or ratio speaks of a count just before it that is held back."""
    if one.measure in PLAIN or "identity-holds" in one.flags:
        return False
    last = before[-1] if before else None
    return last is None or last.sentence != one.sentence or last.indicator != one.indicator or not last.publish


def judge(observations: list[Observation], weights: Weights | None = None) -> list[Observation]:
    """Give each observation its confidence, and say whether it may be published."""
    known = weights or load_weights()
    judged: list[Observation] = []
    for one in observations:
        sure = confidence(one, known)
        surer = sure >= known.surer
        shown = sure >= known.threshold and publishable(one, surer=surer)
        shown = shown and (surer or not _of_held_back(one, judged))
        judged.append(replace(one, confidence=sure, publish=shown))
    return judged
