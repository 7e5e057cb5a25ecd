import threading

from store import Store, open_store


def test_a_run_begins_and_ends(store: Store) -> None:
    run = store.start_run("crawl", due="2020-05-06T05:00")
    assert run and [one.ended for one in store.runs(open_only=True)] == [None]
    store.end_run(run, detail="12 pages")
    [one] = store.runs("crawl")
    assert (one.event, one.detail, one.due) == ("finished", "12 pages", "2020-05-06T05:00") and one.ended
    store.end_run(run, "failed")
    assert [one.event for one in store.runs()] == ["finished"], "what has ended stays as it is"


def test_no_run_overlaps_another_of_its_job(store: Store) -> None:
    first = store.start_run("crawl")
    assert store.start_run("crawl") is None and store.start_run("digest")
    store.end_run(first or "", "abandoned")
    assert store.start_run("crawl")


def test_what_is_due_runs_once_and_what_failed_runs_again(store: Store) -> None:
    first = store.start_run("digest", due="2020-05-06")
    store.end_run(first or "", "failed")
    second = store.start_run("digest", due="2020-05-06")
    assert second
    store.end_run(second)
    assert store.start_run("digest", due="2020-05-06") is None
    assert store.start_run("digest", due="2020-05-07")


def test_of_two_that_ask_at_once_one_gets_the_run(store: Store) -> None:
    got: list[str | None] = []

    def ask() -> None:
        with open_store(store.path) as mine:
            got.append(mine.start_run("crawl", due="x"))

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert len([run for run in got if run]) == 1


def test_deeds_are_written_down(store: Store) -> None:
    store.add_deed("duty", "accept", "figure 7")
    store.add_deed("operator", "backup")
    assert [(one.author, one.deed, one.detail) for one in store.deeds(limit=5)] == [
        ("operator", "backup", ""), ("duty", "accept", "figure 7"),
    ]  # fmt: skip
