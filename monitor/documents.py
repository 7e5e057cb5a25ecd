"""Documents that people hand in: `.txt`, `.html`, `.jsonl` (one a line), `-`; each read, or its fault told.

A fault never stops the rest: what can be read is given, what cannot becomes a `Trouble`, and `complain` turns them
into the one line and the exit status of the contract.
"""

import gzip
import hashlib
import json
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from model.errors import InputError, UnknownNameError
from monitor.words import VIETNAM

LONGEST = 16 * 1024 * 1024
"""Bytes of the longest document that is read; longer ones are not articles."""

SUFFIXES = (".txt", ".html", ".htm", ".jsonl")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LIST = re.compile(r"\s*\((?:mới|cũ)\)\s*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One document as it was handed in; `text` or `html` is set, or neither where it says nothing."""

    doc: str
    text: str | None = None
    html: bytes | None = None
    url: str | None = None
    title: str | None = None
    published: date | datetime | None = None
    area: str | None = None
    digest: str
    """`sha256:<hex>` of what was handed in: another content is another version."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Trouble:
    """Something that could not be read, or not wholly."""

    where: str
    """File, and line where there are lines."""
    fault: str
    cure: str
    whole: bool
    """True where a whole input is unusable; False where one line of many is."""
    lossless: bool = False
    """True where all was read all the same: it is said, and nothing is left to do."""


def check_paths(paths: Sequence[str], suffixes: Sequence[str] = SUFFIXES) -> None:
    """Refuse what can be seen at once: no path, a missing or unreadable file, a folder, an unknown kind of file."""
    for name in paths:
        if name == "-":
            continue
        path = Path(name)
        if path.is_dir():
            raise InputError(f"{name} is a folder", cure=f"name its files, for example {path / '*.txt'}")
        if not path.exists():
            raise InputError(f"there is no file {name}", cure="check the name and the folder")
        kind = path.name.removesuffix(".gz").lower()
        if not kind.endswith(tuple(suffixes)):
            raise InputError(f"{name} is of no kind that is read", cure=f"its name must end in {', '.join(suffixes)}")
        try:
            with path.open("rb"):
                pass
        except OSError as error:
            raise InputError(f"{name} cannot be read ({error.strerror})", cure="change its rights") from None


def read_documents(paths: Iterable[str]) -> Iterator[Document | Trouble]:
    """Give the documents of files and of standard input (`-`), in order, faults in their place."""
    for name in paths:
        try:
            if name == "-":
                yield from _piped(sys.stdin.buffer)
            elif Path(name).name.removesuffix(".gz").lower().endswith(".jsonl"):
                yield from _lines(Path(name))
            else:
                yield _single(Path(name))
        except (OSError, EOFError, zlib.error) as error:
            fault = "is cut off or damaged" if name.endswith(".gz") else "cannot be read"
            said = getattr(error, "strerror", None) or str(error) or type(error).__name__
            yield Trouble(where=name, fault=f"{fault} ({said})", cure="fetch or copy the file again", whole=True)


def _single(path: Path) -> Document | Trouble:
    """Read a file that is one document."""
    with _opened(path) as file:
        raw = file.read(LONGEST + 1)
    fault = _unusable(raw)
    if fault is not None:
        return Trouble(where=str(path), fault=fault[0], cure=fault[1], whole=True)
    name = path.name.removesuffix(".gz")
    return _document(name.rsplit(".", 1)[0], raw, html=not name.lower().endswith(".txt"))


def _document(doc: str, raw: bytes, *, html: bool) -> Document:
    """Make a document of bytes."""
    digest = _digest(raw)
    if html:
        return Document(doc=doc, html=raw, digest=digest)
    return Document(doc=doc, text=_decoded(raw), digest=digest)


def _opened(path: Path) -> Any:
    """Open a file, unpacking it where its name ends in `.gz`."""
    return gzip.open(path, "rb") if path.name.endswith(".gz") else path.open("rb")


def _unusable(raw: bytes) -> tuple[str, str] | None:
    """Say why bytes are no document, with the cure; None where they may be one."""
    if not raw.strip():
        return "is empty", "hand in a file with text"
    if len(raw) > LONGEST:
        return f"is longer than {LONGEST // 2**20} MB", "an article is shorter; split the file"
    head = raw[:8192]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    control = sum(byte < 9 or 13 < byte < 27 for byte in head)
    if b"\0" in head or control > len(head) // 20:
        return "is a binary file", "hand in text or HTML"
    return None


def _decoded(raw: bytes) -> str:
    """Decode a text: by its byte order mark, as UTF-8, else as what Vietnamese files used to be."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1258", "replace")


def _digest(raw: bytes) -> str:
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def _piped(stream: Any) -> Iterator[Document | Trouble]:
    """Read standard input: rows of JSON, a page, or a text, by how it begins."""
    head: bytes = stream.readline(LONGEST + 1)
    while head and not head.strip():
        head = stream.readline(LONGEST + 1)
    if head.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        yield from _rows(_chain(head, stream), "stdin")
        return
    raw = head + stream.read(LONGEST + 1 - min(len(head), LONGEST))
    fault = _unusable(raw)
    if fault is not None:
        yield Trouble(where="standard input", fault=fault[0], cure=fault[1], whole=True)
        return
    yield _document("stdin", raw, html=raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"))


def _chain(head: bytes, stream: Any) -> Iterator[bytes]:
    """Give the first line, then the others, each cut where it is too long."""
    yield head
    yield from _cut_lines(stream)


def _cut_lines(stream: Any) -> Iterator[bytes]:
    """Give lines; of one that is too long, as much as shows that it is, and the rest is passed over."""
    while line := stream.readline(LONGEST + 1):
        yield line
        while len(line) > LONGEST and not line.endswith(b"\n"):
            line = stream.readline(LONGEST)
            if not line:
                return


def _lines(path: Path) -> Iterator[Document | Trouble]:
    """Read a file of rows."""
    with _opened(path) as file:
        yield from _rows(_cut_lines(file), str(path))


def _rows(lines: Iterable[bytes], where: str) -> Iterator[Document | Trouble]:
    """Read rows of JSON; empty lines are passed over, a file without any row is a trouble."""
    stem = Path(where).name.removesuffix(".gz").rsplit(".", 1)[0]
    seen = False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        at = f"{where} line {number}"
        if not seen and b"\0" in line[:8192]:
            yield Trouble(where=where, fault="is a binary file", cure="hand in text or HTML", whole=True)
            return
        seen = True
        if len(line) > LONGEST:
            cure = "an article is shorter; write one document a line"
            yield Trouble(where=at, fault=f"is longer than {LONGEST // 2**20} MB", cure=cure, whole=False)
            continue
        yield from _row(line, at, f"{stem}:{number}")
    if not seen:
        yield Trouble(where=where, fault="is empty", cure="write one document a line", whole=True)


def _row(line: bytes, at: str, name: str) -> Iterator[Document | Trouble]:
    """Read one row: the document, and beside it what of it could not be used."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        said = "not UTF-8" if isinstance(error, UnicodeDecodeError) else "not JSON"
        yield Trouble(where=at, fault=f"is {said}", cure="mend or remove that line", whole=False)
        return
    if not isinstance(row, dict):
        yield Trouble(where=at, fault="is no JSON object", cure='write {"id": ..., "text": ...}', whole=False)
        return
    for key in ("text", "html", "url", "title", "area"):
        if row.get(key) is not None and not isinstance(row[key], str):
            yield Trouble(where=at, fault=f"'{key}' is no text", cure=f"write {key} as a string or null", whole=False)
            return
    try:
        published = parse_published(row.get("published"))
    except ValueError:
        published = None
        fault = f"published {json.dumps(row.get('published'), ensure_ascii=False)[:40]} is no date"
        yield Trouble(where=at, fault=fault, cure="write 2020-05-18 or 2020-05-18T07:45", whole=False)
    text, html = _clean(row.get("text")), _clean(row.get("html"))
    if (unknown := _unknown_area(_clean(row.get("area")) or "")) is not None:
        yield Trouble(where=at, fault=unknown[0], cure=unknown[1], whole=False, lossless=True)
    yield Document(
        doc=_clean(str(row["id"])) or name if row.get("id") is not None else name,
        text=text,
        html=html.encode("utf-8") if html is not None and text is None else None,
        url=_clean(row.get("url")),
        title=_clean(row.get("title")),
        published=published,
        area=_clean(row.get("area")),
        digest=_digest(json.dumps(row, sort_keys=True, ensure_ascii=True).encode("ascii")),
    )


@lru_cache(maxsize=1024)
def _unknown_area(name: str) -> tuple[str, str] | None:
    """Say why an outlet's area is of no use (nothing bears the name, or several do) and the cure; else None."""
    from model.areas import load_areas

    try:
        load_areas().resolve(_LIST.sub("", name)) if name.strip() else None
    except InputError as error:
        said = "has an" if isinstance(error, UnknownNameError) else "has an area:"
        return f"{said} {error.fault}", error.cure
    return None


def _clean(text: str | None) -> str | None:
    """Replace half characters, which no encoding can write, by the mark for them."""
    return None if text is None else _SURROGATES.sub("\ufffd", text)


def parse_published(value: object) -> date | datetime | None:
    """Read a publication date: a day, or an instant (without zone: Vietnam's); None for null; ValueError otherwise."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError(value)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        return date.fromisoformat(value.strip())
    moment = datetime.fromisoformat(value.strip())
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def complain(troubles: Sequence[Trouble], read: int) -> int:
    """Give the exit status after `read` documents were read: 0 where nothing was lost, 1 where a line of many was.

    Raises InputError, whose one line names the first trouble, where a whole input or everything was unusable.
    """
    if not troubles:
        return 0
    first = min(troubles, key=lambda trouble: trouble.lossless)
    more = f" (and {len(troubles) - 1} more)" if len(troubles) > 1 else ""
    error = InputError(f"{first.where} {first.fault}{more}", cure=first.cure)
    if not read or any(trouble.whole for trouble in troubles):
        raise error
    sys.stderr.write(f"ansinh: {error}\n")
    return 0 if all(trouble.lossless for trouble in troubles) else 1
