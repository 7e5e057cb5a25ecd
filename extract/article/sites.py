"""Loads `sites.toml`: what newspapers call the parts of a page, ready to be asked."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NEVER = re.compile(r"foot|comment|binh-?luan|relat|lien-?quan|menu|nav(?!y)|modal|popup")
_UNNAMED = (None, None, None)
_SPLIT = re.compile(r"[\s_\-:.]+")


class Node(Protocol):
    """What is asked of an element: its attributes."""

    def get(self, key: str, default: str | None = None) -> str | None:
        """Give an attribute."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sites:
    """Names and words that tell the parts of a page apart; names lower-cased, lines folded."""

    body: frozenset[str]
    lead: frozenset[str]
    title: frozenset[str]
    caption: frozenset[str]
    date: frozenset[str]
    furniture: frozenset[str]
    lists: frozenset[str]
    comments: frozenset[str]
    pointers: tuple[str, ...]
    invitations: tuple[str, ...]
    noise_words: frozenset[str]
    noise_phrases: re.Pattern[str]


@cache
def sites() -> Sites:
    """Give the shipped hints, read once."""
    told = tomllib.loads(Path(__file__).with_name("sites.toml").read_text("utf-8"))
    parts = {key: frozenset(name.lower() for name in names) for key, names in told["parts"].items()}
    lines = told["lines"]
    phrases = "|".join(sorted(map(re.escape, told["noise"]["phrases"]), key=len, reverse=True))
    return Sites(
        **parts,
        furniture=frozenset(lines["furniture"]),
        lists=frozenset(lines["lists"]),
        comments=frozenset(lines["comments"]),
        pointers=tuple(lines["pointers"]),
        invitations=tuple(lines["invitations"]),
        noise_words=frozenset(told["noise"]["words"]),
        noise_phrases=re.compile(rf"(?:^|[\s_\-])(?:{phrases})(?:$|[\s_\-])"),
    )


def names(element: Node) -> frozenset[str]:
    """Give an element's classes and id, lower-cased."""
    return _names(element.get("class"), element.get("id"))


@lru_cache(maxsize=4096)
def _names(classes: str | None, identity: str | None) -> frozenset[str]:
    return frozenset(f"{classes or ''} {identity or ''}".lower().split())


def is_part(element: Node, part: frozenset[str]) -> bool:
    """Tell whether a class or the id of the element is one of the part's names."""
    return not part.isdisjoint(names(element))


def is_noise_name(element: Node) -> bool:
    """Tell whether class, id or type name something that is not the article."""
    called = element.get("class"), element.get("id"), element.get("type")
    return called != _UNNAMED and _noisy(" ".join(name or "" for name in called))


def is_never_body(element: Node) -> bool:
    """Tell whether an element can hold no body, however much it holds: footers, menus, comments, other articles."""
    return getattr(element, "tag", "") in ("footer", "nav") or any(_NEVER.search(name) for name in names(element))


@cache
def _words() -> tuple[frozenset[str], re.Pattern[str]]:
    return sites().noise_words, sites().noise_phrases


@lru_cache(maxsize=4096)
def _noisy(called: str) -> bool:
    words, phrases = _words()
    plain = _CAMEL.sub("-", called).lower()
    if any(part.rstrip("0123456789") in words for part in _SPLIT.split(plain)):
        return True
    return phrases.search(re.sub(r"_+", "-", plain)) is not None
