"""The labelled corpora beside the project: read, scored by the official rules, one document at a time."""

import gzip
import importlib.util
import json
import os
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha1, sha256
from pathlib import Path
from types import ModuleType
from typing import Any

from extract.figures.find import find_figures
from extract.headline import topic_of_address

SHARED = Path(os.environ.get("ANSINH_SHARED") or Path(__file__).resolve().parents[3] / "shared")
HERE = Path(__file__).parent
FILES = {
    "seeds": (SHARED / "seeds", SHARED / "seeds/gold.jsonl"),
    "articles": (SHARED / "articles/dev-docs.jsonl", SHARED / "articles/dev-gold.jsonl"),
    "press": (SHARED / "press/dev-docs.jsonl", SHARED / "press/dev-gold.jsonl"),
    "passages": (SHARED / "passages/docs.jsonl", SHARED / "passages/gold.jsonl"),
    "real": (SHARED / "articles/bhxh.jsonl.gz", HERE / "real/gold.jsonl"),
    "retold": (HERE / "retold/docs.jsonl", HERE / "retold/gold.jsonl"),
    "written": (HERE / "written/docs.jsonl", HERE / "written/gold.jsonl"),
    "invented": (HERE / "invented/docs.jsonl", HERE / "invented/gold.jsonl"),
    "papers": (HERE / "papers/docs.jsonl", HERE / "papers/gold.jsonl"),
    "gazette": (HERE / "gazette/docs.jsonl", HERE / "gazette/gold.jsonl"),
    "reports": (HERE / "reports/docs.jsonl", HERE / "reports/gold.jsonl"),
    "ordinary": (HERE / "ordinary/docs.jsonl", HERE / "ordinary/gold.jsonl"),
}
"""Documents and labels by corpus; of `real` only the documents of `real/ids.txt` are labelled."""
HELD = {"press": 2, "passages": 20}
"""How many documents of a corpus nobody read while rules were written: the first by the hash of their ids."""
SEALED = ("real", "written", "invented", "gazette", "ordinary")
"""Corpora half of which is sealed: those whose id has an even SHA-1. Their scores are looked at, never their errors."""


@dataclass(slots=True)
class Score:
    """Counts of one or more documents, and what they amount to."""

    gold: int = 0
    made: int = 0
    found: int = 0
    right: int = 0
    shown: int = 0
    shown_right: int = 0
    of: Counter[str] = field(default_factory=Counter)
    agree: Counter[str] = field(default_factory=Counter)
    errors: list[tuple[str, str]] = field(default_factory=list)
    """Kind of error (`MISS level`, `EXTRA change`, `WRONG area`) and the figure it is about."""

    def add(self, other: "Score") -> None:
        """Count another document in."""
        for name in ("gold", "made", "found", "right", "shown", "shown_right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.of.update(other.of)
        self.agree.update(other.agree)
        self.errors += other.errors

    def tuple_f1(self) -> float:
        """F1 of figures with all seven slots right."""
        return 2 * self.right / (self.made + self.gold) if self.made + self.gold else 1.0

    def detect_f1(self) -> float:
        """F1 of figures found at all."""
        return 2 * self.found / (self.made + self.gold) if self.made + self.gold else 1.0

    def published_precision(self) -> float:
        """Share of the published figures that are right."""
        return self.shown_right / self.shown if self.shown else 1.0

    def published_recall(self) -> float:
        """Share of the gold figures that are published and right."""
        return self.shown_right / self.gold if self.gold else 1.0

    def slot(self, name: str) -> float:
        """Share of the found figures whose slot agrees."""
        return self.agree[name] / self.of[name] if self.of[name] else 1.0


def present() -> bool:
    """Whether the corpora lie beside the project."""
    return (SHARED / "score.py").is_file()


def official() -> ModuleType:
    """Load the official scoring program."""
    spec = importlib.util.spec_from_file_location("official_score", SHARED / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents(corpus: str) -> list[dict[str, Any]]:
    """Give the documents of a corpus; those of `seeds` are text files."""
    path = FILES[corpus][0]
    if path.is_dir():
        return [{"id": file.stem, "text": file.read_text("utf-8")} for file in sorted(path.glob("*.txt"))]
    if corpus == "real":
        chosen = set((HERE / "real/ids.txt").read_text("ascii").split())
        return [row for row in _rows(path) if row["id"] in chosen]
    return list(_rows(path))


def labels(corpus: str) -> dict[str, list[dict[str, Any]]]:
    """Give the gold rows of a corpus by document."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(FILES[corpus][1]):
        found.setdefault(row["doc"], []).append(row)
    return found


def held_out(corpus: str) -> set[str]:
    """Give the ids that were not read while rules were written."""
    if corpus in SEALED:
        return {row["id"] for row in documents(corpus) if int(sha1(row["id"].encode()).hexdigest(), 16) % 2 == 0}
    ids = sorted((row["id"] for row in documents(corpus)), key=lambda one: sha256(one.encode()).hexdigest())
    return set(ids[: HELD.get(corpus, 0)])


def fingerprint(corpus: str) -> str:
    """Give a fingerprint of documents and labels."""
    text = json.dumps([documents(corpus), labels(corpus)], ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:16]


def score(corpus: str) -> dict[str, Score]:
    """Read every document of a corpus and score it, by id."""
    rules, gold = official(), labels(corpus)
    result = {}
    for row in documents(corpus):
        known = {key: row.get(key) for key in ("title", "published", "area")}
        known["title"] = known["title"] or topic_of_address(row.get("url"))  # as the commands do
        found = find_figures(unicodedata.normalize("NFC", row["text"]), **known)
        made = [one.of_document(row["id"]).as_dict() for one in found]
        result[row["id"]] = score_document(rules, gold.get(row["id"], []), made)
    return result


def score_document(rules: ModuleType, gold: list[dict[str, Any]], made: list[dict[str, Any]]) -> Score:
    """Match gold figures and observations as the official program does."""
    free = sorted(made, key=lambda one: one["start"])
    total = Score()
    for row in sorted(gold, key=lambda one: one["start"]):
        end = row["start"] + len(row["quote"])
        near = [one for one in free if one["start"] < end and one["end"] > row["start"]]
        near.sort(key=lambda one: -_agreeing(rules, row, one))
        if near:
            free.remove(near[0])
        if not row.get("sure", True):
            continue
        total.gold += 1
        if not near:
            total.errors.append((f"MISS {row['measure']}", f"{row['doc']} {row['quote']}"))
        else:
            _count(rules, total, row, near[0])
    for extra in free:
        total.made += 1
        total.shown += bool(extra["publish"])
        total.errors.append((f"EXTRA {extra['measure']}", f"{extra['doc']} {extra['quote']}"))
    return total


def _agreeing(rules: ModuleType, row: dict[str, Any], one: dict[str, Any]) -> int:
    want, got = rules.slots(row), rules.slots(one)
    return sum(rules.same(name, want[name], got[name]) for name in rules.told(row))


def _count(rules: ModuleType, total: Score, row: dict[str, Any], one: dict[str, Any]) -> None:
    want, got = rules.slots(row), rules.slots(one)
    total.made += 1
    total.found += 1
    whole = True
    for name in rules.told(row):
        same = bool(rules.same(name, want[name], got[name]))
        total.of[name] += 1
        total.agree[name] += same
        if not same and name in rules.CORE:
            whole = False
            total.errors.append((f"WRONG {name}", f"{row['doc']} {row['quote']}: {want[name]} / {got[name]}"))
    total.right += whole
    total.shown += bool(one["publish"])
    total.shown_right += whole and bool(one["publish"])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    packed = path.read_bytes()
    whole = gzip.decompress(packed) if path.suffix == ".gz" else packed
    for line in whole.decode("utf-8").split("\n"):
        if line.strip():
            yield json.loads(line)
