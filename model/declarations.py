"""Reading what is declared in TOML: one way for sources, indicators, rules, alerts and settings.

A declaration is a pydantic model with `extra="forbid"`. What is wrong comes out as one `DeclarationError` that names
file, key and cure; unknown keys are answered with the known ones.
"""

import tomllib
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from model.errors import DeclarationError


class Declaration(BaseModel):
    """Base of every declared record: frozen, no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    elsewhere: ClassVar[frozenset[str]] = frozenset()
    """Fields that are not written in the table, such as an id that is the file's name."""


Declared = TypeVar("Declared", bound=Declaration)


def read_toml(path: Path) -> dict[str, Any]:
    """Give the tables of a TOML file, or a DeclarationError that names the file and the line."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeclarationError(f"{path.name} is not valid TOML ({error})", cure=f"mend that line in {path}") from None
    except OSError as error:
        cure = "check that the file exists and may be read"
        raise DeclarationError(f"{path} cannot be read ({error.strerror})", cure=cure) from None


def declare(kind: type[Declared], table: dict[str, Any], *, where: str) -> Declared:
    """Make a declared record of a TOML table; `where` names file and table in the error."""
    try:
        return kind.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the table"
        if first["type"] == "extra_forbidden":
            table_kind = _table_of(kind, first["loc"])
            known = ", ".join(sorted(set(table_kind.model_fields) - table_kind.elsewhere))
            raise DeclarationError(f"{where}: unknown key '{key}'", cure=f"known keys are {known}") from None
        if first["type"] == "missing":
            raise DeclarationError(f"{where}: '{key}' is missing", cure=f"add {key}") from None
        said = first["msg"].removeprefix("Value error, ").replace("valid tuple", "list in square brackets")
        raise DeclarationError(f"{where}: '{key}' is wrong ({said})", cure=f"mend {key}") from None


def _table_of(kind: type[Declaration], place: tuple[int | str, ...]) -> type[Declaration]:
    """Give the record whose keys are known at a place: that of the whole table, or of a table within it."""
    for part in place[:-1]:
        field = kind.model_fields.get(str(part))
        inner = field.annotation if field else None
        if not (isinstance(inner, type) and issubclass(inner, Declaration)):
            break
        kind = inner
    return kind
