"""Every error a person can meet, in one tree.

    AnsinhError                 one line: what is wrong, then how to mend it
    ├── InputError              a file, text or argument that cannot be used            exit 2
    │   ├── UnknownNameError    an area, indicator, source or measure nobody knows      exit 2
    │   ├── AmbiguousNameError  a name that several units bear                          exit 2
    │   └── DeclarationError    a source, indicator, rule or setting declared wrongly   exit 2
    ├── StoreError              the database cannot be opened, read or written          exit 2
    │   ├── NewerStoreError     written by a newer version of ansinh                    exit 2
    │   └── CorruptStoreError   fails SQLite's own integrity check                      exit 2
    ├── ArchiveError            a WARC file cannot be read or fails its digest          exit 2
    ├── MissingExtraError       a feature whose optional packages are not installed     exit 2
    └── BusyError               another ansinh process holds what this one needs        exit 2

An error is raised with the fault and its cure; `str(error)` is the one line that the command prints.
"""

from collections.abc import Sequence
from difflib import get_close_matches

from model.fold import fold

NEAREST = 3
"""Known names that an error offers."""

ALL_OF = {
    "source": "'ansinh sources list' lists all",
    "area": "'ansinh compare --indicator BHXH.participants' lists all provinces with their codes",
    "indicator": "docs/indicators.md lists all",
}
"""How a person comes by all names of a kind."""


class AnsinhError(Exception):
    """The root: a fault that is not a bug. `cure` says how to mend it and is part of the message."""

    exit_status = 2

    def __init__(self, fault: str, *, cure: str) -> None:
        self.fault = fault.rstrip(".")
        self.cure = cure.rstrip(".")
        super().__init__(" ".join(f"{self.fault}: {self.cure}.".split()))


class InputError(AnsinhError):
    """A file, text or argument that cannot be used."""


class UnknownNameError(InputError):
    """A name that nothing bears; the cure offers the nearest known names and says how to list all."""

    def __init__(self, kind: str, name: str, known: Sequence[str]) -> None:
        alike: dict[str, list[str]] = {}
        for one in known:
            alike.setdefault(_plain(one), []).append(one)
        matches = get_close_matches(_plain(name), list(alike), n=NEAREST, cutoff=0.0)
        near = [one for match in matches for one in alike[match]][:NEAREST]
        offered = f"did you mean {' or '.join(near)}" if near else "none is known"
        super().__init__(f"unknown {kind} '{name}'", cure="; ".join(filter(None, (offered, ALL_OF.get(kind)))))
        self.near = tuple(near)


class AmbiguousNameError(InputError):
    """A name that several units bear; the cure lists them."""

    def __init__(self, kind: str, name: str, candidates: Sequence[str]) -> None:
        few = "; ".join(candidates[:12])
        super().__init__(f"'{name}' names several {kind}s", cure=f"say which by its code: {few}")
        self.candidates = tuple(candidates)


class DeclarationError(InputError):
    """A source, indicator, rule or setting that is declared wrongly; the message names file and key."""


class StoreError(AnsinhError):
    """The database cannot be opened, read or written."""


class NewerStoreError(StoreError):
    """The database was written by a newer version of ansinh."""


class CorruptStoreError(StoreError):
    """The database fails SQLite's own integrity check."""


class ArchiveError(AnsinhError):
    """A WARC file cannot be read, or a record does not match its digest."""


class MissingExtraError(AnsinhError):
    """A feature whose optional packages are not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f"{feature} needs packages that are not installed", cure=f"pip install 'ansinh[{extra}]'")


class BusyError(AnsinhError):
    """Another ansinh process holds what this one needs."""


def _plain(name: str) -> str:
    """Give a name as it is compared: no diacritics, no spaces."""
    return fold(name).replace(" ", "")
