"""What people decided, in the forms of the gold corpus and of the rules' own examples.

`gold`: a row for each figure that stands as a person left it; `docs`: the texts that those rows are of; `examples`:
sentences with the figure in square brackets, as the hits or the misses of the rule that claimed them.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from model.areas import load_areas

if TYPE_CHECKING:
    from model.records import Observation
    from store import Store
    from store.judging import Verdict

FORMS = {"gold": "jsonl", "docs": "jsonl", "examples": "toml"}
"""Form → ending of its file."""
MEANING = ("indicator", "measure", "unit")
"""Slots that a rule itself decides: a person who changes one of them says that the rule was wrong."""


def verdict_file(store: "Store", form: str) -> str:
    """Give the verdicts in force in one of `FORMS`, oldest first; `""` where nobody decided anything."""
    decided = list(_decided(store))
    if form == "examples":
        return _examples(store, decided)
    rows = [_gold(figure, verdict) for figure, verdict in decided if verdict.verdict != "reject"]
    if form == "docs":
        rows = [_document(store, doc) for doc in dict.fromkeys(figure.doc for figure, _ in decided)]
    return "".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)


def _decided(store: "Store") -> "Iterator[tuple[Observation, Verdict]]":
    """Give each figure with the verdict in force on it; of a text read again the reading decided last."""
    from store.days import NEVER
    from store.judging import in_force

    of_figure: dict[int, list[Verdict]] = defaultdict(list)
    for one in store.verdicts():
        of_figure[one.obs_id].append(one)
    kept: dict[tuple[str, int, str], tuple[Observation, Verdict]] = {}
    for obs_id, mine in sorted(of_figure.items()):
        for verdict, _, until in in_force(mine):
            if until == NEVER:
                figure = store.observation(obs_id)
                kept[figure.doc or "", figure.start, figure.quote] = figure, verdict
    yield from kept.values()


def _gold(figure: "Observation", verdict: "Verdict") -> dict[str, Any]:
    """Give a row as the gold corpus has it: areas by name, from small to large."""
    slots = {name: getattr(figure, name) for name in (
        "indicator", "measure", "obs_value", "unit", "qualifier", "area", "period_start", "period_end", "base_end",
        "scope",
    )} | dict(verdict.slots)  # fmt: skip
    gazetteer = load_areas()
    known = gazetteer.get(slots["area"]) if slots["area"] in gazetteer else None
    slots["area"] = gazetteer.path_name(known, on=None) if known and known.code != "VN" else figure.area_name
    level = known.level if known else figure.area_level
    said = {"doc": figure.doc, "quote": figure.quote, "start": figure.start, **slots, "level": level, "sure": True}
    return {**said, "rule": figure.rule, "by": verdict.author, "at": verdict.at}


def _document(store: "Store", doc: str | None) -> dict[str, Any]:
    leaf = store.leaf(doc or "")
    if leaf is None:
        return {"id": doc, "kind": "article", "title": None, "published": None, "area": None, "text": ""}
    published = (leaf.published or "")[:10] or None
    said = {"id": doc, "kind": "article", "title": leaf.title, "published": published, "area": None}
    return {**said, "url": leaf.url, "text": leaf.text}


def _examples(store: "Store", decided: "list[tuple[Observation, Verdict]]") -> str:
    """Give the sentences by rule: hits where the rule was right about what is counted, else misses."""
    rules: dict[str, dict[str, list[str]]] = defaultdict(lambda: {"hits": [], "misses": []})
    for figure, verdict in decided:
        wrong = verdict.verdict == "reject" or any(name in verdict.slots for name in MEANING)
        said = _bracketed(store, figure)
        mine = rules[figure.rule]["misses" if wrong else "hits"]
        if said not in mine:
            mine.append(said)
    tables = []
    for rule, told in sorted(rules.items()):
        lines = [f"# of the rule {rule}", "[[example]]", f"rule = {_toml(rule)}"]
        lines += [f"{name} = [\n" + "".join(f"  {_toml(one)},\n" for one in some) + "]" for name, some in told.items()]
        tables.append("\n".join(lines) + "\n")
    return "\n".join(tables)


def _bracketed(store: "Store", figure: "Observation") -> str:
    """Give a figure's sentence on one line, the figure in square brackets: that one, where its words stand twice."""
    sentence, at = figure.sentence, figure.sentence.find(figure.quote)
    leaf = store.leaf(figure.doc or "")
    if leaf is not None:
        begin = leaf.text.rfind(sentence, 0, figure.start + len(sentence))
        here = figure.start - begin
        if 0 <= begin <= figure.start and sentence[here : here + len(figure.quote)] == figure.quote:
            at = here
    if at < 0:
        return " ".join(sentence.split())
    end = at + len(figure.quote)
    return " ".join(f"{sentence[:at]}[{figure.quote}]{sentence[end:]}".split())


def _toml(text: str) -> str:
    """Write a basic string of TOML; JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
