"""The commands, one module each. A module has `app()`, which makes its typer application (or one maker for each
of its commands)."""

from importlib import import_module, reload
from types import ModuleType
from typing import Any, NamedTuple

from monitor.language import Language, language


class Listed(NamedTuple):
    """One command as `--help` lists it."""

    module: str
    """Module of this package."""
    vi: str
    en: str
    maker: str = "app"
    """Function of the module that makes it."""


COMMANDS = {
    "demo": Listed("demo", "Chạy thử mọi việc trên báo chí giả lập.", "The whole job over invented newspapers."),
    "extract": Listed("extract", "In số liệu của tài liệu, không lưu.", "Print the observations of documents."),
    "ingest": Listed("ingest", "Đưa tài liệu vào kho.", "Read documents into the store."),
    "crawl": Listed("crawl", "Chạy một vòng thu thập.", "Crawl what is due once."),
    "sources": Listed("sources", "Danh bạ nguồn tin.", "The registry of sources."),
    "series": Listed("series", "In một chuỗi số liệu kèm câu văn.", "Print one series with its sentences."),
    "revisions": Listed("revisions", "Một chuỗi số đã đổi ra sao.", "How the points of a series changed."),
    "compare": Listed("compare", "So sánh một chỉ số giữa các địa phương.", "Compare an indicator over all areas."),
    "progress": Listed("progress", "Tiến độ so với chỉ tiêu năm.", "Progress against the year's targets."),
    "digest": Listed("digest", "Bản tin của một ngày.", "A day's digest."),
    "review": Listed("review", "Những gì chờ thẩm định.", "What waits for a person."),
    "reextract": Listed("reextract", "Đọc lại kho lưu bằng quy tắc hôm nay.", "Read the archive again."),
    "unclaimed": Listed("unclaimed", "Con số chưa quy tắc nào nhận.", "Numbers that no rule claims, by source."),
    "search": Listed("search", "Tìm bài, số liệu theo chữ.", "Find articles and figures by words."),
    "sql": Listed("keeping", "Hỏi kho bằng SQL, chỉ đọc.", "Ask the store in SQL, read-only.", "sql_app"),
    "datasette": Listed("keeping", "Mô tả kho cho Datasette.", "What Datasette shows of the store.", "datasette_app"),
    "doctor": Listed("keeping", "Khám kho dữ liệu.", "Look the store over.", "doctor_app"),
    "backup": Listed("keeping", "Sao lưu kho dữ liệu.", "Copy the database.", "backup_app"),
    "restore": Listed("keeping", "Khôi phục từ bản sao lưu.", "Put a backup in place.", "restore_app"),
    "rebuild": Listed("rebuild", "Dựng lại kho từ kho lưu trang.", "Build the database anew."),
    "archive": Listed("keeping", "Kho lưu các trang.", "The archive of pages.", "archive_app"),
    "alerts": Listed("alerts", "Cảnh báo của một ngày.", "A day's alerts."),
    "serve": Listed("serve", "Mở các trang web.", "Serve the pages."),
    "run": Listed("run", "Chạy toàn bộ dịch vụ.", "Run the whole service."),
    "read": Listed("run", "Đọc những trang đã lưu mà chưa đọc.", "Read what is archived and unread.", "read_app"),
    "config": Listed("run", "Kiểm tra cấu hình.", "Check the settings.", "config_app"),
    "user": Listed("user", "Tài khoản đăng nhập các trang.", "Users of the pages."),
    "plan": Listed("office", "Kế hoạch của cơ quan.", "The office's plans.", "plan"),
    "official": Listed("office", "Số liệu chính thức của cơ quan.", "The office's official figures.", "official"),
}
"""By name, in the order in which `--help` lists them; only what works is here."""

_spoken: dict[str, Language] = {}


def make(name: str) -> Any:
    """Make the typer application of a command, its help in the language in force."""
    _spoken_module("asked")
    listed = COMMANDS[name]
    return getattr(_spoken_module(listed.module), listed.maker)()


def _spoken_module(name: str) -> ModuleType:
    """Import a module, again where its texts were made in another language."""
    module = import_module(f"monitor.commands.{name}")
    if _spoken.setdefault(name, language()) != language():
        _spoken[name] = language()
        module = reload(module)
    return module
