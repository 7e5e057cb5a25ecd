"""The first page: the day as it stands, live."""

from datetime import date, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from monitor.alerting import alerts_of
from monitor.alerts import load_alerts
from monitor.digest import digest_of
from monitor.digest_files import atom
from monitor.language import say
from monitor.web.reads import Reads
from monitor.web.shell import missing, page, tagged
from monitor.words import VIETNAM


class TodayPages:
    """The home page."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads

    def today(self, request: Request) -> Response:
        """What is new, what contradicts, which source is troubled, what waits."""
        reads = self.reads
        days = reads.store().days_read(limit=1)
        last = date.fromisoformat(days[0]) if days else None
        told = reads.lately(("digest", last), lambda store: digest_of(store, last)) if last else None
        return page(
            request, "today.html", title=say("Hôm nay", "Today"), digest=told,
            totals=reads.lately("totals", lambda store: store.totals()),
            counts=reads.lately("waiting", lambda store: store.review_counts()),
            fresh=reads.lately("articles", lambda store: store.articles(limit=15)),
            series=reads.lately("series", lambda store: store.series_told(limit=12)),
        )  # fmt: skip

    def days(self, request: Request) -> Response:
        """The days on which something was read, newest first."""
        return page(request, "days.html", title=say("Bản tin", "Digests"), days=self.reads.store().days_read(limit=120))

    def day(self, request: Request) -> Response:
        """The digest of one day, as it was mailed."""
        try:
            day = date.fromisoformat(request.path_params["day"])
        except ValueError:
            return missing(request, say("Không có ngày này", "No such day"), "/ban-tin")
        told = self.reads.lately(("digest", day), lambda store: digest_of(store, day))
        around = (day - timedelta(days=1), day + timedelta(days=1))
        return page(request, "day.html", title=told.title, digest=told, around=around)

    def feed(self, request: Request) -> Response:
        """The digests of the last days as an Atom feed."""
        store = self.reads.store()
        today = datetime.now(VIETNAM).date().isoformat()
        told = [digest_of(store, date.fromisoformat(day)) for day in store.days_read(limit=14) if day < today]
        base = f"{request.url.scheme}://{request.url.netloc}"
        return tagged(request, Response(atom(told, base), media_type="application/atom+xml"))

    def alerts(self, request: Request) -> Response:
        """What a day raised; by default the last day with articles read."""
        store = self.reads.store()
        days = store.days_read(limit=30)
        asked = request.query_params.get("ngay", "")
        chosen = asked if asked in days else (days[0] if days else "")
        raised = alerts_of(store, date.fromisoformat(chosen)) if chosen else []
        titles = {rule.id: say(rule.vi, rule.en) for rule in load_alerts(self.reads.path.parent / "alerts").rules}
        return page(
            request, "alerts.html", title=say("Cảnh báo", "Alerts"), raised=raised, day=chosen, days=days, titles=titles
        )
