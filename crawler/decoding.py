"""Content decoding with a cap on both sides, that notices when a compressed body was cut."""

import zlib
from typing import Any

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

CUT = "cut-encoding"
"""Flag of a response whose compressed body ends too early."""
GARBLED = "garbled-encoding"
"""Flag of a response whose body is not what its Content-Encoding says; it is left as it came."""


class TooLargeError(IgnoreRequest):
    """The body is larger than the cap once it is unpacked."""


class CappedDecoding(HttpCompressionMiddleware):
    """Scrapy's decoding, told apart: whole, cut, garbled, too large."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Decode the body; a cut or garbled one is flagged and kept, one over the cap raises TooLargeError."""
        flags = [flag for encoding in _encodings(response) if (flag := self._look(encoding, response.body))]
        if GARBLED in flags:
            plain = response.replace(flags=[*response.flags, GARBLED])
            del plain.headers["Content-Encoding"]
            return plain
        try:
            decoded: Any = super().process_response(request, response)
        except IgnoreRequest as error:
            raise TooLargeError("larger than the cap when unpacked") from error
        except Exception as error:  # noqa: BLE001  # zlib, brotli and zstd each have their own errors
            plain = response.replace(flags=[*response.flags, GARBLED])
            del plain.headers["Content-Encoding"]
            plain.headers["X-Decoding-Fault"] = str(error)[:80]
            return plain
        if flags:
            decoded = decoded.replace(flags=[*decoded.flags, *flags])
        return decoded  # type: ignore[no-any-return]

    def _look(self, encoding: bytes, body: bytes) -> str:
        """Give the fault of a gzip or deflate body, or ""; reads at most the cap."""
        if encoding not in {b"gzip", b"x-gzip", b"deflate"} or not body:
            return ""
        unpacker = zlib.decompressobj(31 if body[:2] == b"\x1f\x8b" else 15 if encoding == b"deflate" else 31)
        try:
            size = 0
            for start in range(0, len(body), 65536):
                size += len(unpacker.decompress(body[start : start + 65536], self._max_size))
                if unpacker.eof or size >= self._max_size:
                    return ""
        except zlib.error:
            return "" if encoding == b"deflate" else GARBLED
        return CUT


def _encodings(response: Response) -> list[bytes]:
    named = response.headers.getlist("Content-Encoding")
    found = [part.strip().lower() for value in named for part in value.split(b",") if part.strip()]
    return found if len(found) == 1 else []
