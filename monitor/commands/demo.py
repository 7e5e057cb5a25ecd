"""`ansinh demo`: the main job with no network, over the newspapers that come with the program."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.commands.asked import single
from monitor.language import say

if TYPE_CHECKING:
    from crawler.rounds import Progress
    from monitor.collect import Harvest
    from monitor.demo.play import Day
    from monitor.progress import ProgressLine


def app() -> typer.Typer:
    """Make the command."""
    return single(
        demo,
        vi="Chạy thử toàn bộ công việc, không cần mạng: dựng các tờ báo giả lập trên máy, thu thập, đọc, lưu, "
        "rồi in chuỗi số của một địa phương. Chỉ dùng thư mục $ANSINH_HOME/demo.",
        en="The main job with no network: serves invented newspapers on this machine, crawls, reads and stores them, "
        "and prints one locality's series. Uses $ANSINH_HOME/demo alone.",
    )


FRESH = typer.Option("--fresh", help=say("Làm lại từ đầu.", "Begin anew even if an interrupted demo could go on."))


def demo(fresh: Annotated[bool, FRESH] = False) -> None:
    """Play the days and print the report."""
    from model.home import default_home
    from monitor.demo.play import Watcher, play
    from monitor.demo.report import report_text
    from monitor.demo.state import demo_home
    from monitor.printing import emit
    from monitor.progress import ProgressLine

    with ProgressLine() as line:
        line.show(say("Đang dựng các tờ báo giả lập…", "Setting up the newspapers…"))
        watcher = Watcher(
            crawled=lambda day, progress: _crawled(line, day, progress),
            read=lambda day, harvest: _read(line, day, harvest),
            day=lambda day: _day(line, day),
        )
        played = play(demo_home(default_home()), watcher, fresh=fresh)
    emit(report_text(played))


def _crawled(line: "ProgressLine", day: date, progress: "Progress") -> None:
    """Say how far the crawl of a day is."""
    from monitor import words

    line.show(
        say(
            f"{words.day(day)}: thu thập {progress.source}, {progress.fetched} lượt tải, còn {progress.waiting}",
            f"{words.day(day)}: crawling {progress.source}, {progress.fetched} fetched, {progress.waiting} waiting",
        )
    )


def _read(line: "ProgressLine", day: date, harvest: "Harvest") -> None:
    """Say how far the reading of a day is."""
    from monitor import words

    line.show(
        say(
            f"{words.day(day)}: đã đọc {harvest.read} trang, {harvest.figures} số liệu",
            f"{words.day(day)}: {harvest.read} pages read, {harvest.figures} figures",
        )
    )


def _day(line: "ProgressLine", day: "Day") -> None:
    """Say that a day is through."""
    from monitor import words

    new, read = day.trip.round.totals.get("new", 0), day.trip.harvest.read
    said = say(f"{new} bài mới, đã đọc {read} trang", f"{new} new articles, {read} pages read")
    line.note(f"{words.day(day.day)}: {said}")
