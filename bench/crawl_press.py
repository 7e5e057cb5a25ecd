"""A fast press for the benches, in a process of its own: `python -m bench.crawl_press PAGES SITES LATENCY`.

Prints the ports of its sites, then serves until its input ends. Every site has a feed `/rss` that names all its
articles; each page is a 59 KB article of running text, menus and scripts; `LATENCY` seconds pass before each answer.
"""

import asyncio
import random
import sys

SENTENCE = (
    "bảo hiểm xã hội tự nguyện người dân tham gia tỉnh huyện xã phường tổ chức dịch vụ thu vận động tuyên truyền "
    "đạt kế hoạch năm tháng quý hộ gia đình học sinh sinh viên cơ quan đơn vị doanh nghiệp lao động chính sách an sinh"
)
WORDS = SENTENCE.split()
SIZE = 59 * 1024


def page(number: int) -> bytes:
    """Make one article of 59 KB."""
    chance = random.Random(number)
    text = "".join(
        f"<p>{' '.join(chance.choices(WORDS, k=60)).capitalize()}, đạt {chance.randint(1000, 99999)} người.</p>\n"
        for _ in range(12)
    )
    menu = "".join(f"<li><a href='/muc-{n}/'>Mục {n}</a></li>" for n in range(80))
    head = f"<!doctype html><html lang='vi'><head><meta charset='utf-8'><title>Bài {number}</title>"
    body = (
        f"</head><body><nav><ul>{menu}</ul></nav><h1>Bài viết số {number}</h1><article>{text}</article></body></html>"
    )
    filler = SIZE - len((head + body).encode()) - 17
    return f"{head}<script>{'var x=1;' * (filler // 8)}</script>{body}".encode()


def answer(body: bytes, kind: str) -> bytes:
    """Give the bytes of an answer that keeps the connection."""
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


class Server(asyncio.Protocol):
    """One connection: answers each request from a table, after the latency."""

    def __init__(self, answers: dict[bytes, bytes], latency: float) -> None:
        self.answers, self.latency, self.buffer = answers, latency, b""

    def connection_made(self, transport):
        """Keep the way back."""
        self.transport = transport

    def data_received(self, data):
        """Answer every whole request."""
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            found = self.answers.get(head.split(b" ", 2)[1], MISSING)
            if self.latency:
                wait = self.latency * random.uniform(0.5, 1.5)
                asyncio.get_running_loop().call_later(wait, self.transport.write, found)
            else:
                self.transport.write(found)


MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nno"


async def main(pages: int, sites: int, latency: float) -> None:
    """Serve until standard input ends."""
    loop = asyncio.get_running_loop()
    made = {f"/bai-viet-so-{n}-a{1000 + n}.html".encode(): answer(page(n), "text/html") for n in range(pages)}
    ports = []
    for _ in range(sites):
        answers = dict(made)
        server = await loop.create_server(
            lambda answers=answers: Server(answers, latency), "127.0.0.1", 0, backlog=1024
        )
        port = server.sockets[0].getsockname()[1]
        items = "".join(
            f"<item><title>Bài</title><link>http://127.0.0.1:{port}{path.decode()}</link>"
            "<pubDate>Fri, 20 Nov 2026 08:00:00 +0700</pubDate></item>"
            for path in made
        )
        answers[b"/rss"] = answer(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), "text/xml")
        ports.append(port)
    print(" ".join(map(str, ports)), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
