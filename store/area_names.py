"""Places as the store asks for them: names to codes, and codes that mean the same territory."""

import re
from functools import lru_cache

from model.areas import Area, load_areas
from model.errors import UnknownNameError

_CODE = re.compile(r"(?:\d{4}|BHXH):\S+|VN(?:-\S+)?")


def areas_of(area: str) -> list[Area]:
    """Give the areas that a code or a name stands for; a code brings those of the same territory.

    Raises UnknownNameError (with near names) and AmbiguousNameError (with the candidates).
    """
    gazetteer = load_areas()
    if _CODE.fullmatch(area):
        if area not in gazetteer:
            raise UnknownNameError("area", area, list(gazetteer.codes()))
        return [gazetteer.get(code) for code in gazetteer.same_territory(area)]
    found: dict[str, Area] = {}
    for one in gazetteer.resolve(area):
        for code in gazetteer.same_territory(one.code):
            found.setdefault(code, gazetteer.get(code))
    return list(found.values())


@lru_cache(maxsize=65536)
def territory(code: str) -> str:
    """Give one code for all codes of an unchanged territory: the earliest; a code nobody knows is its own."""
    gazetteer = load_areas()
    return gazetteer.same_territory(code)[0] if code in gazetteer else code


def codes_of(code: str) -> list[str]:
    """Give all codes of a territory; a code nobody knows is its own."""
    gazetteer = load_areas()
    return list(gazetteer.same_territory(code)) if code in gazetteer else [code]
