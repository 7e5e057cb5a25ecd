"""How each family of newspaper sites writes its addresses, and which lists it offers."""

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

from monitor.demo.stories import Story

PER_PAGE = 8
"""Stories on one page of a section."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Family:
    """Addresses and lists of one kind of site."""

    template: str
    """Name of the page template, without suffix."""
    address: Callable[[Story], str]
    """Path (with query) of a story."""
    section: str
    """Path of a section's first page, with `{section}`."""
    more: str
    """What leads to its further pages, with `{page}`; `""` where there are none."""
    feeds: tuple[str, ...] = ()
    """Paths of RSS files; `{section}` stands for each section."""
    sitemap: bool = False
    """Has `/sitemap.xml` and a news sitemap."""
    today: bool = False
    """Prints today's date in the header of every page."""
    us_dates: bool = False
    """Writes American dates into its feed."""


def _month_path(story: Story) -> str:
    """`/{section}/{YYYYMM}/{slug}-{7 hex}/`."""
    mark = f"{crc32(str(story.number).encode()):08x}"[:7]
    return f"/{story.section}/{story.at:%Y%m}/{story.slug}-{mark}/"


def _timed(story: Story) -> str:
    """`/{slug}-{3-digit site}{yymmddhhmmss}{mmm}.htm`: the number carries the time of publication."""
    return f"/{story.slug}-188{story.at:%y%m%d%H%M%S}{story.number % 1000:03d}.htm"


FAMILIES = {
    "post-id": Family(
        template="post-id",
        address=lambda story: f"/{story.slug}-post{story.number}.html",
        section="/{section}/",
        more="",
        feeds=("/rss/home.rss",),
    ),
    "b-grid": Family(
        template="b-grid",
        address=lambda story: f"/{story.slug}-{story.number}.html",
        section="/{section}",
        more="",
        sitemap=True,
    ),
    "month-path": Family(
        template="month-path", address=_month_path, section="/{section}/", more="?page={page}", today=True
    ),
    "vccorp": Family(
        template="vccorp",
        address=_timed,
        section="/{section}.htm",
        more="",
        feeds=("/rss/{section}.rss",),
        us_dates=True,
    ),
    "sharepoint": Family(
        template="sharepoint",
        address=lambda story: f"/tintuc/Pages/{story.section}.aspx?CateID=0&ItemID={story.number}",
        section="/tintuc/Pages/{section}.aspx?CateID=0",
        more="&Page={page}",
        today=True,
    ),
}
"""By the name that a source declares as its `family`."""
