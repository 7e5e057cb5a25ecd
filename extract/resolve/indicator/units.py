"""Units of ours that count something else: accountants, inhabitants, patients without an insurance."""

from typing import TYPE_CHECKING

from extract.context import Draft

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader
    from extract.tokens.row import Token


def of_other_things(reader: "SentenceReader", draft: Draft) -> bool:
    """`39 nhân viên kế toán`, `152 nghìn lượt cơ sở được kiểm tra`: units of ours that count something else."""
    words = {word for token in reader.stream.tokens for word in words_of_token(token)}
    if draft.unit == "case":
        return reader.stream.figure_at(draft.index).noun == "hồ sơ"
    if draft.unit == "collection_point":
        return "trả" in (reader.stream.figure_at(draft.index).noun or "")  # where pensions are paid
    if draft.unit == "staff":
        return not {"thu", "lý", "điểm", "tác"} & words
    if draft.unit == "visit" and draft.rule == "list.same" and any(one.unit == "visit" for one in reader.drafts):
        return False  # `2.716.000 lượt khám (ngoại trú 2.438.000, nội trú 278.000)`
    if draft.unit == "visit":
        behind = [reader.names.get(code) for code in reader.stream.codes[draft.index + 1 : draft.index + 5]]
        if "BENEFIT" in behind and "SCHEME" in behind:
            return False  # `170 triệu lượt người hưởng chế độ bảo hiểm y tế`
        return (
            not {"khám", "bệnh", "kcb", "trị", "viện", "trú", "tế"} & words and "HOSPITAL" not in reader.here
        ) or _of_all_patients(reader, draft)
    if draft.unit == "employer" and not works_for(reader, draft):
        near = {
            word
            for token in reader.stream.tokens[max(0, draft.index - 8) : draft.index + 5]
            for word in words_of_token(token)
        }
        told = draft.head is not None and draft.head.concept == "employers"
        behind = [reader.names.get(code) for code in reader.stream.codes[draft.index + 1 : draft.index + 3]]
        if behind == ["JOIN", "SCHEME"] or with_workers(reader, draft):
            return False  # `chỉ 2.914 đơn vị đóng BHXH cho lao động`
        return "tham" not in near and draft.measure in ("level", "target") and not told
    return False


def _of_all_patients(reader: "SentenceReader", draft: Draft) -> bool:
    """`đón 322.600 lượt người khám; 93% số bệnh nhân dùng thẻ BHYT`: only a share is of the insurance."""
    rest = [reader.names.get(code, code) for code in reader.stream.codes[draft.index + 1 :]]
    if rest[:2] == [",", "INCLUDING"] and "count" in rest and "SCHEME" not in _names_before(reader, draft):
        return "SCHEME" in rest[: rest.index("count")]  # `khám 1.024.500 lượt, trong đó khám BHYT 683.700 lượt`
    if (";" not in rest and "," not in rest) or "percent" not in rest:
        return False
    share = rest.index("percent")
    return (
        "SCHEME" not in rest[:share]
        and "SCHEME" not in _names_before(reader, draft)
        and ({"HOSPITAL", "BENEFIT"} & set(rest[share : share + 4]) != set() and "JOIN" in rest[share : share + 6])
    )


def _names_before(reader: "SentenceReader", draft: Draft) -> list[str]:
    return [reader.names.get(token.code, token.code) for token in clause_of(reader, draft.index)]


def inhabitants(reader: "SentenceReader", draft: Draft) -> bool:
    """`xã có hơn 18.000 dân, ...`: how many live there."""
    behind = [reader.names.get(code, code) for code in reader.stream.codes[draft.index + 1 : draft.index + 4]]
    joins = {"JOIN", "SCHEME"} & set(behind[:2]) or ("HAS" in behind[:2] and "person" not in behind)
    return reader.stream.figure_at(draft.index).noun in ("dân", "nhân khẩu", "khẩu") and not joins


def words_of_token(token: "Token") -> tuple[str, ...]:
    """The words of a token, those of a counted noun too."""
    load = token.load
    if isinstance(load, tuple):
        return load
    if isinstance(load, str):
        return (load,)
    noun = getattr(load, "noun", None)
    return tuple(noun.split()) if noun else ()


def clause_of(reader: "SentenceReader", index: int) -> "list[Token]":
    """The tokens before a figure, from the last semicolon or stop on."""
    tokens = reader.stream.tokens
    start = index
    while start > 0 and tokens[start - 1].code not in ";.":
        start -= 1
    return tokens[start:index]


def wins(reader: "SentenceReader", draft: Draft) -> bool:
    """`phát triển thêm 74 đơn vị mới với 1.980 lao động tham gia`: firms that were won, with those who work there."""
    return "ENROL" in {reader.names.get(code) for code in reader.stream.codes[max(0, draft.index - 2) : draft.index]}


def works_for(reader: "SentenceReader", draft: Draft) -> bool:
    """`2.764 người ở 148 đơn vị`: where those work who were just counted."""
    head = draft.head
    if head is None or head.concept != "participants" or head.kind != "person" or draft.index - head.index != 2:
        return False
    return reader.stream.tokens[draft.index - 1].load in ("ở", "tại", "của", "thuộc", "trong")


def with_workers(reader: "SentenceReader", draft: Draft) -> bool:
    """`1.920 đơn vị sử dụng lao động, với 70.400 lao động tham gia BHXH bắt buộc`: firms, and who is insured there."""
    names = [reader.names.get(code, code) for code in reader.stream.codes[draft.index + 1 : draft.index + 11]]
    at = names.index("person") if "person" in names else 0
    led = 0 < at <= 5 and names[at - 1] in ("IS", "AND", "BY", "HAS") and not {";", "."} & set(names[:at])
    return led and bool({"JOIN", "SCHEME"} & set(names[at + 1 : at + 3]))


def of_network(reader: "SentenceReader", schemes: tuple[str, ...], how: str) -> bool:
    """Whether agents that no insurance is named with work for both that the text tells of."""
    branches = {code.partition("_")[0] for code in (*reader.mind.named, *reader.mind.topic)}
    return how in ("paragraph", "earlier", "title") and len(schemes) == 1 and {"BHXH", "BHYT"} <= branches
