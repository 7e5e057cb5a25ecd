"""The console command `ansinh`: which commands there are, and how every end of a run is told.

Exit status: 0 done; 1 done, but something needs a person; 2 bad usage or input, or a fault, said in one line on
standard error. Each command lives in a module of `monitor.commands`; the module is imported when it is asked for, and
what is heavy only inside the function that needs it.
"""

import errno
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from model.errors import AnsinhError
from monitor.coercion import lighten
from monitor.commands import COMMANDS, make
from monitor.language import choose_language, say

INTERRUPTED = 130


class Commands(TyperGroup):
    """The commands by name; each is made when it is needed."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Give the names in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Make one command from its module; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(make(cmd_name))
        command.name = cmd_name
        lighten(command)
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands from the table, so that help imports none of them."""
        with formatter.section(say("Lệnh", "Commands")):
            formatter.write_dl([(name, say(listed.vi, listed.en)) for name, listed in COMMANDS.items()])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command of the first argument; an unknown one is answered with the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from model.errors import UnknownNameError

            raise UnknownNameError("command", args[0], list(COMMANDS))
        return super().resolve_command(ctx, args)


def application() -> typer.Typer:
    """Make the application; its texts are in the language that was chosen before."""
    app = typer.Typer(
        cls=Commands,
        name="ansinh",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=say(
            "Đọc báo chí địa phương, tìm số liệu bảo hiểm xã hội, giữ chuỗi số theo từng địa phương; "
            "mỗi con số dẫn về đúng câu đã viết.",
            "Reads the provincial press for social insurance figures and keeps a series per locality; "
            "every figure leads back to its sentence.",
        ),
    )

    @app.callback()
    def options(
        lang: str = typer.Option("vi", "--lang", help=say("Ngôn ngữ: vi hoặc en.", "Language: vi or en.")),
        version: bool = typer.Option(
            False, "--version", callback=_tell_version, is_eager=True, help=say("In phiên bản.", "Print the version.")
        ),
    ) -> None:
        """Hold the options that stand before every command; `--lang` is taken from anywhere on the line."""

    return app


def _tell_version(wanted: bool) -> None:
    """Print which version this is, and end."""
    if wanted:
        from importlib.metadata import version

        typer.echo(f"ansinh {version('ansinh')}")
        raise typer.Exit


def main() -> None:
    """Run the command line of this process and end it with its status."""
    status = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _silence_stdout()
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit status; every fault becomes one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else "strict")
    try:
        rest = _take_language(list(arguments))
        command = typer.main.get_command(application())
        lighten(command)
        with command.make_context("ansinh", rest) as context:
            result = command.invoke(context)
        return result if isinstance(result, int) else 0
    except typer.Exit as end:
        return end.exit_code
    except AnsinhError as error:
        return _fault(str(error), error.exit_status)
    except (KeyboardInterrupt, typer.Abort):
        return _fault(
            say("đã dừng theo yêu cầu; chạy lại để tiếp tục.", "interrupted; run again to go on."), INTERRUPTED
        )
    except BrokenPipeError:
        _silence_stdout()
        return 0
    except typer.TyperException as error:
        return _fault(_usage(error), 2)
    except OSError as error:
        return _system_fault(error)
    except Exception as error:  # noqa: BLE001 -- the last line of defence: a bug must not be a traceback
        return _unexpected(error)


def _take_language(arguments: list[str]) -> list[str]:
    """Take `--lang NAME` from anywhere before `--`, and choose that language."""
    rest: list[str] = []
    while arguments:
        word = arguments.pop(0)
        if word == "--":
            return [*rest, word, *arguments]
        if word != "--lang" and not word.startswith("--lang="):
            rest.append(word)
            continue
        name = word.partition("=")[2] if "=" in word else (arguments.pop(0) if arguments else "")
        try:
            choose_language(name)
        except ValueError:
            from model.errors import InputError

            raise InputError(f"unknown language '{name}'", cure="use --lang vi or --lang en") from None
    return rest


def _usage(error: typer.TyperException) -> str:
    """Word a wrong use of the command line in one line with its cure."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "ansinh"
    message = " ".join(error.format_message().split()).rstrip(".") or "no command given"
    return f"{message}: see '{path} --help'."


def _fault(line: str, status: int) -> int:
    """Say one line on standard error and give the status."""
    try:
        sys.stderr.write(f"ansinh: {' '.join(line.split())}\n")
        sys.stderr.flush()
    except OSError:
        pass
    return status


def _system_fault(error: OSError) -> int:
    """Word what the operating system refused."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _fault(f"the disk is full{where}: free some space and run again; nothing stored was lost.", 2)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _fault(f"no right to use a file{where}: change its rights or choose another ANSINH_HOME.", 2)
    return _unexpected(error)


def _unexpected(error: Exception) -> int:
    """Keep the trace of a bug in a file and say where it lies."""
    import traceback

    from model.home import default_home

    if os.environ.get("ANSINH_DEBUG"):
        traceback.print_exc()
    trace = "".join(traceback.format_exception(error))
    stamp = f"{datetime.now().astimezone().isoformat(timespec='seconds')} {' '.join(sys.argv)}\n"
    for folder in (default_home().root, Path(tempfile.gettempdir())):
        path = folder / "ansinh-errors.log"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
                log.write(stamp + trace + "\n")
        except OSError:
            continue
        return _fault(f"unexpected {type(error).__name__}: please report it with {path}.", 2)
    return _fault(f"unexpected {type(error).__name__}: run again with ANSINH_DEBUG=1 to see more.", 2)


def _silence_stdout() -> None:
    """Let nobody write to a pipe whose reader has gone."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())


if __name__ == "__main__":
    main()
