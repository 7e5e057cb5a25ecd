"""What came back: an article, or one of the many things that only look like one. Pure; reads bytes, parses none."""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from crawler.signs import (
    ARTICLE_MARK,
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
    SCRIPTS,
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


def judge(
    status: int, headers: Mapping[str, str], body: bytes, url: str, *, asked: str = "", flags: tuple[str, ...] = ()
) -> Judgement:
    """Say what an answer is. `asked` is the address asked for (default `url`), `flags` are what the transport noticed.

    Kinds: `article` is the only one that is read; `list` holds links; `challenge`, `login`, `soft-404`, `shell`,
    `truncated` and `error` are as they are called; `other` is what none of them fits (binary, empty, a notice).
    """
    if status >= 400:
        found = _challenge(body) or _challenge(body, CHALLENGE_PART) or _error(status, body)
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
    visible = SCRIPTS.sub(b" ", body)
    title = _words(TITLE.search(body))
    running, heads = running_text(visible)
    found = _challenge_page(body, running) or _login(body, title, running, url, asked)
    if found:
        return found
    if _cut(body, flags):
        return Judgement("truncated", _cut(body, flags))
    found = _soft_404(title, _words(H1.search(visible)), running, heads, (url, asked))
    if found:
        return found
    marked = bool(ARTICLE_MARK.search(body))
    if running >= ARTICLE_LETTERS:
        links = visible.count(b"<a ")
        if not marked and links > 30 and running < 25 * links:
            return Judgement("list", f"{links} links, little text")
        return Judgement("article")
    return _too_little(body, visible, marked)


def _too_little(body: bytes, visible: bytes, marked: bool) -> Judgement:
    links = visible.count(b"<a ")
    letters = len(b" ".join(TAGS.sub(b" ", visible).split()))
    scripts = body.lower().count(b"<script")
    empty_root = SHELL_ROOT.search(visible) and letters < 600
    if (empty_root and scripts) or (NEEDS_SCRIPT.search(body) and letters < 600):
        return Judgement("shell", "needs JavaScript")
    if scripts and letters < 120:
        return Judgement("shell", f"{letters} letters beside {scripts} scripts")
    if links >= 10:
        return Judgement("list", f"{links} links, little text")
    if marked or letters >= 2 * ARTICLE_LETTERS:
        return Judgement("article", "short")
    if letters >= 60 and links < 10:
        return (
            Judgement("article", "short")
            if re.search(rb"(?i)<h1|<p[\s>]", visible)
            else Judgement("other", "little text")
        )
    return Judgement("other", "little text")


def running_text(visible: bytes) -> tuple[int, int]:
    """Give the bytes of running text outside links, and how many pieces of it there are."""
    total = pieces = 0
    for match in PARAGRAPH.finditer(visible):
        text = b" ".join(TAGS.sub(b" ", LINKED.sub(b" ", match.group(2))).split())
        if len(text) >= 40:
            total += len(text)
            pieces += 1
    if total < ARTICLE_LETTERS:  # texts set with <br> or in bare boxes
        loose = [b" ".join(part.split()) for part in re.split(rb"(?s)<[^>]{0,2000}>", LINKED.sub(b" ", visible))]
        long_ones = [part for part in loose if len(part) >= 100]
        if sum(map(len, long_ones)) > total:
            return sum(map(len, long_ones)), len(long_ones)
    return total, pieces


def _words(match: re.Match[bytes] | None) -> str:
    return " ".join(TAGS.sub(b" ", match.group(1)).decode("utf-8", errors="replace").split()) if match else ""


def _challenge(body: bytes, pattern: re.Pattern[bytes] = CHALLENGE) -> Judgement | None:
    found = pattern.search(body[:60_000])
    if found:
        return Judgement("challenge", found.group(0).decode("ascii", errors="replace").lower()[:60])
    return None


def _challenge_page(body: bytes, running: int) -> Judgement | None:
    """A challenge is told by its words and by holding nothing else: a captcha under an article is a comment form."""
    if running < 600:
        found = _challenge(body)
        if found:
            return found
        text = body[:20_000].decode("utf-8", errors="replace").lower()
        words = next((words for words in CHALLENGE_VN if words in text), "")
        if words:
            return Judgement("challenge", words)
    if running < ARTICLE_LETTERS:
        found = _challenge(body, CHALLENGE_PART)
        if found:
            return found
        if len(body) < 6000 and RELOAD.search(body):
            return Judgement("challenge", "sets a cookie by script and reloads")
    return None


def _login(body: bytes, title: str, running: int, url: str, asked: str) -> Judgement | None:
    moved = urlsplit(url).path != urlsplit(asked).path
    if moved and re.search(r"(?i)/(?:dang-nhap|login|signin|account|sso|auth)\b", urlsplit(url).path):
        return Judgement("login", "redirected to a login")
    if LOGIN_TITLE.match(title) and running < 600:
        return Judgement("login", title[:60])
    if running < 1500:
        wall = LOGIN_WALL.search(TAGS.sub(b" ", body).decode("utf-8", errors="replace"))
        if wall and (running < 600 or PASSWORD.search(body)):
            return Judgement("login", wall.group(0)[:60])
    if PASSWORD.search(body) and running < ARTICLE_LETTERS:
        return Judgement("login", "a password field and little else")
    return None


def _cut(body: bytes, flags: tuple[str, ...]) -> str:
    if "dataloss" in flags:
        return "shorter than announced"
    if "cut-encoding" in flags:
        return "the compressed body is cut"
    tail = body[-4000:].lower()
    closed = b"</html" in tail or b"</body" in tail
    if not closed and b"<html" in body[:4000].lower():
        if "partial" in flags:
            return "the connection ended before </html>"
        end = body.rstrip()[-300:]
        if end.rfind(b"<") > end.rfind(b">"):
            return "ends inside a tag"
        opened, shut = body.lower().count(b"<script"), body.lower().count(b"</script")
        if opened > shut:
            return "ends inside a script"
    return ""


def _soft_404(title: str, heading: str, running: int, pieces: int, urls: tuple[str, str]) -> Judgement | None:
    url, asked = urls
    if urlsplit(url).path in {"", "/"} and urlsplit(asked).path not in {"", "/"}:
        return Judgement("soft-404", "redirected to the home page")
    if re.search(r"(?i)/(?:404|not-?found|error|khong-tim-thay|page-not-found)\b", urlsplit(url).path) and url != asked:
        return Judgement("soft-404", "redirected to an error page")
    for words in (title, heading):
        found = GONE.search(words)
        if found and running < 1200:
            return Judgement("soft-404", words[:60])
    return None


def _error(status: int, body: bytes) -> Judgement | None:
    if status in {401, 407}:
        return Judgement("login", f"HTTP {status}")
    if status == 403 and RELOAD.search(body[:6000]):
        return Judgement("challenge", "HTTP 403, sets a cookie by script")
    return None
