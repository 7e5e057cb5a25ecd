"""The door of the pages: sessions end on the server, guesses are bounded, a proxy on this machine opens nothing."""

import threading
from hashlib import blake2s
from importlib.metadata import version
from types import SimpleNamespace

import pytest
from lxml import html as dom

from monitor.users import remove_user, save_user
from tests.monitor.test_web import client, home, log_in, token

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from monitor.web.access import HOURS, Access
from monitor.web.app import make_app
from monitor.web.ended import Ended
from monitor.web.guesses import OF_ADDRESS, OF_BOTH, OF_NAME, SWEPT, WINDOW, Guesses

__all__ = ["client", "home"]


@pytest.fixture
def home_folder(tmp_path, monkeypatch):
    """The home of a command line; `home` here is that of the pages."""
    folder = tmp_path / "commands"
    folder.mkdir()
    monkeypatch.setenv("ANSINH_HOME", str(folder))
    return folder


def copy_of(client):
    return client.cookies["ansinh"].strip('"')


def inside(home, cookie):
    return "Đang đăng nhập" in TestClient(make_app(home), cookies={"ansinh": cookie}).get("/vao").text


def log_out(client):
    held = dom.fromstring(client.get("/vao").text).xpath("string(//input[@name='token']/@value)")
    return client.post("/ra", data={"token": held}, follow_redirects=False)


def test_a_copied_cookie_ends_with_the_session_in_this_process_and_the_next(client, home):
    log_in(client, home, "reviewer")
    copied = copy_of(client)
    other = TestClient(make_app(home), cookies={"ansinh": copied})
    assert "Đang đăng nhập" in other.get("/vao").text
    assert log_out(client).status_code == 303
    assert "Đang đăng nhập" not in other.get("/vao").text, "a process that had seen it good"
    assert not inside(home, copied), "a process begun since"
    assert (home.root / "ended-sessions").stat().st_mode & 0o077 == 0
    assert copied.rpartition("|")[2] not in (home.root / "ended-sessions").read_text("ascii")


def test_logging_out_ends_one_session_and_not_the_same_users_others(client, home):
    log_in(client, home, "reviewer")
    first = copy_of(client)
    form = {"ten": "lan", "mat-khau": "mat-khau-dai"}
    second = TestClient(make_app(home))
    second.post("/vao", data=form)
    assert copy_of(second) != first, "in the same second as well"
    log_out(client)
    assert inside(home, copy_of(second)) and not inside(home, first)
    client.post("/vao", data=form)
    assert inside(home, copy_of(client))


def test_a_forged_log_out_ends_nothing(client, home):
    log_in(client, home, "reviewer")
    client.post("/ra", data={"token": "0" * 64})
    assert inside(home, copy_of(client))


def test_a_new_role_or_password_and_a_removal_end_every_session(client, home):
    log_in(client, home, "operator")
    copied = copy_of(client)
    users = home.root / "users.toml"
    users.write_text(users.read_text("utf-8").replace("operator", "reader"), "utf-8")  # by hand, the same hash
    assert not inside(home, copied)
    log_in(client, home, "reader")
    copied = copy_of(client)
    save_user(home, "lan", "reader", "mat-khau-dai")
    assert not inside(home, copied), "the same password set anew"
    log_in(client, home, "reader")
    copied = copy_of(client)
    remove_user(home, "lan")
    assert not inside(home, copied)
    save_user(home, "lan", "reader", "mat-khau-dai")
    assert not inside(home, copied)


def test_ended_sessions_are_kept_until_they_would_have_expired_and_no_longer(home, monkeypatch):
    now = 1_000_000.0
    monkeypatch.setattr("monitor.web.ended.time", SimpleNamespace(time=lambda: now))
    ended = Ended(home)
    ended.add("a", int(now) + HOURS * 3600)
    now += 60
    ended.add("b", int(now) + HOURS * 3600)
    assert ended.holds("a") and ended.holds("b") and not ended.holds("c")
    now += HOURS * 3600 - 30
    ended.add("c", int(now) + HOURS * 3600)
    assert ended.path.read_text("ascii").count("\n") == 2
    assert Ended(home).holds("b") and Ended(home).holds("c")


def test_sessions_ended_at_once_by_several_processes_are_all_remembered(home):
    doors = [Ended(home) for _ in range(8)]
    threads = [threading.Thread(target=door.add, args=(f"s{n}", 9_999_999_999)) for n, door in enumerate(doors)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert all(Ended(home).holds(f"s{n}") for n in range(8))


def test_behind_a_proxy_on_this_machine_every_page_asks_for_a_login_where_the_settings_say_so(home):
    home.config.write_text('[pages]\nlogin = "always"\n', "utf-8")
    near = TestClient(make_app(home))
    assert near.get("/bai?id=a", follow_redirects=False).headers["location"].startswith("/vao?tiep=/bai")
    assert near.get("/api/totals").status_code == 401
    assert near.get("/metrics", follow_redirects=False).status_code == 303
    assert near.get("/suc-khoe").status_code == near.get("/static/ansinh.css").status_code == 200
    log_in(near, home, "reader")
    assert near.get("/bai?id=a").status_code == 200
    assert near.get("/nhat-ky").status_code == 403, "the audit is an operator's"


@pytest.mark.parametrize("command", [("run",), ("serve", "--port", "0")])
def test_pages_that_always_ask_for_a_login_wait_for_a_user(ansinh, home_folder, command):
    (home_folder / "ansinh.toml").write_text('[pages]\nlogin = "always"\n', "utf-8")
    status, out, err = ansinh(*command)
    assert (status, out) == (2, "") and "there is no user yet" in err and err.count("\n") == 1


def test_the_check_of_the_settings_knows_who_must_log_in(ansinh, home_folder):
    assert "pages.login,elsewhere" in ansinh("config", "check", "--format", "csv")[1].replace(";", ",")
    (home_folder / "ansinh.toml").write_text('[pages]\nlogin = "always"\n', "utf-8")
    assert "pages.login,always" in ansinh("config", "check", "--format", "csv")[1].replace(";", ",")
    (home_folder / "ansinh.toml").write_text('[pages]\nlogin = "never"\n', "utf-8")
    assert ansinh("config", "check")[0] == 2


def alerts(page):
    return dom.fromstring(page.text).xpath("//*[@role='alert' and not(@hidden)]/text()")


def test_an_address_puts_no_words_into_the_pages_mouth(client, home):
    for asked in ("/tham-dinh/2?loi=", "/vao?loi=", "/?loi=", "/chuoi?loi=", "/nguon?loi="):
        assert "0900" not in dom.fromstring(client.get(f"{asked}Gọi số 0900 để mở khoá").text).text_content(), asked
    log_in(client, home, "reviewer")
    assert not alerts(client.get("/tham-dinh/2?loi=Gọi số 0900 để mở khoá"))


def test_a_refused_form_says_why_to_who_sent_it_and_to_nobody_else(client, home):
    log_in(client, home, "reviewer")
    form = {"token": token(client), "verdict": "correct", "area": "Atlantis"}
    told = client.post("/tham-dinh/2", data=form)
    assert "Không có địa phương “Atlantis”: gần giống" in alerts(told)[0]
    assert "Atlantis" not in str(told.url)
    other = TestClient(make_app(home), cookies={})
    log_in(other, home, "reviewer", name="hoa")
    assert not alerts(other.get(str(told.url)))
    client.cookies.clear()
    log_in(client, home, "reviewer", name="hoa")
    assert not alerts(client.get(str(told.url)))


@pytest.fixture
def guessing(home, monkeypatch):
    """A door with one user, at which passwords are looked at quickly."""
    save_user(home, "lan", "reviewer", "mat-khau-dai")
    monkeypatch.setattr("monitor.web.access.password_holds", lambda hashed, password: password == "mat-khau-dai")
    access = Access(home)
    return lambda name, password, address: access.log_in(name, password, address)[1]


def test_a_stranger_who_guesses_shuts_himself_out_and_not_the_duty_officer(guessing):
    for _ in range(OF_BOTH):
        assert guessing("lan", "sai", "203.0.113.7") == "wrong"
    assert guessing("lan", "mat-khau-dai", "203.0.113.7") == "wait"
    assert guessing("lan", "mat-khau-dai", "192.0.2.1") == ""


def test_names_tried_from_one_address_and_addresses_that_try_one_name_are_bounded(guessing):
    told = [guessing(f"u{n}", "sai", "203.0.113.7") for n in range(OF_ADDRESS + 5)]
    assert told == ["wrong"] * OF_ADDRESS + ["wait"] * 5
    told = [guessing("lan", "sai", f"198.51.100.{n}") for n in range(OF_NAME + 5)]
    assert told == ["wrong"] * OF_NAME + ["wait"] * 5


def test_who_has_a_whole_network_has_one_address(guessing):
    told = [guessing("lan", "sai", f"2001:db8:1:2::{n:x}") for n in range(OF_BOTH + 2)]
    assert told == ["wrong"] * OF_BOTH + ["wait"] * 2
    assert guessing("lan", "sai", "2001:db8:1:3::1") == "wrong"
    told = [guessing("lan", "sai", f"::ffff:192.0.2.{n}") for n in range(OF_BOTH + 2)]
    assert told == ["wrong"] * (OF_BOTH + 2), "machines of IPv4 are told apart"


def test_right_passwords_count_against_nobody(guessing):
    assert {guessing("lan", "mat-khau-dai", "203.0.113.7") for _ in range(OF_NAME + 5)} == {""}


def test_thirty_guesses_in_the_same_moment_are_bounded(home, monkeypatch):
    together = threading.Barrier(OF_BOTH)
    monkeypatch.setattr("monitor.web.access.password_holds", lambda *_: together.wait(30) < 0)
    access, told = Access(home), []
    threads = [
        threading.Thread(target=lambda: told.append(access.log_in("lan", "sai", "203.0.113.7")[1])) for _ in range(30)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert sorted(told) == ["wait"] * (30 - OF_BOTH) + ["wrong"] * OF_BOTH


def test_guesses_are_forgotten_with_their_time(monkeypatch):
    now = 1000.0
    monkeypatch.setattr("monitor.web.guesses.time", SimpleNamespace(monotonic=lambda: now))
    guesses = Guesses()
    for n in range(SWEPT):
        assert guesses.begin(f"u{n}", f"a{n}")
    assert sum(guesses.begin("lan", "b") is not None for _ in range(OF_BOTH + 1)) == OF_BOTH
    now += WINDOW + 1
    assert guesses.begin("lan", "b")
    assert len(guesses._wrong) == 3


def test_scripts_and_styles_bear_a_fingerprint_of_their_bytes(client):
    paths = ("/", "/bai?id=a", "/ban-do", "/tham-dinh", "/tham-dinh/2",
             "/chuoi?area=2024:20&indicator=BHXH_TN.participants")  # fmt: skip
    found = set()
    for path in paths:
        page = dom.fromstring(client.get(path).text)
        found |= set(page.xpath("//script/@src | //link[@rel='stylesheet']/@href | //@data-script | //@data-style"))
    assert len(found) == 8, found
    for address in found:
        name, _, stamp = address.partition("?")
        answer = client.get(address)
        assert answer.status_code == 200 and blake2s(answer.content, digest_size=4).hexdigest() == stamp, name


MAIL = '[mail]\nhost = "{}"\nsender = "a@example.vn"\nuser = "ansinh"\nsecurity = "{}"\n'


@pytest.mark.parametrize(
    ("host", "security", "password", "says"),
    [
        ("mail.example.vn", "starttls", "", ["no password is in ANSINH_MAIL_PASSWORD"]),
        ("mail.example.vn", "none", "x", ["readable on the way to mail.example.vn"]),
        ("mail.example.vn", "none", "", ["no password is in", "readable on the way"]),
        ("mail.example.vn", "tls", "x", []), ("127.0.0.1", "none", "x", []), ("localhost", "none", "x", []),
    ],
)  # fmt: skip
def test_the_check_of_the_settings_says_where_a_mail_login_needs_a_person(
    ansinh, home_folder, monkeypatch, host, security, password, says
):
    monkeypatch.setenv("ANSINH_MAIL_PASSWORD", password)
    (home_folder / "ansinh.toml").write_text(MAIL.format(host, security), "utf-8")
    status, out, err = ansinh("config", "check", "--format", "json")
    assert status == (1 if says else 0)
    assert f"{host}:587" in out and err.count("\n") == len(says)
    assert all(one in line for one, line in zip(says, err.splitlines(), strict=True))


def test_the_version_is_told(ansinh):
    assert ansinh("--version") == (0, f"ansinh {version('ansinh')}\n", "")
    assert "--version" in ansinh("--help")[1]


def test_a_damaged_list_of_ended_sessions_lets_nobody_down(home):
    Ended(home).add("a", 9_999_999_999)
    path = home.root / "ended-sessions"
    path.write_bytes(b"\xff torn\n12\nx y z\n" + path.read_bytes())
    assert Ended(home).holds("a") and not Ended(home).holds("b")
    Ended(home).add("b", 9_999_999_999)
    assert Ended(home).holds("a") and Ended(home).holds("b")
