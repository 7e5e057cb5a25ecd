"""All commands as the command line itself declares them, for the pages of docs/."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from monitor.commands import COMMANDS
from monitor.language import Language, choose_language, language


@dataclass(frozen=True, kw_only=True, slots=True)
class Described:
    """One command."""

    usage: str
    """`ansinh series`, with its arguments."""
    help: str
    options: tuple[tuple[str, str], ...]
    """Names and meaning of each option."""


def describe(spoken: Language = "en") -> list[Described]:
    """Give every command with its arguments and options, in one language."""
    import typer.main

    from monitor.main import application

    before = language()
    choose_language(spoken)
    try:
        whole: Any = typer.main.get_command(application())
        return [one for name in COMMANDS for one in _walk(whole.get_command(None, name), f"ansinh {name}")]
    finally:
        choose_language(before)


def _walk(command: Any, path: str) -> Iterator[Described]:
    """Give a command, or those of a group."""
    inner = getattr(command, "commands", None)
    if inner:
        for name, one in inner.items():
            yield from _walk(one, f"{path} {name}")
        return
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and not p.hidden and p.name != "help"]
    yield Described(
        usage=" ".join([path, *(p.metavar or p.name.upper() for p in arguments)]),
        help=" ".join((command.help or "").split()),
        options=tuple((", ".join(p.opts), p.help or "") for p in options),
    )
