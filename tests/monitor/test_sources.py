"""Naming sources: one that was taken over names its heir, and what cannot be used says what to do."""

import pytest

from model.errors import InputError
from model.home import Home
from monitor.sources import _way_out, home_sources, named


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    return home_sources(Home(root=tmp_path_factory.mktemp("home")))


def test_a_source_that_was_taken_over_names_its_heir(sources):
    with pytest.raises(InputError, match="name baolaocai"):
        named(sources, ["Báo Yên Bái"])
    assert [one.id for one in named(sources, ["baolaocai.vn", "https://baolaocai.vn/"])] == ["baolaocai"]


@pytest.mark.parametrize(
    ("fault", "cure"),
    [
        ("refused by robots.txt", "editors"),
        ("robots.txt: no whole answer in time", "later"),
        ("robots.txt: the host's name does not resolve", "spelled"),
        ("x.vn:80 leads to 10.0.0.1, which is not public and not in ANSINH_ALLOW_PRIVATE", "ANSINH_ALLOW_PRIVATE"),
        ("shell: needs JavaScript", "feed"),
        ("challenge: just a moment...", "not work around"),
        ("HTTP 403", "editors"),
        ("HTTP 503", "later"),
        ("no article found", "section"),
        ("no web page: binary", "home page"),
        ("never heard of", "browser"),
    ],
)
def test_each_reason_has_its_way_out(fault, cure):
    assert cure in _way_out(fault)


@pytest.mark.parametrize(("settings", "lines"), [("", 1), ('[crawl]\ncontact = "mailto:an@bao.vn"\n', 0)])
def test_a_crawl_that_no_editor_could_answer_says_so(ansinh, home, settings, lines):
    (home / "sources").mkdir(parents=True)
    (home / "sources" / "bao.toml").write_text('name = "Báo"\nhome = "http://127.0.0.1:9/"\n', "utf-8")
    (home / "ansinh.toml").write_text(settings, "utf-8")
    status, out, err = ansinh("crawl", "bao")
    assert status == 1 and "bao" in out
    assert err.count("\n") == lines and ("contact" in err) == bool(lines)
