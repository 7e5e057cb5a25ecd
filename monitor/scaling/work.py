"""What one worker does: the records of a piece to pages and readings. No database; runs in any process or machine."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from io import BytesIO
from typing import IO

from crawler.members import members
from crawler.warc import response_record
from model.errors import AnsinhError
from model.records import Page, Reading
from monitor.reading import Broken, Rules, read_page
from monitor.scaling.forms import responses, wanted
from monitor.scaling.pieces import Piece, Stretch, Terms


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """An article that was found, with what it says."""

    page: Page
    """Its body empty: `record` holds it."""
    record: bytes
    """The packed record that goes into the home's archive."""
    reading: Reading | Broken


@dataclass(kw_only=True, slots=True)
class Result:
    """What a piece held."""

    records: int = 0
    """Responses looked at."""
    kept: list[Kept] = field(default_factory=list)
    damaged: list[Stretch] = field(default_factory=list)
    refused: str = ""
    """Why the worker did not begin: `file` where it does not have it, `rules` where it has others; `""` if it did."""


def read_piece(piece: Piece, terms: Terms) -> Result:
    """Read a piece. Nothing that a record holds makes this raise."""
    if not same_rules(terms.rules):
        return Result(refused="rules")
    if piece.packed is not None:
        return _read(BytesIO(piece.packed), piece, piece.start, terms)
    try:
        with piece.path.open("rb") as file:
            if os.fstat(file.fileno()).st_size < piece.end:
                return Result(refused="file")
            return _read(file, piece, 0, terms)
    except OSError:
        return Result(refused="file")


@lru_cache(maxsize=8)
def same_rules(rules: Rules) -> bool:
    """Say whether this process has the very rules that the run goes by: another machine may not."""
    from extract.figures.find import Declared, rules_fingerprint

    try:
        here = rules_fingerprint(Declared(rules=rules.own_rules, indicators=rules.own_indicators))
    except AnsinhError:
        return False
    return here == rules.fingerprint


def offsets(piece: Piece) -> list[tuple[int, int]]:
    """Give first and last byte of each whole record of a piece, to read them one by one."""
    with BytesIO(piece.packed) if piece.packed is not None else piece.path.open("rb") as file:
        base = piece.start if piece.packed is not None else 0
        return [(start, end) for start, end, raw in _spans(file, piece, base) if not isinstance(raw, str)]


def _read(file: IO[bytes], piece: Piece, base: int, terms: Terms) -> Result:
    result = Result()
    for start, end, raw in _spans(file, piece, base):
        if isinstance(raw, str):
            _add_damage(result.damaged, Stretch(start=start, end=end, fault=raw))
            continue
        try:
            for fields, block in responses(raw):
                result.records += 1
                page = wanted(fields, block, terms.sites)
                if page is not None:
                    result.kept.append(_kept(page, piece, terms))
        except Exception as error:  # noqa: BLE001 -- no record may stop the others, whatever it holds
            said = error.fault if isinstance(error, AnsinhError) else str(error) or type(error).__name__
            _add_damage(result.damaged, Stretch(start=start, end=end, fault=said))
    return result


def _kept(page: Page, piece: Piece, terms: Terms) -> Kept:
    reading: Reading | Broken
    try:
        reading = read_page(page, terms.rules, piece.read_at)
    except Exception as error:  # noqa: BLE001 -- one broken page must never stop the others
        reading = Broken(doc=page.url, fault=f"{type(error).__name__}: {error}")
    return Kept(page=replace(page, body=b""), record=response_record(page, "new"), reading=reading)


def _spans(file: IO[bytes], piece: Piece, base: int) -> Iterator[tuple[int, int, bytes | str]]:
    """Give first byte, last byte and content of each member of a piece; of a damaged stretch, a text that says why."""
    found = members(file, piece.end - base, start=piece.start - base)
    before = next(found, None)
    while before is not None:
        after = next(found, None)
        yield before[0] + base, (after[0] + base if after else piece.end), before[1]
        before = after


def _add_damage(damaged: list[Stretch], new: Stretch) -> None:
    """Add a stretch; one that follows another directly is the same damage, met again while looking for its end."""
    if damaged and damaged[-1].end == new.start and new.fault.startswith("unreadable"):
        damaged[-1] = replace(damaged[-1], end=new.end)
    else:
        damaged.append(new)
