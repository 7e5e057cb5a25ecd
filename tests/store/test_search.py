import pytest

from model.errors import InputError
from store import Store
from tests.store.made import figure, reading


@pytest.fixture
def filled(store: Store) -> Store:
    store.save_reading(
        reading(
            "a", figure(8475, "8.475 người", sentence="Huyện Đình Lập có 8.475 người tham gia bảo hiểm xã hội."),
            text="Huyện Đình Lập có 8.475 người tham gia bảo hiểm xã hội.\n\nĐến nay toàn tỉnh…",
            title="Bảo hiểm ở Lạng Sơn",
        )
    )  # fmt: skip
    store.save_reading(
        reading(
            "b", figure(9000, area="2024:87", area_name="Đồng Tháp", sentence="Toàn tỉnh có 9.000 người."),
            text="Toàn tỉnh có 9.000 người. Hoà giải ở cơ sở.", title="Tin ngắn",
        )
    )  # fmt: skip
    store.settle()
    return store


@pytest.mark.parametrize(
    ("words", "docs"),
    [
        ("bao hiem", ["a"]), ("bảo hiểm", ["a"]), ("BẢO HIỂM", ["a"]), ("dong thap", ["b"]), ("Đồng Tháp", ["b"]),
        ("dinh lap", ["a"]), ('"bảo hiểm xã hội"', ["a"]), ('"hiểm bảo"', []), ("hòa giải", ["b"]),
        ("toàn tỉnh", ["a", "b"]),
        ("8.475", ["a"]), ("không có đâu", []), ("", []), ("  ", []), ('"', []), ("AND OR NOT", []), ("a* NEAR(", []),
        ("'; DROP TABLE articles", []), ("bảo-hiểm", ["a"]),
    ],
)  # fmt: skip
def test_articles_are_found_with_or_without_diacritics(filled: Store, words: str, docs: list[str]) -> None:
    assert sorted(hit.doc for hit in filled.search(words)) == docs


def test_a_hit_shows_the_text_around_it(filled: Store) -> None:
    [hit] = filled.search("dinh lap")
    assert "Đình Lập" in hit.excerpt and hit.title == "Bảo hiểm ở Lạng Sơn" and hit.url == "https://bao.example/a"


def test_figures_are_found_by_place_and_sentence(filled: Store) -> None:
    [hit] = filled.search("dong thap", figures=True)
    assert (hit.quote, hit.area_name, hit.obs_id) == ("9.000 người", "Đồng Tháp", 2)
    assert [hit.quote for hit in filled.search("bao hiem lang son", figures=True)] == ["8.475 người"]


def test_only_what_stands_is_found(filled: Store) -> None:
    filled.save_reading(reading("a", figure(1), text="Bài đã sửa hẳn.", title="Khác", digest="sha256:2"))
    filled.settle()
    assert filled.search("bao hiem") == [] and [hit.doc for hit in filled.search("da sua han")] == ["a"]


def test_sql_answers_with_columns_and_rows(filled: Store) -> None:
    answer = filled.sql("SELECT doc, obs_value FROM current_observations WHERE obs_value > ? ORDER BY 2", (8475,))
    assert answer.as_dicts() == [{"doc": "b", "obs_value": 9000.0}]
    assert filled.sql("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'huyen'").rows == [(1,)]
    assert filled.sql("WITH t AS (SELECT 1 AS n) SELECT n FROM t").columns == ("n",)


def test_rows_are_taken_by_pandas_and_polars_at_once(filled: Store) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    rows = filled.sql("SELECT doc, obs_value FROM current_points ORDER BY doc").as_dicts()
    assert list(pandas.DataFrame(rows)["obs_value"]) == [8475, 9000]
    assert polars.DataFrame(rows)["doc"].to_list() == ["a", "b"]


@pytest.mark.parametrize(
    "question",
    [
        "DELETE FROM marks", "INSERT INTO marks VALUES ('a', 'b')", "CREATE TABLE a (b)", "CREATE TEMP TABLE a (b)",
        "ATTACH '/etc/passwd' AS x", "PRAGMA writable_schema = ON", "PRAGMA journal_mode = DELETE", "VACUUM INTO 'x'",
        "SELECT load_extension('x')", "BEGIN", "", "-- only words", "SELECT 1; SELECT 2", "SELEKT 1",
        "SELECT * FROM nowhere", "WITH d AS (SELECT 1) DELETE FROM marks", "SELECT ?",
    ],
)  # fmt: skip
def test_anything_but_a_question_is_refused(filled: Store, question: str) -> None:
    with pytest.raises(InputError):
        filled.sql(question)


def test_a_question_without_end_is_given_up(filled: Store) -> None:
    with pytest.raises(InputError, match="took over"):
        filled.sql("WITH RECURSIVE n AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n", seconds=0.05)
