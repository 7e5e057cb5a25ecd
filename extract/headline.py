"""What an article's address says it is about, where no title is known: addresses carry headlines in plain letters."""

import re
import unicodedata
from urllib.parse import unquote, urlsplit

_SCHEMES = {
    "bao hiem xa hoi": "bảo hiểm xã hội",
    "bao hiem y te": "bảo hiểm y tế",
    "bao hiem that nghiep": "bảo hiểm thất nghiệp",
    "bh that nghiep": "bảo hiểm thất nghiệp",
    "no bao hiem": "nợ bảo hiểm",
    "no dong bao hiem": "nợ đóng bảo hiểm",
    "tien bao hiem": "đóng bảo hiểm",
    "bhxh": "BHXH",
    "bhyt": "BHYT",
    "bhtn": "BHTN",
}
_PARTS = {
    "tu nguyen": "tự nguyện",
    "bat buoc": "bắt buộc",
    "ho gia dinh": "hộ gia đình",
    "hoc sinh sinh vien": "học sinh, sinh viên",
    "hoc sinh": "học sinh",
    "sinh vien": "sinh viên",
    "hssv": "HSSV",
}
_SPOKEN = _SCHEMES | _PARTS
"""Words of insurance without their marks → with them; nothing else of an address is restored."""
_WORDS = re.compile(r"(?<![a-z0-9])(?:" + "|".join(sorted(_SPOKEN, key=lambda word: -len(word))) + r")(?![a-z0-9])")
_OFFICE = re.compile(r" (?:tinh|thanh pho|tp|huyen|quan|thi xa|viet nam|khu vuc|co so|lien huyen)(?![a-z])")
"""Behind `bhxh`: an office is named, not what it insures."""
_BETWEEN = re.compile(r"[\s_+\-.,]+")
_SEARCHES = re.compile(r"/(?:search|tim-kiem|tags?|chu-de|topic)(?:[/.?]|$)", re.I)
"""Addresses of lists, which are about what was searched for, not about what they show."""


def topic_of_address(url: str | None) -> str | None:
    """Give the insurances that an address names, spelt as in a title; None where it names none.

    `.../phat-trien-nguoi-tham-gia-bhxh-tu-nguyen-120629.html` is about `BHXH tự nguyện`.
    """
    if not url or _SEARCHES.search(url):
        return None
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return None
    slug = max(path.split("/"), key=len)
    plain = unicodedata.normalize("NFD", slug.lower().replace("đ", "d"))
    plain = _BETWEEN.sub(" ", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    told: list[str] = []
    for match in _WORDS.finditer(plain):
        word = match[0]
        if word in ("bhxh", "bao hiem xa hoi") and _OFFICE.match(plain, match.end()):
            continue
        if word in _SCHEMES:
            told.append(_SCHEMES[word])
        elif told:
            told[-1] += " " + _PARTS[word]
    narrow = [one for one in told if not any(other != one and other.startswith(one) for other in told)]
    return ", ".join(dict.fromkeys(narrow)) or None
