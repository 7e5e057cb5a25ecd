"""Sessions, and tokens against forged requests.

A session is a signed cookie: user, when it ends, a number of its own, and a stamp of the user's role and password hash,
so that a new role or password ends old sessions. One that logged out is remembered as ended. The key lies in the home,
readable by its owner. Reading is open to whoever reaches a loopback address; elsewhere, and everywhere with
`[pages] login = "always"`, every page asks for a login. Writing always needs one, because a verdict bears a name.
"""

import hmac
import os
import secrets
import time
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address

from starlette.requests import Request

from model.home import Home
from monitor.users import Role, User, load_users, password_holds
from monitor.web.ended import Ended
from monitor.web.guesses import Guesses

COOKIE = "ansinh"
HOURS = 12
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$5J3mHZ0hJ7i3uWZBdqlmG0dEwXq4WqkQXgcN1XUx9aE"
"""Checked for unknown names, so that they take as long as known ones."""


@dataclass(frozen=True, slots=True)
class Session:
    """Who asks."""

    name: str
    user: User
    token: str
    """What a form must send back."""
    ends: int
    signature: str
    """Which of the user's sessions it is."""


class Access:
    """Decides who asks, and what they may."""

    def __init__(self, home: Home, *, always: bool = False) -> None:
        self.home = home
        self.always = always
        """Nobody counts as coming from this machine: a proxy on it makes everybody seem to."""
        self._ended = Ended(home)
        self._key: bytes | None = None
        self._guesses = Guesses()

    @property
    def key(self) -> bytes:
        """The signing key, made at first need."""
        if self._key is None:
            path = self.home.root / "session.key"
            self.home.root.mkdir(parents=True, exist_ok=True)
            try:
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(descriptor, "wb") as file:
                    file.write(secrets.token_bytes(32))
            except FileExistsError:
                pass
            self._key = path.read_bytes()
        return self._key

    def session(self, request: Request) -> Session | None:
        """Give who is logged in; None for nobody, for a cookie that is forged, old, ended, or of another password."""
        name, _, rest = request.cookies.get(COOKIE, "").partition("|")
        ends, _, signature = rest.partition("|")
        user = load_users(self.home).get(name) if name else None
        if user is None or not ends.isdecimal() or int(ends) < time.time():
            return None
        own = signature.partition(".")[0]
        if not hmac.compare_digest(signature.encode(), self._signature(name, ends, own, user).encode()):
            return None
        if self._ended.holds(signature):
            return None
        return Session(name, user, self._sign("form", signature), int(ends), signature)

    def end(self, session: Session) -> None:
        """End a session: no copy of its cookie opens anything any more."""
        self._ended.add(session.signature, session.ends)

    def shown(self, request: Request) -> str:
        """Tell apart who is shown different pages: by session, role, and whether this very machine asks."""
        session = self.session(request)
        return f"{self.local(request)} {session.token if session else ''} {session.user.role if session else ''}"

    def log_in(self, name: str, password: str, address: str) -> tuple[str, str]:
        """Give (cookie value, `""`), or (`""`, why not: `wrong` or `wait`)."""
        tried = self._guesses.begin(name, address)
        if tried is None:
            return "", "wait"
        user = load_users(self.home).get(name)
        if not password_holds(user.password if user else _NOBODY, password) or user is None:
            return "", "wrong"
        self._guesses.take_back(tried)
        ends = str(int(time.time()) + HOURS * 3600)
        return f"{name}|{ends}|{self._signature(name, ends, secrets.token_hex(8), user)}", ""

    def may_read(self, request: Request) -> bool:
        """Tell whether the pages are open to this request: on loopback to all, elsewhere to who is logged in."""
        return self.local(request) or self.session(request) is not None

    def local(self, request: Request) -> bool:
        """Tell whether the request comes from this very machine, and that says something."""
        return not self.always and _on_loopback(request)

    def may(self, request: Request, role: Role, token: str) -> Session | None:
        """Give the session where it may write and sent its form's token; else None."""
        session = self.session(request)
        if session is None or not session.user.may(role) or not hmac.compare_digest(token, session.token):
            return None
        return session

    def _signature(self, name: str, ends: str, own: str, user: User) -> str:
        """Give a session's number and its proof; two logins in the same second are two sessions."""
        return f"{own}.{self._sign(name, ends, own, user.role, user.password)}"

    def _sign(self, *parts: str) -> str:
        return hmac.new(self.key, "\0".join(parts).encode(), sha256).hexdigest()


def _on_loopback(request: Request) -> bool:
    """Tell whether both ends of the connection are this machine, and no proxy says that it asks for another."""
    server, client = request.scope.get("server"), request.client
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False
    try:
        return all(ip_address(end).is_loopback for end in (server[0] if server else "", client.host if client else ""))
    except ValueError:
        return client is not None and client.host == "testclient"


def local_path(path: str) -> str:
    """Give a path to go on to, `/` where it would lead to another host."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
