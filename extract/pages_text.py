"""Turns a page's bytes into characters."""

import re
import unicodedata
import zlib

from extract.legacy import decode, repair

_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_\-:]{2,40})""", re.IGNORECASE)
_LONGEST = 64_000_000


def page_text(page: bytes | str) -> str:
    """Give the page's characters: unpacked, decoded by what its bytes show, old Vietnamese fonts repaired."""
    if isinstance(page, str):
        repaired = repair(page)
        return (repaired[0] if repaired else page).replace("\x00", " ")
    body = unpacked(page)
    declared = _CHARSET.search(body[:4096])
    text, name = decode(body, declared.group(1).decode("ascii") if declared else None)
    if not name.startswith("utf"):
        text = unicodedata.normalize("NFC", text)  # windows-1258 keeps tone marks apart
    return text.removeprefix("\ufeff").replace("\x00", " ")


def unpacked(page: bytes) -> bytes:
    """Give the body without gzip or zlib around it; a cut or oversized archive gives what can be had."""
    if not page.startswith((b"\x1f\x8b", b"\x78\x9c", b"\x78\xda")):
        return page
    unpacker = zlib.decompressobj(wbits=47)
    try:
        return unpacker.decompress(page, _LONGEST) or page
    except zlib.error:
        return page
