"""What the columns of a table are of: people, money collected, owed or paid; of which insurance; in which unit."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.rows.model import Table, measure_of_label
from extract.schemes import ALL, FAMILY, find_schemes
from extract.text import lowered

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

_CONCEPTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bnợ\b|chậm đóng"), "arrears"),
    (re.compile(r"\bchi(?: trả)?\b(?! nhánh)"), "payouts"),
    (re.compile(r"(?<!đại lý )(?<!điểm )(?<!đối tượng )\bthu\b(?! hút| nhập)"), "revenue"),
    (re.compile(r"đang hưởng|người hưởng|hưởng (?:chế độ|trợ cấp|lương hưu|bhxh)"), "beneficiaries"),
)
_MONEY = ("revenue", "arrears", "payouts")
_WORTH = {"tỷ": 1e9, "tỉ": 1e9, "triệu": 1e6, "nghìn": 1e3, "ngàn": 1e3, "": 1.0}
_UNIT = re.compile(r"(tỷ|tỉ|triệu|nghìn|ngàn) ?đồng|\b(tr)\.?đ\b")
_UNIT_TOLD = re.compile(
    r"(?:đvt|đơn vị(?: tính)?|tiền|thu|nợ|chi) ?: ?(tỷ|tỉ|triệu|nghìn|ngàn|)(?: |\b)?đồng\b"
    r"|\((tỷ|tỉ|triệu|nghìn|ngàn) đồng\)"
)
"""`(ĐVT: triệu đồng; đối tượng: người)`: the unit of all money in the table."""
_SHARE = re.compile(r"(?:(?:tỷ|tỉ) lệ)?(?: đạt| thực hiện| hoàn thành)?[ (]*%?\)?|đạt \(?%\)?")
_DEPENDENT = ("target_pct", "target", "change", "change_pct", "rate")
_CAPTION = 200


@dataclass(frozen=True, slots=True)
class Column:
    """What the figures under one label are."""

    label: str
    measure: str
    concept: str
    schemes: tuple[str, ...]
    worth: float | None
    """Of money: how many đồng one is; None: the table does not say, or it counts no money."""

    @property
    def money(self) -> bool:
        """Whether it tells money, or a share of some."""
        return self.concept in _MONEY


def columns_of(reader: "SentenceReader", table: Table, heading: str) -> tuple[Column, ...]:
    """Read the labels of a table, each in the light of the one before: `Số thu | % kế hoạch` are both of revenue."""
    caption = heading[: max(0, len(heading) - (table.rows[0].start - table.start))][-_CAPTION:]
    told = _UNIT_TOLD.search(lowered(heading[-_CAPTION - (table.rows[0].start - table.start) :]))
    worth = _WORTH[told[1] or told[2] or ""] if told else None
    found: list[Column] = []
    for label in table.columns:
        measure, own = measure_of_label(label), concept_of(label)
        schemes = _named(reader, label)
        before = found[-1] if found else None
        if measure == "coverage_pct" and _of_plan(label, found):
            measure = "target_pct"
        if not own and not schemes and before is not None and measure in _DEPENDENT:
            found.append(Column(label, measure, before.concept, before.schemes, before.worth))
            continue
        concept = own or "participants"
        if concept in _MONEY:
            unit = _UNIT.search(lowered(label))
            own_worth = _WORTH["triệu" if unit[2] else unit[1]] if unit else worth
            found.append(Column(label, measure, concept, schemes or _of_money(reader, caption), own_worth))
        else:
            found.append(Column(label, measure, concept, schemes or _of_people(reader, heading), None))
    return tuple(found)


def _of_plan(label: str, before: list[Column]) -> bool:
    """`Kế hoạch năm | Thực hiện | Tỷ lệ (%)`: a share without a word of whom, right behind plan and result."""
    return [column.measure for column in before[-2:]] == ["target", "level"] and _SHARE.fullmatch(
        lowered(label)
    ) is not None


def concept_of(label: str) -> str:
    """Give the concept that a column's label names; `""` where it names none."""
    low = lowered(label)
    return next((concept for pattern, concept in _CONCEPTS if pattern.search(low)), "")


def _named(reader: "SentenceReader", words: str) -> tuple[str, ...]:
    """The insurance that words name last; of `BHXH` alone before `bắt buộc` its part."""
    codes: tuple[str, ...] = ()
    for mention in find_schemes(words, reader.layers.indicators):
        if mention.codes:
            codes = mention.codes
        elif mention.relative in FAMILY:
            codes = (FAMILY[mention.relative][1],)
    return codes


def _of_people(reader: "SentenceReader", heading: str) -> tuple[str, ...]:
    """The insurance of a heading, of the title, or the one in force."""
    mentions = [mention.codes for mention in find_schemes(heading, reader.layers.indicators) if mention.codes]
    own = mentions[-1] if mentions else reader.mind.topic
    return own or (reader.mind.schemes.value if reader.mind.schemes else ())


def _of_money(reader: "SentenceReader", caption: str) -> tuple[str, ...]:
    """The insurance of the line above a table, or of the title; else what an office collects is of all."""
    line = caption.rstrip().rpartition("\n")[2]
    return _named(reader, line) or (reader.mind.topic if len(reader.mind.topic) == 1 else ALL)
