"""Writes docs/tables.md from the database's own declaration (`store/tables.toml`).

python -m docs.tables            writes it
python -m docs.tables --check    exit 1 where it differs, writes nothing
"""

import sys
from pathlib import Path

from store.described import questions, tables

PATH = Path(__file__).parent / "tables.md"
HEAD = "<!-- Written by `make docs` from store/tables.toml; change that, then run it again. -->\n"
KINDS = {
    "view": (
        "Views",
        'Made for questions: `ansinh sql "SELECT ..."`, Datasette, `open_store(path).sql("SELECT ...")`.',
    ),
    "kept": ("Tables that only grow", "Triggers refuse UPDATE, DELETE and REPLACE, whoever asks."),
    "notes": (
        "Notes of the crawler",
        "Changed while it works; what came of each request stands in `fetches`.",
    ),
    "derived": (
        "Derived tables",
        "They can be made again from the others; read them, but keep nothing in them.",
    ),
}


def text() -> str:
    """Give the page."""
    out = ["# Tables", "", HEAD]
    out.append("`ansinh.db` is one SQLite file. Days are ISO days in Asia/Ho_Chi_Minh, instants ISO in UTC.\n")
    for kind, (title, says) in KINDS.items():
        out += [f"## {title}", "", says, ""]
        for table in tables():
            if table.kind == kind:
                out += [
                    f"### `{table.name}`: {table.title.lower()}",
                    "",
                    table.says,
                    "",
                    "| column | meaning |",
                    "|---|---|",
                ]
                out += [f"| `{name}` | {meaning} |" for name, meaning in table.columns.items()]
                out.append("")
    out += ["## Questions asked often", ""]
    for question in questions():
        out += [f"{question.title}:", "", "```sql", question.sql, "```", ""]
    return "\n".join(out).rstrip() + "\n"


def main(check: bool) -> int:
    """Write the page, or say whether it differs."""
    if PATH.exists() and PATH.read_text("utf-8") == text():
        return 0
    if not check:
        PATH.write_text(text(), "utf-8")
    print("tables.md differs from store/tables.toml" if check else "written: tables.md")
    return int(check)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
