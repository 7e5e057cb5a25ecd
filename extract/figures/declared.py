"""Declarations of an office's own beside the shipped ones, and the fingerprint of all that decides a reading."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from extract.rules import load_rules
from model.indicators import load_indicators


@dataclass(frozen=True, slots=True)
class Declared:
    """Folders of an office's own declarations, over the shipped ones; None where it has none."""

    rules: Path | None = None
    indicators: Path | None = None


@cache
def rules_fingerprint(own: Declared | None = None) -> str:
    """Give the fingerprint of rules and indicators: `sha256:<hex>`; it changes when a reading may change."""
    declared = own or Declared()
    digest = sha256(load_rules(declared.rules).fingerprint.encode())
    digest.update(repr(load_indicators(declared.indicators)).encode())
    folder = Path(__file__).parents[1]
    for path in sorted(path for ending in ("py", "toml", "json", "csv") for path in folder.rglob(f"*.{ending}")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return "sha256:" + digest.hexdigest()
