"""Why a form was refused, told by the next page: the address bears a code, the words stay with the server.

Words in the address would let anybody who sends a link put his own into the page's mouth.
"""

import secrets
from threading import Lock

from model.errors import AnsinhError
from monitor.faults import spoken
from monitor.web.access import Session

MOST = 500
"""Faults that are remembered: each is asked for once, by the redirect that names it."""


class Faults:
    """What was told to whom lately."""

    def __init__(self) -> None:
        self._told: dict[str, tuple[str, str]] = {}
        self._lock = Lock()

    def note(self, error: AnsinhError, session: Session) -> str:
        """Keep a fault's words for one session; gives their code."""
        code = secrets.token_hex(8)
        with self._lock:
            self._told[code] = (session.token, spoken(error))
            while len(self._told) > MOST:
                del self._told[next(iter(self._told))]
        return code

    def told(self, code: str, session: Session | None) -> str:
        """Give the words of a code to the session they were kept for; `""` for all else."""
        token, words = self._told.get(code, ("", ""))
        return words if session and session.token == token else ""
