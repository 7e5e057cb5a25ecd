"""Whose money a sentence speaks of: one firm, hospital or school, or many of them, an area, the country.

The subject is the last one named. A firm stays in force over the sentences that say only `công ty`, `số nợ`, until an
area, an office or firms in general are named; a title about one firm keeps it in force for the whole article. What
one firm owes or employs is no figure of an area.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.places.find import PlaceMention
from extract.text import lowered, matches_at
from model.areas import load_areas

if TYPE_CHECKING:
    from extract.resolve.drafts import SentenceReader

_UPPER = "A-ZĐÂĂÊÔƠƯÁÀẢÃẠẤẦẨẪẬẮẰẲẴẶÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ"
_NAME = rf"[{_UPPER}](?:[\w&.-]*\w)?"
_HOUSE = (
    r"[Cc]ông ty|CÔNG TY|[Cc]ông Ty|[Cc]ty|[Tt]ập đoàn|[Tt]ổng [Cc]ông ty|[Nn]hà máy|[Xx]í nghiệp|[Hh]ợp tác xã|HTX"
    r"|DNTN|[Hh]ãng|[Bb]ệnh viện|BV|[Tt]rung tâm [Yy] tế"
    r"|[Tt]rường (?:[Đđ]ại học|[Cc]ao đẳng|[Tt]rung cấp|[Pp]hổ thông|[Tt]iểu học|[Mm]ầm non|THPT|THCS)"
    r"|[Nn]gân hàng|[Kk]hách sạn|[Ss]iêu thị|[Tt]axi|[Đđ]ịa ốc|[Nn]hà xe"
)
_LAW = (
    r"(?:[\s,–-]+(?:TNHH|CP|MTV|[Cc]ổ phần|[Mm]ột thành viên|[Hh]ai thành viên|[Tt]ư nhân|[Tt]ập đoàn|[Đđ]a khoa|tỉnh"
    r"|huyện|[Xx]ây dựng|[Dd]ệt may|[Mm]ay mặc|[Mm]ay|[Gg]iày|[Tt]hương mại|[Dd]ịch vụ|[Ss]ản xuất|[Xx]uất nhập khẩu"
    r"|[Đđ]ầu tư|[Pp]hát triển|[Vv]ận tải|[Tt]axi|[Tt]hủy sản|[Cc]hế biến|[Bb]ất động sản|[Đđ]ịa ốc|[Ll]iên doanh|[Vv]à"
    r"|[Tt]ư vấn|[Cc]ơ khí|[Dd]u lịch|[Tt]huốc lá|[Ll]ương thực|[Nn]hà nước)){0,7}"
)
HOUSES = re.compile(
    rf"(?<!\w)(?:(?P<house>{_HOUSE})(?!\w)(?P<name>{_LAW}(?:\s+[\"“'‘]?{_NAME}){{1,6}})?"
    rf"|(?P<firm>[Dd]oanh nghiệp|[Đđ]ơn vị|[Cc]ơ sở|DN)(?!\w)(?P<letter> (?:này|đó|nói trên|[A-Z](?!\w)))?)"
)
"""A house by its kind, with its name where it has one; a firm or unit, with `này` or its letter."""
FIRST_WORDS = (
    *(
        "công ty",
        "cty",
        "tập đoàn",
        "tổng công",
        "nhà máy",
        "xí nghiệp",
        "hợp tác xã",
        "htx",
        "dntn",
        "hãng",
        "bệnh viện",
    ),
    *("bv", "trung tâm y", "trường ", "ngân hàng", "khách sạn", "siêu thị", "taxi", "địa ốc", "nhà xe", "doanh nghiệp"),
    *("đơn vị", "cơ sở", "dn"),
)
"""How a house can begin, in lower case."""
MANY = re.compile(
    r"(?:(?<!\w)(?:các|những|nhiều|số|một số|hàng loạt|hàng (?:trăm|nghìn|ngàn|chục|vạn)|toàn bộ|tất cả|hầu hết|khối"
    r"|loại hình|nhóm|mọi|hai|ba|bốn|mười|vài|đa số|phần lớn|trong số|không ít"
    r"|(?<!mỗi )(?<!h[àằ]ng )(?<!cả )(?<!một )(?<!trong )năm)\s+(?:các\s+|\w+\s+)?"
    r"|(?<!\w)0*(?:[2-9]|\d{2,})[\d.]*\s+(?:nghìn |ngàn )?)$",
    re.I,
)
"""Right before a house: more than one."""
KINDS = re.compile(r"(?:[Dd]oanh nghiệp|[Hh]ợp tác xã|[Xx]í nghiệp|[Cc]ơ sở|[Đđ]ơn vị)(?:,| và) $")
"""Before a house without a name: kinds of firms, `doanh nghiệp, hợp tác xã`."""
AREA = re.compile(
    r"(?<!\w)(?:[Tt]oàn (?:tỉnh|thành phố|huyện|quận|thị xã|quốc|ngành|TP)|[Cc]ả (?:nước|tỉnh)|[Tt]rên địa bàn"
    r"|[Cc]ác (?:tỉnh|địa phương|huyện|quận|quỹ)|[Nn]gành BHXH)(?!\w)"
)
AREA_WORDS = (
    "Toàn ", "toàn ", "Cả ", "cả ", "Trên địa bàn", "trên địa bàn", "Các ", "các ", "Ngành BHXH", "ngành BHXH",
)  # fmt: skip
"""How such an area can begin."""
ALLEGED = re.compile(rf"^\W*(?P<brand>{_NAME}(?: {_NAME}){{1,3}})\W.{{0,50}}(?<!\w)(?:nợ|chậm đóng|trốn đóng)(?!\w)")
"""A title that begins with a name of two words or more and says that it owes."""
FOREIGN = re.compile(
    r"(?P<brand>[A-Z](?<![\w.-].)(?<![A-ZĐ]\w .)[a-z]{4,})(?= (?:Việt Nam|Vina|Vietnam)(?!\w)"
    r"|(?: (?:cũng|hiện|đã|còn|đang|vẫn|bị [^,;.\d]{0,30} xác định))* (?:còn )?nợ(?!\w))"
)
"""A word that may be the name of a firm: `Meinhardt còn nợ`, `Honda Việt Nam`."""
SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?(?:[aeiouy]{1,3})(?:ch|nh|ng|[cmnpt])?", re.I
)
"""A syllable of Vietnamese without its marks; firms from abroad are no such."""
FORMS = frozenset({"TNHH", "CP", "MTV", "XNK", "XD", "TM", "DV", "SX", "VN", "Việt", "Nam", "TP", "Tỉnh"})
ANY = re.compile(r"(?<!\w)(?<!các )(?<!những )(?<!nhiều )(?<!một số )(?:[Dd]oanh nghiệp|[Đđ]ơn vị)(?!\w)")
"""A firm without its name: that of the sentence before."""
ASIDE = re.compile(
    r"(?<!\w)(?:riêng|trong đó(?: có)?|điển hình(?: là| như)?|đơn cử(?: là| như)?|đứng đầu(?: là)?|nhất là"
    r"|nhiều nhất là|gồm|tiếp theo là|kế đến là)\s+$",
    re.I,
)
"""Before a firm that is named for once."""
LARGE = 300_000_000_000
"""No firm has owed so much."""
NEAR = 900
"""For how many characters a firm stays in force."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One mention of somebody whose figures may be told."""

    start: int
    end: int
    one: bool
    """Whether it is one firm; else several, or an area."""
    aside: bool = False
    """Whether it is only an example or a part: `riêng công ty`, `điển hình là công ty`."""


@dataclass(frozen=True, slots=True)
class Subjects:
    """All mentions of a document, in order."""

    text: str = ""
    marks: tuple[Subject, ...] = ()
    titled: bool = False
    """Whether the title is about one firm."""

    def is_firm(self, sentence: tuple[int, int], figure: tuple[int, int], money: float) -> bool:
        """Whether a figure, by its span and that of its sentence, is one firm's; `money`: how many dong, 0 of people.

        A firm of earlier sentences is meant by sums of its size only, and by people where the title names it.
        """
        begin, finish = sentence
        at, behind = figure
        text = self.text
        first = bisect_left(self.marks, begin, key=lambda mark: mark.start)
        until = bisect_left(self.marks, at, key=lambda mark: mark.start)
        here = self.marks[first:until]
        if here:
            ones = [mark.end for mark in here if mark.one]
            if not ones:
                return False
            many = [mark for mark in here if not mark.one and mark.start >= ones[-1]]
            since = text[ones[-1] : at]
            return ";" not in since and not (many and re.search(r"[,;] |(?<!T[Pp])\. ", since))
        later = self.marks[until : until + 1]
        if later and later[0].start < finish and later[0].one:
            between = text[behind : later[0].start]
            if re.fullmatch(r"[^\d,;.()]{0,40}(?:của|tại|do) (?:\w+ )?", between):
                return True
        if money >= LARGE or (not money and not self.titled):
            return False
        if first == 0:
            return self.titled
        last = next((mark for mark in reversed(self.marks[:first]) if not mark.aside), None)
        if last is None:
            return self.titled
        going_on = self.titled or "\n" not in text[last.end : begin] or ANY.search(text, begin, at) is not None
        near = begin - last.end <= NEAR and going_on
        return last.one and near if near else self.titled and begin - last.end > NEAR


def subjects_of(text: str, title: str, places: Sequence[PlaceMention]) -> Subjects:
    """Find whom a text speaks of; areas within the name or address of a firm are part of it."""
    marks: list[Subject] = []
    brands: set[str] = set()
    for match in matches_at(FIRST_WORDS, lowered(text), HOUSES, text):
        kind = _kind(text, match)
        if kind is None:
            continue
        aside = kind and ASIDE.search(text[max(0, match.start() - 30) : match.start()]) is not None
        marks.append(Subject(match.start(), match.end(), kind, aside))
        if kind and match["name"]:
            brands.update(_brand(match["name"]))
    headed = ALLEGED.match(title)
    if headed and not load_areas().by_name(headed["brand"]):
        brands.add(headed["brand"])
    brands.update(m["brand"] for m in FOREIGN.finditer(text) if not SYLLABLE.fullmatch(m["brand"]))
    titled = headed is not None and headed["brand"] in brands
    titled = titled or any(_kind(title, match) is True for match in HOUSES.finditer(title))
    if not any(mark.one for mark in marks) and not titled and not brands:
        return Subjects()
    named = sorted(brands - {place.text for place in places})
    if named:
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, named))})(?!\w)")
        marks += [Subject(m.start(), m.end(), True) for m in pattern.finditer(text)]
        titled = titled or pattern.search(title) is not None
    areas = matches_at(AREA_WORDS, text, AREA, text)
    marks += [Subject(match.start(), match.end(), False) for match in areas]
    marks += [Subject(p.start, p.end, False) for p in places if _rules(text, p)]
    return Subjects(text, tuple(_apart(sorted(marks, key=lambda mark: (mark.start, -mark.end)))), titled)


def _kind(text: str, match: re.Match[str]) -> bool | None:
    """True for one firm, False for several, None where it is any firm."""
    if MANY.search(text[max(0, match.start() - 30) : match.start()]):
        return False
    if not match["name"] and KINDS.search(text, max(0, match.start() - 30), match.start()):
        return False
    if match["firm"]:
        single = match["letter"] is not None or text[: match.start()].endswith(("Một ", "một "))
        return True if single else None
    if match["house"].lower() in ("bệnh viện", "bv", "taxi", "siêu thị", "khách sạn", "hãng", "ngân hàng"):
        return True if match["name"] else None
    return True


def _brand(name: str) -> set[str]:
    """The name of a firm without its legal form, if it is two words or more: `Mai Linh`."""
    words = re.findall(rf"(?:{_NAME})(?: {_NAME})*", name)
    found = set()
    for some in words:
        kept = [word for word in some.split() if word not in FORMS and not word.isupper()]
        if len(kept) >= 2:
            found.add(" ".join(kept[:2]))
    return found


def _rules(text: str, place: PlaceMention) -> bool:
    """Whether a place can be the subject: no address in brackets, none that only says where."""
    if place.qualifies or place.gives:
        return False
    return not text[max(0, place.start - 12) : place.start].endswith(("(", "tại ", "ở ", "về ", "cho "))


def _apart(marks: Sequence[Subject]) -> list[Subject]:
    """Leave out what lies within another mention, and areas right behind a firm's name: its address."""
    kept: list[Subject] = []
    for mark in marks:
        if kept and mark.start < kept[-1].end:
            continue
        if kept and kept[-1].one and not mark.one and mark.start - kept[-1].end <= 3:
            continue
        kept.append(mark)
    return kept


def of_firm(reader: "SentenceReader", index: int) -> bool:
    """Whether one firm or hospital is the subject: named before the figure, and no area or firms in general since."""
    quantity = reader.stream.figure_at(index)
    if quantity.unit not in (None, "person", "VND", "employer", "case", "visit"):
        return False
    visits = quantity.unit == "visit"
    if visits and "SCHEME" in reader.here:
        return False
    start = reader.stream.start
    figure = start + quantity.start, start + quantity.end
    money = quantity.value if quantity.unit == "VND" else 0.0
    if reader.layers.subjects.is_firm((start, reader.stream.end), figure, money):
        return True
    whole = False
    tokens = reader.stream.tokens
    for at in range(index - 1, -1, -1):
        token = tokens[at]
        name = reader.names.get(token.code)
        if name == "HOSPITAL" and (whole or (at and tokens[at - 1].load in ("các", "những", "nhiều"))):
            return False  # `cơ sở y tế trên địa bàn`, `các cơ sở KCB tư nhân`
        whole = name == "PLACE" and token.load.whole
        if name == "FIRM" or (name == "HOSPITAL" and not visits):
            return True
        if name == "FIRMS" or name == "SHARE_OF" or (token.code == ";" and name != "FIRM"):
            return False
    return False
