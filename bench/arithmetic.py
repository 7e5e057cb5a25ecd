"""What share of the figures arithmetic proves: percentages and targets above all.

    python -m bench.arithmetic            a line for each corpus
    python -m bench.arithmetic --broken   and every accusation, with the sentence, for a person to look at

Corpora: the project's invented texts, and those of `../shared` where they are.
"""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.reading import ROOT, SHARED
from extract.figures.find import find_figures
from model.records import Observation

CORPORA = {
    "invented": ROOT / "tests" / "gold" / "invented" / "docs.jsonl",
    "seeds": SHARED / "seeds",
    "articles dev": SHARED / "articles" / "dev-docs.jsonl",
    "press dev": SHARED / "press" / "dev-docs.jsonl",
    "passages": SHARED / "passages" / "docs.jsonl",
    "bhxh": SHARED / "articles" / "bhxh.jsonl.gz",
}


def documents(path: Path) -> Iterator[dict[str, Any]]:
    """Give the documents of a file or folder."""
    if path.is_dir():
        yield from ({"text": one.read_text("utf-8")} for one in sorted(path.glob("*.txt")))
        return
    told = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from (json.loads(line) for line in told.decode("utf-8").split("\n") if line)


def observations(path: Path) -> Iterator[Observation]:
    """Give the observations of all documents."""
    for row in documents(path):
        told = {key: row.get(key) for key in ("title", "published", "area")}
        yield from find_figures(row["text"], **told)


def asked(one: Observation) -> bool:
    """Whether a figure is a percentage or a target."""
    return one.unit == "percent" or one.measure.startswith("target")


def lines(name: str, found: Iterable[Observation], *, broken: bool) -> Iterator[str]:
    """Give the line of a corpus, and its accusations."""
    counts: Counter[str] = Counter()
    accused: list[Observation] = []
    for one in found:
        kind = "asked" if asked(one) else "other"
        counts[kind] += 1
        counts[f"{kind} proven"] += "identity-holds" in one.flags
        if "identity-broken" in one.flags:
            counts["broken"] += 1
            accused.append(one)
    share = counts["asked proven"] / max(1, counts["asked"])
    yield (
        f"{name:<14} percentages and targets {counts['asked']:5}, proven {counts['asked proven']:4} ({share:.0%});"
        f" other figures {counts['other']:5}, proven {counts['other proven']:4}; accused {counts['broken']}"
    )
    if broken:
        for one in accused:
            yield f"    {one.measure} {one.quote} | {one.sentence}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.arithmetic", description=__doc__)
    parser.add_argument("--broken", action="store_true", help="print every accusation with its sentence")
    told = parser.parse_args()
    for name, path in CORPORA.items():
        if not path.exists():
            print(f"{name:<14} skipped: absent")
            continue
        for line in lines(name, observations(path), broken=told.broken):
            print(line)


if __name__ == "__main__":
    main()
