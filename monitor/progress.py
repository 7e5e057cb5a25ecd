"""A line on standard error that says how far a long piece of work is; silent where nobody looks."""

import sys
from time import monotonic
from types import TracebackType
from typing import Self

from monitor.printing import width
from monitor.words import shorten

EVERY = 0.1
"""Seconds between two drawings."""


class ProgressLine:
    """One line that is drawn over again on a terminal; elsewhere only `note` prints."""

    def __init__(self) -> None:
        self._shown = 0
        self._last = 0.0
        self._live = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def show(self, text: str) -> None:
        """Draw the line, if the last drawing is long enough ago."""
        if not self._live or monotonic() - self._last < EVERY:
            return
        self._last = monotonic()
        text = shorten(text, 100)
        sys.stderr.write("\r" + text + " " * max(0, self._shown - width(text)))
        sys.stderr.flush()
        self._shown = width(text)

    def note(self, text: str) -> None:
        """Print a line that stays."""
        self.clear()
        sys.stderr.write(text + "\n")
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r" + " " * self._shown + "\r")
            sys.stderr.flush()
            self._shown = 0
