"""A press that lives for a module, and a newspaper of it for each test."""

import pytest

from tests.crawler.hostile import Press, answer, article
from tests.crawler.played import ONE, THREE, TWO, Played


@pytest.fixture(scope="module")
def press():
    press = Press()
    yield press
    press.close()


@pytest.fixture
def played(tmp_path, monkeypatch, press):
    found = Played(tmp_path, monkeypatch, press)
    for path in (ONE, TWO, THREE):
        found.site.pages[path] = answer(article(path), ETag=f'"{path}"')
    found.list(ONE, TWO)
    return found
