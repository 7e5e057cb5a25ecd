"""What `ansinh doctor` finds, in the reader's language; the store tells it in English."""

import re

from monitor.language import language

_SAID: tuple[tuple[str, str], ...] = (
    (r"every page and index is sound", "mọi trang dữ liệu và chỉ mục đều lành"),
    (r"every row leads to the rows it names", "mọi dòng đều dẫn tới dòng mà nó nêu"),
    (r"(\d+) rows name a row that is not there", "{} dòng nêu một dòng không còn"),
    (r"every page is archived or read, every reading has its time", "mọi trang đều đã lưu hoặc đã đọc, có giờ đọc"),
    (
        r"(\d+) pages without archive or reading, (\d+) readings unplaced",
        "{} trang chưa lưu, chưa đọc; {} lượt đọc lạc",
    ),
    (r"every point is settled", "mọi điểm số liệu đã chốt"),
    (r"(\d+) points wait to be settled", "{} điểm chờ chốt"),
    (r"every reading can be searched", "mọi bài đã đọc đều tìm được"),
    (r"(\d+) readings cannot be searched yet", "{} bài đã đọc chưa tìm được"),
    (r"([\d,]+) MiB free, the database has ([\d,]+) MiB", "còn trống {} MiB, kho dữ liệu chiếm {} MiB"),
    (r"nothing stored is later than now", "không có gì trong kho muộn hơn bây giờ"),
    (r"the store holds something of (.*), which is later than this clock", "kho có mục của {}, muộn hơn đồng hồ máy"),
    (r"format (\d+) of (\d+), SQLite (.*)", "định dạng {} trên {}, SQLite {}"),
    (r"no run has been open for a day", "không lượt chạy nào mở quá một ngày"),
    (r"(\d+) runs began over a day ago and never ended", "{} lượt chạy bắt đầu hơn một ngày trước và chưa kết thúc"),
    (r"indicators and rules of one's own read their sentences", "chỉ tiêu và quy tắc tự khai báo đọc đúng câu mẫu"),
    (r"the gold sentence of (.*) is not read as it", "câu mẫu của {} không được đọc ra nó"),
    (r"rule (.*) does not claim: (.*)", "quy tắc {} không nhận: {}"),
    (r"rule (.*) claims a miss: (.*)", "quy tắc {} nhận nhầm: {}"),
)  # fmt: skip
_CURES: tuple[tuple[str, str], ...] = (
    (r"run `ansinh doctor --repair`, which builds the indexes again", "chạy ansinh doctor --repair: dựng lại chỉ mục"),
    (r"`ansinh restore` a backup or `ansinh rebuild` from the archive",
     "ansinh restore một bản sao lưu, hoặc ansinh rebuild từ kho lưu trang"),
    (r"run `ansinh crawl`, which repairs the archive's tail and reads what is unread",
     "chạy ansinh crawl: nó vá đuôi kho lưu và đọc những gì chưa đọc"),
    (r"they are settled by the next crawl or ingest; .*", "lượt crawl hay ingest tới sẽ chốt; ansinh series vẫn đúng"),
    (r"they are indexed by the next crawl or ingest", "lượt crawl hay ingest tới sẽ lập chỉ mục"),
    (r"make room: a backup needs as much as the database", "dọn chỗ: bản sao lưu cần bằng cả kho dữ liệu"),
    (r"set the machine's clock \((.*)\)", "chỉnh đồng hồ máy ({})"),
    (r"use SQLite (.*) or later and this ansinh's format", "dùng SQLite {} trở lên và đúng bản ansinh này"),
    (r"start `ansinh run`, which ends the runs of dead processes",
     "chạy ansinh run: nó kết thúc lượt của tiến trình đã chết"),
    (r"mend its words or patterns, or the sentence; .*",
     "sửa từ, mẫu hoặc câu; ansinh extract cho thấy nó được đọc ra sao"),
)  # fmt: skip


def finding(text: str) -> str:
    """Give what a finding says in the language in force; one without words here stays in English."""
    return _in_vietnamese(text, _SAID)


def cure(text: str) -> str:
    """Give its cure likewise."""
    return _in_vietnamese(text, _CURES)


def _in_vietnamese(text: str, known: tuple[tuple[str, str], ...]) -> str:
    if language() == "en":
        return text
    for pattern, told in known:
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found:
            return told.format(*(one.replace(",", ".") for one in found.groups()))
    return text
