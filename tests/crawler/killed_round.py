"""A round in a process of its own, to be killed: `python -m tests.crawler.killed_round FOLDER TABLE LIMITS` (JSON)."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from crawler.archive import Archive
from crawler.registry import make_source
from crawler.run import run_round
from crawler.settings import Limits
from store import open_store


def main(folder, table, limits):
    with open_store(folder / "ansinh.db") as store:
        run_round(
            [make_source({"id": "bao", "name": "Báo"} | table, where="bao")],
            memory=store,
            archive=Archive(folder / "archive"),
            now=lambda: datetime.now(UTC),
            limits=Limits(**limits),
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]), json.loads(sys.argv[3]))
