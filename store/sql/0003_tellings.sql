-- On which days figures of a place were told, and since when this store has known it: the habit of each locality.
CREATE TABLE tellings (
  area TEXT NOT NULL,
  indicator TEXT NOT NULL,
  told TEXT NOT NULL,
  known TEXT NOT NULL,
  PRIMARY KEY (area, indicator, told)
) STRICT, WITHOUT ROWID;
CREATE INDEX readings_doc_digest ON readings (doc, digest, id);
