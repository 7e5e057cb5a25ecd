"""Every reason that the crawler records has words in Vietnamese, and is told from them again."""

import ast
import re
from pathlib import Path

import pytest
from scrapy.exceptions import IgnoreRequest
from twisted.internet.error import ConnectionLost
from twisted.python.failure import Failure
from twisted.web._newclient import ParseError, ResponseFailed

from crawler.evidence import in_english, say
from crawler.faults import reason_of
from crawler.reasons import REASONS, reason_in_english, reason_in_vietnamese

ROOM = Path(__file__).parents[2] / "crawler"
QUIET = {
    "short", "same", "changed", "robots.txt: 7", "validator lies", "only the page around it changed",
    "found in the archive",
}  # fmt: skip
"""Notes beside fetches that went well, which no page shows, and what only stands before another reason."""


RAISED = ("RobotsRefusedError", "RobotsUnreachableError", "RefusedAddressError", "TooLargeError")


def samples(node):
    """Give the text of a constant or f-string, a number in each of its holes; none for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(part.value if isinstance(part, ast.Constant) else "7" for part in node.values)]
    if isinstance(node, ast.IfExp):
        return [*samples(node.body), *samples(node.orelse)]
    if isinstance(node, ast.BoolOp):
        return [text for value in node.values for text in samples(value)]
    if isinstance(node, ast.Tuple):
        return [text for value in node.elts for text in samples(value)]
    return []


def recorded():
    """Find what the crawler's own code may record as a reason, by where it stands in the code."""
    found = set()
    for path in sorted(ROOM.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name == "Judgement":
                    found |= {text for one in node.args[1:] for text in samples(one)}
                elif name in RAISED or (name == "append" and getattr(node.func.value, "id", "") == "faults"):
                    found |= {text for one in node.args for text in samples(one)}
                for key in node.keywords:
                    if key.arg == "faults" or (key.arg == "reason" and name in ("Rules", "fetch_of")):
                        found |= set(samples(key.value))
            if isinstance(node, ast.FunctionDef) and node.name in ("reason_of", "_cut", "settled"):
                for one in ast.walk(node):
                    if isinstance(one, ast.Return) and one.value is not None:
                        last = one.value.elts[-1] if isinstance(one.value, ast.Tuple) else one.value
                        found |= set(samples(last))
    return sorted(found - QUIET - {""})


def test_the_code_is_searched_where_reasons_stand():
    assert {"cut off", "html-instead", "binary", "robots.txt answers 7", "ends inside a tag"} <= set(recorded())
    assert len(recorded()) >= 45


@pytest.mark.parametrize("reason", recorded())
def test_every_recorded_reason_has_vietnamese_words(reason):
    told = reason_in_vietnamese(reason)
    if re.fullmatch(r"HTTP \d+", reason):  # as everybody calls it
        assert told == reason
        return
    assert told != reason
    assert reason_in_english(told) == reason


@pytest.mark.parametrize("pair", REASONS, ids=[pair[0] for pair in REASONS])
def test_each_text_is_its_own_in_both_languages(pair):
    english, vietnamese = (text.replace("{#}", "12").replace("{+}", "a.vn").replace("{*}", "x y") for text in pair)
    assert reason_in_vietnamese(english) == vietnamese
    assert reason_in_english(vietnamese) == english


def test_several_reasons_in_one_evidence_are_told_in_either_language():
    told = say("lists", ", ".join(map(reason_in_vietnamese, ["cut off", "html-instead", "HTTP 502"])))
    assert told == "không đọc được danh sách bài nào: bị cắt giữa chừng, trả về trang HTML, HTTP 502"
    assert in_english(told) == "no list could be read: cut off, html-instead, HTTP 502"
    assert in_english(say("slower", "9,5", "1,2")) == "answers take 9.5 s (usually 1.2 s)"


def test_words_inside_addresses_stay():
    assert reason_in_vietnamese("redirected to bao.vn/login") == "bị chuyển sang bao.vn/login"
    assert reason_in_vietnamese("Trang /empty không tồn tại") == "Trang /empty không tồn tại"


def test_what_twisted_says_in_its_own_words_is_told_in_ours():
    failed = ResponseFailed([Failure(ParseError("wrong number of parts", b"xin chao"))])
    assert reason_in_vietnamese(reason_of(failed)) == "câu trả lời không phải HTTP"
    assert reason_in_vietnamese(reason_of(ResponseFailed([Failure(ConnectionLost())]))) == "đứt kết nối"
    assert reason_in_vietnamese(reason_of(KeyError("Retry"))) == "lỗi không lường trước: KeyError 'Retry'"
    assert reason_in_vietnamese(reason_of(IgnoreRequest("max redirections reached"))) == "chuyển hướng vòng quanh"
