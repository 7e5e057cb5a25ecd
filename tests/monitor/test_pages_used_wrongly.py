"""The pages when they are asked wrongly, without a database, over an empty one, and while a writer holds it."""

import io
import re
import sqlite3
import zipfile
from html import unescape

import pytest
from lxml import html as dom

from crawler.registry import load_sources
from model.home import Home
from monitor.users import save_user
from store import open_store
from store.exports import FORMS
from tests.monitor.test_web import client, home, links, log_in, token

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from monitor.web.app import make_app

__all__ = ["client", "home"]
PATHS = [
    "/", "/ban-tin", "/ban-tin/2020-05-18", "/ban-tin/2020-05-18/moi",
    "/ban-tin.atom", "/canh-bao", "/ban-do", "/ban-do?ds=63", "/dia-phuong",
    "/dia-phuong/2024:20", "/dia-phuong/VN", "/bai-bao", "/tim", "/tim?q=bao", "/tham-dinh", "/tham-dinh/tep/gold",
    "/tham-dinh/tep/docs", "/tham-dinh/tep/examples", "/nguon", "/quy-tac", "/nhat-ky", "/api", "/api/openapi.json",
    "/api/totals", "/api/articles", "/api/sources", "/api/review", "/suc-khoe", "/metrics", "/vao",
    "/chuoi?area=2024:20&indicator=BHXH_TN.participants", "/chuoi/tep/csv?area=2024:20&indicator=BHXH_TN.participants",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_home_never_used_has_every_page_and_they_say_what_will_come(tmp_path, path):
    answer = TestClient(make_app(Home(root=tmp_path / "nothing-yet"))).get(path)
    assert answer.status_code == 200, path
    if path in ("/", "/bai-bao", "/canh-bao", "/ban-tin"):
        assert "ansinh crawl" in answer.text


@pytest.mark.parametrize("path", PATHS)
def test_a_writer_that_holds_the_database_stops_no_reader(home, client, path):
    assert client.get(path).status_code == 200
    writer = sqlite3.connect(home.database, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO deeds (at, author, deed, detail) VALUES ('2020', 'x', 'y', '')")
    try:
        assert client.get(path).status_code == 200
    finally:
        writer.execute("ROLLBACK")
        writer.close()


@pytest.mark.parametrize(
    "path",
    [
        "/ban-tin/2020-02-31", "/ban-tin/xxxx", "/ban-tin/99999-01-01", "/ban-tin/9999-12-31", "/ban-tin/2020-05-18T",
        "/canh-bao?ngay=31/2/2020", "/canh-bao?ngay=%00", "/ban-do?nam=abc&xep=x&ds=x", "/ban-do?nam=-1",
        "/ban-do?nam=99999999999999999999", "/chuoi?area=2024:20&indicator=%00&measure=%ff&as_of=32/13/2020",
        "/chuoi?area=2024:20&indicator=BHXH_TN.participants&as_of=0001-01-01&fetched_by=9999-12-31&truoc=1/1/1",
        "/chuoi?area=&indicator=", "/chuoi/tep/exe?area=2024:20&indicator=BHYT.cards", "/tham-dinh/tep/x",
        "/tham-dinh/99999999999999999999999", "/tham-dinh?loai=%3Cscript%3E", "/tham-dinh/2?loai=%F0%9F%98%80",
        "/dia-phuong/%00", "/dia-phuong?ten=%00", "/nguon/..%2f..%2fetc%2fpasswd", "/static/..%2fapp.py", "/vendor/",
        "/bai?id=" + "x" * 20000, "/tim?q=" + "a+" * 8000, "/tim?q=%22%22%22+NEAR(+*", "/tim?q=%ed%a0%80",
        "/tham-dinh/2?loi=" + "y" * 5000, "/?" + "&".join(f"a{n}=1" for n in range(3000)),
    ],
)  # fmt: skip
def test_nonsense_gets_a_page_and_never_a_fault(client, path):
    answer = client.get(path)
    assert answer.status_code in (200, 404), path
    assert "Traceback" not in answer.text and "<script>alert" not in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_other_methods_are_refused(client, method):
    assert client.request(method, "/ban-do").status_code == 405


@pytest.mark.parametrize("path", ["/", "/ban-do", "/bai?id=a", "/static/ansinh.css", "/api/totals", "/khong-co"])
def test_head_answers_like_get_without_a_body(client, path):
    get, head = client.get(path), client.head(path)
    assert head.status_code == get.status_code and head.content == b""
    assert head.headers["content-type"] == get.headers["content-type"]


@pytest.mark.parametrize("path", ["/", "/ban-do", "/bai?id=a", "/nguon", "/api/totals", "/ban-tin.atom", "/nhat-ky"])
def test_unchanged_pages_and_data_answer_304_and_are_sent_small(client, path):
    first = client.get(path, headers={"accept-encoding": "gzip"})
    assert first.headers.get("content-encoding") == "gzip" or len(first.content) < 700
    again = client.get(path, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and again.content == b""
    weak = client.get(path, headers={"if-none-match": f'"other", W/{first.headers["etag"]}'})
    assert weak.status_code == 304
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_every_link_is_alive_and_every_fragment_is_there(client):
    bodies, todo = {}, {"/"}
    shapes = {}
    while todo:
        path = todo.pop()
        shape = re.sub(r"\d+", "N", path)
        shapes[shape] = shapes.get(shape, 0) + 1
        if path in bodies or shapes[shape] > 12:
            continue  # of pages that differ only in a number, a sample
        answer = client.get(path, follow_redirects=False)
        assert answer.status_code == 200 or path == "/ra", path
        bodies[path] = answer.text if "text/html" in answer.headers.get("content-type", "") else ""
        todo |= links(bodies[path]) - set(bodies)
    for path, body in bodies.items():
        for target, fragment in re.findall(r'href="([^"#]*)#([^"]+)"', body):
            where = unescape(target) or path
            if bodies.get(where):
                ids = set(dom.fromstring(bodies[where]).xpath("//@id"))
                assert unescape(fragment) in ids, (path, where, fragment)
    for must in ("/nhat-ky", "/tham-dinh/tep/gold", "/canh-bao", "/ban-tin", "/ban-tin.atom", "/api/openapi.json"):
        assert must in bodies


def test_the_login_sends_nobody_elsewhere(client, home):
    save_user(home, "lan", "reader", "mat-khau-dai")
    for onward in ("//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)",
                   "/\t/evil.example", "/%0d%0aSet-Cookie:x=1", "/\r\nX: y", ""):  # fmt: skip
        form = {"ten": "lan", "mat-khau": "mat-khau-dai", "tiep": onward}
        answer = client.post("/vao", data=form, follow_redirects=False)
        location = answer.headers["location"]
        assert answer.status_code == 303 and location.startswith("/"), onward
        assert not location.startswith(("//", "/\\")) and not re.search(r"[\t\r\n\\]", location), onward
        assert "x-forwarded" not in answer.headers and "X" not in answer.headers


def test_a_cookie_made_by_somebody_else_opens_nothing(client, home):
    log_in(client, home, "reviewer")
    good = client.cookies["ansinh"].strip('"')
    name, ends, sign = good.split("|")
    for forged in (f"{name}|{int(ends) + 1}|{sign}", f"chu|{ends}|{sign}", f"{name}|{ends}|", "||", "a", "|" * 500):
        fresh = TestClient(make_app(home), cookies={"ansinh": forged})
        assert "Đang đăng nhập" not in fresh.get("/vao").text, forged


def test_who_did_what_is_in_the_audit(client, home):
    client.post("/vao", data={"ten": "lan\u202e<script>", "mat-khau": "sai"})
    log_in(client, home, "reviewer")
    client.post("/tham-dinh/2", data={"token": token(client), "verdict": "correct", "obs_value": "9.682"})
    client.post("/tham-dinh/2", data={"token": token(client), "verdict": "undo"})
    session = dom.fromstring(client.get("/vao").text).xpath("string(//input[@name='token']/@value)")
    client.post("/ra", data={"token": session})
    with open_store(home.database, readonly=True) as store:
        assert [one.deed for one in store.deeds()][::-1] == ["refused", "log-in", "correct", "undo", "log-out"]
        assert "obs_value = 9682.0" in store.deeds()[2].detail
    page = client.get("/nhat-ky").text
    assert "lan" in page and "sửa số" in page and "<script>alert" not in page and "\u202e" not in page


def test_the_audit_is_an_operators_away_from_this_machine(home):
    for role, status in (("reader", 403), ("reviewer", 403), ("operator", 200)):
        far = TestClient(make_app(home), client=("203.0.113.7", 4711))
        log_in(far, home, role, name=f"u{role}")
        assert far.get("/nhat-ky").status_code == status, role


@pytest.mark.parametrize("path", [
    "/", "/bai?id=a", "/bai-bao", "/tim?q=tua", "/tham-dinh/1", "/ban-tin/2020-05-18", "/ban-tin.atom",
    "/chuoi?area=2024:20&indicator=BHXH_TN.participants",
])  # fmt: skip
def test_scraped_words_with_bidi_marks_stay_words_and_turn_nothing(client, path):
    """Such a mark would turn what follows it, a date or a button; the archived text keeps it, as the API tells."""
    page = client.get(path).text
    assert "alert(1)" in page and "<svg onload" not in page and "\u202e" not in page
    assert not dom.fromstring(page.encode()).xpath("//*[@onload] | //script[contains(., 'alert')]")
    assert "\u202e" in client.get("/api/article?id=a").json()["text"]


def test_a_name_typed_in_any_way_finds_its_place(client):
    for typed in ("Lạng Sơn", "lang son", "LẠNG SƠN", "tỉnh Lạng Sơn"):
        assert "/dia-phuong/2024%3A20" in client.get("/dia-phuong", params={"ten": typed}).text, typed


def test_files_come_as_files(client):
    files = (("csv", b"\xef\xbb\xbf"), ("json", b"["), ("sdmx-csv", b"STRUCTURE"), ("xlsx", b"PK"), ("jsonl", b"{"),
             ("parquet", b"PAR1"), ("sdmx-structure", b"<?xml"), ("package", b"PK"))  # fmt: skip
    for form, begin in files:
        answer = client.get(f"/chuoi/tep/{form}?area=2024:20&indicator=BHXH_TN.participants")
        assert answer.status_code == 200 and answer.content.startswith(begin), form
        assert answer.headers["content-disposition"].startswith("attachment")
    offered = client.get("/chuoi?area=2024:20&indicator=BHXH_TN.participants").text
    assert all(f"/chuoi/tep/{form}?" in offered for form in FORMS), "every form of the store"
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert {"datapackage.json", "points.csv", "reports.csv"} <= set(names)


def test_a_page_is_kept_only_while_nothing_is_written_and_never_for_who_is_logged_in(client, home):
    """The second answer is the first's bytes; a write, by whomever, makes it anew."""
    first = client.get("/nhat-ky").text
    assert client.get("/nhat-ky").text == first
    with open_store(home.database) as store:
        store.add_deed("chi-hoa", "import-plan", "ke-hoach.csv")
    assert "chi-hoa" in client.get("/nhat-ky").text
    log_in(client, home, "reviewer")
    assert token(client)
    client.cookies.clear()
    assert not token(client)


@pytest.mark.parametrize("path", PATHS)
def test_every_link_begins_at_the_root_or_on_the_page_or_leads_out(client, path):
    answer = client.get(path)
    if answer.headers["content-type"].startswith("text/html"):
        odd = [link for link in dom.fromstring(answer.text).xpath("//a/@href") if not re.match(r"/|#|https?://", link)]
        assert not odd


def test_a_day_that_is_none_is_told_and_not_left_out(client):
    answer = client.get("/chuoi?area=2024:20&indicator=BHXH_TN.participants&as_of=hôm qua")
    assert answer.status_code == 404
    assert "“hôm qua” không phải ngày" in answer.text
    assert client.get("/api/series?area=2024:20&indicator=BHXH_TN.participants&as_of=x").status_code == 400


def test_a_vietnamese_page_has_no_english_but_what_is_marked_so(client):
    """Rules and the list of the API say what they do in the language of the page."""
    for path, english in (("/quy-tac", "Percent of the plan"), ("/api", "Points of one series"), ("/nguon", "refuses")):
        assert english not in client.get(path).text


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/api/ranking?indicator=BHXH_TN.participant&on=2020-05-18", "BHXH_TN.participants"),
        ("/api/review?kind=moon", "contradiction"),
        ("/api/areas?list=1999", "2024, 2025"),
        ("/api/ranking?indicator=BHXH_TN.participants&on=2020-05-18&areas=1999", "2024, 2025"),
        ("/api/rounds?source=baolangso", "baolangson"),
        ("/api/articles?source=baolangso", "baolangson"),
        ("/api/place?code=2024:20&indicator=BHXH_TN.participant", "BHXH_TN.participants"),
    ],
)
def test_data_of_an_unknown_name_is_a_404_with_what_is_known_and_not_an_empty_list(client, path, says):
    answer = client.get(path)
    assert answer.status_code == 404 and says in answer.json()["error"]


def test_data_of_a_known_name_without_any_is_an_empty_list(client):
    source = next(iter(load_sources()))
    for path in ("/api/rounds", "/api/articles"):
        assert client.get(path, params={"source": source}).json() == [], path
    assert len(client.get("/api/articles?source=x").json()) == 2, "not declared, but there are articles of it"
    assert client.get("/api/areas").json() == client.get("/api/areas?list=2025").json()
    told = client.get("/api/openapi.json").json()["paths"]
    asked = {(path, one["name"]): one["schema"] for path in told for one in told[path]["get"]["parameters"]}
    assert asked["/api/areas", "list"]["enum"] == asked["/api/ranking", "areas"]["enum"] == ["2024", "2025"]
    assert "404" in asked["/api/rounds", "source"]["description"] and "held" in asked["/api/review", "kind"]["enum"]
    assert all("404" in told[path]["get"]["responses"] for path, _ in asked)
