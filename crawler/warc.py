"""WARC records: how a page is written as one, and how one is read back. Pure bytes; files are the archive's matter."""

import base64
import hashlib
import json
import struct
import uuid
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Any

from model.errors import ArchiveError
from model.records import Page

LEVEL = 1
"""Compression: level 1 keeps a 59 KB page under half a millisecond and costs a sixth in size against level 6."""

_DROPPED = {"content-encoding", "transfer-encoding", "content-length"}
"""The body is archived decoded: what described its transport is kept under another name."""

MAX_RECORD = 256 * 1024 * 1024
"""Bytes that one unpacked record may have."""


HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x04\x03"
"""How each of our gzip members begins: no name, no time, fastest compression."""


def is_ours(raw: bytes) -> bool:
    """Say whether an unpacked record was written here."""
    return b"\r\nX-Ansinh-Page: " in raw[:8192] or b"software: ansinh" in raw[:2048]


def body_digest(body: bytes) -> str:
    """Give the page's digest: `sha256:<hex>`."""
    return "sha256:" + hashlib.sha256(body).hexdigest()


def response_record(page: Page, outcome: str) -> bytes:
    """Give the gzip member of a page (its digest set): a `response` record, body decoded, with what was known."""
    payload = _http_head(page) + page.body
    fields = [
        ("WARC-Type", "response"),
        ("WARC-Record-ID", f"<urn:uuid:{uuid.uuid4()}>"),
        ("WARC-Date", page.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")),
        ("WARC-Target-URI", page.fetched_url),
        ("WARC-Payload-Digest", "sha256:" + _base32(bytes.fromhex(page.digest.partition(":")[2]))),
        ("WARC-Block-Digest", "sha256:" + _base32(hashlib.sha256(payload).digest())),
        ("Content-Type", "application/http; msgtype=response"),
        ("X-Ansinh-Page", _known(page, outcome)),
    ]
    return _member(fields, payload)


def info_record(filename: str, moment: datetime, about: Mapping[str, str]) -> bytes:
    """Give the gzip member that opens a file: who wrote it, when and how."""
    payload = "".join(f"{key}: {value}\r\n" for key, value in about.items()).encode()
    fields = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", f"<urn:uuid:{uuid.uuid4()}>"),
        ("WARC-Date", moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")),
        ("WARC-Filename", filename),
        ("Content-Type", "application/warc-fields"),
    ]
    return _member(fields, payload)


def _member(fields: Iterable[tuple[str, str]], payload: bytes) -> bytes:
    head = "WARC/1.1\r\n" + "".join(f"{key}: {value}\r\n" for key, value in fields)
    raw = f"{head}Content-Length: {len(payload)}\r\n\r\n".encode() + payload + b"\r\n\r\n"
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    tail = struct.pack("<II", zlib.crc32(raw), len(raw) & 0xFFFFFFFF)
    return HEADER + packer.compress(raw) + packer.flush() + tail


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode("ascii")


def _http_head(page: Page) -> bytes:
    try:
        phrase = HTTPStatus(page.status).phrase
    except ValueError:
        phrase = "Unknown"
    lines = [f"HTTP/1.1 {page.status or 200} {phrase}"]
    for name, value in page.headers.items():
        shown = f"X-Archive-Orig-{name}" if name.lower() in _DROPPED else name
        lines.append(f"{shown}: {' '.join(value.split())}")
    lines.append(f"Content-Length: {len(page.body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", errors="replace")


def _known(page: Page, outcome: str) -> str:
    facts: dict[str, Any] = {
        "url": page.url,
        "source": page.source,
        "kind": page.kind,
        "reason": page.reason,
        "robots": page.robots,
        "outcome": outcome,
        "status": page.status,
        "published": page.published.isoformat() if page.published else None,
        "title": page.title,
        "area": page.area,
    }
    return json.dumps({key: value for key, value in facts.items() if value not in ("", None)}, ensure_ascii=True)


def split_record(raw: bytes) -> tuple[dict[str, str], bytes]:
    """Split one unpacked record into its fields (names in lower case) and its block."""
    head, found, rest = raw.partition(b"\r\n\r\n")
    if not found or not head.startswith(b"WARC/"):
        raise ValueError("no WARC header")
    fields = _fields(head)
    length = int(fields.get("content-length", "-1"))
    if length < 0 or len(rest) < length:
        raise ValueError("the record is shorter than it says")
    return fields, rest[:length]


def _fields(head: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in head.decode("utf-8", errors="replace").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        key = name.strip().lower()
        found[key] = f"{found[key]}, {value.strip()}" if key in found else value.strip()
    return found


def check_digests(fields: Mapping[str, str], block: bytes) -> str:
    """Compare a record's digests with its bytes; `""` where they agree (or none is named), else what differs."""
    wanted = fields.get("warc-block-digest", "")
    if wanted and not _agrees(wanted, block):
        return "the block does not match its digest"
    wanted = fields.get("warc-payload-digest", "")
    if wanted and fields.get("warc-type") == "response" and not _agrees(wanted, block.partition(b"\r\n\r\n")[2]):
        return "the body does not match its digest"
    return ""


def _agrees(wanted: str, data: bytes) -> bool:
    name, _, value = wanted.partition(":")
    try:
        raw = hashlib.new(name.replace("-", ""), data).digest()
    except ValueError:
        return True  # an algorithm unknown here proves nothing
    return value.rstrip("=").upper() in {_base32(raw).rstrip("="), raw.hex().upper()}


def page_of(fields: Mapping[str, str], block: bytes, *, where: tuple[str, int] = ("", 0)) -> tuple[Page, str]:
    """Make the page of a `response` record, with the outcome it was archived with (`""` for foreign records)."""
    head, _, body = block.partition(b"\r\n\r\n")
    status_line = head.partition(b"\r\n")[0].decode("latin-1").split()
    headers = {
        name.removeprefix("x-archive-orig-") if name.removeprefix("x-archive-orig-") in _DROPPED else name: value
        for name, value in _fields(head).items()
        if name != "content-length"
    }
    known = _facts(fields.get("x-ansinh-page", ""))
    target = fields.get("warc-target-uri", "").strip("<>")
    page = Page(
        url=known.get("url") or target,
        fetched_url=target,
        source=known.get("source", ""),
        fetched_at=_moment(fields.get("warc-date", "")),
        status=known.get("status", int(status_line[1]) if len(status_line) > 1 and status_line[1].isdigit() else 0),
        headers=headers,
        body=body,
        kind=known.get("kind", "other"),
        reason=known.get("reason", ""),
        robots=known.get("robots", ""),
        digest=body_digest(body),
        warc_file=where[0],
        warc_offset=where[1],
        published=_day_or_moment(known.get("published")),
        title=known.get("title"),
        area=known.get("area"),
    )
    return page, str(known.get("outcome", ""))


def _facts(text: str) -> dict[str, Any]:
    try:
        facts = json.loads(text) if text else {}
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise ArchiveError(f"a record's date '{text}' cannot be read", cure="leave that file out") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _day_or_moment(text: Any) -> date | datetime | None:
    if not isinstance(text, str):
        return None
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return None
