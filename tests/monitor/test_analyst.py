"""What an analyst asks of the store by its commands: revisions, progress, comparisons, exports, re-reading."""

import csv
import io
import json
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest

from monitor.notes import reason
from store import open_store
from store.history import HISTORY_FLAGS
from store.series import BREAK
from store.yearly import FLAG
from tests.store.made import figure, reading

INDICATOR = "BHXH_TN.participants"
OLD = {"2024:24": "Bắc Giang", "2024:27": "Bắc Ninh"}
END = date(2024, 12, 31)


@pytest.fixture
def filled(home):
    with open_store(home / "ansinh.db") as store:
        store.save_reading(reading("a", figure(8475), published=date(2020, 5, 5)))
        store.save_reading(reading("b", figure(8512), published=date(2020, 5, 9)))
        later = {"period_start": END, "period_end": END}
        for code, name in OLD.items():
            one = figure(30000, area=code, area_name=name, **later)
            store.save_reading(reading(code, one, published=date(2025, 1, 5)))
        half = figure(9000, area="2024:24", area_name="Bắc Giang", period_start=date(2024, 11, 30),
                      period_end=date(2024, 11, 30))  # fmt: skip
        store.save_reading(reading("half", half, published=date(2024, 12, 5)))
        store.settle()
    return home


def test_revisions_show_each_value_with_its_quote(filled, ansinh):
    status, out, err = ansinh("revisions", "--area", "Lạng Sơn", "--indicator", INDICATOR, "--format", "json")
    assert (status, err) == (0, "")
    rows = json.loads(out)
    assert [(row["obs_value"], row["difference"], row["stands"], row["published"]) for row in rows] == [
        (8475, None, False, "2020-05-05"), (8512, 37, True, "2020-05-09"),
    ]  # fmt: skip
    assert all(row["quote"] in row["sentence"] and row["url"] for row in rows)
    _, out, _ = ansinh("revisions", "--area", "Lạng Sơn", "--indicator", INDICATOR, "--as-of", "2020-05-05")
    assert "8475" not in out
    assert ansinh("revisions", "--area", "Lạng Sơn", "--indicator", "BHXH_TN.participant")[0] == 2


def test_compare_has_a_line_for_every_province_and_says_what_is_missing(filled, ansinh):
    ask = ("compare", "--indicator", INDICATOR, "--date")
    _, out, _ = ansinh(*ask, "2024-12-31")
    assert len(out.splitlines()) == 64, "the list in force on the day"
    _, out, _ = ansinh(*ask, "2025-12-01")
    lines = {line.split("  ")[1].strip(): line for line in out.splitlines()[1:]}
    assert len(lines) == 34 and "60.000" in lines["Bắc Ninh"] and "tổng của 2 tỉnh" in lines["Bắc Ninh"]
    assert "chưa có số" in lines["Cà Mau"]
    _, out, _ = ansinh(*ask, "2024-11-30", "--areas", "2025")
    [line] = [line for line in out.splitlines() if "Bắc Ninh" in line]
    assert "30/11/2024: chưa có Bắc Ninh (cũ)" in line
    rows = json.loads(ansinh(*ask, "2025-12-01", "--format", "json")[1])
    [summed] = [row for row in rows if row["area"] == "2025:24"]
    assert len(summed["terms"]) == 2 and summed["missing"] == []


def test_compare_and_progress_as_of_a_day(filled, ansinh):
    def told(*more):
        status, out, err = ansinh("compare", "--indicator", INDICATOR, "--format", "json", *more)
        assert (status, err) == (0, "")
        rows = json.loads(out)
        return {row["area"]: row["obs_value"] for row in rows if row["obs_value"]}, len(rows), rows[0]["vintage"]

    assert told("--as-of", "2020-05-08") == ({"2024:20": 8475}, 63, "as_of 2020-05-08")
    assert told("--as-of", "9/5/2020")[0] == {"2024:20": 8512}
    assert told("--as-of", "2025-01-06", "--areas", "2025")[0] == {"2025:20": 8512, "2025:24": 60000}
    assert told("--fetched-by", "2020-05-05")[0] == {}
    assert told("--fetched-by", "2020-05-06", "--date", "2026-01-01")[1] == 34, "the list in force on --date"
    status, _, err = ansinh("compare", "--indicator", INDICATOR, "--fetched-by", "hôm qua")
    assert status == 2 and err.count("\n") == 1 and "--fetched-by" in err
    for vintage in ("--as-of", "--fetched-by"):
        assert ansinh("progress", "--indicator", INDICATOR, vintage, "2020-05-08")[0] == 0


def test_a_series_of_the_new_list_says_which_predecessor_is_missing(filled, ansinh):
    ask = ("series", "--area", "2025:24", "--indicator", INDICATOR, "--areas", "2025")
    status, out, _ = ansinh(*ask)
    assert status == 0 and "60.000 người" in out and "chưa có Bắc Ninh (cũ)" in out
    status, out, err = ansinh(*ask, "--format", "json")
    assert [row["obs_value"] for row in json.loads(out)] == [60000] and "chưa có Bắc Ninh (cũ)" in err


def test_a_series_over_a_merger_says_of_which_unit_each_point_speaks(filled, ansinh):
    later = date(2025, 9, 30)
    with open_store(filled / "ansinh.db") as store:
        one = figure(45000, area="2025:24", area_name="Bắc Ninh", period_start=later, period_end=later)
        store.save_reading(reading("new", one, published=date(2025, 10, 3)))
    _, out, _ = ansinh("series", "--area", "Bắc Ninh", "--indicator", INDICATOR)
    old, new = [line for line in out.splitlines() if not line.startswith(" ")]
    assert "[2024:27 tỉnh Bắc Ninh" in old and "[2025:24 tỉnh Bắc Ninh, địa giới đã đổi" in new
    assert "2024:20" not in ansinh("series", "--area", "Lạng Sơn", "--indicator", INDICATOR)[1]


@pytest.mark.parametrize(
    "flag", [BREAK, FLAG, *sorted(HISTORY_FLAGS), "corrected", "repeats-corrected", "contradiction"]
)
def test_what_a_point_is_flagged_for_is_said_in_words(flag):
    assert reason(flag) != flag


def test_progress_keeps_issuers_apart_and_ranks(filled, ansinh, tmp_path):
    plan = tmp_path / "plan.csv"
    plan.write_text(
        "địa phương;chỉ tiêu;năm;giá trị;đơn vị;cơ quan giao;văn bản\n"
        f"Lạng Sơn;{INDICATOR};2020;17.000;người;HĐND tỉnh;NQ 12\n"
        f"Lạng Sơn;{INDICATOR};2020;18,5;nghìn người;Thủ tướng Chính phủ;QĐ 546\n",
        "utf-8",
    )
    assert ansinh("plan", "import", plan)[0] == 0
    ask = ("progress", "--indicator", INDICATOR, "--date", "2020-05-20", "--format", "json")
    rows = json.loads(ansinh(*ask, "--area", "Lạng Sơn")[1])
    assert [(row["issuer"], row["target"], row["computed_share"]) for row in rows] == [
        ("HĐND tỉnh", 17000, 50.07), ("Thủ tướng Chính phủ", 18500, 46.01),
    ]  # fmt: skip
    assert [row["rank"] for row in rows] == [1, None] and rows[0]["period_end"] == "2020-04-30"
    ranking = json.loads(ansinh(*ask)[1])
    assert [(row["name"], row["rank"], row["of_areas"]) for row in ranking] == [("Lạng Sơn", 1, 1)]
    assert "chưa rõ" in ansinh(*ask[:-2])[1], "without a figure of last year's end the pace of a count is unknown"


def test_a_data_package_and_the_structure_are_written(filled, ansinh, tmp_path):
    ask = ("series", "--area", "Lạng Sơn", "--indicator", INDICATOR)
    assert ansinh(*ask, "--format", "package", "--output", tmp_path / "package")[0] == 0
    descriptor = json.loads((tmp_path / "package" / "datapackage.json").read_text("utf-8"))
    assert {one["path"] for one in descriptor["resources"]} == {"points.csv", "reports.csv"}
    status, _, err = ansinh(*ask, "--format", "package")
    assert status == 2 and "--output" in err
    status, out, _ = ansinh(*ask, "--format", "sdmx-csv", "--structure", tmp_path / "structure.xml")
    assert status == 0 and out.startswith("STRUCTURE,")
    assert ElementTree.parse(tmp_path / "structure.xml").getroot().tag.endswith("Structure")
    assert ansinh(*ask, "--format", "csv", "--structure", tmp_path / "x.xml")[0] == 2


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "sdmx-csv"])
def test_every_row_carries_source_quote_and_vintage(filled, ansinh, form):
    _, out, _ = ansinh("series", "--area", "Lạng Sơn", "--indicator", INDICATOR, "--as-of", "2020-05-31",
                       "--format", form)  # fmt: skip
    if form in ("csv", "sdmx-csv"):
        text = out.removeprefix("\ufeff")
        [row] = csv.DictReader(io.StringIO(text), delimiter=";" if form == "csv" else ",")
        names = ("source_url", "quote", "vintage") if form == "csv" else ("SOURCE_URL", "QUOTE", "VINTAGE")
        said = tuple(row[name] for name in names)
    else:
        row = json.loads(out)[0] if form == "json" else json.loads(out)
        said = row["reports"][0]["url"], row["reports"][0]["quote"], row["vintage"]
    assert said == ("https://bao.example/b", "8.512 người", "as_of 2020-05-31")


def test_datasette_gets_titles_and_questions(filled, ansinh):
    status, out, err = ansinh("datasette")
    described = json.loads(out)["databases"]["ansinh"]
    assert status == 0 and "--metadata" in err
    assert described["tables"]["current_points"]["title"] and "series" in described["queries"]


def test_handed_in_texts_are_read_again_with_todays_rules(home, ansinh, tmp_path):
    text = tmp_path / "t.jsonl"
    told = "Đến hết tháng 6/2022, toàn tỉnh có 35.150 người tham gia BHXH tự nguyện."
    text.write_text(json.dumps({"id": "t", "text": told, "area": "Bắc Giang", "published": "2022-07-05"}), "utf-8")
    assert ansinh("ingest", text)[0] == 0
    assert ansinh("reextract")[0] == 0
    with open_store(home / "ansinh.db") as store:
        hand = store.handed("t", store.sql("SELECT digest FROM readings").rows[0][0])
        # An older version of the rules missed the figure: its reading is the last of that text.
        blank = reading("u", url="", text=told, published=date(2022, 7, 5), digest="sha256:u",
                        read_at=datetime(2022, 7, 6, tzinfo=UTC))  # fmt: skip
        store.save_reading(blank)
    assert hand.article.area == "Bắc Giang"
    status, out, err = ansinh("reextract", "--format", "jsonl")
    [row] = [json.loads(line) for line in out.splitlines()]
    assert status == 1 and (row["kind"], row["quote"], row["doc"]) == ("gained", "35.150 người", "u")
    assert row["sentence"] == told and "1 thêm" in err
    assert ansinh("reextract", "--adopt")[0] == 0
    assert ansinh("reextract")[0] == 0
    status, out, err = ansinh("reextract", "--source", "baolangsonn")
    assert (status, out, err.count("\n")) == (2, "", 1) and "baolangson" in err.partition("did you mean")[2]
