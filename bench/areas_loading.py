"""Loading the gazetteer in a fresh process, beside reading and splitting the same table with the csv module.

python bench/areas_loading.py        prints milliseconds (median of 9 processes) and the ratio
"""

import statistics
import subprocess
import sys

RUNS = 9
OURS = "from model.areas import load_areas; import time; t = time.process_time(); load_areas()"
PEER = (
    "from model.areas_table import DATA; import csv, time; t = time.process_time(); "
    "dict((row[0], row) for row in csv.reader((DATA / 'areas.tsv').open(encoding='utf8'), delimiter='\\t'))"
)


def milliseconds(code: str) -> float:
    """Give the processor time of one statement in a fresh process, its imports left out; median of RUNS."""
    command = [sys.executable, "-c", f"{code}; print((time.process_time() - t) * 1000)"]
    done = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(RUNS)]
    return statistics.median(float(one.stdout) for one in done)


def main() -> None:
    """Print the table."""
    ours, peer = milliseconds(OURS), milliseconds(PEER)
    print(f"load_areas()                          {ours:6.1f} ms")
    print(f"csv.reader over the same table        {peer:6.1f} ms")
    print(f"ratio {ours / peer:.2f}; the limit is 50 ms: {'held' if ours < 50 else 'BROKEN'}")


if __name__ == "__main__":
    main()
