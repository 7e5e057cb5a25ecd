"""What is done on the command line, for the audit: by the name of who is logged in to this machine."""

import getpass
import os
from typing import TYPE_CHECKING

from model.errors import AnsinhError
from model.home import Home

if TYPE_CHECKING:
    from store import Store


def who() -> str:
    """Name the person at the command line; the service's own children say that they are its."""
    if os.environ.get("ANSINH_SERVICE"):
        return "ansinh run"
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        return f"uid {os.getuid()}"


def note(store: "Store", deed: str, detail: str = "") -> None:
    """Write a line of the audit."""
    store.add_deed(who(), deed, " ".join(detail.split())[:500])


def note_at(home: Home, deed: str, detail: str = "") -> None:
    """Write a line of the audit into a home's store; one that cannot be written now keeps nobody from the deed."""
    from store import open_store

    try:
        with open_store(home.database) as store:
            note(store, deed, detail)
    except AnsinhError:
        return
