"""The application: which address shows which page, and the headers that every answer carries."""

import gc
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from model.errors import AnsinhError
from model.home import Home
from monitor.config import load_config
from monitor.faults import spoken
from monitor.language import say
from monitor.web.access import Access
from monitor.web.alerted import AlertPages
from monitor.web.api import PATHS, Api
from monitor.web.articles import ArticlePages
from monitor.web.audit import AuditPages
from monitor.web.kept import Kept
from monitor.web.login import Door, LoginPages
from monitor.web.metrics import Metrics
from monitor.web.office import OfficePages
from monitor.web.places import PlacePages
from monitor.web.ranking import RankingPages
from monitor.web.reads import Reads
from monitor.web.reviewing import ReviewingPages
from monitor.web.shell import HEADERS, missing, page, prepare
from monitor.web.today import TodayPages

FOLDER = Path(__file__).parent
FRESH = ("/vao", "/suc-khoe", "/metrics")
"""Pages that must be of this very moment: they are made for each request."""
OWN = ("/tham-dinh/{id:int}", "/nhat-ky")
"""Pages that show what not everybody may see or do: they are kept for each session by itself, until anybody writes."""


class SafeHeaders:
    """Sets the security headers on every answer, errors and files included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and dress its answer."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = list(message.get("headers", []))
                kept += [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = kept
            await send(message)

        await self.app(scope, receive, dressed if scope["type"] == "http" else send)


def make_app(home: Home) -> Starlette:
    """Make the pages of one service; they read its database; only verdicts are written."""
    reads = Reads(home.database)
    articles, places, office = ArticlePages(reads), PlacePages(reads, home), OfficePages(reads, home)
    today, metrics = TodayPages(reads, home), Metrics(reads)
    api = Api(reads, today)
    ranking, alerted = RankingPages(reads), AlertPages(reads, home, today)
    access, kept = Access(home, always=load_config(home).pages.always), Kept(reads)
    login, reviewing = LoginPages(access), ReviewingPages(reads, access)
    pages: list[tuple[str, Callable[[Request], Response]]] = [
        ("/", today.today), ("/ban-tin", today.days), ("/ban-tin/{day}", today.day),
        ("/ban-tin/{day}/{part}", today.part), ("/ban-tin.atom", today.feed), ("/canh-bao", alerted.show),
        ("/ban-do", ranking.map), ("/dia-phuong", places.places), ("/dia-phuong/{code}", places.place),
        ("/chuoi", api.series_pages.one), ("/chuoi/tep/{form}", api.series_pages.download),
        ("/bai", articles.one), ("/bai-bao", articles.latest), ("/tim", articles.search),
        ("/tham-dinh", reviewing.queue), ("/tham-dinh/{id:int}", reviewing.show), ("/vao", login.show),
        ("/tham-dinh/tep/{form}", reviewing.files), ("/nhat-ky", AuditPages(reads, access).show),
        ("/nguon", office.sources), ("/nguon/{id}", office.source), ("/quy-tac", office.rules),
        ("/api", api.home), ("/api/openapi.json", api.openapi), ("/suc-khoe", metrics.health),
        ("/metrics", metrics.prometheus),
    ]  # fmt: skip
    pages += [(path, api.answer) for path in PATHS]
    fresh = [(path, one) for path, one in pages if path in FRESH]
    own = [(path, kept(one, access.shown)) for path, one in pages if path in OWN]
    others = [(path, kept(one)) for path, one in pages if path not in FRESH + OWN]

    @asynccontextmanager
    async def warmed(app: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(_warm, today, office, ranking, places, reviewing, api.series_pages, alerted)
        reads.expect("at hand", lambda _: _leave_alone())  # after all that is counted before
        yield

    return Starlette(
        lifespan=warmed,
        routes=[
            *(Route(path, one, methods=["GET"]) for path, one in (*fresh, *own, *others)),
            Route("/vao", posted(login.enter), methods=["POST"]),
            Route("/ra", posted(login.leave), methods=["POST"]),
            Route("/tham-dinh/{id:int}", posted(reviewing.decide), methods=["POST"]),
            Mount("/static", StaticFiles(directory=FOLDER / "static")),
            Mount("/vendor", StaticFiles(directory=FOLDER / "vendor")),
        ],
        middleware=[
            Middleware(SafeHeaders),
            Middleware(Door, access=access),
            Middleware(GZipMiddleware, minimum_size=600),
        ],
        exception_handlers={404: _not_found, AnsinhError: _said, Exception: _broken},
    )


class _Warm(Protocol):
    def warm(self) -> None:
        """Have counted what the first reader would wait for."""


def _warm(*pages: _Warm) -> None:
    """Prepare what the first reader would wait for; a store that cannot be read now says so on its pages."""
    prepare()
    with suppress(AnsinhError):
        for one in pages:
            one.warm()


def _leave_alone() -> None:
    """Keep what is loaded by now (places, rules, templates) out of later collections of garbage.

    It stays as long as the process; to walk through it took a tenth of a second in which no page was answered.
    """
    gc.collect()
    gc.freeze()


def posted(handler: Callable[[Request, FormData], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Make an endpoint of a handler that takes a form: at most 40 fields, 64 kB, no files; the work is a thread's."""

    async def endpoint(request: Request) -> Response:
        size = request.headers.get("content-length", "")
        if not size.isdecimal() or int(size) > 65536:
            return PlainTextResponse("a form of at most 64 kB is taken here", status_code=413)
        async with request.form(max_files=0, max_fields=40) as form:
            return await run_in_threadpool(handler, request, form)

    return endpoint


def _not_found(request: Request, error: Exception) -> Response:
    what = say("Không có trang này", "No such page")
    return missing(request, what, say("Về trang Hôm nay hoặc dùng ô tìm kiếm.", "Go to Today, or search."))


def _said(request: Request, error: Any) -> Response:
    title = say("Chưa làm được", "Not possible now")
    return page(request, "missing.html", 503, title=title, what=title, cure=spoken(error))


def _broken(request: Request, error: Exception) -> Response:
    title = say("Trang gặp lỗi", "This page failed")
    cure = say("Lỗi đã được ghi lại; thử lại sau.", "The fault was logged; try again later.")
    return page(request, "missing.html", 500, title=title, what=title, cure=cure)
