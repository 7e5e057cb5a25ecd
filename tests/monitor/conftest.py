import os

import pytest

from monitor.language import choose_language
from monitor.main import run


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of one's own for every test."""
    monkeypatch.setenv("ANSINH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ANSINH_ALLOW_PRIVATE", raising=False)
    return tmp_path / "home"


@pytest.fixture
def ansinh(home, capfdbinary):
    """Run a command line in this process; gives exit status, standard output and standard error."""

    def call(*arguments):
        capfdbinary.readouterr()
        status = run([os.fspath(argument) for argument in arguments])
        told = capfdbinary.readouterr()
        choose_language("vi")
        return status, told.out.decode(), told.err.decode()

    return call
