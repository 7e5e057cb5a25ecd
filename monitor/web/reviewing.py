"""What waits for a person, and deciding about one figure: accept, correct a slot, reject, undo; by keys or by forms."""

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from model.areas import load_areas
from model.errors import AnsinhError, InputError
from model.home import Home
from model.indicators import load_indicators
from model.records import MEASURES, UNITS, Observation, Point
from monitor import names, words
from monitor.faults import spoken
from monitor.language import Language, language, say
from monitor.slots import MARKS
from monitor.verdict_files import FORMS, verdict_file
from monitor.web.access import Access
from monitor.web.reads import Reads
from monitor.web.refused import Faults
from monitor.web.shell import as_day, missing, page
from store import Store, open_store
from store.days import NEVER
from store.judging import Verdict, in_force

FIELDS = (
    "indicator", "measure", "obs_value", "area", "period_start", "period_end", "scope", "qualifier", "issuer",
    "unit", "base_end", "of", "denominator",
)  # fmt: skip
"""Slots that the form corrects; the first nine in the order of the keys 1..9."""
DAYS = ("period_start", "period_end", "base_end")
SITTING = 900.0
"""Seconds without a verdict after which the count of a sitting begins anew."""
QUEUE, SHOWN = 200, 50
"""Items that are known ahead, and those of them that the list shows."""


class ReviewingPages:
    """The queue, and one figure at a time."""

    def __init__(self, reads: Reads, access: Access) -> None:
        self.reads = reads
        self.access = access
        self.paces: dict[str, Pace] = defaultdict(Pace)
        self.faults = Faults()
        self._decided: dict[int, int] = {}
        """Figures decided → how often this process had written then: a queue counted before does not bring them back,
        one counted since does, where they still wait."""

    def queue(self, request: Request) -> Response:
        """What waits for a person, the most urgent first."""
        kind = request.query_params.get("loai", "")
        counts = self.reads.lately("waiting", lambda store: store.review_counts())
        chosen = kind if kind in counts else ""
        title = say("Chờ thẩm định", "Waiting for review")
        return page(
            request, "review.html", title=title, items=self._queue(chosen)[:SHOWN], counts=counts, kind=chosen,
            forms=FORMS,
        )  # fmt: skip

    def warm(self) -> None:
        """List behind what waits."""
        self.reads.expect(("queue", ""), lambda store: store.review(limit=QUEUE), 5.0)

    def _queue(self, kind: str) -> list[Any]:
        found = self.reads.lately(("queue", kind), lambda store: store.review(kind=kind or None, limit=QUEUE), 5.0)
        counted = self.reads.written_before(("queue", kind))
        return [item for item in found if self._decided.get(item.obs_id, 0) <= counted]

    def files(self, request: Request) -> Response:
        """The verdicts in force as gold rows, their texts, or examples for rules."""
        form = request.path_params["form"]
        if form not in FORMS:
            return missing(request, say("Không có dạng tệp này", "No such form"), ", ".join(FORMS))
        body = verdict_file(self.reads.store(), form)
        kind = "application/toml" if FORMS[form] == "toml" else "application/jsonl"
        name = f'attachment; filename="{form}.{FORMS[form]}"'
        return Response(body, media_type=f"{kind}; charset=utf-8", headers={"Content-Disposition": name})

    def show(self, request: Request) -> Response:
        """One figure: its sentence large, what was read, what the series says with it and without."""
        store = self.reads.store()
        obs_id = int(request.path_params["id"])
        try:
            figure = store.observation(obs_id)
        except (AnsinhError, OverflowError) as error:
            cure = spoken(error) if isinstance(error, AnsinhError) else str(error)
            return missing(request, say("Không có con số này", "No such figure"), cure)
        kind = request.query_params.get("loai", "")
        queue = [item.obs_id for item in self._queue(kind if kind.isascii() else "")]
        place = queue.index(obs_id) if obs_id in queue else -1
        following = next((one for one in queue[place + 1 :] if one != obs_id), None)
        counts = self.reads.lately("waiting", lambda store: store.review_counts())
        series, verdicts = _around(store, figure), store.verdicts(obs_id)
        stands = _stands(verdicts)
        session, done = self.access.session(request), request.query_params.get("xong", "")
        return page(
            request, "reviewing.html", title=figure.quote, obs_id=obs_id, figure=figure, fields=_fields(asdict(figure)),
            verdicts=verdicts, following=following, waiting=counts.get(kind, sum(counts.values())),
            kind=kind, series=series, effect=_effect(figure, series), session=session,
            choices=_choices(language(), Home(root=self.reads.path.parent).indicators),
            fault=self.faults.told(request.query_params.get("loi", ""), session),
            done=done if done.isascii() and done.isdecimal() and not stands else "",
            stands=stands, pace=self.paces[session.name].told() if session else "",
        )  # fmt: skip

    def decide(self, request: Request, form: FormData) -> Response:
        """Write a verdict and go on to the next figure; a forged or unfit form is refused, a wrong slot is told."""
        obs_id = int(request.path_params["id"])
        session = self.access.may(request, "reviewer", str(form.get("token", "")))
        if session is None:
            title = say("Cần đăng nhập với quyền thẩm định", "Log in as a reviewer first")
            return page(request, "missing.html", 403, title=title, what=title, cure=say("Mở /vao.", "Open /vao."))
        verdict, kind = str(form.get("verdict", "")), str(form.get("loai", ""))[:40]
        back = f"/tham-dinh/{obs_id}"
        try:
            with open_store(self.reads.path) as store:
                with store.transaction():  # the verdict and who gave it are one row of the disk's time
                    said = _decide(store, obs_id, session.name, form)
                    store.add_deed(session.name, verdict, f"{obs_id} {said}".strip())
                store.settle()
        except AnsinhError as error:
            return RedirectResponse(f"{back}?{urlencode({'loi': self.faults.note(error, session), 'loai': kind})}", 303)
        self.paces[session.name].note(verdict)
        self._settled(obs_id, verdict)
        onward = str(form.get("tiep", ""))
        moved = onward.isascii() and onward.isdecimal() and verdict != "undo"
        asked = {"loai": kind, "xong": str(obs_id) if moved else ""}
        query = urlencode({name: value for name, value in asked.items() if value})
        return RedirectResponse((f"/tham-dinh/{onward}" if moved else back) + (f"?{query}" if query else ""), 303)

    def _settled(self, obs_id: int, verdict: str) -> None:
        """Take a decided figure out of the queues at once; counts over the whole store follow behind."""
        counts = self.reads.lately("waiting", lambda store: store.review_counts())
        if verdict == "undo":
            self._decided.pop(obs_id, None)
        else:
            for kind in {item.kind for item in self._queue("") if item.obs_id == obs_id}:
                counts[kind] = max(0, counts[kind] - 1)
            self._decided[obs_id] = self.reads.written + 1
        self.reads.forget()


class Pace:
    """How many figures a person decided in one sitting, and how fast."""

    def __init__(self) -> None:
        self.times: list[float] = []

    def note(self, verdict: str) -> None:
        """Note a verdict; after a long pause a new sitting begins."""
        now = time.monotonic()
        if self.times and now - self.times[-1] > SITTING:
            self.times.clear()
        if verdict == "undo":
            del self.times[-1:]
        else:
            self.times.append(now)

    def told(self) -> str:
        """Say it quietly; `""` where nothing is decided yet."""
        count = len(self.times)
        if not count:
            return ""
        said = say(f"đã xong {words.number(count)} số", f"{words.number(count)} done")
        if count < 3:
            return said
        each = words.number((self.times[-1] - self.times[0]) / (count - 1), 1)
        return said + say(f", {each} giây một số", f", {each} s each")


def _stands(verdicts: Sequence[Verdict]) -> bool:
    """Tell whether a verdict on a figure is in force."""
    return any(until == NEVER for _, _, until in in_force(verdicts))


def _decide(store: Store, obs_id: int, author: str, form: FormData) -> str:
    """Write what the form says; give what the audit shall say of it."""
    verdict, reason = str(form.get("verdict", "")), str(form.get("reason", ""))[:500]
    if verdict == "undo":
        store.undo_verdict(obs_id, author, reason=reason)
        return ""
    slots = _changed(asdict(store.observation(obs_id)), form) if verdict == "correct" else {}
    store.add_verdict(obs_id, verdict, author, slots=slots, reason=reason)
    return ", ".join(f"{name} = {value}" for name, value in slots.items())


def _around(store: Store, figure: Observation) -> list[Point]:
    """Give the last points of the figure's series, and the one of its own period."""
    if figure.area is None:
        return []
    codes = sorted({figure.area, *load_areas().same_territory(figure.area)})
    return store.latest(codes, figure.indicator, figure.measure, scope=figure.scope)


def _effect(figure: Observation, series: list[Point]) -> str:
    """Say what the series would become with the figure, and what it is without."""
    if figure.area is None or figure.period_end is None:
        return say(
            "Chưa rõ nơi hoặc kỳ: số này chỉ vào chuỗi khi được sửa.",
            "Place or period open: only a correction lets it in.",
        )
    value = words.amount(figure.obs_value, figure.unit, figure.qualifier)
    when = words.period(figure.period_start, figure.period_end)
    here = [p for p in series if p.period_end == figure.period_end and p.unit == figure.unit]
    if not here:
        return say(f"Chấp nhận: kỳ {when} có số {value}. Bác bỏ: kỳ này không có số.",
                   f"Accepted: {when} becomes {value}. Rejected: nothing for that period.")  # fmt: skip
    now = words.amount(here[-1].obs_value, here[-1].unit, here[-1].qualifier)
    if here[-1].obs_value == figure.obs_value:
        return say(f"Kỳ {when} đã là {now}: chấp nhận thêm một nguồn, bác bỏ không đổi gì.",
                   f"{when} already is {now}: accepting adds a source, rejecting changes nothing.")  # fmt: skip
    return say(f"Kỳ {when} đang là {now}. Chấp nhận {value}: số người thẩm định nhận được ưu tiên. Bác bỏ: vẫn {now}.",
               f"{when} now is {now}. Accepting {value} gives it precedence; rejecting leaves {now}.")  # fmt: skip


@cache
def _choices(spoken: Language, own: Path) -> dict[str, list[tuple[str, str]]]:
    """Give the slots that are chosen from a list, with the words of each choice."""
    return {
        "indicator": [(key, f"{names.indicator(key)} · {key}") for key in sorted(load_indicators(own).declared)],
        "measure": [(key, words.measure(key)) for key in MEASURES],
        "qualifier": [(key, say(*said)) for key, said in MARKS.items()],
        "unit": [(key, words.unit(key)) for key in UNITS],
    }


def _fields(figure: dict[str, Any]) -> list[tuple[str, str]]:
    """Give the correctable slots as people write them."""
    plain = {name: "" if figure[name] is None else f"{figure[name]}" for name in FIELDS}
    plain["obs_value"] = words.number(figure["obs_value"], _places(figure["obs_value"]))
    for name in DAYS:
        plain[name] = words.day(figure[name]) if figure[name] else ""
    return list(plain.items())


def _places(value: float) -> int:
    """Count the decimal places of a number."""
    return len(f"{value:.12g}".partition(".")[2])


def _changed(figure: dict[str, Any], form: FormData) -> dict[str, Any]:
    """Give the slots that the form changes; numbers and days as people type them, places by code or name."""
    slots: dict[str, Any] = {}
    for name, was in _fields(figure):
        said = str(form.get(name, was)).strip()[:200]
        if said == was:
            continue
        if name == "obs_value":
            slots[name] = _number(said)
        elif name in DAYS and said:
            slots[name] = _day(said)
        elif name == "area" and said:
            slots[name] = load_areas().resolve(said)[0].code
        else:
            slots[name] = said or None
    return slots


def _day(text: str) -> str:
    found = as_day(text)
    if found is None:
        raise InputError(f"'{text}' is no day", cure=say("viết 30/4/2020", "write it as 30/4/2020 or 2020-04-30"))
    return words.civil_day(found).isoformat()


def _number(text: str) -> float | str:
    """Read a number typed the Vietnamese way (`8.475`, `98,9`) or the machine's (`8475.0`); else give it back."""
    plain = text.replace(" ", "").replace("\u202f", "").replace(words.MINUS, "-")
    if "," in plain or plain.count(".") > 1 or (plain.count(".") == 1 and len(plain.rsplit(".", 1)[1]) == 3):
        plain = plain.replace(".", "").replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return text
