"""Texts, paths and flags of the command line taken as they are.

Typer turns every argument into its type by a pydantic adapter, whose import alone takes a third of the time that a
person waits for `ansinh series`. Texts, lists of texts, paths and flags need none: they get a coercion of our own.
Whatever else there is (numbers with bounds, ...) stays with Typer.
"""

from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin


class Plain:
    """Takes a value as a text, a path, a flag, or a list of texts."""

    def __init__(self, kind: type) -> None:
        self.kind = kind

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Give the value in its kind; nothing given stays nothing."""
        if self.kind is list:
            return list(value or ())
        return None if value is None else self.kind(value)


def lighten(command: Any) -> None:
    """Give the plain parameters of a command, or of a group's commands, a coercion that imports nothing."""
    for inner in getattr(command, "commands", {}).values():
        lighten(inner)
    for param in command.params:
        _lighten(param)
    made = command.get_help_option  # the option --help is made when it is first asked for
    command.get_help_option = lambda context: _lighten(made(context))


def _lighten(param: Any) -> Any:
    """Give one parameter our coercion, where its kind allows."""
    kind = _kind(getattr(getattr(param, "type_descriptor", None), "annotation", None))
    if kind is not None and hasattr(param, "_runtime_param"):
        param._runtime_param = Plain(kind)
    return param


def _kind(annotation: Any) -> type | None:
    """Give the plain kind of an annotation; None where it has none."""
    if get_origin(annotation) in (Union, UnionType):
        others = [one for one in get_args(annotation) if one is not NoneType]
        annotation = others[0] if len(others) == 1 else None
    if annotation in (str, Path, bool):
        return annotation  # type: ignore[no-any-return]
    return list if get_origin(annotation) is list and get_args(annotation) == (str,) else None
