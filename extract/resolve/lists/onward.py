"""Sentences without a verb of their own: a group, a place or a rank and its figure, of what was told just before."""

from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.lists.marks import words_of
from extract.resolve.lists.near import mind_near
from extract.rules.pattern import FIGURES

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

KINDS = {character: name for name, character in FIGURES.items()}
LIKE_WHOLE = ("uncovered", "gain")
"""Measures that members take over from what was told of all."""
BARE = frozenset(
    {
        "WORD",
        "PLACE",
        "PERSON",
        "DENOM",
        "FIRMS",
        "ORG",
        "AND",
        "NEW",
        "IS",
        "HAS",
        "REACH",
        "LEFT",
        "RANK",
        "BY",
        "TO",
        "INCLUDING",
        ",",
    }
)
"""What may stand before the figure of a sentence that only goes on."""
OTHERS = frozenset(
    {"FIRM", "OTHERMONEY", "ELSE", "CONTRIB", "WEALTH", "HOSPITAL", "GIVE", "REFUSE", "MONEYOF", "INSPECT", "BENEFIT"}
    | {"JOBS", "FOUND", "SURVEY", "NORM", "FOREIGN"}
)
"""What sentences of other things speak of."""
GROUPS = frozenset({"khối", "nhóm", "bậc", "cấp", "hệ", "ngành", "hội", "đoàn", "bưu"})
"""Plain words that open the name of a group."""
TURNS = frozenset({"thì", "mà", "nhưng", "song", "nhưng mà", "vậy mà", "trong khi"})
"""Words between those who could take part and those who do."""
FEW = 20
"""Where no more percent are left out of the whole, no part of it leaves out half."""
LISTS_ON = ("SCHEME", "JOIN", "PLAN", "ASSIGN", "AIM", "UP", "DOWN", "COUNTED", "RISETO")


def goes_on_list(reader: "SentenceReader", index: int) -> bool:
    """`Khối phổ thông 99,7%; khối đại học 88,3%`: the sentence opens with a group and its figure, nothing else."""
    if reader.drafts or index > 9 or not mind_near(reader) or not reader.mind.drafts:
        return False
    tokens = reader.stream.tokens[:index]
    names = {reader.names.get(token.code, token.code) for token in tokens}
    kind = KINDS[reader.stream.codes[index]]
    told = reader.mind.drafts[-1].kind if kind != "percent" else reader.mind.percent and "percent"
    told = "person" if told == "bare" else told
    if not names <= BARE or told != kind:
        return False
    most = max((one.value for one in reader.mind.drafts if one.kind != "percent"), default=0)
    if kind != "percent" and reader.stream.figure_at(index).value > most:
        return False  # `12.480 người tham gia. Hội Phụ nữ 51.000 hội viên`: no part of them
    grouped = any(GROUPS & set(words_of(token)[:1]) for token in tokens[:2])
    who = {"PLACE", "ORG"} if kind != "percent" else {"PLACE", "PERSON", "DENOM", "FIRMS"}
    return (grouped or bool(who & names)) and reader.stream.codes[index + 1 : index + 2] in (",", ";", ".", "(", "")


def of_places(reader: "SentenceReader", index: int) -> bool:
    """`Nha Trang, đương nhiên: 131,7 tỷ đồng`: money of a place, of what was told as money just before."""
    names = {reader.names.get(code, code) for code in reader.stream.codes[:index]}
    held = reader.mind.target
    near = held is not None and reader.sentence - held.sentence <= 3 and reader.mind.drafts
    if not near or "PLACE" not in names or names & OTHERS:
        return False
    return any(one.kind == "money" for one in reader.mind.drafts)


def left_again(reader: "SentenceReader", index: int) -> bool:
    """`Chư Sê còn 3.940 em chưa có thẻ. Pleiku tưởng dễ, hóa ra cũng còn 1.588 em`: left out like those before."""
    if reader.drafts or not mind_near(reader):
        return False
    before = [reader.names.get(code, code) for code in reader.stream.codes[:index]]
    if before[-1:] != ["LEFT"] or "PLACE" not in before:
        return False
    told = [one for one in reader.mind.drafts if one.kind in ("person", "bare")]
    return bool(told) and told[-1].measure == "uncovered" and not {"DENOM", *LISTS_ON, *OTHERS} & set(before)


def of_whole(reader: "SentenceReader", draft: Draft) -> str | None:
    """`vận động được 218 người. Quan Lạn nhiều nhất với 41 người`: a member is measured as the whole told before."""
    if draft.kind not in ("person", "bare"):
        return None
    if reader.drafts:
        return _beside(reader, draft)
    if not mind_near(reader):
        return None
    if left_again(reader, draft.index):
        return "uncovered"
    names = {reader.names.get(code, code) for code in reader.stream.codes[: draft.index]}
    told = [one for one in reader.mind.drafts if one.kind in ("person", "bare") and one.measure != "target"]
    won = draft.index and "được" in words_of(reader.stream.tokens[draft.index - 1])
    if not told or "PLACE" not in names or not (won or "RANK" in names) or {*LISTS_ON, *OTHERS, ";"} & names:
        return None
    whole = told[-1]
    return whole.measure if whole.measure in LIKE_WHOLE and whole.value > draft.value else None


def _beside(reader: "SentenceReader", draft: Draft) -> str | None:
    """`Lạc Sơn thêm được 174 người, trong khi Đà Bắc chỉ 12 người`: places beside one another are counted alike."""
    last = reader.drafts[-1]
    between = {reader.names.get(code, code) for code in reader.stream.codes[last.index + 1 : draft.index]}
    if last.measure not in LIKE_WHOLE or last.kind not in ("person", "bare") or "PLACE" not in between:
        return None
    tokens = reader.stream.tokens[last.index + 1 : draft.index]
    codes = reader.stream.codes[last.index + 1 : draft.index].rpartition(";")[2]
    plain = {reader.names.get(code, code) for code in codes} <= {",", "WORD", "PLACE", "REACH", "HAS", "RANK"}
    if last.measure == "gain" and "được" in words_of(tokens[-1]) and plain:
        return "gain"
    turned = any({"khi", "lúc"} & set(words_of(token)) or reader.names.get(token.code) == "LEFT" for token in tokens)
    return last.measure if turned and between <= {",", ";", "WORD", "PLACE", "IS", "LEFT", "NEW", "HAS"} else None


def as_compared(reader: "SentenceReader", draft: Draft) -> str | None:
    """`phát triển mới 39 người. Cùng kỳ năm 2022 là 57 người`: what there was at the base is counted alike."""
    if draft.rule != "level.base" or draft.kind not in ("person", "bare"):
        return None
    told = [one for one in (reader.drafts or (reader.mind.drafts if mind_near(reader) else [])) if one.kind == "person"]
    told = [one for one in told if one.measure in ("level", "gain")]
    return "gain" if told and all(one.measure == "gain" for one in told) else None


def outgrown(reader: "SentenceReader", change: Draft, draft: Draft) -> bool:
    """`2.902 người, hơn cuối năm ngoái 334 người. Yên Kỳ 211 người, Ấm Hạ 187`: parts never exceed a whole."""
    if change in reader.drafts or change.measure != "change" or draft.kind not in ("person", "bare"):
        return False
    codes, names = reader.stream.codes, reader.here
    level = any(one.measure == "level" and one.schemes == change.schemes for one in reader.mind.drafts)
    if not level or {"UP", "DOWN", "MORE", "LOWER"} & names:
        return False
    parts = [at for at, code in enumerate(codes) if KINDS.get(code) in ("person", "bare")]
    return sum(reader.stream.figure_at(at).value for at in parts) > abs(change.value)


def covered_again(reader: "SentenceReader", earlier: Draft, draft: Draft) -> bool:
    """`đạt 99,1%, còn 0,9% chưa tham gia. Khối phổ thông 99,7%`: a share of those who are in it, not of the rest."""
    if earlier in reader.drafts or earlier.measure != "uncovered" or draft.kind != "percent" or earlier.value >= 50:
        return False
    told = any(one.measure == "coverage_pct" for one in reader.mind.drafts)
    return draft.value >= 50 and (told or earlier.value < FEW)


def spread_left(reader: "SentenceReader") -> None:
    """`Quỳnh Lưu còn 8.204 em, Diễn Châu 7.115, Vinh 5.630 em chưa tham gia`: those before it are left out too.

    So with those won: `Quỳnh Văn 96, Quỳnh Anh 81, Quỳnh Tam 30 người tham gia mới BHXH tự nguyện`.
    """
    last = reader.drafts[-1] if reader.drafts else None
    if last is None or last.measure not in LIKE_WHOLE or not last.rule.startswith(("uncovered", "gain")):
        return
    behind = {reader.names.get(code) for code in reader.stream.codes[last.index + 1 : last.index + 4]}
    if not ({"NOTYET"} if last.measure == "uncovered" else {"NEW", "ENROL"}) & behind:
        return
    for one in reversed(reader.drafts[:-1]):
        between = {reader.names.get(code, code) for code in reader.stream.codes[one.index + 1 : last.index]}
        alike = (one.kind == "percent") == (last.kind == "percent") and one.measure in ("level", "coverage_pct")
        if not alike or not between <= {",", "PLACE", "AND", "LEFT", *KINDS.values()}:
            return
        if one.kind == "percent" and "LEFT" not in {reader.names.get(c) for c in reader.stream.codes[: one.index]}:
            return
        one.measure, one.of = last.measure, None
        one.schemes, one.concept, one.unit = last.schemes, last.concept, last.unit


def of_elsewhere(reader: "SentenceReader") -> None:
    """`thấp xa mức 39,5% của cả nước`: of the place right behind, which the sentences that follow are not about."""
    for one in reader.drafts:
        behind = reader.stream.tokens[one.index + 1 : one.index + 4] if one.rule == "coverage.elsewhere" else []
        for token in behind:
            if reader.names.get(token.code) == "PLACE":
                one.place, one.slots["area"] = token.load, "clause"


def turned_to(reader: "SentenceReader", index: int) -> bool:
    """`có 362.480 học sinh thì 344.720 em có thẻ`, `14.900 người thuộc hộ cận nghèo mà mới 1.043 người mua thẻ`."""
    codes, tokens = reader.stream.codes, reader.stream.tokens
    turned = False
    for at in range(index + 1, min(index + 9, len(codes))):
        name = reader.names.get(codes[at], codes[at])
        if name in ("JOIN", "SCHEME", "NOTYET", ";", "percent", "BENEFIT"):
            return False
        if name == "person":
            smaller = reader.stream.figure_at(at).value < reader.stream.figure_at(index).value
            after = {reader.names.get(code) for code in codes[at + 1 : at + 4]}
            return turned and smaller and bool({"JOIN", "NOTYET", "SCHEME"} & after)
        dated = reader.names.get(codes[at - 1]) == "PERIOD" and codes[at - 2] == ","
        turned = (
            turned or tokens[at].load in TURNS or (name in ("NEW", "HAS", "IS") and (codes[at - 1] == "," or dated))
        )
    return False


def of_visits(reader: "SentenceReader", index: int) -> bool:
    """`số lượt khám giảm gần 22%`, `số lượt chỉ nhích 1,4%` after their count: visits, told again without it."""
    words: list[str] = []
    for token in reversed(reader.stream.tokens[max(0, index - 10) : index]):
        if token.code in ",;.:(" or token.code in KINDS:
            break
        words += words_of(token)
    told = any(one.unit == "visit" for one in (*reader.mind.drafts, *reader.drafts))
    return "lượt" in words and (bool({"khám", "bệnh", "kcb", "trị"} & set(words)) or (told and "người" not in words))


def won_of_many(reader: "SentenceReader", index: int) -> bool:
    """`Chiếm tỷ trọng lớn nhất trong số phát triển mới là bưu điện, 11.340 người (59,1%)`: each has won so many."""
    names = [reader.names.get(code, code) for code in reader.stream.codes[:index]]
    at = next((step for step, name in enumerate(names) if name == "OUTOF"), None)
    return at is not None and "ENROL" in names[at : at + 4] and not {"HAS", "JOIN", "NOTYET"} & set(names[at:])


def owed_by_all(reader: "SentenceReader", index: int) -> bool:
    """`76,8% tổng số phải tham gia`: a share of those who have to take part is coverage."""
    names = [reader.names.get(code, code) for code in reader.stream.codes[index + 1 : index + 6]]
    words = {word for token in reader.stream.tokens[index + 1 : index + 6] for word in words_of(token)}
    return names[:1] == ["SHARE_OF"] and bool({"phải", "diện", "cần"} & words) and "JOIN" in names
