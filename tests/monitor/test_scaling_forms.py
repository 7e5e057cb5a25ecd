"""What is taken from a record of a foreign archive, whatever its form."""

import gzip
import hashlib
import zlib

import brotli
import pytest
from backports import zstd

from monitor.documents import LONGEST
from monitor.scaling.forms import responses, wanted
from monitor.scaling.packing import dechunked, unpacked
from tests.monitor.web_archive import chunked, figure, page, record, response

BODY = page("Tin", figure(8475))
HTML = "Content-Type: text/html"


def taken(packed, sites=None):
    """The pages that a packed member yields."""
    pages = [wanted(fields, block, sites or {}) for fields, block in responses(gzip.decompress(packed))]
    return [one for one in pages if one is not None]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (BODY, [HTML]),
        (BODY, ["content-type: TEXT/HTML;charset=utf-8"]),
        (BODY, []),
        (gzip.compress(BODY), [HTML, "Content-Encoding: gzip"]),
        (gzip.compress(BODY), [HTML]),
        (BODY, [HTML, "Content-Encoding: gzip"]),
        (BODY, [HTML, "X-Crawler-Content-Encoding: gzip", "Content-Length: 17"]),
        (zlib.compress(BODY), [HTML, "Content-Encoding: deflate"]),
        (zlib.compress(BODY, wbits=-15), [HTML, "Content-Encoding: deflate"]),
        (chunked(BODY), [HTML, "Transfer-Encoding: chunked"]),
        (chunked(BODY), [HTML]),
        (BODY, [HTML, "Transfer-Encoding: chunked"]),
        (chunked(gzip.compress(BODY)), [HTML, "Transfer-Encoding: chunked", "Content-Encoding: gzip"]),
    ],
)
def test_a_body_is_unpacked_whatever_the_headers_say(body, headers):
    (found,) = taken(response("https://bao.example/a.html", body, headers=headers))
    assert found.body == BODY
    assert found.digest == "sha256:" + hashlib.sha256(BODY).hexdigest()
    assert (found.kind, found.url) == ("article", "https://bao.example/a.html")


@pytest.mark.parametrize(
    "packed",
    [
        response("https://bao.example/a", BODY, head="HTTP/1.1 404 Not Found"),
        response("https://bao.example/a", BODY, head="HTTP/1.1 301 Moved"),
        response("https://bao.example/a", BODY, head="junk"),
        response("https://bao.example/a", BODY, headers=["Content-Type: image/jpeg"]),
        response("https://bao.example/a", page("Bóng đá", "Đội chủ nhà thắng 3-1.")),
        response("https://bao.example/a", b""),
        response("dns:bao.example", BODY),
        response("https://bao.example/a", BODY[: len(BODY) // 2], fields=["WARC-Truncated: length"]),
        response("https://bao.example/a", gzip.compress(BODY)[:-300], headers=[HTML, "Content-Encoding: gzip"]),
        gzip.compress(record("request", b"GET / HTTP/1.1\r\n\r\nBHXH")),
        gzip.compress(record("warcinfo", b"software: x")),
        gzip.compress(record("revisit", b"HTTP/1.1 200 OK\r\n\r\n")),
    ],
)
def test_what_is_no_article_is_passed_over(packed):
    assert taken(packed) == []


def test_the_site_gives_source_and_area():
    packed = response("https://www.bao.example/a.html?utm_source=x", BODY)
    (found,) = taken(packed, {"bao.example": ("bao", "Quảng Ninh")})
    assert (found.source, found.area) == ("bao", "Quảng Ninh")
    assert "utm_source" not in found.url and "utm_source" in found.fetched_url


def test_http2_and_brackets():
    (found,) = taken(response("<https://bao.example/a.html>", BODY, head="HTTP/2 200"))
    assert found.url == "https://bao.example/a.html"


def test_several_records_in_one_member():
    packed = b"".join(gzip.decompress(response(f"https://bao.example/{n}.html", BODY)) for n in range(3))
    assert [one.url for one in taken(gzip.compress(packed))] == [f"https://bao.example/{n}.html" for n in range(3)]


@pytest.mark.parametrize(
    ("digest", "fine"),
    [
        ("sha1:" + hashlib.sha1(BODY).hexdigest(), True),
        ("sha1:" + hashlib.sha1(chunked(BODY)).hexdigest(), True),
        ("sha1:" + hashlib.sha1(b"x").hexdigest(), False),
        ("unknown:x", True),
    ],
)
def test_a_digest_of_the_body_as_sent_or_as_meant(digest, fine):
    packed = response("https://bao.example/a.html", chunked(BODY), fields=[f"WARC-Payload-Digest: {digest}"])
    if fine:
        assert len(taken(packed)) == 1
    else:
        with pytest.raises(ValueError, match="digest"):
            taken(packed)


@pytest.mark.parametrize("raw", [b"", b"x", b"WARC/1.0\r\n", b"WARC/1.0\r\nContent-Length: 9\r\n\r\nx"])
def test_what_is_no_record_is_said(raw):
    with pytest.raises(ValueError, match=r"record|header"):
        list(responses(raw))


PACKED = [(brotli.compress(BODY), "br"), (zstd.compress(BODY), "zstd"), (gzip.compress(BODY), "gzip")]


@pytest.mark.parametrize(("packed", "name"), PACKED, ids=[name for _, name in PACKED])
@pytest.mark.parametrize("field", ["Content-Encoding", "X-Crawler-Content-Encoding"])
def test_a_packed_body_is_unpacked_and_one_unpacked_already_is_left(packed, name, field):
    headers = [HTML, f"{field}: {name}"]
    for body in (packed, BODY, chunked(packed)):
        (found,) = taken(response("https://bao.example/a", body, headers=headers))
        assert found.body == BODY


@pytest.mark.parametrize(("packed", "name"), PACKED, ids=[name for _, name in PACKED])
def test_a_cut_body_is_told_and_a_bomb_is_not_unpacked(packed, name):
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {name}".encode()
    assert unpacked(packed, head) == (BODY, ())
    assert unpacked(packed[:-40], head)[1] == ("cut-encoding",)
    pack = {"br": lambda data: brotli.compress(data, quality=1), "zstd": zstd.compress, "gzip": gzip.compress}[name]
    plain, flags = unpacked(pack(b"<html>" + bytes(8 * LONGEST)), head)
    assert LONGEST < len(plain) <= LONGEST + (1 << 20) and flags == ()


def test_what_is_said_to_be_brotli_and_is_not_is_told():
    headers = [HTML, "Content-Encoding: br"]
    with pytest.raises(ValueError, match="brotli"):
        taken(response("https://bao.example/a", b"\xff\x0f\x00 no page", headers=headers))


@pytest.mark.parametrize(
    ("raw", "joined"),
    [
        (chunked(b"abc" * 900), (b"abc" * 900, ())),
        (b"3;name=x\r\nabc\r\n0\r\n\r\n", (b"abc", ())),
        (b"3\r\nabc\r\n5\r\nde", (b"abcde", ("dataloss",))),
        (b"3\r\nabcd\r\n0\r\n\r\n", None),
        (b"2020\n<p>", None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_chunks_are_joined_only_where_there_are_some(raw, joined):
    assert dechunked(raw) == joined


def test_a_packed_bomb_is_read_no_further_than_an_article_goes():
    bomb = gzip.compress(b"<p>BHXH " + b" " * (64 << 20))
    assert len(unpacked(bomb, b"")[0]) <= 16 * 2**20 + 1
    assert taken(response("https://bao.example/a", bomb)) == []
