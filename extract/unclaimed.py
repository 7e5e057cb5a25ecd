"""Numbers beside an insurance word that no rule understood."""

from bisect import bisect_right
from collections.abc import Sequence

from extract.schemes import names_insurance
from extract.sentences import Span
from extract.uncounted import uncounted_of
from model.indicators import Indicators
from model.records import Observation, Unclaimed


def unclaimed_of(
    text: str,
    spans: Sequence[Span],
    refused: Sequence[tuple[int, int, str]],
    observations: Sequence[Observation],
    indicators: Indicators,
) -> list[Unclaimed]:
    """Give the numbers beside a scheme's name that are no figures, in order, but for those a rule set aside."""
    starts = [span.start for span in spans]
    claimed = {(one.start, one.end) for one in observations}
    found = []
    for start, end, reason in refused:
        if reason.startswith("none.") or (start, end) in claimed:
            continue
        span = spans[bisect_right(starts, start) - 1]
        sentence = text[span.start : span.end]
        if names_insurance(sentence.lower(), indicators):
            found.append(Unclaimed(start=start, end=end, quote=text[start:end], sentence=sentence, reason=reason))
    taken = [*claimed, *((start, end) for start, end, _ in refused)]
    return sorted([*found, *uncounted_of(text, spans, taken, indicators)], key=lambda one: one.start)
