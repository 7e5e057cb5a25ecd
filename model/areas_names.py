"""How names of areas are written: rank words and their abbreviations, and keys that do not mind spelling habits."""

import re
from functools import lru_cache

from model.fold import same_spelling
from model.records import AreaLevel

RANK_LEVELS: dict[str, tuple[AreaLevel, ...]] = {
    "tỉnh": ("province",),
    "thành phố": ("province", "district"),
    "quận": ("district",),
    "huyện": ("district",),
    "thị xã": ("district",),
    "phường": ("commune",),
    "xã": ("commune",),
    "thị trấn": ("commune",),
    "đặc khu": ("commune",),
    "vùng": ("region",),
    "khu vực": ("region",),
}
"""Ranks that stand before a name, and the levels that bear them."""

RANK_WORDS: dict[str, str] = {
    **{rank: rank for rank in RANK_LEVELS},
    "tp": "thành phố", "t.p": "thành phố", "thành phố thuộc tỉnh": "thành phố", "tx": "thị xã", "t.x": "thị xã",
    "tt": "thị trấn", "t.t": "thị trấn", "q": "quận", "h": "huyện", "p": "phường", "x": "xã", "t": "tỉnh",
    "đặc khu kinh tế": "đặc khu", "huyện đảo": "huyện", "xã đảo": "xã",
}  # fmt: skip
"""Rank as written (lower case, without its dot) → rank."""

_SPELLED = sorted((word for word in RANK_WORDS if len(word) > 3 or word in ("xã",)), key=len, reverse=True)
_SHORT = sorted(set(RANK_WORDS) - set(_SPELLED), key=len, reverse=True)
_RANK = re.compile(
    rf"^(?:({'|'.join(map(re.escape, _SPELLED))})\s+|({'|'.join(map(re.escape, _SHORT))})(?:\.\s*|\s+))(?=\S)"
)
_SHORT_AND_NUMBER = re.compile(r"^(q|p)\.?\s*(\d{1,2})$")
_NUMBERED = re.compile(r"^(phường|quận) (?:0*(\d+)|([ivx]+))$")
_SINGLE_I = re.compile(r"(?<!\w)(h|k|l|m|s|t|v|qu)([iìíỉĩị])(?!\w)")
_TO_Y = str.maketrans("iìíỉĩị", "yỳýỷỹỵ")
_HIGHLAND = re.compile(r"(?<!\w)(?:đ[ăắaá][ck]|p[ăắaá][ck])(?!\w)")
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_HYPHENS = re.compile(r"\s*[-‐‑–—]\s*")
_ROMAN = {"i": 1, "v": 5, "x": 10}


def roman_value(numeral: str) -> int:
    """Give the value of a Roman numeral up to XXXIX in lower case: `xxii` is 22."""
    values = [_ROMAN[letter] for letter in numeral]
    return sum(-one if one < next_one else one for one, next_one in zip(values, [*values[1:], 0], strict=True))


@lru_cache(maxsize=32768)
def name_key(name: str) -> str:
    """A key that equals for all habits of writing one name; diacritics count.

    Tone marks old or new, i or y in open syllables (`Qui Nhơn`), apostrophes (`M'Đrắk`), `Đăk`, `Đắc` and `Đak`,
    hyphens with or without spaces, numbers of wards with leading zeros or in Roman: `Phường IV` gives `phường 4`.
    """
    key = _APOSTROPHES.sub("", same_spelling(name))
    if "-" in key or "–" in key or "—" in key or "‑" in key or "‐" in key:
        key = _HYPHENS.sub(" - ", key).strip(" -")
    key = _SINGLE_I.sub(lambda match: match[1] + match[2].translate(_TO_Y), key)
    if "đ" in key or "p" in key:
        key = _HIGHLAND.sub(lambda match: match[0][0] + "ắk", key)
    numbered = _NUMBERED.match(key)
    if numbered:
        key = f"{numbered[1]} {int(numbered[2]) if numbered[2] else roman_value(numbered[3])}"
    return key


def split_rank(name: str) -> tuple[str | None, str]:
    """Take the rank off a name: `TP. Huế` gives (`thành phố`, `Huế`); `Quận 3` keeps it: (`quận`, `Quận 3`)."""
    name = " ".join(name.split())
    lowered = same_spelling(name)
    if len(lowered) != len(name):
        name = lowered
    short = _SHORT_AND_NUMBER.match(lowered)
    if short:
        rank = RANK_WORDS[short[1]]
        return rank, f"{rank.capitalize()} {int(short[2])}"
    if _NUMBERED.match(lowered):
        return lowered.split(" ")[0], name
    match = _RANK.match(lowered)
    if not match:
        return None, name
    return RANK_WORDS[match[1] or match[2]], name[match.end() :]
