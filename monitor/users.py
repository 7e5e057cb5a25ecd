"""Who may do what in the pages: `users.toml` in the home, passwords hashed with Argon2id.

[users.lan]
role = "reviewer"              # reader, reviewer, operator
password = "$argon2id$..."     # made by `ansinh user add lan --role reviewer`
"""

import os
import re
from typing import Literal, get_args

from model.declarations import Declaration, declare, read_toml
from model.errors import InputError, MissingExtraError
from model.home import Home

Role = Literal["reader", "reviewer", "operator"]
ROLES: tuple[Role, ...] = get_args(Role)
"""From least to most: a role may do all that those before it may."""
LEAST_PASSWORD = 10
_NAME = re.compile(r"[a-z][a-z0-9._-]{0,31}")


class User(Declaration):
    """One who may log in."""

    role: Role
    password: str
    """Argon2id hash in its usual form."""

    def may(self, role: Role) -> bool:
        """Tell whether this user's role holds another."""
        return ROLES.index(self.role) >= ROLES.index(role)


class UserFile(Declaration):
    """The whole file."""

    users: dict[str, User] = {}  # noqa: RUF012 -- pydantic copies defaults


def load_users(home: Home) -> dict[str, User]:
    """Give the users by name; none where there is no file."""
    path = home.root / "users.toml"
    return declare(UserFile, read_toml(path), where=path.name).users if path.exists() else {}


def save_user(home: Home, name: str, role: str, password: str) -> None:
    """Add a user, or give an old one a new role and password; the file is written whole and readable by its owner."""
    if not _NAME.fullmatch(name):
        raise InputError(f"'{name}' is no user name", cure="use up to 32 of a-z, 0-9, '.', '-', '_', a letter first")
    if role not in ROLES:
        raise InputError(f"unknown role '{role}'", cure=f"use one of {', '.join(ROLES)}")
    if len(password) < LEAST_PASSWORD:
        raise InputError("the password is too short", cure=f"use at least {LEAST_PASSWORD} characters")
    users = load_users(home) | {name: User(role=role, password=hash_password(password))}
    _write(home, users)


def remove_user(home: Home, name: str) -> None:
    """Take a user out; an unknown one is an InputError."""
    users = load_users(home)
    if name not in users:
        raise InputError(f"there is no user '{name}'", cure="`ansinh user list` names them")
    del users[name]
    _write(home, users)


def _write(home: Home, users: dict[str, User]) -> None:
    lines = ["# Written by `ansinh user`.", ""]
    for name, user in sorted(users.items()):
        lines += [f'[users."{name}"]', f'role = "{user.role}"', f"password = '{user.password}'", ""]
    home.root.mkdir(parents=True, exist_ok=True)
    path = home.root / "users.toml"
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def hash_password(password: str) -> str:
    """Give the Argon2id hash of a password, with a salt of its own."""
    try:
        from argon2 import PasswordHasher
    except ImportError:
        raise MissingExtraError("logging in", "web") from None
    return PasswordHasher().hash(password)


def password_holds(hashed: str, password: str) -> bool:
    """Tell whether a password is the one that was hashed; takes as long for a wrong one."""
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        return PasswordHasher().verify(hashed, password)
    except (Argon2Error, InvalidHashError):
        return False
