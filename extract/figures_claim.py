"""Trying the rules at a figure."""

from collections.abc import Callable

from extract.figures_stream import Stream
from extract.rules import Rule, Rules


def claim(stream: Stream, index: int, rules: Rules, holds: Callable[[Rule], bool]) -> Rule | None:
    """Give the strongest rule whose words stand around the figure and whose conditions hold; None where none does."""
    codes, backwards = stream.codes, stream.backwards
    left, right = len(codes) - index, index + 1
    for one in rules.beside(codes[index], codes[index - 1] if index else "", codes[right : right + 1]):
        pattern = one.pattern
        if pattern.left.match(backwards, left) and pattern.right.match(codes, right) and holds(one.rule):
            return one.rule
    return None


def claimable(stream: Stream, rules: Rules) -> bool:
    """Whether any figure may be claimed as one of ours, whatever the sentences before have put in force."""
    codes, backwards = stream.codes, stream.backwards
    for index, code in enumerate(codes):
        if code not in rules.by_kind:
            continue
        left, right = len(codes) - index, index + 1
        for one in rules.beside(code, codes[index - 1] if index else "", codes[right : right + 1]):
            pattern = one.pattern
            if pattern.left.match(backwards, left) and pattern.right.match(codes, right):
                if one.rule.measure != "none":
                    return True
                if not one.rule.when:
                    break
    return False
