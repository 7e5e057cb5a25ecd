-- What a claim needs of its article stands beside the time of its reading: the text of an article is long, and columns
-- behind it cost a walk over all its pages.
CREATE TABLE standing_before AS SELECT * FROM standing;
DROP TABLE standing;
CREATE TABLE standing (
  reading_id INTEGER NOT NULL REFERENCES readings (id),
  told TEXT NOT NULL,
  told_until TEXT NOT NULL,
  known TEXT NOT NULL,
  known_until TEXT NOT NULL,
  url TEXT,
  outlet TEXT,
  published TEXT,
  read_at TEXT NOT NULL,
  source TEXT NOT NULL,
  corrects INTEGER NOT NULL CHECK (corrects IN (0, 1)),
  PRIMARY KEY (reading_id, told, known)
) STRICT, WITHOUT ROWID;
INSERT INTO standing
SELECT b.reading_id, b.told, b.told_until, b.known, b.known_until, nullif(a.url, ''), a.outlet, a.published, r.read_at,
  r.source, a.title LIKE '%đính chính%' OR a.title LIKE '%cải chính%'
FROM standing_before b JOIN readings r ON r.id = b.reading_id JOIN articles a ON a.id = r.article_id;
DROP TABLE standing_before;

-- A figure told again is found by its series, as the figure itself is.
DROP TRIGGER carried_no_update;
ALTER TABLE carried ADD COLUMN series_id INTEGER REFERENCES series (id);
ALTER TABLE carried ADD COLUMN period_end TEXT;
UPDATE carried SET series_id = o.series_id, period_end = o.period_end
FROM observations o WHERE o.id = carried.obs_id AND o.publish = 1;
CREATE TRIGGER carried_no_update BEFORE UPDATE ON carried BEGIN
  SELECT RAISE(ABORT, 'carried is append-only: add a row instead of changing one');
END;
CREATE INDEX carried_series ON carried (series_id, period_end) WHERE series_id IS NOT NULL;
