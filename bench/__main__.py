"""Runs every measurement of bench/, one after another: `make bench`, or `python -m bench NAME...` for some.

Each is a module of its own with a `main()`; it prints ratios to a named peer of the same run and says why where it has
to skip. Nothing here is an assertion: what is asserted stands in tests/.
"""

import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).parent
QUICK_FIRST = (
    "startup",
    "areas_loading",
    "suites",
    "layers",
    "reading",
    "articles",
    "spine",
    "crawl",
    "store",
    "pages",
    "kill",
)


def names() -> list[str]:
    """Give the measurements there are, the quick ones first."""
    found = {path.stem for path in FOLDER.glob("*.py") if path.read_text("utf-8").find("__main__") >= 0}
    found -= {"__main__", "crawl_press"}  # the latter serves pages for bench.crawl
    return [name for name in QUICK_FIRST if name in found] + sorted(found - set(QUICK_FIRST))


def main(wanted: list[str]) -> int:
    """Run them, each in a process of its own; a failure is told and does not stop the rest."""
    unknown = set(wanted) - set(names())
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(names())}", file=sys.stderr)
        return 2
    failed = []
    for name in wanted or names():
        print(f"\n=== bench.{name}", flush=True)
        began = time.monotonic()
        status = subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode
        print(f"--- {time.monotonic() - began:.0f} s", flush=True)
        if status:
            failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
