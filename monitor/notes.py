"""Codes of the rooms in the words of people: flags of figures and points, kinds of review, verdicts on sources."""

from typing import TYPE_CHECKING

from monitor.language import language, say

if TYPE_CHECKING:
    from crawler.source import Source

_WORDS = {
    # why a figure waits
    "area-open": ("chưa rõ địa phương", "area open"),
    "period-open": ("chưa rõ thời kỳ", "period open"),
    "confidence": ("chưa đủ chắc chắn", "not sure enough"),
    "identity-broken": ("phép tính không khớp", "the arithmetic does not hold"),
    "identity-holds": ("phép tính khớp", "the arithmetic holds"),
    "area-from-outlet": ("địa phương suy từ tờ báo", "area taken from the outlet"),
    "area-by-outlet": ("địa bàn của tờ báo", "the ground that the outlet serves"),
    "area-from-title": ("địa phương suy từ tít", "area taken from the title"),
    "verdict-lost": ("câu đã thẩm định nay đổi", "the judged sentence has changed"),
    "area-assumed": ("địa phương do suy đoán", "area assumed"),
    "unit-assumed": ("đơn vị do suy đoán", "unit assumed"),
    "missing-percent": ("thiếu dấu %", "percent sign missing"),
    "out-of-range": ("ngoài khoảng có thể có", "beyond what can be"),
    "period-ahead": ("thời kỳ chưa đến lúc đăng bài", "a time that had not come when it was reported"),
    "no-plan": ("không rõ kế hoạch nào", "no plan named"),
    "english-style": ("viết số kiểu Anh", "digits in English style"),
    # what is odd about a point
    "corrected": ("đã đính chính", "corrected"),
    "revised": ("đã sửa đổi", "revised"),
    "press-differs": ("báo chí nói khác", "the press differs"),
    "contradiction": ("mâu thuẫn số liệu", "reports contradict each other"),
    "odd": ("bất thường", "odd"),
    "held": ("giữ lại", "held back"),
    "fell": ("giảm mà không nói rõ", "fell without a word"),
    "jumped": ("tăng giảm đột ngột", "jumped"),
    "ytd-fell": ("lũy kế giảm", "the sum of the year fell"),
    "boundary-break": ("địa giới đã đổi", "the boundaries changed"),
    "repeats-corrected": ("còn nơi nhắc lại số đã đính chính", "some repeat what was corrected"),
    "start-by-yearly-plan": ("tính từ 1/1 theo kế hoạch năm", "from 1 January, as the plan is yearly"),
    # what a round says of its source
    "ok": ("tốt", "ok"),
    "new": ("mới", "new"),
    "silent": ("im lặng quá hạn", "silent"),
    "thinner": ("thưa bài", "thinner"),
    "undated": ("mất ngày đăng", "undated"),
    "figureless": ("không còn số liệu", "figureless"),
    "slower": ("chậm hơn", "slower"),
    "blocked": ("bị chặn", "blocked"),
    "moved": ("đã chuyển địa chỉ", "moved"),
    "failing": ("trục trặc", "failing"),
    "dead": ("ngừng hoạt động", "dead"),
}


def reason(code: str) -> str:
    """Say a code in words; one without words stays as it is."""
    return say(*_WORDS.get(code, (code, code)))


def evidence(text: str) -> str:
    """Give the evidence of a verdict, which is stored in Vietnamese, in the language in force."""
    from crawler.evidence import in_english

    return in_english(text) if text and language() == "en" else text


def left_alone(source: "Source") -> str:
    """Say why a source is declared one that must not be asked; `""` where it may be."""
    return say(source.blocked_vi or source.blocked, source.blocked)


def fault(text: str) -> str:
    """Give the recorded reason of a failed fetch, which is in English, in the language in force."""
    from crawler.reasons import reason_in_vietnamese

    return reason_in_vietnamese(text) if text and language() == "vi" else text


def remedy(verdict: str, text: str = "") -> str:
    """Say what a person may do about a verdict with that evidence."""
    from crawler.evidence import cure

    return cure(verdict, text, english=language() == "en")
