"""How soon the whole service ends after SIGTERM, beside a bare uvicorn that serves one route.

    python -m bench.stopping [--times 5]

The promise is 10 s. The service has a crawl under way that no newspaper answers (its only source is a port of this
machine that says nothing), and serves its pages.
"""

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

BARE = (
    "import uvicorn; from starlette.applications import Starlette; from starlette.responses import PlainTextResponse;"
    "from starlette.routing import Route; uvicorn.run(Starlette(routes=[Route('/suc-khoe',"
    " lambda request: PlainTextResponse('ok'))]), port={port}, log_level='error')"
)
PROMISED = 10.0


def main() -> int:
    """Start and end both, and print how long the end took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    ours = [service() for _ in range(times)]
    ports = [free_port() for _ in range(times)]
    plain = [stop([sys.executable, "-c", BARE.format(port=port)], {}, port) for port in ports]
    ratio = statistics.median(ours) / statistics.median(plain)
    for name, took in (("the service ends", ours), ("a bare uvicorn", plain)):
        print(f"{name:<18} median {statistics.median(took):5.2f} s   slowest {max(took):5.2f} s")
    print(f"ours is {ratio:.1f} of it; promised: {PROMISED:.0f} s")
    return 0 if max(ours) <= PROMISED else 1


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def service() -> float:
    """Run the service with a crawl under way, and give how long it takes to end."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen(64)  # takes every connection, answers none
        home, port, at = Path(folder), free_port(), mute.getsockname()[1]
        (home / "sources").mkdir()
        (home / "sources" / "cam.toml").write_text(f'name = "Báo Câm"\nhome = "http://127.0.0.1:{at}/"\n', "utf-8")
        settings = f'[pages]\nport = {port}\n[crawl]\nsources = ["cam"]\n'
        (home / "ansinh.toml").write_text(settings, "utf-8")
        more = {"ANSINH_HOME": folder, "ANSINH_ALLOW_PRIVATE": f"127.0.0.1:{at}"}
        return stop([sys.executable, "-m", "monitor.main", "run"], more, port)


def stop(command: list[str], more: dict[str, str], port: int) -> float:
    """Start a server, wait until it answers, end it; give the seconds from the signal to its end."""
    process = subprocess.Popen(command, env=os.environ | more, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/suc-khoe", timeout=5).close()
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.1)
        began = time.perf_counter()
        process.send_signal(signal.SIGTERM)
        process.wait(120)
        return time.perf_counter() - began
    finally:
        if process.poll() is None:
            process.kill()


if __name__ == "__main__":
    raise SystemExit(main())
