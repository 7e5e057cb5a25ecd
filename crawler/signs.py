"""The signs by which an answer is told apart: words and mark-up of challenges, walls, error pages, articles.

Patterns of bytes are for pages in lower case, but those for titles and headings.
"""

import re

TAGS = re.compile(rb"<[^>]{0,2000}>")
PARAGRAPH = re.compile(
    rb"<(?:p|h[1-3]|td|blockquote|figcaption)(?=[\s>])[^>]*>"
    rb"([^<]*(?:<(?!/?(?:p|h[1-3]|td|div|blockquote)[\s>])[^<]*)*)"
)
LINKED = re.compile(rb"<a\s[^>]*>[^<]*(?:<(?!/a)[^<]*)*")
TITLE = re.compile(rb"(?is)<title[^>]*>(.{0,600}?)</title")
H1 = re.compile(rb"(?is)<h1[^>]*>(.{0,800}?)</h1")

CHALLENGE = re.compile(
    rb"just a moment\.\.\.|attention required! \| cloudflare|checking your browser|ddos protection by"
    rb"|verify(?:ing)? (?:that )?you are (?:a )?human|please enable (?:javascript and )?cookies"
    rb"|enable cookies to continue|_incapsula_resource|sucuri_cloudproxy|cf_chl_opt|px-captcha"
)
CHALLENGE_PART = re.compile(
    rb"cf-chl|challenge-platform|/cdn-cgi/challenge|datadome|g-recaptcha|h-captcha|hcaptcha\.com|cf-turnstile|geetest"
    rb"|aes\.js|slowaes|__test=|captcha"
)
"""Also on honest pages (a comment form, a beacon): they accuse only a page that holds nothing else."""
CHALLENGE_VN = (
    "không phải là người máy", "không phải robot", "không phải là robot", "xác minh bạn là con người",
    "kiểm tra trình duyệt", "nhập mã xác nhận", "truy cập bất thường", "yêu cầu bất thường",
)  # fmt: skip
RELOAD = re.compile(
    rb"(?:document\.cookie\s*=|setcookie\().{0,2000}(?:location\s*(?:\.\s*(?:reload|href|replace)|=)|window\.location)",
    re.S,
)
GONE = re.compile(
    r"(?i)^\W*(?:(?:lỗi|error|http)\s*:?\s*)?404\b(?!\s+(?:người|hộ|đơn vị|tỷ|tỉ|triệu|trường hợp|học sinh|thẻ))"
    r"|\b(?:lỗi|error) 404\b"
    r"|\b404 (?:not found|error)|page (?:was )?not found|^not found$|page (?:does not|doesn't) exist"
    r"|(?:không tìm thấy|không tồn tại|đã bị (?:xóa|xoá|gỡ)).{0,20}(?:trang|bài viết|nội dung|đường dẫn|liên kết)"
    r"|(?:trang|bài viết|nội dung|đường dẫn|liên kết|tin bài).{0,40}"
    r"(?:không tìm thấy|không tồn tại|không còn|đã bị (?:xóa|xoá|gỡ))"
)
LOGIN_TITLE = re.compile(r"(?i)^\s*(?:đăng nhập|dang nhap|log ?in|sign ?in|đăng ký tài khoản)\b")
LOGIN_WALL = re.compile(
    r"(?i)đăng nhập để (?:đọc|xem) (?:tiếp|toàn|đầy|bài|nội dung)"
    r"|dành (?:riêng )?cho (?:thuê bao|hội viên|bạn đọc trả phí)"
    r"|mua gói (?:đọc|thuê bao)|subscribe to (?:read|continue)|(?:log|sign) in to (?:read|continue)"
)
PASSWORD = re.compile(rb"<input[^>]+type\s*=\s*[\"']?password")
SHELL_ROOT = re.compile(
    rb"<div[^>]+id\s*=\s*[\"']?(?:app|root|__next|__nuxt|main-app|q-app|application)[\"'\s>]|<app-root"
)
NEEDS_SCRIPT = re.compile(rb"(?s)<noscript[^>]*>.{0,400}?(?:javascript|js).{0,400}?</noscript>")
ARTICLE_MARKS = (
    b'"newsarticle"', b'"article"', b'"blogposting"', b"article:published_time", b'itemprop="articlebody"',
    b'content="article"', b"content='article'", b"its_publication", b'data-role="publishdate"',
)  # fmt: skip
"""In lower case: only the page of one article bears these."""
BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"RIFF",
    b"\x00\x00\x00",
    b"ID3",
    b"\xd0\xcf\x11\xe0",
)
HTML_TYPES = {
    "",
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "application/octet-stream",
    "text/xml",
    "application/xml",
}
UTF16 = (b"\xff\xfe", b"\xfe\xff")
