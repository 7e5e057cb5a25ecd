"""Documents that people hand in, into the store; web archives are the matter of `monitor.scaling`."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from model.home import Home
from model.records import Reading
from monitor.collect import Harvest, save_all
from monitor.documents import Trouble, read_documents
from monitor.reading import Broken, read_document, rules_of

if TYPE_CHECKING:
    from store import Store

ARCHIVES = (".warc.gz",)


def is_archive(name: str) -> bool:
    """Say whether a file's name is a web archive's."""
    return name.lower().endswith(ARCHIVES)


def ingest_documents(home: Home, store: "Store", paths: Sequence[str]) -> tuple[Harvest, list[Trouble]]:
    """Read documents and store what they say, each in its own transaction; gives what was brought and what was not."""
    rules = rules_of(home)
    troubles: list[Trouble] = []

    def readings() -> Iterator[Reading | Broken]:
        for document in read_documents(paths):
            if isinstance(document, Trouble):
                troubles.append(document)
            else:
                yield read_document(document, rules, datetime.now(UTC))

    return save_all(store, readings()), troubles
