"""Which addresses may be reached, and how an address is written one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import RefusedAddressError, allowed_private, check, is_public
from crawler.urls import belongs, canonical, host_and_port, variants

PRIVATE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1%eth0", "fc00::1",
    "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:db8::1", "no address",
    "64:ff9b:1::7f00:1", "::7f00:1", "fec0::1", "3fff::1", "192.88.99.1", "::ffff:100.64.0.1", "2002:a00:1::",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "203.113.131.1", "2001:4860:4860::8888", "64:ff9b::808:808", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_told(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_told(address):
    assert is_public(address)


def test_only_the_very_host_and_port_that_is_listed_may_be_private():
    allowed = allowed_private(" 127.0.0.1:8000 , Localhost:81,[::1]:82")
    assert check("127.0.0.1", 8000, ["127.0.0.1"], allowed) == ["127.0.0.1"]
    assert check("localhost", 81, ["127.0.0.1", "::1"], allowed)
    assert check("::1", 82, ["::1"], allowed)
    for host, port in (("127.0.0.1", 8001), ("localhost", 8000), ("bao.vn", 8000), ("127.0.0.2", 8000)):
        with pytest.raises(RefusedAddressError, match="ANSINH_ALLOW_PRIVATE"):
            check(host, port, ["127.0.0.1"], allowed)


def test_a_name_with_one_private_address_is_refused_whole():
    with pytest.raises(RefusedAddressError):
        check("bao.vn", 80, ["8.8.8.8", "10.0.0.1"], frozenset())
    assert check("bao.vn", 80, ["8.8.8.8"], frozenset()) == ["8.8.8.8"]
    with pytest.raises(RefusedAddressError):
        check("bao.vn", 80, [], frozenset())


SAME = [
    ("https://bao.vn/x", ["HTTPS://BAO.VN/x", "https://bao.vn:443/x#top", "https://bao.vn/x?utm_source=a&fbclid=b", "https://bao.vn/./a/../x"]),
    ("https://bao.vn/", ["https://bao.vn", "https://bao.vn./", " https://bao.vn/?gclid=1 "]),
    ("https://bao.vn/x?b=1&a=2", ["https://bao.vn/x?b=1&utm_campaign=z&a=2", "https://bao.vn/x?b=%31&a=2"]),
    ("https://bao.vn/x%C3%A3-h%E1%BB%99i/", ["https://bao.vn/xã-hội/", "https://bao.vn/x%c3%a3-h%e1%bb%99i/"]),
    ("https://bao.vn/p?CateID=0&ItemID=3", ["https://bao.vn:443/p?CateID=0&ItemID=3"]),
    ("http://127.0.0.1:8080/x", ["http://127.0.0.1:8080/x#a"]),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "written"), SAME, ids=[row[0] for row in SAME])
def test_one_address_is_written_one_way(wanted, written):
    assert {canonical(one) for one in (wanted, *written)} == {wanted}


@pytest.mark.parametrize("url", ["", "mailto:a@b", "javascript:x()", "data:text/html,x", "ftp://x.vn/", "http://",
                                 "http://x.vn:99999/", "http://[::1", "https://x.vn/" + "a" * 3000])  # fmt: skip
def test_what_is_no_address_gives_nothing(url):
    assert canonical(url) == ""


@given(st.text(max_size=60))
def test_writing_it_twice_changes_nothing(text):
    once = canonical("https://bao.vn/" + text)
    assert canonical(once) == once


def test_addresses_belong_to_their_sites():
    sites = frozenset({"bao.vn", "127.0.0.1:8000"})
    assert belongs("https://bao.vn/x", sites) and belongs("https://www.bao.vn/x", sites)
    assert belongs("https://phuyen.bao.vn/x", sites) and belongs("http://127.0.0.1:8000/", sites)
    assert not belongs("https://xbao.vn/", sites) and not belongs("http://127.0.0.1:8001/", sites)
    assert host_and_port("https://bao.vn/x") == ("bao.vn", 443)


def test_other_spellings_of_one_address():
    assert set(variants("https://bao.vn/x")) == {"https://www.bao.vn/x", "http://bao.vn/x", "http://www.bao.vn/x"}
    assert variants("http://127.0.0.1:8000/x") == ()
