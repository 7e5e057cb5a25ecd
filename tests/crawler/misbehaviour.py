"""The table of misbehaviours: what a server does, and what must stand in the record afterwards."""

import gzip
from dataclasses import dataclass, field

from tests.crawler import hostile
from tests.crawler.hostile import Play, answer, article, feed

BAD = "/bai-viet-kho-chiu-a1001.html"
GOOD = ("/bai-viet-tu-te-thu-nhat-a1002.html", "/bai-viet-tu-te-thu-hai-a1003.html")
UTF16 = article().decode().encode("utf-16")
CUT = article()[: len(article()) // 2]


@dataclass(frozen=True)
class Case:
    """One way to misbehave. `outcome` and `kind` are those recorded for the article `BAD`; "" where none may be."""

    name: str
    does: str
    pages: dict[str, Play] = field(default_factory=dict)
    outcome: str = ""
    kind: str = ""
    reason: str = ""
    """Must stand in the recorded reason."""
    good: int = 2
    """How many of the two good articles must come through."""
    verdict: str = ""
    declares: dict = field(default_factory=dict)


def bad(name, does, play, outcome, kind="", reason="", **more):
    """A case in which one article's answer misbehaves."""
    return Case(name, does, {BAD: play}, outcome, kind, reason, **more)


def html(text):
    """A page of these words."""
    return f"<html><head><meta charset='utf-8'></head><body>{text}</body></html>".encode()


def redirect(to, status="302 Found"):
    """An answer that leads elsewhere."""
    return answer(b"", status, Location=to)


ANSWERS = [
    bad("silent", "accepts and never answers", hostile.silence, "timeout"),
    bad("drip", "sends a byte now and then", hostile.drip, "timeout"),
    bad("slow-head", "sends its headers letter by letter", hostile.slow_head, "timeout"),
    bad("hang-up", "closes without a word", hostile.hang_up, "failed"),
    bad("reset", "resets in the middle of the page", hostile.reset, "failed", "truncated"),
    bad("too-long", "announces more than it sends", answer(article(), length=99_999), "failed", "truncated"),
    bad("too-short", "announces less than it sends", answer(article(), length=230), "failed"),
    bad("chunk-cut", "ends inside a chunk", hostile.chunk_cut, "failed", "truncated"),
    bad("closed-early", "closes before the page ends", answer(CUT, length=""), "failed", "truncated"),
    bad("inside-a-tag", "is cut inside a tag, with the right length", answer(CUT + b"<div cla"), "failed", "truncated"),
    bad("bomb", "packs 32 MB into 32 KB", hostile.bomb(), "failed", reason="cap"),
    bad("bomb-deflate", "packs 32 MB with deflate", hostile.bomb("deflate"), "failed", reason="cap"),
    bad("bomb-brotli", "packs 32 MB with brotli", hostile.bomb("br"), "failed", reason="cap"),
    bad("bomb-zstd", "packs 32 MB with zstd", hostile.bomb("zstd"), "failed", reason="cap"),
    bad("bomb-twice", "packs what is packed", hostile.bomb("gzip, gzip"), "failed"),
    bad("brotli-lie", "says brotli and sends plain", answer(article(), Content_Encoding="br"), "failed", "error"),
    bad("gzip-cut", "packs, and cuts the end",
        answer(gzip.compress(article())[:-60], Content_Encoding="gzip"), "failed", "truncated"),
    bad("gzip-lie", "says gzip and sends plain", answer(article(), Content_Encoding="gzip"), "failed", "error"),
    bad("gzip-good", "packs as it should", answer(gzip.compress(article()), Content_Encoding="gzip"), "new", "article"),
    bad("too-large", "announces 50 MB", answer(b"x" * 1000, length=50_000_000), "failed", reason="cap"),
    bad("endless", "never stops sending", hostile.endless, "failed", reason="cap"),
    bad("endless-head", "never stops sending headers", hostile.endless_head, "failed"),
    bad("garbage", "does not speak HTTP", b"\x00\x01\x02 hello there\r\n\r\n", "failed"),
    bad("status-999", "answers with an unheard-of status", answer(article(), "999 Denied"), "failed", "error"),
]  # fmt: skip

REDIRECTS = [
    Case("loop", "redirects in a circle", {BAD: redirect(BAD + "?x=1"), BAD + "?x=1": redirect(BAD)}, "failed",
         reason="redirections"),
    Case("moved", "moved an article within the site", {BAD: redirect("/bai-viet-da-doi-cho-a1001.html", "301 Moved"),
         "/bai-viet-da-doi-cho-a1001.html": answer(article("Đã đổi chỗ"))}, "same"),
    Case("refresh", "moved an article by a meta refresh",
         {BAD: answer(html("<meta http-equiv='refresh' content='0;url=/bai-viet-da-doi-cho-a1001.html'>")),
          "/bai-viet-da-doi-cho-a1001.html": answer(article("Đã đổi chỗ"))}, "same"),
    bad("self", "redirects to itself", redirect(BAD), "failed", reason="redirections"),
    bad("cookie-wall", "redirects to itself until a cookie comes back", hostile.cookie_wall, "failed"),
    bad("to-private", "redirects to a private address", redirect("http://10.0.0.1/x"), "skipped", reason="not public"),
    bad("to-metadata", "redirects to the cloud's metadata", redirect("http://169.254.169.254/latest"), "skipped"),
    bad("to-loopback", "redirects to a port that is not listed", redirect("http://127.0.0.1:9/x"), "skipped"),
    bad("to-decimal", "hides a loopback address in a number", redirect("http://2130706433:9/"), "skipped"),
    bad("to-mapped", "hides one in IPv6", redirect("http://[::ffff:127.0.0.1]:9/"), "skipped"),
    bad("to-nat64", "hides one behind NAT64", redirect("http://[64:ff9b::7f00:1]:9/"), "skipped", reason="not public"),
    bad("to-octal", "writes a loopback address in octal", redirect("http://0177.0.0.1:9/"), "skipped"),
    bad("to-hex", "writes one in hexadecimal", redirect("http://0x7f.1:9/"), "skipped"),
    bad("to-link-local", "redirects to a link-local address", redirect("http://[fe80::1]/"), "skipped"),
    bad("to-cgnat", "redirects into a carrier's net", redirect("http://100.64.0.1/"), "skipped"),
    bad("to-localhost", "redirects to localhost by name", redirect("http://localhost:{port}/x"), "skipped"),
    bad("to-file", "redirects to a file", redirect("file:///etc/passwd"), "failed", reason="leads nowhere"),
    bad("to-home", "redirects what it removed to its home page", redirect("/"), "gone", "soft-404"),
    bad("to-login", "redirects to a login", redirect("/dang-nhap?next=x"), "blocked", "login"),
    bad("to-nowhere", "redirects without saying where", answer(b"", "302 Found"), "failed"),
    bad("refresh-loop", "refreshes to itself for ever",
        answer(html(f"<meta http-equiv='refresh' content='0;url={BAD}'>")), "failed", reason="redirections"),
]  # fmt: skip

LOOKALIKES = [
    bad("challenge", "asks for patience and a browser, with status 200",
        answer(html("<title>Just a moment...</title><p>Checking your browser before accessing.</p>"
                    "<script src='/cdn-cgi/challenge-platform/x.js'></script>")), "blocked", "challenge"),
    bad("cookie-script", "sets a cookie by script and reloads",
        answer(b"<html><script>document.cookie='D1N=abc';window.location.reload();</script></html>"), "blocked",
        "challenge"),
    bad("captcha-vn", "asks whether you are a robot", answer(html("<p>Vui lòng xác nhận bạn không phải là robot</p>")),
        "blocked", "challenge"),
    bad("challenge-403", "asks for a browser, with status 403",
        answer(html("Attention Required! | Cloudflare"), "403 Forbidden"), "blocked"),
    bad("forbidden", "answers 403", answer(b"no", "403 Forbidden"), "blocked"),
    bad("unauthorized", "answers 401", answer(b"no", "401 Unauthorized"), "blocked"),
    bad("gone", "answers 410", answer(b"gone", "410 Gone"), "gone"),
    bad("missing", "answers 404", answer(article("404"), "404 Not Found"), "gone"),
    bad("broken", "answers 500", answer(b"oops", "500 Internal Server Error"), "failed"),
    bad("soft-404", "says 'not found' with status 200",
        answer(html("<title>Trang không tồn tại</title><h1>404</h1><p>Bài viết đã bị xóa.</p>")), "gone", "soft-404"),
    bad("shell", "sends an empty page that needs JavaScript",
        answer(html("<div id='app'></div><noscript>Please enable JavaScript</noscript><script src='/a.js'></script>")),
        "failed", "shell"),
    bad("login-wall", "wants a subscriber",
        answer(html("<h1>Bài</h1><p>Đăng nhập để đọc tiếp</p><input type='password'>")), "blocked", "login"),
    bad("list", "sends a list of links", answer(html("<h1>Xã hội</h1>" + "<a href='/x'>tin</a>" * 60)), "list", "list"),
    bad("image", "sends a picture as text/html", answer(b"\x89PNG\r\n\x1a\n" + bytes(500)), "skipped", "other"),
    bad("pdf", "sends a PDF", answer(b"%PDF-1.7 ...", kind="application/pdf"), "skipped", "other"),
    bad("empty", "sends nothing, with status 200", answer(b""), "skipped"),
    bad("unasked-304", "says 'not modified' to whom never asked", answer(b"", "304 Not Modified"), "failed"),
    bad("charset-lie", "declares a charset that its bytes are not",
        answer(article(), kind="text/html; charset=iso-8859-1"), "new", "article"),
    bad("utf-16", "writes UTF-16", answer(UTF16, kind="text/html"), "new", "article"),
    bad("stray-end", "closes <html> right after opening it",
        answer(article().replace(b"<head>", b"</html><head>", 1)), "new", "article"),
    bad("number-404", "has a headline that begins with 404",
        answer(article("404 người tham gia bảo hiểm xã hội tự nguyện")), "new", "article"),
    bad("no-type", "does not say what it sends", answer(article(), kind=""), "new", "article"),
]  # fmt: skip


def robots(text):
    """A robots.txt of these lines."""
    return answer(text if isinstance(text, bytes) else text.encode(), kind="text/plain")


def xml(body):
    """A feed or sitemap of these bytes."""
    return answer(body, kind="text/xml")


FORBIDS_ONE = f"User-agent: *\nDisallow: {BAD}"
HONEST = answer(article())
HOME = answer(html("".join(f"<h3><a href='{path}'>Bài</a></h3>" for path in GOOD)))
XXE = b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss"
FOREIGN = (
    "http://10.0.0.1/bai-viet-rat-dai-a1.html",
    "http://khac.example/bai-viet-rat-dai-a2.html",
    "javascript:x(1)",
)
TWINS = [f"{GOOD[0]}?utm_source={n}&fbclid={n}#x" for n in range(5)]
SELF_INDEX = b"<sitemapindex><sitemap><loc>http://127.0.0.1:{port}/sitemap.xml</loc></sitemap></sitemapindex>"
SECTION = {"feeds": [], "sections": ["/xa-hoi"]}

ROBOTS = [
    Case("robots-all", "forbids everything", {"/robots.txt": robots("User-agent: *\nDisallow: /")},
         good=0, verdict="blocked"),
    Case("robots-us", "forbids us by name",
         {"/robots.txt": robots("User-agent: ansinh\nDisallow: /\n\nUser-agent: *\nAllow: /")},
         good=0, verdict="blocked"),
    Case("robots-one", "forbids one article", {"/robots.txt": robots(FORBIDS_ONE), BAD: HONEST}, outcome="refused"),
    Case("robots-500", "cannot find its robots.txt just now", {"/robots.txt": answer(b"", "500 Oops")},
         good=0, verdict="failing"),
    Case("robots-429", "wants fewer questions about robots.txt", {"/robots.txt": answer(b"", "429 Slow")},
         good=0, verdict="failing"),
    Case("robots-silent", "never answers for robots.txt", {"/robots.txt": hostile.silence}, good=0, verdict="failing"),
    Case("robots-html", "sends a web page as robots.txt", {"/robots.txt": answer(html("Disallow: /"))}),
    Case("robots-403", "refuses its robots.txt", {"/robots.txt": answer(b"", "403 Forbidden")}),
    Case("robots-bom", "begins robots.txt with a byte-order mark",
         {"/robots.txt": robots(b"\xef\xbb\xbf" + FORBIDS_ONE.replace("\n", "\r\n").encode()), BAD: HONEST},
         outcome="refused"),
    Case("robots-moved", "redirects robots.txt",
         {"/robots.txt": redirect("/r.txt"), "/r.txt": robots(FORBIDS_ONE), BAD: HONEST}, outcome="refused"),
    Case("robots-loop", "redirects robots.txt in a circle", {"/robots.txt": redirect("/robots.txt")},
         good=0, verdict="failing"),
    Case("robots-huge", "sends 2 MB of rules",
         {"/robots.txt": robots(b"User-agent: *\n" + b"Disallow: /x\n" * 160_000)}),
    Case("robots-binary", "sends bytes that are no text", {"/robots.txt": robots(bytes(range(256)) * 8)}),
]  # fmt: skip

LISTS = [
    Case("feed-empty", "has an empty feed", {"/rss": xml(feed())}, good=0),
    Case("feed-html", "sends its home page as the feed", {"/rss": answer(html("<p>Trang chủ</p>"))}, good=0),
    Case("feed-challenge", "asks the feed's reader for a browser",
         {"/rss": answer(html("<title>Just a moment...</title>"))}, good=0, verdict="blocked"),
    Case("feed-404", "has no feed any more, but a home page", {"/": HOME, "/rss": hostile.NOT_FOUND}),
    Case("feed-silent", "never sends its feed", {"/rss": hostile.silence, "/": hostile.silence},
         good=0, verdict="failing"),
    Case("feed-bom", "puts a byte-order mark and blank lines before the feed",
         {"/rss": xml(b"\xef\xbb\xbf\n\n\n" + feed(*GOOD))}),
    Case("feed-entities", "writes HTML entities and stray signs into XML",
         {"/rss": xml(feed(*GOOD).replace(b"<title>B", b"<title>&nbsp;R&D &eacute; B"))}),
    Case("feed-cut", "cuts its feed in the middle", {"/rss": xml(feed(*GOOD)[:-40])}),
    Case("feed-xxe", "hides a file in an entity", {"/rss": xml(feed(*GOOD).replace(b"<rss", XXE))}),
    Case("feed-foreign", "names private and foreign addresses", {"/rss": xml(feed(*FOREIGN, *GOOD))}),
    Case("feed-twins", "names an article five times with tracking", {"/rss": xml(feed(*TWINS, GOOD[1]))}),
    Case("paging", "has a next page for ever", {"*": hostile.next_list}, good=0, declares=SECTION),
    Case("paging-same", "repeats its first page for ever", {"*": hostile.same_list},
         good=0, declares=SECTION),
    Case("index-deep", "nests sitemap indexes for ever", {"*": hostile.deep_index},
         good=0, declares={"feeds": [], "sitemaps": ["/sitemap.xml"]}),
    Case("index-self", "has a sitemap index that names itself", {"/sitemap.xml": xml(SELF_INDEX)},
         declares={"sitemaps": ["/sitemap.xml"]}),
]  # fmt: skip

CASES = [*ANSWERS, *REDIRECTS, *LOOKALIKES, *ROBOTS, *LISTS]
