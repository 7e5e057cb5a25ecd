"""Which cells wait to be settled: series and ends of periods, and whether new documents only add to them."""

ANEW = "INSERT OR REPLACE INTO unsettled (series_id, period_end) "
"""Begin of a statement that has cells settled from all their reports."""

ADDED = "INSERT OR IGNORE INTO unsettled (series_id, period_end, anew) VALUES (?, ?, 0)"
"""Has cells settled to which new documents only add: their reports so far need not be read again."""
