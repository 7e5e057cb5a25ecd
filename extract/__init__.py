"""Page → Article → Observations. Pure: no network, no database, no clock. Knows only `model`.

The doors of the room, each loaded when it is first used (so that asking for a number does not load a page reader).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.article import read_article as read_article
    from extract.figures import find_figures as find_figures
    from extract.figures import rules_fingerprint as rules_fingerprint
    from extract.pages import worth_reading as worth_reading
    from extract.periods import Period as Period
    from extract.periods import find_periods as find_periods
    from extract.periods import parse_periods as parse_periods
    from extract.quantities import parse_quantities as parse_quantities
    from extract.quantities_record import Quantity as Quantity

_DOORS = {
    "read_article": "extract.article",
    "find_figures": "extract.figures",
    "rules_fingerprint": "extract.figures",
    "worth_reading": "extract.pages",
    "parse_periods": "extract.periods",
    "find_periods": "extract.periods",
    "Period": "extract.periods",
    "parse_quantities": "extract.quantities",
    "Quantity": "extract.quantities_record",
}
"""Public name → the module that holds it. To open a door, add it here and to the imports above."""


def __getattr__(name: str) -> Any:
    """Load the module of a door on first use."""
    if name in _DOORS:
        return getattr(import_module(_DOORS[name]), name)
    raise AttributeError(f"module 'extract' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *_DOORS})
