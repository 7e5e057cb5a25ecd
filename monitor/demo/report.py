"""What a demo prints when it is through: crawled, found, held back and why, one place's series, where things lie."""

import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from model.home import Home
from monitor import words
from monitor.commands.series import series_text
from monitor.demo.play import DAYS, Played
from monitor.demo.server import HOST
from monitor.language import say
from monitor.notes import evidence, reason
from monitor.printing import width

if TYPE_CHECKING:
    from store import Store
    from store.review import ReviewItem

AREA = "Lạng Sơn"
INDICATOR = "BHXH_TN.participants"
HELD = 8
"""Held-back figures that are shown with their sentence."""


def report_text(played: Played) -> str:
    """Give the whole report."""
    from store import open_store

    with open_store(played.home.database, readonly=True) as store:
        parts = [
            _press(played),
            _crawled(played, store),
            _found(store),
            _held(store),
            _series(store),
            _places(played.home),
        ]
    return "\n".join(part for part in parts if part)


def _heading(text: str) -> str:
    return f"{text}\n{'─' * width(text)}\n"


def _press(played: Played) -> str:
    """Say which newspapers were served."""
    from monitor.demo.stories import Paper

    def described(paper: Paper) -> str:
        area = paper.area or say("cả nước", "national")
        return f"  {paper.name} ({area}, {paper.family}): {len(paper.stories)} {say('bài', 'articles')}\n"

    lines = "".join(described(paper) for paper in played.papers.values())
    title = say(f"Báo chí giả lập, phục vụ tại {HOST}", f"The demo press, served at {HOST}")
    return _heading(title) + lines


def _crawled(played: Played, store: "Store") -> str:
    """Say what each day's round brought, and which sources need a person."""
    lines, outlets = [], store.outlet_names()
    for day in DAYS:
        facts = store.day_facts(day)
        totals: Counter[str] = Counter()
        for run in facts.source_verdicts:
            totals.update({key: run.counts.get(key, 0) for key in ("new", "changed", "refused")})
        brought = say(
            f"{facts.fetched} lượt tải, {totals['new']} bài mới, {totals['changed']} trang đổi, "
            f"{totals['refused']} bị robots.txt từ chối; {facts.figures} số liệu mới, {facts.held} giữ lại",
            f"{facts.fetched} fetches, {totals['new']} new, {totals['changed']} changed, "
            f"{totals['refused']} refused by robots.txt; {facts.figures} new figures, {facts.held} held back",
        )
        lines.append(f"  {words.weekday(day)} {words.day(day)}: {brought}\n")
        troubled = (run for run in facts.source_verdicts if run.verdict not in ("ok", "new"))
        lines += [
            f"    {outlets.get(run.source)}: {reason(run.verdict)}, {evidence(run.evidence)}\n" for run in troubled
        ]
    went_on = "" if played.fresh else say(" (tiếp lần chạy dở dang)", " (an interrupted demo went on)")
    return _heading(say("Thu thập", "Crawled") + went_on) + "".join(lines)


def _found(store: "Store") -> str:
    """Count what the database holds."""
    totals = store.totals()
    waiting = sum(count for kind, count in store.review_counts().items() if kind != "odd")
    unclaimed = sum(row["numbers"] for row in store.unclaimed(limit=10_000))
    articles, figures, points = (words.number(totals[key]) for key in ("articles", "figures", "points"))
    line = say(
        f"  {articles} bài đã đọc, {figures} số liệu, {points} điểm trong các chuỗi; "
        f"{waiting} số giữ lại, {unclaimed} con số chưa có quy tắc nào nhận",
        f"  {articles} articles read, {figures} figures, {points} points in series; "
        f"{waiting} figures held back, {unclaimed} numbers that no rule claims",
    )
    return _heading(say("Tìm thấy", "Found")) + line + "\n"


def _held(store: "Store") -> str:
    """Show what is held back, each with its sentence and why."""
    items = [item for item in store.review(limit=1000) if item.kind != "odd"]  # odd points stand, with their mark
    if not items:
        return ""
    why = Counter(cause for item in items for cause in item.reasons)
    counted = ", ".join(f"{reason(cause)}: {count}" for cause, count in why.most_common())
    title = say(f"Giữ lại chờ thẩm định: {len(items)}", f"Held back for review: {len(items)}")
    shown = "".join(_item(item) for item in items[:HELD])
    more = len(items) - HELD
    rest = say(f"  … và {more} số khác: ansinh review\n", f"  … and {more} more: ansinh review\n") if more > 0 else ""
    return _heading(title) + f"  {counted}\n" + shown + rest


def _item(item: "ReviewItem") -> str:
    """Show one held-back figure."""
    causes = ", ".join(reason(cause) for cause in item.reasons)
    where = item.area_name or say("chưa rõ địa phương", "area open")
    what = f"{item.indicator} {words.measure(item.measure)}"
    sentence = words.excerpt(item.sentence, item.quote, 150)
    return f"  {item.quote}: {what}, {where}; {causes}\n    “{sentence}” {item.outlet or ''}\n"


def _series(store: "Store") -> str:
    """Show the series that the demo is about."""
    title = say(f"{INDICATOR}, {AREA}: chuỗi số liệu", f"{INDICATOR}, {AREA}: the series")
    text = series_text(store.series(AREA, INDICATOR))
    return _heading(title) + "".join(f"  {line}\n" for line in text.splitlines())


def _places(home: Home) -> str:
    """Say where everything lies and what to try next."""
    digest = home.digests / f"{DAYS[-1].isoformat()}.txt"
    started = Path(sys.argv[0])
    command = str(started) if started.name == "ansinh" and not shutil.which("ansinh") else "ansinh"
    again = f"ANSINH_HOME={home.root} {command} series --area '{AREA}' --indicator {INDICATOR} --format json"
    rows = (
        (say("Cơ sở dữ liệu", "Database"), str(home.database)),
        (say("Kho lưu trang (WARC)", "Archive (WARC)"), str(home.archive)),
        (say("Bản tin", "Digest"), str(digest)),
        (say("Thử tiếp", "Try next"), again),
    )
    wide = max(len(name) for name, _ in rows)
    return _heading(say("Ở đâu", "Where")) + "".join(f"  {name:<{wide}}  {value}\n" for name, value in rows)
