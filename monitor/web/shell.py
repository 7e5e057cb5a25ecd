"""What every page shares: templates with Vietnamese typography, security headers, entity tags."""

import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, partial
from hashlib import blake2s
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from model.areas import load_areas
from monitor import names, paces, slots, words
from monitor.digest_layout import sparked
from monitor.faults import outcome
from monitor.language import language, say
from monitor.links import article_link, sentence_link, series_link
from monitor.notes import evidence, fault, left_alone, reason, remedy

FOLDER = Path(__file__).parent
MENU = (
    ("/", "Hôm nay", "Today"),
    ("/canh-bao", "Cảnh báo", "Alerts"),
    ("/ban-do", "Bản đồ", "Map"),
    ("/dia-phuong", "Địa phương", "Localities"),
    ("/bai-bao", "Bài báo", "Articles"),
    ("/tham-dinh", "Thẩm định", "Review"),
    ("/nguon", "Nguồn tin", "Sources"),
    ("/quy-tac", "Quy tắc", "Rules"),
)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def capital(text: str) -> str:
    """Begin a heading with a capital, leaving the rest (`BHXH`) as it is."""
    return text[:1].upper() + text[1:]


def as_day(value: str | date | datetime | None) -> date | datetime | None:
    """Read a day or instant as the store writes it or as people do (`30/4/2020`); a bad one is None."""
    if not isinstance(value, str):
        return value
    value = value.strip()[:40]
    local = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", value)
    try:
        if local:
            return date(int(local[3]), int(local[2]), int(local[1]))
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError:
        return None


def show_day(value: str | date | datetime | None) -> str:
    """Write a stored day: `30/4/2020`; an en dash where there is none."""
    found = as_day(value)
    return words.day(found) if found else "–"


def show_moment(value: str | datetime | None) -> str:
    """Write a stored instant in Vietnam's time: `07:30 30/4/2020`."""
    found = as_day(value)
    return words.moment(found) if isinstance(found, datetime) else show_day(found)


def show_period(start: str | date | None, end: str | date | None) -> str:
    """Write a period as people say it."""
    first, last = as_day(start), as_day(end)
    return words.period(words.civil_day(first) if first else None, words.civil_day(last) if last else None)


@cache
def area_name(code: str | None) -> str:
    """Name an area in full, with its rank and the units above it, where it is the page's subject or one of a list
    to choose from; elsewhere pages use `names.area`. An unknown code is shown as it is."""
    if code is None:
        return say("chưa rõ nơi", "place open")
    gazetteer = load_areas()
    return gazetteer.path_name(gazetteer.get(code), ranks=True) if code in gazetteer else code


def place_of(figure: Any) -> str:
    """Name the place of a figure as all pages do; the text's own words where its code stays open."""
    of = figure.get if isinstance(figure, dict) else partial(getattr, figure)
    return names.area(of("area")) or of("area_name") or say("chưa rõ nơi", "place open")


def tone(indicator: str) -> str:
    """Give the class of an indicator's colour: one for each scheme, one for several schemes together."""
    scheme = indicator.partition(".")[0]
    return "tone-" + ("several" if "+" in scheme else scheme.partition("_HGD")[0].partition("_HSSV")[0].lower())


def marked(sentence: str, quoted: str) -> Markup:
    """Give a sentence, escaped, with its figure marked."""
    before, found, after = sentence.partition(quoted) if quoted else (sentence, "", "")
    return Markup("{}<mark>{}</mark>{}").format(before, found, after) if found else escape(sentence)


def bracketed(sentence: str) -> Markup:
    """Give an example sentence, escaped, with the figure in its square brackets marked instead."""
    before, opened, rest = sentence.partition("[")
    figure, closed, after = rest.partition("]")
    return Markup("{}<mark>{}</mark>{}").format(before, figure, after) if opened and closed else escape(sentence)


def safe_url(url: str | None) -> str | None:
    """Give an outlet's address where it is one that a browser may be sent to; else None."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def site(url: str | None) -> str:
    """Give the host of an address, for an outlet without a name."""
    return urlsplit(safe_url(url) or "").netloc[:80]


@cache
def environment() -> Environment:
    """Make the template environment: everything is escaped, a missing name is an error."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        finalize=words.steady,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        say=say, menu=MENU, words=words, reason=reason, indicator_name=names.indicator, measured=names.measured,
        area_name=area_name, place_name=names.area, place_of=place_of, old_or_new=names.old_or_new,
        article_link=article_link, series_link=series_link, safe_url=safe_url, sentence_link=sentence_link,
        marked=marked,
        bracketed=bracketed, remedy=remedy, slots=slots,
        pace_state=paces.state, site=site, tone=tone, flags_of=json.loads, show_period=show_period,
        asset=asset,
    )  # fmt: skip
    made.filters.update(
        sentence=capital, reason_words=reason, evidence=evidence, fault=fault, outcome=outcome, left_alone=left_alone,
        day=show_day, moment=show_moment,
        sparked=sparked,
        urlquote=lambda text: quote(str(text), safe=""),
    )  # fmt: skip
    return made


def prepare() -> None:
    """Compile the templates and look up how provinces hang together: what the first reader would wait for."""
    for name in environment().list_templates():
        environment().get_template(name)
    for which in ("2024", "2025"):
        for area in load_areas().provinces(which):
            load_areas().same_territory(area.code)


@cache
def asset(path: str) -> str:
    """Give the address of a file of `static` or `vendor` with its fingerprint, so that a new one is fetched at once."""
    return f"/{path}?{blake2s((FOLDER / path).read_bytes(), digest_size=4).hexdigest()}"


def sheet_of(request: Request) -> int:
    """Read which sheet of a long list is asked for (`trang=2`); the first where none is, or nonsense."""
    said = request.query_params.get("trang", "")
    return max(1, int(said)) if said.isascii() and said.isdecimal() and len(said) < 7 else 1


def page(request: Request, name: str, status: int = 200, /, **values: Any) -> Response:
    """Render a template as a page, with an entity tag; an unchanged one answers 304."""
    here = next((href for href, *_ in MENU if href != "/" and request.url.path.startswith(href)), request.url.path)
    told = {"lang": language(), "here": here, "query": request.query_params.get("q"), "title": "", "ways": (), **values}
    body = environment().get_template(name).render(told)
    return tagged(request, HTMLResponse(body, status_code=status))


def data(request: Request, value: Any, status: int = 200) -> Response:
    """Give a value as JSON, with an entity tag."""
    body = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_iso)
    return tagged(request, Response(body, status_code=status, media_type="application/json"))


def _iso(value: Any) -> str:
    """Write days and instants as JSON readers expect them: `2020-04-30`, `2020-04-30T07:30:00+07:00`."""
    return value.isoformat() if isinstance(value, date) else str(value)


def tagged(request: Request, response: Response) -> Response:
    """Set the entity tag of a whole answer, and answer 304 where the reader has it."""
    return tagged_as(request, response, tag_of(bytes(response.body)))


def tag_of(body: bytes) -> str:
    """Give the entity tag of a whole answer."""
    return f'"{blake2s(body, digest_size=12).hexdigest()}"'


def tagged_as(request: Request, response: Response, tag: str) -> Response:
    """Set an entity tag, and answer 304 where the reader has it."""
    told = {"ETag": tag, "Cache-Control": "no-cache"}
    if response.status_code == 200 and _known(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=told)
    response.headers.update(told)
    return response


def _known(header: str, tag: str) -> bool:
    """Tell whether a reader's list of entity tags holds this one; a weak one is as good."""
    return header.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in header.split(","))


def missing(request: Request, what: str, cure: str, ways: Sequence[tuple[str, str]] = ()) -> Response:
    """Answer 404 with what is missing and where to go on; `ways` are addresses that may have been meant."""
    return page(request, "missing.html", 404, title=what, what=what, cure=cure, ways=ways)
