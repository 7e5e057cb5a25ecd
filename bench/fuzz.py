"""A longer run of what the tests try for a moment: any bytes and any text in, no exception out, and every span holds.

    python -m bench.fuzz                 a minute
    python -m bench.fuzz --seconds 600   as long as you like; --seed repeats a run

Inputs: random bytes, random characters, rows of words of the press, soups of tags, and the project's own pages torn
apart and put together wrongly.
"""

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable

from bench.reading import own_pages
from extract.article.read import read_article
from extract.figures.find import find_figures
from extract.pages.look import worth_reading
from extract.text import contract_text

_WORDS = (
    "BHXH tự nguyện|BHYT|BHXH, BHYT, BHTN|bảo hiểm y tế|toàn tỉnh|huyện Bình Gia|tỉnh Lạng Sơn (cũ)|xã|"
    "8.475 người|98,9%|44 tỷ 500 triệu đồng|1,85 triệu|10. 600|51/80|tăng|giảm 39 người (6,22%)|đạt|"
    "kế hoạch|(|)|,|;|:|.|. |so với cùng kỳ|năm 2020|đến hết tháng 4/2020|6 tháng đầu năm|trong đó|"
    "lần lượt|chiếm|dân số|chưa tham gia|phấn đấu|còn thiếu|là|có|tham gia|nợ|thu|chi|hơn|%|\n|\n\n|1.|"
    "thẻ|đại lý|Quyết định số 546/QĐ-TTg ngày 29/4/2022|một nghìn hai trăm|gấp đôi|\u00a0|\u200b|"
    "e\u0323\u0302|Ð|\0"
)
_TAGS = (
    "<p>|</p>|<div class='detail-content'>|<div class='related'>|</div>|<h1>|</h1>|<table>|<tr>|<td>|"
    "<td rowspan=9>|</table>|<br>|<a href='/'>|</a>|<script>|</script>|<!--|-->|<figure>|<figcaption>|"
    "<time datetime='2026-02-28'>|<title>|</title>|&#7875;|<li>|<ul>|"
    "<meta property='article:published_time' content='2026-13-45T99:99'>|<h1>|<b>|&nbsp;|<footer>|"
    "</body>|]]>"
)


WORDS, TAGS = _WORDS.split("|"), _TAGS.split("|")


def made(chance: random.Random, pages: list[bytes]) -> bytes:
    """Give one input."""
    kind = chance.randrange(5)
    if kind == 0:
        return chance.randbytes(chance.randrange(3000))
    if kind == 1:
        characters = (
            chr(chance.choice((chance.randrange(0x250), chance.randrange(0x1E00, 0x2100)))) for _ in range(400)
        )
        return ("BHYT " + "".join(characters)).encode("utf-8", "replace")
    if kind == 2:
        return " ".join(chance.choices(WORDS, k=chance.randrange(200))).encode()
    if kind == 3:
        return "".join(chance.choices(TAGS + WORDS, k=chance.randrange(200))).encode()
    one, other = chance.choice(pages), chance.choice(pages)
    return (
        one[: chance.randrange(len(one))]
        + chance.randbytes(chance.randrange(8))
        + other[chance.randrange(len(other)) :]
    )


def tried(body: bytes) -> int:
    """Read an input every way; give how many figures it has, and raise where a promise is broken."""
    worth_reading(body)
    article = read_article(body, "https://a.example.vn/x.html")
    if article.text != contract_text(article.text):
        raise AssertionError("the article's text is not the contract's")
    found = 0
    for text in (article.text, contract_text(body.decode("utf-8", "replace"))):
        for one in find_figures(text, title=article.title, published=article.published, area="Lạng Sơn"):
            found += 1
            if text[one.start : one.end] != one.quote or one.quote not in one.sentence:
                raise AssertionError(f"span {one.start}:{one.end} does not hold {one.quote!r}")
    return found


def run(seconds: float, seed: int, say: Callable[[str], None]) -> int:
    """Try inputs for so long; give how many failed."""
    chance, pages = random.Random(seed), own_pages()
    until, counts, slowest = time.monotonic() + seconds, Counter[str](), 0.0
    while time.monotonic() < until:
        body = made(chance, pages)
        counts["inputs"] += 1
        began = time.process_time()
        try:
            counts["figures"] += tried(body)
        except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
            counts["failed"] += 1
            say(f"FAILED on {body[:400]!r} (seed {seed}, input {counts['inputs']})\n{traceback.format_exc(limit=3)}")
        slowest = max(slowest, time.process_time() - began)
    told = f"{counts['inputs']} inputs, {counts['figures']} figures, {counts['failed']} failed"
    say(f"{told}; the slowest took {slowest:.2f} s (seed {seed})")
    return counts["failed"]


def main() -> int:
    """Run, and tell."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    told = parser.parse_args()
    return 1 if run(told.seconds, told.seed, print) else 0


if __name__ == "__main__":
    sys.exit(main())
