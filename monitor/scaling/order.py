"""Results in the order of the pieces, however many hands read them; what ends a worker is found and left out."""

from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import Any

from model.errors import InputError
from monitor.scaling.gangs import Gang, WorkerDied
from monitor.scaling.pieces import Piece, Stretch, Terms
from monitor.scaling.work import Result, offsets, read_piece

LONGEST_SENT = 64 << 20
"""Bytes of the longest piece that is sent to a machine without the file; longer ones hold no record for that long."""


def results(pieces: Iterator[Piece], terms: Terms, gang: Gang) -> Generator[tuple[Piece, Result], None, None]:
    """Read pieces with a gang, a bounded number under way at once, and give their results in the order given.

    Raises InputError where a worker goes by other rules.
    """
    under_way: deque[tuple[Piece, Any]] = deque()
    sending = False
    for piece in pieces:
        part = _with_bytes(piece) if sending else piece
        under_way.append((part, gang.start(read_piece, part, terms)))
        if len(under_way) >= gang.width:
            first, begun = under_way.popleft()
            result, sent = _taken(first, begun, terms, gang)
            sending = sending or sent
            yield first, result
    while under_way:
        first, begun = under_way.popleft()
        yield first, _taken(first, begun, terms, gang)[0]


def _taken(piece: Piece, begun: Any, terms: Terms, gang: Gang) -> tuple[Result, bool]:
    """Wait for one piece's result; says also whether the worker had no such file and had to be sent its bytes."""
    sent = False
    try:
        result: Result = gang.result(begun)
        if result.refused == "file":
            sent = True
            piece = _with_bytes(piece)
            result = gang.result(gang.start(read_piece, piece, terms))
        if result.refused == "file":
            fault = "unreadable from here (no record begins for so long that the bytes are not sent to another machine)"
            result = Result(damaged=[Stretch(start=piece.start, end=piece.end, fault=fault)])
    except WorkerDied:
        result = _careful(piece, terms, gang)
    if result.refused == "rules":
        cure = (
            "start again if ansinh was changed meanwhile; on other machines install the same version and copy rules/"
            " and indicators/ of ANSINH_HOME to the same place"
        )
        raise InputError("a worker goes by other rules than this process", cure=cure)
    return result, sent


def _careful(piece: Piece, terms: Terms, gang: Gang) -> Result:
    """Read a piece again that a worker died over, or near: as a whole, and if that fails record by record."""
    try:
        whole: Result = gang.alone(read_piece, piece, terms)
    except WorkerDied:
        pass
    else:
        return whole
    together = Result()
    at = piece.start
    for start, end in [*offsets(piece), (piece.end, piece.end)]:
        if start > at:  # what no whole record covers is damaged; reading it says how
            _add(together, piece, (at, start), terms, gang)
        if end > start:
            _add(together, piece, (start, end), terms, gang)
        at = end
    return together


def _add(together: Result, piece: Piece, span: tuple[int, int], terms: Terms, gang: Gang) -> None:
    """Read one span of a piece and add what it held."""
    start, end = span
    packed = piece.packed[start - piece.start : end - piece.start] if piece.packed is not None else None
    try:
        part: Result = gang.alone(read_piece, replace(piece, start=start, end=end, packed=packed), terms)
    except WorkerDied:
        together.records += 1
        together.damaged.append(Stretch(start=start, end=end, fault="the record ended the process that read it"))
        return
    together.records += part.records
    together.kept += part.kept
    together.damaged += part.damaged


def _with_bytes(piece: Piece) -> Piece:
    """Give a piece with its bytes, for a machine that does not have the file."""
    if piece.packed is not None or piece.end - piece.start > LONGEST_SENT:
        return piece
    with piece.path.open("rb") as file:
        file.seek(piece.start)
        return replace(piece, packed=file.read(piece.end - piece.start))
