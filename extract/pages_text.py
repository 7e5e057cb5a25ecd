"""Turns a page's bytes into characters."""

import codecs
import re
import unicodedata
import zlib

_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_\-:]{2,40})""", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LONGEST = 64_000_000


def page_text(page: bytes | str) -> str:
    """Give the page's characters: unpacked, decoded by mark, by validity as UTF-8, by declaration, in that order."""
    if isinstance(page, str):
        return page.replace("\x00", " ")
    body = unpacked(page)
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace").replace("\x00", " ")
    try:
        return body.decode("utf-8").replace("\x00", " ")
    except UnicodeDecodeError as error:
        broken = error
    declared = _CHARSET.search(body[:4096])
    name = declared.group(1).decode("ascii").lower() if declared else ""
    if name and name.replace("_", "-") not in ("utf-8", "utf8"):
        try:
            return unicodedata.normalize("NFC", body.decode(name, "replace")).replace("\x00", " ")
        except (LookupError, ValueError):
            name = ""
    if broken.start > 0.9 * len(body) or _mostly_utf8(body):
        return body.decode("utf-8", "replace").replace("\x00", " ")
    return unicodedata.normalize("NFC", body.decode("cp1258", "replace")).replace("\x00", " ")


def unpacked(page: bytes) -> bytes:
    """Give the body without gzip or zlib around it; a cut or oversized archive gives what can be had."""
    if not page.startswith((b"\x1f\x8b", b"\x78\x9c", b"\x78\xda")):
        return page
    unpacker = zlib.decompressobj(wbits=47)
    try:
        return unpacker.decompress(page, _LONGEST) or page
    except zlib.error:
        return page


def _mostly_utf8(body: bytes) -> bool:
    """Tell whether broken bytes are few beside valid sequences of several bytes."""
    shown = body.decode("utf-8", "replace")
    return shown.count("\ufffd") * 5 < sum(1 for sign in shown[:200_000] if sign > "\x7f")
