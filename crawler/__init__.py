"""Sites → Page: sources, discovery, the one spider, the archive. Knows only `model`.

The doors are `load_sources` (fast: no Scrapy), `crawl_round` and `run_round`; they are imported when first asked for.
"""

from importlib import import_module
from typing import Any

_DOORS = {
    "load_sources": "crawler.registry",
    "crawl_round": "crawler.run",
    "run_round": "crawler.run",
    "Archive": "crawler.archive",
}
__all__ = ["Archive", "crawl_round", "load_sources", "run_round"]


def __getattr__(name: str) -> Any:
    """Import a door when it is first used."""
    if name in _DOORS:
        return getattr(import_module(_DOORS[name]), name)
    raise AttributeError(f"module 'crawler' has no attribute '{name}'")
