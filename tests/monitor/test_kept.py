"""Pages kept for a moment: made once for all who ask at the same time, anew after a verdict, packed if wanted."""

import asyncio
import gzip
import threading
from types import SimpleNamespace

import pytest

pytest.importorskip("starlette")
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from model.errors import AnsinhError
from monitor.users import save_user
from monitor.web.app import make_app
from monitor.web.kept import Kept
from monitor.web.reads import Reads
from store import open_store
from tests.monitor.test_service import until
from tests.monitor.test_web import home, log_in, token

__all__ = ["home"]
BODY = "bảo hiểm " * 200


def asked(path="/x", **headers):
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({
        "type": "http", "method": "GET", "path": path, "query_string": b"", "headers": pairs, "scheme": "http",
        "server": ("x", 80),
    })  # fmt: skip


def keeping(reads, endpoint, who=None):
    """Give the endpoint kept, to be asked from any thread."""
    answer = Kept(reads)(endpoint, who) if who else Kept(reads)(endpoint)
    return lambda request: asyncio.run(answer(request))


@pytest.fixture
def reads(tmp_path):
    return Reads(tmp_path / "ansinh.db")


def test_of_many_who_ask_at_once_one_makes_the_page(reads):
    made, inside, go = [], threading.Event(), threading.Event()

    def endpoint(request):
        made.append(request)
        inside.set()
        assert go.wait(240)
        return PlainTextResponse(BODY)

    answer, answers = keeping(reads, endpoint), []
    threads = [threading.Thread(target=lambda: answers.append(answer(asked()))) for _ in range(6)]
    threads[0].start()
    assert inside.wait(240)
    for one in threads[1:]:
        one.start()
    go.set()
    for one in threads:
        one.join(240)
    assert len(made) == 1 and {bytes(one.body) for one in answers} == {BODY.encode()}


def test_what_this_process_wrote_is_on_every_page_at_once(reads):
    said = iter(["một", "hai"])
    answer = keeping(reads, lambda request: PlainTextResponse(next(said)))
    assert [answer(asked()).body for _ in range(2)] == ["một".encode()] * 2
    reads.forget()
    assert answer(asked()).body == b"hai"


def test_a_page_that_is_at_hand_waits_for_no_thread(reads, monkeypatch):
    answer = keeping(reads, lambda request: PlainTextResponse(BODY))
    assert answer(asked()).body == BODY.encode()
    monkeypatch.setattr("monitor.web.kept.run_in_threadpool", None)
    assert answer(asked()).body == BODY.encode()


def test_readers_who_are_shown_different_pages_get_their_own_until_anybody_writes(reads):
    made = []

    def endpoint(request):
        made.append(request.headers["cookie"])
        return PlainTextResponse(f"{made[-1]} {len(made)}")

    reads.store()
    answer = keeping(reads, endpoint, who=lambda request: request.headers["cookie"])
    for _ in range(2):
        assert [answer(asked(cookie=name)).body for name in ("lan", "hoa")] == [b"lan 1", b"hoa 2"]
    with open_store(reads.path) as another:
        another.add_deed("hoa", "import-plan")
        assert [answer(asked(cookie=name)).body for name in ("lan", "hoa")] == [b"lan 3", b"hoa 4"]
    reads.forget()
    assert answer(asked(cookie="lan")).body == b"lan 5"


def test_a_page_is_packed_for_who_takes_it_and_unchanged_for_who_has_it(reads):
    made = []
    answer = keeping(reads, lambda request: made.append(1) or PlainTextResponse(BODY))
    plain, packed = answer(asked()), answer(asked(accept_encoding="br, gzip"))
    assert plain.body == BODY.encode() and "content-encoding" not in plain.headers
    assert gzip.decompress(packed.body) == BODY.encode() and packed.headers["content-encoding"] == "gzip"
    assert plain.headers["vary"] == "Accept-Encoding"
    assert answer(asked(if_none_match=plain.headers["etag"])).status_code == 304
    assert len(made) == 1


def test_a_reader_who_has_the_page_makes_it_whole_for_the_others(reads):
    seen = []

    def endpoint(request):
        seen.append(request.headers.get("if-none-match"))
        return PlainTextResponse(BODY)

    answer = keeping(reads, endpoint)
    assert answer(asked(if_none_match='"x"')).status_code == 200 and seen == [None]


def test_faults_are_not_kept(reads):
    said = iter([PlainTextResponse("hỏng", 503), PlainTextResponse("lành")])
    answer = keeping(reads, lambda request: next(said))
    assert [answer(asked()).status_code for _ in range(2)] == [503, 200]


def test_a_name_does_not_wait_for_the_count_of_another(reads):
    go, done = threading.Event(), []
    threads = [threading.Thread(target=reads.lately, args=(("slow", n), lambda _: go.wait(240))) for n in range(20)]
    for one in threads:
        one.start()
    for name in range(40):
        done.append(reads.lately(("quick", name), lambda _: 1))
    go.set()
    for one in threads:
        one.join(240)
    assert done == [1] * 40


def test_what_is_asked_for_again_and_again_outlives_what_was_asked_for_once(reads, monkeypatch):
    monkeypatch.setattr("monitor.web.reads.MOST", 3)
    for number in range(9):
        reads.lately("waiting", lambda _: "counted")
        reads.lately(("search", number), lambda _: "found")
    assert reads.known("waiting") and reads.known(("search", 8)) and not reads.known(("search", 0))


def test_who_logs_in_sees_the_form_of_a_figure_that_others_were_shown_without(home):
    client = TestClient(make_app(home))
    assert not token(client)
    log_in(client, home, "reviewer")
    assert token(client)
    client.post("/tham-dinh/2", data={"token": token(client), "verdict": "accept"})
    assert "Không có gì chờ" in client.get("/tham-dinh").text


def test_every_reader_of_a_figure_sees_a_verdict_at_once_and_nobody_anothers_form(home):
    app = make_app(home)
    lan, hoa, nobody = TestClient(app), TestClient(app), TestClient(app)
    log_in(lan, home, "reviewer", "lan")
    log_in(hoa, home, "reviewer", "hoa")
    tokens = [token(client) for client in (lan, hoa, nobody)]
    assert len(set(tokens)) == 3 and tokens == [token(client) for client in (lan, hoa, nobody)]
    lan.post("/tham-dinh/2", data={"token": tokens[0], "verdict": "accept"})
    for client in (lan, hoa, nobody):
        assert "chấp nhận · lan" in client.get("/tham-dinh/2").text
    assert "đã xong 1 số" in lan.get("/tham-dinh/2").text and "đã xong" not in hoa.get("/tham-dinh/2").text
    with open_store(home.database) as store:  # the command line's verdict, beside the pages
        store.undo_verdict(2, "chi-lan")
    assert "hoàn tác · chi-lan" in nobody.get("/tham-dinh/2").text
    save_user(home, "hoa", "reader", "mat-khau-dai")  # another role: its page says so
    log_in(hoa, home, "reader", "hoa")
    assert "Vai trò của bạn chỉ xem" in hoa.get("/tham-dinh/2").text


def test_a_verdict_is_at_once_on_the_pages_of_its_place_and_series(home):
    client = TestClient(make_app(home))
    log_in(client, home, "reviewer")
    paths = ("/dia-phuong/2024:20", "/chuoi?area=2024:20&indicator=BHXH_TN.participants", "/ban-do?ds=63&do=level")
    for path in paths:
        assert "8.475" in client.get(path).text and "9.862" not in client.get(path).text, path
    form = {"token": token(client), "verdict": "correct", "period_start": "2020-05-18", "period_end": "2020-05-18"}
    client.post("/tham-dinh/2", data=form)
    for path in paths:
        assert "9.862" in client.get(path).text, path
    client.post("/tham-dinh/2", data={"token": token(client), "verdict": "undo"})
    for path in paths:
        assert "9.862" not in client.get(path).text, path


def test_a_figure_that_waits_again_after_a_verdict_is_listed_again(home):
    client = TestClient(make_app(home))
    log_in(client, home, "reviewer")
    assert "/tham-dinh/2" in client.get("/tham-dinh").text
    client.post("/tham-dinh/2", data={"token": token(client), "verdict": "accept"})
    assert "/tham-dinh/2" not in client.get("/tham-dinh").text
    with open_store(home.database) as store:  # another process takes the verdict back
        store.undo_verdict(2, "hoa")
        store.settle()
    until(lambda: "/tham-dinh/2" in client.get("/tham-dinh").text)


def test_a_count_begun_before_a_verdict_is_not_told_promptly_after_it(reads):
    assert reads.lately("one", lambda _: reads.forget() or "before", prompt=True) == "before"
    assert reads.lately("one", lambda _: "after", prompt=True) == "after"
    assert reads.lately("one", lambda _: "never asked", prompt=True) == "after"


def test_a_count_that_breaks_does_not_end_the_counting(reads, caplog):
    reads.store()

    def broken(store):
        raise ZeroDivisionError

    reads.expect("broken", broken)
    counted = threading.Event()
    reads.expect("whole", lambda store: counted.set())
    assert counted.wait(240)
    assert "broke" in caplog.text


def test_what_the_service_loaded_is_left_out_of_later_collections(home, monkeypatch):
    done, frozen = [], threading.Event()
    collector = SimpleNamespace(collect=lambda: done.append("collected"), freeze=frozen.set)
    monkeypatch.setattr("monitor.web.app.gc", collector)
    with TestClient(make_app(home)) as client:
        assert frozen.wait(240) and done == ["collected"]
        assert client.get("/").status_code == 200


def test_today_opens_while_its_digest_is_being_counted(home, monkeypatch):
    go = threading.Event()

    def slow(root, *arguments):
        assert go.wait(240)
        raise AnsinhError("no count", cure="none")

    monkeypatch.setattr("monitor.web.today.LARGE", -1)
    monkeypatch.setattr("monitor.web.today.ask_child", slow)
    answer = TestClient(make_app(home)).get("/")
    go.set()
    assert answer.status_code == 200 and "đang được tính" in answer.text and "Chờ thẩm định" in answer.text
