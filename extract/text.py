"""The contract's text, and the same text made easy to match.

Three forms of one document:

- the *raw* text, as decoded from the page's bytes;
- the *contract text*: NFC, line ends `\\n`, otherwise untouched. All spans refer to it; of a page `trace_article`
  leads back to the source;
- the *matching form*: as long as the contract text, character for character, with look-alikes made alike. What a
  pattern finds in it at `[i:j]` stands in the contract text at `[i:j]`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

_LINE_ENDS = re.compile(r"\r\n?")


def expect(value: object, kinds: tuple[type, ...], what: str, cure: str) -> None:
    """Let a value of these kinds pass through a door of the room; TypeError says in one line what is wrong."""
    if not isinstance(value, kinds):
        told = " or ".join("None" if kind is type(None) else kind.__name__ for kind in kinds)
        raise TypeError(f"{what} is {type(value).__name__}, not {told}: {cure}.")


def contract_text(raw: str) -> str:
    """Give the text that spans refer to: NFC, line ends `\\n`, nothing else changed. Never fails; idempotent."""
    text = _LINE_ENDS.sub("\n", raw) if "\r" in raw else raw
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _look_alikes() -> dict[str, str]:
    """Every odd character and the one plain character it stands for, both of length 1."""
    pairs: dict[str, str] = {}
    # Spaces that are no U+0020, and characters that take no room at all. Tab and line end stay what they are.
    for char in "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000":
        pairs[char] = " "
    for char in "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\ufeff":
        pairs[char] = " "
    for char in "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63":
        pairs[char] = "-"
    pairs |= {"\u2044": "/", "\u2215": "/", "\u2024": ".", "\u201a": ",", "\u066a": "%", "\u2019": "'", "\u02bc": "'"}
    # Ð and ð are Icelandic; keyboards and OCR put them for Đ and đ. İ alone grows when it is made lower case.
    pairs |= {"\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u0256": "đ", "\u0130": "I"}
    # Cyrillic and Greek letters that a reader cannot tell from Latin ones.
    pairs |= dict(zip("АВЕКМНОРСТХаеорсухіј", "ABEKMHOPCTXaeopcyxij", strict=True))
    pairs |= dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
    pairs |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width forms
    return pairs


_ALIKE = _look_alikes()
_ODD = re.compile("[" + re.escape("".join(_ALIKE)) + "]")

# hoà → hòa, khoẻ → khỏe, thuỷ → thủy: the older placing of the tone mark in open syllables. `quý` has none to move.
_OLD_TONES = {
    old + vowel: new + plain
    for old, vowels, news, plain in (
        ("o", "àáảãạ", "òóỏõọ", "a"),
        ("o", "èéẻẽẹ", "òóỏõọ", "e"),
        ("u", "ỳýỷỹỵ", "ùúủũụ", "y"),
        ("O", "àáảãạ", "ÒÓỎÕỌ", "a"),
        ("O", "ÀÁẢÃẠ", "ÒÓỎÕỌ", "A"),
        ("O", "ÈÉẺẼẸ", "ÒÓỎÕỌ", "E"),
        ("U", "ỲÝỶỸỴ", "ÙÚỦŨỤ", "Y"),
    )
    for vowel, new in zip(vowels, news, strict=True)
}
_OLD_TONE = re.compile(r"[oOuU][àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ](?!\w)")


def matching_form(text: str) -> str:
    """Give `text` with look-alikes made alike, one character for one: `len` and all offsets stay.

    No-break, thin and zero-width spaces become spaces, dashes `-`, full-width forms ASCII, Ð and ð Đ and đ, Cyrillic
    and Greek doubles of Latin letters those letters; `hoà` becomes `hòa`. Made for contract text, safe for any.
    """
    return text if text.isascii() else _OLD_TONE.sub(_new_tone, plain_form(text))


def plain_form(text: str) -> str:
    """Give `text` with look-alikes made alike, tone marks left where they are; `len` and all offsets stay."""
    if not text.isascii():
        for odd in set(_ODD.findall(text)):
            text = text.replace(odd, _ALIKE[odd])
    return text


def _new_tone(found: re.Match[str]) -> str:
    if found[0][0] in "uU" and found.string[found.start() - 1 : found.start()] in ("q", "Q"):
        return found[0]
    return _OLD_TONES.get(found[0], found[0])


def lower_form(text: str) -> str:
    """Give the matching form in lower case; offsets stay (no character of a matching form grows by it)."""
    return matching_form(text).lower()


def lowered(text: str) -> str:
    """Give `text` in lower case with all offsets kept: letters that would grow (`İ`) stay as they are."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def matches_at(words: Iterable[str], low: str, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Give what `pattern.finditer(text)` gives, where each match begins as one of `words` does in `low`.

    `low` is the text itself, or its lower case. To look for one word after the other is many times as fast as to try
    a pattern of many branches at every letter.
    """
    found: set[int] = set()
    for word in words:
        at = low.find(word)
        while at >= 0:
            found.add(at)
            at = low.find(word, at + 1)
    done = 0
    for at in sorted(found):
        match = pattern.match(text, at) if at >= done else None
        if match is not None:
            done = match.end()
            yield match
