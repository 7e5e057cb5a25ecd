"""Turns a page's body into characters: unpacked, then decoded through the one door for encodings."""

import re
import zlib

from extract.pages.legacy import decode, repair

_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_\-:]{2,40})""", re.IGNORECASE)
_PACKED = (b"\x1f\x8b", b"\x78\x9c", b"\x78\xda")
_HEAD = 4096
_LONGEST = 64_000_000


def page_text(page: bytes | str) -> str:
    """Give the page's characters, old encodings repaired; never fails."""
    if isinstance(page, str):
        repaired = repair(page)
        return (repaired[0] if repaired else page).replace("\x00", " ")
    body = unpacked(page)
    declared = _CHARSET.search(body[:_HEAD])
    text, _ = decode(body, declared.group(1).decode("ascii") if declared else None)
    return text.replace("\x00", " ")


def unpacked(page: bytes) -> bytes:
    """Give the body without gzip or zlib around it; a cut or oversized archive gives what can be had."""
    if not page.startswith(_PACKED):
        return page
    unpacker = zlib.decompressobj(wbits=47)
    try:
        return unpacker.decompress(page, _LONGEST) or page
    except zlib.error:
        return page
