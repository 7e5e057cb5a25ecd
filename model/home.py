"""Where a service keeps its things: `ANSINH_HOME`, else the user's data directory."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Home:
    """The folder of one service; nothing is created until something is written."""

    root: Path

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.root / "ansinh.db"

    @property
    def archive(self) -> Path:
        """Folder of the WARC files."""
        return self.root / "archive"

    @property
    def sources(self) -> Path:
        """Folder of the sources of one's own."""
        return self.root / "sources"

    @property
    def indicators(self) -> Path:
        """Folder of the indicators of one's own."""
        return self.root / "indicators"

    @property
    def rules(self) -> Path:
        """Folder of the rules of one's own."""
        return self.root / "rules"

    @property
    def alerts(self) -> Path:
        """Folder of the alerts and mutes of one's own."""
        return self.root / "alerts"

    @property
    def config(self) -> Path:
        """The configuration file."""
        return self.root / "ansinh.toml"

    @property
    def digests(self) -> Path:
        """Folder of the digests written."""
        return self.root / "digests"


def default_home() -> Home:
    """Give the home that the environment names, else the platform's data directory."""
    named = os.environ.get("ANSINH_HOME")
    if named:
        return Home(root=Path(named).expanduser().absolute())
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    elif sys.platform == "win32":
        base = Path(os.environ.get("APPDATA", Path.home() / "AppData" / "Roaming"))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return Home(root=base / "ansinh")
