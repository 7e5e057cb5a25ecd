"""The same as JSON: areas, series, articles, sources, review, search; described by an OpenAPI document."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from model.errors import AnsinhError
from monitor.language import say
from monitor.web.reads import Reads
from monitor.web.series import SeriesPages
from monitor.web.shell import data, page
from store.json_forms import point_row

TEXT = {"type": "string"}
NAMED = {"type": "string", "minLength": 1}
PATHS: dict[str, tuple[str, dict[str, bool]]] = {
    "/api/series": ("Points of one series, oldest first, each with its reports.",
                    {"area": True, "indicator": True, "measure": False, "as_of": False, "areas": False}),
    "/api/article": ("One document as it stands: text, figures, unclaimed numbers.", {"id": True}),
    "/api/articles": ("The articles read last.", {"source": False}),
    "/api/search": ("Articles and figures that hold all the words.", {"q": True}),
    "/api/sources": ("The last round of each source.", {}),
    "/api/review": ("What waits for a person.", {"kind": False}),
    "/api/totals": ("How much there is.", {}),
}  # fmt: skip
"""Path → what it gives, and its parameters (True: required)."""


class Api:
    """JSON answers."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads
        self.series_pages = SeriesPages(reads)

    def home(self, request: Request) -> Response:
        """A page that lists the paths for people."""
        return page(request, "api.html", title="API", paths=PATHS)

    def openapi(self, request: Request) -> Response:
        """The OpenAPI document."""
        paths = {path: {"get": _operation(path, *about)} for path, about in PATHS.items()}
        info = {"title": "ansinh", "version": "1", "description": say("Chỉ đọc.", "Read only.")}
        return data(request, {"openapi": "3.1.0", "info": info, "paths": paths})

    def series(self, request: Request) -> Response:
        """Points of one series; 404 with the cure for an unknown area, 400 where a parameter is missing."""
        asked = self.series_pages.asked(request)
        if not asked.area or not asked.indicator:
            return data(request, {"error": "area and indicator are required"}, 400)
        try:
            return data(request, [point_row(point) for point in self.series_pages.points(asked)])
        except AnsinhError as error:
            return data(request, {"error": str(error)}, 404)

    def article(self, request: Request) -> Response:
        """One document; 404 for an unknown id."""
        leaf = self.reads.store().leaf(request.query_params.get("id", ""))
        if leaf is None:
            return data(request, {"error": "no such document"}, 404)
        return data(request, {name: getattr(leaf, name) for name in leaf.__slots__})

    def articles(self, request: Request) -> Response:
        """The articles read last."""
        return data(request, self.reads.store().articles(source=request.query_params.get("source"), limit=200))

    def search(self, request: Request) -> Response:
        """Articles and figures that hold all the words."""
        words = request.query_params.get("q", "")[:200]
        store = self.reads.store()
        found: dict[str, list[dict[str, Any]]] = {
            "articles": [_plain(hit) for hit in store.search(words, limit=50)],
            "figures": [_plain(hit) for hit in store.search(words, figures=True, limit=50)],
        }
        return data(request, found)

    def sources(self, request: Request) -> Response:
        """The last round of each source."""
        return data(request, self.reads.store().health())

    def review(self, request: Request) -> Response:
        """What waits for a person."""
        items = self.reads.store().review(kind=request.query_params.get("kind"), limit=200)
        return data(request, [item.as_dict() for item in items])

    def totals(self, request: Request) -> Response:
        """How much there is."""
        return data(request, self.reads.lately("totals", lambda store: store.totals()))


def _plain(hit: Any) -> dict[str, Any]:
    return {name: getattr(hit, name) for name in hit.__slots__}


def _operation(path: str, summary: str, parameters: dict[str, bool]) -> dict[str, Any]:
    """Describe one path."""
    answers: dict[str, Any] = {
        "200": {"description": "Found.", "content": {"application/json": {"schema": {}}}},
        "304": {"description": "Unchanged since the entity tag given."},
    }
    if path in ("/api/series", "/api/article"):
        error = {"type": "object", "properties": {"error": TEXT}, "required": ["error"]}
        for status, told in (("400", "A parameter is missing."), ("404", "Unknown; the message says what is known.")):
            answers[status] = {"description": told, "content": {"application/json": {"schema": error}}}
    return {
        "summary": summary,
        "operationId": path.rsplit("/", 1)[1],
        "parameters": [
            {"name": name, "in": "query", "required": required, "schema": NAMED if required else TEXT}
            for name, required in parameters.items()
        ],
        "responses": answers,
    }
