"""The words that rules speak of (`words.toml`), found in a sentence by spaCy's PhraseMatcher."""

import re
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from spacy.lang.xx import MultiLanguage
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from model.declarations import read_toml
from model.errors import DeclarationError
from model.indicators import load_indicators

SHIPPED = Path(__file__).with_name("words.toml")
WORD = re.compile(r"\d+(?:[.,/]\d+)*|[^\W\d_]+|[^\w\s“”\"«»]|_")
"""A word or mark; quotation marks only say how a word is meant: `“trắng” thẻ`."""
SPLIT = re.compile(rf"({WORD.pattern})")
ALIKE = {"tỉ": "tỷ", "kì": "kỳ", "lí": "lý", "uỷ": "ủy", "hoà": "hòa", "khoá": "khóa", "thuỷ": "thủy", "quí": "quý"}
RUNS = 16384
"""How many runs of words are remembered."""
UNKNOWN = "_"
"""Stands for every word that no phrase holds, so that the vocabulary stays as small as `words.toml`."""


class PressTokenizer:
    """Own tokenizer: numbers with their points stay whole, letters apart from digits and marks, words spelt one way."""

    def __init__(self, vocab: Vocab, known: frozenset[str]) -> None:
        self.vocab = vocab
        self.known = known

    def __call__(self, text: str) -> Doc:
        """Give the tokens of a text; unknown words become one and the same."""
        return self.doc([spell(word) for word in WORD.findall(text)])

    def doc(self, words: list[str]) -> Doc:
        """Give the Doc of words that are already spelt."""
        known = self.known
        return Doc(self.vocab, words=[word if word in known else UNKNOWN for word in words])


@lru_cache(maxsize=65536)
def spell(word: str) -> str:
    """Give a word in lower case and in the one spelling that `words.toml` uses."""
    lower = word.lower()
    return ALIKE.get(lower, lower)


class Words:
    """All phrases by class, and the denominators by code."""

    def __init__(self, path: Path = SHIPPED) -> None:
        tables = read_toml(path)
        unknown = set(tables) - {"classes", "nothing", "denominators"}
        if unknown:
            cure = "known tables are classes, denominators, nothing"
            raise DeclarationError(f"{path.name}: unknown table '{sorted(unknown)[0]}'", cure=cure)
        self.classes: list[str] = sorted(tables["classes"])
        self.codes: dict[tuple[str, ...], str] = {}
        phrases: dict[str, list[str]] = dict(tables["classes"])
        phrases["WORD"] = tables["nothing"]["phrases"]
        phrases["DENOM"] = [phrase for some in tables["denominators"].values() for phrase in some]
        for code, some in tables["denominators"].items():
            for phrase in some:
                self.codes[tuple(spell(word) for word in WORD.findall(phrase))] = code
        split = {name: [[spell(w) for w in WORD.findall(p)] for p in some] for name, some in phrases.items()}
        known = frozenset(word for some in split.values() for words in some for word in words)
        nlp = MultiLanguage()
        self.tokenizer = PressTokenizer(nlp.vocab, known)
        nlp.tokenizer = self.tokenizer
        self.nlp = nlp
        self._matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        for name, some in split.items():
            self._matcher.add(name, [self.tokenizer.doc(words) for words in some])
        self._goes_on: dict[str, set[str]] = {}
        for one, other in (pair for some in split.values() for words in some for pair in pairwise(words)):
            self._goes_on.setdefault(one, set()).add(other)
        self._in_run = lru_cache(maxsize=RUNS)(self._match)
        alone = {words[0] for some in split.values() for words in some if len(words) == 1}
        self._alone = {word: self._match((word,))[0][2] for word in alone}
        self._heads = frozenset(alone | set(self._goes_on))

    def find(self, words: list[str]) -> list[tuple[int, int, str]]:
        """Give the phrases of spelt words as (first, end, class): longest first, none overlapping, in order.

        Only runs of words each of which goes on with the next in some phrase can hold one of several words; such runs
        are short and come again and again, so that the matcher is asked once for each.
        """
        found: list[tuple[int, int, str]] = []
        goes_on, heads, count = self._goes_on, self._heads, len(words)
        end = 0
        for begun in [at for at, word in enumerate(words) if word in heads]:
            if begun < end:
                continue
            end = begun + 1
            following = goes_on.get(words[begun])
            while following is not None and end < count and words[end] in following:
                following = goes_on.get(words[end])
                end += 1
            if end - begun > 1:
                run = self._in_run(tuple(words[begun:end]))
                found += [(begun + start, begun + stop, name) for start, stop, name in run]
            elif words[begun] in self._alone:
                found.append((begun, end, self._alone[words[begun]]))
        return found

    def _match(self, words: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
        """Let the matcher find the phrases of a run: longest first, none overlapping, in order."""
        strings = self.nlp.vocab.strings
        matches = [(start, end, strings[key]) for key, start, end in self._matcher(self.tokenizer.doc(list(words)))]
        matches.sort(key=lambda match: (match[0], -match[1], RANK.get(match[2], 0)))
        found: list[tuple[int, int, str]] = []
        free = 0
        for start, end, name in matches:
            if start >= free:
                found.append((start, end, name))
                free = end
        return tuple(found)

    def denominator(self, words: list[str]) -> str | None:
        """Give the contract's code of a denominator written so, None where it has none."""
        return self.codes.get(tuple(words))


RANK = {"DENOM": -1, "WORD": -2, "SHARE_OF": 1, "COUNTED": 2}
"""Which class wins where one phrase stands in several: smaller first."""


@cache
def load_words() -> Words:
    """Give the shipped words, read once."""
    load_indicators()
    return Words()
