"""`ansinh user`: who may log in to the pages."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from monitor.commands.asked import OUTPUT, group
from monitor.language import say


def app() -> typer.Typer:
    """Make the group."""
    made = group(vi="Tài khoản đăng nhập các trang.", en="Users of the pages.")
    made.command("add", help=say("Thêm tài khoản hoặc đổi vai trò, mật khẩu.", "Add a user, or change one."))(add)
    made.command("remove", help=say("Bỏ tài khoản.", "Remove a user."))(remove)
    made.command("list", help=say("Liệt kê tài khoản.", "List users."))(listed)
    return made


ROLE = typer.Option("--role", help="reader, reviewer, operator")


def add(name: Annotated[str, typer.Argument(metavar="NAME")], role: Annotated[str, ROLE] = "reader") -> None:
    """Ask for a password (or read one line of standard input) and keep its hash."""
    import getpass

    from model.home import default_home
    from monitor.deeds import note_at
    from monitor.users import save_user

    if sys.stdin.isatty():
        password = getpass.getpass(say("Mật khẩu: ", "Password: "))
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    save_user(default_home(), name, role, password)
    note_at(default_home(), "user-add", f"{name} {role}")
    typer.echo(f"{name}: {role}")


def remove(name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Take a user out."""
    from model.home import default_home
    from monitor.deeds import note_at
    from monitor.users import remove_user

    remove_user(default_home(), name)
    note_at(default_home(), "user-remove", name)


def listed(
    form: Annotated[str, typer.Option("--format", help="table, json, jsonl, csv")] = "table",
    output: Annotated[Path | None, OUTPUT] = None,
) -> None:
    """Print names and roles."""
    from model.home import default_home
    from monitor.printing import check_format, emit_rows
    from monitor.users import load_users

    check_format(form, output=output)
    rows = [{"name": name, "role": user.role} for name, user in sorted(load_users(default_home()).items())]
    emit_rows(rows, form, output, ("name", "role"))
