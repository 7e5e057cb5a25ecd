"""How far a demo has come, kept beside its database so that a killed one goes on where it stopped."""

import fcntl
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from model.errors import BusyError, InputError
from model.home import Home
from monitor.demo.stories import Paper
from monitor.printing import write_whole

NAME = "demo.json"
LOCK = "demo.lock"


@dataclass(kw_only=True)
class Progress:
    """What of a demo is done."""

    press: str
    """Fingerprint of the newspapers that are played."""
    ports: dict[str, int] = field(default_factory=dict)
    """Port of each newspaper: addresses are identities, so a demo that goes on keeps them."""
    done: list[str] = field(default_factory=list)
    """Days that are wholly played, ISO."""
    wiping: bool = False
    """True while the remains of an earlier demo are being removed."""

    def is_done(self, day: date) -> bool:
        """Say whether a day is wholly played."""
        return day.isoformat() in self.done


def fingerprint(papers: Mapping[str, Paper]) -> str:
    """Give the fingerprint of newspapers: another text is another demo."""
    said = repr(sorted((name, paper.declaration, paper.stories) for name, paper in papers.items()))
    return sha256(said.encode()).hexdigest()


@contextmanager
def held(home: Home) -> Iterator[None]:
    """Hold the demo's home while the block runs; a BusyError where another demo holds it."""
    try:
        home.root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fault = f"the demo cannot use {home.root} ({error.strerror})"
        raise InputError(fault, cure="set ANSINH_HOME to a folder that may be written") from None
    with (home.root / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            fault = f"another demo is running in {home.root}"
            raise BusyError(fault, cure="wait for it to end, or set another ANSINH_HOME") from None
        yield


def load(home: Home) -> Progress | None:
    """Give what was kept, or None where nothing (readable) was."""
    try:
        row = json.loads((home.root / NAME).read_text("utf-8"))
        return Progress(**row)
    except (OSError, ValueError, TypeError):
        return None


def save(home: Home, progress: Progress) -> None:
    """Keep it, wholly or not at all."""
    write_whole(home.root / NAME, (json.dumps(asdict(progress), indent=1) + "\n").encode())


def begin(home: Home, press: str) -> Progress:
    """Remove what an earlier demo left, and begin anew; may be killed and begun again."""
    _refuse_foreign(home)
    save(home, Progress(press=press, wiping=True))
    for path in (home.archive, home.sources, home.digests):
        shutil.rmtree(path, ignore_errors=True)
    for path in home.root.glob("ansinh.db*"):
        path.unlink(missing_ok=True)
    fresh = Progress(press=press)
    save(home, fresh)
    return fresh


def _refuse_foreign(home: Home) -> None:
    """Never remove what no demo made."""
    if home.database.exists() and not (home.root / NAME).exists():
        fault = f"{home.root} holds a database that no demo made"
        raise InputError(fault, cure="move it away, or set another ANSINH_HOME")


def demo_home(home: Home) -> Home:
    """Give the demo's own home inside a home."""
    return Home(root=home.root / "demo")


def source_file(home: Home, paper: str) -> Path:
    """Give the file of a newspaper's source declaration."""
    return home.sources / f"{paper}.toml"
