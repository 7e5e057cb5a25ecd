"""Pages of the office's own work: the sources' health, what the rules yield."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from crawler.registry import load_sources
from crawler.schedule import due_at
from crawler.source import Source
from extract.rules import Rule, load_rules
from model.fold import fold
from model.home import Home
from monitor import charts, words
from monitor.language import say
from monitor.web.reads import Reads
from monitor.web.shell import missing, page
from monitor.words import VIETNAM
from store import Store

DAYS = 60
"""Days in a source's strip."""
SOUND = ("ok", "new")


class OfficePages:
    """Pages for the duty officer and the operator."""

    def __init__(self, reads: Reads, home: Home) -> None:
        self.reads = reads
        self.home = home

    def sources(self, request: Request) -> Response:
        """Every declared source with its last round, its last sixty days and its next turn, troubled ones first."""
        health = {row["source"]: row for row in self.reads.lately("health", lambda store: store.health())}
        every = self._declared()
        shown = request.query_params.get("chi", "")
        rows = [(source, health.get(key)) for key, source in every.items()]
        states: dict[str, int] = {}
        for source, run in rows:
            states[_state(source, run)] = states.get(_state(source, run), 0) + 1
        if shown in states:
            rows = [(source, run) for source, run in rows if _state(source, run) == shown]
        by = request.query_params.get("xep", "")
        rows.sort(key=SORTS.get(by, SORTS[""]))
        gone = [row for key, row in health.items() if key not in every]
        last, strips = self.reads.lately("strips", _strips, 60.0)
        return page(
            request, "sources.html", title=say("Nguồn tin", "Sources"), rows=rows, gone=gone, strips=strips, last=last,
            next_turn=self.reads.lately("turns", self._turns, 60.0), states=states, shown=shown, total=len(every),
            sort=by if by in SORTS else "",
            heirs={key: source.name for key, source in every.items()},
        )  # fmt: skip

    def warm(self) -> None:
        """Count behind what the first reader would wait for."""
        self.reads.expect("declared", lambda _: load_sources(self.home.sources), 60.0)
        self.reads.expect("strips", _strips, 60.0)
        self.reads.expect("turns", self._turns, 60.0)
        self.reads.expect("yield", lambda store: store.rule_yield(), 300.0)
        self.reads.expect("rules", lambda _: self._rules(), 60.0)
        self.reads.expect("unclaimed", lambda store: store.unclaimed(limit=60), 60.0)

    def _declared(self) -> dict[str, Source]:
        return self.reads.lately("declared", lambda _: load_sources(self.home.sources), 60.0)

    def _turns(self, store: Store) -> dict[str, str]:
        """Say of each source that was asked before when it is asked again."""
        now = datetime.now(UTC)
        known = {row["source"] for row in store.health()}
        return {
            key: _turn(due_at(source, store.source_runs(key)), now)
            for key, source in self._declared().items()
            if key in known
        }

    def source(self, request: Request) -> Response:
        """One source: its declaration, its rounds, its last errors, its latest articles, its unclaimed numbers."""
        key = request.path_params["id"]
        store = self.reads.store()
        source = self._declared().get(key)
        runs = store.source_runs(key)
        articles, unclaimed = self.reads.lately(("source", key), lambda store: _read_of(store, key))
        if source is None and not runs and not articles:
            what = say("Không có nguồn này", "No such source")
            return missing(request, what, say("Xem danh sách nguồn.", "See the list of sources."))
        last, strips = self.reads.lately("strips", _strips, 60.0)
        turn = _turn(due_at(source, runs), datetime.now(UTC)) if source else ""
        return page(
            request, "source.html", title=source.name if source else key, key=key, source=source, runs=runs[:40],
            articles=articles, unclaimed=unclaimed, turn=turn,
            strip=strips.get(key, ""), last=last, faults=store.last_faults(key), heir=self._heir(source),
            worst=next((run for run in runs if run.verdict not in SOUND), None),
        )  # fmt: skip

    def _heir(self, source: Source | None) -> str:
        """Name the source that took this one over."""
        heir = self._declared().get(source.merged_into) if source else None
        return heir.name if heir else source.merged_into if source else ""

    def rules(self, request: Request) -> Response:
        """What each rule yields, and the sentences that nothing claims."""
        yielded = {row["rule"]: row for row in self.reads.lately("yield", lambda store: store.rule_yield(), 300.0)}
        rules = self.reads.lately("rules", lambda _: self._rules(), 60.0)
        rows = sorted(rules.values(), key=lambda rule: (-(yielded.get(rule.id) or {"figures": 0})["figures"], rule.id))
        gone = [row for name, row in yielded.items() if name not in rules]
        return page(
            request, "rules.html", title=say("Quy tắc đọc", "Rules"), rows=rows, yielded=yielded, gone=gone,
            unclaimed=self.reads.lately("unclaimed", lambda store: store.unclaimed(limit=60), 60.0),
        )  # fmt: skip

    def _rules(self) -> dict[str, Rule]:
        return load_rules(self.home.rules if self.home.rules.is_dir() else None).by_id


def _read_of(store: Store, key: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Give the last articles of a source and what no rule claimed in them: found by looking through all sources'."""
    return store.articles(source=key, limit=30), store.unclaimed(source=key, limit=20)


SORTS: dict[str, Callable[[tuple[Source, dict[str, Any] | None]], Any]] = {
    "": lambda pair: (_trouble(pair[1]), fold(pair[0].name)),
    "ten": lambda pair: fold(pair[0].name),
    "noi": lambda pair: (fold(pair[0].area or ""), fold(pair[0].name)),
    "luot": lambda pair: (pair[1] is None, "" if pair[1] is None else pair[1]["finished"], fold(pair[0].name)),
}
"""How the list of sources can be sorted: troubled first, by name, by area, by the last round, the longest ago first."""


def _strips(store: Store) -> tuple[date, dict[str, str]]:
    """Give the last day with something read, and each source's strip of the sixty days up to it."""
    days = store.days_read(limit=1)
    last = date.fromisoformat(days[0]) if days else datetime.now(VIETNAM).date()
    counts = store.articles_by_day(last - timedelta(days=DAYS - 1))
    return last, {source: charts.day_strip(of_day, last, DAYS) for source, of_day in counts.items()}


def _turn(moment: datetime | None, now: datetime) -> str:
    """Say when a source is asked next."""
    if moment is None:
        return say("không tự hỏi", "never by itself")
    return say("ngay lượt sau", "next round") if moment <= now else words.moment(moment)


def _state(source: Source, run: dict[str, Any] | None) -> str:
    """Sort a source into those left alone, never asked, sound and troubled."""
    if source.blocked or source.merged_into:
        return "left"
    if run is None:
        return "unasked"
    return "sound" if run["verdict"] in SOUND else "troubled"


def _trouble(run: dict[str, object] | None) -> int:
    """Order sources: troubled, then sound, then never asked."""
    if run is None:
        return 2
    return 1 if run["verdict"] in SOUND else 0
