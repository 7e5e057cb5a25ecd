"""The writer of a shared round: `python -m monitor.scaling.shared --redis URL` takes over what waits in Redis.

Fetches and rounds go into the database of ANSINH_HOME; pages come by `ansinh ingest` of the machines' archives. May be
cut off and started again at any time.
"""

import argparse
import sys
from collections.abc import Sequence

from crawler.shared_frontier import connect
from crawler.shared_memory import drain
from model.errors import AnsinhError
from model.home import default_home
from store import open_store


def main(given: Sequence[str] | None = None) -> int:
    """Take over what waits and say how much it was; a fault is one line, exit 2."""
    parser = argparse.ArgumentParser(
        prog="python -m monitor.scaling.shared", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--redis", required=True, help="redis://[:password@]host:port/0, as the machines were given")
    asked = parser.parse_args(given)
    try:
        server = connect(asked.redis)
        with open_store(default_home().database) as store:
            count = drain(server, store)
    except AnsinhError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return error.exit_status
    print(count)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
