"""Verbs said once: what the next figure of a list counts, where only the first has its verb."""

from typing import TYPE_CHECKING

from extract.context import Draft

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader


def ranked_member(reader: "SentenceReader", draft: Draft) -> str | None:
    """`vận động được 2.340 người, nhiều nhất là Văn Yên với 412 người`: the member is measured as the whole."""
    counts = [one for one in reader.drafts if one.kind != "percent"]
    last = counts[-1] if counts else None
    if last is None or last.measure not in ("gain", "uncovered", "target_gap") or last.value <= draft.value:
        return None
    codes, including = reader.stream.codes, reader.layers.rules.alphabet["INCLUDING"]
    since = max(last.index + 1, codes.rfind(including, last.index, draft.index))
    names = {reader.names.get(code) for code in codes[since : draft.index]}
    led = (
        names & {"RANK", "INCLUDING"}
        or last.rule == "list.member"
        or (last.head is not None and last.head.measure == last.measure)
    )
    return last.measure if led and not names & {"JOIN", "SCHEME", "RISETO"} else None


def elided(reader: "SentenceReader", draft: Draft) -> str | None:
    """`vận động được 96 người, bưu điện 143 người`: the verb of the figure before it."""
    if _both_gained(reader, draft):
        return "gain"
    if not reader.drafts or reader.drafts[-1].measure not in ("gain", "uncovered", "target", "target_gap", "change"):
        return None
    if reader.drafts[-1].measure == "change" and not _all_changed(reader, draft):
        return None
    between = reader.stream.tokens[reader.drafts[-1].index + 1 : draft.index]
    if reader.drafts[-1].measure == "target" and not reader.aiming and any(token.code == ")" for token in between):
        return None  # `213 người (kế hoạch 240), BHXH bắt buộc 3.902 người`: the plan was told aside
    names = [reader.names.get(token.code, token.code) for token in between]
    if len(names) > 8 or not {",", "AND"} & set(names) or set(names) & {"HAS", "IS", "REACH", ";", "LEFT", "RISETO"}:
        return None
    return reader.drafts[-1].measure if reader.drafts[-1].measure != "target" or reader.aiming is False else None


def _both_gained(reader: "SentenceReader", draft: Draft) -> bool:
    """`vận động được 9.806 người tham gia mới, chiếm 88% toàn tỉnh, và 64.310 người tham gia BHYT`: both were won."""
    counts = [one for one in reader.drafts if one.kind != "percent"]
    if len(counts) == len(reader.drafts) or not counts or counts[-1].measure != "gain" or draft.rule != "level.joins":
        return False
    names = [reader.names.get(code, code) for code in reader.stream.codes[counts[-1].index + 1 : draft.index]]
    return names[-2:] == [",", "AND"] and "TAKES" in names and not {"HAS", "IS", "COUNTED", "RISETO", ";"} & set(names)


def _all_changed(reader: "SentenceReader", draft: Draft) -> bool:
    """`ba loại hình đều giảm: tự nguyện giảm 2.310, bắt buộc 11.450`: the verb before the colon is that of the list."""
    opened, last = reader.stream.codes.find(":"), reader.drafts[-1]
    if _since_base(reader, draft):
        draft.sign, draft.head = last.sign, None
        return True
    verbs = {reader.names.get(code) for code in reader.stream.codes[: max(0, opened)]} & {"UP", "DOWN"}
    if not verbs or opened > reader.drafts[0].index:
        return False
    draft.sign, draft.head = last.sign, None
    return True


def _since_base(reader: "SentenceReader", draft: Draft) -> bool:
    """`So với cùng kỳ, bắt buộc nhiều hơn 1.410 người, BHYT 28.900 người`: the base stands before the whole list."""
    first, last = reader.drafts[0], reader.drafts[-1]
    if any(one.measure not in ("change", "change_pct") for one in reader.drafts) or last.kind not in ("person", "bare"):
        return False
    led = {reader.names.get(code) for code in reader.stream.codes[: first.index]}
    between = {reader.names.get(code, code) for code in reader.stream.codes[last.index + 1 : draft.index]}
    return "BASE" in led and between <= {",", "AND", "SCHEME", "PLACE", "WORD"}


def all_change(reader: "SentenceReader", draft: Draft) -> str | None:
    """`so với cuối năm 2020, các loại hình đều tăng: bắt buộc 1.120 người, tự nguyện 340 người`: all are changes."""
    opened, alphabet = reader.stream.codes.find(":"), reader.layers.rules.alphabet
    led = reader.stream.codes[: max(0, opened)]
    if not led or opened > draft.index or draft.rule != "level.beside" or alphabet["THAN"] not in led:
        return None
    if any(one.index < opened or one.measure != "change" for one in reader.drafts):
        return None
    verb = reader.names.get(led[-1])
    if verb not in ("UP", "DOWN"):
        return None
    draft.sign, draft.head = (1 if verb == "UP" else -1), None
    return "change"
