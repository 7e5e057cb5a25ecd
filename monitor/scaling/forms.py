"""The forms that a record of a foreign archive has, and what is taken from it. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from crawler.judge import judge
from crawler.signs import HTML_TYPES
from crawler.urls import canonical
from crawler.warc import body_digest, check_digests, page_of, split_record
from extract import worth_reading
from model.records import Page
from monitor.documents import LONGEST
from monitor.scaling.packing import unpacked

_RESPONSE = re.compile(rb"(?im)^WARC-Type:[ \t]*response[ \t]*\r?$")
_LENGTH = re.compile(rb"(?im)^Content-Length:[ \t]*(\d+)[ \t]*\r?$")
_DONE = re.compile(rb"HTTP/\d(?:\.\d)? 200\b")
_TYPE = re.compile(rb"(?im)^Content-Type:[ \t]*([^;\r\n]*)")


def responses(raw: bytes) -> Iterator[tuple[dict[str, str], bytes]]:
    """Give fields and block of each response in an unpacked member, of which most hold one record.

    Raises ValueError where what should be a record is none, or is shorter than it says.
    """
    at = 0
    if not raw.startswith(b"WARC/"):
        raise ValueError("no WARC header")
    while raw.startswith(b"WARC/", at):
        stop = raw.find(b"\r\n\r\n", at)
        length = _LENGTH.search(raw, at, stop + 2) if stop >= 0 else None
        if length is None:
            raise ValueError("a record without its length")
        end = stop + 4 + int(length[1])
        if end > len(raw):
            raise ValueError("the record is shorter than it says")
        if _RESPONSE.search(raw, at, stop + 2):
            yield split_record(raw if at == 0 and end >= len(raw) - 4 else raw[at:end])
        at = end
        while raw[at : at + 1] in (b"\r", b"\n"):
            at += 1


def wanted(fields: Mapping[str, str], block: bytes, sites: Mapping[str, tuple[str, str | None]]) -> Page | None:
    """Give the page of a response as it is kept, or None where it is none that is read.

    Of foreign archives only articles that name insurance are taken. Raises ValueError or ArchiveError where the record
    is damaged; of what nobody wants, damage is not looked for.
    """
    if "x-ansinh-page" in fields:
        _check(fields, block, None)
        page = page_of(fields, block)[0]
        return page if page.kind == "article" else None
    head, _, raw = block.partition(b"\r\n\r\n")
    kind = _TYPE.search(head)
    if not _DONE.match(head) or (kind and kind[1].strip().lower().decode("latin-1") not in HTML_TYPES):
        return None
    body, flags = unpacked(raw, head)
    if not 0 < len(body) <= LONGEST or not worth_reading(body):
        return None
    _check(fields, block, body)
    page = page_of(fields, block)[0]
    url = canonical(page.url)
    if "warc-truncated" in fields:
        flags = (*flags, "dataloss")
    if not url or judge(page.status, page.headers, body, page.url, flags=flags).kind != "article":
        return None
    source, area = sites.get(urlsplit(url).netloc.removeprefix("www."), ("", None))
    return replace(page, url=url, body=body, digest=body_digest(body), kind="article", source=source, area=area)


def _check(fields: Mapping[str, str], block: bytes, body: bytes | None) -> None:
    """Compare a record with its digests; some crawlers digest the body as it was sent, others as it is meant."""
    wrong = check_digests(fields, block)
    if wrong and body is not None and "body" in wrong:
        only = {name: value for name, value in fields.items() if name != "warc-block-digest"}
        wrong = check_digests(only, b"\r\n\r\n" + body)
    if wrong:
        raise ValueError(wrong)
