"""From a text to the observations it holds: the door of the reading."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from extract.checks import check
from extract.context import Draft, Mind
from extract.figures_stream import HEADING, Layers, holds_figure, names_period, stream_of
from extract.figures_write import Writer
from extract.places import PlaceMention, find_places
from extract.plausible import flag_implausible
from extract.resolve import SentenceReader
from extract.resolve_dates import looks_back
from extract.resolve_declared import judge_declared, settle_declared
from extract.resolve_firm import subjects_of
from extract.resolve_owed import owed_in
from extract.resolve_rows import read_rows
from extract.resolve_when import look_back
from extract.resolve_where import with_nation, without_origins
from extract.rows import find_rows, inside
from extract.rules import load_rules
from extract.schemes import INSURED, find_schemes, first_look
from extract.sentences import Span, sentences
from extract.text import contract_text, lowered
from extract.unclaimed import unclaimed_of
from model.indicators import load_indicators
from model.records import Observation, Unclaimed

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
LINE = re.compile(r"\n+")
COUNT = re.compile(
    r"\d\s*(?:người|lao động|đối tượng|nlđ|triệu|tỷ|tỉ|nghìn|ngàn|thẻ|sổ\b|lượt|đơn vị|doanh nghiệp|em\b|học sinh"
    r"|sinh viên|hộ|đại lý|điểm thu|nhân viên|cuốn|hội viên|đoàn viên|nông dân|hồ sơ|dân|đồng\b|đ\b)"
)
"""A number with a unit of ours. Like all words of the cheap look in lower case, in which the text is looked at."""
COUNT_WORDS = re.compile(r"(?:nghìn|triệu|tỷ|ngàn|trăm) (?:người|đồng|lao)")
"""The same, the number in words. Apart, so that each search can skip to its first character."""
SHARE = re.compile(r"\d\s*/?%|\d[.,]\d")
"""A percent, or a number with a point: a count without its unit."""
LEGAL = re.compile(
    r"mức đóng|mức hưởng|tiền lương|mức bình quân|được tính (?:thêm|bằng)|năm đóng|lương hưu (?:hàng"
    r"|hằng) tháng|khoản \d"
    r"|phạt tiền|đúng tuyến|điều \d|người sử dụng lao động đóng"
)
"""Words of laws, whose percents are rates."""
NEAR = 3
LONGEST = 2000
"""No sentence is longer; it keeps the cost of reading linear."""
YEAR = re.compile(r"\b20\d\d\b")
FOLLOWS = re.compile(
    r"tham gia|phủ|kế hoạch|chỉ tiêu|nợ|chậm đóng|thẻ|lần lượt|cùng kỳ|thấp nhất|cao nhất|vận động|phát triển|đạt|còn"
    r"|tăng|giảm|tổng|thu|chi|chiếm|hưởng"
)
"""Words by which a sentence may go on about an insurance named before."""
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
    own = declared or Declared()
    indicators = load_indicators(own.indicators)
    look = first_look(indicators)
    named = title is not None and look.search(title) is not None
    if not named and not look.search(text):
        return [], []
    day = day_of(published)
    rules = load_rules(own.rules)
    spans = pieces(text)
    wanted, insured = _wanted(text, spans, look, 2 * REACH if named else REACH, opened=named)
    tables = find_rows(text)
    if not wanted and not tables:
        return [], []
    layers = Layers(rules, indicators, day, [], title or "", text, tables=tables)
    drafts, refused = _read(text, spans, (wanted, insured), layers, only_whether=True)
    if not drafts:
        return [], unclaimed_of(text, spans, refused, [], look)
    places = without_origins(text, find_places(text, published=day, title=title, prior=area))
    if area is None:
        places = with_nation(text, places)
    layers = replace(layers, places=places, subjects=subjects_of(text, title or "", places))
    drafts, refused = _read(text, spans, (wanted, insured), layers)
    drafts, unnamed = settle_declared(text, spans, drafts, indicators)
    refused += unnamed
    writer = Writer(text, spans, title=title, published=day, prior=area)
    observations = [row for draft in drafts if (row := writer.observation(draft)) is not None]
    observations = judge_declared(flag_implausible(check(observations, drafts), indicators), indicators)
    return observations, unclaimed_of(text, spans, refused, observations, look)


def pieces(text: str) -> list[Span]:
    """Give the sentences; what is longer than any sentence is cut, at a semicolon, comma or blank if there is one."""
    spans: list[Span] = []
    for sentence in sentences(text):
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


def _wanted(
    text: str, spans: Sequence[Span], look: re.Pattern[str] = INSURED, reach: int = REACH, *, opened: bool = False
) -> tuple[set[int], set[int]]:
    """The cheap look: sentences that may hold a figure, with or soon after an insurance word; those with the word.

    `opened`: the title names an insurance, so that the first sentences are about it.
    """
    ends = [span.end for span in spans]
    insured = {min(bisect_right(ends, match.start()), len(spans) - 1) for match in look.finditer(text)}
    insured |= {0} if opened and spans else set()
    wanted: set[int] = set()
    last = -reach - 1
    low = lowered(text)
    for number in sorted({after for one in insured for after in range(one, min(one + reach + 1, len(spans)))}):
        last = number if number in insured else last
        if _may_hold(low, spans[number], number - last):
            wanted.add(number)
    return wanted, insured


def _may_hold(low: str, span: Span, distance: int) -> bool:
    """Whether a sentence (of lower case), so many sentences after an insurance word, can hold a figure of ours."""
    start, end = span
    if distance > NEAR and not FOLLOWS.search(low, start, end):
        return False
    if COUNT.search(low, start, end) or COUNT_WORDS.search(low, start, end):
        return True
    if SHARE.search(low, start, end):
        return not LEGAL.search(low, start, end)
    return end - start < HEADING and YEAR.search(low, start, end) is not None


def _read(
    text: str, spans: Sequence[Span], chosen: tuple[set[int], set[int]], layers: Layers, *, only_whether: bool = False
) -> tuple[list[Draft], list[tuple[int, int, str]]]:
    """Read the sentences that matter; those between them only for the places and insurances they name.

    `only_whether`: stop behind the first sentence that has a figure.
    """
    starts = [0, *(match.end() for match in LINE.finditer(text))]
    wanted, insured = chosen
    begins = [span.start for span in spans]
    named = {max(0, bisect_right(begins, place.start) - 1) for place in layers.places}
    last = max(wanted, default=-1)
    dating = set() if only_whether else {max(0, bisect_right(begins, at) - 1) for at in looks_back(text)}
    mentions = [mention for mention in find_schemes(layers.title, layers.indicators) if mention.codes]
    topic = mentions[0].codes if mentions else ()
    reader = SentenceReader(layers, Mind(topic=topic, owed=owed_in(layers.title, mentions)))
    drafts: list[Draft] = []
    refused: list[tuple[int, int, str]] = []
    tables = {max(0, bisect_right(begins, table.rows[0].start) - 1): table for table in layers.tables}
    last = max([last, *tables])
    for number in sorted(one for one in wanted | insured | named | dating | tables.keys() if one <= last):
        span = spans[number]
        paragraph = bisect_right(starts, span.start)
        if layers.tables and inside(layers.tables, span.start):
            if number in tables:
                reader.sentence, reader.paragraph = number, paragraph
                drafts += read_rows(reader, tables[number], text)
            if drafts and only_whether:
                break
        elif number in wanted and holds_figure(text, span, layers):
            stream = stream_of(text, span, layers)
            found, left = reader.read(stream, number, paragraph)
            drafts += found
            if found and only_whether:
                break
            for index, reason in left:
                quantity = stream.figure_at(index)
                refused.append((span.start + quantity.start, span.start + quantity.end, reason))
        else:
            if number in dating and names_period(text, span, layers):
                look_back(reader, stream_of(text, span, layers), number, paragraph)
            reader.pass_by(span, number, paragraph, text[span.start : span.end] if number in insured else "")
    return drafts, refused


def rules_at(text: str, *, declared: Declared | None = None) -> list[tuple[int, int, str]]:
    """Give every figure of a text that names an insurance as (start, end, rule that claimed or refused it)."""
    text = contract_text(text)
    spans = pieces(text)
    own = declared or Declared()
    layers = Layers(load_rules(own.rules), load_indicators(own.indicators), None, find_places(text), "", text)
    everything = set(range(len(spans)))
    drafts, refused = _read(text, spans, (everything, everything), layers)
    return sorted([(draft.start, draft.end, draft.rule) for draft in drafts] + refused)


def day_of(published: date | datetime | str | None) -> date | None:
    """Give the civil day in Vietnam of a publication date; None where it is none."""
    if isinstance(published, str):
        try:
            published = datetime.fromisoformat(published.strip())
        except ValueError:
            return None
    if not isinstance(published, datetime):
        return published
    return (published.astimezone(VIETNAM) if published.tzinfo else published).date()


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
