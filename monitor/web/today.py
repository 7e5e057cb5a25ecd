"""The first page: the day as it stands, live."""

from starlette.requests import Request
from starlette.responses import Response

from monitor.language import say
from monitor.web.reads import Reads
from monitor.web.shell import page


class TodayPages:
    """The home page."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads

    def today(self, request: Request) -> Response:
        """What is new, what contradicts, which source is troubled, what waits."""
        store = self.reads.store()
        return page(
            request, "today.html", title=say("Hôm nay", "Today"), totals=store.totals(), counts=store.review_counts(),
            clashes=store.review(kind="contradiction", limit=10), fresh=store.articles(limit=15),
            troubled=[row for row in store.health() if row["verdict"] not in ("ok", "new")],
            series=store.series_told(limit=12),
        )  # fmt: skip
