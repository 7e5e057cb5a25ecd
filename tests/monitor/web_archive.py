"""Invented web archives, in the forms that foreign crawlers write."""

import gzip
from itertools import count

PADDING = "Cán bộ đi từng nhà, nói từng điều về quyền lợi khi về già của người lao động. " * 8
_NUMBER = count(1)


def page(title, text):
    """A page that is judged an article."""
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p><p>{PADDING}</p></body></html>"
    ).encode()


def figure(number):
    """A sentence with one figure."""
    return f"Đến hết tháng 4/2020, tỉnh Lạng Sơn có {number // 1000}.{number % 1000:03d} người tham gia BHXH tự nguyện."


def member(kind, block, *fields):
    """One record as a gzip member of its own."""
    return gzip.compress(record(kind, block, *fields), mtime=0)


def record(kind, block, *fields):
    """One record, unpacked."""
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{next(_NUMBER):012d}>",
        *fields,
        f"Content-Length: {len(block)}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + block + b"\r\n\r\n"


def response(url, body, *, head="HTTP/1.1 200 OK", headers=("Content-Type: text/html; charset=utf-8",), fields=()):
    """One response as a gzip member."""
    block = ("\r\n".join([head, *headers]) + "\r\n\r\n").encode() + body
    date = "WARC-Date: 2020-05-18T03:00:00Z"
    return member("response", block, date, f"WARC-Target-URI: {url}", *fields)


def chunked(body, size=700):
    """A body with its chunk sizes left in."""
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def news_archive(name, articles):
    """A whole file: what opens it, requests, pages of other matters, errors, pictures, and articles with figures."""
    yield member("warcinfo", b"software: x\r\n", f"WARC-Filename: {name}", "WARC-Date: 2020-05-18T03:00:00Z")
    for number in range(articles):
        url = f"https://{name}.example/bai-{number}.html"
        body = page(f"Tin {number}", figure(1000 + number))
        yield member("request", b"GET / HTTP/1.1\r\n\r\n", f"WARC-Target-URI: {url}", "WARC-Date: 2020-05-18T03:00:00Z")
        if number % 4 == 1:
            headers = ("Content-Type: text/html", "Content-Encoding: gzip", "Transfer-Encoding: chunked")
            yield response(url, chunked(gzip.compress(body)), headers=headers)
        elif number % 4 == 2:
            headers = ("Content-Type: text/html", "X-Crawler-Content-Encoding: gzip", "Content-Encoding: gzip")
            yield response(url, body, headers=headers)
        else:
            yield response(url, body)
        yield response(f"https://{name}.example/bong-da-{number}.html", page("Bóng đá", "Đội chủ nhà thắng 3-1."))
        yield response(f"https://{name}.example/mat-{number}.html", body, head="HTTP/1.1 404 Not Found")
        yield response(
            f"https://{name}.example/anh-{number}.jpg", b"\xff\xd8 BHXH", headers=("Content-Type: image/jpeg",)
        )
