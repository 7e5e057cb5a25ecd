"""Places: any unit of both lists, by name, abbreviation or description, resolved by what the text said before.

    find_places("Hết tháng 4/2020, toàn tỉnh có 8.475 người", title="BHXH Lạng Sơn vượt khó")

finds `toàn tỉnh` and knows from the title that it is Lạng Sơn (2024:20). Names that several units bear are decided by
the parent named beside them, then by the sentence, the paragraph, the title, the outlet's area and the text before;
what remains open keeps all its candidates. Persons, firms, streets and hospitals are not taken for places.
"""

import re
from datetime import date, datetime

from extract.places.context import Context, reads_new_list
from extract.places.model import PlaceHow, PlaceKind, PlaceMention
from extract.places.read import PlaceReader
from extract.places.scan import Words, scan
from extract.places.tags import tag_of
from extract.places.words import PlaceWords, load_words
from model.areas import Area, load_areas
from model.errors import AnsinhError

__all__ = ["PlaceHow", "PlaceKind", "PlaceMention", "find_number_names", "find_places", "prior_area"]

_NUMBER_NAMES = re.compile(
    r"(?i:\b(?:huyện|xã|thôn|tổ dân phố|tổ|đội|khóm|ấp|khu phố|khu vực|vùng|quận|phường|khối|tiểu khu)(?: số)? )"
    r"(\d{1,3}[a-z]?|[IVX]{1,6})(?![\w.,/]*\d)(?!\w)"
    r"(?!\s*(?:%|(?:người|hộ|triệu|tỷ|tỉ|nghìn|ngàn|đơn vị|thẻ|đồng|đại lý|xã|thôn|phường)\b))"
)


def find_places(
    text: str, *, published: date | None = None, title: str | None = None, prior: Area | str | None = None
) -> list[PlaceMention]:
    """Give the mentions of places in a text (NFC), in order, none overlapping another.

    `published` chooses the list of units (34 provinces from 2025-07-01), `title` and `prior` (the area the outlet
    serves, as area or name) decide what the text leaves open. Linear in the length of the text; never raises.
    """
    known, gazetteer = load_words(), load_areas()
    day = published.date() if isinstance(published, datetime) else published
    new_list = reads_new_list(text, day) or (day is None and isinstance(prior, str) and "(mới)" in prior)
    context = Context(gazetteer, new_list=new_list, published=day)
    served = (
        prior_area(prior, published=day or (date(2025, 7, 1) if new_list else None))
        if isinstance(prior, str)
        else prior
    )
    context.prior = served
    words = Words(text)
    tag = _outlet_tag(words, title, context, known)
    if context.prior is None and tag:
        context.prior = tag.area
    if title:
        context.title = _areas_in(Words(title), context, known)
    reader = PlaceReader(words, scan(words, known), known, context)
    reader.read()
    found = reader.mentions
    if tag:
        found = [tag, *(one for one in found if one.start >= tag.end or one.end <= tag.start)]
        found.sort(key=lambda one: one.start)
    return found


def prior_area(name: str | None, *, published: date | None = None) -> Area | None:
    """Give the area that an outlet serves, by the name its source declares; None where no single unit is meant."""
    if not name:
        return None
    bare = re.sub(r"\s*\((?:mới|cũ)\)\s*", "", name)
    gazetteer = load_areas()
    new_list = "(mới)" in name or (published is not None and published >= date(2025, 7, 1))
    try:
        found = gazetteer.resolve(bare)
    except AnsinhError:
        return None
    chosen = [area for area in found if area.list == ("2025" if new_list else "2024")]
    if published and not chosen:
        chosen = [area for area in found if area.stands(published)]
    return (chosen or found)[0]


def find_number_names(text: str) -> list[tuple[int, int]]:
    """Give the spans of numbers that belong to names: `Quận 3`, `Phường 11`, `khu vực III`, `huyện 30a`, `tổ 5`."""
    return [match.span(1) for match in _NUMBER_NAMES.finditer(text)]


def _areas_in(words: Words, context: Context, known: PlaceWords) -> list[Area]:
    """Give the areas that a title names."""
    areas = [area for area in dict.fromkeys(_named_in(words, context, known)) if area.level != "country"]
    context.next_sentence(paragraph=True)
    context.named.clear()
    return areas


def _named_in(words: Words, context: Context, known: PlaceWords) -> list[Area]:
    reader = PlaceReader(words, scan(words, known), known, context)
    reader.read()
    told = [one for one in reader.mentions if len(one.areas) == 1 and one.kind != "described" and not one.qualifies]
    return [one.areas[0] for one in told]


def _outlet_tag(words: Words, title: str | None, context: Context, known: PlaceWords) -> PlaceMention | None:
    def resolve(name: str | None) -> Area | None:
        return prior_area(name, published=context.published)

    def named(served: Area) -> tuple[list[Area], list[Area]]:
        fresh = Context(context.gazetteer, new_list=context.new_list, published=context.published)
        fresh.prior = served
        return _named_in(Words(title or ""), fresh, known), _named_in(words, fresh, known)

    found = tag_of(words.text, known, resolve, context.prior, named)
    if found is None:
        return None
    match, area = found
    return PlaceMention(
        start=match.start(1), end=match.end(1), text=match[1], kind="outlet-tag", areas=(area,), how="named",
        name=context.gazetteer.path_name(area, on=context.published), level=area.level,
    )  # fmt: skip
