"""Letters of a newspaper at the head of an article, `(LSO)`, `(QNO)`: whose they are where several papers bear them."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from extract.places.words import PlaceWords
from model.areas import Area, load_areas

TAG = re.compile(r"(?m)^[ \t\u00a0]*\(?([^\W\d_][\w.]{0,14}(?: online)?)\)?[ \u00a0]*[-–—]")
WITHIN = 1200
"""A newspaper's letters stand at the head."""
ENDINGS = ("", "O", "ĐT", " online")
"""What follows the initials of a province: online, electronic."""
TITLED = 3
"""How many mentions in the text one in the title is worth."""

Resolve = Callable[[str | None], Area | None]
Named = Callable[[Area], tuple[Sequence[Area], Sequence[Area]]]


def tag_of(
    text: str, known: PlaceWords, resolve: Resolve, prior: Area | None, named: Named
) -> tuple[re.Match[str], Area] | None:
    """Give the newspaper's letters at the head of a text and the area that they are of.

    Letters that papers of several provinces bear yield to the outlet's area, then to the province that title and text
    name (`named` gives the areas of both, read as if the paper served it), else are of the paper best known by them.
    """
    for match in TAG.finditer(text, 0, WITHIN):
        name = known.tags.get(match[1])
        area = resolve(name)
        if name is None or area is None:
            continue
        rivals = [one for one in map(resolve, same_letters(match[1], name)) if one is not None]
        if len(rivals) < 2 or prior == area:
            return match, area
        if prior is not None:
            return (match, prior) if prior in rivals else None
        return match, _most_named(rivals, area, named)
    return None


def _most_named(rivals: Sequence[Area], usual: Area, named: Named) -> Area:
    """Give the rival in which most places lie that title and text name; the usual one where no other has more."""
    votes = Counter[str]()
    for rival in rivals:
        titled, told = named(rival)
        votes[rival.code] = TITLED * _within(titled, rival) + _within(told, rival)
    best = max(rivals, key=lambda one: votes[one.code])
    return best if votes[best.code] > votes[usual.code] else usual


def _within(places: Sequence[Area], province: Area) -> int:
    gazetteer = load_areas()
    return sum(province in (one, *gazetteer.ancestors(one)) for one in places)


@cache
def same_letters(tag: str, name: str) -> tuple[str, ...]:
    """Give the provinces whose paper may bear the letters of a tag: those with the initials of the one it stands for.

    >>> same_letters("QNO", "Quảng Nam")
    ('Quảng Nam', 'Quảng Ngãi', 'Quảng Ninh')
    """
    initials = _initials(name)
    if tag.removeprefix("B").removeprefix(initials) not in ENDINGS and tag.removeprefix(initials) not in ENDINGS:
        return (name,)
    names = {one.name for one in load_areas().provinces("2024")} | {name}
    return tuple(sorted(one for one in names if _initials(one) == initials))


def _initials(name: str) -> str:
    return "".join(word[0].upper() for word in re.split(r"[\s-]+", name) if word)
