-- What of a busy cell's reports decides what comes of more of them, stretch by stretch, so that new reports are settled
-- without reading the old ones again. `tallied` says up to which observation they are counted.
CREATE TABLE tallies (
  series_id INTEGER NOT NULL REFERENCES series (id),
  period_end TEXT NOT NULL,
  period_start TEXT NOT NULL,
  since TEXT NOT NULL,
  first TEXT NOT NULL,
  voices TEXT NOT NULL,
  latest TEXT NOT NULL,
  PRIMARY KEY (series_id, period_end, period_start, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE tallied (
  series_id INTEGER NOT NULL REFERENCES series (id),
  period_end TEXT NOT NULL,
  upto INTEGER NOT NULL,
  PRIMARY KEY (series_id, period_end)
) STRICT, WITHOUT ROWID;
-- Whether a cell must be settled from all its reports: not where documents that are new only add to it.
ALTER TABLE unsettled ADD COLUMN anew INTEGER NOT NULL DEFAULT 1 CHECK (anew IN (0, 1));
