"""`ansinh doctor` tries the sentences of an office's own indicators and rules."""

import pytest

from model.home import Home
from monitor.declared import examine_declared

INDICATOR = """
[schemes.TCMR]
name_vi = "tiêm chủng mở rộng"
name_en = "immunisation"
words = ["tiêm chủng mở rộng"]

[concepts.children]
name_vi = "số trẻ được tiêm"
name_en = "vaccinated children"
unit = "person"
kind = "flow"
words = ["trẻ được tiêm"]
range = [0, 3_000_000]

[indicators."TCMR.children"]
gold = "{gold}"
"""
RULE = """
[[rule]]
id = "own.joined"
meaning = "Joined."
measure = "level"
rank = 99
patterns = ["HAS <person> JOIN SCHEME"]
hits = ["{hit}"]
misses = ["{miss}"]
"""
GOLD = "Năm 2022, toàn tỉnh có 12.345 trẻ được tiêm chủng mở rộng."
HIT = "Xã có [512 người] tham gia BHYT."
MISS = "Xã có 512 người tham gia BHYT, tăng [12 người]."


@pytest.fixture
def own(tmp_path):
    def write(**sentences):
        home = Home(root=tmp_path)
        for folder, text in ((home.indicators, INDICATOR), (home.rules, RULE)):
            folder.mkdir()
            said = {"gold": GOLD, "hit": HIT, "miss": MISS, **sentences}
            (folder / "own.toml").write_text(text.format(**said), "utf-8")
        return home

    return write


def test_a_home_without_declarations_has_nothing_to_say(tmp_path):
    assert examine_declared(Home(root=tmp_path)) == []


def test_declarations_that_read_their_sentences_are_well(own):
    assert [one.state for one in examine_declared(own())] == ["ok"]


@pytest.mark.parametrize(
    ("sentences", "says"),
    [
        ({"gold": "Năm 2022, toàn tỉnh có 12.345 người tham gia BHYT."}, "gold sentence of TCMR.children"),
        ({"hit": "Xã tặng [512 thẻ] BHYT."}, "own.joined does not claim"),
        ({"miss": HIT}, "own.joined claims a miss"),
    ],
)
def test_a_sentence_that_is_read_otherwise_is_told(own, sentences, says):
    (found,) = examine_declared(own(**sentences))
    assert found.state == "warn" and says in found.says and found.cure


def test_a_wrong_declaration_is_a_finding(own):
    home = own()
    (home.rules / "own.toml").write_text("rule = 3\n", "utf-8")
    (found,) = examine_declared(home)
    assert (found.state, found.cure) == ("bad", "write [[rule]] above each rule")


def test_a_wrong_alert_is_a_finding_and_fails_the_check_of_the_settings(tmp_path, home, ansinh):
    (home / "alerts").mkdir(parents=True)
    (home / "alerts" / "own.toml").write_text('[[alert]]\nid = "x"\n', "utf-8")
    (found,) = examine_declared(Home(root=home))
    assert found.state == "bad" and "alert.0.on" in found.says
    for command in (("config", "check"), ("run",)):
        status, _, said = ansinh(*command)
        assert status == 2 and "own.toml" in said and said.count("\n") == 1
