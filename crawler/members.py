"""Inside a `.warc.gz`: its gzip members one by one, damaged ones passed over; and the lines of the index beside it."""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from crawler.warc import MAX_RECORD
from model.records import Page

_CHUNK = 1 << 18


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Where one record lies."""

    url: str
    """Canonical address of the page."""
    at: str
    """When it was fetched, UTC, `YYYYMMDDhhmmssffffff`."""
    warc_file: str
    """File, relative to the archive's folder."""
    warc_offset: int
    """Byte offset of the record."""
    digest: str
    """`sha256:<hex>` of the body."""
    outcome: str = ""
    """How the fetch ended: `new`, `changed`, ...; `""` for foreign records."""


def members(file: IO[bytes], size: int, start: int = 0) -> Iterator[tuple[int, bytes | str]]:
    """Give offset and bytes of each member that begins from `start` on and before `size`.

    One that cannot be unpacked is a text that says why.
    """
    offset = start
    while offset < size:
        file.seek(offset)
        try:
            raw, length = unpack(file)
        except (zlib.error, EOFError, ValueError) as error:
            yield offset, f"unreadable from here ({error})"
            offset = _next_member(file, offset + 1)
            continue
        yield offset, raw
        offset += length


def unpack(file: IO[bytes]) -> tuple[bytes, int]:
    """Unpack the gzip member that begins here; gives its bytes and its packed length."""
    unpacker = zlib.decompressobj(31)
    parts, size, length = [], 0, 0
    while not unpacker.eof:
        chunk = file.read(_CHUNK)
        if not chunk:
            raise EOFError("the file ends inside a record")
        part = unpacker.decompress(chunk, MAX_RECORD - size + 1)
        size += len(part)
        if size > MAX_RECORD:
            raise ValueError("the record is larger than 256 MB")
        parts.append(part)
        length += len(chunk)
    return b"".join(parts), length - len(unpacker.unused_data)


def _next_member(file: IO[bytes], start: int) -> int:
    """Give where the next gzip member may begin, or the end of the file."""
    file.seek(start)
    carried = b""
    position = start
    while chunk := file.read(_CHUNK):
        data = carried + chunk
        found = data.find(b"\x1f\x8b\x08")
        if found >= 0:
            return position - len(carried) + found
        position += len(chunk)
        carried = data[-2:]
    return position


def index_line(page: Page, outcome: str) -> str:
    """Give the index's line of an archived page: address, instant, then the rest as JSON."""
    facts: dict[str, Any] = {"offset": page.warc_offset, "digest": page.digest, "status": page.status}
    if outcome:
        facts["outcome"] = outcome
    return f"{page.url} {page.fetched_at:%Y%m%d%H%M%S%f} {json.dumps(facts)}\n"


def entry_of(line: str, name: str) -> Entry:
    """Read one line of the index of the file `name`."""
    url, at, facts = line.rstrip("\n").split(" ", 2)
    known = json.loads(facts)
    return Entry(
        url=url, at=at, warc_file=name, warc_offset=known["offset"], digest=known["digest"],
        outcome=known.get("outcome", ""),
    )  # fmt: skip
