-- Reading a version again tells nothing later: of two reports of one day that which was read first stays the first. So
-- the time of reading in `standing` is that of the version's first reading, and what was read again is settled anew.
UPDATE standing SET read_at = (
  SELECT f.read_at FROM readings r JOIN readings f ON f.doc = r.doc AND f.digest = r.digest
  WHERE r.id = standing.reading_id ORDER BY f.id LIMIT 1)
WHERE reading_id IN (
  SELECT r.id FROM readings r JOIN readings f ON f.doc = r.doc AND f.digest = r.digest AND f.id < r.id);
INSERT OR REPLACE INTO unsettled (series_id, period_end)
SELECT o.series_id, o.period_end FROM observations o WHERE o.series_id IS NOT NULL AND o.period_end IS NOT NULL
  AND o.doc IN (SELECT doc FROM readings GROUP BY doc, digest HAVING count(*) > 1)
UNION SELECT j.series_id, j.period_end FROM judged j JOIN observations o ON o.id = j.obs_id
  WHERE j.series_id IS NOT NULL AND j.period_end IS NOT NULL
  AND o.doc IN (SELECT doc FROM readings GROUP BY doc, digest HAVING count(*) > 1);
-- A plan told under another code of the same territory gives totals their first day, too; and a point of which some
-- report got its first day so says it.
INSERT OR REPLACE INTO unsettled (series_id, period_end)
SELECT o.series_id, o.period_end FROM observations o JOIN series q ON q.id = o.series_id
WHERE o.period_start IS NULL AND o.period_end IS NOT NULL AND o.publish = 1 AND q.measure IN ('level', 'gain')
UNION SELECT j.series_id, j.period_end FROM judged j JOIN series q ON q.id = j.series_id
WHERE j.period_start IS NULL AND j.period_end IS NOT NULL AND q.measure IN ('level', 'gain');
