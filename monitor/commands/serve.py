"""`ansinh serve`: the pages, by uvicorn, in a process of their own."""

from typing import TYPE_CHECKING, Annotated

import typer

from monitor.commands.asked import single
from monitor.language import choose_language, language, say

if TYPE_CHECKING:
    import socket


def app() -> typer.Typer:
    """Make the command."""
    return single(
        serve,
        vi="Mở các trang web tại http://127.0.0.1:8080/; Ctrl+C để dừng.",
        en="Serve the pages at http://127.0.0.1:8080/; Ctrl+C ends it.",
    )


HOST = typer.Option("--host", help=say("Địa chỉ lắng nghe.", "Address to listen on."))
PORT = typer.Option("--port", help=say("Cổng; 0 để chọn cổng trống.", "Port; 0 takes a free one."))


def serve(host: Annotated[str, HOST] = "127.0.0.1", port: Annotated[int, PORT] = 8080) -> None:
    """Serve the pages until interrupted."""
    import logging
    import os
    import sys

    from model.errors import MissingExtraError
    from model.home import default_home
    from monitor.config import load_config
    from monitor.schedule.logs import log_as_json
    from store import open_store

    try:
        import uvicorn

        from monitor.web.app import make_app
    except ImportError as error:
        if error.name in ("uvicorn", "starlette"):
            raise MissingExtraError("serving pages", "web") from None
        raise
    open_store(default_home().database).close()  # what is wrong with it is said now, not on each page
    check_address(host, port, always=load_config(default_home()).pages.always)
    listening = listen(host, port, "end what listens there or choose another --port")
    at = listening.getsockname()
    shown = f"[{at[0]}]" if ":" in at[0] else at[0]
    served = "ANSINH_SERVICE" in os.environ  # a child of the service: its log is JSON lines, whoever writes
    if served:
        log_as_json()
        logging.getLogger("ansinh.pages").info("pages at http://%s:%s/", shown, at[1])
    else:
        sys.stderr.write(say(f"Các trang ở http://{shown}:{at[1]}/\n", f"Pages at http://{shown}:{at[1]}/\n"))
        sys.stderr.flush()
    choose_language(language())  # looked up once, not at each of a page's thousand words
    config = uvicorn.Config(
        make_app(default_home()), log_level="warning", access_log=False, server_header=False,
        log_config=None if served else uvicorn.config.LOGGING_CONFIG,
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[listening])


def check_address(host: str, port: int, *, always: bool) -> None:
    """Refuse a port that is none, and pages that ask for a login (`always`: on loopback too) while nobody could."""
    from model.errors import InputError
    from model.home import default_home
    from monitor.config import loopback
    from monitor.users import load_users

    if (always or not loopback(host)) and not load_users(default_home()):
        cure = "add one first with `ansinh user add NAME --role operator`"
        raise InputError(f"pages on {host} ask for a login, and there is no user yet", cure=cure)
    if not 0 <= port <= 65535:
        raise InputError(f"there is no port {port}", cure="use one from 1024 to 65535, or 0 for any free one")


def listen(host: str, port: int, cure: str) -> "socket.socket":
    """Open the socket that the pages are asked through; BusyError where another listens there."""
    import socket

    from model.errors import BusyError

    # With TCP named, asyncio sends small answers at once (TCP_NODELAY); else each waits 40 ms for an acknowledgement.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(2048)  # who reads the line below may come at once: he waits and is not refused
    except OSError as error:
        listening.close()
        raise BusyError(f"cannot listen on {host}:{port} ({error.strerror})", cure=cure) from None
    return listening
