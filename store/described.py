"""What the tables, views and columns of the database mean: the one declaration behind docs and Datasette."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class TableWords:
    """One table or view in words."""

    name: str
    kind: str
    """`kept` (append-only), `notes` (changed in place), `derived` (can be made again), `view`."""
    title: str
    says: str
    columns: dict[str, str]
    """Column → meaning, in the database's order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question that is asked often, with named parameters (`:area`)."""

    name: str
    title: str
    sql: str


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(resources.files("store").joinpath("tables.toml").read_text("utf-8"))


def tables() -> list[TableWords]:
    """Give every table and view in words."""
    return [TableWords(name=name, **words) for name, words in _declared()["tables"].items()]


def questions() -> list[Question]:
    """Give the canned questions."""
    return [Question(name=name, **words) for name, words in _declared()["questions"].items()]


def datasette_metadata(database: str = "ansinh") -> dict[str, Any]:
    """Give the metadata with which Datasette shows the file: titles, descriptions, units of columns, questions.

    Write it as JSON and start `datasette ansinh.db --metadata metadata.json --setting suggest_facets off`: facets that
    nobody asked for cost thirty times the query.
    """
    described = {
        one.name: {"title": one.title, "description": one.says, "columns": one.columns, "size": 50} for one in tables()
    }
    for name in ("articles_fts", "marks", "unsettled", "staged", "sketches", "hosts", "tallies", "tallied"):
        described[name]["hidden"] = True
    return {
        "title": "An sinh",
        "description": "Social insurance figures of the Vietnamese press, each with its sentence",
        "databases": {
            database: {
                "tables": described,
                "queries": {one.name: {"sql": one.sql, "title": one.title} for one in questions()},
            }
        },
    }
