"""The digest as files, and as entries of an Atom feed."""

import json
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from model.home import Home
from monitor.digest import Digest, Line, Section, digest_of
from monitor.digest_layout import html, plain_text
from monitor.language import language
from monitor.printing import plain, write_whole
from monitor.words import VIETNAM

if TYPE_CHECKING:
    from store import Store


def write_digest(home: Home, store: "Store", day: date) -> Path:
    """Write a day's digest as text, HTML and JSON, each whole or not at all; gives the path of the text."""
    told = digest_of(store, day)
    if day < datetime.now(VIETNAM).date():  # a day that goes on is not over: nobody shall read its half for the whole
        write_whole(_kept(home, day), json.dumps(asdict(told), ensure_ascii=False, default=plain).encode())
    write_whole(home.digests / f"{day.isoformat()}.html", html(told).encode())
    path = home.digests / f"{day.isoformat()}.txt"
    write_whole(path, plain_text(told).encode())
    return path


def kept_digest(home: Home, day: date) -> Digest | None:
    """Give the digest of a past day as it was written, in the language in force; None where it was not, or is unfit."""
    try:
        return digest_from(json.loads(_kept(home, day).read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def digest_from(data: dict[str, Any]) -> Digest:
    """Make a digest again of what `ansinh digest --format json` prints."""
    sections = [
        Section(**{**one, "lines": tuple(Line(**{**line, "texts": tuple(line["texts"])}) for line in one["lines"])})
        for one in data["sections"]
    ]
    named = {name: tuple(data[name]) for name in ("headline", "remarks")}
    return Digest(**{**data, **named, "day": date.fromisoformat(data["day"]), "sections": tuple(sections)})


def _kept(home: Home, day: date) -> Path:
    return home.digests / f"{day.isoformat()}.{language()}.json"


def atom(digests: list[Digest], base: str) -> str:
    """Give an Atom feed of digests, newest first; `base` is the address of the pages, without a slash at its end."""
    entries = "".join(_entry(one, base) for one in digests)
    updated = _stamp(digests[0].day) if digests else "2020-01-01T00:00:00+07:00"
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">'
        f"<title>An sinh</title><id>urn:ansinh:ban-tin</id><updated>{updated}</updated>"
        f"<author><name>ansinh</name></author><link rel={quoteattr('self')} href={quoteattr(base + '/ban-tin.atom')}/>"
        f"{entries}</feed>\n"
    )


def _entry(one: Digest, base: str) -> str:
    link = quoteattr(f"{base}/ban-tin/{one.day.isoformat()}")
    return (
        f"<entry><title>{escape(one.subject)}</title><id>urn:ansinh:ban-tin:{one.day.isoformat()}</id>"
        f"<updated>{_stamp(one.day)}</updated><link href={link}/>"
        f'<content type="text">{escape(plain_text(one))}</content></entry>'
    )


def _stamp(day: date) -> str:
    return datetime.combine(day, time(23, 59, 59), VIETNAM).isoformat()
