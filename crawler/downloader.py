"""How pages are fetched: Scrapy's own HTTP/1.1 handler, connecting only to addresses that were checked a moment before.

The check is made on the resolved address, at connect, for every hop, robots.txt included; and it is that very address
which is then connected to, so that a name cannot lead elsewhere between check and use.
"""

import asyncio
import contextlib
import ipaddress
import socket
import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, cast

from scrapy import Request, signals
from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _ScrapyAgent,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import deferred_from_coro, maybe_deferred_to_future
from twisted.internet.endpoints import TCP4ClientEndpoint, TCP6ClientEndpoint, wrapClientTLS
from twisted.internet.interfaces import IStreamClientEndpoint
from twisted.web._newclient import BODY
from twisted.web.client import URI, Agent
from twisted.web.iweb import IAgentEndpointFactory, IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.addresses import check

MAX_HEAD = 128 * 1024
"""Bytes of status line and headers; who sends more is hung up on."""
ROBOTS_BYTES = "robots_bytes"
"""Key in the meta of a request for robots.txt: how many bytes of it are still wanted."""


class _CappedProtocol(_LenientHTTP11ClientProtocol):
    """Ends the connection of a server that sends headers without end."""

    _head_bytes = 0

    def dataReceived(self, bytes: bytes) -> None:  # noqa: N802  # twisted's name
        parser: Any = self._parser
        self._head_bytes = self._head_bytes + len(bytes) if parser is not None and parser.state != BODY else 0
        if self._head_bytes > MAX_HEAD and self.transport is not None:
            self.transport.abortConnection()
            return
        receive: Any = super().dataReceived
        receive(bytes)


class _CappedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _CappedProtocol:  # noqa: N802  # twisted's name
        make: Any = _CappedProtocol
        return cast(_CappedProtocol, make(self._quiescentCallback))


@implementer(IStreamClientEndpoint)
class CheckedEndpoint:
    """Resolves a host, checks every address it leads to, and connects to a checked one."""

    def __init__(self, host: str, port: int, timeout: float, allowed: frozenset[str]) -> None:
        self._host = host
        self._port = port
        self._timeout = timeout
        self._allowed = allowed

    def connect(self, factory: Any) -> Any:
        """Connect; the Deferred fails with RefusedAddressError where the address must not be reached."""
        return deferred_from_coro(self._connect(factory))

    async def _connect(self, factory: Any) -> Any:
        from twisted.internet import reactor

        addresses = await self._resolve()
        usable = check(self._host, self._port, addresses, self._allowed)
        last: Exception | None = None
        for address in usable[:4]:
            kind = TCP6ClientEndpoint if ":" in address else TCP4ClientEndpoint
            endpoint = kind(reactor, address, self._port, timeout=self._timeout)
            try:
                return await maybe_deferred_to_future(endpoint.connect(factory))
            except Exception as error:  # noqa: BLE001  # the next address may answer; the last fault is raised
                last = error
        raise last or OSError("no address")

    async def _resolve(self) -> list[str]:
        with contextlib.suppress(ValueError):
            return [str(ipaddress.ip_address(self._host))]  # nothing to ask
        rows = await _beside(partial(socket.getaddrinfo, self._host, self._port, type=socket.SOCK_STREAM))
        return list(dict.fromkeys(str(row[4][0]) for row in rows))


async def _beside(ask: Callable[[], list[Any]]) -> list[Any]:
    """Resolve a name in a thread of its own: some wait long, and neither another host nor the process's end with them.

    asyncio's own way has a handful of threads for all names.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[Any]] = loop.create_future()

    def settle(rows: list[Any] | None, error: BaseException | None) -> None:
        if not answer.done():
            answer.set_exception(error) if error else answer.set_result(rows or [])

    def work() -> None:
        rows, error = None, None
        try:
            rows = ask()
        except Exception as fault:  # noqa: BLE001  # handed on to who waits
            error = fault
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, rows, error)

    threading.Thread(target=work, name="resolve", daemon=True).start()
    return await answer


@implementer(IAgentEndpointFactory)
class _CheckedEndpoints:
    def __init__(self, tls: Any, timeout: float, allowed: frozenset[str]) -> None:
        self._tls = tls
        self._timeout = timeout
        self._allowed = allowed

    def endpointForURI(self, uri: URI) -> Any:  # noqa: N802  # twisted's name
        """Give the endpoint for an address."""
        host = uri.host.decode("ascii").strip("[]")
        endpoint = CheckedEndpoint(host, uri.port, self._timeout, self._allowed)
        if uri.scheme == b"https":
            options = self._tls.creatorForNetloc(uri.host, uri.port)
            return wrapClientTLS(options, cast(IStreamClientEndpoint, endpoint))
        return endpoint


class _CheckedAgent(_ScrapyAgent):
    allowed: frozenset[str] = frozenset()

    def _get_agent(self, request: Request, timeout: float) -> Agent:
        from twisted.internet import reactor

        endpoints = _CheckedEndpoints(self._contextFactory, timeout, self.allowed)
        make: Any = Agent.usingEndpointFactory
        return cast(Agent, make(reactor, endpoints, pool=self._pool))


class TlsPolicy(_ScrapyClientContextFactory):
    """Verifies certificates, but for the hosts that a source names until a stated day."""

    unverified: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "TlsPolicy":
        """Take the excepted hosts from the settings."""
        policy: TlsPolicy = super().from_crawler(crawler, *args, **kwargs)
        policy.unverified = frozenset(crawler.settings.getlist("ANSINH_TLS_UNVERIFIED"))
        return policy

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802  # twisted's name
        """Give the TLS options for one host."""
        host = hostname.decode("ascii").removeprefix("www.")
        self._verify_certificates = host not in self.unverified
        return super().creatorForNetloc(hostname, port)


class CheckedHandler(HTTP11DownloadHandler):
    """The download handler for http and https. Proxies are not used: they would resolve names themselves."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._contextFactory = cast(IPolicyForHTTPS, TlsPolicy.from_crawler(crawler))
        self._disconnect_timeout: float = 0.1  # type: ignore[assignment]
        self._pool._factory = _CappedFactory
        crawler.signals.connect(self._cut_robots, signal=signals.bytes_received)
        self._allowed = frozenset(crawler.settings.getlist("ANSINH_ALLOWED_PRIVATE"))

    def _cut_robots(self, data: bytes, request: Request) -> None:
        """Read no more of a robots.txt than is looked at; what was read by then holds."""
        if ROBOTS_BYTES in request.meta:
            request.meta[ROBOTS_BYTES] -= len(data)
            if request.meta[ROBOTS_BYTES] < 0:
                raise StopDownload(fail=False)

    async def download_request(self, request: Request) -> Response:
        """Fetch one address; raises what Scrapy raises, or RefusedAddressError."""
        agent = _CheckedAgent(
            contextFactory=self._contextFactory,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
        )
        agent.allowed = self._allowed
        with wrap_twisted_exceptions():
            return await maybe_deferred_to_future(agent.download_request(request))


def unverified_hosts(sources: Any, today: date) -> list[str]:
    """Give the hosts of those sources whose exception for a broken certificate chain is in force."""
    excepted = [source for source in sources if source.accepts_broken_tls(today)]
    return sorted({site.partition(":")[0] for source in excepted for site in source.sites})
