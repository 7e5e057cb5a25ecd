"""The words of a verdict: evidence and cure, Vietnamese as they are stored, English on demand."""

import re
from functools import cache

from crawler.reasons import reason_in_english

TEMPLATES: dict[str, tuple[str, str]] = {
    "challenge": ("{0} trang trả về trang kiểm tra trình duyệt ({1})", "{0} answers are challenge pages ({1})"),
    "refused": ("robots.txt không cho phép", "robots.txt refuses"),
    "blocked": ("{0} lượt bị từ chối: {1}", "{0} requests refused: {1}"),
    "wait": ("máy chủ yêu cầu đợi đến {0}", "the server asks to wait until {0}"),
    "moved": ("chuyển hướng sang {0}", "redirects to {0}"),
    "lists": ("không đọc được danh sách bài nào: {0}", "no list could be read: {0}"),
    "pages": ("{0}/{1} bài không tải được: {2}", "{0} of {1} articles failed: {2}"),
    "dead": ("không có danh sách bài nào từ {0}", "no list could be read since {0}"),
    "silent": (
        "{0} ngày không có bài mới (thường {1} bài một tuần)",
        "no new article for {0} days (usually {1} a week)",
    ),
    "nothing": ("danh sách không còn bài nào: {0}", "the lists name no article any more: {0}"),
    "thinner": ("{0} bài mới trong 7 ngày (thường {1})", "{0} new articles in 7 days (usually {1})"),
    "undated": ("{0}/{1} bài mới có ngày đăng (thường {2} %)", "{0} of {1} new articles are dated (usually {2} %)"),
    "figureless": ("{0}/{1} bài có số liệu (thường {2} %)", "{0} of {1} articles hold figures (usually {2} %)"),
    "pause": ("trang yêu cầu nghỉ {0} s giữa hai lượt", "it asks for {0} s between two requests"),
    "left": ("để vòng sau {0} bài và {1} danh sách", "left to the next round: {0} articles and {1} lists"),
    "again": ("{0} bài chưa tải được, sẽ thử lại: {1}", "{0} articles could not be had and are tried again: {1}"),
    "slower": ("trả lời trong {0} s (thường {1} s)", "answers take {0} s (usually {1} s)"),
}

CURES: dict[str, tuple[str, str]] = {
    "silent": (
        "mở trang chủ xem báo còn đăng bài ở các mục đã khai không",
        "see whether the declared sections are still used",
    ),
    "thinner": ("xem lại các mục đã khai trong tệp nguồn", "look at the sections that the source declares"),
    "undated": (
        "xem nguồn tin RSS hay trang danh sách đã đổi mẫu chưa",
        "see whether feed or list page changed its form",
    ),
    "figureless": (
        "xem báo còn mục an sinh không, hoặc thêm mục vào tệp nguồn",
        "see whether the declared sections still fit",
    ),
    "slower": ("đợi; nếu kéo dài, tăng interval trong tệp nguồn", "wait; if it lasts, raise the source's interval"),
    "blocked": (
        "không tìm cách vượt qua; xin phép toà soạn hoặc khai blocked trong tệp nguồn",
        "do not work around it; ask the editors, or declare the source blocked",
    ),
    "moved": ("sửa domains trong tệp nguồn theo địa chỉ mới", "mend the source's domains"),
    "failing": (
        "thử lại sau; nếu còn, chạy 'ansinh sources check' và sửa địa chỉ",
        "try later; if it stays, run 'ansinh sources check' and mend the addresses",
    ),
    "dead": (
        "tìm địa chỉ mới bằng 'ansinh sources add URL', hoặc xoá nguồn",
        "find its new address with 'ansinh sources add URL', or remove the source",
    ),
    "new": ("", ""),
    "ok": ("", ""),
}


PARTICULAR: dict[str, tuple[str, str]] = {
    "JavaScript": (
        "trang chỉ hiện bằng JavaScript: tìm nguồn tin RSS, sơ đồ trang hay báo khác cùng địa phương",
        "its pages appear by JavaScript only: look for a feed, a sitemap or another outlet of the place",
    ),
    "không tìm thấy tên máy chủ": (
        "kiểm tra tên miền và mạng; nếu báo đã đổi địa chỉ, sửa domains trong tệp nguồn",
        "check the domain and your network; where the outlet has moved, mend the source's domains",
    ),
    "hết giờ": (
        "trang yêu cầu nghỉ lâu giữa hai lượt (crawl-delay) hoặc trả lời chậm: để vòng thu thập thử",
        "it asks for long pauses (crawl-delay) or answers slowly: leave it to a round of the crawl",
    ),
    "chứng thư": (
        "báo cho toà soạn; chỉ khi cần, khai tls_unverified có thời hạn trong tệp nguồn",
        "tell the editors; only if needed, declare tls_unverified with its last day",
    ),
}
"""Cures of a failing source that its evidence asks for."""

_DECIMAL = re.compile(r"(?<=\d),(?=\d)")


def say(key: str, *values: object) -> str:
    """Give evidence in Vietnamese; values fill the template in order."""
    return TEMPLATES[key][0].format(*values)


def in_english(evidence: str) -> str:
    """Give stored evidence in English; what no template made stays as it is. Several are apart by `; `."""
    return "; ".join(_one_in_english(part) for part in evidence.split("; "))


def _one_in_english(part: str) -> str:
    for pattern, english in _patterns():
        match = pattern.fullmatch(part)
        if match:
            return english.format(*(_DECIMAL.sub(".", reason_in_english(one)) for one in match.groups()))
    return part


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    made = []
    for vietnamese, english in TEMPLATES.values():
        pieces = [re.escape(piece) for piece in re.split(r"\{\d\}", vietnamese)]
        made.append((re.compile("(.*?)".join(pieces)), english))
    return tuple(made)


def cure(verdict: str, evidence: str = "", *, english: bool = False) -> str:
    """Say what a person may do about a verdict, given its evidence; `""` where there is nothing to do."""
    particular = next((one for sign, one in PARTICULAR.items() if sign in evidence and verdict == "failing"), None)
    return (particular or CURES[verdict])[1 if english else 0]
