"""What other projects test themselves with in Vietnamese, read by `parse_quantities` and `parse_periods`.

python -m bench.suites            the table: rows exact, as ratios to the best single peer and to all peers together
python -m bench.suites --errors   with every row that is not exact
python -m bench.suites --json     the figures alone

The rows and the program that scores them lie in ../shared (or `$ANSINH_SHARED`), with the peers' figures as measured
there (vietnam-number and NeMo for numbers, Duckling for the rest; "all" takes each peer where it is best). Without them
the bench says so and stops. Speed is expressions a second of one process, the best of five rounds.

Rows left wrong on purpose, because the press means something else by the same words:
- `ba mươi bảy năm` is 375 to a program that hears digits read out; in a newspaper it is 37 years, and read so.
"""

import argparse
import importlib.util
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 5
LIMITS = {"numbers": 434, "percents": 35, "money": 59, "times": 295}
"""Rows that must be exact at least: above all peers put together; of money, as many."""
WRONG, RATE = 0.04, 10_000
"""At most this share of the rows may be wrong, at least so many expressions a second be read."""


def shared() -> Path | None:
    """Give the folder of the suites; None where it is not there."""
    folder = Path(os.environ.get("ANSINH_SHARED", Path(__file__).resolve().parents[1] / ".." / "shared")).resolve()
    return folder if (folder / "score_suites.py").is_file() and (folder / "peer-suites").is_dir() else None


def scorer(folder: Path) -> Any:
    """Load the scoring program as a module."""
    spec = importlib.util.spec_from_file_location("score_suites", folder / "score_suites.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows_of(suite: str, folder: Path) -> list[dict[str, Any]]:
    """Give the rows that count: of money, those in đồng."""
    lines = (folder / "peer-suites" / f"{suite}.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line]
    return [row for row in rows if suite != "money" or row["currency"] == "VND"]


def judged(suite: str, rows: list[dict[str, Any]], judge: Callable[..., str], *, errors: bool) -> Counter[str]:
    """Count the verdicts over all rows."""
    counts: Counter[str] = Counter()
    for row in rows:
        verdict = judge(row, row["text"])
        counts[verdict] += 1
        if errors and verdict != "exact":
            wanted = row.get("value", row.get("amount", (row.get("start"), row.get("end"))))
            print(f"  {verdict:6} {suite} {row['text']!r}, wanted {wanted}", file=sys.stderr)
    return counts


def measured(module: Any, suite: str, folder: Path, *, errors: bool) -> dict[str, Any]:
    """Score one suite and time it."""
    judges = {"money": module.judge_money, "times": module.judge_time}
    judge = judges.get(suite, lambda row, text: module.judge_value(row, text, suite == "percents"))
    rows = rows_of(suite, folder)
    counts = judged(suite, rows, judge, errors=errors)
    fastest = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        judged(suite, rows, judge, errors=False)
        fastest = min(fastest, time.perf_counter() - began)
    best, together = module.BEST[suite]
    return {
        "suite": suite,
        "of": len(rows),
        "exact": counts["exact"],
        "wrong": counts["wrong"],
        "best_peer": best,
        "ratio_best": round(counts["exact"] / best, 2),
        "all_peers": together,
        "ratio_all": round(counts["exact"] / together, 2),
        "per_s": round(len(rows) / fastest),
        "held": counts["exact"] >= LIMITS[suite]
        and counts["wrong"] <= WRONG * len(rows)
        and len(rows) / fastest >= RATE,
    }


def table(figures: list[dict[str, Any]]) -> str:
    """Lay the figures out."""
    heads = ("suite", "exact", "wrong", "best peer", "ratio", "all peers", "ratio", "per s")
    lines = ["{:9} {:>9} {:>6} {:>10} {:>6} {:>10} {:>6} {:>8}".format(*heads)]
    lines += [
        f"{row['suite']:9} {row['exact']:>5}/{row['of']:<3} {row['wrong'] / row['of']:>6.1%} {row['best_peer']:>10} "
        f"{row['ratio_best']:>6.2f} {row['all_peers']:>10} {row['ratio_all']:>6.2f} {row['per_s']:>8,}"
        f"  {'held' if row['held'] else 'BROKEN'}"
        for row in figures
    ]
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    folder = shared()
    if folder is None:
        print("skipped: the peers' suites (score_suites.py, peer-suites/) are in neither ../shared nor $ANSINH_SHARED")
        return
    module = scorer(folder)
    figures = [measured(module, suite, folder, errors=args.errors) for suite in LIMITS]
    print(json.dumps(figures) if args.json else table(figures))


if __name__ == "__main__":
    main()
