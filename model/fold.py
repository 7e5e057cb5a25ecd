"""Two ways to compare Vietnamese names: with the diacritics (`same_spelling`) and without them (`fold`)."""

import re
import unicodedata
from functools import lru_cache

_LOOKALIKES = str.maketrans(
    {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ", "\u00a0": " ", "\u200b": None, "\ufeff": None, "\u00ad": None}
)
_D = str.maketrans({"đ": "d", "ð": "d", "Đ": "d", "Ð": "d"})

_NEW_TO_OLD = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_NEW_MARK = re.compile(r"(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)")
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Lower case without diacritics: `Đắk Lắk` and `dak  lak` both give `dak lak`.

    đ becomes d (as does the look-alike Ð, U+00D0), white space collapses to single spaces, none at the ends.
    The length may change: never use it to find spans.
    """
    plain = unicodedata.normalize("NFD", text.lower().translate(_LOOKALIKES).translate(_D))
    if not plain.isascii():
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _SPACES.sub(" ", plain).strip()


@lru_cache(maxsize=32768)
def same_spelling(text: str) -> str:
    """A key that equals for two ways of writing one Vietnamese word, and differs where the word differs.

    NFC, lower case, Ð (U+00D0) read as Đ, tone marks in the old place (`hoà` → `hòa`, `thuý` → `thúy`; `quý` stays),
    white space collapsed. Diacritics are kept: `Hòa Bình` and `Hoa Bình` differ.
    """
    plain = unicodedata.normalize("NFC", text.translate(_LOOKALIKES)).lower()
    if not plain.isascii():
        plain = _NEW_MARK.sub(lambda match: _NEW_TO_OLD[match.group()], plain)
    return _SPACES.sub(" ", plain).strip()
