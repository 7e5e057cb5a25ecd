"""What keeps a figure out: no subject of ours, one firm, a list that was left out."""

from typing import TYPE_CHECKING

from extract.periods.model import Period
from extract.places.find import PlaceMention
from extract.resolve.guard.answers import answers, named_just_before, of_our_topic
from extract.resolve.indicator.groups import of_member
from extract.resolve.indicator.topic import only_named
from extract.resolve.lists.continues import at_date, continues, ranked_place, told_of_visits
from extract.resolve.lists.members import in_list
from extract.resolve.lists.near import mind_near, money_just_named
from extract.resolve.lists.onward import of_visits
from extract.resolve.lists.pools import of_fitting, pool
from extract.resolve.lists.same import LISTED, after_place
from extract.resolve.lists.turned import dated, like_one_told, of_group, placed_behind
from extract.resolve.lists.units import under_shares
from extract.rules import Rule
from extract.rules.pattern import FIGURES

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

CHANGES = ("change", "change_pct")
BARE_LEVELS = ("plan.target.mood", "level.subject", "level.beside", "list.same", "level.to")
SUBJECT_OF_CHANGE = frozenset({"COVER", "COLLECT", "SPEND", "OWE", "DEBTRATE", "COUNTED", "JOIN", "SCHEME"})

SUBJECTS = frozenset(
    {
        "ASSIGN",
        "AIM",
        "NOTYET",
        "JOIN",
        "SCHEME",
        "COVER",
        "ENROL",
        "BENEFIT",
        "CONCEPT",
        "COUNTED",
        "LACK",
        "PLAN",
        "OWE",
        "COLLECT",
    }
)


def leads_to_parts(reader: "SentenceReader", index: int) -> bool:
    """`trong đó`, `gồm` lead to parts; `riêng` changes the subject."""
    words = reader.stream.tokens[index].load
    return bool(words) and words[0] != "riêng" and words != ("cụ", "thể")


def follows_none(reader: "SentenceReader", index: int) -> bool:
    """Whether the figure goes on a list that no rule of ours claims."""
    last = reader.drafts[-1].index if reader.drafts else -1
    return reader.none_at > last and index - reader.none_at <= (40 if reader.given else 12)


def _goes_on_list(reader: "SentenceReader", index: int, last: int) -> bool:
    """Whether words near the first figure of a sentence say what a list counts; `tỷ lệ này` speaks of what was told."""
    again = any(token.load == "này" for token in reader.stream.tokens[max(0, index - 6) : index])
    if again and reader.sentence - last <= 2:
        return True
    if reader.stream.codes[index] == FIGURES["money"] and money_just_named(reader):
        return True
    if (
        told_of_visits(reader, index)
        or of_member(reader, index)
        or at_date(reader, index)
        or ranked_place(reader, index)
    ):
        return True
    names = {reader.names.get(token.code) for token in reader.stream.tokens[max(0, index - 16) : index + 8]}
    return reader.aiming or bool((SUBJECTS | {"RESPECT"}) & names)


def counts_insured(reader: "SentenceReader", index: int, rule: Rule) -> bool:
    """Whether the words of the clause say that people or money of an insurance are counted."""
    if _in_turn(reader, index) or dated(reader, index) or placed_behind(reader, index) or of_group(reader, index):
        return True
    close = {reader.names.get(token.code) for token in reader.stream.tokens[max(0, index - 4) : index]}
    clause = reader.stream.codes[max(0, index - 4) : index]
    opened = max(clause.rfind(";"), clause.rfind("," + reader.layers.rules.alphabet["INCLUDING"]))
    own = {reader.names.get(code) for code in clause[opened + 1 :]}
    if own & {"DENOM", "WEALTH"} and not own & {"SCHEME"} and reader.stream.figure_at(index).unit == "person":
        return False
    if _goes_on_figure(reader, index, rule) or (rule.id == "level.to" and like_one_told(reader, index)):
        return True
    last = reader.mind.target.sentence if reader.mind.target else -9
    opens = rule.id == "list.same" and not reader.drafts and not after_place(reader, index)
    if opens and not _goes_on_list(reader, index, last):
        return False
    if continues(reader, index, rule, own):
        return True
    listed = reader.drafts or (after_place(reader, index) and reader.sentence - last <= 3)
    if listed and (rule.id == "list.same" or (rule.id == "level.subject" and after_place(reader, index))):
        return True
    before = reader.names.get(reader.stream.codes[index - 1])
    if reader.drafts and (before == "INCLUDING" or (before == "PERIOD" and "INCLUDING" in close)):
        return True
    people = bool(reader.drafts) and reader.drafts[-1].kind == "person" and "PERIOD" in close
    ended = reader.stream.codes[index + 1 : index + 2] in ("(", ",", ".", ";")
    if before == "HAS" and (people or mind_near(reader)) and ended:
        return True
    if reader.stream.codes[index] != FIGURES["person"] and reader.stream.codes[index] != FIGURES["bare"]:
        return True
    if named_just_before(reader, index) or of_our_topic(reader, index):
        return True
    start, tokens = _clause_from(reader, index), reader.stream.tokens
    names = {reader.names.get(token.code) for token in tokens[start:index]}
    if any(reader.names.get(token.code) == "SHARE_OF" and "gia" in token.load for token in tokens[start:index]):
        return True  # `tổng số người tham gia đến 31/12 đạt 17.766 người`
    if after_place(reader, index):
        rest = reader.stream.codes[index + 1 :].partition(";")[0]
        names |= {reader.names.get(code) for code in rest} & {"JOIN", "SCHEME"}
        names |= {reader.names.get(token.code) for token in tokens[:index]} & set(LISTED)
    for token in tokens[index + 1 : index + 8]:
        if token.code in ",;.(0123":
            break
        names.add(reader.names.get(token.code))
    return bool(SUBJECTS & names)


def _goes_on_figure(reader: "SentenceReader", index: int, rule: Rule) -> bool:
    """`giảm 1.870 người (còn 9.430)`, `loại hình bắt buộc (43.905 người)`, `vận động 8.730 người (nâng nhóm này lên
    29.450 người)`: aside of what was just told, or what it has come to."""
    codes, names = reader.stream.codes, reader.names
    if rule.id == "level.beside" and names.get(codes[max(0, index - 2)]) == "SCHEME":
        return True
    if not reader.drafts:
        return codes[index] == FIGURES["bare"] and under_shares(reader) is not None
    since = {names.get(code) for code in codes[reader.drafts[-1].index : index]}
    raised = rule.id == "level.to" and (reader.drafts[-1].rule == "level.to" or {"RISETO", "UP", "DOWN"} & since)
    return bool(raised) or codes[max(0, index - 2) : index - 1] == "("


def _clause_from(reader: "SentenceReader", index: int) -> int:
    """Where the clause of a figure begins; a unit in brackets is no end of it: `tham gia BHYT (đơn vị: người): ...`."""
    start, tokens = index, reader.stream.tokens
    while start > 0 and tokens[start - 1].code not in ";.(" and index - start < 24:
        start -= 1
        opened = reader.stream.codes.rfind("(", 0, start) if tokens[start].code == ")" else -1
        if opened > 0 and (index - start <= 3 or reader.names.get(tokens[opened + 1].code) == "FIRMS"):
            start = opened
    return start


def _in_turn(reader: "SentenceReader", index: int) -> bool:
    """`Con số tương ứng đã tăng lên 14,3 triệu người, 82 triệu người`: what was told, in the same order."""
    return "RESPECT" in reader.here and mind_near(reader) and reader.stream.codes[index - 1 : index] != "("


def of_refused(reader: "SentenceReader", index: int) -> bool:
    """Whether the percent speaks of a count just before it that no rule claimed."""
    last = reader.drafts[-1].index if reader.drafts else -1
    codes = reader.stream.codes
    left = [at for at, _ in reader.refused if last < at and index - at <= 16 and codes[at] != FIGURES["times"]]
    if not left or reader.stream.codes[left[-1]] == FIGURES["percent"]:
        return False
    names = {reader.names.get(token.code) for token in reader.stream.tokens[left[-1] : index]}
    return "ELSE" in names or not names & {"SCHEME", "COVER", "JOIN", "COLLECT", "OWE", "PLACE", ";"}


def no_insured(reader: "SentenceReader", index: int, rule: Rule) -> bool:
    """`thu hút 150 người nghe`, `48 thẻ ngân hàng`: gains and cards of a sentence that says nothing of insurance."""
    if rule.id not in ("gain.enrolled", "level.unit"):
        return False
    tokens = reader.stream.tokens
    names = {reader.names.get(token.code) for token in tokens}
    if names & {"SCHEME", "JOIN", "PLAN", "NEW", "ORG", "ASSIGN", "LACK"} or reader.drafts:
        return False
    if rule.id == "level.unit":
        return reader.stream.figure_at(index).unit in ("card", "book") and not mind_near(reader)
    verbs = {word for token in tokens[:index] if reader.names.get(token.code) == "ENROL" for word in token.load}
    dated_here = "PERIOD" in names and only_named(reader)  # `Từ đầu năm, 391 người đăng ký mới`
    return not verbs & {"phát", "vận", "khai"} and not mind_near(reader) and not dated_here


def tells_past(reader: "SentenceReader") -> bool:
    """`Nếu năm 2015 mới có 68%, thì nay là 91,5%`, `nếu như trước đây ...`: a comparison, nothing supposed."""
    maybe, tokens = reader.layers.rules.alphabet["MAYBE"], reader.stream.tokens
    at = reader.stream.codes.find(maybe)
    for token in tokens[at + 1 : at + 4]:
        if isinstance(token.load, Period | PlaceMention) or reader.names.get(token.code) == "THAN":
            return True
        if token.load not in ("như", "vào", "ở", "địa", "bàn", "tại", "lấy", "mốc", "từ", "tính"):
            return False
    return False


def takes(reader: "SentenceReader", index: int) -> bool:
    """Whether the percent is what the count before it makes up: `270 nghìn học sinh, chiếm gần 24% dân số`."""
    return "TAKES" in [reader.names.get(token.code) for token in reader.stream.tokens[max(0, index - 2) : index]]


def has_subject(reader: "SentenceReader", index: int) -> bool:
    """Whether something of ours is said to change: a count before it, or words that name one."""
    if reader.drafts or mind_near(reader) or answers(reader, index):
        return True
    names = {reader.names.get(token.code) for token in reader.stream.tokens[max(0, index - 16) : index + 9]}
    opens = "THAN" in names and len(reader.mind.topic) == 1 and reader.sentence < 3
    people = any(
        reader.names.get(token.code) == "SHARE_OF" and {"thẻ", "gia"} & set(token.load)
        for token in reader.stream.tokens[:index]
    )  # `số người có thẻ giảm 36.912 người so với cuối tháng 6`
    return bool(SUBJECT_OF_CHANGE & names) or opens or people or of_visits(reader, index)


def speaks_of_insured(reader: "SentenceReader", index: int) -> bool:
    """Whether words near a planned figure say that insured people or their money are planned."""
    if reader.stream.codes[index] != FIGURES["percent"] or reader.drafts:
        return True
    names = {reader.names.get(token.code) for token in reader.stream.tokens[max(0, index - 16) : index + 8]}
    told = {one.measure for one in reader.mind.drafts}
    held = reader.mind.percent
    covers = held is not None and held.value == "coverage_pct" and held.paragraph == reader.paragraph
    if {"AIM", "LACK", "SHORTPLAN"} & names and mind_near(reader) and (told & {"coverage_pct", "rate"} or covers):
        return True
    return bool(names & {"SCHEME", "COVER", "JOIN", "DENOM", "DEBTRATE", "COLLECT", "PLAN", "ASSIGN"}) and not (
        names & {"WEALTH", "FIRMS"}
    )


def lacks_subject(reader: "SentenceReader", index: int, rule: Rule) -> bool:
    """Whether nothing of ours is what the figure counts, plans or changes."""
    return (
        (rule.measure in CHANGES and not has_subject(reader, index))
        or (rule.measure == "target" and not speaks_of_insured(reader, index))
        or (rule.id in BARE_LEVELS and not in_list(reader, index, rule) and not counts_insured(reader, index, rule))
        or no_insured(reader, index, rule)
        or (rule.id == "level.out-of" and of_fitting(reader, index))
        or pool(reader, index)
    )
