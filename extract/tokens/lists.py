"""Lists whose unit of money stands at one figure only: `Thanh Hóa 341, Bình Dương 329, Đồng Nai 308 tỷ đồng`."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.quantities.record import Quantity
from extract.rules.pattern import FIGURES, NAMES

if TYPE_CHECKING:
    from extract.tokens.row import Token

WORTHS = {"nghìn tỷ": 1e12, "nghìn tỉ": 1e12, "tỷ": 1e9, "tỉ": 1e9, "triệu": 1e6}
SCALE = re.compile(r"(?<!\w)(nghìn tỷ|nghìn tỉ|tỷ|tỉ|triệu)(?: đồng|đ)?$", re.I)
BETWEEN = frozenset({NAMES["PLACE"], NAMES["SCHEME"], ",", ";", "w"})
JOINING = frozenset({"và", "còn", "cùng", "là"})
BARE, MONEY = FIGURES["bare"], FIGURES["money"]
MOVED = (("giảm",), ("tăng",), ("nhích",), ("hụt",), ("kém",), ("vượt",), ("thêm",), ("bớt",), ("sụt",))
"""Words right before points."""
NETWORK = ("staff", "collection_point", "agent")
LONGEST = 7
"""So many tokens lie between two figures of such a list at most."""
YEARS = range(1990, 2041)


def share_money(tokens: list["Token"], figures: Sequence[int], text: str) -> None:
    """Give numbers without a unit that of the next figure of their list, or of the last where they tell its scale."""
    worth = 0.0
    for at, after in zip(reversed(figures[:-1]), reversed(figures[1:]), strict=True):
        if tokens[after].code != MONEY or tokens[at].code != BARE or not _listed(tokens[at + 1 : after]):
            continue
        told = SCALE.search(text, tokens[after].start, tokens[after].end)
        worth = WORTHS[told[1].lower()] if told is not None else worth
        written = SCALE.search(text, tokens[at].start, tokens[at].end) is not None
        if worth and (written or tokens[at].load.value not in YEARS) and _opens(tokens, at):
            _turn(tokens[at], 1.0 if written else worth)
    for before, at in pairwise(figures):
        follows = tokens[before].code == MONEY and tokens[at].code == BARE and _listed(tokens[before + 1 : at])
        if follows and SCALE.search(text, tokens[at].start, tokens[at].end):
            _turn(tokens[at], 1.0)


def share_points(tokens: list["Token"], figures: Sequence[int]) -> None:
    """`đạt 81,3%, giảm 2,4 điểm`: of a percentage told before; `296 điểm thu, bưu điện 204 điểm`: of collecting."""
    for order, at in enumerate(figures):
        number: Quantity = tokens[at].load
        if number.unit != "point" or not order:
            continue
        before: Quantity = tokens[figures[order - 1]].load
        told = [tokens[one] for one in figures[:order]]
        if at and _words(tokens[at - 1])[-1:] in MOVED and any(one.code == FIGURES["percent"] for one in told):
            tokens[at].code = FIGURES["percent"]
            tokens[at].load = replace(number, unit="percent", flags=(*number.flags, "points"))
        elif before.unit in NETWORK and number.value == int(number.value):
            tokens[at].code = FIGURES["count"]
            tokens[at].load = replace(number, unit="collection_point")


def _opens(tokens: list["Token"], at: int) -> bool:
    """Whether a number may stand in a list: right behind a name, a mark or a word that lets figures follow."""
    before = tokens[at - 1] if at else None
    if before is None:
        return False
    plain = before.code == "w" and before.load not in ("lần", "lượt", "là", "mới", "chỉ", "nợ", "có", "hơn")
    return not plain and before.code not in "(:/."


def _listed(between: list["Token"]) -> bool:
    """Whether nothing but the next name stands between two figures."""
    codes = {token.code for token in between}
    words = [token for token in between if token.code not in BETWEEN]
    joined = "," in codes or ";" in codes or any(set(_words(token)) & JOINING for token in between)
    return len(between) <= LONGEST and joined and all(set(_words(token)) <= JOINING for token in words)


def _words(token: "Token") -> tuple[str, ...]:
    return token.load if isinstance(token.load, tuple) else (token.load,) if isinstance(token.load, str) else ()


def _turn(token: "Token", worth: float) -> None:
    number: Quantity = token.load
    token.code = MONEY
    token.load = replace(
        number,
        unit="VND",
        value=number.value * worth,
        precision=number.precision * worth,
        flags=(*number.flags, "unit-assumed"),
    )
