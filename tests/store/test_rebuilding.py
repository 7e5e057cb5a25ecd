from datetime import date
from pathlib import Path

from store import Store, open_store
from tests.store.made import fetch, figure, page, reading
from tests.store.test_office import HEAD, ROW, plan

SERIES = ("Lạng Sơn", "BHXH_TN.participants")


def test_a_database_is_built_anew_to_the_same_contents(store: Store, tmp_path: Path) -> None:
    crawled = reading("x", figure(8475), figure(9, publish=False, start=60), digest="sha256:x")
    by_hand = reading("ghi-tay", figure(9999), url="")
    store.add_page(page("https://bao.example/x", "sha256:x"), fetch("https://bao.example/x"))
    store.save_readings([crawled, by_hand])
    store.add_verdict(1, "correct", "duty", slots={"obs_value": 8476})
    store.add_verdict(3, "accept", "duty")
    store.undo_verdict(3, "duty")
    store.add_correction(1, 3, "duty")
    store.add_verdict(3, "reject", "duty", reason="đoán")
    store.import_office(plan(tmp_path, HEAD + ROW), "plan")
    store.end_run(store.start_run("crawl") or "")
    with open_store(tmp_path / "new.db") as new:
        for archived in store.pages(kind=""):
            new.add_archived_page(archived)
        new.save_reading(crawled)
        for one in store.hand_documents():
            assert (one.article.doc, one.read_at) == ("ghi-tay", store.first_read("ghi-tay", one.digest))
            assert one.article == by_hand.article
            new.save_reading(by_hand)
        done = new.carry_over(store)
        assert (done.verdicts, done.lost) == (4, 0)
        new.settle()
        store.settle()
        assert new.contents() == store.contents()
        assert new.series(*SERIES) == store.series(*SERIES) and new.series(*SERIES, "target")
        assert [run.event for run in new.runs()] == ["finished"]
        for day in (date(2020, 5, 6), date.today()):
            assert new.day_facts(day) == store.day_facts(day)


def test_a_verdict_without_its_figure_is_counted(store: Store, tmp_path: Path) -> None:
    store.save_reading(reading("x", figure(8475)))
    store.add_verdict(1, "reject", "duty")
    with open_store(tmp_path / "new.db") as new:
        new.save_reading(reading("x", figure(8475, sentence="Câu khác: 8.475 người.")))
        assert new.carry_over(store).lost == 1


def test_a_correction_or_a_point_that_is_not_the_same_is_seen(store: Store) -> None:
    """What a person said about two figures, and what stands of them, are contents too."""
    store.save_readings([reading("x", figure(8475)), reading("y", figure(9999))])
    store.settle()
    before = store.contents()
    store.add_correction(1, 2, "duty")
    store.settle()
    after = store.contents()
    assert {table for table in before if before[table] != after[table]} == {"corrections", "points", "all"}
