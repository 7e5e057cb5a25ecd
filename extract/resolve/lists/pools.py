"""Those out of whom the insured are counted: pupils in all, people who could join, the poor."""

import re
from typing import TYPE_CHECKING

from extract.resolve.lists.marks import words_of
from extract.resolve.lists.onward import turned_to

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

POOR = re.compile(r"\s(?:(?:thuộc|là|diện) ){0,2}(?:hộ )?(?:cận nghèo|nghèo)(?:,| nhưng| song| thì| mà)\s")
"""`5.900 người cận nghèo, kết quả còn thấp hơn`, `74 người cận nghèo thì`: who they are, and a turn."""
OVER = re.compile(
    r"(?: (?:tham gia|có thẻ|mua|đóng)(?: (?:BHYT|bảo hiểm y tế|BHXH))?)? (?:trên|trong)(?: tổng(?: số)?)? "
)
OURS = frozenset({"JOIN", "SCHEME", "NOTYET", "ENROL", "INCLUDING", "COUNTED", "ASSIGN", "EACH"})


def of_fitting(reader: "SentenceReader", index: int) -> bool:
    """`Trong số 26.900 em thuộc diện tham gia`: who could take part, not who does."""
    words: list[str] = []
    for token in reader.stream.tokens[index + 1 : index + 6]:
        words += token.load if isinstance(token.load, tuple) else (token.load,) if isinstance(token.load, str) else ()
    return bool({"diện", "tuổi", "chưa"} & set(words))


def pool(reader: "SentenceReader", index: int) -> bool:
    """`có 1.890.000 học sinh, trong đó 1.600.000 em tham gia BHYT`: those out of whom the insured are counted."""
    codes, names = reader.stream.codes, reader.names
    if behind_part(reader, index) or poor_out_of(reader, index) or (not reader.drafts and could_join(reader, index)):
        return True
    if reader.drafts or not index or names.get(codes[index - 1]) not in ("HAS", "IS"):
        return False
    behind = reader.names.get(codes[index + 1 : index + 2])
    if reader.stream.figure_at(index).noun in (None, "người") and behind not in ("PERSON", "WEALTH"):
        return False
    if {"SCHEME", "JOIN", "ENROL", "COUNTED", "NOTYET"} & {names.get(code) for code in codes[:index]}:
        return False
    if turned_to(reader, index):
        return True
    between = ""
    for at in range(index + 1, min(index + 10, len(codes))):
        name = names.get(codes[at], codes[at])
        if name in ("JOIN", "SCHEME", "NOTYET", ";", "percent", "BENEFIT"):
            return False
        if name == "person" and "INCLUDING" in between:
            smaller = reader.stream.figure_at(at).value < reader.stream.figure_at(index).value
            after = {names.get(code) for code in codes[at + 1 : at + 4]}
            return smaller and bool({"JOIN", "NOTYET"} & after)
        between += f" {name}"
    return False


def behind_part(reader: "SentenceReader", index: int) -> bool:
    """`301.160 em tham gia trên 306.370 em`: of how many the part just counted is taken."""
    last, quantity = (reader.drafts[-1] if reader.drafts else None), reader.stream.figure_at(index)
    if last is None or last.kind not in ("person", "bare") or last.measure != "level" or quantity.unit != "person":
        return False
    between = reader.layers.text[last.end : reader.stream.start + quantity.start]
    return quantity.value > last.value and OVER.fullmatch(between) is not None


def could_join(reader: "SentenceReader", index: int) -> bool:
    """`toàn tỉnh có 503.900 học sinh thuộc diện tham gia BHYT`: who could, not who does."""
    if reader.names.get(reader.stream.codes[index]) != "person" or reader.stream.figure_at(index).noun in (None,):
        return False
    behind = reader.stream.tokens[index + 1 : index + 3]
    return any(reader.names.get(token.code) == "JOIN" and words_of(token)[:2] == ("thuộc", "diện") for token in behind)


def poor_out_of(reader: "SentenceReader", index: int) -> bool:
    """`cả xã có 74 người cận nghèo thì 70 người đã cầm thẻ`: the poor, and behind them how many of them are insured."""
    codes, names = reader.stream.codes, reader.names
    quantity = reader.stream.figure_at(index)
    behind = reader.stream.start + quantity.end
    if reader.drafts or quantity.unit != "person" or POOR.match(reader.layers.text, behind, reader.stream.end) is None:
        return False
    if OURS & {names.get(code) for code in codes[max(0, index - 4) : index]}:
        return False
    for at in range(index + 2, len(codes)):
        name = names.get(codes[at], codes[at])
        if name == ";":
            return False
        if name in ("person", "count", "percent"):
            near = {names.get(code) for code in codes[index + 1 : at + 4]}
            smaller = name == "percent" or reader.stream.figure_at(at).value <= quantity.value
            return smaller and (name == "count" or bool({"JOIN", "SCHEME", "NOTYET"} & near))
    return False
