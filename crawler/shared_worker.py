"""One machine of a shared round: `python -m crawler.shared_worker --redis URL --run NAME [SOURCE...]`.

Sources and archive are those of this machine's ANSINH_HOME; docs/scale.md says how to start Redis and where the pages
go from here. Prints what this machine brought as one line of JSON.
"""

import argparse
import json
import os
import socket
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from crawler.registry import choose_living, load_sources
from model.errors import AnsinhError
from model.home import default_home


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command's arguments."""
    parser = argparse.ArgumentParser(prog="python -m crawler.shared_worker", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="ids, names or hosts; default: all that are due")
    parser.add_argument("--redis", required=True, help="redis://[:password@]host:port/0, the same on every machine")
    parser.add_argument("--run", required=True, help="name of the round, the same on every machine")
    parser.add_argument("--worker", default=f"{socket.gethostname()}-{os.getpid()}", help="this machine's own name")
    parser.add_argument("--lease", type=int, default=120, help="seconds after which a silent machine loses its sites")
    parser.add_argument("--contact", default="", help="address or URL in the user agent, so that editors can reach you")
    return parser.parse_args(given)


def work(asked: argparse.Namespace) -> dict[str, int]:
    """Do this machine's share; gives the totals of what it brought. Raises AnsinhError with its cure."""
    from crawler.archive import Archive
    from crawler.schedule import is_due
    from crawler.settings import Limits
    from crawler.shared_frontier import connect
    from crawler.shared_memory import RedisMemory

    memory = RedisMemory(connect(asked.redis))
    from crawler.shared_spider import run_shared

    home = default_home()
    sources = load_sources(home.sources if home.sources.is_dir() else None)
    now = datetime.now(UTC)
    due = [one for one in sources.values() if is_due(one, memory.source_runs(one.id), now)]
    result = run_shared(
        list(sources.values()),
        offered=choose_living(sources, asked.sources) if asked.sources else due,
        redis=asked.redis,
        run=asked.run,
        worker=asked.worker,
        archive=Archive(home.archive),
        now=lambda: datetime.now(UTC),
        lease=asked.lease,
        limits=Limits(contact=asked.contact),
    )
    return result.totals


def main(given: Sequence[str] | None = None) -> int:
    """Do the share and print the totals; a fault is one line, exit 2."""
    try:
        totals = work(arguments(given))
    except AnsinhError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return error.exit_status
    print(json.dumps(totals))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
