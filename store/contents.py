"""What a database says, as one digest: equal for two databases that were built from the same archive and verdicts.

Row numbers, times of reading and everything derived but the points are left out; rows are put in order by what they
say. Points that wait to be settled may differ: `all_settled` tells.
"""

import hashlib
import json
import sqlite3

from store.connection import Connected
from store.days import NEVER

CONTENTS = {
    "pages": "SELECT url, digest, fetched_at, kind, status FROM pages ORDER BY url, fetched_at, digest",
    "articles": "SELECT a.doc, a.digest, a.content FROM articles a JOIN readings r ON r.article_id = a.id JOIN standing"
    " s ON s.reading_id = r.id AND s.told < s.told_until GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
    "observations": """SELECT DISTINCT r.digest, o.doc, o.start, o."end", o.quote, o.sentence, o.indicator, o.measure,
      o.obs_value, o.unit, o.qualifier, o.area, o.area_name, o.area_level, o.area_candidates, o.period_start,
      o.period_end, o.base_end, o.scope, o."of", o.denominator, o.issuer, o.rule, o.confidence, o.publish, o.flags,
      o.slots
      FROM (SELECT id AS obs_id, reading_id FROM observations UNION ALL SELECT obs_id, reading_id FROM carried) k
      JOIN observations o ON o.id = k.obs_id JOIN readings r ON r.id = k.reading_id
      JOIN standing s ON s.reading_id = r.id AND s.told < s.told_until
      ORDER BY o.doc, r.digest, o.start, o."end", o.indicator, o.measure, o.obs_value, o.rule, o.area""",
    "unclaimed": """SELECT DISTINCT r.doc, r.digest, u.start, u."end", u.quote, u.reason FROM unclaimed u
      JOIN readings r ON r.id = u.reading_id JOIN standing s ON s.reading_id = r.id AND s.told < s.told_until
      ORDER BY 1, 2, 3, 4""",
    "verdicts": f"""SELECT DISTINCT o.doc, o.sentence, o.quote, v.verdict, v.slots, v.author
      FROM judged j JOIN (SELECT id AS obs_id, reading_id FROM observations UNION ALL SELECT obs_id, reading_id
      FROM carried) k ON j.obs_id = k.obs_id AND j.until = '{NEVER}' JOIN verdicts v ON v.id = j.verdict_id
      JOIN observations o ON o.id = k.obs_id
      JOIN standing s ON s.reading_id = k.reading_id AND s.told < s.told_until
      ORDER BY 1, 2, 3, 4, 5, 6""",
    "corrections": """SELECT DISTINCT o.doc, o.sentence, o.quote, w.doc, w.sentence, w.quote, x.author
      FROM corrections x
      JOIN observations o ON o.id = x.obs_id JOIN observations w ON w.id = x.corrects ORDER BY 1, 2, 3, 4, 5, 6, 7""",
    "points": """SELECT q.area, q.indicator, q.measure, q.unit, q.scope, q."of", q.denominator, q.issuer, q.base_kind,
      p.period_start, p.period_end, p.obs_value, p.qualifier, p.status FROM points p JOIN series q ON q.id = p.series_id
      ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11""",
    "office_figures": """SELECT f.kind, q.area, q.indicator, q.measure, q.unit, q."of", q.issuer, f.period_start,
      f.period_end, f.obs_value, f.document FROM office_figures f JOIN series q ON q.id = f.series_id
      ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, f.id""",
}
"""Table → what of it counts, in a fixed order."""


class ContentsStore(Connected):
    """Comparing databases."""

    def all_settled(self) -> bool:
        """Say whether no point waits to be settled, so that `points` of `contents` can be compared."""
        with self.reading() as db:
            return db.execute("SELECT 1 FROM unsettled LIMIT 1").fetchone() is None

    def contents(self) -> dict[str, str]:
        """Give a digest (`sha256:<hex>`) of each table's contents, and of all together under `all`."""
        with self.reading() as db:
            digests = {table: _digest(db, sql) for table, sql in CONTENTS.items()}
        whole = hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()
        return {**digests, "all": f"sha256:{whole}"}


def _digest(db: sqlite3.Connection, sql: str) -> str:
    summed = hashlib.sha256()
    for row in db.execute(sql):
        summed.update(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        summed.update(b"\n")
    return f"sha256:{summed.hexdigest()}"
