"""Pages of the office's own work: what waits for review, the sources' health, what the rules yield."""

from starlette.requests import Request
from starlette.responses import Response

from crawler.registry import load_sources
from crawler.source import Source
from extract.rules import load_rules
from model.home import Home
from monitor.language import say
from monitor.web.reads import Reads
from monitor.web.shell import missing, page


class OfficePages:
    """Pages for the duty officer and the operator."""

    def __init__(self, reads: Reads, home: Home) -> None:
        self.reads = reads
        self.home = home

    def review(self, request: Request) -> Response:
        """What waits for a person, the most urgent first."""
        kind = request.query_params.get("loai")
        counts = self.reads.lately("waiting", lambda store: store.review_counts())
        chosen = kind if kind in counts else None
        items = self.reads.lately(("review", chosen), lambda store: store.review(kind=chosen, limit=100), 3.0)
        title = say("Chờ thẩm định", "Waiting for review")
        return page(request, "review.html", title=title, items=items, counts=counts, kind=kind)

    def sources(self, request: Request) -> Response:
        """Every declared source with its last round, troubled ones first."""
        health = {row["source"]: row for row in self.reads.lately("health", lambda store: store.health())}
        every = self._declared()
        rows = [(source, health.get(key)) for key, source in every.items()]
        rows.sort(key=lambda pair: (_trouble(pair[1]), pair[0].name))
        gone = [row for key, row in health.items() if key not in every]
        title = say("Nguồn tin", "Sources")
        return page(request, "sources.html", title=title, rows=rows, gone=gone)

    def _declared(self) -> dict[str, Source]:
        return self.reads.lately("declared", lambda _: load_sources(self.home.sources), 60.0)

    def source(self, request: Request) -> Response:
        """One source: its declaration, its rounds, its latest articles, its unclaimed numbers."""
        key = request.path_params["id"]
        store = self.reads.store()
        source = self._declared().get(key)
        runs = store.source_runs(key)
        if source is None and not runs:
            what = say("Không có nguồn này", "No such source")
            return missing(request, what, say("Xem danh sách nguồn.", "See the list of sources."))
        return page(
            request, "source.html", title=source.name if source else key, key=key, source=source, runs=runs,
            articles=store.articles(source=key, limit=30), unclaimed=store.unclaimed(source=key, limit=20),
        )  # fmt: skip

    def rules(self, request: Request) -> Response:
        """What each rule yields, and the sentences that nothing claims."""
        yielded = {row["rule"]: row for row in self.reads.lately("yield", lambda store: store.rule_yield(), 60.0)}
        rules = load_rules(self.home.rules if self.home.rules.is_dir() else None).by_id
        rows = sorted(rules.values(), key=lambda rule: (-(yielded.get(rule.id) or {"figures": 0})["figures"], rule.id))
        return page(
            request, "rules.html", title=say("Quy tắc đọc", "Rules"), rows=rows, yielded=yielded,
            unclaimed=self.reads.lately("unclaimed", lambda store: store.unclaimed(limit=60), 60.0),
        )  # fmt: skip


def _trouble(run: dict[str, object] | None) -> int:
    """Order sources: troubled, then sound, then never asked."""
    if run is None:
        return 2
    return 1 if run["verdict"] in ("ok", "new") else 0
