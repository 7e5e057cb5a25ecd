"""Writes the pages of docs/ that repeat what the code declares: commands, indicators, rules, sources.

    python -m docs.generate            writes them
    python -m docs.generate --check    says which differ (exit 1), writes nothing

A test runs the check, so that no command, source, rule or indicator stays undocumented.
"""

import sys
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

FOLDER = Path(__file__).parent
HEAD = "<!-- Written by `make docs` from the code; change the code, then run it again. -->\n\n"


def cell(text: object) -> str:
    """Write a value so that it fits a Markdown table."""
    return " ".join(str(text).split()).replace("|", "\\|")


def table(headings: list[str], rows: list[list[object]]) -> str:
    """Write a Markdown table."""
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    lines += ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def commands() -> str:
    """Every command with its arguments and options, as the command line itself declares them."""
    from monitor.reference import describe

    out: list[str] = []
    for one in describe("en"):
        out += [f"## `{one.usage}`", "", one.help, ""]
        if one.options:
            out.append(table(["option", "meaning"], [[f"`{names}`", meaning] for names, meaning in one.options]))
    return "# Commands\n\n" + HEAD + "\n".join(out)


def indicators() -> str:
    """Every indicator with its unit, range and gold sentence."""
    from model.indicators import load_indicators

    rows: list[list[object]] = [
        [f"`{one.key}`", one.name_vi, one.unit, one.kind, f"{one.range[0]:,.0f} … {one.range[1]:,.0f}", one.gold]
        for one in load_indicators()
    ]
    text = "# Indicators\n\n" + HEAD
    text += "Figures for several schemes together join them in alphabetical order (`BHTN+BHXH+BHYT.participants`).\n\n"
    return text + table(["key", "name", "unit", "kind", "plausible", "gold sentence"], rows)


def rules() -> str:
    """Every rule with its meaning, measure, and one sentence that it claims."""
    from extract.rules import load_rules

    rows: list[list[object]] = [
        [f"`{rule.id}`", f"`{rule.measure}`", rule.meaning, rule.hits[0]] for rule in load_rules().by_id.values()
    ]
    text = (
        f"# Rules\n\n{HEAD}{len(rows)} rules, declared in `extract/rules/*.toml` with their hits and near misses.\n\n"
    )
    return text + table(["id", "measure", "what the wording says", "claims, for example"], rows)


def sources() -> str:
    """Every outlet with its area, home, former homes, lists, and how and since when its address is known."""
    from crawler.expecting import expected
    from crawler.registry import load_sources

    every = load_sources()
    kinds = Counter(source.kind for source in every.values())
    counted = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    rows: list[list[object]] = []
    for key, source in sorted(every.items()):
        lists = {"feed": source.feeds, "sitemap": source.sitemaps, "section": source.sections, "search": source.search}
        ways = [f"{len(found) if name != 'search' else ''} {name}".strip() for name, found in lists.items() if found]
        state = "blocked" if source.blocked else f"in {source.merged_into}" if source.merged_into else ", ".join(ways)
        wanted = expected(source).articles_week
        former = ", ".join(domain for domain in source.domains if " until " in domain or domain.endswith("formerly"))
        rows.append(
            [
                f"`{key}`",
                source.name,
                source.kind,
                source.area or "",
                source.family,
                source.hosts[0].host,
                former,
                state or "home page",
                f"{wanted:g}" if wanted and not source.merged_into else "",
                source.address,
                source.verified,
            ]
        )  # fmt: skip
    said = (
        "*Known*: its address was `seen` in a saved page or feed, `reported` by those who use it, or `guessed` from the"
        " form that its family's have. *Evidence*: the last day, month or year of which there is any, whoever saw it;"
        " `never`: none. Nothing was tried from here: `ansinh sources check` does that, and `ansinh sources list` shows"
        " the later of this day and the last round of yours that could read its lists. *A week*: articles expected,"
        " by its file, its family or its kind (`crawler/kinds.toml`, with the shares that bear a date and a figure)."
    )
    text = f"# Sources\n\n{HEAD}{len(every)} outlets: {counted}.\n\n{said}\n\n"
    headings = ["id", "name", "kind", "area", "family", "home", "former", "asked", "a week", "known", "evidence"]
    keys = (
        "\n## Keys of a source's file\n\n`crawler/sources/NAME.toml`, or `sources/NAME.toml` in `ANSINH_HOME` for one's"
        " own; its id is the file's name. `CONTRIBUTING.md` has an example. What a source leaves out of `feeds` to"
        " `paging` its family says. Addresses may begin at the home: `/rss/xa-hoi.rss`.\n\n"
    )
    return text + table(headings, rows) + keys + table(["key", "", "meaning"], source_keys())


def source_keys() -> list[list[object]]:
    """Give every key of a source's file with what it means; what sites of a family share is told at the family."""
    import ast
    import inspect

    from crawler.source import Family, Source

    told: dict[str, str] = {}
    for kind in (Family, Source):
        (made,) = ast.parse(inspect.getsource(kind)).body
        for field, after in pairwise(getattr(made, "body", [])):
            if isinstance(field, ast.AnnAssign) and isinstance(after, ast.Expr):
                told[ast.unparse(field.target)] = ast.literal_eval(after.value)
    return [
        [f"`{name}`", "needed" if field.is_required() else "", told[name].replace('`""`', "empty")]
        for name, field in Source.model_fields.items()
        if name not in Source.elsewhere
    ]


def tables() -> str:
    """Every table and view of the database with its columns."""
    from docs.tables import text

    return text()


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands,
    "indicators.md": indicators,
    "rules.md": rules,
    "sources.md": sources,
    "tables.md": tables,
}


def main(check: bool) -> int:
    """Write the pages, or say which would change."""
    stale = []
    for name, make in PAGES.items():
        path, text = FOLDER / name, make()
        if not path.exists() or path.read_text("utf-8") != text:
            stale.append(name)
            if not check:
                path.write_text(text, "utf-8")
    if stale:
        print(("differ from the code: " if check else "written: ") + ", ".join(stale))
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
