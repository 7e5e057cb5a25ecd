"""Figures about the service for Prometheus, in its text form; and whether it is well."""

from collections.abc import Sequence
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from model.errors import AnsinhError
from monitor.web.reads import Reads


class Metrics:
    """Health and metrics."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads

    def health(self, request: Request) -> Response:
        """200 `ok` where the store answers, 503 with the fault where it does not."""
        try:
            self.reads.store().days_read(limit=1)
        except AnsinhError as error:
            return PlainTextResponse(f"{error}\n", status_code=503)
        return PlainTextResponse("ok\n")

    def prometheus(self, request: Request) -> Response:
        """Totals, what waits, sources by verdict, and when each job last finished."""
        store = self.reads.store()
        lines: list[str] = []
        for name, count in self.reads.lately("totals", lambda store: store.totals()).items():
            _gauge(lines, f"ansinh_{name}", f"Number of {name} in the store.", [("", count)])
        waiting = [
            (f'kind="{kind}"', count)
            for kind, count in self.reads.lately("waiting", lambda s: s.review_counts()).items()
        ]
        _gauge(lines, "ansinh_review_waiting", "Items that wait for a person.", waiting)
        verdicts: dict[str, int] = {}
        for row in store.health():
            verdicts[row["verdict"]] = verdicts.get(row["verdict"], 0) + 1
        told = [(f'verdict="{verdict}"', count) for verdict, count in sorted(verdicts.items())]
        _gauge(lines, "ansinh_sources_by_verdict", "Sources by the verdict of their last round.", told)
        now = datetime.now(UTC)
        last: dict[str, float] = {}
        for run in store.runs(limit=500):
            if run.event == "finished" and run.ended and not run.job.startswith("mail:"):
                last.setdefault(run.job, (now - run.ended).total_seconds())
        ages = [(f'job="{job}"', round(age, 1)) for job, age in sorted(last.items())]
        _gauge(lines, "ansinh_job_age_seconds", "Seconds since each job last finished.", ages)
        return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")


def _gauge(lines: list[str], name: str, told: str, values: Sequence[tuple[str, float]]) -> None:
    """Add one gauge with its values; nothing where it has none."""
    if values:
        lines += [f"# HELP {name} {told}", f"# TYPE {name} gauge"]
        lines += [f"{name}{{{labels}}} {value}" if labels else f"{name} {value}" for labels, value in values]
