"""The floors that the reading must keep, per corpus and per slot.

    python -m tests.gold.gate                 compare with the floors
    python -m tests.gold.gate --raise         raise floors to what is reached
    python -m tests.gold.gate --lower CORPUS  set one corpus's floors to what is reached, lower ones too
    python -m tests.gold.gate --errors        list the errors by kind

Floors stand in `floors.json` with the fingerprint of the corpus they were measured on.
"""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.gold.corpora import FILES, Score, fingerprint, held_out, score

FLOORS = Path(__file__).with_name("floors.json")
SLOTS = ("indicator", "measure", "obs_value", "unit", "area", "level", "period_end", "qualifier", "base_end")


def total(parts: dict[str, Score]) -> Score:
    """Add the documents up."""
    whole = Score()
    for part in parts.values():
        whole.add(part)
    return whole


def reached(one: Score) -> dict[str, float]:
    """Give the figures that floors are about."""
    figures = {
        "tuple_f1": one.tuple_f1(),
        "detect_f1": one.detect_f1(),
        "published_precision": one.published_precision(),
        "published_recall": one.published_recall(),
    }
    figures |= {f"slot {name}": one.slot(name) for name in SLOTS}
    return {name: round(value - 0.00005, 4) if value < 1 else 1.0 for name, value in figures.items()}


def floors() -> dict[str, dict[str, Any]]:
    """Read the floors by corpus."""
    table: dict[str, dict[str, Any]] = json.loads(FLOORS.read_text("utf-8"))
    return table


def below(corpus: str, whole: Score) -> list[str]:
    """Say which floors of a corpus are not kept."""
    now = reached(whole)
    wanted = floors()[corpus]["floors"]
    return [f"{corpus}: {name} is {now[name]}, floor {floor}" for name, floor in wanted.items() if now[name] < floor]


def main() -> int:
    """Compare, raise, lower or explain."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", action="store_true", dest="up", help="raise floors to what is reached")
    parser.add_argument("--lower", metavar="CORPUS", help="set the floors of one corpus anew")
    parser.add_argument("--errors", action="store_true", help="list the errors by kind")
    args = parser.parse_args()
    table = floors() if FLOORS.exists() else {}
    status = 0
    for corpus in FILES:
        parts = score(corpus)
        now = reached(total(parts))
        old = table.get(corpus, {}).get("floors", {})
        anew = args.lower == corpus or not old
        if args.up or anew:
            kept = now if anew else {name: max(value, old.get(name, 0.0)) for name, value in now.items()}
            table[corpus] = {"fingerprint": fingerprint(corpus), "floors": kept}
        sys.stdout.write(f"{corpus}: " + ", ".join(f"{name} {value}" for name, value in now.items()) + "\n")
        if args.errors:  # what is sealed stays so
            _explain(total({doc: part for doc, part in parts.items() if doc not in held_out(corpus)}))
        status |= any(now[name] < floor for name, floor in table[corpus]["floors"].items())
    FLOORS.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", "utf-8")
    return status


def _explain(whole: Score) -> None:
    kinds: dict[str, list[str]] = defaultdict(list)
    for kind, what in whole.errors:
        kinds[kind].append(what)
    for kind, some in sorted(kinds.items(), key=lambda pair: -len(pair[1])):
        sys.stdout.write(f"  {len(some)} x {kind}\n" + "".join(f"      {what}\n" for what in some))


if __name__ == "__main__":
    sys.exit(main())
