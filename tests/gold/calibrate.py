"""Learn anew when a figure may be published: weights and threshold, from all labelled documents.

    python -m tests.gold.calibrate [--precision 0.98]        (make calibrate)

The weights come from every document that is not sealed, the threshold from the sealed ones, of which nothing but their
scores is looked at. What the rules made of documents that nobody had read (`first-reading.jsonl` of a corpus) counts
twice: rules that were written with a text before one's eyes are hardly ever wrong on it.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from extract import calibrate
from extract.confidence.weigh import confidence, load_weights, publishable
from tests.gold.corpora import FILES, HERE, documents, held_out, labels


def written(folder: Path, *, sealed: bool) -> list[Path]:
    """Write the documents of one side and their labels, a pair of files for each corpus."""
    pairs = []
    for corpus in FILES:
        held, gold = held_out(corpus), labels(corpus)
        chosen = [row for row in documents(corpus) if (row["id"] in held) == sealed]
        docs, told = folder / f"{corpus}-{sealed}-docs.jsonl", folder / f"{corpus}-{sealed}-gold.jsonl"
        docs.write_text("".join(json.dumps(row) + "\n" for row in chosen), "utf-8")
        rows = [label for row in chosen for label in gold.get(row["id"], ())]
        told.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        pairs += [docs, told]
    return pairs


def first_readings() -> str:
    """Give the readings of texts that the rules had not met, of documents that are not sealed."""
    kept = []
    for path in sorted(HERE.glob("*/first-reading.jsonl")):
        held = held_out(path.parent.name)
        lines = path.read_text("utf-8").splitlines()
        kept += [line for line in lines if json.loads(line)["doc"] not in held]
    return "\n".join(kept) + "\n"


def threshold(pairs: list[Path], weights: Path, precision: float) -> float:
    """Give the lowest confidence at which the sealed documents are right often enough."""
    learned = load_weights(weights)
    scored = [
        (confidence(one, learned), right)
        for docs, gold in zip(pairs[::2], pairs[1::2], strict=True)
        for rows in calibrate.examples(docs, gold).values()
        for one, right in rows
        if publishable(one)
    ]
    return calibrate.threshold_for(scored, precision)


def main() -> int:
    """Calibrate, write weights and threshold, print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--precision", type=float, default=0.98, help="that published figures are to have")
    parser.add_argument("--output", type=Path, default=calibrate.WEIGHTS)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = folder / "first.jsonl"
        first.write_text(first_readings(), "utf-8")
        pairs = [str(path) for path in written(folder, sealed=False)]
        calibrate.main([*pairs, "--first", str(first), "--output", str(args.output)])
        table = json.loads(args.output.read_text("utf-8"))
        load_weights.cache_clear()
        table["threshold"] = threshold(written(folder, sealed=True), args.output, args.precision)
    args.output.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")
    sys.stderr.write(f"of the sealed documents: threshold {table['threshold']}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
