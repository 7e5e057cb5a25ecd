"""From what was discovered to a declaration: the table, its TOML, its id."""

import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from crawler.found import Discovery
from model.fold import fold


def source_id(name: str) -> str:
    """Make a source's id (its file's stem) from a name: `Báo Xứ Lạng` gives `bao-xu-lang`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:60] or "nguon"


def declaration(found: Discovery, *, name: str = "", area: str = "", today: datetime) -> dict[str, Any]:
    """Give the table of a source's declaration, for `crawler.registry.make_source` (with an `id`) and TOML."""
    host = urlsplit(found.home)
    table: dict[str, Any] = {"name": name or found.name}
    if area:
        table["area"] = area
    plain_home = found.home == f"https://{host.netloc}/"
    table |= {"domains": [host.netloc]} if plain_home else {"home": found.home}
    if found.family:
        table["family"] = found.family
    for key, values in found.chosen.items():
        if values:
            table[key] = values[0] if key == "search" else list(values)
    return table | {"address": "seen", "verified": f"{today:%Y-%m-%d}"}


def as_toml(table: dict[str, Any]) -> str:
    """Write a declaration's table as TOML, a key a line."""
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in table.items())
