"""Scrapy's settings for a round, all that matters named; and the limits that a caller may set."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from crawler.addresses import allowed_private
from crawler.downloader import unverified_hosts
from crawler.source import Source

VERSION = "0.1"
AGENT = "ansinh"


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How far a round goes. Times in seconds, sizes in bytes."""

    timeout: float = 30.0
    """One response is given up after this, and tried again in the next round."""
    max_bytes: int = 10 * 1024 * 1024
    """Cap on a body, compressed and decompressed."""
    interval: float = 2.0
    """Least time between two requests to one host, where its source says nothing."""
    max_interval: float = 5.0
    """Where AutoThrottle stops slowing down, unless robots.txt asks for more."""
    per_host: int = 16
    """Requests to one host that may be waiting for their answers at once: a silent page holds up no other."""
    pages: int = 400
    """Articles a round fetches from one source; the rest waits for the next round."""
    list_pages: int = 40
    """Feeds, sitemaps and list pages a round reads from one source."""
    round_seconds: float = 0.0
    """Time after which nothing more is asked, what is queued is given up, and only answers on their way are waited
    for; 0: no such limit. For trials, which must end whatever a site's crawl-delay."""
    slow_seconds: float = 135.0
    """Time in which the last request goes out to a host that is asked less often than every `max_interval`: with that
    answer's `timeout`, and the reading, a round stays under three minutes. What does not fit waits for the next."""
    redirects: int = 8
    """Hops followed, HTTP and meta refresh together."""
    contact: str = ""
    """Address or URL in the user agent, so that an editor can reach the operator."""

    @property
    def user_agent(self) -> str:
        """The honest user agent."""
        contact = self.contact or "no contact configured"
        return f"{AGENT}/{VERSION} (+{contact}; reads public news for social insurance figures)"


_FIXED: dict[str, Any] = {
    "BOT_NAME": AGENT,
    "ROBOTSTXT_OBEY": True,
    "ROBOTSTXT_USER_AGENT": None,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "COOKIES_ENABLED": False,
    "RETRY_ENABLED": False,
    "HTTPPROXY_ENABLED": False,
    "HTTPERROR_ALLOW_ALL": True,
    "HTTPCACHE_ENABLED": False,
    "REFERRER_POLICY": "no-referrer",
    "METAREFRESH_MAXDELAY": 10,
    "METAREFRESH_IGNORE_TAGS": ["noscript", "script"],
    "DOWNLOADER": "crawler.pacing.HostDownloader",
    "DOWNLOAD_HANDLERS": {
        "http": "crawler.downloader.CheckedHandler",
        "https": "crawler.downloader.CheckedHandler",
        "ftp": None,
        "file": None,
        "s3": None,
        "data": None,
    },
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "DOWNLOAD_WARNSIZE": 0,
    "DOWNLOAD_FAIL_ON_DATALOSS": False,
    "DOWNLOAD_DELAY_JITTER": 0,
    "AUTOTHROTTLE_ENABLED": True,
    "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
    "CONCURRENT_REQUESTS": 0,
    "CONCURRENT_ITEMS": 1,  # Scrapy starts so many tasks for every callback's output
    "DEFAULT_REQUEST_HEADERS": {
        "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "vi,en;q=0.5",
    },
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "crawler.robots.PoliteRobots": 100,
        "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
        "crawler.decoding.CappedDecoding": 590,
        "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
        "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
        "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
        "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
        "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
        "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    },
    "EXTENSIONS": {
        "scrapy.extensions.throttle.AutoThrottle": None,
        "crawler.pacing.HostThrottle": 0,
        "scrapy.extensions.logstats.LogStats": None,
        "scrapy.extensions.corestats.CoreStats": None,
        "scrapy.extensions.logcount.LogCount": None,
        "scrapy.extensions.spiderstate.SpiderState": None,
        "scrapy.extensions.remote_control.RemoteControl": None,
        "scrapy.extensions.telnet.TelnetConsole": None,
        "scrapy.extensions.memdebug.MemoryDebugger": None,
        "scrapy.extensions.closespider.CloseSpider": None,
        "scrapy.extensions.memusage.MemoryUsage": None,
        "scrapy.extensions.feedexport.FeedExporter": None,
    },
    "SPIDER_MIDDLEWARES": {
        "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
        "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
        "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
        "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    },
    "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
    "DOWNLOADER_STATS": False,
    "LOG_ENABLED": False,
    "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
}
"""What holds for every round; parts that are switched off are named twice, so that they are not even imported.

CONCURRENT_REQUESTS 0: each host has its own limit, and the spider hands out few."""


def scrapy_settings(limits: Limits, sources: list[Source], today: date) -> dict[str, Any]:
    """Give the settings of one round's crawl."""
    return _FIXED | {
        "USER_AGENT": limits.user_agent,
        "REDIRECT_MAX_TIMES": limits.redirects,
        "DOWNLOAD_TIMEOUT": limits.timeout,
        "DOWNLOAD_MAXSIZE": limits.max_bytes,
        "DOWNLOAD_DELAY": limits.interval,
        "AUTOTHROTTLE_START_DELAY": limits.interval,
        "AUTOTHROTTLE_MAX_DELAY": limits.max_interval,
        "CONCURRENT_REQUESTS_PER_DOMAIN": limits.per_host,
        "ANSINH_ROUND_SECONDS": limits.round_seconds,
        "ANSINH_SLOW_SECONDS": limits.slow_seconds,
        "ANSINH_ALLOWED_PRIVATE": sorted(allowed_private()),
        "ANSINH_TLS_UNVERIFIED": unverified_hosts(sources, today),
    }
