"""Whether a figure stands on ground of ours: what around it says that insured people or their money are meant."""

import itertools
import re
from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.guard.answers import answers, of_our_topic
from extract.resolve.indicator.topic import only_named
from extract.resolve.indicator.units import clause_of, inhabitants, of_other_things, words_of_token
from extract.resolve.lists.members import continues_item
from extract.resolve.lists.near import mind_near, money_just_named
from extract.resolve.lists.onward import goes_on_list, of_places
from extract.resolve.lists.same import after_place
from extract.resolve.lists.turned import dated, placed_behind
from extract.resolve.lists.units import under_shares

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

OURS = frozenset(
    {"SCHEME", "JOIN", "COVER", "NOTYET", "COLLECT", "SPEND", "OWE", "DEBTRATE", "COUNTED", "ENROL", "BENEFIT", "NEW"}
)
"""Subjects of which a change can be told."""
ALIEN = frozenset({"CONTRIB", "WEALTH", "FORMULA", "OTHERMONEY", "ELSE", "MONEYOF", "JOBS", "SURVEY", "NORM"})
"""Subjects of other reports."""
PARTS = frozenset({"JOIN", "COVER", "COUNTED", "OWE", "COLLECT", "SPEND"})
PERSONS = frozenset({"anh", "chị", "ông", "bà", "cháu", "bé", "bệnh"})
TOLD = ("change", "change_pct")
LOOSE = ("list.same", "reach.bare", "plan.target.mood", "coverage.to")
CONTINUES = frozenset({"INCLUDING", "RESPECT", "RANK", "PERIOD", "PLACE", "BASE", "BENEFIT", "THAN"})
"""Cues of sentences that go on about the figures just told."""
CARRIES = frozenset({"PLAN", "SHORTPLAN", "ASSIGN", "LACK", "ENROL", "NOTYET", "DENOM"})
"""Cues that go on about an insurance named shortly before."""
GOES_ON = frozenset(
    {"PLACE", "FIRMS", "RANK", "INCLUDING", "PERIOD", "BASE", "RESPECT", "PERSON", "DENOM", "EACH", "("}
)
LISTS = frozenset({"SCHEME", "COVER", "JOIN", "PLAN", "ASSIGN", "NOTYET", "COLLECT", "SPEND", "OWE", "DEBTRATE", "AIM"})
ABROAD = re.compile(
    r"(?:nước|người|dân|công dân|[Hh]ạ [Vv]iện|[Tt]hượng [Vv]iện|[Tt]ổng [Tt]hống|[Qq]uốc hội|tại|ở) Mỹ(?! [A-ZĐ])"
    r"|Nhà Trắng|Obamacare|Trump|Trung Quốc"
    r"|Thái Lan|Hàn Quốc|Nhật Bản|Singapore|Malaysia|Indonesia|Philippines|Thụy Điển"
)
"""Titles of articles about other countries."""
GUIDE = re.compile(
    r"(?:Cách|Hướng dẫn|Mức (?:đóng|hưởng|lương(?! hưu)|phạt|trợ cấp)|Quy định|Thông tư|Nghị định|Luật|Bài tập"
    r"|Chế độ|Thủ tục|Hồ sơ|Điều kiện|Phân biệt|Tỷ lệ (?:trích|đóng)|Các khoản|Khoản|Khi nào|Ai được"
    r"|Những (?:khoản|trường hợp|thay đổi|chính sách))(?!\w)"
    r"|.{0,80}(?:là gì|như thế nào)"
)
"""Titles of articles that explain rates and rules: of them only what is said of a place or a day counts."""
OF_ONE = re.compile(
    r"(?<!\w)(?:[Cc]ó (?:một |cả )?|[Mm]ột )(?:xưởng|nông trường|doanh nghiệp|đơn vị|công ty|nhà thầu"
    r"|xí nghiệp|hợp tác xã|trang mạng|DN)(?!\w)(?![^;]*tổng)"
)
"""`Có doanh nghiệp chậm đóng 14 tháng, 9,7 tỷ đồng`: one, of which nothing more is told."""
SMALL_DEBT = 1_000_000_000
"""Arrears below it, beside months of delay, are a criterion: `nợ từ 6 tháng, trên 300 triệu đồng`."""
ONE_FIRM = 100_000_000_000
"""What a single firm owes hardly reaches it."""
SMALL_BILL = 500_000_000
"""So little is paid for cases, not in an area."""
ONE_BILL = 3_000_000_000
"""Payouts below it, beside a person, are one patient's."""
NEAR = 3
"""So many sentences ago an insurance may have been named that the sentence does not name."""


def groundless(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether nothing says that a figure, which a rule claims by its wording, is of an insurance."""
    if draft.rule in ("change.left", "list.opens", "level.headed"):
        return False  # the difference of two counts of ours, and what only goes on about them
    if reader.stream.figure_at(draft.index).unit is None and draft.kind == "percent" and under_shares(reader):
        return False
    if _abroad(reader, draft) or (reader.guide and not reader.here & {"PLACE", "PERIOD", "ORG"}):
        return True
    before = clause_of(reader, draft.index)
    names = [reader.names.get(token.code, token.code) for token in before]
    if draft.measure in TOLD and _of_others(reader, draft, names):
        return True
    if draft.rule == "share.bare" and not reader.drafts and not PARTS & set(names):
        return True
    if draft.kind == "percent" and draft.qualifier in (">", ">=") and _threshold(reader, draft):
        return True
    if draft.kind == "percent" and draft.measure == "target" and _wish_of_others(reader, names):
        return True
    if draft.kind == "percent" and draft.measure in ("target", "target_pct") and _of_all_plans(reader, draft):
        return True
    if draft.kind == "percent" and draft.rule in LOOSE and _loose(reader, draft, names):
        return True
    if draft.kind == "money" and _one_case(reader, draft, names):
        return True
    if draft.kind == "count" and of_other_things(reader, draft):
        return True
    listed = draft.rule in ("list.same", "level.beside") and (reader.drafts or not after_place(reader, draft.index))
    if not listed and draft.kind == "person" and inhabitants(reader, draft):
        return True
    if draft.measure == "target" and draft.kind == "person" and {"PENSION", "JOBLESS"} & set(reader.here):
        return "PLAN" not in reader.here
    if "SCHEME" in reader.here or reader.drafts or _carried(reader, draft) or _at_places(reader, draft):
        return False
    turned = dated(reader, draft.index) or placed_behind(reader, draft.index)
    return not (turned or of_our_topic(reader, draft.index) or answers(reader, draft.index))


def _wish_of_others(reader: "SentenceReader", names: list[str]) -> bool:
    """`tỷ lệ khu công nghiệp có hệ thống xử lý nước thải phải đạt 88%`: aims of other reports."""
    return bool(ALIEN & set(names)) and not {"SCHEME", "DENOM", "DEBTRATE", *PARTS, "NOTYET"} & reader.here


def _abroad(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether another country is spoken of."""
    if "FOREIGN" in reader.here:
        return True
    behind = reader.stream.tokens[draft.index + 1 : draft.index + 2]
    if behind and behind[0].load == "mỹ" and draft.kind in ("person", "percent"):
        return True
    return reader.foreign and "PLACE" not in reader.here


def _threshold(reader: "SentenceReader", draft: Draft) -> bool:
    """`5 huyện đạt tỷ lệ bao phủ trên 95% là Mai Châu (97,2%)`: the mark that some places are above."""
    after = [reader.names.get(code, code) for code in reader.stream.codes[draft.index + 1 : draft.index + 6]]
    if reader.aiming or "PLACE" not in after or "percent" not in after or not {"IS", ":", "INCLUDING"} & set(after):
        return False
    tokens = clause_of(reader, draft.index)[-14:]
    return any(getattr(token.load, "unit", None) == "place" for token in tokens) or any(
        before.load in ("các", "nhiều", "những")
        and {"huyện", "xã", "tỉnh", "phường", "địa", "nơi"} & set(words_of_token(token))
        for before, token in itertools.pairwise(tokens)
    )


def _one_case(reader: "SentenceReader", draft: Draft, names: list[str]) -> bool:
    """Whether money is a criterion, or the debt or bill of one."""
    words = {
        token.load
        for token in reader.stream.tokens[max(0, draft.index - 14) : draft.index + 12]
        if isinstance(token.load, str)
    }
    if draft.concept == "arrears":
        clause = reader.layers.text[reader.stream.tokens[max(0, draft.index - 14)].start : draft.start]
        if draft.measure == "level" and draft.value < ONE_FIRM and OF_ONE.search(clause):
            return True
        one = names[-7:]
        left = reader.stream.tokens[max(0, draft.index - 12) : draft.index]
        if draft.measure == "level" and "RANK" in names[-12:] and any(token.load == "một" for token in left):
            return True  # `nợ lớn nhất là một khu nghỉ dưỡng, hơn 33 tỷ đồng`
        if (
            draft.measure == "level"
            and "RANK" in one
            and {"FIRMS", "count"} & set(names)
            and "PLACE" not in names
            and draft.value < ONE_FIRM
        ):
            return True
        return draft.measure == "level" and draft.value < SMALL_DEBT and "tháng" in words | _months(reader, draft)
    if draft.concept == "revenue" and draft.value < ONE_BILL and words & PERSONS:
        return True  # `chị bán được 3 tấn chè, thu hơn 400 triệu đồng`
    if draft.concept != "payouts" or draft.measure != "level":
        return False
    return draft.value < SMALL_BILL or (draft.value < ONE_BILL and bool(words & PERSONS))


def _months(reader: "SentenceReader", draft: Draft) -> set[str]:
    """`tháng` where months are counted near a figure."""
    near = reader.stream.tokens[max(0, draft.index - 14) : draft.index + 12]
    return {"tháng"} if any(getattr(token.load, "unit", None) == "month" for token in near) else set()


def _since(reader: "SentenceReader", draft: Draft, names: list[str]) -> list[str]:
    """The names between the figure before, if it stands in the same clause, and this one."""
    last = reader.drafts[-1].index if reader.drafts else -1
    return names[-(draft.index - last - 1) :] if last >= draft.index - len(names) and draft.index - last > 1 else names


def _of_others(reader: "SentenceReader", draft: Draft, names: list[str]) -> bool:
    """`giá dịch vụ y tế cho người có BHYT tăng 10%`: what changes is named before the figure, and is not ours."""
    own = _since(reader, draft, names)
    if ALIEN & set(own):
        return not (reader.drafts and OURS & set(own))
    if reader.drafts:
        return False
    if "PENSION" in names and not {"COUNTED", "PERSON", "SPEND", "BENEFIT"} & set(names):
        return True
    behind = {reader.names.get(token.code) for token in reader.stream.tokens[draft.index + 1 : draft.index + 4]}
    if OURS & set(names) or (draft.kind == "person" and {"SCHEME", "JOIN"} & behind):
        return False
    return not lately(reader) or names.count("w") > 12


def _loose(reader: "SentenceReader", draft: Draft, names: list[str]) -> bool:
    """`bao phủ BHYT 85,3%; rác thải được thu gom đạt 98%`: a percent whose own words name nothing of ours."""
    own = _since(reader, draft, names)
    if placed_behind(reader, draft.index) or _at_places(reader, draft):
        return False
    if "RESPECT" in own[-2:] and "PLACE" in names and lately(reader):
        return False  # `A và B nhờ đông hộ nghèo nên đạt tương ứng 83,5% và 79%`
    if ALIEN & set(own) and not _past_aside(reader, draft, own):
        return True
    since = own[-own[::-1].index("COVER") :] if "COVER" in own[:-1] else own
    if draft.measure == "coverage_pct" and {"SPEND", "HOSPITAL"} & set(since):
        return True
    if draft.rule == "coverage.to":
        told = {"COVER", "JOIN", "DENOM"} & {*names, *reader.here} or (
            "SCHEME" in names and not {"SPEND", "BENEFIT", "HOSPITAL", "CONTRIB"} & reader.here
        )
        again = any(token.load == "này" for token in reader.stream.tokens[: draft.index]) and lately(reader)
        return not told and not mind_near(reader) and not again
    if reader.drafts:
        return own is names and not (LISTS | GOES_ON) & set(own) and own.count("w") > 3
    if LISTS & set(names):
        return False
    if _share_just_told(reader, draft):
        return False
    return not lately(reader) or (own.count("w") > 9 and not GOES_ON & set(own))


def _share_just_told(reader: "SentenceReader", draft: Draft) -> bool:
    """`12 xã có tỷ lệ bao phủ dưới 90%. Trong khi đó, huyện Đơn Dương đạt 97,8%`: a mark is told, then shares of it."""
    told = reader.mind.percent
    return told is not None and reader.sentence - told.sentence == 1 and after_place(reader, draft.index)


def _of_all_plans(reader: "SentenceReader", draft: Draft) -> bool:
    """`hoàn thành 100% các chỉ tiêu`, `tỷ lệ nợ dưới 2%; 100% cơ sở y tế tiếp nhận thẻ`: of no one of ours."""
    behind = reader.stream.tokens[draft.index + 1 : draft.index + 3]
    names = [reader.names.get(token.code) for token in behind]
    words = words_of_token(behind[0]) if behind else ()
    return (words[:1] == ("các",) and "PLAN" in names) or (draft.concept == "arrears" and names[:1] == ["HOSPITAL"])


def _at_places(reader: "SentenceReader", draft: Draft) -> bool:
    """`Xã Can Lộc 99,7%` in a text on pupils; `Thuận Nam tụt từ 94% xuống 83,5%` behind a word of health insurance."""
    if not after_place(reader, draft.index) or draft.measure != "coverage_pct" or ALIEN & reader.here:
        return draft.rule == "coverage.to" and "PLACE" in reader.here and _of_health(reader) and not ALIEN & reader.here
    return reader.mind.topic == ("BHYT_HSSV",) or (draft.rule == "coverage.to" and _of_health(reader))


def _of_health(reader: "SentenceReader") -> bool:
    """Whether health insurance was the last to be named, shortly before."""
    force = reader.mind.schemes
    return force is not None and force.value[0].startswith("BHYT") and reader.sentence - force.sentence <= NEAR


def _past_aside(reader: "SentenceReader", draft: Draft, own: list[str]) -> bool:
    """`năm 2013 được 58,7%, đến tháng 6, khi có hỗ trợ hộ cận nghèo, đạt 61,2%`: a date, an aside, then what it is."""
    last = reader.drafts[-1] if reader.drafts else None
    if last is None or last.measure != draft.measure or own[-2:-1] != [","] or own[-1] not in ("REACH", "IS"):
        return False
    return "PERIOD" in own[: own.index(next(one for one in own if one in ALIEN))]


def lately(reader: "SentenceReader", reach: int = 3) -> bool:
    """Whether one of the sentences just before had figures, in whatever paragraph."""
    held = reader.mind.target
    return held is not None and reader.sentence - held.sentence <= reach


def _carried(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether a sentence that names no insurance goes on about one named before."""
    here, force = reader.here, reader.mind.schemes
    told = force is not None and reader.sentence - force.sentence <= NEAR
    near = bool(reader.mind.topic) or lately(reader) or told or (draft.kind == "person" and only_named(reader))
    if continues_item(reader, draft.kind) or ("REST" in here and lately(reader, 1)):
        return True
    if draft.kind == "money":
        if (lately(reader) and after_place(reader, draft.index)) or "RESPECT" in here or of_places(reader, draft.index):
            return True
        if money_just_named(reader):
            return True
        ours = bool(here & {"COLLECT", "SPEND", "OWE", "DEBTRATE", "JOBLESS"})
        return ours and ("OWE" in here or not here & {"OTHERMONEY", "ELSE"})
    if draft.kind == "count":
        return near or "ORG" in here
    if draft.concept == "arrears" and reader.mind.owed and "DEBTRATE" in here:
        return True
    if draft.concept == "beneficiaries" and near and "SPEND" in here:
        return True
    joins = any(
        {"tham", "thẻ", "phủ", "sổ", "bảo"} & set(token.load)
        for token in reader.stream.tokens
        if reader.names.get(token.code) in ("JOIN", "COVER", "NOTYET", "NEW") and isinstance(token.load, tuple)
    )
    benefit = reader.layers.rules.alphabet["BENEFIT"]
    decided = any(token.code == benefit and "quyết" in token.load for token in reader.stream.tokens)
    if joins or here & {"PENSION", "JOBLESS"} or (near and (decided or here & CARRIES)):
        return True
    if draft.kind == "percent" and lately(reader, 1) and reader.stream.codes[: draft.index].count("w") <= 8:
        return True
    if draft.kind == "percent" and told and _share_just_told(reader, draft):
        return True
    if goes_on_list(reader, draft.index):
        return True
    return lately(reader) and (after_place(reader, draft.index) or bool(here & CONTINUES))
