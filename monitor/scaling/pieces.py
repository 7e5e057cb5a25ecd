"""A web archive cut into pieces that can be read apart, each beginning and ending where a record does."""

import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO

from monitor.reading import Rules

PIECE = 4 << 20
"""Packed bytes of a piece: some hundred pages, a second of work, and no more than a few MB on any way."""

_CHUNK = 1 << 18
_MAGIC = b"\x1f\x8b\x08"
_TAIL = 1 << 16


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """What a piece is read under; the same for all pieces of a run."""

    rules: Rules
    sites: dict[str, tuple[str, str | None]]
    """Site without `www.` → id of its source and name of the area it serves."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A stretch of a file that one worker reads."""

    path: Path
    start: int
    """Byte where its first record begins."""
    end: int
    """Byte after its last one."""
    read_at: datetime
    """Instant that its readings bear, UTC."""
    again: bool = False
    """True where it was read before and was damaged."""
    packed: bytes | None = None
    """Its bytes, where the worker has no such file; None where it is to open it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A part of a file that cannot be read, in bytes."""

    start: int
    end: int
    fault: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """How far a file is stored. Kept in the database, so that it goes back with it when a backup is restored."""

    until: int = 0
    """All before this byte is stored, but for what is damaged."""
    check: str = ""
    """Digest of the bytes just before `until`: another file with the same beginning is found out."""
    records: int = 0
    """Responses that were looked at."""
    damaged: tuple[tuple[int, int], ...] = field(default=())
    """Stretches that could not be read and are tried again."""

    def written(self) -> str:
        """Give it as text."""
        return json.dumps([self.until, self.check, self.records, self.damaged])


def name_of(path: Path) -> str:
    """Give the name under which a file's mark is kept: by how the file begins, wherever it lies."""
    with path.open("rb") as file:
        return "ingested " + hashlib.sha256(file.read(4096)).hexdigest()


def check_of(path: Path, until: int) -> str:
    """Give the digest of the bytes just before `until`."""
    with path.open("rb") as file:
        file.seek(max(0, until - _TAIL))
        return hashlib.sha256(file.read(min(until, _TAIL))).hexdigest()


def mark_of(path: Path, written: str) -> Mark:
    """Read a file's mark; a new one where there is none or where it is another file's."""
    if not written:
        return Mark()
    until, check, records, damaged = json.loads(written)
    mark = Mark(until=until, check=check, records=records, damaged=tuple((start, end) for start, end in damaged))
    return mark if until <= path.stat().st_size and check_of(path, until) == check else Mark()


def advanced(mark: Mark, piece: Piece, records: int, damaged: Sequence[Stretch]) -> Mark:
    """Give the mark after a piece was stored; a torn end is no part of what is stored."""
    size = piece.path.stat().st_size
    stretches = [(one.start, one.end) for one in damaged]
    if piece.again:
        kept = [one for one in mark.damaged if not piece.start <= one[0] < piece.end]
        return replace(mark, records=mark.records + records, damaged=tuple(sorted([*kept, *stretches])))
    torn = next((start for start, end in stretches if end >= size), None)
    until = piece.end if torn is None else torn
    stretches = [one for one in stretches if one[0] != torn]
    return Mark(
        until=until, check=check_of(piece.path, until), records=mark.records + records,
        damaged=(*mark.damaged, *stretches),
    )  # fmt: skip


def pieces_of(path: Path, mark: Mark, read_at: datetime, size: int = PIECE) -> Iterator[Piece]:
    """Give the pieces of a file that are not stored yet: first what was damaged, then what follows the mark."""
    for start, end in mark.damaged:
        yield Piece(path=path, start=start, end=end, read_at=read_at, again=True)
    length = path.stat().st_size
    with path.open("rb") as file:
        start = mark.until
        while start < length:
            end = _next_record(file, start + size, length)
            yield Piece(path=path, start=start, end=end, read_at=read_at)
            start = end


def _next_record(file: IO[bytes], start: int, length: int) -> int:
    """Give where the next record begins, at `start` or after it; the file's length where none does."""
    carried, position = b"", start
    file.seek(start)
    while start < length and (chunk := file.read(_CHUNK)):
        data, base = carried + chunk, position - len(carried)
        found = data.find(_MAGIC)
        while found >= 0:
            if _begins_record(file, base + found):
                return base + found
            found = data.find(_MAGIC, found + 1)
        position += len(chunk)
        carried = data[-2:]
        file.seek(position)
    return length


def _begins_record(file: IO[bytes], offset: int) -> bool:
    """Say whether a packed record begins here: three bytes alone occur by chance."""
    file.seek(offset)
    try:
        return zlib.decompressobj(31).decompress(file.read(4096), 5) == b"WARC/"
    except zlib.error:
        return False
