"""From a text to the observations it holds: the door of the reading."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from extract.checks.prove import check
from extract.confidence.plausible import flag_implausible
from extract.context import Draft, Held, Mind
from extract.figures.asked import check_asked, day_of
from extract.figures.declared import Declared, rules_fingerprint
from extract.figures.lines import paragraph_starts
from extract.figures.look import wanted_of
from extract.figures.write import Writer
from extract.places.find import PlaceMention, find_places
from extract.places.text import served_by, with_nation, without_origins
from extract.resolve.drafts import SentenceReader
from extract.resolve.indicator.declared import judge_declared, settle_declared
from extract.resolve.indicator.owed import owed_in
from extract.resolve.indicator.pupils import cards_of_pupils, topic_of_title
from extract.resolve.lists.rows import read_rows
from extract.resolve.period.choose import look_back
from extract.resolve.period.dates import looks_back
from extract.resolve.period.titled import period_of_title
from extract.rows.find import find_rows, inside
from extract.rules import load_rules
from extract.schemes import find_schemes, insurance_at, names_insurance
from extract.sentences import Span, sentences
from extract.subjects import subjects_of
from extract.text import contract_text, lowered
from extract.tokens.claim import claimable
from extract.tokens.opening import may_count, may_open
from extract.tokens.stream import HEADING, Layers, holds_figure, names_period, stream_of
from extract.unclaimed import unclaimed_of
from model.indicators import load_indicators
from model.records import Observation, Unclaimed

LONGEST = 2000
"""No sentence is longer; it keeps the cost of reading linear."""
SHORT = 1500
"""A text of so many characters is read in full at once: a look without its places may miss what only a place tells."""
RECALLED = 8
"""From so many sentences before it a sentence that may hold the first figure is told which insurances they name."""
Refused = tuple[int, int, str]
"""A number that no rule claims: where it stands, and why."""
REACH = 14
"""For how many sentences a named insurance stays in force."""


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
    document = _opened(text, title, published, area, declared or Declared())
    if document is None:
        return []
    told = _tells(document, cheaply=True)
    return [] if told is False else _observed(document, told)[0]


def read_text(
    text: str,
    *,
    title: str | None = None,
    published: date | datetime | str | None = None,
    area: str | None = None,
    declared: Declared | None = None,
) -> tuple[list[Observation], list[Unclaimed]]:
    """Give the observations of one text, and the numbers beside an insurance word that no rule claimed."""
    own = declared or Declared()
    document = _opened(text, title, published, area, own)
    observations, refused = _observed(document, _tells(document)) if document is not None else ([], [])
    text, indicators = contract_text(text), load_indicators(own.indicators)
    if not names_insurance(lowered(text), indicators):
        return observations, []
    spans = document.spans if document is not None else pieces(text)
    return observations, unclaimed_of(text, spans, refused, observations, indicators)


@dataclass(frozen=True)
class _Document:
    """A text that may hold figures, and what reading it needs."""

    text: str
    spans: list[Span]
    wanted: set[int]
    """Sentences that may hold a figure, by number."""
    insured: set[int]
    """Sentences that name an insurance."""
    layers: Layers
    area: str | None = None
    """Name of the area that the outlet serves."""
    near: set[int] = field(default_factory=set)
    """Of the sentences that may hold a figure those that may hold the first one."""

    @cached_property
    def _paragraphs(self) -> list[int]:
        """Where the paragraphs begin."""
        return paragraph_starts(self.text)

    def paragraph(self, at: int) -> int:
        """Give the number of the paragraph at a place."""
        return bisect_right(self._paragraphs, at)


def _opened(
    text: str, title: str | None, published: date | datetime | str | None, area: str | None, own: Declared
) -> _Document | None:
    """Take the cheap looks at a text; None where it holds no figure."""
    check_asked(text, title, published, area)
    text = contract_text(text)
    low = lowered(text)
    indicators = load_indicators(own.indicators)
    opened = title is not None and names_insurance(title.lower(), indicators)
    if not opened and not names_insurance(low, indicators):
        return None
    spans = pieces(text)
    opened = opened or (title is not None and cards_of_pupils(title) and "bhyt" in low)
    named = insurance_at(low, indicators) + ([0] if opened and spans else [])
    wanted, insured, near = wanted_of(low, spans, named, 2 * REACH if opened else REACH)
    tables = find_rows(text)
    if not wanted and not tables:
        return None
    layers = Layers(load_rules(own.rules), indicators, day_of(published), [], title or "", text, tables=tables)
    return _Document(text, spans, wanted, insured, layers, area, near)


def _tells(document: _Document, *, cheaply: bool = False) -> bool | None:
    """Whether any sentence has a figure, read with the insurances named before it; None where only reading all tells.

    Sentences that name an insurance are asked first: one figure answers for the whole text. A short text is read in
    full in any case; `cheaply`: not where no number may be a figure.
    """
    text, layers = document.text, document.layers
    if layers.tables:
        return None
    if len(text) <= SHORT:
        return not cheaply or any(may_count(text, document.spans[number], layers) for number in document.wanted)
    dated = layers.reference is not None
    insured = sorted(document.insured)
    for number in sorted(document.near, key=lambda number: (number not in document.insured, number)):
        span = document.spans[number]
        if not may_open(text, span, layers):
            continue
        stream = stream_of(text, span, layers)
        if not claimable(stream, layers.rules, dated=dated):
            continue
        reader = _fresh_reader(layers)
        for before in insured[bisect_left(insured, number - RECALLED) : bisect_left(insured, number)]:
            start, end = document.spans[before]
            reader.pass_by(document.spans[before], before, document.paragraph(start), text[start:end])
        if reader.read(stream, number, document.paragraph(span.start))[0]:
            return True
    return False


def _fresh_reader(layers: Layers) -> SentenceReader:
    mentions = [mention for mention in find_schemes(layers.title, layers.indicators) if mention.codes]
    topic = topic_of_title(layers.title, mentions)
    mind = Mind(topic=topic, owed=owed_in(layers.title, mentions))
    if (period := period_of_title(layers.title, layers.reference)) is not None:
        mind.period = mind.report = Held(period, -1, -1)
    return SentenceReader(layers, mind)


def _observed(document: _Document, told: bool | None) -> tuple[list[Observation], list[Refused]]:
    """Read a text in full where it is `told` to have a figure; where nobody knows, first whether it has any.

    In full means with its place; to find the places costs as much as to read.
    """
    text, spans, layers, area = document.text, document.spans, document.layers, document.area
    title, day, indicators = layers.title or None, layers.reference, layers.indicators
    if not told:
        drafts, refused = _read(document, layers, full=False, only_whether=told is None)
        if not drafts or told is False:
            return [], refused
    places = without_origins(text, find_places(text, published=day, title=title, prior=area))
    if area is None:
        places = with_nation(text, places)
    local = area is not None and area != "Việt Nam"
    named = [one for one in find_places(title or "", published=day, prior=area) if one.area and not one.qualifies]
    titled = named[0] if len({one.areas[0].code for one in named}) == 1 else None
    subjects = subjects_of(text, title or "", places)
    layers = replace(layers, places=places, local=local, outlet=served_by(area, day), titled=titled, subjects=subjects)
    drafts, refused = _read(document, layers)
    drafts, unnamed = settle_declared(text, spans, drafts, indicators)
    refused += unnamed
    writer = Writer(text, spans, title=title, published=day, prior=area)
    observations = [row for draft in drafts if (row := writer.observation(draft)) is not None]
    observations = judge_declared(flag_implausible(check(observations, drafts), indicators, day), indicators)
    return observations, refused


def pieces(text: str) -> list[Span]:
    """Give the sentences; what is longer than any sentence is cut, at a semicolon, comma or blank if there is one."""
    whole = sentences(text)
    if not [start for start, end in whole if end - start > LONGEST]:
        return whole
    spans: list[Span] = []
    for sentence in whole:
        start, end = sentence
        while end - start > LONGEST:
            limit = start + LONGEST
            cut = max(text.rfind(";", start, limit), text.rfind(", ", start, limit), start)
            cut = cut if cut > start else max(text.rfind(" ", start, limit), start)
            cut = cut + 1 if cut > start else limit
            spans.append(Span(start, cut))
            start = cut
        if end > start:
            spans.append(Span(start, end))
    return spans


def _read(
    document: _Document, layers: Layers, *, full: bool = True, only_whether: bool = False
) -> tuple[list[Draft], list[Refused]]:
    """Read the sentences that matter; those between them only for the places and insurances they name.

    Not in `full`: without what only dates figures. `only_whether`: up to the first sentence that has a figure.
    """
    text, spans, wanted, insured = document.text, document.spans, document.wanted, document.insured
    begins = [span.start for span in spans]
    named = {max(0, bisect_right(begins, place.start) - 1) for place in layers.places}
    dating = {max(0, bisect_right(begins, at) - 1) for at in looks_back(text)} if full else set()
    reader = _fresh_reader(layers)
    drafts: list[Draft] = []
    refused: list[Refused] = []
    tables = {max(0, bisect_right(begins, table.rows[0].start) - 1): table for table in layers.tables}
    last = max([max(wanted, default=-1), *tables])
    for number in sorted(one for one in wanted | insured | named | dating | tables.keys() if one <= last):
        span = spans[number]
        paragraph = document.paragraph(span.start)
        if layers.tables and inside(layers.tables, span.start):
            if number in tables:
                reader.sentence, reader.paragraph = number, paragraph
                drafts += read_rows(reader, tables[number], text)
        elif number in wanted and (span.end - span.start < HEADING or holds_figure(text, span, layers)):
            stream = stream_of(text, span, layers)
            found, left = reader.read(stream, number, paragraph)
            drafts += found
            for index, reason in left:
                quantity = stream.figure_at(index)
                refused.append((span.start + quantity.start, span.start + quantity.end, reason))
        else:
            if number in dating and names_period(text, span, layers):
                look_back(reader, stream_of(text, span, layers), number, paragraph)
            reader.pass_by(span, number, paragraph, text[span.start : span.end] if number in insured else "")
        if drafts and only_whether:
            break
    return drafts, refused


def rules_at(text: str, *, declared: Declared | None = None) -> list[tuple[int, int, str]]:
    """Give every figure of a text that names an insurance as (start, end, rule that claimed or refused it)."""
    text = contract_text(text)
    spans = pieces(text)
    own = declared or Declared()
    layers = Layers(load_rules(own.rules), load_indicators(own.indicators), None, find_places(text), "", text)
    everything = set(range(len(spans)))
    drafts, refused = _read(_Document(text, spans, everything, everything, layers), layers)
    return sorted([(draft.start, draft.end, draft.rule) for draft in drafts] + refused)


__all__ = ["Declared", "PlaceMention", "find_figures", "read_text", "rules_fingerprint"]
