"""What stands around the service: the systemd unit, health and metrics, the API's own description."""

import os
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from monitor.main import run
from monitor.web.api import PATHS
from monitor.web.app import make_app
from tests.monitor.test_web import client, home

__all__ = ["client", "home"]
UNIT = Path(__file__).parents[2] / "deploy" / "ansinh.service"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
def test_systemd_accepts_the_unit(tmp_path):
    unit = tmp_path / "ansinh.service"
    unit.write_text(UNIT.read_text("utf-8").replace("/opt/ansinh/.venv/bin/ansinh", "/bin/true"), "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False, timeout=60)
    assert "ansinh.service" not in done.stderr, done.stderr
    assert done.returncode == 0


def test_a_slip_in_the_settings_is_no_reason_to_start_again(tmp_path):
    """The status with which the service refuses its settings is one that systemd does not answer with a new start."""
    (tmp_path / "ansinh.toml").write_text("[pags]\n", "utf-8")
    command = [sys.executable, "-m", "monitor.main", "run"]
    env = os.environ | {"ANSINH_HOME": str(tmp_path)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=120)
    status = done.returncode
    assert "pags" in done.stderr and status
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read_string(UNIT.read_text("utf-8"))
    assert str(status) in unit["Service"]["RestartPreventExitStatus"].split()
    # More starts than StartLimitBurst fit into the interval at RestartSec: a crash without end is ended.
    limit = int(unit["Unit"]["StartLimitBurst"]) * int(unit["Service"]["RestartSec"])
    assert limit < int(unit["Unit"]["StartLimitIntervalSec"])


def test_metrics_are_in_prometheus_form(client):
    text = client.get("/metrics").text
    assert "ansinh_figures 2" in text
    for line in text.splitlines():
        assert line.startswith("# ") or float(line.rsplit(" ", 1)[1]) >= 0
    assert 'ansinh_review_waiting{kind="held"} 1' in text


def test_every_described_path_answers_as_described(home):
    """Schemathesis makes requests of the document; none may fail, each answer must be of a described kind."""
    schemathesis = pytest.importorskip("schemathesis")
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", make_app(home))
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == len(PATHS)
    for operation in operations:

        @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def run(case):
            answer = case.call()
            assert answer.status_code < 500
            case.validate_response(answer)

        run()


def test_an_archive_file_that_is_gone_is_found(home, monkeypatch, capsys):
    """The pages name their file; verifying says when it is no longer there."""
    from model.fetches import Fetch
    from model.records import Page
    from store import open_store
    from tests.monitor.test_web import AT

    page = Page(
        url="https://x.example/1", fetched_url="https://x.example/1", source="x", fetched_at=AT, status=200,
        kind="article", digest="sha256:1", warc_file="2020/gone.warc.gz",
    )  # fmt: skip
    with open_store(home.database) as store:
        store.add_page(page, Fetch(url=page.url, source="x", at=AT, outcome="new", status=200))
    monkeypatch.setenv("ANSINH_HOME", str(home.root))
    assert run(["archive", "verify"]) == 1
    assert "2020/gone.warc.gz" in capsys.readouterr().out
