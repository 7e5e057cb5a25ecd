"""The digest as JSON to another program: one POST a day, recorded in the ledger like the mails."""

import json
import urllib.request
from dataclasses import asdict
from datetime import date
from http.client import HTTPException
from typing import TYPE_CHECKING

from monitor.digest import digest_of
from monitor.printing import plain

if TYPE_CHECKING:
    from store import Store

TIMEOUT = 20.0


def post_digest(store: "Store", address: str, day: date) -> list[str]:
    """Post a day's digest where it was not taken yet; gives the fault in a list, empty where all went well.

    Redirects are not followed: the address is the operator's own word.
    """
    for left in store.runs("webhook", open_only=True):
        store.end_run(left.run, "abandoned", "its process ended before the other program answered")
    run = store.start_run("webhook", due=f"{day.isoformat()} {address}")
    if run is None:
        return []
    body = json.dumps(asdict(digest_of(store, day)), ensure_ascii=False, default=plain).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "ansinh"}
    request = urllib.request.Request(address, data=body, headers=headers, method="POST")
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=TIMEOUT) as answer:
            status = answer.status
    except (OSError, HTTPException) as error:
        said = " ".join(str(error).split()) or type(error).__name__
        store.end_run(run, "failed", said)
        return [f"webhook: {said}"]
    store.end_run(run, "finished", str(status))
    return []


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow none."""
