"""Every rule claims its hits and leaves its misses; declarations are checked when they are loaded."""

from pathlib import Path

import pytest

from extract.figures.find import read_text, rules_at
from extract.rules import Rule, load_rules
from model.errors import DeclarationError

RULES = load_rules()
HITS = [(rule, sentence) for rule in RULES.by_id.values() for sentence in rule.hits]
MISSES = [(rule, sentence) for rule in RULES.by_id.values() for sentence in rule.misses]


def claimed(sentence: str) -> str | None:
    """The id of the rule that claims the figure in square brackets; a refusing rule by its id too."""
    start = sentence.index("[")
    end = sentence.index("]") - 1
    plain = sentence.replace("[", "").replace("]", "")
    return rule_at(plain, start, end)


def rule_at(text: str, start: int, end: int) -> str | None:
    """The rule of the figure that overlaps `text[start:end]`."""
    return next((rule for first, last, rule in rules_at(text) if first < end and last > start), None)


@pytest.mark.parametrize(("rule", "sentence"), HITS, ids=[f"{rule.id}-{n}" for n, (rule, _) in enumerate(HITS)])
def test_hit(rule: Rule, sentence: str) -> None:
    assert claimed(sentence) == rule.id


@pytest.mark.parametrize(("rule", "sentence"), MISSES, ids=[f"{rule.id}-{n}" for n, (rule, _) in enumerate(MISSES)])
def test_near_miss(rule: Rule, sentence: str) -> None:
    assert claimed(sentence) != rule.id


def test_every_rule_shows_what_it_means() -> None:
    for rule in RULES.by_id.values():
        assert rule.meaning.endswith(".")
        assert all("[" in sentence and "]" in sentence for sentence in (*rule.hits, *rule.misses))


def test_own_rules_are_added(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        '[[rule]]\nid = "own.one"\nmeaning = "Mine."\nmeasure = "level"\npatterns = ["HAS <person>"]\n'
        'hits = ["Xã có [5 người] tham gia BHYT."]\n',
        "utf-8",
    )
    assert "own.one" in load_rules(tmp_path).by_id
    assert load_rules(tmp_path).fingerprint != RULES.fingerprint


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            '[[rule]]\nid = "a"\nmeaning = "A."\nmeasure = "level"\npatterns = ["<person>"]\nhits = ["x"]\nodd = 1\n',
            "odd",
        ),
        (
            '[[rule]]\nid = "change.up"\nmeaning = "A."\nmeasure = "level"\npatterns = ["<person>"]\nhits = ["x"]\n',
            "twice",
        ),
        (
            '[[rule]]\nid = "a"\nmeaning = "A."\nmeasure = "level"\npatterns = ["PERSON"]\nhits = ["x"]\n',
            "one <figure>",
        ),
        ('[[rule]]\nid = "a"\nmeaning = "A."\nmeasure = "level"\npatterns = ["ODD <person>"]\nhits = ["x"]\n', "ODD"),
        ('[[rules]]\nid = "a"\n', "rules"),
        ("rule = 3\n", "no list of tables"),
        ('[rule]\nid = "a"\n', "no list of tables"),
    ],
)
def test_a_wrong_declaration_stops_the_load(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "wrong.toml").write_text(text, "utf-8")
    with pytest.raises(DeclarationError, match=fault):
        load_rules(tmp_path)


def test_reading_gives_the_unclaimed() -> None:
    observations, unclaimed = read_text("Toàn tỉnh có 8.475 người tham gia BHXH tự nguyện. Quỹ BHYT có 17 ngăn 35%.")
    assert [one.quote for one in observations] == ["8.475 người"]
    assert all(one.reason for one in unclaimed)


def test_every_shipped_rule_says_its_meaning_in_vietnamese():
    assert not [rule.id for rule in load_rules().by_id.values() if not rule.meaning_vi]


UNCOUNTED = [
    ("Hội trao 312 suất quà và thẻ BHYT cho hộ nghèo.", ["312 suất quà"]),
    ("Toàn tỉnh có 45 xã đạt chuẩn về BHYT.", ["45 xã"]),
    ("Có 1.240 buổi nói chuyện về BHXH tự nguyện tại 45 xã.", ["1.240 buổi", "45 xã"]),
    ("Có 312 suất quà cho hộ nghèo.", []),  # no insurance is named
    ("Theo Nghị định 146/2018/NĐ-CP, Điều 22 Luật BHYT có hiệu lực ngày 1/7/2025, gọi 0912 345 678.", []),
    ("Người đóng BHXH đủ 20 năm, từ 55 tuổi, hưởng sau 6 tháng.", []),
    ("Công ty Sông Đà 27 vẫn tham gia BHXH.", []),
]


@pytest.mark.parametrize(("text", "quotes"), UNCOUNTED)
def test_numbers_of_what_no_unit_knows_are_unclaimed_but_no_dates_laws_names(text: str, quotes: list[str]) -> None:
    observations, unclaimed = read_text(text)
    assert [one.quote for one in unclaimed if one.start not in {row.start for row in observations}] == quotes
    assert all(text[one.start : one.end] == one.quote for one in unclaimed)
