"""The mail over TLS with a login, against a real server on loopback; who cannot be trusted or logged in gets none."""

import ipaddress
import socket
import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from monitor.config import Config, Mail, Reader
from monitor.mail import send_digest
from store import open_store
from tests.monitor.test_mail import DAY, Box
from tests.monitor.test_web import home

pytest.importorskip("aiosmtpd")
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

__all__ = ["home"]


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """A certificate for 127.0.0.1 that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail on loopback")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("smtp")
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return folder


@pytest.fixture(params=["starttls", "tls"])
def server(request, pair, monkeypatch):
    """A server that asks for TLS and a login; gives how it speaks, its port and its box."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair / "cert.pem", pair / "key.pem")
    box = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        box.port = free.getsockname()[1]
    tls = {"starttls": {"tls_context": context, "require_starttls": True}, "tls": {"ssl_context": context}}
    controller = Controller(
        box, hostname="127.0.0.1", port=box.port, auth_required=True, auth_require_tls=request.param == "starttls",
        authenticator=lambda server, session, envelope, mechanism, data: AuthResult(
            success=(data.login, data.password) == (b"ansinh", b"mat-khau"), handled=False
        ), ready_timeout=120, **tls[request.param],
    )  # fmt: skip
    monkeypatch.setenv("ANSINH_MAIL_PASSWORD", "mat-khau")
    # The controller itself asks over TLS whether it runs; it is started with a context that trusts it.
    monkeypatch.setenv("SSL_CERT_FILE", str(pair / "cert.pem"))
    controller.start()
    yield request.param, box
    controller.stop()


def config(kind, box):
    mail = Mail(
        host="127.0.0.1", port=box.port, security=kind, user="ansinh", sender="An sinh <an@example.vn>", timeout=60
    )
    return Config(mail=mail, readers=(Reader(address="truc@example.vn"),))


def test_the_digest_goes_over_tls_with_a_login(home, server):
    kind, box = server
    with open_store(home.database) as store:
        assert send_digest(store, config(kind, box), DAY) == (1, [])
    ((to, mail),) = box.mails
    assert to == ["truc@example.vn"] and "8.475 người" in mail.get_body(("plain",)).get_content()


def test_a_server_that_nobody_vouches_for_gets_nothing(home, server, monkeypatch, tmp_path):
    kind, box = server
    (tmp_path / "none.pem").write_text("")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with open_store(home.database) as store:
        sent, (fault,) = send_digest(store, config(kind, box), DAY)
    assert sent == 0 and "certificate" in fault.lower() and not box.mails


def test_a_wrong_password_is_told_and_nothing_is_sent(home, server, monkeypatch):
    kind, box = server
    monkeypatch.setenv("ANSINH_MAIL_PASSWORD", "sai")
    with open_store(home.database) as store:
        sent, (fault,) = send_digest(store, config(kind, box), DAY)
    assert sent == 0 and fault.startswith("truc@example.vn: ") and "sai" not in fault and not box.mails
