"""Verdicts as the store keeps them: given, undone, replayed on a new reading, followed through to the series."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from model.errors import InputError
from model.records import Observation
from store.connection import Connected
from store.days import NEVER, instant
from store.judging import VERDICTS, Verdict, checked_slots, corrected, in_force
from store.keys import key_of, series_id
from store.rows import OBSERVATION_COLUMNS
from store.unsettled import ANEW

_VERDICT = "id, obs_id, verdict, slots, author, reason, at, undoes, replays"
_NAMES = ", ".join(f'"{name}"' for name in OBSERVATION_COLUMNS)


class VerdictStore(Connected):
    """What people decide."""

    def add_verdict(
        self, obs_id: int, verdict: str, author: str, *, slots: Mapping[str, Any] | None = None, reason: str = ""
    ) -> int:
        """Record what a person decided about a figure; gives the verdict's id. It counts at once.

        `accept` lets it into its series as read, `correct` with the given slots, `reject` keeps it out. Raises
        InputError for an unknown figure, verdict or slot.
        """
        if verdict not in VERDICTS:
            raise InputError(f"'{verdict}' is no verdict", cure=f"verdicts: {', '.join(VERDICTS)}")
        given = checked_slots(slots or {})
        if (verdict == "correct") != bool(given):
            raise InputError(f"'{verdict}' with {len(given)} slots", cure="name slots with `correct`, and only with it")
        with self.transaction() as db:
            figure = observation(db, obs_id)
            corrected(figure, given)
            return _add(db, Verdict(
                id=0, obs_id=obs_id, verdict=verdict, slots=given, author=author, reason=reason,
                at=instant(datetime.now(UTC)),
            ))  # fmt: skip

    def undo_verdict(self, obs_id: int, author: str, *, reason: str = "") -> int:
        """Take back the verdict in force on a figure, as a row of its own; raises InputError where there is none."""
        with self.transaction() as db:
            now = [one for one, _, until in in_force(verdicts_on(db, obs_id)) if until == NEVER]
            if not now:
                raise InputError(f"no verdict is in force on figure {obs_id}", cure="see `ansinh review`")
            return _add(db, Verdict(
                id=0, obs_id=obs_id, verdict="undo", slots={}, author=author, reason=reason,
                at=instant(datetime.now(UTC)), undoes=now[0].id,
            ))  # fmt: skip

    def add_correction(self, obs_id: int, corrects: int, author: str, *, reason: str = "") -> None:
        """Record that one figure sets another right, where its article does not say so in words; it counts at once.

        Raises InputError for unknown figures and for a figure that would correct itself.
        """
        if obs_id == corrects:
            raise InputError("a figure cannot correct itself", cure="name the figure that it sets right")
        with self.transaction() as db:
            observation(db, obs_id)
            observation(db, corrects)
            db.execute(
                "INSERT INTO corrections (obs_id, corrects, author, reason, at) VALUES (?, ?, ?, ?, ?)",
                (obs_id, corrects, author, reason, instant(datetime.now(UTC))),
            )
            renew_judged(db, obs_id)

    def verdicts(self, obs_id: int | None = None, *, since: date | None = None) -> list[Verdict]:
        """Give the verdicts on a figure (None: on all), oldest first."""
        with self.reading() as db:
            if obs_id is not None:
                return verdicts_on(db, obs_id)
            rows = db.execute(
                f"SELECT {_VERDICT} FROM verdicts WHERE at >= ? ORDER BY id", (since.isoformat() if since else "",)
            )
            return [_verdict(row) for row in rows]

    def observation(self, obs_id: int) -> Observation:
        """Give a figure as the machine read it; raises InputError for an unknown id."""
        with self.reading() as db:
            return observation(db, obs_id)


def observation(db: sqlite3.Connection, obs_id: int) -> Observation:
    """Give a figure by its id; raises InputError for an unknown one."""
    row = db.execute(f"SELECT {_NAMES} FROM observations WHERE id = ?", (obs_id,)).fetchone()
    if row is None:
        raise InputError(f"there is no figure {obs_id}", cure="take its id from `ansinh review` or table observations")
    return observation_of(row)


def observation_of(row: Sequence[Any]) -> Observation:
    """Make a figure of its columns, in the order of `OBSERVATION_COLUMNS`."""
    values = dict(zip(OBSERVATION_COLUMNS, row, strict=True))
    for name in ("period_start", "period_end", "base_end"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    values["area_candidates"] = tuple(json.loads(values["area_candidates"]))
    values["flags"] = tuple(json.loads(values["flags"]))
    values["slots"] = json.loads(values["slots"])
    values["publish"] = bool(values["publish"])
    return Observation(**values)


def verdicts_on(db: sqlite3.Connection, obs_id: int) -> list[Verdict]:
    """Give all verdicts on a figure, oldest first."""
    return [
        _verdict(row) for row in db.execute(f"SELECT {_VERDICT} FROM verdicts WHERE obs_id = ? ORDER BY id", (obs_id,))
    ]


def _verdict(row: Sequence[Any]) -> Verdict:
    return Verdict(
        id=row[0], obs_id=row[1], verdict=row[2], slots=json.loads(row[3]), author=row[4], reason=row[5], at=row[6],
        undoes=row[7], replays=row[8],
    )  # fmt: skip


def _add(db: sqlite3.Connection, new: Verdict) -> int:
    """Insert a verdict and follow it through: what is in force on the figure, which cells are to be settled again."""
    cursor = db.execute(
        "INSERT INTO verdicts (obs_id, verdict, slots, author, reason, at, undoes, replays)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            new.obs_id, new.verdict, json.dumps(dict(new.slots), ensure_ascii=False, sort_keys=True), new.author,
            new.reason, new.at, new.undoes, new.replays,
        ),
    )  # fmt: skip
    renew_judged(db, new.obs_id)
    return int(cursor.lastrowid or 0)


def renew_judged(db: sqlite3.Connection, obs_id: int) -> None:
    """Say anew which verdicts are in force on a figure and which series they put it into."""
    cells = set(db.execute("SELECT series_id, period_end FROM judged WHERE obs_id = ?", (obs_id,)))
    cells |= set(db.execute("SELECT series_id, period_end FROM observations WHERE id = ?", (obs_id,)))
    db.execute("DELETE FROM judged WHERE obs_id = ?", (obs_id,))
    figure = observation(db, obs_id)
    for verdict, since, until in in_force(verdicts_on(db, obs_id)):
        now = corrected(figure, verdict.slots)
        key = key_of(now)
        series = series_id(db, key) if key and verdict.verdict != "reject" else None
        end = now.period_end.isoformat() if now.period_end else None
        db.execute(
            "INSERT INTO judged (obs_id, verdict_id, verdict, at, until, series_id, period_start, period_end,"
            " obs_value, qualifier) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                obs_id, verdict.id, verdict.verdict, since, until, series,
                now.period_start.isoformat() if now.period_start else None, end, float(now.obs_value), now.qualifier,
            ),
        )  # fmt: skip
        cells.add((series, end))
    db.executemany(
        f"{ANEW} VALUES (?, ?)",
        [cell for cell in cells if cell[0] is not None and cell[1] is not None],
    )


def replay_verdicts(db: sqlite3.Connection, doc: str, reading_id: int, at: str) -> int:
    """Repeat the verdicts on a document's figures on those of a new reading with the same sentence and quote.

    A rejection and a correction are repeated; an acceptance only where the slots are as they were accepted. The others
    come back to review. Gives how many were repeated.
    """
    old = db.execute(
        "SELECT j.obs_id, j.verdict_id, o.sentence, o.quote, o.start FROM judged j JOIN observations o ON"
        " o.id = j.obs_id WHERE o.doc = ? AND j.until = ? AND o.reading_id <> ?",
        (doc, NEVER, reading_id),
    ).fetchall()
    done = 0
    for obs_id, verdict_id, sentence, quote, start in old:
        new = db.execute(
            "SELECT id FROM observations WHERE reading_id = ? AND sentence = ? AND quote = ?"
            " AND id NOT IN (SELECT obs_id FROM judged) ORDER BY abs(start - ?) LIMIT 1",
            (reading_id, sentence, quote, start),
        ).fetchone()
        verdict = next(one for one in verdicts_on(db, obs_id) if one.id == verdict_id)
        if new and (verdict.verdict != "accept" or _alike(observation(db, obs_id), observation(db, new[0]))):
            _add(db, Verdict(
                id=0, obs_id=new[0], verdict=verdict.verdict, slots=verdict.slots, author=verdict.author,
                reason=verdict.reason, at=at, replays=verdict.id,
            ))  # fmt: skip
            done += 1
    return done


def _alike(one: Observation, other: Observation) -> bool:
    """Say whether two readings of one mention mean the same."""
    names = ("indicator", "measure", "obs_value", "unit", "area", "period_start", "period_end", "scope")
    return all(getattr(one, name) == getattr(other, name) for name in names)
