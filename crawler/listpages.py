"""List pages: sections, home pages and search results, from which links to articles and the next page are taken."""

import re
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from lxml import etree
from lxml import html as lxml_html

from crawler.dates import read_date
from crawler.feeds import decode_xml
from crawler.found import Found, Listing
from crawler.urls import belongs, canonical

_SLUG = re.compile(r"^[\w%]+(?:[-_][\w%.,]+){3,}$")
_ID = re.compile(r"(?:[-_/]|post|postid|a|n)(\d{4,})(?:\.\w{2,5})?/?$|-[0-9a-f]{7,}/?$")
_NOT_ARTICLE = re.compile(
    r"(?i)\.(?:jpe?g|png|gif|webp|svg|ico|css|js|mp[34]|pdf|docx?|xlsx?|zip|rss|xml|json|apk)$"
    r"|/(?:tag|tags|tu-khoa|chu-de|topic|author|tac-gia|rss|search|tim-kiem|login|dang-nhap|dang-ky|lien-he|gioi-thieu"
    r"|quang-cao|print|share|feed|wp-\w+|video|photo|anh|podcast|e-?paper|sitemap|page|trang|api|category|chuyen-muc"
    r"|cdn-cgi)(?:[/.?]|$)"
)
_SEARCH_FIELD = re.compile(r"(?i)^(?:q|s|k|kw|key|keywords?|query|search|tu-?khoa|text)$")
_SEARCH_PAGE = re.compile(r"(?i)tim-?kiem|search")
_NEXT_WORDS = re.compile(r"(?i)^(?:trang (?:sau|tiếp|kế)|tiếp(?: theo)?|xem thêm|sau|next|older|»|›|>|>>|→)$")
_PAGE_IN_URL = re.compile(r"(?i)(?:[?&](?:page|trang|p|pageindex|paged)=|/(?:page|trang)[/-]|[-/]trang-|/p)(\d{1,4})")
_DATE_NEAR = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?:[\s,|-]+\d{1,2}:\d{2})?|\d{1,2}:\d{2}[\s,|-]+\d{1,2}/\d{1,2}/\d{4}"
)


def parse_page(body: bytes) -> Any | None:
    """Parse HTML leniently; None where nothing can be made of it. A stray `</html>` ends nothing."""
    text = decode_html(body)
    text = re.sub(r"(?i)</(?:html|body)\s*>", "", text)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        return lxml_html.document_fromstring(text) if text.strip() else None
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def decode_html(body: bytes) -> str:
    """Decode a page: byte-order mark, else UTF-8 where it fits, else what its meta tag says, else cp1258."""
    head = body[:2048].lower()
    named = re.search(rb"<meta[^>]+charset\s*=\s*[\"']?([a-z0-9_-]+)", head)
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        if body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            return decode_xml(body, [])
        try:
            return body.decode(named.group(1).decode() if named else "cp1258", errors="replace")
        except LookupError:
            return body.decode("utf-8", errors="replace")


def read_list(body: bytes, url: str, *, sites: frozenset[str], article: str = "", via: Any = "list") -> Listing:
    """Read a list page at `url`: links to articles on `sites` (`host` or `host:port`), in the page's order.

    `article` is a regular expression that the path of an article matches; without one, long slugs and ids decide.
    """
    root = parse_page(body)
    if root is None:
        return Listing(form="none", faults=("empty",))
    base = _base_of(root, url)
    pattern = re.compile(article) if article else None
    own = canonical(url)
    entries: dict[str, Found] = {}
    for anchor in root.iter("a"):
        address = canonical(anchor.get("href") or "", base)
        if not address or address == own or not belongs(address, sites):
            continue
        if not looks_like_article(address, pattern):
            continue
        title = " ".join(" ".join(anchor.itertext()).split()) or (anchor.get("title") or "").strip()
        known = entries.get(address)
        if known is None or (title and len(title) > len(known.title or "")):
            published = known.published if known else _date_near(anchor)
            entries[address] = Found(url=address, title=title[:400] or None, published=published, via=via)
    faults = () if entries else ("empty",)
    return Listing(form="html", entries=tuple(entries.values()), next_page=_next_page(root, base, own), faults=faults)


def _base_of(root: Any, url: str) -> str:
    for node in root.iter("base"):
        if node.get("href"):
            return urljoin(url, str(node.get("href")))
    return url


def looks_like_article(address: str, pattern: re.Pattern[str] | None = None) -> bool:
    """Say whether an address has the form of an article's: by the family's pattern, else by its slug or id."""
    parts = urlsplit(address)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    if pattern is not None:
        return bool(pattern.search(target))
    if parts.path in {"", "/"} or _NOT_ARTICLE.search(parts.path):
        return False
    if re.search(r"(?i)(?:itemid|newsid|articleid|id)=\d+", parts.query):
        return True
    last = parts.path.rstrip("/").rpartition("/")[2]
    stem = re.sub(r"\.(?:s?html?|aspx|php|vnp|tpo|ldo|vov|bbg|chn|epi|amp)$", "", last)
    return bool(_SLUG.match(stem)) or bool(_ID.search(parts.path) and "-" in stem)


def _date_near(anchor: Any) -> Any:
    """Take a date from the link's own box, if that box holds this one article only."""
    box = anchor
    for _ in range(3):
        box = box.getparent()
        if box is None or box.tag in {"body", "html", "main"}:
            return None
        links = {link.get("href") for link in box.iter("a")}
        if len(links) > 2:
            return None
        for moment in box.iter("time"):
            found = read_date(moment.get("datetime") or "".join(moment.itertext()))
            if found:
                return found
        match = _DATE_NEAR.search(" ".join(box.itertext())[:2000])
        if match:
            return read_date(match.group(0))
    return None


def _next_page(root: Any, base: str, own: str) -> str:
    for node in root.iter("link", "a"):
        if "next" in (node.get("rel") or "").lower().split():
            return canonical(node.get("href") or "", base)
    here = _PAGE_IN_URL.search(own)
    wanted = int(here.group(1)) + 1 if here else 2
    worded = ""
    for anchor in root.iter("a"):
        address = canonical(anchor.get("href") or "", base)
        if not address or address == own or urlsplit(address).netloc != urlsplit(own).netloc:
            continue
        page = _PAGE_IN_URL.search(address)
        if page and int(page.group(1)) == wanted:
            return address
        if not worded and page and _NEXT_WORDS.match(" ".join("".join(anchor.itertext()).split())):
            worded = address
    return worded


def search_form(root: Any, url: str) -> str:
    """Give the address of a site's search, `{words}` for the words, from a form that is sent by GET; `""`: none."""
    base = _base_of(root, url)
    for form in root.iter("form"):
        action = canonical(form.get("action") or "", base).partition("?")[0]
        fields = [node for node in form.iter("input") if node.get("name")]
        typed = [node.get("name") for node in fields if (node.get("type") or "text").lower() in {"text", "search"}]
        if (form.get("method") or "get").lower() != "get" or not action or len(typed) != 1:
            continue
        if not (_SEARCH_FIELD.match(typed[0]) or _SEARCH_PAGE.search(urlsplit(action).path)):
            continue
        fixed = [(node.get("name"), node.get("value") or "") for node in fields if node.get("type") == "hidden"]
        return f"{action}?{typed[0]}={{words}}" + (f"&{urlencode(fixed)}" if fixed else "")
    return ""


def feed_links(root: Any, url: str) -> tuple[str, ...]:
    """Give the feeds that a page names by `<link rel="alternate">` or links to, canonical, in order."""
    base = _base_of(root, url)
    found = []
    for node in root.iter("link"):
        kind = (node.get("type") or "").lower()
        if "alternate" in (node.get("rel") or "").lower() and re.search(r"rss|atom|feed\+json", kind):
            found.append(canonical(node.get("href") or "", base))
    for anchor in root.iter("a"):
        address = canonical(anchor.get("href") or "", base)
        if re.search(r"(?i)\.rss$|/rss/[^/]|/feed/?$|/atom\.xml$|/rss\.xml$", urlsplit(address).path):
            found.append(address)
    return tuple(dict.fromkeys(address for address in found if address))
