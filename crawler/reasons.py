"""Why a fetch brought nothing: as it is recorded, in English, and in Vietnamese; each can be told from the other."""

import re
from collections.abc import Callable
from functools import cache

REASONS: tuple[tuple[str, str], ...] = (
    # the network
    ("no whole answer in time", "không trả lời kịp"),
    ("the host's name does not resolve", "không tìm thấy tên máy chủ"),
    ("connection refused", "bị từ chối kết nối"),
    ("connection lost", "đứt kết nối"),
    ("cut off", "bị cắt giữa chừng"),
    ("its answer is no HTTP", "câu trả lời không phải HTTP"),
    ("TLS: the certificate does not verify", "chứng thư TLS không hợp lệ"),
    ("TLS: {*}", "kết nối bảo mật (TLS) hỏng: {*}"),
    ("larger than the cap", "trang quá lớn"),
    ("larger than the cap when unpacked", "trang quá lớn khi giải nén"),
    ("no time was left for it", "hết giờ trước khi đến lượt"),
    ("max redirections reached", "chuyển hướng vòng quanh"),
    ("{+} leads to {+}, which is not public and not in {+}", "{+} dẫn tới {+}, địa chỉ nội bộ không nằm trong {+}"),
    ("unexpected {*}", "lỗi không lường trước: {*}"),
    # robots.txt
    ("robots.txt: no whole answer in time", "robots.txt không trả lời kịp"),
    ("robots.txt: the host's name does not resolve", "không tìm thấy tên máy chủ (khi hỏi robots.txt)"),
    ("robots.txt: connection refused", "máy chủ không nhận kết nối"),
    ("robots.txt answers {#}", "robots.txt trả lời {#}"),
    ("robots.txt cannot be had", "không lấy được robots.txt"),
    ("refused by robots.txt", "robots.txt cấm"),
    # what came back instead of an article
    ("HTTP {#} that leads nowhere", "HTTP {#} không dẫn tới đâu"),
    ("HTTP {#}, sets a cookie by script", "HTTP {#}, đặt cookie bằng mã"),
    ("sets a cookie by script and reloads", "đặt cookie bằng mã rồi tải lại"),
    ("redirected to the home page", "bị chuyển về trang chủ"),
    ("redirected to a login", "bị chuyển tới trang đăng nhập"),
    ("redirected to an error page", "bị chuyển tới trang báo lỗi"),
    ("redirected to {+}", "bị chuyển sang {+}"),
    ("a password field and little else", "chỉ có ô mật khẩu"),
    ("needs JavaScript", "trang cần JavaScript"),
    ("{#} letters beside {#} scripts", "{#} chữ cái bên {#} đoạn mã"),
    ("{#} links, little text", "{#} liên kết, ít chữ"),
    ("little text", "ít chữ"),
    ("binary", "không phải trang văn bản"),
    ("content type {+}", "kiểu nội dung {+}"),
    ("the body is not what its Content-Encoding says", "nội dung nén không như khai báo"),
    ("shorter than announced", "ngắn hơn đã báo"),
    ("the compressed body is cut", "nội dung nén bị cắt"),
    ("the connection ended before </html>", "kết nối đứt trước </html>"),
    ("ends inside a tag", "đứt giữa một thẻ"),
    ("ends inside a script", "đứt giữa đoạn mã"),
    ("challenge", "trang kiểm tra trình duyệt"),
    ("login", "đòi đăng nhập"),
    ("soft-404", "trang báo không tìm thấy"),
    ("truncated", "trang bị cắt"),
    # lists
    ("no article in its answer", "không có bài nào"),
    ("empty", "trống"),
    ("html-instead", "trả về trang HTML"),
    ("not-xml", "không phải XML"),
    ("not-a-sitemap", "không phải sơ đồ trang"),
    ("root-{+}", "thẻ gốc lạ: {+}"),
    ("bom", "thừa dấu BOM"),
    ("wrong-encoding", "sai bảng mã"),
    ("unknown-encoding", "bảng mã lạ"),
    ("leading-space", "thừa khoảng trắng đầu"),
    ("control-signs", "có ký tự điều khiển"),
    ("no-declaration", "thiếu khai báo XML"),
    ("broken-xml", "XML hỏng"),
    ("broken-json", "JSON hỏng"),
    ("us-dates", "ngày viết kiểu Mỹ"),
    ("too-large", "danh sách quá lớn"),
    ("cut-gzip", "tệp nén bị cắt"),
    ("frozen-lastmod", "ngày sửa không đổi"),
)
"""`{#}` is a number, `{+}` a word, `{*}` the rest; each text of either side is its own."""
_HOLES = {"{#}": r"(\d+)", "{+}": r"(\S+?)", "{*}": r"(.+)"}


def reason_in_vietnamese(reason: str) -> str:
    """Give the recorded reason of a fetch in Vietnamese; what has no words (a page's own title) stays as it is."""
    return _translated(reason, 0)


def reason_in_english(text: str) -> str:
    """Give a reason that was put into Vietnamese as it was recorded."""
    return _translated(text, 1)


def _translated(text: str, side: int) -> str:
    pattern, fill = _reader(side)
    return pattern.sub(fill, text)


@cache
def _reader(side: int) -> tuple[re.Pattern[str], Callable[[re.Match[str]], str]]:
    """Make one pattern of all texts of a side, the longest first, and what puts the other side's in their place."""
    order = sorted(range(len(REASONS)), key=lambda number: -len(REASONS[number][side]))
    parts = [f"(?P<r{number}>{_pattern(REASONS[number][side])})" for number in order]
    whole = re.compile(rf"(?<![\w/.-])(?:{'|'.join(parts)})(?![\w/-])")
    single = [re.compile(_pattern(pair[side])) for pair in REASONS]

    def fill(found: re.Match[str]) -> str:
        number = int(str(found.lastgroup)[1:])
        inner = single[number].fullmatch(found.group())
        said = REASONS[number][1 - side]
        for value in inner.groups() if inner else ():
            said = re.sub(r"\{[#+*]\}", value.replace("\\", r"\\"), said, count=1)
        return said

    return whole, fill


def _pattern(text: str) -> str:
    """Make a pattern of a text with holes."""
    return "".join(_HOLES.get(piece) or re.escape(piece) for piece in re.split(r"(\{[#+*]\})", text))
