"""Pupils have a health insurance of their own: told by the year, by schools, or by what was told of them before."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.lists.near import mind_near
from extract.schemes import SchemeMention
from extract.tokens.stream import STUDENTS

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

NAMED = re.compile(r"(?<!\w)(?:học sinh|sinh viên|HSSV)(?!\w)", re.I)
CARD = re.compile(r"(?<!\w)thẻ(?!\w)(?! (?:học sinh|sinh viên|ATM|ngân hàng|căn cước|đoàn|đảng|thư viện))", re.I)
OF_SCHOOL = re.compile(
    r"(?<!\w)(?:học sinh|sinh viên|HSSV|năm học|học đường|trường học|ngôi trường|nhà trường|học phí|giảng đường"
    r"|tựu trường|khai giảng|mùa khai trường)(?!\w)",
    re.I,
)
"""Words of titles that are about the insurance of pupils."""
PUPILS: tuple[str, ...] = ("BHYT_HSSV",)
OTHERS = frozenset({"PERSON", "DENOM", "WEALTH", "FIRMS", "COVER", "PENSION"})
"""Words of other people than pupils, or of all."""
SCHOOLS = re.compile(
    r"(?<!\w)(?:tiểu học|THCS|THPT|GDTX|GDNN|trung học|mầm non|phổ thông|giáo dục (?:nghề nghiệp|thường xuyên)"
    r"|đại học|cao đẳng|trung cấp|cấp học|bậc học|học kỳ|nhà trường)(?!\w)",
    re.I,
)
NO_GROUP = re.compile(
    r"(?<!\w)(?:tốt nghiệp|trình độ|bằng|giảng viên|giáo viên|nhân dân|dân số|hộ gia đình)(?!\w)", re.I
)


def topic_of_title(title: str, mentions: Sequence[SchemeMention]) -> tuple[str, ...]:
    """Give the insurances that a title names; of pupils' health it may say so far from the insurance's name."""
    topic = mentions[0].codes if mentions else ("BHYT",) if cards_of_pupils(title) else ()
    return PUPILS if topic == ("BHYT",) and OF_SCHOOL.search(title) else topic


def cards_of_pupils(title: str) -> bool:
    """`Những ngôi trường không còn học sinh thiếu thẻ`: the card of pupils is that of their health insurance."""
    return CARD.search(title) is not None and NAMED.search(title) is not None


def of_pupils(reader: "SentenceReader", draft: Draft, *, named: bool) -> bool:
    """Whether health insurance is that of pupils here, though nobody says it beside the figure.

    `named`: the sentence itself names health insurance.
    """
    if draft.kind == "money":
        return False
    if reader.mind.topic == PUPILS and not (named and _of_all(reader, draft)):
        return True
    if named:
        return False
    told = reader.drafts or (reader.mind.drafts if mind_near(reader) else [])
    force, last = reader.mind.schemes, reader.mind.target
    anew = not reader.drafts and force is not None and last is not None and force.sentence > last.sentence
    alone = bool(told) and not anew and all(one.schemes == PUPILS for one in told)
    return (alone and _among_them(reader, draft)) or in_schools(reader, draft)


def in_schools(reader: "SentenceReader", draft: Draft) -> bool:
    """`tiểu học và THCS đạt 99,4%, THPT 96%; khối giáo dục nghề nghiệp 81,3%`: levels of schools, of pupils told of."""
    known = PUPILS[0] in reader.mind.named or reader.mind.topic == PUPILS
    start = reader.drafts[-1].end if reader.drafts else reader.stream.start
    text = reader.layers.text
    return (
        known
        and draft.kind in ("percent", "person", "bare")
        and SCHOOLS.search(text, start, draft.start) is not None
        and NO_GROUP.search(text, start, draft.start) is None
    )


def _among_them(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether neither the unit nor the words since the last figure speak of others than pupils."""
    since = reader.drafts[-1].index + 1 if reader.drafts else 0
    names = {reader.names.get(code) for code in reader.stream.codes[since : draft.index]}
    behind = {reader.names.get(code) for code in reader.stream.codes[draft.index + 1 : draft.index + 3]}
    noun = reader.stream.figure_at(draft.index).noun
    return not OTHERS & (names | behind) and (draft.kind == "percent" or noun in STUDENTS or noun == "")


def _of_all(reader: "SentenceReader", draft: Draft) -> bool:
    """`BHYT toàn dân của tỉnh hiện đạt 93,4% dân số, phải nâng lên 94,5%`: of the whole people again."""
    here = reader.layers.text[reader.stream.start : draft.end + 12].lower()
    counted = reader.stream.figure_at(draft.index).noun == "người" and not NAMED.search(here)
    return counted or "dân số" in here or "toàn dân" in here or "người dân" in here or "hộ gia đình" in here


def pupils_year(reader: "SentenceReader", draft: Draft) -> bool:
    """`Năm học 2022-2023, tỉnh có 186.769 học sinh. Số đã tham gia là 186.610`: the paragraph is about pupils."""
    held = reader.mind.period
    if held is None or held.value.kind != "school-year" or held.paragraph != reader.paragraph or reader.periods:
        return False
    behind = {reader.names.get(code) for code in reader.stream.codes[draft.index + 1 : draft.index + 3]}
    return reader.stream.figure_at(draft.index).noun != "người" and not {"DENOM", "PERSON"} & behind


def since_then(reader: "SentenceReader", draft: Draft) -> bool:
    """`học sinh, sinh viên phải đạt 100%; đến 31/3 mới 91,6%`: still of the pupils that the figure before speaks of."""
    last = reader.drafts[-1] if reader.drafts else None
    if last is None or last.schemes != PUPILS or last.kind != draft.kind:
        return False
    between = {reader.names.get(code) for code in reader.stream.codes[last.index + 1 : draft.index]}
    behind = {reader.names.get(code) for code in reader.stream.codes[draft.index + 1 : draft.index + 3]}
    return "PERIOD" in between and not {"PERSON", "FIRMS", "PLACE", "WEALTH", "COVER", "DENOM"} & (between | behind)


def named_since(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether pupils are named behind the figure before: `..., hộ gia đình 17,4 triệu. Với học sinh, 95,2%`."""
    since = reader.drafts[-1].end if reader.drafts else reader.stream.start
    since = max(since, reader.layers.text.rfind(";", since, draft.start))
    return NAMED.search(reader.layers.text, since, draft.start) is not None


def beside_words(reader: "SentenceReader", draft: Draft, codes: tuple[str, ...]) -> bool:
    """Whether pupils are named beside the figure: right behind it, or in its clause before it."""
    tokens = reader.stream.tokens
    others = False
    for step in (range(draft.index + 1, min(draft.index + 4, len(tokens))), range(draft.index - 1, -1, -1)):
        for at in step:
            token = tokens[at]
            if token.code in (";.," if step.step > 0 else ";."):
                break
            words = token.load if isinstance(token.load, tuple) else ()  # `phát sinh` is a row of plain words
            if "sinh" in words or "hssv" in words:
                return True
            others = others or (reader.names.get(token.code) == "PERSON" and step.step < 0)
            if token.code in "0123456" and (codes == ("BHYT_HGD",) or others or step.step > 0):
                break
    return False
