"""What costs seconds is asked of a child, so that the process that serves the pages stays free to serve them."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from model.errors import AnsinhError
from monitor.language import language

LONGEST = 300
"""Seconds after which a child is given up."""


def ask_child(root: Path, *arguments: str) -> Any:
    """Run one ansinh command on a home, at low priority, and give the JSON it prints; a failure is an AnsinhError."""
    gently = ["nice", "-n", "10"] if shutil.which("nice") else []
    try:
        done = subprocess.run(
            [*gently, sys.executable, "-m", "monitor.main", *arguments, "--format", "json"],
            env=os.environ | {"ANSINH_HOME": str(root), "ANSINH_LANG": language()},
            capture_output=True, timeout=LONGEST, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        slow = f"a count took longer than {LONGEST} s"
        raise AnsinhError(slow, cure=f"try ansinh {' '.join(arguments)}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise AnsinhError(said[-1] if said else "a count failed", cure=f"try ansinh {' '.join(arguments)}")
    return json.loads(done.stdout)
