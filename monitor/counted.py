"""A day in counts: the mail's subject, what was looked at, whether an empty day can be believed, what is no news."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor import words
from monitor.language import say

if TYPE_CHECKING:
    from monitor.alerting import Raised
    from store.day import DayFacts


def nothing(facts: "DayFacts") -> str:
    """Say that the day brought no figure, and why that can or cannot be believed; `""` where it brought one."""
    if facts.new or facts.changed or facts.contradictions or facts.resolved:
        return ""
    none = say("Không có số liệu mới trong ngày.", "No new figures on this day.")
    if facts.part:
        none = say(
            "Không có số liệu mới trong ngày về các địa phương, chỉ tiêu đã chọn.",
            "No new figures on this day about the places and indicators that were chosen.",
        )
    sources, read = words.number(len(facts.source_verdicts)), words.number(facts.read)
    if facts.read and facts.part:
        return none + say(
            f" Có thể tin: {sources} nguồn đã hỏi, {read} bài đã đọc.",
            f" This can be believed: {sources} sources asked, {read} articles read.",
        )
    if facts.read:
        return none + say(
            f" Có thể tin: {sources} nguồn đã hỏi, {read} bài đã đọc, không bài nào mang số mới.",
            f" This can be believed: {sources} sources asked, {read} articles read, none with a new figure.",
        )
    if facts.source_verdicts:
        return none + say(
            f" {sources} nguồn đã hỏi, không nguồn nào có bài mới.",
            f" {sources} sources asked, none had a new article.",
        )
    return none + say(
        " Chưa thể tin: không nguồn nào được hỏi, không bài nào được đọc. Xem dịch vụ có chạy không (ansinh doctor).",
        " Not to be believed yet: no source was asked, nothing was read. See whether the service runs (ansinh doctor).",
    )


def subject(facts: "DayFacts", troubled: int, alerts: int = 0) -> str:
    """Say the news in the subject: `An sinh 22/11: 7 số mới, 2 cảnh báo, 1 mâu thuẫn`."""
    parts = [
        (len(facts.new), say("số mới", "new")),
        (len(facts.changed), say("số thay đổi", "changed")),
        (alerts, say("cảnh báo", _many(alerts, "alert"))),
        (len(facts.contradictions), say("mâu thuẫn", "in contradiction")),
        (len(facts.silent), say("địa phương im lặng", _many(len(facts.silent), "silent area"))),
        (troubled, say("nguồn cần xem", f"{_many(troubled, 'source')} to look at")),
    ]
    said = ", ".join(f"{words.number(count)} {what}" for count, what in parts if count)
    return f"An sinh {facts.day.day}/{facts.day.month}: {said or say('không có số mới', 'nothing new')}"


def _many(count: int, what: str) -> str:
    """Give an English noun for so many."""
    return what if count == 1 else f"{what}s"


def looked(facts: "DayFacts") -> str:
    """Say what was looked at."""
    sources = words.number(len(facts.source_verdicts))
    fetched, read, figures = (words.number(count) for count in (facts.fetched, facts.read, facts.figures))
    return say(
        f"{sources} nguồn · {fetched} lượt tải · {read} bài đã đọc · {figures} số liệu",
        f"{sources} sources · {fetched} fetches · {read} articles read · {figures} figures",
    )


def remarks(facts: "DayFacts") -> list[str]:
    """Say what is no news but belongs to the day."""
    counts = (
        (facts.backfilled, "điểm số liệu từ bài cũ được bổ sung", "points from old articles were added"),
        (facts.reread, "điểm thay đổi do đọc lại bằng quy tắc mới", "points changed by reading again with new rules"),
        (facts.verdicts, "quyết định thẩm định", "verdicts were given"),
        (facts.imported, "kế hoạch, số chính thức được nhập", "plans and official figures were imported"),
    )
    said = [f"{words.number(count)} {say(vi, en)}." for count, vi, en in counts if count]
    waiting, held = words.number(facts.waiting), words.number(facts.held)
    said.append(
        say(
            f"Chờ thẩm định: {waiting} số (trong ngày thêm {held}).",
            f"Waiting for review: {waiting} figures ({held} of them from this day).",
        )
    )
    return said


def muted(alerts: "Sequence[Raised]") -> list[str]:
    """Say how many alerts are muted, so that silence is no secret."""
    count = sum(bool(one.muted) for one in alerts)
    return [say(f"{count} cảnh báo đang tắt tiếng.", f"{count} alerts are muted.")] if count else []
