"""What feeds, sitemaps and list pages hand on: addresses that may be articles; and what a site was found to have."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Via = Literal["feed", "news-sitemap", "sitemap", "list", "search", "home"]
"""Where an address was found."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One address that may be an article, with what its list said of it."""

    url: str
    """Canonical address."""
    title: str | None = None
    """Title that the list gave, white space folded; None where it gave none."""
    published: date | datetime | None = None
    """Day, or instant with its zone, that the list gave; None where it gave none or one that cannot be read."""
    modified: datetime | date | None = None
    """When the list says it was last changed; None where it does not say, or where its word is worth nothing."""
    via: Via = "list"
    """Kind of list that named it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """What one feed, sitemap or list page holds."""

    form: Literal["rss", "atom", "json", "urlset", "index", "html", "none"]
    """`none`: not a list at all (an HTML page instead of a feed, garbage, nothing)."""
    entries: tuple[Found, ...] = ()
    """Articles, in the list's own order, each once."""
    children: tuple[str, ...] = ()
    """Of a sitemap index: its sitemaps, newest first."""
    next_page: str = ""
    """Of a list page: the next one; `""` where there is none."""
    faults: tuple[str, ...] = ()
    """What was wrong and mended, or why nothing came out: `bom`, `wrong-encoding`, `html-instead`, `empty`, ..."""
    refused: int = 0
    """Entries without a usable address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """One feed, sitemap or section that was tried."""

    kind: str
    """`feed`, `sitemap`, `section` or `search`."""
    url: str
    entries: tuple[Found, ...] = ()
    """Articles that it names."""
    fault: str = ""
    """Why it is of no use; `""` where it is."""

    @property
    def dated(self) -> int:
        """How many of its articles have a date."""
        return sum(one.published is not None for one in self.entries)


@dataclass(frozen=True, kw_only=True, slots=True)
class Discovery:
    """What a site turned out to have."""

    home: str
    """Where its home page answered, canonical."""
    name: str
    """As it calls itself; its host where it does not say."""
    ways: tuple[Way, ...] = ()
    """All that was tried."""
    family: str = ""
    """CMS family whose article addresses its articles have; `""`: none."""
    fault: str = ""
    """Why nothing can be had at all; `""` where something can."""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What a declaration would name: `feeds`, `sitemaps`, `sections`, `search`, relative to the home."""

    @property
    def entries(self) -> tuple[Found, ...]:
        """All articles found, each once."""
        return tuple({one.url: one for way in self.ways for one in way.entries}.values())
