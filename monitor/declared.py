"""Whether what an office declared itself is read as it says: gold sentences of indicators, hits and misses of rules."""

import re
from typing import TYPE_CHECKING

from model.errors import DeclarationError
from model.home import Home

if TYPE_CHECKING:
    from extract.figures.find import Declared
    from store.keeping import Finding

MARKED = re.compile(r"\[(.+?)\]")


def examine_declared(home: Home) -> "list[Finding]":
    """Give one finding for the declarations of one's own; none where there are none."""
    from extract.figures.find import Declared
    from monitor.alerts import checked_alerts
    from monitor.reading import rules_of
    from store.keeping import Finding

    try:
        checked_alerts(home.alerts)
        folders = rules_of(home)
    except DeclarationError as error:
        return [Finding(check="declared", state="bad", says=error.fault, cure=error.cure)]
    declared = Declared(rules=folders.own_rules, indicators=folders.own_indicators)
    if declared.rules is None and declared.indicators is None:
        return []
    wrong = [*_indicators(declared), *_rules(declared)]
    if not wrong:
        return [Finding(check="declared", state="ok", says="indicators and rules of one's own read their sentences")]
    cure = "mend its words or patterns, or the sentence; `ansinh extract` shows how it is read"
    return [Finding(check="declared", state="warn", says=one, cure=cure) for one in wrong]


def _indicators(declared: "Declared") -> list[str]:
    from extract import find_figures
    from model.indicators import load_indicators

    known = load_indicators(declared.indicators)
    return [
        f"the gold sentence of {key} is not read as it"
        for key in known.own
        if all(one.indicator != key for one in find_figures(str(known.get(key).gold), declared=declared))
    ]


def _rules(declared: "Declared") -> list[str]:
    from extract.rules import load_rules

    wrong = []
    shipped = load_rules().by_id
    for rule in load_rules(declared.rules).by_id.values():
        if rule.id not in shipped:
            wrong += [
                f"rule {rule.id} does not claim: {one}" for one in rule.hits if not _claims(rule.id, one, declared)
            ]
            wrong += [f"rule {rule.id} claims a miss: {one}" for one in rule.misses if _claims(rule.id, one, declared)]
    return wrong


def _claims(rule: str, sentence: str, declared: "Declared") -> bool:
    """Tell whether a rule claims the figure in square brackets."""
    from extract.figures.find import rules_at

    marked = MARKED.search(sentence)
    if marked is None:
        return False
    start, end = marked.start(), marked.end() - 2
    found = rules_at(MARKED.sub(r"\1", sentence), declared=declared)
    return any(name == rule and first < end and start < last for first, last, name in found)
