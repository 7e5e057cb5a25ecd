"""What can be counted: schemes, concepts and their indicators, as declared in `indicators.toml` and by the office.

An indicator is `SCHEME.concept`; figures for several schemes together join them in alphabetical order with `+`
(`BHTN+BHXH+BHYT.participants`) and need no declaration of their own.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from model.declarations import Declaration, declare, read_toml
from model.errors import DeclarationError, UnknownNameError
from model.records import UNITS

SHIPPED = Path(__file__).with_name("indicators.toml")
Words = Annotated[tuple[str, ...], Field(min_length=1)]


class Scheme(Declaration):
    """A branch of insurance and the words that name it."""

    name_vi: str
    name_en: str
    words: Words


class Concept(Declaration):
    """What is counted, in which unit, with the words that name it and the range of plausible values."""

    name_vi: str
    name_en: str
    unit: Literal[
        "person", "percent", "VND", "employer", "agent", "collection_point", "household", "staff", "book", "card",
        "visit", "case", "times",
    ]  # fmt: skip
    kind: Literal["stock", "flow"]
    words: Words
    range: tuple[float, float]


class IndicatorTable(Declaration):
    """An indicator as declared; what it leaves out comes from its concept."""

    gold: str
    name_vi: str | None = None
    name_en: str | None = None
    words: tuple[str, ...] = ()
    unit: str | None = None
    range: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator:
    """One indicator, whole."""

    key: str
    """`SCHEME.concept`, schemes joined by `+` in alphabetical order."""
    schemes: tuple[str, ...]
    concept: str
    unit: str
    """Unit of its level."""
    kind: Literal["stock", "flow"]
    """`stock`: counted at a date; `flow`: the total of a period."""
    range: tuple[float, float]
    """Plausible values of its level, inclusive, in `unit`."""
    name_vi: str
    name_en: str
    words: tuple[str, ...] = ()
    """Words of its own beside those of scheme and concept."""
    gold: str | None = None
    """A sentence that must be read as this indicator; None for joined schemes."""


@dataclass(frozen=True, slots=True)
class Indicators:
    """All that is declared, by key."""

    schemes: dict[str, Scheme] = field(default_factory=dict)
    concepts: dict[str, Concept] = field(default_factory=dict)
    declared: dict[str, IndicatorTable] = field(default_factory=dict)

    def __iter__(self) -> Any:
        """Iterate the declared indicators."""
        return (self.get(key) for key in self.declared)

    def get(self, key: str) -> Indicator:
        """Give an indicator, joined ones included; UnknownNameError lists the nearest known keys."""
        joined, _, concept_key = key.partition(".")
        parts = tuple(joined.split("+"))
        known = parts == tuple(sorted(set(parts))) and all(part in self.schemes for part in parts)
        concept = self.concepts.get(concept_key)
        table = self.declared.get(key)
        if concept is None or not known or (len(parts) == 1 and table is None):
            raise UnknownNameError("indicator", key, sorted(self.declared))
        of_vi = ", ".join(self.schemes[part].name_vi for part in parts)
        of_en = ", ".join(self.schemes[part].name_en for part in parts)
        return Indicator(
            key=key,
            schemes=parts,
            concept=concept_key,
            unit=(table and table.unit) or concept.unit,
            kind=concept.kind,
            range=(table and table.range) or concept.range,
            name_vi=(table and table.name_vi) or _named(concept.name_vi, of_vi),
            name_en=(table and table.name_en) or f"{concept.name_en}, {of_en}",
            words=table.words if table else (),
            gold=table.gold if table else None,
        )


def _named(concept: str, schemes: str) -> str:
    """Join without saying a scheme twice (`số lượt khám chữa bệnh BHYT`)."""
    return concept if concept.endswith(schemes) else f"{concept} {schemes}"


@cache
def load_indicators(own: Path | None = None) -> Indicators:
    """Load the shipped indicators and those in the folder `own` (`$ANSINH_HOME/indicators`).

    Unknown keys, twin names, concepts without a scheme and unknown units stop the load with a DeclarationError.
    """
    loaded = Indicators()
    files = [SHIPPED, *(sorted(own.glob("*.toml")) if own and own.is_dir() else [])]
    for path in files:
        _add_file(loaded, path)
    for key, table in loaded.declared.items():
        scheme, _, concept = key.partition(".")
        if scheme not in loaded.schemes or concept not in loaded.concepts:
            cure = f"declare [schemes.{scheme}] and [concepts.{concept}], or use one of the declared"
            raise DeclarationError(f"indicator '{key}' has no declared scheme or concept", cure=cure)
        if table.unit is not None and table.unit not in UNITS:
            raise DeclarationError(f"indicator '{key}': unknown unit '{table.unit}'", cure="known: " + ", ".join(UNITS))
    return loaded


def _add_file(loaded: Indicators, path: Path) -> None:
    """Add one file's tables; twins of an earlier file stop the load."""
    kinds: dict[str, tuple[type[Declaration], dict[str, Any]]] = {
        "schemes": (Scheme, loaded.schemes),
        "concepts": (Concept, loaded.concepts),
        "indicators": (IndicatorTable, loaded.declared),
    }
    for section, tables in read_toml(path).items():
        if section not in kinds:
            raise DeclarationError(f"{path.name}: unknown key '{section}'", cure=f"known keys are {', '.join(kinds)}")
        kind, known = kinds[section]
        for key, table in tables.items():
            if key in known:
                cure = f"give the one in {path.name} another name"
                raise DeclarationError(f"{path.name}: {section}.{key} is declared twice", cure=cure)
            known[key] = declare(kind, table, where=f"{path.name} [{section}.{key}]")
