"""Deciding about one figure: accept, correct a slot, reject, undo; with keys, or with plain forms."""

from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from model.areas import load_areas
from model.errors import AnsinhError
from model.records import MEASURES
from monitor.language import say
from monitor.web.access import Access
from monitor.web.reads import Reads
from monitor.web.shell import missing, page
from store import open_store

FIELDS = ("indicator", "measure", "obs_value", "area", "period_start", "period_end", "scope", "qualifier", "issuer")
"""Slots that the form corrects, in the order of the keys 1..9."""


class ReviewingPages:
    """One figure at a time."""

    def __init__(self, reads: Reads, access: Access) -> None:
        self.reads = reads
        self.access = access

    def show(self, request: Request) -> Response:
        """One figure: its sentence large, what was read, what the series says with it and without."""
        store = self.reads.store()
        obs_id = int(request.path_params["id"])
        try:
            figure = store.observation(obs_id)
        except AnsinhError as error:
            return missing(request, say("Không có con số này", "No such figure"), str(error))
        kind = request.query_params.get("loai", "")
        queue = [item.obs_id for item in store.review(kind=kind or None, limit=200)]
        place = queue.index(obs_id) if obs_id in queue else -1
        following = queue[place + 1] if 0 <= place < len(queue) - 1 else None
        series = []
        if figure.area:
            series = store.series(figure.area, figure.indicator, figure.measure, scope=figure.scope)[-8:]
        return page(
            request, "reviewing.html", title=figure.quote, obs_id=obs_id, figure=figure, fields=_fields(asdict(figure)),
            verdicts=store.verdicts(obs_id), following=following, waiting=len(queue), kind=kind, series=series,
            session=self.access.session(request), measures=MEASURES, fault=request.query_params.get("loi", ""),
        )  # fmt: skip

    def decide(self, request: Request, form: FormData) -> Response:
        """Write a verdict and go on to the next figure; a forged or unfit form is refused, a wrong slot is told."""
        obs_id = int(request.path_params["id"])
        session = self.access.may(request, "reviewer", str(form.get("token", "")))
        if session is None:
            title = say("Cần đăng nhập với quyền thẩm định", "Log in as a reviewer first")
            return page(request, "missing.html", 403, title=title, what=title, cure="/vao")
        verdict, kind = str(form.get("verdict", "")), str(form.get("loai", ""))
        back = f"/tham-dinh/{obs_id}"
        try:
            with open_store(self.reads.path) as store:
                if verdict == "undo":
                    store.undo_verdict(obs_id, session.name, reason=str(form.get("reason", ""))[:500])
                else:
                    slots = _changed(asdict(store.observation(obs_id)), form) if verdict == "correct" else {}
                    reason = str(form.get("reason", ""))[:500]
                    store.add_verdict(obs_id, verdict, session.name, slots=slots, reason=reason)
                store.settle()
            self.reads.forget()
        except AnsinhError as error:
            return RedirectResponse(f"{back}?{urlencode({'loi': str(error), 'loai': kind})}", 303)
        onward = str(form.get("tiep", ""))
        onward = f"/tham-dinh/{onward}" if onward.isdecimal() and verdict != "undo" else back
        return RedirectResponse(f"{onward}?{urlencode({'loai': kind})}" if kind else onward, 303)


def _fields(figure: dict[str, Any]) -> list[tuple[str, str]]:
    """Give the correctable slots as the form writes them."""
    plain = figure | {"obs_value": f"{figure['obs_value']:.15g}"}
    return [(name, "" if plain[name] is None else f"{plain[name]}") for name in FIELDS]


def _changed(figure: dict[str, Any], form: FormData) -> dict[str, Any]:
    """Give the slots that the form changes; numbers as people type them, places by code or name."""
    slots: dict[str, Any] = {}
    for name, was in _fields(figure):
        said = str(form.get(name, was)).strip()
        if said == was:
            continue
        if name == "obs_value":
            slots[name] = _number(said)
        elif name == "area" and said:
            slots[name] = load_areas().resolve(said)[0].code
        else:
            slots[name] = said or None
    return slots


def _number(text: str) -> float | str:
    """Read a number typed the Vietnamese way (`8.475`, `98,9`) or the machine's (`8475.0`); else give it back."""
    plain = text.replace(" ", "").replace("\u202f", "")
    if "," in plain or plain.count(".") > 1 or (plain.count(".") == 1 and len(plain.rsplit(".", 1)[1]) == 3):
        plain = plain.replace(".", "").replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return text
