-- Words of articles, folded by the store (đ as d) so that `dong thap` finds Đồng Tháp; rowid is articles.id.
CREATE VIRTUAL TABLE articles_fts USING fts5 (
  title, text, places, content = '', tokenize = 'unicode61 remove_diacritics 2'
);

-- Readings made by today's rules and not adopted yet.
CREATE TABLE staged (
  doc TEXT NOT NULL,
  digest TEXT NOT NULL,
  rules TEXT NOT NULL,
  reading TEXT NOT NULL,
  PRIMARY KEY (rules, doc, digest)
) STRICT;

-- Audit: who did what, in the pages and on the command line.
CREATE TABLE deeds (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  author TEXT NOT NULL,
  deed TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX deeds_at ON deeds (at);
CREATE TRIGGER deeds_no_update BEFORE UPDATE ON deeds BEGIN
  SELECT RAISE(ABORT, 'deeds is append-only: add a row instead of changing one');
END;
CREATE TRIGGER deeds_no_delete BEFORE DELETE ON deeds BEGIN
  SELECT RAISE(ABORT, 'deeds is append-only: rows are never removed');
END;
CREATE TRIGGER deeds_no_replace BEFORE INSERT ON deeds WHEN EXISTS (SELECT 1 FROM deeds WHERE id = NEW.id) BEGIN
  SELECT RAISE(ABORT, 'deeds is append-only: this row is already there');
END;

CREATE INDEX articles_doc ON articles (doc, id);
CREATE INDEX observations_doc ON observations (doc);
CREATE INDEX observations_waiting ON observations (reading_id) WHERE publish = 0;

-- Figures that stand now: of each document the newest version, by its newest reading.
CREATE VIEW current_observations AS
SELECT o.id, o.doc, a.url, a.title, a.outlet, a.published, r.source, r.read_at, o.quote, o.sentence, o.indicator,
  o.measure, o.obs_value, o.unit, o.qualifier, o.area, o.area_name, o.area_level, o.period_start, o.period_end,
  o.base_end, o.scope, o."of", o.denominator, o.issuer, o.rule, o.confidence, o.publish, o.flags, o.series_id
FROM observations o
JOIN standing s ON s.reading_id = o.reading_id AND s.told_until = '9999-12-31'
JOIN readings r ON r.id = o.reading_id
JOIN articles a ON a.id = r.article_id
UNION ALL
SELECT o.id, o.doc, a.url, a.title, a.outlet, a.published, r.source, r.read_at, o.quote, o.sentence, o.indicator,
  o.measure, o.obs_value, o.unit, o.qualifier, o.area, o.area_name, o.area_level, o.period_start, o.period_end,
  o.base_end, o.scope, o."of", o.denominator, o.issuer, o.rule, o.confidence, o.publish, o.flags, o.series_id
FROM carried k
JOIN observations o ON o.id = k.obs_id
JOIN standing s ON s.reading_id = k.reading_id AND s.told_until = '9999-12-31'
JOIN readings r ON r.id = k.reading_id
JOIN articles a ON a.id = r.article_id;

-- Points as settled last, with the words of their series and the sentence that stands.
CREATE VIEW current_points AS
SELECT q.area, q.indicator, q.measure, q.unit, q.scope, q."of", q.denominator, q.issuer, q.base_kind, p.period_start,
  p.period_end, p.obs_value, p.qualifier, p.status, p.why, p.flags, p.reports, p.groups, o.doc, a.url, a.outlet,
  a.published, o.quote, o.sentence, p.series_id, p.obs_id
FROM points p
JOIN series q ON q.id = p.series_id
LEFT JOIN observations o ON o.id = p.obs_id
LEFT JOIN readings r ON r.id = o.reading_id
LEFT JOIN articles a ON a.id = r.article_id;

-- The last round of each source.
CREATE VIEW source_health AS
SELECT source, run, started, finished, counts, verdict, evidence
FROM source_runs WHERE id IN (SELECT max(id) FROM source_runs GROUP BY source);

-- Numbers that no rule claimed, in what stands now.
CREATE VIEW current_unclaimed AS
SELECT u.id, r.doc, r.source, u.start, u."end", u.quote, u.sentence, u.reason
FROM unclaimed u
JOIN readings r ON r.id = u.reading_id
JOIN standing s ON s.reading_id = r.id AND s.told_until = '9999-12-31';
