"""Sentences that go on about what was counted just before: a date, a rank or a sum, and the figure."""

from typing import TYPE_CHECKING

from extract.resolve.lists.near import mind_near
from extract.resolve.lists.onward import goes_on_list, left_again
from extract.resolve.lists.same import opens_parts, that_number
from extract.rules import Rule
from extract.rules.pattern import FIGURES

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader


def continues(reader: "SentenceReader", index: int, rule: Rule, own: set[str | None]) -> bool:
    """Whether a figure goes on about what was counted before, in this sentence or the last; `own`: its clause."""
    if not reader.drafts and rule.id in ("list.same", "level.subject") and ranked_place(reader, index):
        return True
    if (
        told_of_visits(reader, index)
        or goes_on_list(reader, index)
        or left_again(reader, index)
        or part_in_words(reader, index)
    ):
        return True
    parts = opens_parts(reader) or sums(reader, index) or dated_anew(reader, index)
    if parts and reader.stream.figure_at(index).unit == "person":
        return True
    if that_number(reader, index) and reader.mind.drafts[-1].kind != "money":
        return True
    last = reader.drafts[-1].kind if reader.drafts else "money"
    return (last != "money" and goes_on(own)) or (last == "person" and now(reader, index))


def part_in_words(reader: "SentenceReader", index: int) -> bool:
    """`878.600 người tham gia BHYT; trong đó đồng bào Khmer 261.300 người`: who the part is, and how many."""
    last = reader.drafts[-1] if reader.drafts else None
    near = [reader.names.get(code, code) for code in reader.stream.codes[max(0, index - 6) : index]]
    if last is None or last.kind != "person" or "INCLUDING" not in near or near[-1:] == ["INCLUDING"]:
        return False
    since = set(near[near.index("INCLUDING") + 1 :])
    largest = max(one.value for one in reader.drafts if one.kind == "person")
    return since <= {"WORD", "PERSON", "PLACE", "AND", "HAS"} and reader.stream.figure_at(index).value < largest


def at_date(reader: "SentenceReader", index: int) -> bool:
    """`Tháng 12/2021, độ bao phủ mới 86,5%. Cuối năm 2022 là 90,2%`: a date and the share at it, nothing else."""
    held, before = reader.mind.percent, reader.stream.codes[:index]
    names = {reader.names.get(code, code) for code in before}
    told = held is not None and held.paragraph == reader.paragraph and reader.sentence - held.sentence <= 3
    told = told or (mind_near(reader) and any(one.of == "coverage_pct" for one in reader.mind.drafts))
    said = any(token.load in ("lệ", "tỷ") for token in reader.stream.tokens[:index])  # `năm học trước, tỷ lệ chung là`
    return (
        told
        and len(before) <= (7 if said else 4)
        and "PERIOD" in names
        and names <= {"PERIOD", "IS", "REACH", "NEW", "WORD", ","}
    )


def ranked_place(reader: "SentenceReader", index: int) -> bool:
    """`Hưng Hà giữ vị trí số một với 4.812 người`, `Tam Bình thấp nhất, 51,9%`: of what was just told."""
    names = {reader.names.get(code, code) for code in reader.stream.codes[:index]}
    group = index > 1 and reader.names.get(reader.stream.codes[0]) == "RANK" and "PERSON" in names
    if not ({"PLACE", "RANK"} <= names or group):
        return False
    if names & {
        "DENOM",
        "WEALTH",
        "FIRMS",
        "FIRM",
        "HOSPITAL",
        "BENEFIT",
        ";",
    }:
        return False
    held = reader.mind.percent if reader.stream.codes[index] == FIGURES["percent"] else reader.mind.target
    reach = 6 if names <= {"PLACE", "RANK", "IS", "HAS", "WORD", ","} else 3
    return held is not None and reader.sentence - held.sentence <= reach


def dated_anew(reader: "SentenceReader", index: int) -> bool:
    """`Cuối năm có 5.288 người tham gia. Ba tháng sau: 4.914 người`: a date, a colon and the count it had then."""
    names = [reader.names.get(code, code) for code in reader.stream.codes[max(0, index - 2) : index]]
    return names == ["PERIOD", ":"] and (bool(reader.drafts) or mind_near(reader))


def now(reader: "SentenceReader", index: int) -> bool:
    """`Cuối năm, phường có 733 người; nay chỉ còn 688 người`: what the count has come to."""
    near = reader.stream.tokens[max(0, index - 3) : index]
    return near[0].load in ("nay", "giờ") and reader.names.get(near[-1].code) in ("LEFT", "HAS", "IS")


def sums(reader: "SentenceReader", index: int) -> bool:
    """`Gộp cả 5 xã lại là 132 người`: the sum of what was just counted."""
    return mind_near(reader) and any(token.load in ("gộp", "cộng") for token in reader.stream.tokens[:index])


def goes_on(own: set[str | None]) -> bool:
    """Whether a clause says of a day or place how many there are, and of nobody else."""
    told = {"HAS", "REACH", "IS", "NEW", "LEFT"} & own and own & {"PERIOD", "PLACE", "NEW", "COUNTED"}
    return bool(told) and not own & {"DENOM", "WEALTH", "FIRMS", "HOSPITAL"}


def told_of_visits(reader: "SentenceReader", index: int) -> bool:
    """`2.684.317 lượt khám. Trong đó ngoại trú 2.391.506`: parts of the visits just counted, without their unit."""
    told = any(one.unit == "visit" for one in reader.mind.drafts)
    return told and reader.stream.figure_at(index).unit is None and opens_parts(reader)
