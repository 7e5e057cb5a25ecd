"""What is owed of addresses: when one that failed is asked again, how long one that a kill caught has to wait. Pure.

Every address that a round means to ask is owed from the moment it is found; an answer settles it. What is left is what
did not fit, what failed, and what was on its way when the crawl was killed: the next round asks it directly.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from crawler.found import Found
from model.fetches import MOST_TRIES, Debt

PAUSES = tuple(timedelta(hours=hours) for hours in (0, 1, 4, 12, 24, 48, 96))
"""How long an address is left alone after its first, second, ... try in vain; the next round is never the same one."""
GIVEN_UP = timedelta(days=7)
"""After `MOST_TRIES` it is asked only where a list still names it, so often."""


def debt_of(found: Found, source: str, why: str, now: datetime) -> Debt:
    """Give what is owed of an article that a list names."""
    return Debt(
        url=found.url, source=source, due=now, why=why, via=found.via, title=found.title, published=found.published
    )


def found_of(debt: Debt) -> Found:
    """Give what the list said of an article that is owed."""
    via: Any = debt.via
    return Found(url=debt.url, title=debt.title, published=debt.published, via=via)


def failed(debt: Debt, now: datetime, *, asked: bool = True, not_before: datetime | None = None) -> Debt:
    """Give what is owed after a try in vain: one more try, later each time. `asked` False: it was never sent."""
    if not asked:
        return replace(debt, sent=None, due=max(now, not_before or now))
    tries = debt.tries + 1
    pause = GIVEN_UP if tries >= MOST_TRIES else PAUSES[min(tries, len(PAUSES)) - 1]
    return replace(debt, sent=None, tries=tries, due=max(now + pause, not_before or now))


def again(debt: Debt, owed: Debt | None) -> Debt:
    """Give a debt that keeps what is known of its tries; one that a kill caught on its way counts as tried."""
    if owed is None:
        return debt
    return replace(debt, tries=owed.tries + (owed.sent is not None), sent=owed.sent)


def seconds_to_wait(debt: Debt | None, now: datetime, interval: float, timeout: float) -> float:
    """Give how long an address that a killed round had asked must wait: as long as its answer would have had, or more.

    A host without an interval (one's own) is asked at once.
    """
    if debt is None or debt.sent is None or not interval:
        return 0.0
    return max((debt.sent - now).total_seconds() + max(timeout, interval), 0.0)
