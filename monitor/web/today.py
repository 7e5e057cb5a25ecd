"""The day as it stands, live; the digests and alerts of the days before it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from model.home import Home
from monitor import words
from monitor.alerting import Raised, alerts_of
from monitor.digest import PARTS, Digest, Section, digest_of
from monitor.digest_files import atom, digest_from, kept_digest
from monitor.language import say
from monitor.web.asking import ask_child
from monitor.web.reads import Reads
from monitor.web.shell import as_day, missing, page, sheet_of, tagged
from monitor.words import VIETNAM, civil_day

LIVE, PAST = 60.0, 86_400.0
"""Seconds for which the digest of the day that goes on, and of a day that is over, may be told again."""
LARGE = 50_000
"""In a store with more figures a day is counted by a child, and a list of days waits for none of them."""
FEED = 14
"""Days in the feed."""
SHEET = 100
"""Lines of a section on one page."""


class TodayPages:
    """The home page and its past."""

    def __init__(self, reads: Reads, home: Home) -> None:
        self.reads = reads
        self.home = home

    def today(self, request: Request) -> Response:
        """What is new, what contradicts, which source is troubled, what waits."""
        reads = self.reads
        days = self._days()
        last = date.fromisoformat(days[0]) if days else None
        ready = last is not None and self.ready("digest", last)
        return page(
            request, "today.html", title=say("Hôm nay", "Today"), digest=self.told(last) if last and ready else None,
            counting=last is not None and not ready, today=last == datetime.now(VIETNAM).date(),
            totals=reads.lately("totals", lambda store: store.totals()),
            counts=reads.lately("waiting", lambda store: store.review_counts()),
            fresh=reads.lately("articles", lambda store: store.articles(limit=15)),
            series=reads.lately("all series", lambda store: store.series_told())[:12],
        )  # fmt: skip

    def warm(self) -> None:
        """Count behind what the first reader would wait for."""
        days = self._days()
        for name, count in (
            ("waiting", lambda store: store.review_counts()), ("totals", lambda store: store.totals()),
            ("all series", lambda store: store.series_told()), ("areas", lambda store: store.areas_told()),
        ):  # fmt: skip
            self.reads.expect(name, count)
        for day in map(date.fromisoformat, days[:1]):
            self._behind("digest", day)

    def days(self, request: Request) -> Response:
        """The days on which something was read, newest first."""
        days = self.reads.lately("days", lambda store: store.days_read(limit=120))
        return page(request, "days.html", title=say("Bản tin", "Digests"), days=days)

    def day(self, request: Request) -> Response:
        """The digest of one day, as it was mailed."""
        found = as_day(request.path_params["day"])
        if found is None:
            cure = say("Viết ngày như 2020-04-30; xem danh sách các bản tin.", "Write a day as 2020-04-30.")
            return missing(request, say("Không có ngày này", "No such day"), cure)
        day = civil_day(found)
        if day > datetime.now(VIETNAM).date():
            cure = say("Ngày này chưa tới.", "That day is yet to come.")
            return missing(request, say("Chưa có bản tin", "No digest yet"), cure)
        told = self.told(day)
        today = datetime.now(VIETNAM).date()
        around = [one for one in (day - timedelta(days=1), day + timedelta(days=1)) if one <= today]
        return page(request, "day.html", title=told.title, digest=told, around=around, day=day)

    def part(self, request: Request) -> Response:
        """All lines of one section of a day's digest, counted anew: the digest itself keeps the first of them."""
        found, mark = as_day(request.path_params["day"]), PARTS.get(request.path_params["part"])
        day = civil_day(found) if found else None
        if day is None or mark is None or day > datetime.now(VIETNAM).date():
            cure = say("Xem danh sách các bản tin.", "See the list of digests.")
            return missing(request, say("Không có mục này", "No such section"), cure)
        ready = self.ready("whole digest", day)
        sections = self._sections(day) if ready else ()
        section = next((one for one in sections if one.mark == mark), None)
        count = len(section.lines) if section else 0
        sheet = min(sheet_of(request), max(1, -(-count // SHEET)))
        shown = section and replace(section, lines=section.lines[SHEET * (sheet - 1) : SHEET * sheet])
        return page(
            request, "part.html", title=say(f"Bản tin {words.day(day)}", f"Digest of {words.day(day)}"), day=day,
            section=shown, ready=ready, sheet=sheet, more=count > SHEET * sheet,
        )  # fmt: skip

    def _sections(self, day: date) -> tuple[Section, ...]:
        key = ("whole digest", day)
        whole: Digest = self.reads.lately(key, lambda _: self._whole(day), self._seconds(day))
        return whole.sections

    def feed(self, request: Request) -> Response:
        """The digests of the last days as an Atom feed."""
        today = datetime.now(VIETNAM).date().isoformat()
        wanted = [date.fromisoformat(day) for day in self._days() if day < today][:FEED]
        told = [self.told(day) for day in wanted if self.ready("digest", day)]
        base = f"{request.url.scheme}://{request.url.netloc}"
        return tagged(request, Response(atom(told, base), media_type="application/atom+xml"))

    def _days(self) -> list[str]:
        return self.reads.lately("days read", lambda store: store.days_read(limit=30), 5.0)

    def ready(self, what: str, day: date) -> bool:
        """Tell whether a day is at hand or cheap to count; else have it counted behind."""
        if self.reads.known((what, day)) or not self._large():
            return True
        self._behind(what, day)
        return False

    def _behind(self, what: str, day: date) -> None:
        """Have a day counted that will be asked for."""
        count = {"digest": self._digest, "whole digest": self._whole, "alerts": self._alerts}[what]
        self.reads.expect((what, day), lambda _: count(day), self._seconds(day))

    def _large(self) -> bool:
        figures: int = self.reads.lately("totals", lambda store: store.totals())["figures"]
        return figures > LARGE

    def told(self, day: date) -> Digest:
        """Give a day's digest, counted once for a day that is over."""
        return self.reads.lately(("digest", day), lambda _: self._digest(day), self._seconds(day))

    def raised(self, day: date) -> list[Raised]:
        """Give a day's alerts, counted once for a day that is over."""
        return self.reads.lately(("alerts", day), lambda _: self._alerts(day), self._seconds(day))

    def _digest(self, day: date) -> Digest:
        """Take a past day's digest from its file; else count it, by a child where that costs much."""
        kept = kept_digest(self.home, day) if self._over(day) else None
        if kept or not self._large():
            return kept or digest_of(self.reads.store(), day)
        return digest_from(ask_child(self.home.root, "digest", "--date", day.isoformat()))

    def _whole(self, day: date) -> Digest:
        if not self._large():
            return digest_of(self.reads.store(), day, None)
        return digest_from(ask_child(self.home.root, "digest", "--all", "--date", day.isoformat()))

    def _alerts(self, day: date) -> list[Raised]:
        if not self._large():
            return alerts_of(self.reads.store(), day)
        return [Raised(**one) for one in ask_child(self.home.root, "alerts", "--date", day.isoformat())]

    def _seconds(self, day: date) -> float:
        return PAST if self._over(day) else LIVE

    @staticmethod
    def _over(day: date) -> bool:
        return day < datetime.now(VIETNAM).date()
