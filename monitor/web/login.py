"""Logging in and out, and the door that asks for it."""

import logging
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from model.errors import AnsinhError
from monitor.language import say
from monitor.web.access import COOKIE, HOURS, Access, local_path
from monitor.web.shell import page
from store import open_store

log = logging.getLogger("ansinh.pages")
OPEN = ("/vao", "/static/", "/vendor/", "/suc-khoe")
"""What anybody may ask for: the login itself, its style sheet, the health check."""


class Door:
    """Sends whoever may not read to the login page."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass; answer the rest with the login."""
        if scope["type"] == "http" and not scope["path"].startswith(OPEN):
            request = Request(scope)
            if not self.access.may_read(request):
                api = scope["path"].startswith("/api/")
                answer = Response("log in first\n", 401) if api else RedirectResponse(_entry(request), 303)
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _entry(request: Request) -> str:
    """Give the login's address, with the page to go on to whole: a mail's link leads through it to its sentence."""
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"/vao?tiep={quote(asked, safe='/')}"


class LoginPages:
    """Pages for logging in and out."""

    def __init__(self, access: Access) -> None:
        self.access = access

    def show(self, request: Request) -> Response:
        """The form."""
        onward = local_path(request.query_params.get("tiep", "/"))
        session = self.access.session(request)
        title = say("Tài khoản", "Account") if session else say("Đăng nhập", "Log in")
        return page(request, "login.html", title=title, onward=onward, fault="", session=session)

    def enter(self, request: Request, form: FormData) -> Response:
        """Check name and password; set the cookie, or say why not."""
        onward = local_path(str(form.get("tiep", "/")))
        host = request.client.host if request.client else "?"
        cookie, why = self.access.log_in(str(form.get("ten", ""))[:64], str(form.get("mat-khau", ""))[:256], host)
        self._note("refused" if why else "log-in", str(form.get("ten", ""))[:32], host)
        if why:
            told = {
                "wrong": say("Tên hoặc mật khẩu không đúng.", "Name or password is wrong."),
                "wait": say("Sai nhiều lần; thử lại sau năm phút.", "Too many tries; wait five minutes."),
            }
            status = 401 if why == "wrong" else 429
            title = say("Đăng nhập", "Log in")
            return page(request, "login.html", status, title=title, onward=onward, fault=told[why], session=None)
        answer = RedirectResponse(onward, 303)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, cookie, max_age=HOURS * 3600, httponly=True, samesite="strict", secure=secure)
        return answer

    def _note(self, deed: str, name: str, host: str) -> None:
        """Write a line of the audit; a store that is busy keeps nobody out."""
        shown = "".join(letter for letter in name if letter.isprintable()) or "?"
        try:
            with open_store(self.access.home.database) as store:
                store.add_deed(shown, deed, host)
        except AnsinhError as error:
            log.warning("the audit could not be written: %s", error)

    def leave(self, request: Request, form: FormData) -> Response:
        """End the session, here and wherever its cookie was copied to."""
        answer = RedirectResponse("/", 303)
        session = self.access.may(request, "reader", str(form.get("token", "")))
        if session:
            self.access.end(session)
            self._note("log-out", session.name, request.client.host if request.client else "?")
            answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return answer
