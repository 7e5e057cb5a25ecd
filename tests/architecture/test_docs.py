"""The docs say what the code says: generated pages agree, and what people read first names what exists."""

import re
from pathlib import Path

import pytest

from docs.generate import PAGES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_agrees_with_the_code(name):
    assert (ROOT / "docs" / name).read_text("utf-8") == PAGES[name](), "run `make docs`"


@pytest.mark.parametrize("name", ["README.md", "README.vi.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_between_pages_lead_somewhere(name):
    text = (ROOT / name).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+?)\)", text):
        assert "://" in target or (ROOT / target).exists(), target


def test_both_readmes_name_the_same_commands():
    def named(name):
        return set(re.findall(r"^ansinh ([a-z]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))

    assert named("README.md") == named("README.vi.md")


def test_no_committed_text_names_a_registry_host_or_a_path_of_one_machine():
    bad = re.compile(r"pypi\.org|files\.pythonhosted|registry\.npmjs|deb\.debian|--(extra-)?index-url")
    for name in ["requirements.lock", "requirements-cluster.lock", "Makefile", "pyproject.toml", ".ci/run"]:
        assert not bad.search((ROOT / name).read_text("utf-8")), name
