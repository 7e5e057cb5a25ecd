"""Learn the weights of the evidence from labelled documents.

    python -m extract.calibrate DOCS GOLD [DOCS GOLD ...] [--first FILE] [--precision 0.985] [--output FILE]

DOCS and GOLD are JSON Lines as `score.py` reads them. The weights come from a logistic regression over the evidence of
every observation, the threshold from predictions for documents that the regression had not seen.

Rules that were written with a text before one's eyes are hardly ever wrong on it, and so teach nothing of doubt. FILE
holds what the rules made of texts before anyone had read those: observations as JSON Lines, each with `doc` and
`right`. With it, such readings count `WEIGHT` times.
"""

import argparse
import json
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from math import exp
from pathlib import Path
from typing import Any

from extract.confidence.weigh import WEIGHTS, Weights, confidence, evidence, publishable
from extract.figures.find import read_text
from model.fold import fold
from model.records import Observation

ROUNDS, STEP, SHRINK = 400, 0.5, 0.02
WEIGHT = 2
"""How often a reading of an unknown text counts."""
RANKS = ("tinh", "thanh pho", "tp", "thi xa", "huyen", "quan", "phuong", "xa", "thi tran")
ALIASES = {"hcm": "ho chi minh", "tphcm": "ho chi minh", "ca nuoc": "viet nam"}


def right(gold: dict[str, Any], one: Observation) -> bool:
    """Whether all slots that the label tells are as labelled."""
    told = {
        "indicator": one.indicator,
        "measure": one.measure,
        "unit": one.unit,
        "period_end": one.period_end.isoformat() if one.period_end else None,
        "level": one.area_level,
    }
    if any(key in gold and gold[key] != value for key, value in told.items()):
        return False
    if "area" in gold and plain(gold["area"]) != plain(one.area_name):
        return False
    return "obs_value" not in gold or abs(gold["obs_value"] - one.obs_value) <= 1e-6 * max(1.0, abs(one.obs_value))


def plain(name: str | None) -> str:
    """Fold a name and drop ranks, so that two spellings compare."""
    parts = []
    for part in fold((name or "").replace(".", " ")).split(","):
        words = part.strip()
        for rank in RANKS:
            words = words.removeprefix(rank + " ")
        parts.append(ALIASES.get(words, words))
    return " ".join(parts)


def examples(docs: Path, gold: Path) -> dict[str, list[tuple[Observation, bool]]]:
    """Give the observations of each document with whether they are right; unsure labels are left out."""
    labels: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(gold):
        labels[row["doc"]].append(row)
    found: dict[str, list[tuple[Observation, bool]]] = {}
    for row in _rows(docs):
        text = unicodedata.normalize("NFC", row["text"])
        known = {key: row.get(key) for key in ("title", "published", "area")}
        judged = []
        for one in read_text(text, **known)[0]:
            near = [g for g in labels[row["id"]] if g["start"] < one.end and one.start < g["start"] + len(g["quote"])]
            if near and not near[0].get("sure", True):
                continue
            judged.append((one, bool(near) and right(near[0], one)))
        found[row["id"]] = judged
    return found


def first_reading(path: Path) -> dict[str, list[tuple[Observation, bool]]]:
    """Give the observations that rules made of texts unknown to them, and whether they were right."""
    found: dict[str, list[tuple[Observation, bool]]] = defaultdict(list)
    for row in _rows(path):
        is_right = bool(row.pop("right"))
        for key in ("period_end", "base_end"):
            row[key] = date.fromisoformat(row[key]) if row[key] else None
        row["flags"] = tuple(row["flags"])
        found["first " + row["doc"]].append((Observation(**row), is_right))
    return dict(found)


def _rows(path: Path) -> Iterable[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def learn(rows: Sequence[tuple[Sequence[str], bool]]) -> tuple[float, dict[str, float]]:
    """Fit a logistic regression with shrinkage; give the bias and the weights by name."""
    bias, weights = 0.0, dict.fromkeys({name for names, _ in rows for name in names}, 0.0)
    for _ in range(ROUNDS):
        slope, slopes = 0.0, dict.fromkeys(weights, 0.0)
        for names, good in rows:
            error = 1 / (1 + exp(-(bias + sum(weights[name] for name in names)))) - good
            slope += error
            for name in names:
                slopes[name] += error
        bias -= STEP * slope / len(rows)
        for name in weights:
            weights[name] -= STEP * (slopes[name] / len(rows) * 5 + SHRINK * weights[name])
    return bias, {name: round(weight, 3) for name, weight in sorted(weights.items()) if abs(weight) >= 0.005}


def threshold_for(scored: Sequence[tuple[float, bool]], precision: float) -> float:
    """Give the lowest confidence from which on the published are right often enough; 1 where none is."""
    best, good = 1.01, 0
    for count, (sure, is_right) in enumerate(sorted(scored, key=lambda pair: -pair[0]), 1):
        good += is_right
        if good / count >= precision:
            best = sure
    return best


def calibrate(documents: dict[str, list[tuple[Observation, bool]]], precision: float) -> Weights:
    """Learn weights on all documents, and the threshold on each fifth of them by the rest."""
    names = {
        doc: [(list(evidence(one)), good) for one, good in rows] * (WEIGHT if doc.startswith("first ") else 1)
        for doc, rows in documents.items()
    }
    order = sorted(documents)
    scored: list[tuple[float, bool]] = []
    for fold_number in range(5):
        held = set(order[fold_number::5])
        bias, weights = learn([row for doc in order if doc not in held for row in names[doc]])
        tried = Weights(bias=bias, of=weights, threshold=1.0)
        scored += [(confidence(one, tried), good) for doc in held for one, good in documents[doc] if publishable(one)]
    bias, weights = learn([row for doc in order for row in names[doc]])
    return Weights(bias=round(bias, 3), of=weights, threshold=threshold_for(scored, precision))


def main(arguments: Sequence[str] | None = None) -> int:
    """Calibrate and write the weights; print what was learned from how much."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, help="DOCS GOLD pairs")
    parser.add_argument("--first", type=Path, help="readings of texts that the rules had not been tuned to")
    parser.add_argument("--precision", type=float, default=0.985, help="that published figures are to have")
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    args = parser.parse_args(arguments)
    if len(args.files) % 2:
        parser.error("give DOCS and GOLD in pairs")
    documents: dict[str, list[tuple[Observation, bool]]] = {}
    for docs, gold in zip(args.files[::2], args.files[1::2], strict=True):
        documents |= examples(docs, gold)
    if args.first:
        documents |= first_reading(args.first)
    learned = calibrate(documents, args.precision)
    table = {"threshold": learned.threshold, "bias": learned.bias, "weights": dict(learned.of)}
    args.output.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")
    rows = [row for some in documents.values() for row in some]
    good = sum(is_right for _, is_right in rows)
    told = f"{len(documents)} documents, {len(rows)} figures, {good} right, threshold {learned.threshold}"
    sys.stderr.write(told + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
