"""How long a person waits for the command line: `ansinh --help` (limit 0.2 s) and `ansinh series` (limit 0.5 s).

    python -m bench.startup

Each command runs in a fresh process on a warm disk (its bytecode written, as `make setup` leaves it), beside a Python
that does nothing; medians of wall and processor time. The series is asked of a store that the demo has filled.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import kill

RUNS = 15
SERIES = ("series", "--area", "Lạng Sơn", "--indicator", "BHXH_TN.participants")
BYTECODE = Path(tempfile.gettempdir()) / f"ansinh-bytecode-{os.getuid()}"
LIMITS = {"ansinh --help": 0.2, "ansinh series": 0.5}


def once(command: list[str], home: Path) -> tuple[float, float]:
    """Run a command; gives wall and processor seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    environment = {**os.environ, "ANSINH_HOME": str(home), "PYTHONPYCACHEPREFIX": str(BYTECODE)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run(command, cwd=kill.ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
    wall = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median(command: list[str], home: Path) -> tuple[float, float]:
    """Give the medians over `RUNS` processes, after one to warm the disk."""
    once(command, home)
    done = [once(command, home) for _ in range(RUNS)]
    return statistics.median(wall for wall, _ in done), statistics.median(cpu for _, cpu in done)


def main() -> int:
    """Print the table; gives 1 where a limit is broken."""
    ansinh = [sys.executable, "-m", "monitor.main"]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        kill.run(home)
        rows = {
            "python that does nothing": median([sys.executable, "-c", "pass"], home),
            "ansinh --help": median([*ansinh, "--help"], home),
            "ansinh series": median([*ansinh, *SERIES], home / "demo"),
        }
    broken = 0
    print(f"{'':26} {'wall':>7} {'cpu':>7}   limit")
    for name, (wall, cpu) in rows.items():
        limit = LIMITS.get(name)
        held = "" if limit is None else f"{limit:.1f} s {'held' if wall < limit else 'BROKEN'}"
        broken += bool(limit and wall >= limit)
        print(f"{name:26} {wall * 1000:5.0f}ms {cpu * 1000:5.0f}ms   {held}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
