-- Pages as they were archived: one row per version of an address; the bodies lie in the WARC files.
CREATE TABLE pages (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL,
  source TEXT NOT NULL,
  digest TEXT NOT NULL,
  fetched_url TEXT NOT NULL,
  fetched_at TEXT NOT NULL,
  status INTEGER NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  robots TEXT NOT NULL,
  warc_file TEXT NOT NULL,
  warc_offset INTEGER NOT NULL,
  published TEXT,
  title TEXT,
  area TEXT
) STRICT;
CREATE INDEX pages_url ON pages (url, fetched_at);
CREATE INDEX pages_warc ON pages (warc_file, warc_offset);

-- Every request, also the refused and the failed.
CREATE TABLE fetches (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL,
  source TEXT NOT NULL,
  at TEXT NOT NULL,
  outcome TEXT NOT NULL,
  status INTEGER NOT NULL,
  robots TEXT NOT NULL,
  reason TEXT NOT NULL,
  seconds REAL NOT NULL,
  bytes INTEGER NOT NULL,
  etag TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  digest TEXT NOT NULL
) STRICT;
CREATE INDEX fetches_url ON fetches (url, id);
CREATE INDEX fetches_source ON fetches (source, at);

-- What a round brought from one source, and the verdict on it.
CREATE TABLE source_runs (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  run TEXT NOT NULL,
  started TEXT NOT NULL,
  finished TEXT NOT NULL,
  counts TEXT NOT NULL,
  verdict TEXT NOT NULL,
  evidence TEXT NOT NULL
) STRICT;
CREATE INDEX source_runs_source ON source_runs (source, id);
CREATE INDEX source_runs_finished ON source_runs (finished);

-- The ledger of jobs (crawl, read, digest, ...): one row per event of a run.
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  run TEXT NOT NULL,
  job TEXT NOT NULL,
  event TEXT NOT NULL CHECK (event IN ('started', 'finished', 'failed', 'abandoned')),
  at TEXT NOT NULL,
  due TEXT,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX runs_job ON runs (job, id);
CREATE INDEX runs_run ON runs (run, id);

-- Articles: one row per version of a document's text, as it was read.
CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  doc TEXT NOT NULL,
  url TEXT NOT NULL,
  digest TEXT NOT NULL,
  content TEXT NOT NULL,
  title TEXT,
  lead TEXT,
  text TEXT NOT NULL,
  captions TEXT NOT NULL,
  tables TEXT NOT NULL,
  outlet TEXT,
  published TEXT,
  published_evidence TEXT NOT NULL,
  modified TEXT,
  area TEXT,
  UNIQUE (doc, digest, content)
) STRICT;
CREATE INDEX articles_url ON articles (url);

-- Readings: one version of one document, read under one state of the rules.
CREATE TABLE readings (
  id INTEGER PRIMARY KEY,
  doc TEXT NOT NULL,
  digest TEXT NOT NULL,
  rules TEXT NOT NULL,
  article_id INTEGER NOT NULL REFERENCES articles (id),
  read_at TEXT NOT NULL,
  source TEXT NOT NULL,
  observations INTEGER NOT NULL,
  unclaimed INTEGER NOT NULL,
  UNIQUE (doc, digest, rules)
) STRICT;
CREATE INDEX readings_read_at ON readings (read_at);
CREATE INDEX readings_article ON readings (article_id);

-- What makes a series: a point is one of these at one period.
CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  indicator TEXT NOT NULL,
  measure TEXT NOT NULL,
  unit TEXT NOT NULL,
  area TEXT NOT NULL,
  scope TEXT,
  "of" TEXT,
  denominator TEXT,
  issuer TEXT,
  base_kind TEXT
) STRICT;
CREATE UNIQUE INDEX series_key ON series (
  area, indicator, measure, unit, ifnull(scope, ''), ifnull("of", ''), ifnull(denominator, ''), ifnull(issuer, ''),
  ifnull(base_kind, '')
);
CREATE INDEX series_indicator ON series (indicator, measure);

-- The figures: the contract's keys as columns, and where each belongs.
CREATE TABLE observations (
  id INTEGER PRIMARY KEY,
  reading_id INTEGER NOT NULL REFERENCES readings (id),
  series_id INTEGER REFERENCES series (id),
  doc TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  quote TEXT NOT NULL,
  sentence TEXT NOT NULL,
  indicator TEXT NOT NULL,
  measure TEXT NOT NULL,
  obs_value REAL NOT NULL,
  unit TEXT NOT NULL,
  qualifier TEXT NOT NULL,
  area TEXT,
  area_name TEXT,
  area_level TEXT,
  area_candidates TEXT NOT NULL,
  period_start TEXT,
  period_end TEXT,
  base_end TEXT,
  scope TEXT,
  "of" TEXT,
  denominator TEXT,
  issuer TEXT,
  rule TEXT NOT NULL,
  confidence REAL NOT NULL,
  publish INTEGER NOT NULL CHECK (publish IN (0, 1)),
  flags TEXT NOT NULL,
  slots TEXT NOT NULL
) STRICT;
CREATE INDEX observations_reading ON observations (reading_id);
CREATE INDEX observations_series ON observations (series_id, period_end) WHERE publish = 1 AND series_id IS NOT NULL;

-- Figures that a later reading of the document found again, word for word: said once, linked here.
CREATE TABLE carried (
  reading_id INTEGER NOT NULL REFERENCES readings (id),
  obs_id INTEGER NOT NULL REFERENCES observations (id),
  PRIMARY KEY (reading_id, obs_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX carried_obs ON carried (obs_id);

-- Numbers beside an insurance word that no rule claimed.
CREATE TABLE unclaimed (
  id INTEGER PRIMARY KEY,
  reading_id INTEGER NOT NULL REFERENCES readings (id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  quote TEXT NOT NULL,
  sentence TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX unclaimed_reading ON unclaimed (reading_id);

-- What people decided about a figure; an undo is a row of its own.
CREATE TABLE verdicts (
  id INTEGER PRIMARY KEY,
  obs_id INTEGER NOT NULL REFERENCES observations (id),
  verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'correct', 'reject', 'undo')),
  slots TEXT NOT NULL,
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  undoes INTEGER REFERENCES verdicts (id),
  replays INTEGER REFERENCES verdicts (id)
) STRICT;
CREATE INDEX verdicts_obs ON verdicts (obs_id, id);

-- The office's own plans and official figures, beside the press and never mixed into it.
CREATE TABLE office_figures (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('plan', 'official')),
  series_id INTEGER NOT NULL REFERENCES series (id),
  period_start TEXT NOT NULL,
  period_end TEXT NOT NULL,
  obs_value REAL NOT NULL,
  document TEXT NOT NULL,
  published TEXT,
  note TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  author TEXT NOT NULL
) STRICT;
CREATE INDEX office_figures_series ON office_figures (series_id, period_end);

-- Words of a person on a point as a whole, and why something was set right.
CREATE TABLE corrections (
  id INTEGER PRIMARY KEY,
  obs_id INTEGER NOT NULL REFERENCES observations (id),
  corrects INTEGER NOT NULL REFERENCES observations (id),
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX corrections_obs ON corrections (obs_id);
CREATE INDEX corrections_corrects ON corrections (corrects);

-- Derived from the tables above; may be dropped and made again.

-- When each reading stands: on the axis of publication (days) and on that of this store's knowledge (instants, UTC).
CREATE TABLE standing (
  reading_id INTEGER NOT NULL REFERENCES readings (id),
  told TEXT NOT NULL,
  told_until TEXT NOT NULL,
  known TEXT NOT NULL,
  known_until TEXT NOT NULL,
  PRIMARY KEY (reading_id, told, known)
) STRICT, WITHOUT ROWID;

-- The verdict in force on a figure, from when to when, and the series it puts the figure into.
CREATE TABLE judged (
  obs_id INTEGER NOT NULL REFERENCES observations (id),
  verdict_id INTEGER NOT NULL REFERENCES verdicts (id),
  verdict TEXT NOT NULL,
  at TEXT NOT NULL,
  until TEXT NOT NULL,
  series_id INTEGER REFERENCES series (id),
  period_start TEXT,
  period_end TEXT,
  obs_value REAL,
  qualifier TEXT,
  PRIMARY KEY (obs_id, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX judged_series ON judged (series_id, period_end);

-- Sketch of each article's text, and which document it copies.
CREATE TABLE sketches (
  doc TEXT PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES articles (id),
  sketch BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE copies (
  doc TEXT PRIMARY KEY,
  leader TEXT NOT NULL,
  similarity REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX copies_leader ON copies (leader);

-- Points as settled last; a cell in `unsettled` waits for its turn.
CREATE TABLE points (
  series_id INTEGER NOT NULL REFERENCES series (id),
  period_end TEXT NOT NULL,
  period_start TEXT NOT NULL,
  obs_value REAL NOT NULL,
  qualifier TEXT NOT NULL,
  status TEXT NOT NULL,
  why TEXT NOT NULL,
  flags TEXT NOT NULL,
  obs_id INTEGER,
  reports INTEGER NOT NULL,
  groups INTEGER NOT NULL,
  PRIMARY KEY (series_id, period_end, period_start)
) STRICT, WITHOUT ROWID;
CREATE TABLE unsettled (
  series_id INTEGER NOT NULL,
  period_end TEXT NOT NULL,
  PRIMARY KEY (series_id, period_end)
) STRICT, WITHOUT ROWID;

-- What the store remembers of its sources' declarations: name, and whether an office itself speaks there.
CREATE TABLE outlets (
  source TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  official INTEGER NOT NULL CHECK (official IN (0, 1)),
  area TEXT
) STRICT, WITHOUT ROWID;

-- Marks of the derived tables: how far each has been brought.
CREATE TABLE marks (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Nothing is overwritten: these tables take new rows and nothing else, whoever asks, also by INSERT OR REPLACE.
CREATE TRIGGER pages_no_update BEFORE UPDATE ON pages BEGIN
  SELECT RAISE(ABORT, 'pages is append-only: add a row instead of changing one');
END;
CREATE TRIGGER pages_no_delete BEFORE DELETE ON pages BEGIN
  SELECT RAISE(ABORT, 'pages is append-only: rows are never removed');
END;
CREATE TRIGGER pages_no_replace BEFORE INSERT ON pages WHEN EXISTS (
    SELECT 1 FROM pages WHERE id = NEW.id
  ) BEGIN
  SELECT RAISE(ABORT, 'pages is append-only: this row is already there');
END;
CREATE TRIGGER fetches_no_update BEFORE UPDATE ON fetches BEGIN
  SELECT RAISE(ABORT, 'fetches is append-only: add a row instead of changing one');
END;
CREATE TRIGGER fetches_no_delete BEFORE DELETE ON fetches BEGIN
  SELECT RAISE(ABORT, 'fetches is append-only: rows are never removed');
END;
CREATE TRIGGER fetches_no_replace BEFORE INSERT ON fetches WHEN EXISTS (
    SELECT 1 FROM fetches WHERE id = NEW.id
  ) BEGIN
  SELECT RAISE(ABORT, 'fetches is append-only: this row is already there');
END;
CREATE TRIGGER source_runs_no_update BEFORE UPDATE ON source_runs BEGIN
  SELECT RAISE(ABORT, 'source_runs is append-only: add a row instead of changing one');
END;
CREATE TRIGGER source_runs_no_delete BEFORE DELETE ON source_runs BEGIN
  SELECT RAISE(ABORT, 'source_runs is append-only: rows are never removed');
END;
CREATE TRIGGER source_runs_no_replace BEFORE INSERT ON source_runs WHEN EXISTS (
    SELECT 1 FROM source_runs WHERE id = NEW.id
  ) BEGIN
  SELECT RAISE(ABORT, 'source_runs is append-only: this row is already there');
END;
CREATE TRIGGER runs_no_update BEFORE UPDATE ON runs BEGIN
  SELECT RAISE(ABORT, 'runs is append-only: add a row instead of changing one');
END;
CREATE TRIGGER runs_no_delete BEFORE DELETE ON runs BEGIN
  SELECT RAISE(ABORT, 'runs is append-only: rows are never removed');
END;
CREATE TRIGGER runs_no_replace BEFORE INSERT ON runs WHEN EXISTS (
    SELECT 1 FROM runs WHERE id = NEW.id
  ) BEGIN
  SELECT RAISE(ABORT, 'runs is append-only: this row is already there');
END;
CREATE TRIGGER articles_no_update BEFORE UPDATE ON articles BEGIN
  SELECT RAISE(ABORT, 'articles is append-only: add a row instead of changing one');
END;
CREATE TRIGGER articles_no_delete BEFORE DELETE ON articles BEGIN
  SELECT RAISE(ABORT, 'articles is append-only: rows are never removed');
END;
CREATE TRIGGER articles_no_replace BEFORE INSERT ON articles WHEN EXISTS (
    SELECT 1 FROM articles WHERE id = NEW.id
  ) OR EXISTS (
    SELECT 1 FROM articles WHERE doc = NEW.doc AND digest = NEW.digest AND content = NEW.content
  ) BEGIN
  SELECT RAISE(ABORT, 'articles is append-only: this row is already there');
END;
CREATE TRIGGER readings_no_update BEFORE UPDATE ON readings BEGIN
  SELECT RAISE(ABORT, 'readings is append-only: add a row instead of changing one');
END;
CREATE TRIGGER readings_no_delete BEFORE DELETE ON readings BEGIN
  SELECT RAISE(ABORT, 'readings is append-only: rows are never removed');
END;
CREATE TRIGGER readings_no_replace BEFORE INSERT ON readings WHEN EXISTS (
    SELECT 1 FROM readings WHERE id = NEW.id
  ) OR EXISTS (
    SELECT 1 FROM readings WHERE doc = NEW.doc AND digest = NEW.digest AND rules = NEW.rules
  ) BEGIN
  SELECT RAISE(ABORT, 'readings is append-only: this row is already there');
END;
CREATE TRIGGER series_no_update BEFORE UPDATE ON series BEGIN
  SELECT RAISE(ABORT, 'series is append-only: add a row instead of changing one');
END;
CREATE TRIGGER series_no_delete BEFORE DELETE ON series BEGIN
  SELECT RAISE(ABORT, 'series is append-only: rows are never removed');
END;
CREATE TRIGGER series_no_replace BEFORE INSERT ON series WHEN EXISTS (
    SELECT 1 FROM series WHERE id = NEW.id
  ) OR EXISTS (
    SELECT 1 FROM series WHERE area = NEW.area AND indicator = NEW.indicator AND measure = NEW.measure AND unit = NEW.unit
    AND ifnull(scope, '') = ifnull(NEW.scope, '') AND ifnull("of", '') = ifnull(NEW."of", '')
    AND ifnull(denominator, '') = ifnull(NEW.denominator, '') AND ifnull(issuer, '') = ifnull(NEW.issuer, '')
    AND ifnull(base_kind, '') = ifnull(NEW.base_kind, '')
  ) BEGIN
  SELECT RAISE(ABORT, 'series is append-only: this row is already there');
END;
CREATE TRIGGER observations_no_update BEFORE UPDATE ON observations BEGIN
  SELECT RAISE(ABORT, 'observations is append-only: add a row instead of changing one');
END;
CREATE TRIGGER observations_no_delete BEFORE DELETE ON observations BEGIN
  SELECT RAISE(ABORT, 'observations is append-only: rows are never removed');
END;
CREATE TRIGGER observations_no_replace BEFORE INSERT ON observations WHEN EXISTS (
    SELECT 1 FROM observations WHERE id = NEW.id
  ) BEGIN
  SELECT RAISE(ABORT, 'observations is append-only: this row is already there');
END;
CREATE TRIGGER carried_no_update BEFORE UPDATE ON carried BEGIN
  SELECT RAISE(ABORT, 'carried is append-only: add a row instead of changing one');
END;
CREATE TRIGGER carried_no_delete BEFORE DELETE ON carried BEGIN
  SELECT RAISE(ABORT, 'carried is append-only: rows are never removed');
END;
CREATE TRIGGER carried_no_replace BEFORE INSERT ON carried WHEN EXISTS (
    SELECT 1 FROM carried WHERE reading_id = NEW.reading_id AND obs_id = NEW.obs_id
  ) BEGIN
  SELECT RAISE(ABORT, 'carried is append-only: this row is already there');
END;
CREATE TRIGGER unclaimed_no_update BEFORE UPDATE ON unclaimed BEGIN
  SELECT RAISE(ABORT, 'unclaimed is append-only: add a row instead of changing one');
END;
CREATE TRIGGER unclaimed_no_delete BEFORE DELETE ON unclaimed BEGIN
  SELECT RAISE(ABORT, 'unclaimed is append-only: rows are never removed');
END;
CREATE TRIGGER unclaimed_no_replace BEFORE INSERT ON unclaimed WHEN EXISTS (
    SELECT 1 FROM unclaimed WHERE id = NEW.id
  ) BEGIN
  SELECT RAISE(ABORT, 'unclaimed is append-only: this row is already there');
END;
CREATE TRIGGER verdicts_no_update BEFORE UPDATE ON verdicts BEGIN
  SELECT RAISE(ABORT, 'verdicts is append-only: add a row instead of changing one');
END;
CREATE TRIGGER verdicts_no_delete BEFORE DELETE ON verdicts BEGIN
  SELECT RAISE(ABORT, 'verdicts is append-only: rows are never removed');
END;
CREATE TRIGGER verdicts_no_replace BEFORE INSERT ON verdicts WHEN EXISTS (
    SELECT 1 FROM verdicts WHERE id = NEW.id
  ) BEGIN
  SELECT RAISE(ABORT, 'verdicts is append-only: this row is already there');
END;
CREATE TRIGGER office_figures_no_update BEFORE UPDATE ON office_figures BEGIN
  SELECT RAISE(ABORT, 'office_figures is append-only: add a row instead of changing one');
END;
CREATE TRIGGER office_figures_no_delete BEFORE DELETE ON office_figures BEGIN
  SELECT RAISE(ABORT, 'office_figures is append-only: rows are never removed');
END;
CREATE TRIGGER office_figures_no_replace BEFORE INSERT ON office_figures WHEN EXISTS (
    SELECT 1 FROM office_figures WHERE id = NEW.id
  ) BEGIN
  SELECT RAISE(ABORT, 'office_figures is append-only: this row is already there');
END;
CREATE TRIGGER corrections_no_update BEFORE UPDATE ON corrections BEGIN
  SELECT RAISE(ABORT, 'corrections is append-only: add a row instead of changing one');
END;
CREATE TRIGGER corrections_no_delete BEFORE DELETE ON corrections BEGIN
  SELECT RAISE(ABORT, 'corrections is append-only: rows are never removed');
END;
CREATE TRIGGER corrections_no_replace BEFORE INSERT ON corrections WHEN EXISTS (
    SELECT 1 FROM corrections WHERE id = NEW.id
  ) BEGIN
  SELECT RAISE(ABORT, 'corrections is append-only: this row is already there');
END;
