"""A certificate that nobody vouches for: refused, but for a source that names the exception and its last day."""

import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawler.registry import make_source
from crawler.run import run_round
from crawler.scratch import ScratchMemory
from crawler.settings import Limits
from tests.crawler.hostile import Press, Site, answer, article, feed

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
PATH = "/bai-viet-thu-nhat-a1001.html"


@pytest.fixture(scope="module")
def context(tmp_path_factory):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "pair.pem"
    plain = serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    found.load_cert_chain(path)
    return found


@pytest.mark.parametrize(
    ("exception", "verdict"),
    [("", "failing"), ("2026-11-19 hết hạn hôm qua", "failing"), ("2026-12-31 thiếu chứng thư trung gian", "new")],
    ids=["none", "ended", "in force"],
)
def test_a_broken_chain(context, monkeypatch, exception, verdict):
    press = Press()
    site = press.open(Site("báo", {PATH: answer(article()), "/rss": answer(feed(PATH), kind="text/xml")}), tls=context)
    monkeypatch.setenv("ANSINH_ALLOW_PRIVATE", f"localhost:{site.port}")
    table = {"id": "bao", "name": "Báo", "home": f"https://localhost:{site.port}/", "feeds": ["/rss"], "interval": 0}
    source = make_source(table | {"tls_unverified": exception}, where="bao")
    memory = ScratchMemory()
    run = run_round([source], memory=memory, archive=None, now=lambda: NOW, limits=Limits(timeout=5)).runs[0]
    press.close()
    assert run.verdict == verdict, run
    assert len(memory.pages) == (verdict == "new")
    assert verdict == "new" or "TLS" in run.evidence or "certificate" in run.evidence
