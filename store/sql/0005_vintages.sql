-- What a point shows of its reports and of what stood before it, and since when it stands; past_points holds what stood
-- before, from day to day, so that a vintage is looked up and not settled again. Ids are [observation, reading].
ALTER TABLE points ADD COLUMN since TEXT;
ALTER TABLE points ADD COLUMN falls INTEGER;
ALTER TABLE points ADD COLUMN shown TEXT;
ALTER TABLE points ADD COLUMN before TEXT;
CREATE TABLE past_points (
  series_id INTEGER NOT NULL REFERENCES series (id),
  period_end TEXT NOT NULL,
  period_start TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  obs_value REAL NOT NULL,
  qualifier TEXT NOT NULL,
  status TEXT NOT NULL,
  why TEXT NOT NULL,
  flags TEXT NOT NULL,
  obs_id INTEGER,
  reports INTEGER NOT NULL,
  groups INTEGER NOT NULL,
  falls INTEGER NOT NULL,
  shown TEXT NOT NULL,
  before TEXT NOT NULL,
  PRIMARY KEY (series_id, period_end, period_start, since)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO unsettled (series_id, period_end)
SELECT DISTINCT series_id, period_end FROM observations WHERE series_id IS NOT NULL AND publish = 1
UNION SELECT series_id, period_end FROM judged WHERE series_id IS NOT NULL AND period_end IS NOT NULL
UNION SELECT series_id, period_end FROM office_figures;
