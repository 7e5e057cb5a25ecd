"""The pages: all reached from `/`, safe with hostile text, login and tokens where something is written."""

import contextlib
import html
import re
import threading
from datetime import UTC, date, datetime

import pytest
from lxml import html as dom

from model.home import Home
from model.records import Article, Observation, Reading
from monitor.users import save_user
from store import open_store

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from monitor.web.access import Access
from monitor.web.app import make_app

HOSTILE = "<script>alert(1)</script>\u202e\"'><svg onload=alert(2)>"
TEXT = f"Đến hết tháng 4/2020, toàn tỉnh có 8.475 người tham gia BHXH tự nguyện {HOSTILE}.\n\nĐoạn hai."
AT = datetime(2020, 5, 18, 3, tzinfo=UTC)


def reading(doc, text, value, *, publish=True, published=date(2020, 5, 18), outlet="Báo Xứ Lạng", url=None):
    quote = next(word for word in text.split() if word.replace(".", "").isdigit()) + " người"
    start = text.index(quote)
    one = Observation(
        doc=doc, start=start, end=start + len(quote), quote=quote, sentence=text.split("\n")[0],
        indicator="BHXH_TN.participants", measure="level", obs_value=value, unit="person", area="2024:20",
        area_name="Lạng Sơn", area_level="province", period_start=date(2020, 4, 30), period_end=date(2020, 4, 30),
        rule="level.joins", confidence=0.97 if publish else 0.4, publish=publish,
    )  # fmt: skip
    article = Article(doc=doc, url=url or "", title=f"Tựa {HOSTILE}", text=text, published=published, outlet=outlet)
    return Reading(article=article, digest=f"sha256:{doc}", rules="r1", read_at=AT, observations=(one,), source="x")


@pytest.fixture
def home(tmp_path):
    root = Home(root=tmp_path / "home")
    root.root.mkdir()
    with open_store(root.database) as store:
        store.save_reading(reading("a", TEXT, 8475, outlet=f"Báo {HOSTILE}", url="javascript:alert(3)"))
        waiting = "Đến hết tháng 4/2020, toàn tỉnh có 9.862 người tham gia BHXH tự nguyện."
        store.save_reading(reading("b", waiting, 9862, publish=False, url="https://bao.example/b"))
        store.settle()
    return root


@pytest.fixture
def client(home):
    return TestClient(make_app(home))


def links(body):
    return {html.unescape(target) for target in re.findall(r'(?:href|src|action)="(/[^"#]*)', body)}


def test_every_page_is_reached_from_home_by_links_and_none_is_dead(client):
    seen, todo = set(), ["/"]
    while todo:
        path = todo.pop()
        shape = re.sub(r"\d+", "N", path)
        if path in seen or sum(re.sub(r"\d+", "N", one) == shape for one in seen) > 25:
            continue  # of pages that differ only in a number, a sample
        seen.add(path)
        answer = client.get(path, follow_redirects=False)
        assert answer.status_code == 200 or path == "/ra", path
        if "text/html" in answer.headers.get("content-type", ""):
            todo += links(answer.text) - seen
    for must in ("/ban-do", "/dia-phuong", "/bai-bao", "/tham-dinh", "/nguon", "/quy-tac", "/api", "/vao"):
        assert must in seen
    assert any(path.startswith("/chuoi") for path in seen)
    assert any(path.startswith("/bai?") for path in seen)


PAGES = [
    "/", "/bai?id=a", "/bai-bao", "/tim?q=tham+gia", "/tham-dinh", "/tham-dinh/2", "/nguon/x", "/khong-co",
    "/chuoi?area=2024:20&indicator=BHXH_TN.participants",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_scraped_text_never_becomes_markup(client, path):
    answer = client.get(path)
    page = dom.fromstring(answer.text)
    assert "<svg onload" not in answer.text
    assert "alert(1)" not in "".join(page.xpath("//script/text()"))
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    assert not page.xpath("//@style") and not page.xpath("//style")
    assert not page.xpath("//a[starts-with(@href, 'javascript')]")
    assert page.get("lang") == "vi"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_unchanged_page_answers_304(client):
    first = client.get("/bai?id=a")
    assert client.get("/bai?id=a", headers={"if-none-match": first.headers["etag"]}).status_code == 304


def test_the_article_marks_its_figures_and_links_the_series(client):
    page = dom.fromstring(client.get("/bai?id=a").text)
    assert page.xpath("string(//mark[@id])") == "8.475 người"
    assert page.xpath("//a[starts-with(@href, '/chuoi?area=2024%3A20')]")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/bai", 404), ("/bai?id=nothing", 404), ("/chuoi", 404), ("/chuoi?area=Atlantis&indicator=BHYT.cards", 404),
        ("/dia-phuong/2025:99999", 404), ("/dia-phuong?ten=Atlantis", 404), ("/tham-dinh/999", 404), ("/tim", 200),
        ("/nguon/nowhere", 404), ("/ban-do?chi-tieu=%00&do=x&ds=1", 200), ("/tim?q=%22%27%29+OR+NEAR%2F", 200),
        ("/static/../app.py", 404), ("/api/series", 400), ("/api/article?id=z", 404), ("/suc-khoe", 200),
    ],
)  # fmt: skip
def test_a_wrong_address_gets_a_page_that_says_so(client, path, status):
    assert client.get(path).status_code == status


def log_in(client, home, role, name="lan"):
    save_user(home, name, role, "mat-khau-dai")
    answer = client.post("/vao", data={"ten": name, "mat-khau": "mat-khau-dai"}, follow_redirects=False)
    assert answer.status_code == 303
    assert "HttpOnly" in answer.headers["set-cookie"] and "SameSite=strict" in answer.headers["set-cookie"]


def token(client):
    return dom.fromstring(client.get("/tham-dinh/2").text).xpath("string(//input[@name='token']/@value)")


def standing(home):
    with open_store(home.database, readonly=True) as store:
        return [(p.obs_value, p.status) for p in store.series("2024:20", "BHXH_TN.participants")]


def test_a_reviewer_corrects_and_undoes_and_the_series_follows_at_once(client, home):
    log_in(client, home, "reviewer")
    form = {"token": token(client), "verdict": "correct", "obs_value": "9.682", "period_end": "2020-06-30",
            "period_start": "2020-06-30"}  # fmt: skip
    answer = client.post("/tham-dinh/2", data=form, follow_redirects=False)
    assert answer.status_code == 303 and "loi" not in answer.headers["location"]
    assert (9682.0, "settled") in standing(home)
    with open_store(home.database, readonly=True) as store:
        assert store.verdicts(2)[0].author == "lan"
    client.post("/tham-dinh/2", data={"token": token(client), "verdict": "undo"})
    assert standing(home) == [(8475.0, "settled")]


@pytest.mark.parametrize("role", ["reader", None])
def test_nobody_but_a_reviewer_writes(client, home, role):
    if role:
        log_in(client, home, role)
    answer = client.post("/tham-dinh/2", data={"token": token(client), "verdict": "accept"})
    assert answer.status_code == 403
    assert standing(home) == [(8475.0, "settled")]


def test_a_form_without_its_token_is_refused(client, home):
    log_in(client, home, "reviewer")
    assert client.post("/tham-dinh/2", data={"token": "0" * 64, "verdict": "accept"}).status_code == 403


def test_guessing_is_slowed_and_old_cookies_end_with_a_new_password(client, home):
    log_in(client, home, "reviewer")
    assert token(client)
    save_user(home, "lan", "reviewer", "mat-khau-khac")
    assert not token(client)
    for _ in range(5):
        assert client.post("/vao", data={"ten": "lan", "mat-khau": "sai"}).status_code == 401
    assert client.post("/vao", data={"ten": "lan", "mat-khau": "mat-khau-khac"}).status_code == 429


def test_elsewhere_than_on_loopback_every_page_asks_for_a_login(home):
    far = TestClient(make_app(home), client=("203.0.113.7", 4711))
    assert far.get("/", follow_redirects=False).headers["location"] == "/vao?tiep=/"
    assert far.get("/api/totals").status_code == 401
    assert far.get("/suc-khoe").status_code == 200
    log_in(far, home, "reader")
    assert far.get("/").status_code == 200


def test_the_login_leads_on_to_the_whole_address(home):
    far = TestClient(make_app(home), client=("203.0.113.7", 4711))
    asked = "/chuoi?area=2024%3A20&indicator=BHXH_TN.participants"
    form = dom.fromstring(far.get(asked).text)
    save_user(home, "lan", "reader", "mat-khau-dai")
    fields = {"ten": "lan", "mat-khau": "mat-khau-dai", "tiep": form.xpath("string(//input[@name='tiep']/@value)")}
    answer = far.post("/vao", data=fields)
    assert answer.status_code == 200 and "8.475" in answer.text


def test_who_guesses_many_times_at_once_is_slowed_too(home, monkeypatch):
    together = threading.Barrier(8)

    def slow(hashed, password):
        with contextlib.suppress(threading.BrokenBarrierError):
            together.wait(3)  # as many as were let through look at their passwords in the same moment
        return False

    monkeypatch.setattr("monitor.web.access.password_holds", slow)
    access, told = Access(home), []
    threads = [
        threading.Thread(target=lambda: told.append(access.log_in("lan", "sai", "203.0.113.7")[1])) for _ in range(8)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert sorted(told) == ["wait"] * 3 + ["wrong"] * 5


def test_the_login_leads_nowhere_else(client):
    answer = client.get("/vao?tiep=//evil.example/")
    assert 'value="/"' in answer.text


def test_a_large_form_is_refused(client):
    assert client.post("/vao", content=b"ten=" + b"x" * 70000).status_code == 413
