"""How bodies lie in foreign archives: packed (gzip, deflate, brotli, zstd), in chunks, or neither. Pure.

Crawlers disagree on whether headers describe the body as sent or as archived: the bytes decide, and of deflate and
brotli, which have no mark of their own, the header together with what the bytes are not.
"""

import re
import sys
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

from monitor.documents import LONGEST

# Common Crawl keeps what described the transport under another name once it has unpacked the body.
_ENCODING = re.compile(rb"(?im)^(?:X-Crawler-|X-Archive-Orig-)?Content-Encoding:[ \t]*([^\r\n]*)")
_CHUNK_HEAD = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r\n")
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_PART = 1 << 16

Unpacked = tuple[bytes, bool]
"""A body without its packing, as much as is ever read, and whether it was cut."""


def unpacked(raw: bytes, head: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Give a body without its packing, as much as is ever read, and what was noticed on the way.

    Raises ValueError where it is said to be brotli and is neither that nor a page.
    """
    flags: tuple[str, ...] = ()
    joined = dechunked(raw)
    if joined is not None:
        raw, flags = joined
    unpack = _packing(raw, head)
    if unpack is None:
        return raw, flags
    plain, cut = unpack(raw)
    return plain, (*flags, "cut-encoding") if cut else flags


def _packing(raw: bytes, head: bytes) -> Callable[[bytes], Unpacked] | None:
    """Say how a body is to be unpacked; None where it is not packed."""
    if raw.startswith(_GZIP):
        return lambda body: _inflated(body, 31)
    if raw.startswith(_ZSTD):
        return _unzstd
    if b"<" in raw[:512]:
        return None
    found = _ENCODING.search(head)
    named = found[1].strip().lower() if found else b""
    return {b"deflate": _undeflate, b"br": _unbrotli}.get(named)


def _inflated(raw: bytes, bits: int) -> Unpacked:
    """Inflate; gives the bytes themselves where they are not packed so."""
    unpacker = zlib.decompressobj(bits)
    try:
        plain = unpacker.decompress(raw, LONGEST + 1)
    except zlib.error:
        return raw, False
    return plain, not unpacker.eof and len(plain) <= LONGEST


def _undeflate(raw: bytes) -> Unpacked:
    for bits in (15, -15):
        plain, cut = _inflated(raw, bits)
        if plain is not raw:
            return plain, cut
    return raw, False


def _unbrotli(raw: bytes) -> Unpacked:
    import brotli

    unpacker = brotli.Decompressor()
    parts, size, rest = list[bytes](), 0, raw
    try:
        while size <= LONGEST and not unpacker.is_finished():
            part = unpacker.process(rest, output_buffer_limit=_PART)
            if not part and not rest:
                break
            parts.append(part)
            size, rest = size + len(part), b""
    except brotli.error:
        raise ValueError("the body is not the brotli that its header says") from None
    return b"".join(parts), not unpacker.is_finished() and size <= LONGEST


def _unzstd(raw: bytes) -> Unpacked:
    module = _zstd()
    unpacker = module.ZstdDecompressor()
    try:
        plain: bytes = unpacker.decompress(raw, LONGEST + 1)
    except module.ZstdError:
        return raw, False
    return plain, not unpacker.eof and len(plain) <= LONGEST


@cache
def _zstd() -> Any:
    """Give the module for zstd: Python's own from 3.14 on, before that the one that Scrapy brings."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


def dechunked(raw: bytes) -> tuple[bytes, tuple[str, ...]] | None:
    """Join a body that was archived with its chunk sizes; None where it is not chunked throughout."""
    parts, at = list[bytes](), 0
    while head := _CHUNK_HEAD.match(raw, at):
        size = int(head[1], 16)
        if size == 0:
            return b"".join(parts), ()
        parts.append(raw[head.end() : head.end() + size])
        at = head.end() + size + 2
        if at > len(raw):
            return b"".join(parts), ("dataloss",)
        if raw[at - 2 : at] != b"\r\n":
            return None
    return (b"".join(parts), ("dataloss",)) if parts and at >= len(raw) else None
