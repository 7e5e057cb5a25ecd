"""What went wrong with a fetch, in a few words, and how it is recorded."""

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost
from twisted.internet.error import TimeoutError as ConnectTimeoutError
from twisted.python.failure import Failure

from crawler.addresses import RefusedAddressError
from model.fetches import Outcome


def causes(error: BaseException) -> list[BaseException]:
    """Give an error and all that it was raised from or wraps, outermost first."""
    found: list[BaseException] = []
    todo: list[BaseException] = [error]
    while todo and len(found) < 20:
        one = todo.pop(0)
        if one in found:
            continue
        found.append(one)
        for inner in (*getattr(one, "reasons", ()), one.__cause__, one.__context__):
            value = inner.value if isinstance(inner, Failure) else inner
            if isinstance(value, BaseException):
                todo.append(value)
    return found


def reason_of(error: BaseException) -> str:
    """Say in a few words what went wrong."""
    chain = causes(error)
    for one in chain:
        if isinstance(one, RefusedAddressError):
            return str(one)
    for one in chain:
        if isinstance(one, DownloadTimeoutError | ConnectTimeoutError | TimeoutError):
            return "no whole answer in time"
        if (isinstance(one, CannotResolveHostError | OSError) and "getaddrinfo" in repr(one)) or _unresolved(one):
            return "the host's name does not resolve"
        if isinstance(one, DownloadConnectionRefusedError | ConnectError | ConnectionRefusedError):
            return "connection refused"
        if isinstance(one, DownloadCancelledError):
            return "larger than the cap"
        if isinstance(one, ResponseDataLossError):
            return "cut off"
    last = chain[-1]
    text = " ".join(str(chain[0]).split())[:160]
    if "certificate verify failed" in repr(chain):
        return "TLS: the certificate does not verify"
    if "certificate" in repr(chain).lower() or "ssl" in type(last).__module__.lower():
        return f"TLS: {text or type(last).__name__}"
    if any(isinstance(one, ConnectionLost | ConnectionDone) for one in chain):
        return "connection lost"
    if any(type(one).__name__ == "ParseError" for one in chain):  # of Twisted's HTTP client, which is no public name
        return "its answer is no HTTP"
    known = isinstance(chain[0], IgnoreRequest) and text  # of our own making, or Scrapy's words for a redirect
    return text if known else f"unexpected {' '.join(filter(None, (type(chain[0]).__name__, text)))}"


def _unresolved(error: BaseException) -> bool:
    return type(error).__name__ in {"gaierror", "DNSLookupError", "CannotResolveHostError"}


def outcome_of(error: BaseException) -> Outcome:
    """Give the outcome that a failed fetch is recorded with."""
    reason = reason_of(error)
    if reason == "no whole answer in time":
        return "timeout"
    if any(isinstance(one, RefusedAddressError) for one in causes(error)):
        return "skipped"
    if isinstance(error, IgnoreRequest) and "robots" in type(error).__name__.lower():
        return "refused" if "refused" in str(error) else "failed"
    return "failed"
