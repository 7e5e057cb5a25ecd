"""A press of hostile servers on loopback: every site has its own port, good articles, and one way to misbehave."""

import asyncio
import contextlib
import gzip
import threading
import zlib
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import brotli
from backports import zstd

SENTENCES = (
    "Cơ quan bảo hiểm xã hội tỉnh cho biết số người tham gia tiếp tục tăng trong quý vừa qua. "
    "Các tổ chức dịch vụ thu đã đến từng thôn, bản để vận động người dân tham gia. "
)


def article(title="Thêm nhiều người tham gia bảo hiểm xã hội tự nguyện", text=SENTENCES * 6):
    """An honest page."""
    return (
        f"<!doctype html><html lang='vi'><head><meta charset='utf-8'><title>{title}</title></head>"
        f"<body><h1>{title}</h1><p>{text}</p></body></html>"
    ).encode()


def feed(*links):
    """An honest feed."""
    items = "".join(
        f"<item><title>Bài {n}</title><link>{link}</link><pubDate>Fri, 20 Nov 2026 08:00:00 +0700</pubDate></item>"
        for n, link in enumerate(links)
    )
    return f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>{items}</channel></rss>".encode()


def answer(body=b"", status="200 OK", kind="text/html; charset=utf-8", length=None, **headers):
    """The bytes of a whole HTTP answer; `length` may lie, None tells the truth, "" names none."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n"
    if length != "":
        head += f"Content-Length: {len(body) if length is None else length}\r\n"
    head += "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return (head + "Connection: close\r\n\r\n").encode() + body


Play = bytes | Callable[["Site", str, dict, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Site:
    """One server: what it plays at which path; `*` is every other path."""

    name: str
    pages: dict[str, Play] = field(default_factory=dict)
    port: int = 0
    asked: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    requests: list[tuple[str, dict]] = field(default_factory=list)

    @property
    def home(self):
        return f"http://127.0.0.1:{self.port}/"


class Press:
    """All sites, served by one thread."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.servers = []
        self.sites = []
        self.thread.start()

    def open(self, site, tls=None):
        """Begin to serve a site; gives it, with its port."""
        asyncio.run_coroutine_threadsafe(self._open(site, tls), self.loop).result(10)
        return site

    async def _open(self, site, tls):
        server = await asyncio.start_server(lambda r, w: self._serve(site, r, w), "127.0.0.1", 0, backlog=512, ssl=tls)
        site.port = server.sockets[0].getsockname()[1]
        self.servers.append(server)
        self.sites.append(site)

    async def _serve(self, site, reader, writer):
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, OSError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.split("\r\n")
            path = first.split(" ")[1]
            headers = dict(line.lower().split(": ", 1) for line in lines if ": " in line)
            site.asked[path] += 1
            site.requests.append((path, headers))
            play = site.pages.get(path, site.pages.get("*", NOT_FOUND))
            if isinstance(play, bytes):
                writer.write(play.replace(b"{port}", str(site.port).encode()))
                await writer.drain()
            else:
                await play(site, path, headers, writer)
        with contextlib.suppress(Exception):
            writer.close()

    def close(self):
        """End all servers."""
        asyncio.run_coroutine_threadsafe(self._close(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)

    async def _close(self):
        for server in self.servers:
            server.close()
        waiting = asyncio.all_tasks() - {asyncio.current_task()}
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


NOT_FOUND = answer(b"<html><body>khong co</body></html>", "404 Not Found")


async def silence(site, path, headers, writer):
    """Accept, read, say nothing."""
    await asyncio.sleep(120)


async def drip(site, path, headers, writer):
    """A byte now and then, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
    for _ in range(1200):
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.1)


async def slow_head(site, path, headers, writer):
    """Headers, one letter at a time."""
    for letter in b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Slow: " + b"a" * 1200:
        writer.write(bytes([letter]))
        await writer.drain()
        await asyncio.sleep(0.1)


async def endless(site, path, headers, writer):
    """As many bytes as one takes."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>")
    while True:
        writer.write(b"<p>" + b"x" * 60_000 + b"</p>")
        await writer.drain()


async def endless_head(site, path, headers, writer):
    """Headers without end."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100_000):
        writer.write(f"X-{number}: {'y' * 200}\r\n".encode())
        await writer.drain()


async def hang_up(site, path, headers, writer):
    """Close without a word."""


async def reset(site, path, headers, writer):
    """Reset the connection in the middle of the page."""
    writer.write(answer(article()[:300], length=5000))
    await writer.drain()
    writer.transport.abort()


async def chunk_cut(site, path, headers, writer):
    """A chunked answer that ends inside a chunk."""
    writer.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n" + article()[:600]
    )
    await writer.drain()


async def next_list(site, path, headers, writer):
    """A list page whose next page always exists and always names new articles; and these articles."""
    if "/bai-viet-" in path:
        writer.write(answer(article(path)))
        return
    page = int(path.partition("page=")[2] or 1)
    links = "".join(
        f"<a href='/xa-hoi/bai-viet-trang-{page}-thu-{n}-a{page * 10 + n}.html'>Bài {n}</a>" for n in range(3)
    )
    writer.write(
        answer(f"<html><body><h1>Xã hội</h1>{links}<a href='/xa-hoi?page={page + 1}'>Sau</a></body></html>".encode())
    )
    await writer.drain()


async def same_list(site, path, headers, writer):
    """A list whose every further page is the first one again; and its articles."""
    if "/bai-viet-" in path:
        writer.write(answer(article(path)))
        return
    page = int(path.partition("page=")[2] or 1)
    links = "".join(f"<a href='/bai-viet-dai-so-{n}-a{1000 + n}.html'>Bài {n}</a>" for n in range(3))
    writer.write(answer(f"<html><body>{links}<a href='/xa-hoi?page={page + 1}'>Sau</a></body></html>".encode()))
    await writer.drain()


async def deep_index(site, path, headers, writer):
    """A sitemap index that names one more index, for ever."""
    number = int(path.partition("n=")[2] or 0) + 1
    body = (
        "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
        f"<sitemap><loc>{site.home}sitemap.xml?n={number}</loc></sitemap></sitemapindex>"
    )
    writer.write(answer(body.encode(), kind="application/xml"))
    await writer.drain()


async def cookie_wall(site, path, headers, writer):
    """Redirects to itself until a cookie comes back, which never will."""
    writer.write(answer(b"", "302 Found", Set_Cookie="seen=1", Location=path))
    await writer.drain()


def bomb(packing="gzip"):
    """32 MB of nothing in a few KB, packed as its Content-Encoding says."""
    pack = {
        "gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress,
        "gzip, gzip": lambda data: gzip.compress(gzip.compress(data)),
    }[packing]  # fmt: skip
    return answer(pack(b"<html>" + b" " * (32 << 20)), Content_Encoding=packing)
