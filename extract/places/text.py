"""Places of a text that its words add or take away: what ministries report on, where persons come from."""

import re
from bisect import bisect_left
from datetime import date

from extract.places.find import PlaceMention, prior_area
from extract.text import matches_at
from model.areas import load_areas

NATION_WORDS = (
    "Bộ trưởng", "Thứ trưởng", "Bộ Y tế", "bộ Y tế", "Chính phủ", "Quốc hội", "Kiểm toán Nhà nước",
    "Kiểm toán nhà nước", "KTNN", "Bộ Lao động", "Thủ tướng", "toàn ngành", "ngành BHXH Việt Nam", "Tổng Liên đoàn",
    "Tổng liên đoàn", "BHXH VN", "Bảo hiểm Xã hội VN", "Bảo hiểm xã hội VN", "bảo hiểm Xã hội VN", "bảo hiểm xã hội VN",
)  # fmt: skip
NATION = re.compile(rf"(?:{'|'.join(NATION_WORDS)})(?!\w)")
ORIGIN = re.compile(
    r"(?<!\w)(?:quê(?: quán| gốc)?(?: ở| tại)?|ngụ(?: tại| ở)?|trú(?: tại| ở)?|cư trú tại|đến từ|sinh ra (?:ở|tại|trên)"
    r"|lớn lên ở|gốc)[ :]+(?:(?:vùng|đất|mảnh đất|miền) )?$",
    re.I,
)
"""Words before the place where one person comes from or lives."""


def with_nation(text: str, places: list[PlaceMention]) -> list[PlaceMention]:
    """Add the mentions of ministries and the like: what they report is of the country, where no outlet serves less."""
    nation = (load_areas().get("VN"),)
    found = [
        PlaceMention(start=match.start(), end=match.end(), text=match[0], kind="agency", areas=nation, how="context")
        for match in matches_at(NATION_WORDS, text, NATION, text)
        if not text[max(0, match.start() - 1) : match.start()].isalnum()
    ]
    taken = [(place.start, place.end) for place in places]
    starts = [start for start, _ in taken]
    free = []
    for one in found:
        at = bisect_left(starts, one.end)
        if at == 0 or taken[at - 1][1] <= one.start:
            free.append(one)
    return sorted([*places, *free], key=lambda place: place.start)


def without_origins(text: str, places: list[PlaceMention]) -> list[PlaceMention]:
    """Leave out the places where one person comes from: `quê Trà Vinh`, `ngụ xã Tam Đa, huyện Yên Phong`."""
    kept: list[PlaceMention] = []
    origin = -1
    for place in places:
        chained = origin >= 0 and text[origin : place.start] in (", ", " - ", ",")
        if chained or ORIGIN.search(text, max(0, place.start - 24), place.start):
            origin = place.end
        else:
            kept.append(place)
    return kept


def served_by(name: str | None, published: date | None) -> PlaceMention | None:
    """Give the area that an outlet serves as a mention of it; None where no single unit is meant."""
    area = prior_area(name, published=published)
    if area is None:
        return None
    path = load_areas().path_name(area, on=published)
    return PlaceMention(start=0, end=0, text=area.name, kind="named", areas=(area,), name=path, level=area.level)
