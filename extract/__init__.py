"""Page → Article → Observations. Pure: no network, no database, no clock. Knows only `model`.

The doors of the room, each loaded when it is first used (so that asking for a number does not load a page reader).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.article.read import read_article as read_article
    from extract.article.trace import Origin as Origin
    from extract.article.trace import Trace as Trace
    from extract.article.trace import trace_article as trace_article
    from extract.figures.declared import rules_fingerprint as rules_fingerprint
    from extract.figures.find import find_figures as find_figures
    from extract.pages.look import worth_reading as worth_reading
    from extract.periods.find import Period as Period
    from extract.periods.find import find_periods as find_periods
    from extract.periods.find import parse_periods as parse_periods
    from extract.quantities.parse import parse_quantities as parse_quantities
    from extract.quantities.record import Quantity as Quantity

_DOORS = {
    "read_article": "extract.article.read",
    "trace_article": "extract.article.trace",
    "Trace": "extract.article.trace",
    "Origin": "extract.article.trace",
    "find_figures": "extract.figures.find",
    "rules_fingerprint": "extract.figures.declared",
    "worth_reading": "extract.pages.look",
    "parse_periods": "extract.periods.find",
    "find_periods": "extract.periods.find",
    "Period": "extract.periods.find",
    "parse_quantities": "extract.quantities.parse",
    "Quantity": "extract.quantities.record",
}
"""Public name → the module that holds it. To open a door, add it here and to the imports above."""

__all__ = [
    "Origin",
    "Period",
    "Quantity",
    "Trace",
    "find_figures",
    "find_periods",
    "parse_periods",
    "parse_quantities",
    "read_article",
    "rules_fingerprint",
    "trace_article",
    "worth_reading",
]


def __getattr__(name: str) -> Any:
    """Load the module of a door on first use."""
    if name in _DOORS:
        return getattr(import_module(_DOORS[name]), name)
    raise AttributeError(f"module 'extract' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *_DOORS})
