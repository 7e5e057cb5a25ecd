"""What a fault and its cure are in words, for who works on the pages: the errors themselves are told in English."""

import re

from model.errors import AmbiguousNameError, AnsinhError, UnknownNameError
from monitor.language import language

_KINDS = {"area": "địa phương", "indicator": "chỉ tiêu", "source": "nguồn tin", "measure": "phép đo"}
_FAULTS: tuple[tuple[str, str], ...] = (
    (r"'(.*)' is no number", "“{}” không phải số: viết như 8.475 hoặc 98,9."),
    (r"'(.*)' is no day", "“{}” không phải ngày: viết như 30/4/2020."),
    (r"'(.*)' is no (?:measure|unit|qualifier)", "“{}” không có trong danh sách: chọn một trong các giá trị đã cho."),
    (r"unknown list of areas '(.*)'", "Không có danh mục “{}”: chọn 2024 (63 tỉnh) hoặc 2025 (34 tỉnh)."),
    (r"'(.*)' is no verdict", "“{}” không phải quyết định: chấp nhận, sửa, bác bỏ hoặc hoàn tác."),
    (r"'correct' with 0 slots", "Chưa sửa ô nào: sửa ít nhất một ô, hoặc bấm Chấp nhận."),
    (r"no verdict is in force on figure (.*)", "Số {} chưa có quyết định nào để hoàn tác."),
    (r"there is no figure (.*)", "Không có con số {}: mở từ danh sách chờ thẩm định hoặc từ bài báo."),
    (r"there is no database at (.*)", "Chưa có cơ sở dữ liệu ở {}: chạy ansinh crawl hoặc ansinh ingest trước."),
)
"""Pattern of a fault → the same with its cure, in Vietnamese."""


_OUTCOMES: tuple[tuple[str, str], ...] = (
    (r"no source was due; (.*)", "chưa nguồn nào đến lượt; {}"),
    (r"(\d+) sources, (\d+) new, (\d+) changed; (.*)", "{} nguồn, {} bài mới, {} bài đổi; {}"),
    (r"(\d+) pages, (\d+) figures, (\d+) held", "đọc {} trang, {} số liệu, {} giữ lại"),
    (r"backed up to (.*), (\d+) bytes", "đã sao lưu vào {}, {} byte"),
    (r"(.*): (\d+) mails sent", "{}: đã gửi {} thư"),
    (r"the service was stopped", "dịch vụ được dừng"),
    (r"done", "xong"),
    (r"stuck: ended after (.*)", "quá lâu: bị dừng sau {}"),
    (r"its process ended before it did", "tiến trình dừng trước khi xong"),
    (r"(.*)<urlopen error (.*)>(.*)", "{}{}{}"),
    (r"(.*)HTTP Error (\d+): [\w ]+(.*)", "{}bên nhận trả lời HTTP {}{}"),
    (r"(.*)\((535|530|534), b'(.*)'\)(.*)", "{}máy chủ thư từ chối đăng nhập ({}: {}){}"),
    (r"(.*)Connection unexpectedly closed(.*)", "{}bên nhận ngắt kết nối{}"),
    (r"(.*)\[Errno -[23]\] [\w ]+(.*)", "{}không tìm thấy tên máy chủ{}"),
    (r"(.*)\[Errno 113\] No route to host(.*)", "{}không có đường tới máy chủ{}"),
    (r"(.*)\b(?:the read operation )?timed out(.*)", "{}bên nhận không trả lời kịp{}"),
    (r"its process ended before the (?:server|other program) answered", "tiến trình dừng trước khi bên nhận trả lời"),
    (r"(.*)\[Errno 111\] Connection refused(.*)", "{}bên nhận không mở cổng{}"),
    (r"(.*): mend \[mail\], \[\[readers\]\] or webhook in ansinh\.toml and send again\.?",
     "{}: sửa [mail], [[readers]] hoặc webhook trong ansinh.toml rồi gửi lại."),
)  # fmt: skip
"""Pattern of how a job ended, as the ledger keeps it → the same in Vietnamese."""


def outcome(detail: str) -> str:
    """Give how a job ended, which is kept in English, in the language in force."""
    if language() == "en":
        return detail
    for pattern, told in _OUTCOMES:
        found = re.fullmatch(pattern, detail, re.DOTALL)
        if found:
            return told.format(*map(outcome, found.groups()))
    return detail


def spoken(error: AnsinhError) -> str:
    """Give a fault and its cure in the language in force; one without words here stays in English."""
    if language() == "en":
        return str(error)
    if isinstance(error, UnknownNameError):
        kind, name = re.fullmatch(r"unknown (\w+) '(.*)'", error.fault, re.DOTALL).groups()  # type: ignore[union-attr]
        near = f"gần giống: {' · '.join(error.near)}" if error.near else "xem tên trong danh sách"
        what = _KINDS.get(kind, "mục")
        return f"Không có {what} “{name}”: {near}." if name else f"Chưa chọn {what}: chọn trong danh sách."
    if isinstance(error, AmbiguousNameError):
        name = error.fault.partition("'")[2].rpartition("'")[0]
        return f"“{name}” là tên của nhiều nơi, hãy dùng mã: {'; '.join(error.candidates[:12])}."
    for pattern, told in _FAULTS:
        found = re.fullmatch(pattern, error.fault, re.DOTALL)
        if found:
            return told.format(*found.groups())
    return str(error)
