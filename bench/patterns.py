"""No pattern of the reading room goes exponential: each is searched in strings made to trap it, ever longer ones.

    python -m bench.patterns

Strings are pieces repeated, with an end that fits nothing: characters and short rows of characters of the pattern
itself, and pieces that trap such patterns often. Doubling the length costs an exponential pattern more time than there
is, a pattern without traps twice as much, one that looks ahead from every place up to four times as much. Patterns that
are only ever tried at one place, or in a window of the text, stay far below what their search costs here.
"""

import importlib
import pkgutil
import random
import re
import signal
import time
from collections.abc import Iterable, Iterator
from types import FrameType

import extract
from extract.rules import load_rules

LENGTHS = (250, 500, 1000, 2000)
LIMIT = 20
"""Seconds after which a pattern has sprung."""
PIECES = (
    " ",
    "a",
    "1",
    "1.",
    "1, ",
    "một ",
    "năm ",
    "tháng 1 ",
    "(",
    "((",
    "<a ",
    "&",
    ". ",
    "-",
    "/",
    "\n",
    "a b ",
    "Á ",
)
PER_PATTERN = 12


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Give every compiled pattern that a module of `extract` holds, and both sides of every rule."""
    seen: set[int] = set()
    for found in pkgutil.walk_packages(extract.__path__, "extract."):
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            held: Iterable[object] = value.values() if isinstance(value, dict) else [value]
            held = value if isinstance(value, list | tuple) else held
            for one in held:
                if isinstance(one, re.Pattern) and id(one) not in seen:
                    seen.add(id(one))
                    yield f"{found.name}.{name}", one
    for kind, rules in load_rules().by_kind.items():
        for rule in rules:
            for side, pattern in (("left", rule.pattern.left), ("right", rule.pattern.right)):
                if id(pattern) not in seen:
                    seen.add(id(pattern))
                    yield f"rule {rule.rule.id} ({kind}, {side})", pattern


def traps(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Iterator[str]:
    """Give pieces to repeat: common ones, and rows of the pattern's own characters."""
    yield from PIECES
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    own = sorted({char for char in source if char not in "\\()[]{}|?*+^$<>=!"}) or ["a"]
    chance = random.Random(source)
    for _ in range(PER_PATTERN):
        yield "".join(chance.choices(own, k=chance.randint(1, 4)))


def seconds(pattern: re.Pattern[str] | re.Pattern[bytes], text: str) -> float:
    """Give the processor time of finding all there is in a text."""
    began = time.process_time()
    if isinstance(pattern.pattern, bytes):
        for _ in pattern.finditer(text.encode()):  # type: ignore[arg-type]
            pass
    else:
        for _ in pattern.finditer(text):  # type: ignore[arg-type]
            pass
    return time.process_time() - began


def _sprung(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


def main() -> int:
    """Print how many patterns there are, the slowest, and those that have sprung."""
    signal.signal(signal.SIGALRM, _sprung)
    slowest: list[tuple[float, float, str, str]] = []
    sprung: list[str] = []
    count = 0
    for name, pattern in patterns():
        count += 1
        worst = (0.0, 0.0, name, "")
        for piece in traps(pattern):
            before = taken = 0.0
            signal.alarm(LIMIT)
            try:
                for length in LENGTHS:
                    text = piece * (length // len(piece)) + "\x00"
                    before, taken = taken, seconds(pattern, text)
            except TimeoutError:
                sprung.append(f"{name} on {piece!r}")
                continue
            finally:
                signal.alarm(0)
            worst = max(worst, (taken, taken / before if before > 1e-4 else 0.0, name, piece))
        slowest.append(worst)
    each = len(PIECES) + PER_PATTERN
    print(f"{count} patterns, each on {each} traps up to {LENGTHS[-1]} characters; sprung: {len(sprung)}")
    for line in sprung:
        print(f"  SPRUNG {line}")
    print("the slowest, at 2,000 characters, and how much slower than at 1,000:")
    for taken, growth, name, piece in sorted(slowest, reverse=True)[:8]:
        print(f"  {taken * 1e3:8.2f} ms  {growth:5.1f} times  {name}  on {piece!r}")
    return 1 if sprung else 0


if __name__ == "__main__":
    raise SystemExit(main())
