"""Indicators are data: what the contract names is declared, and wrong declarations name their cure."""

import pytest

from model.errors import DeclarationError, UnknownNameError
from model.indicators import load_indicators

SCHEMES = {"BHXH", "BHXH_BB", "BHXH_TN", "BHYT", "BHYT_HGD", "BHYT_HSSV", "BHTN"}
CONCEPTS = {
    "participants", "beneficiaries", "revenue", "arrears", "payouts", "agents", "collection_points",
    "collection_staff", "employers", "visits", "cards", "books",
}  # fmt: skip
OWN = """
[schemes.TCMR]
name_vi = "tiêm chủng mở rộng"
name_en = "immunisation"
words = ["tiêm chủng"]

[concepts.children]
name_vi = "số trẻ được tiêm"
name_en = "vaccinated children"
unit = "person"
kind = "stock"
words = ["trẻ được tiêm"]
range = [0, 10_000_000]

[indicators."TCMR.children"]
gold = "Đến 30/6/2024, huyện có 1.204 trẻ được tiêm chủng."
"""


def test_the_contract_s_schemes_and_concepts_are_declared():
    loaded = load_indicators()
    assert set(loaded.schemes) == SCHEMES
    assert set(loaded.concepts) == CONCEPTS


def test_every_indicator_has_words_unit_range_and_a_gold_sentence_with_a_number():
    loaded = load_indicators()
    for one in loaded:
        scheme, concept = loaded.schemes[one.schemes[0]], loaded.concepts[one.concept]
        assert scheme.words and concept.words
        assert one.unit
        assert one.range[0] < one.range[1]
        assert one.gold and any(letter.isdigit() for letter in one.gold), one.key


def test_joined_schemes_stand_in_alphabetical_order():
    joined = load_indicators().get("BHTN+BHXH+BHYT.participants")
    assert joined.schemes == ("BHTN", "BHXH", "BHYT")
    assert joined.unit == "person"
    with pytest.raises(UnknownNameError):
        load_indicators().get("BHYT+BHXH.participants")


def test_an_unknown_indicator_offers_the_nearest():
    with pytest.raises(UnknownNameError, match=r"BHXH_TN\.participants"):
        load_indicators().get("BHXH_TN.participant")


def test_an_indicator_of_one_s_own_needs_no_python(tmp_path):
    (tmp_path / "vaccination.toml").write_text(OWN, "utf-8")
    assert load_indicators(tmp_path).get("TCMR.children").unit == "person"


def test_shipped_concepts_go_with_shipped_schemes_and_own_ones_only_where_declared(tmp_path):
    (tmp_path / "vaccination.toml").write_text(OWN, "utf-8")
    loaded = load_indicators(tmp_path)
    assert loaded.own == ("TCMR.children",)
    assert loaded.get("BHYT_HGD.arrears").unit == "VND"
    for key in ("TCMR.participants", "BHYT.children", "BHYT.unknown", "X.cards"):
        with pytest.raises(UnknownNameError):
            loaded.get(key)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[indicators."BHYT.cards"]\ngold = "x 1"\n', "declared twice"),
        ('[indicators."X.cards"]\ngold = "x 1"\n', "no declared scheme"),
        (
            '[schemes.X]\nname_vi="x"\nname_en="x"\nwords=["x"]\ncolour="red"\n',
            "known keys are name_en, name_vi, words",
        ),
        ('[scheme.X]\nname_vi="x"\n', "known keys are schemes, concepts, indicators"),
        ("[schemes.X]\nname_vi='x'\n", "is missing"),
        ("[schemes.X\n", "not valid TOML"),
        ("schemes = 3\n", "is no table"),
        ('[schemes.X]\nname_vi="x"\nname_en="x"\nwords=[" "]\n', "words.0"),
        (
            '[concepts.x]\nname_vi="x"\nname_en="x"\nunit="person"\nkind="stock"\nwords=["x"]\nrange=[5, 1]\n',
            "the smaller one",
        ),
    ],
)
def test_a_wrong_declaration_stops_the_load_and_names_its_cure(tmp_path, text, says):
    (tmp_path / "own.toml").write_text(text, "utf-8")
    with pytest.raises(DeclarationError, match=says):
        load_indicators(tmp_path)
