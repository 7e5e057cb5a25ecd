"""The archive: one `.warc.gz` a run, with an index by URL and time beside it.

Files are written by one process, which holds a lock on `<name>.open` meanwhile. What a killed process left is cut back
to its last whole record at the next start (`repair`); nothing whole is ever lost or rewritten.
"""

import contextlib
import fcntl
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO

from crawler.members import Entry, entry_of, index_line, members, unpack
from crawler.warc import (
    HEADER,
    body_digest,
    check_digests,
    info_record,
    is_ours,
    page_of,
    response_record,
    split_record,
)
from model.errors import ArchiveError
from model.records import Page


@dataclass(frozen=True, kw_only=True, slots=True)
class Damage:
    """A record that cannot be trusted."""

    warc_file: str
    warc_offset: int
    """Byte offset of the record that fails, or where no record begins."""
    fault: str
    """What is wrong with it."""


class Archive:
    """The folder of WARC files. `folder` is made when something is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file: IO[bytes] | None = None
        self._index: IO[str] | None = None
        self._lock: IO[bytes] | None = None
        self._name = ""

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def current(self) -> str:
        """Name of the file being written; `""` where none is open."""
        return self._name

    def open_run(self, run: str, moment: datetime) -> str:
        """Begin the file of a run (`moment` dates its first record); gives its name, relative to the folder."""
        self.close()
        name = f"{moment:%Y}/{re.sub(r'[^A-Za-z0-9_-]', '-', run)}.warc.gz"
        path = self.folder / name
        with self._disk(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists():
                raise ArchiveError(f"{path} exists already", cure="start the run again: each has its own name")
            self._lock = _marker(path).open("wb")
            fcntl.flock(self._lock, fcntl.LOCK_EX)
            self._file = path.open("ab")
            self._index = _index_path(path).open("a", encoding="utf-8")
            self._name = name
            about = {"software": "ansinh", "format": "WARC File Format 1.1", "isPartOf": run}
            self._file.write(info_record(path.name, moment, about))
        return name

    def append(self, page: Page, outcome: str = "new", *, flush: bool = True, record: bytes = b"") -> Page:
        """Write one page to the run's file; gives it with digest, file and offset. On return it survives a crash.

        With `flush=False` only `flush()` makes that promise: a batch shares one. `record` is the page's packed record
        where another process has made it (`response_record`); then `page` bears its digest and needs no body.
        """
        if self._file is None or self._index is None:
            raise ArchiveError("no run is open in the archive", cure="call open_run first")
        with self._disk(self.folder / self._name):
            offset = self._file.seek(0, os.SEEK_END)
            page = page if page.digest else replace(page, digest=body_digest(page.body))
            self._file.write(record or response_record(page, outcome))
            archived = replace(page, warc_file=self._name, warc_offset=offset)
            self._index.write(index_line(archived, outcome))
            if flush:
                self.flush()
        return archived

    def flush(self) -> None:
        """Bring all that was appended to the disk."""
        if self._file is not None and self._index is not None:
            with self._disk(self.folder / self._name):
                self._file.flush()
                os.fsync(self._file.fileno())
                self._index.flush()

    def close(self) -> None:
        """End the run's file; a run without pages leaves none behind."""
        if self._file is None or self._index is None or self._lock is None:
            return
        path = self.folder / self._name
        self.flush()
        self._index.close()
        self._file.close()
        if _index_path(path).stat().st_size == 0:
            path.unlink()
            _index_path(path).unlink()
        _marker(path).unlink(missing_ok=True)
        self._lock.close()
        self._file = self._index = self._lock = None
        self._name = ""

    def read(self, warc_file: str, warc_offset: int) -> Page:
        """Give the page of one record; raises ArchiveError where it is missing or does not match its digest."""
        path = self._path(warc_file)
        try:
            with path.open("rb") as file:
                file.seek(warc_offset)
                raw, _ = unpack(file)
            fields, block = split_record(raw)
        except (OSError, zlib.error, EOFError, ValueError) as error:
            fault = f"{warc_file} holds no readable record at byte {warc_offset} ({error})"
            raise ArchiveError(fault, cure="run 'ansinh archive verify', restore the file from a copy") from None
        wrong = check_digests(fields, block)
        if wrong:
            cure = "restore the file from a copy; the figures read from it stay in the database"
            raise ArchiveError(f"{warc_file}, byte {warc_offset}: {wrong}", cure=cure)
        return page_of(fields, block, where=(warc_file, warc_offset))[0]

    def files(self) -> list[str]:
        """Give all WARC files, relative to the folder, in order."""
        found = self.folder.rglob("*.warc.gz") if self.folder.is_dir() else []
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def records(self, warc_file: str | None = None) -> Iterator[tuple[Page, str]]:
        """Give all pages with their outcomes, of one file or of all; damaged records are passed over (see `verify`)."""
        for name in [warc_file] if warc_file else self.files():
            for offset, raw in self._members(name):
                if isinstance(raw, str):
                    continue
                try:
                    fields, block = split_record(raw)
                except ValueError:
                    continue
                if fields.get("warc-type") == "response" and not check_digests(fields, block):
                    yield page_of(fields, block, where=(name, offset))

    def verify(self, warc_file: str | None = None) -> Iterator[Damage]:
        """Read every record and give those that fail: a flipped byte, a cut end, a digest that differs.

        The index is held against sound records; a file that is being written has not all of its lines yet.
        """
        for name in [warc_file] if warc_file else self.files():
            lines, sound = [], True
            for offset, raw in self._members(name):
                fault = raw if isinstance(raw, str) else self._fault(name, offset, raw)
                if fault or isinstance(raw, str):
                    sound = False
                    yield Damage(warc_file=name, warc_offset=offset, fault=fault)
                elif (parts := split_record(raw))[0].get("warc-type") == "response":
                    lines.append(index_line(*page_of(*parts, where=(name, offset))))
            index = _index_path(self.folder / name)
            written = index.exists() and not _marker(self.folder / name).exists()
            if sound and written and index.read_bytes() != "".join(lines).encode():
                told = f"its index differs from its records: remove {index.name}, it is made again when it is asked"
                yield Damage(warc_file=name, warc_offset=0, fault=told)

    def _fault(self, name: str, offset: int, raw: bytes) -> str:
        try:
            wrong = check_digests(*split_record(raw))
        except ValueError as error:
            return str(error)
        # the checksum of gzip leaves its own header out; ours is always the same
        if not wrong and is_ours(raw):
            with self._path(name).open("rb") as file:
                file.seek(offset)
                wrong = "" if file.read(len(HEADER)) == HEADER else "the gzip header was changed"
        return wrong

    def find(self, url: str, *, at: datetime | None = None) -> list[Entry]:
        """Give the records of a canonical address, oldest first; with `at`, only those fetched by then."""
        limit = f"{at:%Y%m%d%H%M%S%f}" if at else "9"
        prefix = url + " "
        found = []
        for name in self.files():
            index = _index_path(self.folder / name)
            if not index.exists():
                self._rebuild_index(name)
            with index.open(encoding="utf-8") as lines:
                found += [entry_of(line, name) for line in lines if line.startswith(prefix) and line.endswith("\n")]
        return sorted((entry for entry in found if entry.at <= limit), key=lambda entry: entry.at)

    def repair(self) -> Iterator[tuple[Page, str]]:
        """Close what killed processes left open: cut to the last whole record, index again; gives those files' pages.

        Files that a living process is writing are left alone.
        """
        for marker in sorted(self.folder.rglob("*.warc.gz.open")) if self.folder.is_dir() else []:
            with marker.open("r+b") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    continue
                if not marker.exists():
                    continue
                path = marker.with_name(marker.name.removesuffix(".open"))
                name = path.relative_to(self.folder).as_posix()
                if path.exists():
                    with self._disk(path):
                        self._cut(name)
                    if self._rebuild_index(name):
                        yield from self.records(name)
                    else:
                        path.unlink()
                        _index_path(path).unlink(missing_ok=True)
                marker.unlink(missing_ok=True)

    def _cut(self, name: str) -> None:
        end: int | None = None
        for offset, raw in self._members(name):
            if not isinstance(raw, str):
                end = None  # damage with whole records after it is no torn end
            elif end is None:
                end = offset
        if end is None:
            return
        with (self.folder / name).open("r+b") as file:
            file.truncate(end)
            os.fsync(file.fileno())

    def _rebuild_index(self, name: str) -> int:
        path = _index_path(self.folder / name)
        fresh = path.with_suffix(".new")
        count = 0
        with fresh.open("w", encoding="utf-8") as out:
            for page, outcome in self.records(name):
                out.write(index_line(page, outcome))
                count += 1
        fresh.replace(path)
        return count

    def _members(self, name: str) -> Iterator[tuple[int, bytes | str]]:
        """Give offset and bytes of each gzip member; a member that cannot be unpacked is a text that says why."""
        path = self._path(name)
        try:
            with path.open("rb") as file:
                yield from members(file, path.stat().st_size)
        except OSError as error:
            raise ArchiveError(f"{path} cannot be read ({error.strerror})", cure="check that it exists") from None

    def _path(self, name: str) -> Path:
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise ArchiveError(f"'{name}' lies outside the archive", cure="name a file of the archive")
        return path

    @contextlib.contextmanager
    def _disk(self, path: Path) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            cure = "free some space or choose another ANSINH_HOME"
            raise ArchiveError(f"{path} cannot be written ({error.strerror})", cure=cure) from error


def _marker(path: Path) -> Path:
    return path.with_name(path.name + ".open")


def _index_path(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(".warc.gz") + ".cdxj")
