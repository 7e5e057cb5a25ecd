"""One ansinh command as a child of the service, which ends when the service does, however it ended.

    python -m monitor.schedule.child serve --port 8080

The service holds the child's standard input open and writes nothing. When it dies, even by SIGKILL, the pipe closes,
and the child ends itself as if by SIGTERM.
"""

import os
import signal
import sys
import threading


def watch_parent() -> None:
    """End this process when standard input closes."""

    def wait() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def main() -> None:
    """Run the command named by the arguments."""
    from monitor.main import run

    watch_parent()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
