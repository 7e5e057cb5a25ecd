"""The morning mail: a day's digest to each reader, filtered, with small charts, once per reader whatever crashes.

Each reader's mail of a day is a run of the store's ledger (`mail:ADDRESS`, due on that day): begun before the server is
asked, finished when it has taken the message. A crash between the server's word and ours sends that one mail again; it
bears the same Message-ID, by which mail programs know it for the same.
"""

import smtplib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from crawler.registry import load_sources
from model.areas import load_areas
from model.errors import AnsinhError, InputError
from model.home import Home
from monitor import charts, names, words
from monitor.alerting import alerts_of
from monitor.config import Config, Mail, Reader
from monitor.digest import word
from monitor.digest_layout import html, plain_text
from monitor.language import choose_language, language, say
from monitor.standing import standing

if TYPE_CHECKING:
    from model.records import Point
    from store import Store
    from store.facts import Change, DayFacts, Subject

MOST_CHARTS = 6
"""Charts in one mail: the whole stays under 100 kB."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """One chart of a mail."""

    cid: str
    title: str
    """Place and indicator, printed above the chart."""
    alt: str
    """What the chart says, for those who do not see images."""
    png: bytes


def facts_for(
    facts: "DayFacts", reader: Reader, parts: "Mapping[str, Mapping[Subject, int]] | None" = None
) -> "DayFacts":
    """Give the part of a day's facts that a reader asked for; a province stands for all below it.

    `parts` (of `Store.day_parts`) says of what the figures are that the day only counts.
    """
    if not reader.areas and not reader.indicators:
        return facts

    def kept(area: str | None, indicator: str | None = None) -> bool:
        here = not reader.areas or (area is not None and _within(area, reader.areas))
        return here and (not reader.indicators or indicator is None or indicator in reader.indicators)

    def changes(some: "tuple[Change, ...]") -> "tuple[Change, ...]":
        return tuple(one for one in some if kept(one.point.area, one.point.indicator))

    counted: dict[str, Any] = {
        name: sum(count for subject, count in of.items() if kept(*subject)) for name, of in (parts or {}).items()
    }
    return replace(
        facts, new=changes(facts.new), changed=changes(facts.changed), contradictions=changes(facts.contradictions),
        resolved=changes(facts.resolved), silent=tuple(one for one in facts.silent if kept(one.area)),
        progress=tuple(one for one in facts.progress if kept(one.area, one.indicator)),
        backfilled=sum(kept(*one) for one in facts.backfills), reread=sum(kept(*one) for one in facts.rereads),
        part=True, **counted,
    )  # fmt: skip


def _elsewhere(store: "Store", facts: "DayFacts", areas: Sequence[str]) -> frozenset[str]:
    """Give the sources in trouble that serve none of these areas; a national one serves all."""
    troubled = [run.source for run in facts.source_verdicts if run.verdict not in ("ok", "new")]
    if not areas or not troubled:
        return frozenset()
    declared = load_sources(Home(root=store.path.parent).sources)
    served = {key: declared[key].area for key in troubled if key in declared}
    return frozenset(key for key, area in served.items() if area and not _serves(area, areas))


def _serves(area: str, wanted: Sequence[str]) -> bool:
    """Tell whether what a source declares as its area, a code or a name, lies in the areas wanted."""
    codes = [area] if area in load_areas() else [one.code for one in load_areas().by_name(area)]
    return any(_within(code, wanted) for code in codes)


def _within(code: str, wanted: Sequence[str]) -> bool:
    gazetteer = load_areas()
    if code in wanted:
        return True
    if code not in gazetteer:
        return False
    area = gazetteer.get(code)
    near = {code, *gazetteer.same_territory(code), *(one.code for one in gazetteer.ancestors(area))}
    return any(one in near or (one in gazetteer and gazetteer.lies_in(area, gazetteer.get(one))) for one in wanted)


def pictures(store: "Store", facts: "DayFacts") -> list[Picture]:
    """Draw the series of what is new or changed that have three points or more, as known at the end of that day."""
    try:
        import resvg_py
    except ImportError:  # without the extra `digest` the mail has no charts, and says all in words
        return []
    drawn: list[Picture] = []
    seen: set[tuple[str | None, str, str | None]] = set()
    for change in (*facts.new, *facts.changed):
        point = change.point
        series = (point.area, point.indicator, point.scope)
        if len(drawn) >= MOST_CHARTS or point.measure != "level" or point.area is None or series in seen:
            continue
        seen.add(series)
        points = store.series(
            point.area, point.indicator, "level", scope=point.scope, unit=point.unit, fetched_by=facts.day
        )
        marks = _marks(points)
        if len(marks) < 3:
            continue
        title = f"{names.area(point.area, point.period_end)}: {names.indicator(point.indicator)}"
        frame = charts.Frame(width=520, height=170)
        svg = charts.line_chart(marks, unit=point.unit, title=title, frame=frame, mail=True)
        told = "; ".join(f"{words.day(one.day)}: {words.amount(one.value, point.unit)}" for one in marks[-4:])
        png = bytes(resvg_py.svg_to_bytes(svg_string=svg, background="white"))
        drawn.append(Picture(cid=f"bieu-do-{len(drawn) + 1}", title=title, alt=f"{title}. {told}", png=png))
    return drawn


def _marks(points: "Sequence[Point]") -> list[charts.Mark]:
    return [
        charts.Mark(day=p.period_end, value=p.obs_value, label="", run=charts.run_of(p.period_start, p.period_end))
        for p in points
        if p.period_end and p.status != "held"
    ]


def message(store: "Store", config: Config, reader: Reader, day: date) -> EmailMessage:
    """Write one reader's mail of a day: text, HTML with inline charts, fixed headers; the same bytes each time."""
    mail = _mail(config)
    spoken = language()
    choose_language(reader.lang)
    try:
        narrow = bool(reader.areas or reader.indicators)
        facts = facts_for(store.day_facts(day), reader, store.day_parts(day) if narrow else None)
        facts = replace(facts, hushed=_elsewhere(store, facts, reader.areas))
        raised = [
            one
            for one in alerts_of(store, day, facts, only=reader.indicators)
            if not reader.areas or _within(one.where, reader.areas)
        ]
        told = word(facts, store.outlet_names(), raised, standing(store, day, reader.areas, reader.indicators))
        drawn = pictures(store, facts)
        base = config.pages.link or f"http://{config.pages.host}:{config.pages.port}"
        link = f"{base.rstrip('/')}/ban-tin/{day.isoformat()}"
        text = f"{plain_text(told)}\n{say('Xem trên trang', 'On the pages')}: {link}\n"
        page_text = html(told, [(one.cid, one.title, one.alt) for one in drawn], base)
    finally:
        choose_language(spoken)
    stamp = sha256(f"{day}|{reader.address}|{reader.areas}|{reader.indicators}".encode()).hexdigest()[:20]
    made = EmailMessage(policy=SMTP)
    made["Subject"] = " ".join(told.subject.split())
    made["From"] = _header_address(mail.sender)
    made["To"] = _header_address(f"{reader.name} <{reader.address}>" if reader.name else reader.address)
    made["Date"] = format_datetime(datetime.combine(day, time(23, 59, 59), words.VIETNAM))
    made["Message-ID"] = f"<{day.isoformat()}.{stamp}@{parseaddr(mail.sender)[1].rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(text, cte="base64")
    made.add_alternative(page_text, subtype="html", cte="base64")
    page = made.get_payload()[1]  # type: ignore[index]
    for one in drawn:
        page.add_related(one.png, "image", "png", cid=f"<{one.cid}>", filename=f"{one.cid}.png")  # type: ignore[union-attr]
    boundary = sha256(made["Message-ID"].encode()).hexdigest()[:24]
    for number, part in enumerate(one for one in made.walk() if one.is_multipart()):
        part.set_boundary(f"=_{boundary}{number}")
    return made


def _mail(config: Config) -> Mail:
    if config.mail is None:
        raise InputError("no mail server is set", cure="add [mail] with host and sender to ansinh.toml")
    return config.mail


def _header_address(text: str) -> Address:
    """Make a header's address of its parts, so that nothing in it can end the header."""
    name, address = parseaddr(" ".join(text.split()))
    user, _, host = address.rpartition("@")
    return Address(display_name=name, username=user, domain=host)


def send_digest(store: "Store", config: Config, day: date) -> tuple[int, list[str]]:
    """Send a day's digest to each reader who has not got it; gives how many were sent and the faults, one a reader.

    A reader whom the server refuses does not keep it from the others.
    """
    sent, faults = 0, list[str]()
    mail = _mail(config)
    for reader in config.readers:
        job, due = f"mail:{reader.address}", day.isoformat()
        for left in store.runs(job, open_only=True):
            store.end_run(left.run, "abandoned", "its process ended before the server answered")
        run = store.start_run(job, due=due)
        if run is None:
            continue
        try:
            _deliver(mail, message(store, config, reader, day))
        except (OSError, smtplib.SMTPException, AnsinhError) as error:
            said = " ".join(str(error).split()) or type(error).__name__
            store.end_run(run, "failed", said)
            faults.append(f"{reader.address}: {said}")
        else:
            store.end_run(run, "finished", mail.host)
            sent += 1
    return sent, faults


def _deliver(mail: Mail, made: EmailMessage) -> None:
    """Hand one message to the server."""
    context = ssl.create_default_context()
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=mail.timeout, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=mail.timeout)
    with server:
        if mail.security == "starttls":
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, mail.password)
        server.send_message(made)
