"""From a text to the observations it holds: the door of the reading."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from extract.checks import check
from extract.confidence import judge
from extract.context import Draft, Mind
from extract.figures_stream import Layers, stream_of
from extract.figures_write import Writer
from extract.places import PlaceMention, find_places
from extract.resolve import SentenceReader
from extract.resolve_where import with_nation
from extract.rules import load_rules
from extract.schemes import INSURED, find_schemes
from extract.sentences import Span, sentences
from extract.text import contract_text
from extract.unclaimed import unclaimed_of
from model.indicators import load_indicators
from model.records import Observation, Unclaimed

LINE = re.compile(r"\n+")
CANDIDATE = re.compile(
    r"\d\s*%|\d[.,]\d|\d{3}|\d\s*(?:người|lao động|triệu|tỷ|tỉ|nghìn|ngàn|thẻ|sổ|lượt|đơn vị|doanh|em\b|học sinh|sinh viên|hộ"
    r"|đại|điểm|nhân|đối|cuốn|tổ chức|hội viên|phần|công ty|trường hợp|hồ sơ|lần|đ\b)|(?:nghìn|triệu|tỷ|ngàn|trăm) (?:người|đồng|lao)",
    re.I,
)
"""What a sentence must hold to hold a figure: a number with a unit, a decimal, or three digits."""
HEADING = 110
REACH = 8
"""For how many sentences a named insurance stays in force."""


@dataclass(frozen=True, slots=True)
class Declared:
    """Folders of an office's own declarations, over the shipped ones; None where it has none."""

    rules: Path | None = None
    indicators: Path | None = None


def find_figures(
    text: str,
    *,
    title: str | None = None,
    published: date | datetime | str | None = None,
    area: str | None = None,
    declared: Declared | None = None,
) -> list[Observation]:
    """Give the observations of one text, in order.

    Spans are of `contract_text(text)` (NFC, line ends). `published`: day or instant of publication, also as ISO text;
    `area`: name of the area that the outlet serves, a prior. Nothing in a text raises an error.
    """
    return read_text(text, title=title, published=published, area=area, declared=declared)[0]


def read_text(
    text: str,
    *,
    title: str | None = None,
    published: date | datetime | str | None = None,
    area: str | None = None,
    declared: Declared | None = None,
) -> tuple[list[Observation], list[Unclaimed]]:
    """Give the observations of one text, and the numbers beside an insurance word that no rule claimed."""
    text = contract_text(text)
    if not INSURED.search(text):
        return [], []
    day = day_of(published)
    own = declared or Declared()
    rules, indicators = load_rules(own.rules), load_indicators(own.indicators)
    spans = sentences(text)
    named = title is not None and INSURED.search(title) is not None
    wanted, insured = _wanted(text, spans, 2 * REACH if named else REACH)
    if not wanted:
        return [], []
    places = find_places(text, published=day, title=title, prior=area)
    if area is None:
        places = with_nation(text, places)
    layers = Layers(rules, indicators, day, places, title or "")
    drafts, refused = _read(text, spans, (wanted, insured), layers)
    writer = Writer(text, spans, title=title, published=day, prior=area)
    observations = [row for draft in drafts if (row := writer.observation(draft)) is not None]
    observations = judge(check(observations, drafts))
    return observations, unclaimed_of(text, spans, refused, observations)


def _wanted(text: str, spans: Sequence[Span], reach: int = REACH) -> tuple[set[int], set[int]]:
    """The cheap look: sentences with a digit and an insurance word in them or shortly before; those with the word."""
    wanted: set[int] = set()
    insured: set[int] = set()
    last = -reach - 1
    for number, span in enumerate(spans):
        if INSURED.search(text, span.start, span.end):
            last = number
            insured.add(number)
        if number - last > reach:
            continue
        if CANDIDATE.search(text, span.start, span.end):
            wanted.add(number)
    return wanted, insured


def _read(
    text: str, spans: Sequence[Span], chosen: tuple[set[int], set[int]], layers: Layers
) -> tuple[list[Draft], list[tuple[int, int, str]]]:
    """Read the sentences that matter; those between them only for the places they name."""
    starts = [0, *(match.end() for match in LINE.finditer(text))]
    wanted, insured = chosen
    mentions = [mention.codes for mention in find_schemes(layers.title, layers.indicators) if mention.codes]
    reader = SentenceReader(layers, Mind(topic=mentions[0] if mentions else ()))
    drafts: list[Draft] = []
    refused: list[tuple[int, int, str]] = []
    for number, span in enumerate(spans):
        paragraph = bisect_right(starts, span.start)
        if number in wanted:
            stream = stream_of(text, span, layers)
            found, left = reader.read(stream, number, paragraph)
            drafts += found
            for index, reason in left:
                quantity = stream.figure_at(index)
                refused.append((span.start + quantity.start, span.start + quantity.end, reason))
        else:
            sentence = text[span.start : span.end] if number in insured else ""
            reader.pass_by(span, number, paragraph, sentence)
    return drafts, refused


def rules_at(text: str) -> list[tuple[int, int, str]]:
    """Give every figure of a text that names an insurance as (start, end, rule that claimed or refused it)."""
    text = contract_text(text)
    spans = sentences(text)
    layers = Layers(load_rules(), load_indicators(), None, find_places(text), "")
    drafts, refused = _read(text, spans, _wanted(text, spans), layers)
    return sorted([(draft.start, draft.end, draft.rule) for draft in drafts] + refused)


def day_of(published: date | datetime | str | None) -> date | None:
    """Give the civil day of a publication date; None where it is none."""
    if isinstance(published, datetime):
        return published.date()
    if isinstance(published, date) or published is None:
        return published
    try:
        return datetime.fromisoformat(published.strip()).date()
    except ValueError:
        return None


@cache
def rules_fingerprint(own: Declared | None = None) -> str:
    """Give the fingerprint of rules and indicators: `sha256:<hex>`; it changes when a reading may change."""
    declared = own or Declared()
    digest = sha256(load_rules(declared.rules).fingerprint.encode())
    digest.update(repr(load_indicators(declared.indicators)).encode())
    folder = Path(__file__).parent
    for path in sorted([*folder.glob("*.py"), *folder.glob("*.toml"), *folder.glob("*.json")]):
        digest.update(path.read_bytes())
    return "sha256:" + digest.hexdigest()


__all__ = ["Declared", "PlaceMention", "find_figures", "read_text", "rules_fingerprint"]
