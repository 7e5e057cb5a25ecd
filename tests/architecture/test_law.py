"""The house's law: who may import whom, how long things may be, and names that say what a thing is."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAY_IMPORT = {
    "model": set(),
    "crawler": {"model"},
    "extract": {"model"},
    "store": {"model"},
    "monitor": {"model", "crawler", "extract", "store"},
}
VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
FILES = sorted(path for room in MAY_IMPORT for path in (ROOT / room).rglob("*.py"))


def imported_rooms(tree: ast.AST) -> set[str]:
    """The rooms that a module names in any import, wherever it stands."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module or "")
    return {name.split(".")[0] for name in names} & set(MAY_IMPORT)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_keeps_the_law(path):
    room = path.relative_to(ROOT).parts[0]
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    assert imported_rooms(tree) - {room} <= MAY_IMPORT[room], "imports a room it may not know"
    assert path.stem not in VAGUE, "name the thing"
    assert text.count("\n") <= 300, "a file has at most 300 lines"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 50, f"{node.name} is longer than 50 lines"


def test_no_import_circle():
    graph = {}
    for path in FILES:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(path.read_text("utf-8"))
        graph[name] = {
            node.module
            for node in tree.body
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in MAY_IMPORT
        }
    done, path_now = set(), []

    def walk(name):
        assert name not in path_now, " → ".join([*path_now, name])
        if name in done or name not in graph:
            return
        path_now.append(name)
        for other in graph[name]:
            walk(other)
        path_now.pop()
        done.add(name)

    for name in graph:
        walk(name)


def test_the_reading_room_is_pure():
    """No network, no database, no clock in what reads: the same text gives the same figures, always."""
    impure = {"socket", "sqlite3", "urllib.request", "http.client", "requests", "aiohttp", "twisted", "scrapy"}
    for path in (ROOT / "extract").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                assert not {alias.name for alias in node.names} & impure, path
            if isinstance(node, ast.ImportFrom):
                assert node.module not in impure, path
            if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}:
                assert not (isinstance(node.value, ast.Name) and node.value.id in {"date", "datetime"}), path


LAYERS = [
    "text",
    "numbers",
    "pages",
    "article",
    "quantities",
    "periods",
    "places",
    "schemes",
    "sentences",
    "rows",
    "subjects",
    "rules",
    "context",
    "tokens",
    "confidence",
    "uncounted",
    "unclaimed",
    "checks",
    "resolve.sources",
    "resolve.lists",
    "resolve.period",
    "resolve.indicator",
    "resolve.guard",
    "resolve.measure",
    "resolve.larger",
    "resolve.area",
    "resolve.drafts",
    "headline",
    "figures",
    "calibrate",
]
"""The parts of the reading room, from what knows nothing to what knows all: each may import what stands before it."""


def part_of(module):
    """The part of the reading room that a module belongs to: two names under `resolve`, one elsewhere."""
    names = module.split(".")[1:]
    return ".".join(names[:2] if names[0] == "resolve" else names[:1])


@pytest.mark.parametrize("path", sorted((ROOT / "extract").rglob("*.py")), ids=lambda path: path.stem)
def test_a_part_of_the_reading_room_asks_only_those_below_it(path):
    own = part_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
    if path.name == "__init__.py" and own in {"__init__", "resolve.__init__"}:
        return
    assert own in LAYERS, "a part of its own: say in LAYERS where it stands"
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("extract."):
            other = part_of(node.module)
            assert other == own or LAYERS.index(other) < LAYERS.index(own), f"asks {node.module}, which stands above it"
