"""The headline, the standfirst and the newspaper's name, chosen by what agrees."""

import re
import unicodedata
from html import unescape
from typing import Any

from extract.article.blocks import Block
from extract.article.byline_forms import visible_stamps
from extract.article.page import PageTree
from extract.article.sites import is_never_body, is_part, names, sites
from extract.article.tables import clean

_NOT_WORD = re.compile(r"[\W_]+")
_SEPARATOR = re.compile(r"(\s+(?:[-–—|•»]|::|//)\s+)")
_HOST = re.compile(r"^(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org)\s*$", re.IGNORECASE)
_PAPER = re.compile(
    r"^(?:báo|đài|tạp chí|cổng|trang|vn|ban|sở|bhxh|bảo hiểm|thông tấn|cơ quan|truyền hình)\b", re.IGNORECASE
)
_LOGO = ("logo", "brand", "site-name", "sitename")
_LONGEST_TITLE = 400
_NEAR = 14


def squash(text: str) -> str:
    """Give letters and digits only, composed and case-folded: what two wordings of one thing share."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFC", text).casefold())


def agree(one: str, other: str) -> bool:
    """Tell whether two squashed headlines are the same, or one begins with the other."""
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and (len(short) >= 12 or short == long)


def find_title(page: PageTree) -> tuple[str | None, Block | None]:
    """Give the headline without the site's name, and the block that shows it (None where only the head has it)."""
    site = site_name(page)
    told = [without_site(text, site) for text in _told_titles(page)]
    squashed = [squash(text) for text in told]
    shown = [(_score(block, squashed), -block.order, block) for block in page.blocks if _may_be_title(block)]
    shown = [entry for entry in shown if entry[0] > 0]
    if shown:
        best = max(shown, key=lambda entry: entry[:2])[2]
        return clean(best.text), best
    named = next(
        (text for text, plain in zip(told, squashed, strict=True) if plain and plain != squash(site or "")), None
    )
    if named is None:
        return None, None
    plain = squash(named)
    for block in page.blocks:
        text = squash(block.text) if block.linked < 0.5 and len(block.text) <= _LONGEST_TITLE else ""
        if text and (text == plain or (len(text) >= 20 and plain.endswith(text))):
            return clean(block.text), block
    return named, None


def _told_titles(page: PageTree) -> list[str]:
    told = [*page.meta.get("og:title", ()), *page.meta.get("twitter:title", ())]
    told += [unescape(item["headline"]) for item in page.linked_data if isinstance(item.get("headline"), str)][:1]
    told += [tag.text for tag in page.root.iter("title") if tag.text][:1]
    return [clean(text) for text in told if text.strip()]


def _may_be_title(block: Block) -> bool:
    if len(block.text) > _LONGEST_TITLE or len(block.text) < 2:
        return False
    return (block.kind == "heading" and block.level <= 2) or _has_part(block, sites().title, 2)


def _score(block: Block, told: list[str]) -> float:
    """Weigh a shown headline: agreement with the head counts most, then rank and name; a logo is none."""
    plain = squash(block.text)
    if not plain or any(word in name for name in _near_names(block) for word in _LOGO):
        return -1.0
    votes = sum(agree(plain, text) for text in told)
    named = _has_part(block, sites().title, 2)
    score = 2.0 * votes + (1.5 if block.level == 1 else 0.0) + (1.5 if named else 0.0)
    score -= 1.0 * any(part.tag in ("nav", "footer", "aside") for part in block.noise)
    score -= 2.0 * (block.linked > 0.9) + 0.5 * bool(block.noise) + 1.0 * (len(plain) < 12)
    return score if votes or block.level == 1 or named else -1.0


def _near_names(block: Block) -> list[str]:
    return [*names(block.node), *(names(block.node.getparent()) if block.node.getparent() is not None else ())]


def _has_part(block: Block, part: frozenset[str], up: int) -> bool:
    node = block.node
    for _ in range(up + 1):
        if node is None:
            return False
        if is_part(node, part):
            return True
        node = node.getparent()
    return False


def without_site(text: str, site: str | None) -> str:
    """Give a headline without the newspaper's name at its end, and without what follows that name."""
    known = squash(site or "")
    parts = _SEPARATOR.split(text)
    for index in range(2, len(parts), 2):
        plain = squash(parts[index])
        named = (
            bool(known) and bool(plain) and (plain == known or known in plain or (plain in known and len(plain) > 3))
        )
        if (named or _PAPER.match(parts[index]) or _HOST.match(parts[index])) and squash("".join(parts[: index - 1])):
            return "".join(parts[: index - 1]).rstrip()
    return text


def site_name(page: PageTree) -> str | None:
    """Give the newspaper's name as the page gives it; None where it gives none."""
    told = [*page.meta.get("og:site_name", ()), page.publisher or ""]
    told += [*page.meta.get("application-name", ()), *page.meta.get("apple-mobile-web-app-title", ())]
    named = [name for name in map(clean, told) if 1 < len(name) <= 120]
    best = next((name for name in named if " " in name or "." not in name), None)
    return best or _name_in_title(page) or (named[0] if named else None)


def _name_in_title(page: PageTree) -> str | None:
    """Give a newspaper's name from the end of the page's title."""
    for tag in page.root.iter("title"):
        parts = _SEPARATOR.split(clean(tag.text or ""))[2::2]
        return next((part.strip() for part in parts if _PAPER.match(part) and len(part) <= 80), None)
    return None


def find_lead(page: PageTree, title: Block | None, body: Any) -> list[Block]:
    """Give the blocks of the standfirst: named so near the headline, or what the head describes; else none."""
    first = title.order + 1 if title is not None else 0
    inside = [block.order for block in page.blocks if _within(block.node, body)]
    start = max(first, inside[0] if inside else first)
    near = [block for block in page.blocks[first : start + 6] if block.linked < 0.6 and len(block.text) >= 30]
    near = [block for block in near if block.kind in ("paragraph", "heading") and not _is_dateline(block.text)]
    if title is None or start - first > 3 * _NEAR:
        near = [block for block in near if block.order > start - _NEAR]
    named = [block for block in near if _has_part(block, sites().lead, 2)]
    if named:
        holder = _holder(named[0])
        return [block for block in named if _holder(block) is holder][:4]
    for described in page.meta.get("description", [])[:1] + page.meta.get("og:description", [])[:1]:
        plain = squash(described)[:70]
        for block in near:
            if len(plain) >= 30 and squash(block.text).startswith(plain):
                return [block]
    between = [block for block in near if first <= block.order < start and _is_sentence(block)]
    if title is not None and 0 < len(between) <= 2:
        return between
    opening = [block for block in near if block.order >= start][:1]
    return [block for block in opening if block.bold > 0.95 and len(block.text) > 40 and block.text[-1] in ".…!?"]


def _is_sentence(block: Block) -> bool:
    """Tell whether a block between headline and body reads like a standfirst and stands in no foreign box."""
    told = len(block.text) >= 40 and block.text[-1] in '.!?…”"' and block.linked < 0.3
    return told and not any(is_never_body(part) for part in block.noise)


def _is_dateline(text: str) -> bool:
    return len(text) < 80 and any(stamp.end - stamp.start > 0.5 * len(text) for stamp in visible_stamps(text))


def _holder(block: Block) -> Any:
    node = block.node
    for _ in range(3):
        if node is None or is_part(node, sites().lead):
            return node
        node = node.getparent()
    return node


def _within(node: Any, container: Any) -> bool:
    return node is container or any(above is container for above in node.iterancestors())
