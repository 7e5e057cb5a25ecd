"""One address for one article: canonical URLs, and which site an address belongs to."""

import re
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?i)^(utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|zanpid|zarsrc|mc_cid|mc_eid|igshid|_ga|_gl|vgo_ee"
    r"|ref_src|ref_url|gidzl|cmpid|spm|fb_action_ids|fb_ref|share|reloaded|vnnref|itm_\w+|at_\w+|pk_\w+)$"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE_PATH = "/:@!$&'()*+,;=~-._%"
_SAFE_QUERY = "/:@!$'()*,;~-._?"
_MAX_URL = 2048


def canonical(url: str, base: str = "") -> str:
    """Give the address that names a page: lower-case scheme and host, no fragment, default port or tracking parameters.

    `base` resolves relative addresses. Gives "" for what is no http(s) address (mailto:, javascript:, data:, broken
    ports, more than 2,048 characters): callers drop those.
    """
    cleaned = re.sub(r"[\t\r\n]", "", url.strip())
    try:
        parts = urlsplit(urljoin(base, cleaned) if base else cleaned)
        port = parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").rstrip(".")
    if scheme not in _DEFAULT_PORTS or not host or " " in host:
        return ""
    host = _ascii_host(host)
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        netloc += f":{port}"
    result = urlunsplit((scheme, netloc, _path(parts.path), _query(parts.query), ""))
    return result if len(result) <= _MAX_URL else ""


def _ascii_host(host: str) -> str:
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()


def _path(path: str) -> str:
    if not path:
        return "/"
    segments = _without_dots(path.split("/"))
    return quote(_decoded("/".join(segments)), safe=_SAFE_PATH)


def _without_dots(segments: list[str]) -> list[str]:
    kept: list[str] = []
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return kept if kept and kept[0] == "" else ["", *kept]


def _decoded(text: str) -> str:
    """Write percent-encodings one way: letters decoded and encoded again, reserved signs left as they stand."""

    def one(match: re.Match[str]) -> str:
        sign = unquote(match.group(0), errors="strict")
        return sign if sign.isalnum() or sign in "-._~" else match.group(0).upper()

    try:
        return re.sub(r"(?:%[89A-Fa-f][0-9A-Fa-f])+|%[0-7][0-9A-Fa-f]", one, text)
    except UnicodeDecodeError:
        return text


def _query(query: str) -> str:
    if not query:
        return ""
    kept = [
        (key, value)
        for key, value in parse_qsl(query, keep_blank_values=True, max_num_fields=200)
        if not _TRACKING.match(key)
    ]
    return "&".join(
        f"{quote(key, safe=_SAFE_QUERY)}={quote(value, safe=_SAFE_QUERY)}" if value else quote(key, safe=_SAFE_QUERY)
        for key, value in kept
    )


def site_of(url: str) -> str:
    """Give `host` or `host:port` of an address, lower-case; default ports are left out; "" for no http(s) address."""
    return urlsplit(canonical(url)).netloc


def host_and_port(url: str) -> tuple[str, int]:
    """Give host and port of an address; port 0 where the scheme has none."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = None
    return (parts.hostname or "").lower(), port or _DEFAULT_PORTS.get(parts.scheme.lower(), 0)


def belongs(url: str, sites: frozenset[str]) -> bool:
    """Say whether an address lies on one of the sites (`host` or `host:port`) or on a sub-host of one."""
    netloc = urlsplit(url).netloc.lower()
    bare = netloc.removeprefix("www.")
    return any(netloc == site or bare == site.removeprefix("www.") or netloc.endswith("." + site) for site in sites)


def variants(url: str) -> tuple[str, ...]:
    """Give the same address with the other scheme and with or without `www.`: where an article may be known already."""
    parts = urlsplit(url)
    hosts = [parts.netloc]
    if not re.match(r"^[\d.\[]|localhost", parts.netloc):
        bare = parts.netloc.removeprefix("www.")
        hosts = [parts.netloc, bare if bare != parts.netloc else "www." + bare]
    schemes = [parts.scheme] if parts.port else [parts.scheme, "http" if parts.scheme == "https" else "https"]
    found = [urlunsplit((scheme, host, parts.path, parts.query, "")) for scheme in schemes for host in hosts]
    return tuple(found[1:])
