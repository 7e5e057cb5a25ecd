"""The shapes of the API's answers, field by field, for its OpenAPI document."""

from functools import cache
from typing import Any, NotRequired

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode
from typing_extensions import TypedDict

from model.fetches import SourceRun
from monitor.alerting import Raised
from monitor.digest import Digest
from store.browse import Leaf
from store.judging import Verdict
from store.progress import Progress
from store.recent import Outline
from store.review import ReviewItem
from store.search import Hit


class ReportRow(TypedDict):
    """What one document said of a point."""

    doc: str
    url: NotRequired[str]
    outlet: str | None
    published: str | None
    quote: str
    sentence: str
    obs_value: float
    qualifier: str
    group: str
    fetched_at: str | None
    stands: bool


class PointRow(TypedDict):
    """One point of a series, as `ansinh series --format json` prints it."""

    indicator: str
    measure: str
    area: str | None
    scope: str | None
    of: str | None
    denominator: str | None
    issuer: str | None
    base_kind: str | None
    period_start: str | None
    period_end: str | None
    obs_value: float
    unit: str
    qualifier: str
    status: str
    why: str
    flags: list[str]
    report_count: int
    group_count: int
    reports: list[ReportRow]
    revisions: NotRequired[list[ReportRow]]
    terms: NotRequired[list[Any]]


class AreaRow(TypedDict):
    """A province of a list."""

    code: str
    name: str
    level: str
    valid_from: str | None
    valid_to: str | None
    predecessors: list[str]
    successors: list[str]


class ArticleRow(TypedDict):
    """An article read, with how many figures it holds."""

    doc: str
    title: str | None
    outlet: str | None
    published: str | None
    read_at: str
    observations: int
    unclaimed: int
    source: str


class Found(TypedDict):
    """What a search found."""

    articles: list[Hit]
    figures: list[Hit]


class SourceRow(TypedDict):
    """The last round of a source; its evidence is in Vietnamese."""

    source: str
    run: str
    started: str
    finished: str
    counts: dict[str, int]
    verdict: str
    evidence: str


class RuleRow(TypedDict):
    """What a rule yielded."""

    rule: str
    figures: int
    published: int
    confidence: float


class Totals(TypedDict):
    """How much there is."""

    pages: int
    articles: int
    figures: int
    points: int
    sources: int


SHAPES: dict[str, Any] = {
    "/api/series": list[PointRow], "/api/ranking": list[Progress], "/api/place": list[Outline],
    "/api/areas": list[AreaRow], "/api/digest": Digest, "/api/alerts": list[Raised], "/api/days": list[str],
    "/api/article": Leaf, "/api/articles": list[ArticleRow], "/api/search": Found, "/api/sources": list[SourceRow],
    "/api/rounds": list[SourceRun], "/api/rules": list[RuleRow], "/api/review": list[ReviewItem],
    "/api/verdicts": list[Verdict], "/api/totals": Totals,
}  # fmt: skip
"""Path → what it answers with."""


@cache
def schemas() -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the schema of each path's answer, and the named ones that they refer to."""
    asked: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = [
        (path, "serialization", TypeAdapter(shape)) for path, shape in SHAPES.items()
    ]
    by_path, named = TypeAdapter.json_schemas(asked, ref_template="#/components/schemas/{model}")
    return {path: schema for (path, _), schema in by_path.items()}, named.get("$defs", {})
