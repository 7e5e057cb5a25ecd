"""A round in a process of its own, to be killed: `python -m tests.crawler.killed_round FOLDER HOME`."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from crawler.archive import Archive
from crawler.registry import make_source
from crawler.run import run_round
from crawler.scratch import ScratchMemory
from crawler.settings import Limits
from model.fetches import Fetch
from model.records import Page

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)


class FileMemory(ScratchMemory):
    """A memory that survives: one line a record, written before the call returns."""

    def __init__(self, path):
        super().__init__()
        self.path = path
        for line in path.read_text("utf-8").splitlines() if path.exists() else []:
            row = json.loads(line)
            fetch = Fetch(**row["fetch"] | {"at": NOW})
            super().add_fetch(fetch)
            if row["page"]:
                self.pages[row["page"]["url"], row["page"]["digest"]] = Page(
                    url=row["page"]["url"], fetched_url="", source="", fetched_at=NOW, status=200,
                    warc_file=row["page"]["file"], warc_offset=row["page"]["offset"], digest=row["page"]["digest"],
                )  # fmt: skip

    def write(self, fetch, page=None):
        kept = page and {
            "url": page.url, "digest": page.digest, "file": page.warc_file, "offset": page.warc_offset
        }  # fmt: skip
        with self.path.open("a", encoding="utf-8") as out:
            out.write(json.dumps({"fetch": asdict(fetch) | {"at": ""}, "page": kept}) + "\n")

    def add_fetch(self, fetch):
        super().add_fetch(fetch)
        self.write(fetch)

    def add_page(self, page, fetch):
        if (page.url, page.digest) not in self.pages:
            self.pages[page.url, page.digest] = page
            ScratchMemory.add_fetch(self, fetch)
            self.write(fetch, page)


def main(folder, home):
    table = {"id": "bao", "name": "Báo", "home": home, "feeds": ["/rss"], "interval": 0}
    run_round(
        [make_source(table, where="bao")],
        memory=FileMemory(folder / "memory.jsonl"),
        archive=Archive(folder / "archive"),
        now=lambda: NOW,
        limits=Limits(per_host=2),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
