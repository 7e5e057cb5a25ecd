"""Changes told without their verb, and values that stand behind a verb of change."""

from typing import TYPE_CHECKING

from extract.context import Draft
from extract.resolve.lists.marks import words_of
from extract.resolve.lists.near import mind_near
from extract.resolve.lists.same import after_place

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

OF_COUNTS = frozenset({"COUNTED", "PERSON", "JOIN", "COLLECT", "SPEND", "OWE", "BENEFIT"})
"""Words by which a sentence speaks of counts or money again, not of shares."""
HIGH = 25
"""No share of people grows by so many points that a reporter would say `nhích lên`."""


def risen_to(reader: "SentenceReader", draft: Draft) -> bool:
    """`tỷ lệ này nhích lên 84,5%`, with no base behind it: what coverage has come to, not by how much."""
    if draft.kind != "percent" or draft.measure != "change_pct" or not HIGH <= draft.value <= 100:
        return False
    verb = words_of(reader.stream.tokens[draft.index - 1])
    behind = {reader.names.get(code) for code in reader.stream.codes[draft.index + 1 : draft.index + 4]}
    if verb[-1:] not in (("lên",), ("được",)) or {"THAN", "BASE"} & behind:
        return False
    counts = [one for one in reader.drafts if one.kind != "percent"]
    shares = [one for one in (*reader.mind.drafts, *reader.drafts) if one.kind == "percent"]
    told = bool(shares) and shares[-1].measure == "coverage_pct" and (bool(reader.drafts) or mind_near(reader))
    return not counts and (told or "COVER" in reader.here)


def lost(reader: "SentenceReader", index: int) -> int:
    """`Cuối năm có 17.905 người. Ba tháng sau: 15.118 người. 2.787 người rời đi`: the difference of the two counts.

    Gives its sign; 0 where the figure is no difference of the last two counts.
    """
    value = reader.stream.figure_at(index).value
    told = [*reader.counts[-2:], *reader.drafts]
    counts = [one for one in told if one.measure == "level" and one.kind in ("person", "bare")][-2:]
    if len(counts) < 2 or counts[0].schemes != counts[1].schemes or not value:
        return 0
    difference = counts[1].value - counts[0].value
    return (1 if difference > 0 else -1) if abs(abs(difference) - value) < 0.5 else 0


def with_minus(reader: "SentenceReader", draft: Draft) -> bool:
    """`Chợ Đồn: 1.180; -402`: the sign stands right before the figure, and no word or number before it."""
    if draft.value < 0:
        return False
    at = draft.start
    text = reader.layers.text
    return at > 1 and text[at - 1] in "-−–" and text[at - 2] in " \n(;:,|"


def among_changes(reader: "SentenceReader", draft: Draft) -> bool:
    """`Phú Vang giảm 512 người; duy nhất A Lưới thêm được 12 người`: a count beside changes of the same is one."""
    verb = words_of(reader.stream.tokens[draft.index - 1])
    if draft.rule != "gain.enrolled" or verb[:1] not in (("thêm",), ("có",)) or "thêm" not in verb:
        return False
    if reader.layers.rules.alphabet["THAN"] in reader.stream.codes[max(0, draft.index - 7) : draft.index]:
        return True  # `so với cuối năm 2010 chỉ thêm được 18.300 người`
    last = reader.drafts[-1] if reader.drafts else reader.mind.drafts[-1] if mind_near(reader) else None
    return last is not None and last.measure == "change" and last.unit == draft.unit and last.schemes != ()


def of_share(reader: "SentenceReader", draft: Draft) -> bool:
    """`bao phủ 92,1% dân số, tăng 1,35%`: with no count told, a share grows by points."""
    last = reader.drafts[-1] if reader.drafts else None
    if _ratio_grew(reader, draft):
        return True
    if last is None and after_place(reader, draft.index) and mind_near(reader):
        told = [one.of if one.measure == "change" else one.measure for one in reader.mind.drafts]
        return set(told) == {"coverage_pct"} and not OF_COUNTS & reader.here
    if last is not None and last.measure == "change" and last.kind == "percent" and after_place(reader, draft.index):
        return last.of == "coverage_pct"
    while last is not None and last.measure in ("target_pct", "target_gap") and last.index > 0:
        earlier = [one for one in reader.drafts if one.index < last.index]
        last = earlier[-1] if earlier else None
    if last is None or last.measure != "coverage_pct":
        return False
    compared = {reader.names.get(code) for code in reader.stream.codes[last.index + 1 : draft.index]}
    if last is reader.drafts[-1] and {"HIGHER", "LOWER"} & compared and not OF_COUNTS & compared:
        return draft.value < last.value  # `đạt 94%, thấp hơn 3,4% so với năm học trước`: of the two shares
    counted = any(one.kind != "percent" and one.schemes == last.schemes for one in reader.drafts)
    if counted and (abs(draft.value) > 25 or last is not reader.drafts[-1] or not _covers(reader, last)):
        return False
    between = reader.stream.codes[last.index + 4 : draft.index]
    names = {reader.names.get(code) for code in between}
    return draft.rule.startswith("change.pct.") and not names & {
        "SCHEME",
        "JOIN",
        "COUNTED",
        "PERSON",
        ";",
    }


def _covers(reader: "SentenceReader", share: Draft) -> bool:
    """Whether the word coverage itself stands before a share."""
    near = reader.stream.tokens[max(0, share.index - 6) : share.index]
    ratio = any("lệ" in words_of(token) for token in near[-3:])  # `7.120 em, tỷ lệ 98,3%, nhích 0,6%`
    return ratio or any(reader.names.get(token.code) == "COVER" for token in near)


def _ratio_grew(reader: "SentenceReader", draft: Draft) -> bool:
    """`tỷ lệ tham gia chỉ tăng 1,7%`, `tỷ lệ này giảm 0,4% so với cuối năm`: a ratio grows by points."""
    tokens, at = reader.stream.tokens, draft.index - 1
    if draft.value > HIGH or at < 1 or reader.names.get(tokens[at].code) not in ("UP", "DOWN"):
        return False
    for token in reversed(tokens[max(0, at - 4) : at]):
        name = reader.names.get(token.code)
        if name == "COVER" or "lệ" in words_of(token):
            return True
        if token.code in ",;:()0123456" or name in ("COUNTED", "PERSON", "OWE", "COLLECT", "SPEND"):
            return False
    return False
