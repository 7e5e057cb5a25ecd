"""Rules as declarations: what the words around a figure make of it.

Shipped rules lie beside this file, one TOML file a measure; an office's own ones in `$ANSINH_HOME/rules`. Each holds
its meaning, its patterns (see `pattern.py`) and sentences that it must and must not claim.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from extract.rules.pattern import Alphabet, Pattern
from extract.rules.words import Words, load_words
from model.declarations import Declaration, declare, read_toml
from model.errors import DeclarationError

FOLDER = Path(__file__).parent
Claim = Literal[
    "level", "gain", "change", "change_pct", "target", "target_pct", "target_gap", "coverage_pct", "uncovered",
    "share_pct", "rate", "none", "same", "echo", "reach",
]  # fmt: skip


class Rule(Declaration):
    """One way in which the words around a figure say what it is."""

    id: str
    """Name, unique over all files; observations carry it."""
    meaning: str
    """What the wording says, in a sentence."""
    meaning_vi: str = ""
    """The same for the pages, in Vietnamese; `""`: they show what it says in English."""
    measure: Claim
    """A measure of the contract; `none`: no figure of ours; `same`: what the figure before it in the list was; `echo`:
    the figure before it said in another unit; `reach`: percent of the plan or of the people, as context tells."""
    patterns: tuple[str, ...] = Field(min_length=1)
    """Patterns, any of which claims the figure."""
    rank: int = 50
    """Which rule wins where several claim a figure: higher first, then the longer pattern."""
    sign: Literal[-1, 1] = 1
    """-1 where the words make the value a fall, or a surplus over the plan."""
    concept: str | None = None
    """Concept that the wording itself names; None where context names it."""
    of: str | None = None
    """Measure that a target or gap is about, where the wording says so."""
    when: tuple[
        Literal[
            "plan", "no-plan", "aiming", "supposed", "groups", "difference", "goes-on", "headed", "dated", "covered"
        ],
        ...,
    ] = ()
    """What must be in force for the rule to hold."""
    sure: float = Field(default=0.9, ge=0, le=1)
    """How often the wording means this, before calibration."""
    hits: tuple[str, ...] = Field(min_length=1)
    """Sentences, the figure in square brackets, that the rule claims."""
    misses: tuple[str, ...] = ()
    """Sentences, the figure in square brackets, that look alike and that it must leave to others."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule ready to be tried at a figure."""

    rule: Rule
    pattern: Pattern


Match = Callable[[str, int], object]
Tried = tuple[Callable[[Iterable[str]], bool], Match, Match, Rule]
"""What a rule is tried with: whether a sentence lacks the character it needs, the match to the left and to the right
of the figure; and the rule. Methods already bound: dozens are tried at each figure, hardly any of which matches."""


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, their words and the alphabet they are written in."""

    words: Words
    alphabet: Alphabet
    by_kind: dict[str, tuple[Compiled, ...]]
    """Compiled patterns by figure character, the strongest first."""
    by_id: dict[str, Rule]
    fingerprint: str
    """sha256 of everything declared."""
    _beside: dict[tuple[str, str, str], tuple[Tried, ...]] = field(default_factory=dict)

    def beside(self, kind: str, before: str, after: str) -> tuple[Tried, ...]:
        """Give the rules that a figure can have, by its character and those of its neighbours (`""` at an end)."""
        key = (kind, before, after)
        found = self._beside.get(key)
        if found is None:
            found = self._beside[key] = tuple(
                (one.pattern.needs.isdisjoint, one.pattern.left.match, one.pattern.right.match, one.rule)
                for one in self.by_kind[kind]
                if (one.pattern.before is None or before in one.pattern.before)
                and (one.pattern.after is None or after in one.pattern.after)
            )
        return found


@cache
def load_rules(own: Path | None = None) -> Rules:
    """Load the shipped rules and those in the folder `own` (`$ANSINH_HOME/rules`).

    Unknown keys, unknown classes, patterns without a figure and twin ids stop the load with a DeclarationError.
    """
    words = load_words()
    alphabet = Alphabet(words.classes)
    shipped = sorted(path for path in FOLDER.glob("*.toml") if path.name != "words.toml")
    files = [*shipped, *(sorted(own.glob("*.toml")) if own and own.is_dir() else [])]
    by_id: dict[str, Rule] = {}
    for path in files:
        for rule in _rules(path):
            if rule.id in by_id:
                raise DeclarationError(f"{path.name}: rule '{rule.id}' is declared twice", cure="give it another id")
            by_id[rule.id] = rule
    compiled = [
        Compiled(rule, alphabet.compile(pattern, f"rule '{rule.id}'"))
        for rule in by_id.values()
        for pattern in rule.patterns
    ]
    compiled.sort(key=lambda one: (-one.rule.rank, -one.pattern.length, one.rule.id))
    kinds = {kind: tuple(one for one in compiled if kind in one.pattern.kinds) for kind in alphabet.any_figure}
    print_of = sha256()
    for path in [FOLDER / "words.toml", *files]:
        print_of.update(path.read_bytes())
    return Rules(words, alphabet, kinds, by_id, print_of.hexdigest())


def _rules(path: Path) -> Iterable[Rule]:
    tables: dict[str, Any] = read_toml(path)
    unknown = set(tables) - {"rule"}
    if unknown:
        raise DeclarationError(f"{path.name}: unknown key '{sorted(unknown)[0]}'", cure="known keys are rule")
    declared = tables.get("rule", [])
    if not isinstance(declared, list) or not all(isinstance(table, dict) for table in declared):
        raise DeclarationError(f"{path.name}: 'rule' is no list of tables", cure="write [[rule]] above each rule")
    for number, table in enumerate(declared, 1):
        where = f"{path.name} rule {table.get('id', number)}"
        yield declare(Rule, table, where=where)
