"""What can be counted: schemes, concepts and their indicators, as declared in `indicators.toml` and by the office.

An indicator is `SCHEME.concept`; figures for several schemes together join them in alphabetical order with `+`
(`BHTN+BHXH+BHYT.participants`) and need no declaration of their own, nor does a shipped concept of a shipped scheme.
"""

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from model.declarations import Declaration, declare, read_toml
from model.errors import DeclarationError, UnknownNameError
from model.records import UNITS

SHIPPED = Path(__file__).with_name("indicators.toml")
Word = Annotated[str, Field(pattern=r"\S")]
Words = Annotated[tuple[Word, ...], Field(min_length=1)]


def _rising(span: tuple[float, float]) -> tuple[float, float]:
    if not span[0] < span[1]:
        raise ValueError("its first number must be the smaller one")
    return span


Range = Annotated[tuple[float, float], AfterValidator(_rising)]


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
    range: Range


class IndicatorTable(Declaration):
    """An indicator as declared; what it leaves out comes from its concept."""

    gold: str
    name_vi: str | None = None
    name_en: str | None = None
    words: tuple[Word, ...] = ()
    unit: str | None = None
    range: Range | None = None


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
    own: tuple[str, ...] = ()
    """Keys that an office declared beside the shipped ones."""
    own_schemes: tuple[str, ...] = ()
    """Schemes that it declared."""
    own_concepts: tuple[str, ...] = ()
    """Concepts that it declared."""

    def __iter__(self) -> Any:
        """Iterate the declared indicators."""
        return (self.get(key) for key in self.declared)

    def knows(self, schemes: tuple[str, ...], concept: str) -> bool:
        """Tell whether `get` gives the indicator of these schemes, which stand in alphabetical order.

        The shipped concepts go with every shipped scheme (`BHYT_HGD.arrears`); one's own only where declared.
        """
        shipped = not {*schemes} & {*self.own_schemes} and concept not in self.own_concepts
        joined = len(schemes) > 1 or shipped or f"{schemes[0]}.{concept}" in self.declared
        return joined and concept in self.concepts and all(scheme in self.schemes for scheme in schemes)

    def get(self, key: str) -> Indicator:
        """Give an indicator, joined ones included; UnknownNameError lists the nearest known keys."""
        joined, _, concept_key = key.partition(".")
        parts = tuple(joined.split("+"))
        if parts != tuple(sorted(set(parts))) or not self.knows(parts, concept_key):
            raise UnknownNameError("indicator", key, sorted(self.declared))
        concept, table = self.concepts[concept_key], self.declared.get(key)
        spoken = sorted(parts, key=list(self.schemes).index)  # as people say them: BHXH, BHYT, BHTN
        of_vi = ", ".join(self.schemes[part].name_vi for part in spoken)
        of_en = ", ".join(self.schemes[part].name_en for part in spoken)
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
    _add_file(loaded, SHIPPED)
    shipped = {*loaded.declared, *loaded.schemes, *loaded.concepts}
    for path in sorted(own.glob("*.toml")) if own and own.is_dir() else []:
        _add_file(loaded, path)
    for key, table in loaded.declared.items():
        scheme, _, concept = key.partition(".")
        if scheme not in loaded.schemes or concept not in loaded.concepts:
            cure = f"declare [schemes.{scheme}] and [concepts.{concept}], or use one of the declared"
            raise DeclarationError(f"indicator '{key}' has no declared scheme or concept", cure=cure)
        if table.unit is not None and table.unit not in UNITS:
            raise DeclarationError(f"indicator '{key}': unknown unit '{table.unit}'", cure="known: " + ", ".join(UNITS))
    added, schemes, concepts = (
        tuple(key for key in known if key not in shipped)
        for known in (loaded.declared, loaded.schemes, loaded.concepts)
    )
    return replace(loaded, own=added, own_schemes=schemes, own_concepts=concepts)


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
        if not isinstance(tables, dict):
            cure = f"write tables such as [{section}.NAME]"
            raise DeclarationError(f"{path.name}: '{section}' is no table", cure=cure)
        kind, known = kinds[section]
        for key, table in tables.items():
            if key in known:
                cure = f"give the one in {path.name} another name"
                raise DeclarationError(f"{path.name}: {section}.{key} is declared twice", cure=cure)
            known[key] = declare(kind, table, where=f"{path.name} [{section}.{key}]")
