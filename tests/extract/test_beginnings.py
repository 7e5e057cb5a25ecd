"""What is looked for by the beginnings of its words is found wherever its pattern alone would find it."""

import json
import re
from pathlib import Path

import pytest

from extract.resolve.period.dates import BACK_WORDS, LOOKS_BACK
from extract.subjects import AREA, AREA_WORDS, FIRST_WORDS, HOUSES
from extract.text import lowered, matches_at

GOLD = Path(__file__).parents[1] / "gold"
TEXTS = [
    json.loads(line)["text"]
    for path in sorted(GOLD.glob("*/docs.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(
    ("words", "pattern", "folded"),
    [(BACK_WORDS, LOOKS_BACK, True), (FIRST_WORDS, HOUSES, True), (AREA_WORDS, AREA, False)],
    ids=["looks back", "houses", "areas"],
)
def test_no_match_is_lost(words: tuple[str, ...], pattern: re.Pattern[str], folded: bool) -> None:
    found = 0
    for text in TEXTS:
        alone = [match.span() for match in pattern.finditer(text)]
        assert [match.span() for match in matches_at(words, lowered(text) if folded else text, pattern, text)] == alone
        found += len(alone)
    assert found > 20
