"""From a page's bytes to characters, old Vietnamese encodings included: `decode`.

Three kinds of old pages are met. windows-1258 keeps tone marks as characters of their own, which NFC joins. TCVN3
("ABC" fonts) and VNI put Vietnamese glyphs at Latin codes, so the text reads `B¶o hiÓm` or `Baûo hieåm` in any
encoding, UTF-8 too. And there is UTF-8 that was read as windows-1252 and written as UTF-8 again. Each is told by
frequent words, which look like nothing else. Repairing TCVN3 and VNI needs the extra `legacy`; without it the text
stays and its name says so.
"""

import codecs
import re
import unicodedata

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
UNREAD = "-unread"
"""Ending of the name of an encoding that was recognised but could not be repaired: install the extra `legacy`."""

# và của các người được đến là những có không, as each encoding shows them.
_PROPER = re.compile(r"(?<!\w)(?:và|của|các|người|được|đến|là|những|có|không|ngày|tỉnh)(?!\w)", re.IGNORECASE)
_TCVN3 = re.compile(
    r"(?<!\w)(?:vµ|cña|c¸c|ng\xadêi|®\xadîc|®Õn|lµ|nh÷ng|kh«ng|ngµy|tØnh|b¶o|x· héi|y tÕ)(?!\w)", re.IGNORECASE
)
_VNI = re.compile(
    r"(?<!\w)(?:vaø|cuûa|caùc|ngöôøi|ñöôïc|ñeán|laø|nhöõng|khoâng|ngaøy|tænh|baûo|xaõ hoäi|y teá)(?!\w)", re.IGNORECASE
)
_FONTS = (("tcvn3", _TCVN3, "µ"), ("vni", _VNI, "øûñ"))
"""Encoding, its words, and letters that sound Vietnamese never has and it always has: the cheap look."""
# `áº`, `á»`, `Ä‘`, `Æ°`: the first bytes of Vietnamese letters in UTF-8, read one by one.
_TWICE = re.compile("á[º»]|Ä[\u0091\u2018\x90]|Æ[°¡\u00a0]|Ã[\u00a0-\u00bf]")
_UNICODE_ONLY = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_FEW = 3
_SAMPLE = 400_000


def decode(body: bytes, declared: str | None = None) -> tuple[str, str]:
    """Give the characters of `body` and the name of what it was read as. Never fails, loses no readable byte.

    `declared` is the encoding that header or page names, None where none does; it is believed last, for many name a
    wrong one. The name is a codec's (`utf-8`, `utf-16-le`, `cp1258`, ...), or `tcvn3`, `vni`, `utf-8-twice` for text
    repaired beyond that; `tcvn3-unread`, `vni-unread` where the extra `legacy` is missing and the text is left alone.
    """
    text, name = _characters(body, declared)
    repaired = repair(text)
    return repaired if repaired else (text, name)


def repair(text: str) -> tuple[str, str] | None:
    """Give the text that font-coded or twice-encoded text stands for, and what it was; None where it is sound."""
    if text.isascii():
        return None
    sample = text[:_SAMPLE]
    if ("áº" in sample or "á»" in sample) and len(_TWICE.findall(sample)) > 10 * max(1, len(_PROPER.findall(sample))):
        once = _once(text)
        if once is not None:
            return once, "utf-8-twice"
    for name, words, letters in _FONTS:
        if any(letter in sample for letter in letters):
            found = len(words.findall(sample))
            if found >= _FEW and found >= len(_PROPER.findall(sample)):
                return _from_font(text, name)
    return None


def _characters(body: bytes, declared: str | None) -> tuple[str, str]:
    """Turn bytes to characters by mark, by validity as UTF-8, by NULs, by frequent words, by declaration."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace"), name
    wide = _wide(body)
    if wide:
        return body.decode(wide, "replace"), wide
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(body):
        return body.decode("utf-8", "replace"), "utf-8"
    return _one_byte(body, _known(declared))


def _wide(body: bytes) -> str | None:
    """Tell UTF-16 without a mark by the NULs beside its Latin letters."""
    head = body[:4000]
    half = len(head) // 2
    if half < 4:
        return None
    for name, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        if head[first::2].count(0) > 0.3 * half and head[1 - first :: 2].count(0) < 0.05 * half:
            return name
    return None


def _mostly_utf8(body: bytes) -> bool:
    """Tell whether broken bytes are few beside valid sequences: a page cut in a letter, a foreign advertisement."""
    shown = body[:_SAMPLE].decode("utf-8", "replace")
    broken = shown.count("\ufffd")
    return broken * 5 < len(re.findall("[^\x00-\x7f\ufffd]", shown)) and broken * 20 < len(shown)


def _known(declared: str | None) -> str | None:
    """The declared codec, where Python has it and it reads single bytes as text."""
    try:
        name = codecs.lookup((declared or "").strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return None if name.startswith(("utf", "punycode", "idna")) or not _is_text(name) else name


def _is_text(name: str) -> bool:
    """Say whether a codec gives text (`rot13` and `hex` do not read bytes)."""
    try:
        return isinstance(b"a".decode(name), str)
    except (LookupError, ValueError, AssertionError):
        return False


def _one_byte(body: bytes, declared: str | None) -> tuple[str, str]:
    """Choose between windows-1258 and font-coded Latin by frequent words; else believe the declaration."""
    head = body[:_SAMPLE]
    scores = {"cp1258": len(_PROPER.findall(unicodedata.normalize("NFC", head.decode("cp1258", "replace"))))}
    plain = head.decode("latin-1")
    scores["latin-1"] = max(len(words.findall(plain)) for _, words, _ in _FONTS)
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= _FEW or declared is None:
        return body.decode(best if scores[best] else "cp1258", "replace"), best if scores[best] else "cp1258"
    return body.decode(declared, "replace"), declared


def _once(text: str) -> str | None:
    """Undo one round of reading UTF-8 as windows-1252; None where the characters are not of that making."""
    made = bytearray()
    for char in text:
        code = ord(char)
        if code < 0x100:
            made.append(code)
            continue
        try:
            made += char.encode("cp1252")
        except UnicodeEncodeError:
            return None
    try:
        return made.decode("utf-8")
    except UnicodeDecodeError:
        shown = made.decode("utf-8", "replace")
        return shown if shown.count("\ufffd") * 50 < len(shown) else None


_RUN = re.compile(r"[^<>\n]+")
_INSIDE = {
    "tcvn3": re.compile("[^\\W\\d_][µ¸¶·¹¨»¾¼½©ª«¬\xad]|®[^\\W\\d_]"),
    "vni": re.compile("[aeouyöô][øùûõïâáàåãäéèêëúüñ]|ñ[aeiouyöô]", re.IGNORECASE),
}


def _from_font(text: str, name: str) -> tuple[str, str]:
    """Repair font-coded text; on a page that also holds sound Vietnamese, only the stretches that are font-coded."""
    try:
        from viparse import fix
    except ImportError:
        return text, name + UNREAD

    def mended(run: re.Match[str]) -> str:
        coded = _INSIDE[name].search(run[0]) and not _UNICODE_ONLY.search(run[0])
        return str(fix(run[0], encoding=name)) if coded else run[0]

    if len(_UNICODE_ONLY.findall(text[:_SAMPLE])) <= _FEW:
        return str(fix(text, encoding=name)), name
    return _RUN.sub(mended, text), name
