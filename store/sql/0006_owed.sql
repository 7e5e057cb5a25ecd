-- What the crawler still owes a source: addresses found, asked or failed at, from the moment they are known until they
-- are settled; and when each host was asked last. Both are changed in place: what came of each request is in fetches.
CREATE TABLE owed (
  url TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  depth INTEGER NOT NULL,
  why TEXT NOT NULL,
  via TEXT NOT NULL,
  title TEXT,
  published TEXT,
  due TEXT NOT NULL,
  tries INTEGER NOT NULL,
  sent TEXT
) STRICT;
CREATE INDEX owed_source ON owed (source, due);
CREATE TABLE hosts (
  host TEXT PRIMARY KEY,
  sent TEXT NOT NULL,
  pause REAL NOT NULL,
  robots TEXT,
  robots_at TEXT
) STRICT;
