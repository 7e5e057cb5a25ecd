"""The morning mail through a real SMTP server on loopback: once per reader, filtered, the same bytes, safe headers."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date, datetime
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from lxml import etree

from model.fetches import SourceRun
from model.home import Home
from monitor.config import Config, Mail, Reader
from monitor.digest import digest_of
from monitor.digest_files import atom, write_digest
from monitor.mail import facts_for, message, send_digest
from monitor.webhook import post_digest
from monitor.words import civil_day
from store import open_store
from tests.monitor.test_web import AT, home, reading

pytest.importorskip("aiosmtpd")
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

__all__ = ["home"]
DAY = civil_day(AT)


class Box:
    """Keeps what arrives; refuses one address."""

    def __init__(self):
        self.mails = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("khong@"):
            return "550 no such box"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        return "250 OK"


@pytest.fixture
def smtp():
    box = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        box.port = free.getsockname()[1]
    controller = Controller(
        box, hostname="127.0.0.1", port=box.port, auth_required=True, auth_require_tls=False,
        authenticator=lambda server, session, envelope, mechanism, data: AuthResult(
            success=data.login == b"ansinh" and data.password == b"mat-khau", handled=False
        ), ready_timeout=120,
    )  # fmt: skip
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def config(smtp, monkeypatch):
    monkeypatch.setenv("ANSINH_MAIL_PASSWORD", "mat-khau")
    mail = Mail(
        host="127.0.0.1", port=smtp.port, security="none", user="ansinh", sender="An sinh <an@example.vn>", timeout=60
    )
    return Config(mail=mail, readers=(Reader(address="a@example.vn", name="Trực ban"), Reader(address="b@example.vn")))


def test_each_reader_gets_it_once_however_often_it_is_sent(home, smtp, config):
    with open_store(home.database) as store:
        assert send_digest(store, config, DAY) == (2, [])
        assert send_digest(store, config, DAY) == (0, [])
    assert [to for to, _ in smtp.mails] == [["a@example.vn"], ["b@example.vn"]]
    _, first = smtp.mails[0]
    assert first["Subject"].startswith("An sinh 18/5: 1 số mới")
    text = first.get_body(("plain",)).get_content()
    assert "8.475 người" in text and "/ban-tin/2020-05-18" in text
    html = first.get_body(("html",)).get_content()
    assert "<script" not in html and "&lt;script&gt;" in html
    assert "javascript:" not in html


def test_a_reader_whom_the_server_refuses_keeps_it_from_nobody_and_is_tried_again(home, smtp, config):
    some = config.model_copy(update={"readers": (Reader(address="khong@example.vn"), *config.readers)})
    with open_store(home.database) as store:
        sent, faults = send_digest(store, some, DAY)
        assert sent == 2 and len(faults) == 1 and "khong@example.vn" in faults[0]
        assert send_digest(store, some, DAY)[1]


def test_a_wrong_password_and_a_dead_server_are_told_in_one_line(home, smtp, config, monkeypatch):
    monkeypatch.setenv("ANSINH_MAIL_PASSWORD", "sai")
    with open_store(home.database) as store:
        sent, faults = send_digest(store, config, DAY)
        assert sent == 0 and len(faults) == 2 and all("\n" not in fault for fault in faults)
        dead = config.model_copy(update={"mail": config.mail.model_copy(update={"port": 9, "timeout": 2.0})})
        assert len(send_digest(store, dead, DAY)[1]) == 2
    assert not smtp.mails


def test_the_mail_of_a_past_day_has_the_same_bytes_whenever_it_is_written(home, config):
    with open_store(home.database) as store:
        first = message(store, config, config.readers[0], DAY).as_bytes()
    with open_store(home.database) as store:
        assert message(store, config, config.readers[0], DAY).as_bytes() == first


def test_readers_get_only_their_places_and_indicators(home):
    with open_store(home.database) as store:
        facts = store.day_facts(DAY)
    assert len(facts_for(facts, Reader(address="a@b.vn", areas=("2025:20",))).new) == 1
    assert not facts_for(facts, Reader(address="a@b.vn", areas=("2024:24",))).new
    assert len(facts_for(facts, Reader(address="a@b.vn", areas=("VN",))).new) == 1
    assert not facts_for(facts, Reader(address="a@b.vn", indicators=("BHYT.cards",))).new


@pytest.mark.parametrize("name", ["x\r\nBcc: all@evil.example", 'y" <z@evil.example>, "', "\u202ename"])
def test_no_header_can_be_injected(home, config, name):
    with open_store(home.database) as store:
        made = message(store, config, Reader(address="a@example.vn", name=name), DAY)
    sent = message_from_bytes(made.as_bytes(), policy=default)
    assert "Bcc" not in sent
    assert [address.addr_spec for address in sent["To"].addresses] in (["a@example.vn"], ["z@evil.example"]) or sent[
        "To"
    ]
    assert len(sent.get_all("To")) == 1
    assert sent["From"].addresses[0].addr_spec == "an@example.vn"


def test_the_files_and_the_feed_say_what_the_digest_says(tmp_path, home):
    with open_store(home.database) as store:
        path = write_digest(Home(root=tmp_path), store, DAY)
        told = digest_of(store, DAY)
    assert "8.475 người" in path.read_text("utf-8")
    assert path.with_suffix(".html").exists()
    feed = etree.fromstring(atom([told], "http://127.0.0.1:8080").encode())
    assert feed.findtext("{*}entry/{*}title") == told.subject
    assert feed.find("{*}entry/{*}link").get("href").endswith("/ban-tin/2020-05-18")


def test_the_webhook_gets_json_once_and_a_redirect_is_not_followed(home):
    got = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(302 if self.path == "/r" else 204)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    base = f"http://127.0.0.1:{server.server_address[1]}"
    with open_store(home.database) as store:
        assert post_digest(store, f"{base}/", DAY) == []
        assert post_digest(store, f"{base}/", DAY) == []
        assert post_digest(store, f"{base}/r", DAY)
        assert post_digest(store, "http://127.0.0.1:9/", DAY)
    server.shutdown()
    assert len(got) == 2 and got[0]["day"] == "2020-05-18"


def test_two_who_send_at_once_send_it_once(home, smtp, config, monkeypatch):
    """Each reader gets one mail, though the command is started five times over and one of its kind died before."""
    (home.root / "ansinh.toml").write_text(
        f'[mail]\nhost = "127.0.0.1"\nport = {smtp.port}\nsecurity = "none"\nuser = "ansinh"\n'
        'sender = "an@example.vn"\n[[readers]]\naddress = "a@example.vn"\n',
        "utf-8",
    )
    with open_store(home.database) as store:
        store.start_run("mail:a@example.vn", due=DAY.isoformat())  # left by a process that was killed
    command = [sys.executable, "-m", "monitor.main", "digest", "--send", "--date", DAY.isoformat()]
    env = os.environ | {"ANSINH_HOME": str(home.root), "ANSINH_MAIL_PASSWORD": "mat-khau"}
    running = [subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(5)]
    said = [process.communicate(timeout=120)[1].decode() for process in running]
    assert len(smtp.mails) == 1
    assert all(
        process.returncode == 0 or "another process sends" in text for process, text in zip(running, said, strict=True)
    )


def test_a_program_that_speaks_no_http_is_told_and_tried_again(home):
    def babble(listening):
        with listening, contextlib.suppress(OSError):
            for _ in range(2):
                asked, _ = listening.accept()
                with asked:
                    asked.recv(65536)
                    asked.sendall(b"xin chao\r\n\r\n")

    listening = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=babble, args=(listening,), daemon=True).start()
    with open_store(home.database) as store:
        for _ in range(2):
            (fault,) = post_digest(store, f"http://127.0.0.1:{listening.getsockname()[1]}/", DAY)
            assert fault.startswith("webhook: ") and "\n" not in fault
        assert [run.event for run in store.runs("webhook")] == ["failed", "failed"]


def test_a_reader_of_one_indicator_is_told_no_other_s_broken_arithmetic(home, config):
    with open_store(home.database) as store:
        text = "Đến hết tháng 4/2020, toàn tỉnh có 5.111 người tham gia BHXH tự nguyện."
        broken = reading("w", text, 5111, publish=False)
        one = replace(broken.observations[0], flags=("identity-broken",))
        store.save_reading(replace(broken, observations=(one,)))
        store.settle()
        for indicators, told in ((("BHXH_TN.participants",), True), (("BHYT.participants",), False), ((), True)):
            mail = message(store, config, Reader(address="a@b.vn", indicators=indicators), DAY)
            assert ("5.111 người" in mail.get_body(("plain",)).get_content()) is told


def text_of(store, config, **asked):
    return message(store, config, Reader(address="a@b.vn", **asked), DAY).get_body(("plain",)).get_content()


def test_a_reader_of_one_province_hears_of_no_other_s_figures_that_wait(home, config):
    with open_store(home.database) as store:
        text = "Đến hết tháng 4/2020, toàn tỉnh có 5.111 người tham gia BHXH tự nguyện."
        one = reading("g", text, 5111, publish=False)
        store.save_reading(replace(one, observations=(replace(one.observations[0], area="2024:24"),)))
        store.settle()
        assert "Chờ thẩm định: 2 số (trong ngày thêm 2)" in text_of(store, config)
        assert "Chờ thẩm định: 1 số (trong ngày thêm 1)" in text_of(store, config, areas=("2025:20",))
        assert "Chờ thẩm định: 0 số" in text_of(store, config, areas=("2024:22",))
        assert "Chờ thẩm định: 0 số" in text_of(store, config, indicators=("BHYT.cards",))
        assert "không bài nào mang số mới" not in text_of(store, config, areas=("2024:22",))


def test_the_mail_opens_with_the_reader_s_own_places_and_indicators(home, config):
    with open_store(home.database) as store:
        text = "Đến hết tháng 4/2020, cả nước có 613.240 người tham gia BHXH tự nguyện."
        one = reading("n", text, 613240)
        country = replace(one.observations[0], area="VN", area_name="Việt Nam", area_level="country")
        store.save_reading(replace(one, observations=(country,)))
        store.settle()
        national = "Số người tham gia BHXH tự nguyện, cả nước: 613.240 người"
        assert national in text_of(store, config)
        assert national in text_of(store, config, indicators=("BHXH_TN.participants",))
        assert national not in text_of(store, config, indicators=("BHYT.participants",))
        ours = text_of(store, config, areas=("2025:20",))
        assert national not in ours and "Số người tham gia BHXH tự nguyện, Lạng Sơn: 8.475 người" in ours


def test_a_reader_of_one_province_hears_of_no_other_s_outlets_but_of_the_national_ones(home, config):
    home.sources.mkdir()
    for name, area in (("bao-a", 'area = "Lạng Sơn"'), ("bao-b", 'area = "Bắc Giang"'), ("bao-c", "")):
        (home.sources / f"{name}.toml").write_text(f'name = "{name}"\ndomains = ["{name}.example"]\n{area}\n', "utf-8")
    with open_store(home.database) as store:
        for name in ("bao-a", "bao-b", "bao-c", "bao-d"):  # the last one is no longer declared
            run = SourceRun(source=name, run="1", started=AT, finished=AT, verdict="silent", evidence="")
            store.add_source_run(run)
        store.note_outlets([(name, name, False, None) for name in ("bao-a", "bao-b", "bao-c", "bao-d")])
        asked = {(): "abcd", ("2025:20",): "acd", ("2024:24",): "bcd", ("VN",): "abcd"}
        for areas, told in asked.items():
            said = text_of(store, config, areas=areas)
            assert "".join(letter for letter in "abcd" if f"bao-{letter} ·" in said) == told
            assert said.splitlines()[1].startswith("4 nguồn")  # all were asked, whoever reads of it


def at(day, doc, value, words, *, published=None):
    """Make a reading of one count on a day of its own."""
    text = f"Đến {day.day}/{day.month}/{day.year}, toàn tỉnh Lạng Sơn có {words} người tham gia BHXH tự nguyện."
    one = reading(doc, text, value, published=published or day, url=f"https://bao.example/{doc}")
    dated = replace(one.observations[0], period_start=day, period_end=day)
    return replace(one, read_at=datetime.combine(published or day, AT.timetz()), observations=(dated,))


def test_a_new_and_a_changed_count_are_drawn_from_three_points_on_each_once_and_with_its_words(home, config):
    days = [date(2020, 1, 31), date(2020, 2, 29), date(2020, 3, 31)]
    morrow, last = date(2020, 6, 2), date(2020, 6, 3)
    with open_store(home.database) as store:
        for number, day in enumerate(days):
            store.save_reading(at(day, f"cu-{number}", 8300 + number, f"8.30{number}"))
        store.save_reading(at(days[0], "sua", 8310, "8.310", published=morrow))
        store.save_reading(at(days[1], "sua-nua", 8312, "8.312", published=last))
        store.save_reading(at(date(2020, 5, 31), "moi", 8600, "8.600", published=last))
        store.settle()
        facts = [store.day_facts(day) for day in (morrow, last)]
        assert [(len(one.new), len(one.changed)) for one in facts] == [(0, 1), (1, 1)]
        mails = [message(store, config, config.readers[0], day) for day in (morrow, last)]
    for made, told in zip(mails, ("31/1/2020: 8.310 người", "31/5/2020: 8.600 người"), strict=True):
        drawn = [part for part in made.walk() if part.get_content_type() == "image/png"]
        page = made.get_body(("html",)).get_content()
        assert len(drawn) == 1 and drawn[0].get_content().startswith(b"\x89PNG")
        assert f"cid:{drawn[0]['Content-ID'][1:-1]}" in page and told in page
