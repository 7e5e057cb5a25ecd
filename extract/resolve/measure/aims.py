"""What is asked for and not yet so: demands, tasks, lists of steps, times that lie ahead of a figure."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from extract.context import Draft
from extract.periods.model import Period
from extract.resolve.guard.ahead import is_ahead, plans
from extract.resolve.lists.marks import words_of
from extract.resolve.period.dates import EARLY, SOON
from extract.rules.pattern import FIGURES

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

NO_VERB = frozenset({"theo", "ứng", "với", "đạt", "ban", "được", "là", "tổ", "nhu", "đúng", "trước", "và"})
"""Words before `yêu cầu`, `chỉ đạo` that make a noun of it: `đáp ứng yêu cầu`, `Ban Chỉ đạo`."""
RESULTS = frozenset({"REACH", "RISETO", "HAS", "ENROL", "UP", "DOWN", "COVER", "AIM", "COLLECT", "TO"})
"""What somebody may be asked to bring about."""
AS_IS = frozenset({"OWE", "NOTYET", "LEFT", "LACK", "INSPECT"})
BECOMES = frozenset({"TO", "RISETO", "DOWN"})
"""What is: then the demand is about it, and the figure says how much there is of it."""
LEADING = frozenset({"một", "số", "các", "những", "về", "với", "còn"})
"""Words that may stand before `nhiệm vụ` at the head of a sentence."""
REACH = 22
"""So many tokens may lie between a demand and the figure it asks for."""
BEGUN = timedelta(25)
"""So long after its first day a part of the year has only begun."""
AHEAD = re.compile(
    r"[-–+•*\s]*(?:Trong |Ở |Vào )?(?:thời gian (?:tới|còn lại|sắp tới)|(?:những|các|mấy|hai|ba|bốn|\d) tháng "
    r"(?:còn lại|cuối năm|tới)(?! \d| đã)|từ nay (?:đến|tới|cho đến)|(?:giai đoạn|chặng) (?:tới|sau|còn lại)"
    r"|tới đây|sắp tới|nửa cuối năm nay)(?!\w)",
    re.I,
)
"""Heads of sentences of what is still to be done."""
LONGEST_LIST = 1500
"""So far above a line the heading of its list may stand."""
ITEM = re.compile(r"\s*(?:[-–+•*·]|\d{1,2}\s?[.)]|[a-zđ]\s?\)|…|\.\.\.)|.{0,80};\s*$")
LEADS_ON = re.compile(r"(?:Theo đó|[Cc]ụ thể|[Nn]hư sau|[Tt]rong đó|[Gg]ồm)(?: là| như sau)?\s*$")
ASIDE = re.compile(r"\([^()]*\)")
SETS_AIMS = re.compile(
    r"(?<!\w)(?:giao|phân bổ|đặt ra|đề ra|đặt|xác định)(?: \w+){0,6} (?:chỉ tiêu|kế hoạch|mục tiêu)"
    r"|(?:^|\. |\W )(?:các |những )?(?:chỉ tiêu|mục tiêu|kế hoạch)(?! thu)(?!\w)|phấn đấu (?:đạt|hoàn thành)",
    re.I,
)
DONE = re.compile(
    r"(?<!\w)(?:kết quả|đạt được|đã đạt|hoàn thành|thực hiện được|tiến độ|tình hình|so với|tỷ lệ thực hiện|vượt"
    r"|đến nay|thực hiện (?:chỉ tiêu|kế hoạch|mục tiêu))(?!\w)",
    re.I,
)
PURPOSE = re.compile(
    r"(?<!\w)(?:để|nhằm|muốn) (?:sớm |đến (?:hết |cuối )?năm \d{4},? )?(?:đạt|chạm|cán|về đích|phủ|bao phủ|có|nâng|đưa"
    r"|kéo)(?! được)(?: \w+){0,8} ?$",
    re.I,
)
"""Words of purpose right before a figure."""
TOWARDS = frozenset({"vào", "trong", "đến", "tới", "cho"})
SET_REACH = 10
SAYS_WHAT = frozenset(
    {"COVER", "SCHEME", "JOIN", "WORD", "DENOM", "PERSON", "SHARE_OF", "PERIOD", "PLACE", "IS", "HAS"}
)
"""What a plan and the share that it sets have between them."""
WHOSE = frozenset({"DENOM", "PERSON", "JOIN", "SCHEME"})


def opens_aims(reader: "SentenceReader", index: int, name: str) -> bool:
    """Whether a cue makes aims of what follows it."""
    if name in ("PLAN", "ASSIGN"):
        return plans(reader, index, name) or (name == "PLAN" and (steps(reader, index) or by_plan(reader, index)))
    return (name == "DEMAND" and demands(reader, index)) or (name == "TASKS" and opens_tasks(reader, index))


def aimed_at(reader: "SentenceReader", draft: Draft) -> bool:
    """Whether the words right around a share make it an aim, whatever else the sentence tells."""
    return dated_ahead(reader, draft) or needed_for(reader, draft) or set_as(reader, draft) or beside_aim(reader, draft)


def demands(reader: "SentenceReader", index: int) -> bool:
    """`Ban Chỉ đạo yêu cầu độ bao phủ đạt 94%`, `UBND tỉnh đề nghị mỗi xã có thêm 50 người`: what is asked for.

    `yêu cầu các đơn vị nợ 45 tỷ đồng nộp ngay` asks something of those who owe: what they owe is so.
    """
    before = words_of(reader.stream.tokens[index - 1])[-1:] if index else ()
    if set(before) & NO_VERB and not _opens_noun(reader, index):
        return False
    names: set[str] = set()
    for token in reader.stream.tokens[index + 1 : index + REACH]:
        name = reader.names.get(token.code, token.code)
        if name in ("person", "percent", "bare", "money", "count"):
            if name == "money" and not ("COLLECT" in names or ("OWE" in names and names & BECOMES)):
                return False  # `yêu cầu giảm quyết toán 1,4 tỷ đồng`: of one bill
            return (not names & AS_IS or bool(names & BECOMES)) and (name == "percent" or bool(names & RESULTS))
        names.add(name)
    return False


def _opens_noun(reader: "SentenceReader", index: int) -> bool:
    """`Đi kèm là yêu cầu 100% hộ cận nghèo có thẻ`: the demand is a noun, and says at once what is asked."""
    behind = reader.stream.codes[index + 1 : index + 2]
    return words_of(reader.stream.tokens[index - 1])[-1] in ("là", "và", "với") and behind == FIGURES["percent"]


def opens_tasks(reader: "SentenceReader", index: int) -> bool:
    """`Nhiệm vụ 6 tháng cuối năm, ngành khai thác thêm 1.500 lao động`: a sentence that begins with tasks."""
    return all(set(words_of(token)) <= LEADING and words_of(token) for token in reader.stream.tokens[:index])


def steps(reader: "SentenceReader", index: int) -> bool:
    """`chia thành lộ trình: hết tháng 10 đạt 90%, hết học kỳ I đạt 97%`: times ahead, each with what is to be so."""
    codes, tokens = reader.stream.codes, reader.stream.tokens
    opened = codes.find(":", index, index + 6)
    if opened < 0 or set(codes[index:opened]) & set(FIGURES.values()):
        return False
    at = opened + 1 + len(codes[opened + 1 :]) - len(codes[opened + 1 :].lstrip("w"))
    begins = codes[index - 1 : index] in ("", ",", ";", ".")
    if (
        begins
        and codes[at : at + 1] in FIGURES.values()
        and reader.layers.rules.alphabet["PERIOD"] in codes[index:opened]
    ):
        return True  # `nợ bằng 1,8% số phải thu; mục tiêu cuối năm: dưới 1,5%`
    period, today = tokens[at].load if at < len(tokens) else None, reader.layers.reference
    if not isinstance(period, Period) or period.end is None or period.compared:
        return False
    return today is None or period.end > today or period.mode == "by-target"


def by_plan(reader: "SentenceReader", index: int) -> bool:
    """`Theo kế hoạch của Chính phủ, đến năm 2025, tỷ lệ tham gia đạt 95%`: what a plan sets for a year to come."""
    tokens, today = reader.stream.tokens, reader.layers.reference
    if not 0 < index <= 2 or "theo" not in words_of(tokens[index - 1]):
        return False
    for token in tokens[index + 1 : index + 14]:
        period = token.load
        if isinstance(period, Period) and not period.compared and period.kind != "legal":
            if period.end is None or (today is not None and period.end <= today):
                return False
            year = period.kind == "year" and today is not None and period.end > today + EARLY
            return year or (period.mode in ("until", "by-target") and (today is not None or period.kind == "year"))
        if set(token.code) & set(FIGURES.values()):
            return False
    return False


def heads_ahead(reader: "SentenceReader") -> bool:
    """`Quý IV, ngành tập trung vận động 2.300 người`, told in October; `Thời gian tới, ...`.

    The sentence tells what is to be: its time stands at its head and has only begun, or not yet.
    """
    text, start = reader.layers.text, reader.stream.start
    if in_list_of_aims(text, start):
        return True
    if owes(reader):
        return False
    if "FORECAST" in reader.here and "AIM" not in reader.here:
        return False
    if AHEAD.match(text, start, min(reader.stream.end, start + 60)):
        return True
    today = reader.layers.reference
    for token in reader.stream.tokens[:3]:
        period = token.load
        if today is None or not isinstance(period, Period) or period.start is None or period.end is None:
            continue
        part = period.kind in ("quarter", "half", "range") and period.mode in ("at", "in") and not period.compared
        return part and period.start > today - BEGUN and period.end > today + SOON
    return False


def in_list_of_aims(text: str, start: int) -> bool:
    """`UBND huyện giao chỉ tiêu năm 2020 cho các xã như sau:`, and on the next lines what each of them is to have."""
    opened = text.rfind(":\n", max(0, start - LONGEST_LIST), start)
    if opened < 0:
        return False
    lines = [line for line in text[opened + 1 : start].split("\n") if line.strip()]
    if not all(ITEM.match(line) for line in lines):
        return False
    line = text[text.rfind("\n", 0, opened) + 1 : opened]
    told = ASIDE.sub(" ", line if LEADS_ON.search(line) else line[max(0, line.rfind(". ")) :])
    return SETS_AIMS.search(told) is not None and DONE.search(told) is None


def owes(reader: "SentenceReader") -> bool:
    """`Tới đây, doanh nghiệp nợ từ 4 tỷ đồng sẽ bị nêu tên`: what is owed is so, whatever time is named."""
    return "OWE" in reader.here and not reader.here & (BECOMES | {"AIM", "DEBTRATE"})


def done_then(reader: "SentenceReader", draft: Draft) -> bool:
    """`98,8% dân số (năm 2019: 98,2%)`, `số thực hiện năm 2019 (1.087 người)`: in brackets, of a time past."""
    codes, today = reader.stream.codes, reader.layers.reference
    names = [reader.names.get(code, code) for code in codes[max(0, draft.index - 4) : draft.index]]
    then = [token.load for token in reader.stream.tokens[max(0, draft.index - 3) : draft.index]]
    if any(isinstance(one, Period) and one.edge == "end" for one in then) and then[-1] in ("chỉ", "mới"):
        return any(isinstance(one, Period) and one.end and today and one.end < today for one in then)
    inside = names[-3:] in (["(", "PERIOD", ":"], ["(", "PERIOD", "IS"]) or names[-2:] == ["(", "PERIOD"]
    behind = names[-2:] == ["PERIOD", "("] and names[-3:-2] in (["REACH"], ["THAN"], ["HIGHER"], ["MORE"])
    if not inside and not behind:
        return False
    periods = [token.load for token in reader.stream.tokens[max(0, draft.index - 3) : draft.index]]
    return any(
        isinstance(one, Period) and one.end is not None and today is not None and one.end < today for one in periods
    )


def to_be_won(reader: "SentenceReader", draft: Draft, measure: str) -> bool:
    """`Kế hoạch 2026: BHYT 94,5% dân số; BHXH tự nguyện thêm 9.000 người`: people to be won, with no base named."""
    more = measure == "change" and draft.sign > 0 and draft.kind == "person"
    more = more and (draft.head is None or draft.head.measure == "target")
    return more and not reader.bases and "THAN" not in reader.here


def needed_for(reader: "SentenceReader", draft: Draft) -> bool:
    """`Để đạt 93% dân số tham gia BHYT, tỉnh cần thêm 12.300 người`: a share that something is done to reach."""
    start = max(reader.stream.start, draft.start - 100)
    return draft.kind == "percent" and PURPOSE.search(reader.layers.text, start, draft.start) is not None


def set_as(reader: "SentenceReader", draft: Draft) -> bool:
    """`được giao chỉ tiêu bao phủ BHYT 82% dân số`, `kế hoạch tỷ lệ tham gia BHYT là 90%`: a share that a plan sets."""
    if draft.kind != "percent":
        return False
    covered = False
    for token in reversed(reader.stream.tokens[max(0, draft.index - SET_REACH) : draft.index]):
        name = reader.names.get(token.code, token.code)
        if name in ("PLAN", "ASSIGN"):
            return covered
        if name not in SAYS_WHAT:
            return False
        covered = covered or name == "COVER"
    return False


def beside_aim(reader: "SentenceReader", draft: Draft) -> bool:
    """`Mục tiêu năm nay là 36.200 người tham gia BHXH bắt buộc và 89,2% dân số có BHYT`: the second thing aimed at."""
    last = reader.drafts[-1] if reader.drafts else None
    if draft.kind != "percent" or last is None or last.measure != "target":
        return False
    between = [reader.names.get(code, code) for code in reader.stream.codes[last.index + 1 : draft.index]]
    return between[-1:] == ["AND"] and not set(between) - SAYS_WHAT - {"AND", ","}


def dated_ahead(reader: "SentenceReader", draft: Draft) -> bool:
    """`đó là 80% vào năm 2015 và 90% vào năm 2020`, told in 2014: the year right behind a share lies ahead."""
    if draft.kind != "percent":
        return False
    for at, token in enumerate(reader.stream.tokens[draft.index + 1 : draft.index + 5], draft.index + 1):
        if isinstance(token.load, Period):
            return is_ahead(reader, at) and token.load.completed != "year"
        if reader.names.get(token.code) not in WHOSE and not set(words_of(token)) & TOWARDS:
            return False
    return False
