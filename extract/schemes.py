"""Mentions of insurance schemes: which branch is meant, several together, and the offices that bear the same name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from extract.text import lowered
from model.indicators import Indicators, load_indicators

PARENTS = {"BHXH_BB": "BHXH", "BHXH_TN": "BHXH", "BHYT_HGD": "BHYT", "BHYT_HSSV": "BHYT"}
"""Schemes that are part of another one."""
RELATIVE = {
    "bắt buộc": "BB", "tự nguyện": "TN", "tựnguyện": "TN", "theo hộ gia đình": "HGD", "hộ gia đình": "HGD",
    "học sinh, sinh viên": "HSSV", "học sinh - sinh viên": "HSSV", "học sinh sinh viên": "HSSV", "hssv": "HSSV",
    "học sinh": "HSSV", "sinh viên": "HSSV",
}  # fmt: skip
"""Words that narrow the scheme in force where they stand without its name."""
NARROWING = re.compile(r"tự|bắt|h(?:ộ|ọc|s)|sinh")
"""Without one of these, in lower case, no word narrows a scheme."""
FAMILY = {
    "BB": ("BHXH", "BHXH_BB"),
    "TN": ("BHXH", "BHXH_TN"),
    "HGD": ("BHYT", "BHYT_HGD"),
    "HSSV": ("BHYT", "BHYT_HSSV"),
}
OFFICE_ENDS = (
    "ngành", "cơ quan", "cán bộ", "giám đốc", "lãnh đạo", "đại diện", "nhân viên", "viên chức", "trụ sở", "phòng",
    "phòng thu", "phòng chế độ", "theo", "chế độ của", "tổ chức", "hệ thống",
)  # fmt: skip
"""Ends of what stands before the name of an office."""
NARROWED = ("(", "cho", "của", "theo", "đối tượng")
LINKS = ("-", "–", ",", "&", "và")
OFFICE_LINKED = re.compile(
    r"(?:(?:ngành|phòng|sở) (?:giáo dục|y tế|lao động|thuế|tài chính)[a-zà-ỹ ]{0,12}(?:[-–,&]|và))$"
)
"""`Sở Y tế và`: an office linked with another, in lower case."""
SCHEME_BEFORE = re.compile(
    r"(?:tham gia|đóng|nợ|thu|chi|chi trả|mua|thẻ|sổ|chế độ|chính sách|tiền|quỹ|hưởng|bao phủ|phủ|vào"
    r"|đối tượng|người)\s+$",
    re.I,
)
OFFICE_AFTER = re.compile(
    r"(?:\s*\((?:BHXH|BHXHVN)\))?"
    r"\s+(?:(?:cấp )?tỉnh|thành phố|TP|Tp\.|huyện|thị xã|TX|quận|Việt Nam|VN\b|khu vực|cơ sở|liên huyện"
    r"|các (?:tỉnh|huyện|địa phương|quận)|địa phương|Thành phố|Thị xã|Tỉnh|Huyện|Quận|Bộ Quốc phòng"
    r"|[A-ZĐÂĂÊÔƠƯÁÀẢÃẠẤẦẬẮẰẶÉÈÓÒỐỒỘỚỜỢÚÙỨỪỰÍÌÝ]"
    r"[a-zà-ỹđ]+\s+[A-ZĐÂĂÊÔƠƯÁÀẢÃẠẤẦẬẮẰẶÉÈÓÒỐỒỘỚỜỢÚÙỨỪỰÍÌÝ][a-zà-ỹđ]+)",
)
ACTS = re.compile(
    r"\s+(?:đã |sẽ |cũng |vừa |chỉ |mới )*"
    r"(?:thu|chi|yêu cầu|công bố|phát hiện|cho biết|thanh toán|kiến nghị|đề nghị)(?!\w)"
)
OPENS = re.compile(r"(?:^|[,.;:“\"\n]\s*)$")
"""Before an office that is the subject of a sentence or clause: `năm 2017, Bảo hiểm xã hội thu được`."""
ASSIGNS = re.compile(r"\s+(?:Việt Nam|VN|tỉnh|thành phố|TP)\s+(?:đã )?(?:giao|phân bổ|ấn định)")
"""`kế hoạch thu BHXH Việt Nam giao`: who assigns is an office, whatever stands before."""
JOINT = re.compile(r"\s*(?:,\s*và|,|và|&|/|-|–|cùng|lẫn|cũng như)\s*", re.I)
APART = re.compile(r"(?:ngược|khác|cùng|so|đối|còn)\s+với\s+$|(?:bên cạnh|ngoài|riêng)\s+$", re.I)
BARE = re.compile(
    r"\s*(?:,\s*và|,|và|-)\s*(?:(?!bảo)\w{2,4} hiểm |bảo hiểm )?(y tế|thất nghiệp|tự nguyện|bắt buộc)\b", re.I
)
BARE_SCHEME = {"y tế": "BHYT", "thất nghiệp": "BHTN", "tự nguyện": "BHXH_TN", "bắt buộc": "BHXH_BB"}
LISTED = re.compile(r"(?<=[,;] )(y tế|thất nghiệp)(?=:? (?:là |có |đạt |gần |hơn |trên )?\d)", re.I)
"""`tự nguyện 7.935, thất nghiệp 66.118 người`: the word insurance said at the head of a list."""
OF_LAW = re.compile(r"(?<!\w)(?:luật|bộ luật|dự thảo luật|dự án luật|luật sửa đổi)(?: về)? $")
"""Before what is the name of a law, in lower case: it counts nobody."""
COUNTS = re.compile(r"(?: đã| mới| chỉ)?(?: là| có| đạt| gần| hơn| trên| khoảng)* \d")
"""Behind pupils of whose insurance a list goes on: `hộ gia đình 214.500, HSSV 188.200`."""
ALL = ("BHTN", "BHXH", "BHYT")
"""What `các quỹ bảo hiểm` and grand totals speak of."""
GENERIC = re.compile(
    r"(?<!\w)(?:các (?:loại )?(?:quỹ |hình )?bảo hiểm|(?<=thu )bảo hiểm|(?<=nợ )bảo hiểm"
    r"|(?<=nợ tiền )bảo hiểm|(?<=đóng tiền )bảo hiểm|(?<=đóng )bảo hiểm"
    r"|(?<=nộp )bảo hiểm|(?<=chi )bảo hiểm|(?<=thu )các quỹ|(?<=chi )các quỹ"
    r"|3 loại bảo hiểm|(?:cả|của) (?:3|ba) (?:loại )?quỹ|các loại quỹ)"
    r"(?!\s+(?:xã|y|thất|tai|nhân|phi|vật|tiền|hưu|xh|tự|bắt))(?!\w)",
    re.I,
)
GENERIC_HINT = re.compile(
    r"bảo hiểm(?!\s+(?:xã|y|thất|tai|nhân|phi|vật|tiền|hưu|xh|tự|bắt))(?!\w)|(?:3|ba|các) (?:loại )?quỹ"
)
"""Without it, in lower case, there is no generic mention."""
HINT = re.compile(r"b(?:ảo|h|ắt)|tự|h(?:ộ|ọc|s)|sinh")
"""Without one of these, in lower case, no scheme is named and none narrowed."""
INSURED = re.compile(r"b(?:ảo\s*hiểm|h(?:xh|yt|tn|\b))")
"""The first look, for text in lower case: any word for insurance. It begins with one letter to skip to."""
PAID = "trợ cấp thất nghiệp"
"""What an insurance pays, named without it."""
DUE = ("chậm đóng", "số phải thu")
"""What is owed to one, or due; where taxes are spoken of, theirs."""


@dataclass(slots=True, unsafe_hash=True)  # not frozen: see `Quantity`
class SchemeMention:
    """One scheme, or several named together, or an office of the insurance."""

    start: int
    """Where it begins in the text."""
    end: int
    """Where it ends."""
    codes: tuple[str, ...]
    """Schemes meant, sorted; empty for an office."""
    relative: str = ""
    """`BB`, `TN`, `HGD` where only the narrowing word stands; `""` else."""
    listed: tuple[str, ...] = ()
    """The schemes in the order in which they are named."""

    law: bool = False
    """Whether it is only the name of a law."""

    @property
    def office(self) -> bool:
        """Whether an office is meant, not an insurance."""
        return not self.codes and not self.relative


def names_insurance(low: str, indicators: Indicators | None = None) -> bool:
    """Whether a text in lower case has what no figure can do without: a word for insurance, or an office's own."""
    own = _finder(indicators).own if indicators is not None else None
    if INSURED.search(low) or PAID in low or _due(low):
        return True
    return own is not None and own.search(low) is not None


def _due(low: str) -> list[int]:
    """Where a text in lower case that names no insurance speaks of what is owed to one, or due."""
    return [at for at in map(low.find, DUE) if at >= 0 and "thuế" not in low]


def insurance_at(low: str, indicators: Indicators) -> list[int]:
    """Give where a text in lower case names an insurance."""
    found = [match.start() for match in INSURED.finditer(low)]
    at = low.find(PAID)
    while at >= 0:
        found.append(at)
        at = low.find(PAID, at + 1)
    found = found or _due(low)
    own = _finder(indicators).own
    return found + [match.start() for match in own.finditer(low)] if own is not None else found


@cache
def _own(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """The words of an office's own schemes that name no insurance as the shipped ones do."""
    own = [word.lower() for word in words if not names_insurance(word.lower())]
    return re.compile("|".join(re.escape(word) for word in own)) if own else None


def joined(codes: Sequence[str]) -> tuple[str, ...]:
    """Give the schemes of a common figure: parts beside their whole vanish, both kinds of BHXH are BHXH."""
    found = set(codes)
    if {"BHXH_BB", "BHXH_TN"} <= found:
        found.add("BHXH")
    return tuple(sorted(code for code in found if PARENTS.get(code) not in found))


@dataclass(frozen=True, slots=True)
class _Finder:
    """What the mentions of declared schemes are found with."""

    indicators: Indicators
    own: re.Pattern[str] | None
    words: re.Pattern[str]
    """Every scheme's words and every narrowing one, in lower case."""
    named: re.Pattern[str]
    """The schemes' words alone: where no narrowing word stands they are found faster."""
    table: dict[str, str]
    """Words of a scheme without blanks → its code."""


_FINDERS: dict[int, _Finder] = {}
"""By identity of the declarations: they are loaded once in a process, and comparing them would cost more."""


def _finder(indicators: Indicators) -> _Finder:
    known = _FINDERS.get(id(indicators))
    if known is None:
        schemes = indicators.schemes.items()
        declared = tuple((word, code) for code, scheme in schemes for word in scheme.words)
        words, table = _expression(declared, tuple(RELATIVE))
        named, _ = _expression(declared, ())
        own = _own(tuple(word for _, scheme in schemes for word in scheme.words))
        known = _FINDERS[id(indicators)] = _Finder(indicators, own, words, named, table)
    return known


@cache
def _expression(
    declared: tuple[tuple[str, str], ...], narrowing: tuple[str, ...]
) -> tuple[re.Pattern[str], dict[str, str]]:
    words = {word.lower(): code for word, code in declared}
    words |= {"bh thất nghiệp": "BHTN", "bh y tế": "BHYT", "bảo hiểm thất nghiêp": "BHTN"}
    branches: dict[str, list[str]] = {}
    for word in sorted([*words, *narrowing], key=lambda word: -len(word)):
        pattern = r"\s*".join(re.escape(piece) for piece in word.split())
        first = re.escape(word[0])
        branches.setdefault(first, []).append(pattern.removeprefix(first))
    # The first letter stands before its look-behind, so that the search can skip from one such letter to the next.
    parts = [rf"{first}(?<!\w.)(?:{'|'.join(rest)})" for first, rest in branches.items()]
    table = {"".join(word.split()): code for word, code in words.items()}
    return re.compile(rf"(?:{'|'.join(parts)})(?!\w)"), table


def find_schemes(text: str, indicators: Indicators | None = None) -> list[SchemeMention]:
    """Give the schemes and offices a sentence names, in order, lists joined; spans are of `text`."""
    finder = _finder(indicators or load_indicators())
    low = lowered(text)
    if not HINT.search(low) and (finder.own is None or not finder.own.search(low)):
        return []
    found: list[SchemeMention] = []
    for match in (finder.words if NARROWING.search(low) else finder.named).finditer(low):
        word = match[0]
        code = finder.table.get("".join(word.split()))
        if code is None:
            kind = RELATIVE.get(" ".join(word.split()), "TN" if word.startswith("tự") else "HGD")
            if not re.match(r"\s+(?:nghèo|cận nghèo|có mức sống|làm nông)", text[match.end() : match.end() + 12]):
                found.append(SchemeMention(match.start(), match.end(), (), kind))
            continue
        if code == "BHXH" and found and found[-1].office and text[found[-1].end : match.start()].strip() == "(":
            found.append(SchemeMention(match.start(), match.end(), ()))  # `Bảo hiểm xã hội (BHXH) tỉnh`
            continue
        if code == "BHXH" and _office(text, match.start(), match.end()):
            found.append(SchemeMention(match.start(), match.end(), ()))
            continue
        law = OF_LAW.search(low, max(0, match.start() - 24), match.start()) is not None
        found.append(SchemeMention(match.start(), match.end(), (code,), "", (code,), law))
    if GENERIC_HINT.search(low):
        found += [SchemeMention(m.start(), m.end(), ALL, "", ALL) for m in GENERIC.finditer(text)]
    if found:
        found += [
            SchemeMention(m.start(), m.end(), (code,), "", (code,))
            for m in LISTED.finditer(text)
            if (code := BARE_SCHEME[m[1].lower()])
        ]
    return _join(text, sorted(found, key=lambda mention: mention.start))


def _office(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 40) : start]
    told = before.lower().rstrip()
    office = told.endswith(OFFICE_ENDS) or (told.endswith(LINKS) and OFFICE_LINKED.search(told) is not None)
    if office and not text[end : end + 2].startswith(","):
        return True
    if ACTS.match(text, end) and OPENS.search(before):
        return True
    return bool(OFFICE_AFTER.match(text, end)) and (not SCHEME_BEFORE.search(before) or bool(ASSIGNS.match(text, end)))


def _join(text: str, found: list[SchemeMention]) -> list[SchemeMention]:
    done: list[SchemeMention] = []
    for mention in found:
        last = done[-1] if done else None
        between = text[last.end : mention.start].strip() if last else ""
        if between == "(" and COUNTS.match(text, mention.end):
            between = ";"  # `BHXH (bắt buộc 41.200; tự nguyện 7.100)`: a whole and its parts
        if last and mention.start < last.end:
            continue
        if mention.relative == "HSSV" and not (last and any(code.startswith("BHYT") for code in last.codes)) and done:
            last_health = any(code.startswith("BHYT") for one in done for code in one.codes)
            if not last_health:
                continue
        if last and last.codes and mention.codes and _joint(text, last, mention):
            codes, listed = joined((*last.codes, *mention.codes)), (*last.listed, *mention.listed)
            done[-1] = SchemeMention(last.start, mention.end, codes, "", listed)
        elif last and last.codes and mention.relative and between in ("", *NARROWED):
            family, part = FAMILY[mention.relative]
            listed = tuple(part if code == family else code for code in last.listed)
            done[-1] = SchemeMention(last.start, mention.end, joined(listed), "", listed)
        elif last and last.codes and mention.relative in ("BB", "TN") and between in (", bảo hiểm", "và bảo hiểm"):
            part = FAMILY[mention.relative][1]
            listed = (*last.listed, part)
            done[-1] = SchemeMention(last.start, mention.end, joined((*last.codes, part)), "", listed)
        elif last and last.codes and mention.codes and set(mention.codes) <= set(last.codes) and between == "(":
            end = mention.end + (text[mention.end : mention.end + 1] == ")")
            done[-1] = SchemeMention(last.start, end, last.codes, "", last.listed)
        elif mention.relative != "HSSV" or COUNTS.match(text, mention.end):
            done.append(mention)
    return [_bare(text, mention) for mention in done]


def _joint(text: str, one: SchemeMention, other: SchemeMention) -> bool:
    """Whether two mentions are named together; `ngược với BHYT, BHXH tự nguyện ...` are not."""
    if not JOINT.fullmatch(text, one.end, other.start):
        return False
    if other.codes == ("BHXH_TN",) and "BHXH" in one.codes and "," in text[one.end : other.start]:
        return False  # `45% tham gia BHXH, BHXH tự nguyện 2%`: a part is told after its whole
    return not APART.search(text[max(0, one.start - 20) : one.start])


def _bare(text: str, mention: SchemeMention) -> SchemeMention:
    """Read `bảo hiểm xã hội, y tế, thất nghiệp`: the word insurance said once."""
    codes, end, listed = mention.codes, mention.end, mention.listed
    while codes and (more := BARE.match(text, end)):
        word = more[1].lower()
        if word in ("tự nguyện", "bắt buộc") and not set(codes) & {"BHXH_BB", "BHXH_TN"}:
            break
        listed = (*listed, BARE_SCHEME[word])
        codes, end = joined((*codes, BARE_SCHEME[word])), more.end()
    return replace(mention, end=end, codes=codes, listed=listed) if end > mention.end else mention
