"""The page of alerts: what goes on now, and what each day raised, also a day on which nothing was read."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from model.home import Home
from monitor.alerting import Raised
from monitor.alerts import load_alerts
from monitor.language import say
from monitor.links import alert_link
from monitor.web.reads import Reads
from monitor.web.shell import as_day, missing, page, sheet_of
from monitor.web.today import TodayPages
from monitor.words import VIETNAM, civil_day

RUNNING, MOST = 7, 12
"""The page shows so many days running, and with the days noted before them so many together."""
SOUND = ("ok", "new")
NOTHING: dict[str, object] = {"silent": (), "troubled": (), "outlets": {}, "last": None}

Told = tuple[date, list[Raised] | None]
"""A day and what it raised; None while that is being counted."""


class AlertPages:
    """What changed for the better or worse, by day."""

    def __init__(self, reads: Reads, home: Home, today: TodayPages) -> None:
        self.reads = reads
        self.home = home
        self.today = today

    def show(self, request: Request) -> Response:
        """What each of the last days raised, or one day; before them what goes on; muted ones with their reason."""
        noted = self.reads.lately("days noted", lambda store: store.days_noted(limit=60), 5.0)
        said, today = request.query_params.get("ngay", "").strip(), datetime.now(VIETNAM).date()
        found = as_day(said) if said else None
        day = civil_day(found) if found else None
        if said and (day is None or day > today):
            what = say("Không có ngày này", "No such day")
            return missing(request, what, say("Viết một ngày đã qua như 30/4/2020.", "Write a past day as 30/4/2020."))
        wanted = [day] if day else shown_days([date.fromisoformat(one) for one in noted])
        told = [(one, self.today.raised(one) if self.today.ready("alerts", one) else None) for one in wanted]
        watched = load_alerts(self.home.alerts)
        around = [one for one in (day - timedelta(days=1), day + timedelta(days=1)) if one <= today] if day else []
        return page(
            request, "alerts.html", title=say("Cảnh báo", "Alerts"), told=grouped(told), days=noted, asked=day,
            around=around, rules=watched.rules, titles={rule.id: say(rule.vi, rule.en) for rule in watched.rules},
            mutes=[mute for mute in watched.mutes if mute.until >= today], link=link_of,
            sheet=sheet_of(request) if day else 1,
            **(self._lasting(date.fromisoformat(noted[0])) if noted and not day else NOTHING),
        )  # fmt: skip

    def warm(self) -> None:
        """Count behind which days the page shows, and what goes on."""
        self.reads.expect("days noted", lambda store: store.days_noted(limit=60), 5.0)
        self.reads.expect("outlets", lambda store: store.outlet_names(), 60.0)

    def _lasting(self, last: date) -> dict[str, object]:
        """Give what goes on at the end of the last day noted: silent places, sources that need a look."""
        health = self.reads.lately("health", lambda store: store.health())
        return {
            "last": last,
            "silent": self.reads.lately(("silences", last), lambda store: store.silences(last)),
            "outlets": self.reads.lately("outlets", lambda store: store.outlet_names(), 60.0),
            "troubled": [row for row in health if row["verdict"] not in SOUND],
        }


def shown_days(noted: Sequence[date]) -> list[date]:
    """Give the days that the page shows, newest first: some days running, whatever they brought, then days noted."""
    if not noted:
        return []
    running = [noted[0] - timedelta(days=back) for back in range(RUNNING)]
    return [*running, *(day for day in noted if day < running[-1])][:MOST]


def grouped(told: Sequence[Told]) -> list[tuple[list[date], list[Raised] | None]]:
    """Bring days together that follow one another on the page and raised nothing, or are being counted."""
    groups: list[tuple[list[date], list[Raised] | None]] = []
    for day, raised in told:
        if not raised and groups and groups[-1][1] == raised:
            groups[-1][0].append(day)
        else:
            groups.append(([day], raised))
    return groups


def link_of(one: Raised, day: date) -> tuple[str, str]:
    """Give the page that shows an alert's evidence, and the words of the link."""
    if one.doc:
        return alert_link(one), say("xem câu gốc", "see the sentence")
    words = {"source-troubled": say("xem nguồn", "source"), "rule-stopped": say("xem quy tắc", "rule")}
    if address := alert_link(one):
        return address, words.get(one.alert, say("xem địa phương", "place"))
    return f"/ban-tin/{day.isoformat()}", say("xem bản tin", "digest")
