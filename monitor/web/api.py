"""The same as JSON: all that the pages show, described by an OpenAPI document."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response

from crawler.registry import load_sources
from model.areas import ProvinceList, load_areas
from model.errors import AnsinhError, UnknownNameError
from model.home import Home
from monitor.alerting import alerts_of
from monitor.language import say
from monitor.web.ranking import LISTS, in_force
from monitor.web.reads import Reads
from monitor.web.series import SeriesPages
from monitor.web.shapes import schemas
from monitor.web.shell import as_day, data, page
from monitor.web.today import TodayPages
from monitor.words import civil_day
from store import Store
from store.json_forms import point_row
from store.review import KINDS

TEXT = {"type": "string"}
NAMED = {"type": "string", "minLength": 1}
DAY = {"type": "string", "format": "date"}
PATHS: dict[str, tuple[str, dict[str, bool]]] = {
    "/api/series": ("Points of one series, oldest first, each with its reports.",
                    {"area": True, "indicator": True, "measure": False, "as_of": False, "fetched_by": False,
                     "areas": False}),
    "/api/ranking": ("Each province's progress against its plan, at its figure's own day.",
                     {"indicator": True, "on": True, "areas": False}),
    "/api/place": ("The settled points of one place, without their reports.", {"code": True, "indicator": False}),
    "/api/areas": ("The provinces of a list (2024 or 2025), with what they were and are.", {"list": False}),
    "/api/digest": ("The digest of one day.", {"day": True}),
    "/api/alerts": ("What one day raised, with evidence.", {"day": True}),
    "/api/days": ("The days on which something was read, newest first.", {}),
    "/api/article": ("One document as it stands: text, figures, unclaimed numbers.", {"id": True}),
    "/api/articles": ("The articles read last.", {"source": False}),
    "/api/search": ("Articles and figures that hold all the words.", {"q": True}),
    "/api/sources": ("The last round of each source.", {}),
    "/api/rounds": ("The last rounds of one source, newest first.", {"source": True}),
    "/api/rules": ("What each rule yields.", {}),
    "/api/review": ("What waits for a person.", {"kind": False}),
    "/api/verdicts": ("What people decided about one figure, oldest first.", {"figure": True}),
    "/api/totals": ("How much there is.", {}),
}  # fmt: skip
"""Path → what it gives, and its parameters (True: required)."""
IN_VIETNAMESE = {
    "/api/series": "Các điểm của một chuỗi số liệu, cũ trước, mỗi điểm kèm nguồn.",
    "/api/ranking": "Tiến độ từng tỉnh so với kế hoạch, tại ngày của chính con số.",
    "/api/place": "Các điểm đã chốt của một địa phương, không kèm nguồn.",
    "/api/areas": "Các tỉnh của một danh mục (2024 hoặc 2025), trước là gì, nay là gì.",
    "/api/digest": "Bản tin của một ngày.",
    "/api/alerts": "Cảnh báo của một ngày, kèm bằng chứng.",
    "/api/days": "Những ngày có bài được đọc, mới trước.",
    "/api/article": "Một bài: văn bản, số đọc được, con số chưa quy tắc nào nhận.",
    "/api/articles": "Những bài đọc gần nhất.",
    "/api/search": "Bài và số liệu chứa mọi từ cần tìm.",
    "/api/sources": "Lượt cuối của từng nguồn tin.",
    "/api/rounds": "Các lượt gần nhất của một nguồn, mới trước.",
    "/api/rules": "Mỗi quy tắc đã đọc được bao nhiêu số.",
    "/api/review": "Những gì chờ thẩm định.",
    "/api/verdicts": "Các quyết định thẩm định về một con số, cũ trước.",
    "/api/totals": "Kho đang giữ bao nhiêu.",
}
"""The same for the page that lists the paths."""


class Api:
    """JSON answers; what is missing or unfit is told as `{"error": ...}` with 400 or 404."""

    def __init__(self, reads: Reads, today: TodayPages) -> None:
        self.reads = reads
        self.today = today
        self.series_pages = SeriesPages(reads)

    def home(self, request: Request) -> Response:
        """A page that lists the paths for people."""
        paths = {path: (say(IN_VIETNAMESE[path], about), needed) for path, (about, needed) in PATHS.items()}
        return page(request, "api.html", title="API", paths=paths)

    def openapi(self, request: Request) -> Response:
        """The OpenAPI document."""
        paths = {path: {"get": _operation(path, *about)} for path, about in PATHS.items()}
        info = {"title": "ansinh", "version": "1", "description": "Read only."}
        told = {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas()[1]}}
        return data(request, told)

    def answer(self, request: Request) -> Response:
        """Answer one of `PATHS`: a missing parameter is a 400, what nobody knows a 404."""
        path = request.url.path
        _, parameters = PATHS[path]
        missing = [name for name, needed in parameters.items() if needed and not request.query_params.get(name)]
        if missing:
            return data(request, {"error": f"{', '.join(missing)}: required"}, 400)
        give: Callable[[Request], Any] = getattr(self, "_" + path.rsplit("/", 1)[1])
        try:
            return data(request, give(request))
        except _UnfitError as error:
            return data(request, {"error": str(error)}, 400)
        except (AnsinhError, LookupError) as error:
            return data(request, {"error": str(error.args[0] if error.args else error)}, 404)

    def _series(self, request: Request) -> Any:
        for name in ("as_of", "fetched_by"):
            if request.query_params.get(name):
                _day(request, name)
        return [point_row(point) for point in self.series_pages.points(self.series_pages.asked(request))]

    def _ranking(self, request: Request) -> Any:
        asked = request.query_params
        on = _day(request, "on")
        areas = _list(asked.get("areas")) or in_force(on)
        indicator = asked["indicator"]
        self.series_pages.known(indicator)
        key = ("api ranking", indicator, on, areas)
        return self.reads.lately(
            key,
            lambda store: [asdict(one) for one in store.ranking(indicator, on=on, areas=areas, brief=True)],
            60.0,
        )

    def _place(self, request: Request) -> Any:
        code = request.query_params["code"]
        if code not in load_areas():
            raise LookupError(f"no area has the code {code}")
        codes = sorted({code, *load_areas().same_territory(code)})
        indicator = request.query_params.get("indicator") or None
        if indicator:
            self.series_pages.known(indicator)
        found = self.reads.store().outlines(codes, indicator=indicator)
        return [_plain(one) for one in found]

    def _areas(self, request: Request) -> Any:
        gazetteer = load_areas()
        wanted = gazetteer.provinces(_list(request.query_params.get("list")) or "2025")
        return [
            {"code": one.code, "name": one.name, "level": one.level, "valid_from": one.valid_from,
             "valid_to": one.valid_to, "predecessors": [old.code for old in gazetteer.predecessors(one)],
             "successors": [new.code for new in gazetteer.successors(one)]}
            for one in wanted
        ]  # fmt: skip

    def _digest(self, request: Request) -> Any:
        return asdict(self.today.told(_day(request, "day")))

    def _alerts(self, request: Request) -> Any:
        day = _day(request, "day")
        return [asdict(one) for one in alerts_of(self.reads.store(), day)]

    def _days(self, request: Request) -> Any:
        return self.reads.store().days_read(limit=400)

    def _article(self, request: Request) -> Any:
        leaf = self.reads.store().leaf(request.query_params["id"])
        if leaf is None:
            raise LookupError("no such document")
        return _plain(leaf)

    def _articles(self, request: Request) -> Any:
        source = request.query_params.get("source") or None
        return self.reads.store().articles(source=source, limit=200) or self._none_yet(source)

    def _search(self, request: Request) -> Any:
        words = request.query_params["q"][:200]
        return self.reads.lately(("api search", words), lambda store: _found(store, words))

    def _sources(self, request: Request) -> Any:
        return self.reads.store().health()

    def _rounds(self, request: Request) -> Any:
        source = request.query_params["source"]
        return [asdict(run) for run in self.reads.store().source_runs(source)] or self._none_yet(source)

    def _none_yet(self, source: str | None) -> list[Any]:
        """Give nothing for a source that is declared; one that nobody knows is an UnknownNameError."""
        if source:
            home = Home(root=self.reads.path.parent)
            declared = self.reads.lately("declared", lambda _: load_sources(home.sources), 60.0)
            if source not in declared:
                raise UnknownNameError("source", source[:80], list(declared))
        return []

    def _rules(self, request: Request) -> Any:
        return self.reads.lately("yield", lambda store: store.rule_yield(), 300.0)

    def _review(self, request: Request) -> Any:
        kind = request.query_params.get("kind") or None
        if kind not in (None, *KINDS):
            raise LookupError(f"there is no kind {kind[:40]}: {', '.join(KINDS)}")
        key = ("api review", kind, self.reads.written)  # a verdict given here is known at once
        return self.reads.lately(key, lambda store: [one.as_dict() for one in store.review(kind=kind, limit=200)], 5.0)

    def _verdicts(self, request: Request) -> Any:
        text = request.query_params["figure"]
        if not (text.isascii() and text.isdecimal()):
            raise _UnfitError("figure: the id of a figure is a number")
        if len(text) > 18:
            raise LookupError(f"there is no figure {text[:40]}")
        self.reads.store().observation(int(text))
        return [asdict(one) for one in self.reads.store().verdicts(int(text))]

    def _totals(self, request: Request) -> Any:
        return self.reads.lately("totals", lambda store: store.totals())


def _list(said: str | None) -> ProvinceList | None:
    """Read which list of provinces is asked for; None where none is."""
    if said in LISTS.values():
        return cast("ProvinceList", said)
    if said:
        raise LookupError(f"there is no list {said[:40]}: {', '.join(sorted(LISTS.values()))}")
    return None


class _UnfitError(Exception):
    """A parameter that cannot be read."""


def _day(request: Request, name: str) -> date:
    found = as_day(request.query_params[name])
    if found is None:
        raise _UnfitError(f"{name}: write a day as 2020-04-30")
    if not 1900 < civil_day(found).year < 2200:
        raise LookupError(f"{name}: nothing is known of that day")
    return civil_day(found)


def _found(store: Store, words: str) -> dict[str, list[dict[str, Any]]]:
    """Give articles and figures that hold all the words."""
    return {
        "articles": [_plain(hit) for hit in store.search(words, limit=50)],
        "figures": [_plain(hit) for hit in store.search(words, figures=True, limit=50)],
    }


def _plain(hit: Any) -> dict[str, Any]:
    return {name: getattr(hit, name) for name in hit.__slots__}


def _operation(path: str, summary: str, parameters: dict[str, bool]) -> dict[str, Any]:
    """Describe one path."""
    answers: dict[str, Any] = {
        "200": {"description": "Found.", "content": {"application/json": {"schema": schemas()[0][path]}}},
        "304": {"description": "Unchanged since the entity tag given."},
    }
    error = {"type": "object", "properties": {"error": TEXT}, "required": ["error"]}
    told = {"400": "A parameter is missing or cannot be read.", "404": "Unknown; the message says what is known."}
    for status, meaning in told.items() if parameters else ():
        answers[status] = {"description": meaning, "content": {"application/json": {"schema": error}}}
    return {
        "summary": summary,
        "operationId": path.rsplit("/", 1)[1],
        "parameters": [
            {"name": name, "in": "query", "required": required, "schema": _schema(name, required)}
            for name, required in parameters.items()
        ],
        "responses": answers,
    }


def _schema(name: str, required: bool) -> dict[str, Any]:
    if name in ("day", "on", "as_of", "fetched_by"):
        return DAY
    if name in ("areas", "list"):
        return {"type": "string", "enum": sorted(LISTS.values())}
    if name == "kind":
        return {"type": "string", "enum": list(KINDS)}
    if name == "source":
        return NAMED | {"description": "Id of a source; an unknown one is a 404 with the nearest ids."}
    if name == "figure":
        return {"type": "integer", "minimum": 1}
    return NAMED if required else TEXT
