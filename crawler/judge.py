"""What came back: an article, or one of the many things that only look like one. Pure; reads bytes, parses none."""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from crawler.signs import (
    ARTICLE_MARKS,
    BINARY,
    CHALLENGE,
    CHALLENGE_PART,
    CHALLENGE_VN,
    GONE,
    H1,
    HTML_TYPES,
    LINKED,
    LOGIN_TITLE,
    LOGIN_WALL,
    NEEDS_SCRIPT,
    PARAGRAPH,
    PASSWORD,
    RELOAD,
    SHELL_ROOT,
    TAGS,
    TITLE,
    UTF16,
)
from model.records import PageKind


class Judgement(NamedTuple):
    """What a page is, and the evidence in a few words."""

    kind: PageKind
    reason: str = ""


ARTICLE_LETTERS = 200
"""Bytes of running text outside links that an article has at the least."""
ENOUGH = 1500
"""With so much running text a page is no challenge, wall, shell or error page: it is looked at no further."""
SIGNS_WITHIN = 60_000
"""Bytes from the beginning in which signs are looked for."""


def judge(
    status: int, headers: Mapping[str, str], body: bytes, url: str, *, asked: str = "", flags: tuple[str, ...] = ()
) -> Judgement:
    """Say what an answer is. `asked` is the address asked for (default `url`), `flags` are what the transport noticed.

    Kinds: `article` is the only one that is read; `list` holds links; `challenge`, `login`, `soft-404`, `shell`,
    `truncated` and `error` are as they are called; `other` is what none of them fits (binary, empty, a notice).
    """
    if status >= 400:
        low = body[:SIGNS_WITHIN].lower()
        found = _challenge(low) or _challenge(low, CHALLENGE_PART) or _error(status, low)
        return found or Judgement("error", f"HTTP {status}")
    if "garbled-encoding" in flags:
        return Judgement("error", "the body is not what its Content-Encoding says")
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if body.startswith(BINARY) or (body[:2000].count(b"\x00") > 20 and not body.startswith(UTF16)):
        return Judgement("other", "binary")
    if kind not in HTML_TYPES:
        return Judgement("other", f"content type {kind[:60]}")
    if not body.strip():
        return Judgement("other", "empty")
    return _judge_text(as_utf8(body), url, asked or url, flags)


def as_utf8(body: bytes) -> bytes:
    """Give a UTF-16 page as UTF-8; all others as they are."""
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return body.decode("utf-16", errors="replace").encode()
    return body


def _judge_text(body: bytes, url: str, asked: str, flags: tuple[str, ...]) -> Judgement:
    low = body.lower()
    visible = without(low)
    links = visible.count(b"<a ")
    running = running_text(visible, max(ENOUGH, 25 * links + 1))
    moved = _moved(url, asked)
    if moved:
        return moved
    if running < ENOUGH:
        found = _challenge_page(low, body, running) or _login(low, body, running)
        if found:
            return found
    cut = _cut(low, flags)
    if cut:
        return Judgement("truncated", cut)
    if running < ENOUGH:
        found = _soft_404(body, running)
        if found:
            return found
    return _article_or_list(low, visible, links, running)


def _article_or_list(low: bytes, visible: bytes, links: int, running: int) -> Judgement:
    if running < ARTICLE_LETTERS:
        return _too_little(low, visible, _marked(low))
    if links > 30 and running < 25 * links and not _marked(low) and low.count(b"<article") != 1:
        return Judgement("list", f"{links} links, little text")
    return Judgement("article")


def _marked(low: bytes) -> bool:
    return any(mark in low for mark in ARTICLE_MARKS)


def _too_little(low: bytes, visible: bytes, marked: bool) -> Judgement:
    links = visible.count(b"<a ")
    letters = len(b" ".join(TAGS.sub(b" ", visible).split()))
    scripts = low.count(b"<script")
    empty_root = letters < 600 and SHELL_ROOT.search(visible)
    if (empty_root and scripts) or (letters < 600 and NEEDS_SCRIPT.search(low)):
        return Judgement("shell", "needs JavaScript")
    if scripts and letters < 120:
        return Judgement("shell", f"{letters} letters beside {scripts} scripts")
    if links >= 10:
        return Judgement("list", f"{links} links, little text")
    framed = re.search(rb"<h1|<p[\s>]", visible)
    if marked or letters >= 2 * ARTICLE_LETTERS or (letters >= 60 and framed):
        return Judgement("article", "short")
    return Judgement("other", "little text")


def without(low: bytes) -> bytes:
    """Give a page in lower case without its scripts, styles and comments."""
    for start, end in ((b"<script", b"</script"), (b"<style", b"</style"), (b"<!--", b"-->")):
        if start in low:
            parts, position = [], 0
            while (begin := low.find(start, position)) >= 0:
                parts.append(low[position:begin])
                close = low.find(end, begin)
                position = close + len(end) if close >= 0 else len(low)
            parts.append(low[position:])
            low = b" ".join(parts)
    return low


def running_text(visible: bytes, enough: int) -> int:
    """Give the bytes of running text outside links, counted until there is `enough`."""
    total = 0
    for match in PARAGRAPH.finditer(visible):
        inside = match.group(1)
        if len(inside) >= 40:
            length = len(b" ".join(TAGS.sub(b" ", LINKED.sub(b" ", inside)).split())) if b"<" in inside else len(inside)
            total += length if length >= 40 else 0
            if total >= enough:
                return total
    if total < ARTICLE_LETTERS:  # texts set with <br> or in bare boxes
        loose = (len(b" ".join(part.split())) for part in TAGS.split(LINKED.sub(b" ", visible)))
        total = max(total, sum(length for length in loose if length >= 100))
    return total


def _words(match: re.Match[bytes] | None) -> str:
    return " ".join(TAGS.sub(b" ", match.group(1)).decode("utf-8", errors="replace").split()) if match else ""


def _challenge(low: bytes, pattern: re.Pattern[bytes] = CHALLENGE) -> Judgement | None:
    found = pattern.search(low[:SIGNS_WITHIN])
    return Judgement("challenge", found.group(0).decode("ascii", errors="replace")[:60]) if found else None


def _challenge_page(low: bytes, body: bytes, running: int) -> Judgement | None:
    """A challenge is told by its words and by holding nothing else: a captcha under an article is a comment form."""
    if running >= 600 or low.count(b"<a ") > 20:
        return None
    found = _challenge(low)
    if found:
        return found
    text = body[:20_000].decode("utf-8", errors="replace").lower()
    words = next((words for words in CHALLENGE_VN if words in text), "")
    if words:
        return Judgement("challenge", words)
    if running < ARTICLE_LETTERS:
        found = _challenge(low, CHALLENGE_PART)
        if found:
            return found
        if len(low) < 6000 and RELOAD.search(low):
            return Judgement("challenge", "sets a cookie by script and reloads")
    return None


def _moved(url: str, asked: str) -> Judgement | None:
    here, there = urlsplit(url).path, urlsplit(asked).path
    if here == there:
        return None
    if here in {"", "/"}:
        return Judgement("soft-404", "redirected to the home page")
    if re.search(r"(?i)/(?:dang-nhap|login|signin|account|sso|auth)\b", here):
        return Judgement("login", "redirected to a login")
    if re.search(r"(?i)/(?:404|not-?found|error|khong-tim-thay|page-not-found)\b", here):
        return Judgement("soft-404", "redirected to an error page")
    return None


def _login(low: bytes, body: bytes, running: int) -> Judgement | None:
    title = _words(TITLE.search(body))
    if LOGIN_TITLE.match(title) and running < 600:
        return Judgement("login", title[:60])
    wall = LOGIN_WALL.search(TAGS.sub(b" ", body).decode("utf-8", errors="replace"))
    if wall and (running < 600 or PASSWORD.search(low)):
        return Judgement("login", wall.group(0)[:60])
    if running < ARTICLE_LETTERS and low.count(b"<a ") < 20 and PASSWORD.search(low):
        return Judgement("login", "a password field and little else")
    return None


def _cut(low: bytes, flags: tuple[str, ...]) -> str:
    if "dataloss" in flags:
        return "shorter than announced"
    if "cut-encoding" in flags:
        return "the compressed body is cut"
    tail = low[-4000:]
    if b"</html" in tail or b"</body" in tail or b"<html" not in low[:4000]:
        return ""
    if "partial" in flags:
        return "the connection ended before </html>"
    end = low.rstrip()[-300:]
    if end.rfind(b"<") > end.rfind(b">"):
        return "ends inside a tag"
    return "ends inside a script" if low.count(b"<script") > low.count(b"</script") else ""


def _soft_404(body: bytes, running: int) -> Judgement | None:
    for match in (TITLE.search(body), H1.search(body)):
        words = _words(match)
        if running < 1200 and GONE.search(words):
            return Judgement("soft-404", words[:60])
    return None


def _error(status: int, low: bytes) -> Judgement | None:
    if status in {401, 407}:
        return Judgement("login", f"HTTP {status}")
    if status == 403 and RELOAD.search(low[:6000]):
        return Judgement("challenge", "HTTP 403, sets a cookie by script")
    return None
